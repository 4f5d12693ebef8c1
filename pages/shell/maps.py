"""How a map is shown: finding, statistic, legend, map, source, numbers, picture, and what was chosen on it.

One interactive map a page: a browser holds few of them. What a reader chooses on the map stands under it as text,
table and chart, and there is a list beside it for the keyboard (the filter “An area of your own”).
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from analysis.drawing.maps.base import Land
from analysis.drawing.maps.chosen_table import chosen_table
from analysis.drawing.maps.deck import deck, pointing
from analysis.drawing.maps.palette import PICKED, Look, look
from analysis.drawing.maps.shown import SHAPES, Key, Outline, Shown
from analysis.drawing.maps.still import still
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import Area
from analysis.model.errors import AreaError
from analysis.model.own_area import own_area
from data.exports.pictures import png_bytes
from pages.shell import land, own_filter, page, selection, tables
from pages.shell.choice import Selection

HEIGHT, WIDTH = 560, 820
PHONE_HEIGHT, PHONE_WIDTH = 420, 355
"""Pixels of the map on a screen and on a phone; the server is not told the window's width, but what sort it is."""

CHOSEN_NAME = "Chosen on the map"
CHOSEN = Key(CHOSEN_NAME, PICKED, "line")

APPROXIMATE = (
    "Approximate footprints, not LSOA boundaries, of which none are held: ground within 300 m of one of police.uk’s anonymised "
    "points, given to the nearest point’s LSOA. Blank ground is ground without a point, not without crime. Import "
    "boundaries with: python -m data import-geography FILE…"
)
BOUNDARIES = (
    "Boundaries: Office for National Statistics, Open Government Licence v3.0; contain OS data © Crown copyright and "
    "database right."
)
FOOTPRINTS = " Approximate footprints, not LSOA boundaries."
PART = "The map opens on part of the force: zoom out for the rest."
SIMULATED = "Simulated ground: no outline on this map is a real place."

_SYMBOLS = dict(zip(SHAPES, "●◆■▲", strict=True))
_LINES = {"line": "solid", "dashes": "dashed", "dots": "dotted"}


def show(shown: Shown, chosen: Selection, name: str) -> None:
    """Show a map of the force, and under it what was recorded on the ground that the reader chose on it."""
    shown = replace(shown, subtitle=f"{tables.force_name(chosen.force)} area. {shown.subtitle}")
    _chosen(shown, chosen, draw(shown, land.land(chosen.force), name))


def draw(shown: Shown, drawn: Land, name: str) -> tuple[str, ...]:
    """Draw a map with all that belongs to it, and return the codes of the ground that was clicked, sorted.

    ``name`` keeps its view and what was chosen on it over runs.
    """
    drawn_look, key = _look(), f"map-{name}"
    # what was clicked is known before the map is drawn: it gets its border on the map that is drawn now
    shown = _bordered(shown, drawn, _codes(st.session_state.get(key)))
    page.heads(shown.title, f"{shown.subtitle}{FOOTPRINTS if drawn.approximate else ''}")
    _legend(shown, drawn_look)
    width, height = (PHONE_WIDTH, PHONE_HEIGHT) if _is_phone() else (WIDTH, HEIGHT)
    served = land.served(drawn, drawn_look, shown.outlines)
    st.html(f"<style>{pointing(shown, drawn)}</style>")
    picked = st.pydeck_chart(
        deck(shown, drawn, served, drawn_look, width=width, height=height),
        height=height,
        alt=f"Map. {shown.alt}",
        key=key,
        on_select="rerun",
        selection_mode="multi-object",
    )
    # where only the ground in view was counted, there is no rest to see
    part = PART if shown.ground and shown.opens_on_part_of(shown.ground.table["ground_code"]) else ""
    for line in filter(None, (part, shown.caveat, _source(drawn.approximate))):
        st.caption(line)
    with st.expander("Numbers behind the map"):
        st.dataframe(shown.data, hide_index=True, height=240)
        page.download(shown.title, shown.subtitle, shown.data, f"map-{name}")
    _picture(shown, drawn, drawn_look, name)
    return _codes(picked)


