"""The template that slides are drawn into where the office gives none: 16:9, white, Arial, made of python-pptx's own.

Arial, since every machine has it or a font with its measures: Liberation Sans on Debian and in LibreOffice.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis.drawing.figure import ACCENT, CATEGORIES, PARTNER
from pages.pack.slides.page import FOOT, MARGIN, Box, Page, page_of

WIDTH, HEIGHT = 960.0, 540.0
"""Points: 13.33 by 7.5 inches, the size of PowerPoint's own 16:9 slides."""

TITLE = Box(MARGIN, 22.0, WIDTH - 2 * MARGIN, 74.0)

NUMBER = Box(WIDTH - MARGIN - 44, HEIGHT - FOOT, 44, 20)

OPENING, FINDING = "Opening", "Finding"

_KEPT = {"Title Slide": OPENING, "Title Only": FINDING}


def house() -> tuple[Any, Page]:
    """Return an empty presentation in the house's look, and where things stand on its slides."""
    shown: Any = Presentation()
    shown.slide_width, shown.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = shown.slide_master
    for layout in list(shown.slide_layouts):
        if layout.name in _KEPT:
            layout.name = _KEPT[layout.name]
        else:
            shown.slide_layouts.remove(layout)
    _theme(master)
    _place(master.placeholders, {0: TITLE, 1: Box(MARGIN, 110, WIDTH - 2 * MARGIN, 370)})
    opening, finding = shown.slide_layouts
    _place(finding.placeholders, {0: TITLE})
    _place(
        opening.placeholders,
        {0: Box(MARGIN * 2, 150, WIDTH - 4 * MARGIN, 120), 1: Box(MARGIN * 2, 290, WIDTH - 4 * MARGIN, 150)},
    )
    for layout, anchor in (
        (master, MSO_ANCHOR.MIDDLE),
        (finding, MSO_ANCHOR.MIDDLE),
        (opening, MSO_ANCHOR.BOTTOM),
    ):
        for holder in list(layout.placeholders):
            kind = holder.placeholder_format.type
            if holder.placeholder_format.idx == 0:
                holder.text_frame.vertical_anchor = anchor
            elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
                _place([holder], {holder.placeholder_format.idx: NUMBER})
                _size(holder, 12)
            elif kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
                holder.element.getparent().remove(holder.element)
    _titles(master)
    _rule(finding, Box(MARGIN, TITLE.bottom + 3, 72, 3))
    _on_accent(opening)
    return shown, page_of(WIDTH, HEIGHT, TITLE)


def _theme(master: Any) -> None:
    """Write fonts and colours into the theme: Arial, the two colours of verdicts first."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    for which in ("major", "minor"):
        xml = re.sub(rf'(<a:{which}Font>\s*<a:latin typeface=")[^"]*', r"\g<1>Arial", xml)
    colours = (ACCENT, PARTNER, *CATEGORIES[1:3], "#3D3D3D", "#767E86")
    for at, colour in enumerate(colours, start=1):
        xml = re.sub(
            rf"<a:accent{at}>.*?</a:accent{at}>",
            f'<a:accent{at}><a:srgbClr val="{colour[1:]}"/></a:accent{at}>',
            xml,
            flags=re.S,
        )
    xml = re.sub(r"<a:dk2>.*?</a:dk2>", '<a:dk2><a:srgbClr val="16191D"/></a:dk2>', xml, flags=re.S)
    xml = xml.replace('name="Office Theme"', 'name="Safe Town Centres"')
    part._blob = xml.encode("utf-8")


def _titles(master: Any) -> None:
    """Make titles bold, at the left, in near-black."""
    style = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    run = style.find("{*}defRPr")
    run.set("sz", "2800")
    run.set("b", "1")


def _on_accent(layout: Any) -> None:
    """Give the opening slide the accent as its ground, and white letters."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = RGBColor(*bytes.fromhex(ACCENT[1:]))
    for holder in layout.placeholders:
        for level in holder.element.iterfind(".//{*}lstStyle/*"):
            run = level.find("{*}defRPr")
            if run is None:
                continue
            for old in run.findall("{*}solidFill"):
                run.remove(old)
            fill = run.makeelement(qn("a:solidFill"), {})
            fill.append(fill.makeelement(qn("a:srgbClr"), {"val": "FFFFFF"}))
            run.insert(0, fill)


def _place(holders: Any, boxes: dict[int, Box]) -> None:
    for holder in holders:
        box = boxes.get(holder.placeholder_format.idx)
        if box is not None:
            holder.left, holder.top = Pt(box.left), Pt(box.top)
            holder.width, holder.height = Pt(box.width), Pt(box.height)


def _size(holder: Any, points: int) -> None:
    for run in holder.element.iterfind(".//{*}defRPr"):
        run.set("sz", str(points * 100))


def _rule(layout: Any, box: Box) -> None:
    """Draw a bar in the accent on a layout."""
    # python-pptx draws shapes on slides alone: one is drawn on a slide and taken to the layout
    shown = layout.part.package.presentation_part.presentation
    slide = shown.slides.add_slide(layout)
    bar = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
    )
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor(*bytes.fromhex(ACCENT[1:]))
    bar.line.fill.background()
    bar.shadow.inherit = False
    element = deepcopy(bar._element)
    element.nvSpPr.cNvPr.set("id", str(900 + len(layout.shapes)))
    layout.shapes._spTree.insert(2, element)
    listed = shown.slides._sldIdLst
    shown.part.drop_rel(listed[-1].rId)
    listed.remove(listed[-1])
