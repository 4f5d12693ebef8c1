"""Charts and maps of a pack as pictures, each made once however many formats have it; the same part gives the same bytes."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from analysis.drawing.answer import DrawnFigure, Part
from analysis.drawing.maps.palette import LIGHT
from analysis.drawing.maps.said import FOOTPRINTS, PART, source_line
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.still import still
from data.exports.pictures import png_bytes
from pages.pack.contents import Contents

if TYPE_CHECKING:
    from types import ModuleType

MAP_WIDTH = 1600
"""Pixels: sharp over the width of a slide, and of A4."""

CHART_SCALE = 2.0
"""Pixels of a picture for each of the chart's: sharp where it stands as wide as on the screen."""

_maps: WeakKeyDictionary[Shown, bytes] = WeakKeyDictionary()
_charts: WeakKeyDictionary[DrawnFigure, str] = WeakKeyDictionary()


def map_png(contents: Contents, shown: Shown) -> bytes | None:
    """Return a map as PNG, None where the force has no outlines to draw on."""
    land = contents.land
    if land is None:
        return None
    if shown not in _maps:
        picture = still(
            shown,
            land.outlines,
            LIGHT,
            districts=land.districts,
            source=source_line(approximate=land.approximate, simulated=contents.simulated),
            approximate=land.approximate,
            width=MAP_WIDTH,
        )
        _maps[shown] = png_bytes(picture)
    return _maps[shown]


def map_lines(contents: Contents, shown: Shown) -> tuple[str, ...]:
    """Return what is said under a map, as on the page: what is left out of it, what is in view, whose outlines they are."""
    land = contents.land
    approximate = land is not None and land.approximate
    part = PART if shown.ground and shown.opens_on_part_of(shown.ground.table["ground_code"]) else ""
    # a picture cannot be zoomed
    part = part.partition(":")[0] + "." if part else ""
    said = (shown.caveat, part, source_line(approximate=approximate, simulated=contents.simulated))
    return tuple(filter(None, said))


def map_subtitle(contents: Contents, shown: Shown) -> str:
    """Return the line under a map's title: on footprints it says so."""
    approximate = contents.land is not None and contents.land.approximate
    return f"{shown.subtitle}{FOOTPRINTS if approximate else ''}"


def chart_svg(figure: DrawnFigure) -> str:
    """Return a chart as SVG: vl-convert draws the specification without a browser, and fetches nothing."""
    if figure not in _charts:
        _charts[figure] = _converter().vegalite_to_svg(figure.spec, allowed_base_urls=[])
    return _charts[figure]


def chart_png(figure: DrawnFigure) -> bytes:
    """Return a chart as PNG, for an e-mail."""
    return painted(chart_svg(figure))


def painted(svg: str) -> bytes:
    """Return SVG as PNG."""
    return bytes(_converter().svg_to_png(svg, scale=CHART_SCALE))


def data_address(content: bytes | str, kind: str) -> str:
    """Return a picture as an address that holds all of it (``kind`` is png or svg+xml)."""
    raw = content.encode() if isinstance(content, str) else content
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


@lru_cache(maxsize=1)
def _converter() -> ModuleType:
    import vl_convert

    return vl_convert


def keep(part: Part, picture: bytes | str | None) -> None:
    """Keep a picture that another process made of this part."""
    if isinstance(part, Shown) and isinstance(picture, bytes):
        _maps[part] = picture
    elif isinstance(part, DrawnFigure) and isinstance(picture, str):
        _charts[part] = picture


def kept(part: Part) -> bytes | str | None:
    """Return the picture that is kept of this part, None where none is."""
    if isinstance(part, Shown):
        return _maps.get(part)
    return _charts.get(part) if isinstance(part, DrawnFigure) else None


def forget() -> None:
    """Let go of every picture that is kept."""
    _maps.clear()
    _charts.clear()