def _bordered(shown: Shown, drawn: Land, codes: tuple[str, ...]) -> Shown:
    chosen = frozenset(codes) & frozenset(drawn.outlines["ground_code"])
    return replace(shown, outlines=(*shown.outlines, Outline(CHOSEN, chosen))) if chosen else shown


def _look() -> Look:
    return look(dark=st.context.theme.type == "dark", projector=selection.projector())


def _is_phone() -> bool:
    return "Mobile" in (st.context.headers.get("User-Agent") or "")


def _source(approximate: bool) -> str:
    if tables.is_demonstration():
        return SIMULATED
    return APPROXIMATE if approximate else BOUNDARIES


def _legend(shown: Shown, drawn: Look) -> None:
    parts = "".join(
        f'<div class="legend-part"><strong>{html.escape(heading)}</strong>{_keys(keys, drawn)}</div>'
        for heading, keys in shown.legend
    )
    st.html(f'<div class="legend" role="img" aria-label="Legend of the map">{parts}</div>')


def _keys(keys: Iterable[Key], drawn: Look) -> str:
    return "".join(f'<span class="key">{_swatch(key, drawn)}{html.escape(key.label)}</span>' for key in keys)


def _swatch(key: Key, drawn: Look) -> str:
    if key.mark in _SYMBOLS:
        return f'<span class="symbol" style="color:{key.colour}">{_SYMBOLS[key.mark]}</span>'
    if key.mark in _LINES:
        # on white, as the line itself is drawn: some of these colours would sink into a dark page
        line = f'<i style="border-top:3px {_LINES[key.mark]} {key.colour}"></i>'
        return f'<span class="swatch line">{line}</span>'
    filled = (
        f"repeating-linear-gradient(135deg,{key.colour} 0 2px,{drawn.land} 2px 5px)"
        if key.mark == "hatch"
        else key.colour
    )
    return f'<span class="swatch" style="background:{filled}"></span>'


def _picture(shown: Shown, held: Land, drawn: Look, name: str) -> None:
    # made when the button is pressed, in another thread: what it needs is taken along
    source, approximate = _source(held.approximate), held.approximate

    def make() -> bytes:
        picture = still(
            shown, held.outlines, drawn, districts=held.districts, source=source, approximate=approximate
        )
        return png_bytes(picture)

    st.download_button(
        "Download as a picture (PNG)",
        make,
        file_name=f"{name}.png",
        mime="image/png",
        key=f"picture-{name}",
        on_click="ignore",
        type="tertiary",
    )


def _codes(picked) -> tuple[str, ...]:
    """Return the codes of the ground that was clicked, sorted."""
    objects = picked.selection.objects.get("ground", []) if picked else []
    return tuple(sorted({str(each["properties"]["code"]) for each in objects}))


def _chosen(shown: Shown, chosen: Selection, codes: tuple[str, ...]) -> None:
    """Show what was recorded on the ground that was clicked, and offer it as an area."""
    if shown.ground is None:
        return
    if not codes:
        st.caption(
            "Click ground to choose it, and more to add to it. Without a mouse: “An area of your own”, in the filters."
        )
        return
    st.caption("Click it again to leave it out, or the cross on the map to leave out all.")
    with page.part():
        area = _area(chosen.force, codes)
        page.table(chosen_table(shown, area))
        by_month = monthly_figure(
            tables.cube(chosen.force),
            [area],
            chosen.crime_types,
            chosen.baseline,
            chosen.comparison,
            tables.breaks(chosen),
        )
        # the page may show the same figure of its own areas, and two of one title are one to Streamlit
        page.figure(
            replace(by_month, title=f"{CHOSEN_NAME}: {by_month.title[:1].lower()}{by_month.title[1:]}")
        )
        if st.button(
            "Use as my area", on_click=own_filter.take, args=(codes,), key="use-chosen", type="primary"
        ):
            st.rerun()  # a map that plays its months is drawn without the filters


def _area(force: str, codes: tuple[str, ...]) -> Area:
    known = set(tables.places(force).loc[tables.places(force)["in_force"], "ground_code"])
    held = [code for code in codes if code in known]
    if not held:
        raise AreaError("What was clicked is no ground of this force. Click again.")
    return own_area(CHOSEN_NAME, held, tables.places(force), tables.filed_areas(force), force)
