"""The ground that maps of a force are drawn on, and its files as the browser is served them: made once."""

from __future__ import annotations

import os
from collections.abc import Iterable

import streamlit as st

from analysis.drawing.maps.base import (
    Land,
    Served,
    districts_geojson,
    ground_geojson,
    land_of,
    outlines_geojson,
    style,
)
from analysis.drawing.maps.palette import MARK_COLOURS, Look
from analysis.drawing.maps.shown import Outline
from analysis.model.areas import Area
from analysis.topics.high_crime.show.place_tables import names_of
from data.exports.map_pictures import hatch, shapes
from data.exports.served import serve
from pages.shell import tables

ONLINE_STYLE = "TOWN_CENTRES_MAP_STYLE"
"""The environment variable that names a MapLibre style of somebody else's, for those who want streets."""


def land(force: str) -> Land:
    """Return the ground of a force with its outlines; footprints made from points where no boundaries are held."""
    return _land(tables.store().fingerprint(), force)


def names(force: str) -> dict[str, str]:
    """Return the name of each unit of ground, with the town centre or programme area it is in."""
    return names_of(tables.places(force), tables.filed_areas(force))


def districts_round(force: str, areas: Iterable[Area]) -> frozenset[str]:
    """Return the ground of every district that these areas lie in: what a map of them opens on."""
    ground = tables.places(force)
    inside = frozenset().union(*(area.ground for area in areas))
    districts = set(ground.loc[ground["ground_code"].isin(list(inside)), "district_name"])
    return frozenset(
        ground.loc[ground["in_force"] & ground["district_name"].isin(list(districts)), "ground_code"]
    )


def own_ground(force: str) -> frozenset[str]:
    """Return the ground of the force's own districts."""
    ground = tables.places(force)
    return frozenset(ground.loc[ground["in_force"], "ground_code"])


def served(drawn: Land, look: Look, outlines: tuple[Outline, ...]) -> Served:
    """Return the addresses of what a map on this land is drawn with, written on first need."""
    ground, districts = _texts(tables.store().fingerprint(), _name(drawn), drawn)
    stripes, marks = _pictures()
    online = os.environ.get(ONLINE_STYLE, "").strip()
    return Served(
        ground=_serve(ground, "json"),
        style=online or _serve(style(_serve(districts, "json"), look), "json"),
        hatch=_serve(stripes, "png"),
        marks=_serve(marks, "png"),
        outlines=_serve(outlines_geojson(outlines, drawn), "json") if outlines else "",
        streets=bool(online),
    )


def _name(drawn: Land) -> str:
    """Return what one land is known by while a store stays as it is: its units, first and last."""
    codes = drawn.outlines["ground_code"]
    return f"{len(codes)} {codes.iloc[0]} {codes.iloc[-1]} {drawn.approximate}"


def _serve(content: str | bytes, suffix: str) -> str:
    # each time: a file that was let go of for others is written again, one that is there is only touched
    path = serve(content, suffix)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"


@st.cache_resource(max_entries=4, show_spinner="Drawing the ground…")
def _land(fingerprint: str, force: str) -> Land:
    store = tables.store()
    outlines = store.screen_boundaries()
    approximate = outlines is None
    return land_of(
        store.footprints(force) if outlines is None else outlines,
        tables.places(force),
        districts=None if approximate else store.districts(),
        names=names(force),
        approximate=approximate,
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _texts(fingerprint: str, name: str, _drawn: Land) -> tuple[str, str]:
    ground = ground_geojson(_drawn)
    return ground, ground if _drawn.districts is _drawn.outlines else districts_geojson(_drawn)


@st.cache_resource(show_spinner=False)
def _pictures() -> tuple[bytes, bytes]:
    return hatch(), shapes(MARK_COLOURS)
