"""What colour a template's slides have: where it is not plainly light, the body gets white paper under it, so that all is read."""

from __future__ import annotations

import re
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from pages.pack.slides.measure import POINT
from pages.pack.slides.page import Box

LIGHT = 0.75
"""Relative luminance from which near-black letters and the colours of verdicts are read as on white."""


def is_light(layout: Any, *boxes: Box) -> bool:
    """Return whether a layout has one light colour under these boxes: no picture, no run of colours, and no shape of its own."""
    master = layout.slide_master
    for of in (layout, master):
        for shape in of.shapes:
            if not shape.is_placeholder and any(_meets(shape, box) for box in boxes):
                return False
    for of in (layout, master):
        ground = of.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if ground is not None:
            colour = _colour(ground, master)
            return colour is not None and luminance(colour) >= LIGHT
    return True


def _meets(shape: Any, box: Box) -> bool:
    if shape.left is None or shape.width is None:
        return True
    left, top, width, height = (each / POINT for each in (shape.left, shape.top, shape.width, shape.height))
    across = left < box.left + box.width and box.left < left + width
    return bool(across and top < box.bottom and box.top < top + height)


def luminance(colour: str) -> float:
    """Return the relative luminance of six hexadecimal digits, 0 for black and 1 for white (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(ground: Any, master: Any) -> str | None:
    """Return the one colour of a ground, None for a picture, a run of colours, or one that is changed from its theme's."""
    fill = ground.find(f".//{qn('a:solidFill')}")
    holder = fill if fill is not None else ground.find(qn("p:bgRef"))
    if holder is None or not len(holder) or len(holder[0]):
        return None
    named = holder[0].get("val", "")
    if holder[0].tag == qn("a:srgbClr"):
        return str(named) if re.fullmatch(r"[0-9A-Fa-f]{6}", named) else None
    mapped = master.element.find(qn("p:clrMap"))
    slot = mapped.get(named, named) if mapped is not None else named
    try:
        theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    except KeyError:
        return None
    found = re.search(
        rf"<a:{re.escape(slot)}>\s*<a:s(?:rgb|ys)Clr[^>]*?(?:lastClr|val)=\"([0-9A-Fa-f]{{6}})\"".encode(),
        theme,
    )
    return found[1].decode() if found else None
