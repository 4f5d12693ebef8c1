"""The files that maps are drawn from, as the browser is served them: made once for a land, written on first need."""

from __future__ import annotations

import os
from functools import lru_cache
from weakref import WeakKeyDictionary

import streamlit as st

from analysis.drawing.maps.base import Served, districts_geojson, ground_geojson, outlines_geojson, style
from analysis.drawing.maps.palette import MARK_COLOURS, Look
from analysis.drawing.maps.shown import Outline
from analysis.model.cells import CellsBeside
from analysis.model.land import Land
from data.exports.map_pictures import hatch, shapes
from data.exports.served import serve

ONLINE_STYLE = "TOWN_CENTRES_MAP_STYLE"
"""The environment variable that names a MapLibre style of somebody else's, for those who want streets."""

_texts: WeakKeyDictionary[Land, tuple[str, str]] = WeakKeyDictionary()

MOST_OUTLINE_BYTES = 5_000_000
"""Of the outlines of areas on maps: a set is some tens of kilobytes."""

_outlines = CellsBeside(MOST_OUTLINE_BYTES, lambda text: text.__sizeof__())


def served(land: Land, look: Look, outlines: tuple[Outline, ...]) -> Served:
    """Return the addresses of what a map on this land is drawn with."""
    ground, districts = _ground(land)
    stripes, marks = _pictures()
    online = os.environ.get(ONLINE_STYLE, "").strip()
    return Served(
        ground=_serve(ground, "json"),
        style=online or _serve(style(_serve(districts, "json"), look), "json"),
        hatch=_serve(stripes, "png"),
        marks=_serve(marks, "png"),
        outlines=_serve(_outlined(land, outlines), "json") if outlines else "",
        streets=bool(online),
    )


def _serve(content: str | bytes, suffix: str) -> str:
    # each time: a file that was let go of for others is written again, one that is there is only touched
    path = serve(content, suffix)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"


def _ground(land: Land) -> tuple[str, str]:
    if land not in _texts:
        ground = ground_geojson(land)
        _texts[land] = (ground, ground if land.districts is land.outlines else districts_geojson(land))
    return _texts[land]


def _outlined(land: Land, outlines: tuple[Outline, ...]) -> str:
    return _outlines.get(land, lambda: outlines_geojson(outlines, land), outlines)


@lru_cache(maxsize=1)
def _pictures() -> tuple[bytes, bytes]:
    return hatch(), shapes(MARK_COLOURS)
