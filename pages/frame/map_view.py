"""How a map is shown: finding, statistic, legend, map, source, numbers, picture, and what was chosen on it.

One interactive map a page: a browser holds few of them. What a reader chooses on the map stands under it as text,
table and chart, and there is a list beside it for the keyboard (the filter “An area of your own”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.deck_gl_json_chart import PydeckState

from analysis.drawing import encoded
from analysis.drawing.answer import Answer, Part
from analysis.drawing.board import short_names
from analysis.drawing.certificate import Certificate
from analysis.drawing.maps.deck import KeptDeck, deck, pointing
from analysis.drawing.maps.palette import PICKED, Look, look
from analysis.drawing.maps.said import FOOTPRINTS, PART, source_line
from analysis.drawing.maps.shown import SHAPES, Key, Name, Outline, Shown
from analysis.drawing.maps.still import still
from analysis.model.areas import key_of
from analysis.model.case import Case
from analysis.model.cells import CellsBeside
from analysis.model.land import Land
from analysis.topics import change, coverage
from data.exports.pictures import png_bytes
from pages.frame import (
    device,
    draw,
    figures,
    filters,
    folds,
    link,
    months,
    own_filter,
    paper,
    screens,
    wording,
)
from pages.frame.served_maps import served

HEIGHT, WIDTH = 560, 820
OVERVIEW = "pages/review/overview.py"

PHONE_HEIGHT, PHONE_WIDTH = 380, 355
BESIDE = (690, 320)
"""Pixels of the map on a screen and on a phone (`device.is_phone`)."""

ROOM = (1220, 386)
"""Of the map in the meeting view: all of it under its finding and a legend of four lines, in a window of 1280 x 720."""

CHOSEN = Key("Chosen on the map", PICKED, "line")

MOST_DRAWN_BYTES = 20_000_000
"""Of maps as they are sent: a map of Cleveland weighs some 0.1 MB, one of the largest force ten times as much, in two themes
and sizes, and with what readers chose on it."""

_SYMBOLS = dict(zip(SHAPES, "●◆■▲", strict=True))
_LINES = {"line": "solid", "dashes": "dashed", "dots": "dotted"}


def beside(part: Part | None, case: Case, name: str) -> None:
    """Show a map in the place of a picture beside the cards of a first screen: as `show` does, and less high."""
    show(part, case, name, BESIDE)


def show(part: Part | None, case: Case, name: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
    """Show a map of the force, and under it what was recorded on the ground that the reader chose on it.

    Nothing where the answer has no such part (None).
    """
    if part is None:
        return
    if not isinstance(part, Shown):
        draw.part(part)
        return
    whole = coverage.certificate(case, *part.rests_on)
    codes = show_on(part, case.land, name, Behind(case.simulated, whole), size=size)
    _chosen(part, case, codes)


def play(
    make_answer: Callable[[pd.Period | None], Answer],
    shown_months: Sequence[pd.Period],
    case: Case,
    name: str,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> None:
    """Show the map of all months together or, where there are any to play through, one after another.

    ``make_answer`` gives the answer whose part ``map`` it is: of all months for None.
    """

    def draw_month(month: pd.Period | None) -> None:
        show(make_answer(month).parts.get("map"), case, name, size)

    if shown_months:
        months.play(shown_months, draw_month, name)
    else:
        draw_month(None)


@dataclass(frozen=True)
class Behind:
    """What is behind a map: whether its records are simulated, and how whole they are where that is told."""

    simulated: bool
    whole: Certificate | None = None


def show_on(
    shown: Shown,
    land: Land,
    name: str,
    behind: Behind,
    *,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> tuple[str, ...]:
    """Draw a map with all that belongs to it, and return the codes of the ground that was clicked, sorted.

    ``name`` keeps its view and what was chosen on it over runs.
    """
    look_now, key = _look(), f"map-{name}"
    simulated, whole = behind.simulated, behind.whole
    # what was clicked is known before the map is drawn: it gets its border on the map that is drawn now
    codes = _codes(st.session_state.get(key))
    subtitle = f"{shown.subtitle}{FOOTPRINTS if land.approximate else ''}"
    beside_cards = size == BESIDE
    if filters.in_meeting():
        size = (round(screens.scale() * ROOM[0]), round(screens.scale() * ROOM[1]))
    source = source_line(approximate=land.approximate, simulated=simulated)
    bordered = _bordered(shown, land, codes)
    width, height = (PHONE_WIDTH, PHONE_HEIGHT) if device.is_phone() else size
    drawn_map = _deck(shown, land, codes, look_now, (width, height))
    with st.container(key=f"drawn-{key_of(key)}"):
        if beside_cards:
            figures.finding(shown.title)
        else:
            figures.heads(shown.title, subtitle)
        _legend(bordered, look_now, small=beside_cards)
        st.html(f"<style>{drawn_map.pointing}</style>")
        picked = st.pydeck_chart(
            drawn_map.deck,
            height=height,
            alt=f"Map. {shown.alt}",
            key=key,
            on_select="rerun",
            selection_mode="multi-object",
        )
        if filters.in_meeting() and len(shown.rests_on) > 1:  # with no cards beside it that say its months
            before, after = shown.rests_on
            draw.fine(f"{after.label} against {before.label}.")
        paper.picture(partial(_png, bordered, land, look(dark=False), source), f"Map. {shown.alt}")
    # where only the ground in view was counted, there is no rest to see
    part = PART if shown.ground and shown.opens_on_part_of(shown.ground.table["ground_code"]) else ""

    def about() -> None:
        for line in filter(None, (subtitle if beside_cards else "", part, shown.caveat, source)):
            draw.fine(line)
        figures.plain(shown)
        figures.coverage_line(whole)
        figures.download(shown, simulated=simulated, whole=whole, key=f"map-{name}")
        _picture(partial(_png, bordered, land, look_now, source), name)

    folds.behind(
        "About this map: what it leaves out, its numbers, a picture to take away", about, f"map-{name}"
    )
    return _codes(picked)


@dataclass(frozen=True)
class _Drawn:
    """A map as it is sent: its deck, and the style sheet that says what is pointed at."""

    deck: KeptDeck
    pointing: str


_drawn = CellsBeside(
    MOST_DRAWN_BYTES, lambda drawn: drawn.deck.to_json().__sizeof__() + drawn.pointing.__sizeof__()
)


def _deck(shown: Shown, land: Land, codes: tuple[str, ...], look_now: Look, size: tuple[int, int]) -> _Drawn:
    """Return the map as it is sent, kept as long as what it shows is."""
    outlined = _bordered(shown, land, codes)
    # written on first need, and again where it was let go of
    addresses = served(land, look_now, outlined.outlines)
    width, height = size

    def make() -> _Drawn:
        on_it = replace(outlined, names=_short(outlined.names)) if width == PHONE_WIDTH else outlined
        made = deck(on_it, land, addresses, look_now, width=width, height=height)
        return _Drawn(KeptDeck(made), pointing(on_it, land))

    return _drawn.get(shown, make, codes, look_now, size, addresses)


def _bordered(shown: Shown, land: Land, codes: tuple[str, ...]) -> Shown:
    chosen = frozenset(codes) & frozenset(land.outlines["ground_code"])
    return replace(shown, outlines=(*shown.outlines, Outline(CHOSEN, chosen))) if chosen else shown


def _short(names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names with those of the areas in short: on a phone three of them would fill the map."""
    short = short_names([name.text.split("\n")[0] for name in names if name.first])
    return tuple(
        replace(name, text="\n".join([short[first], *rest])) if name.first else name
        for name in names
        for first, *rest in [name.text.split("\n")]
    )


def _look() -> Look:
    dark = st.context.theme.type == "dark"
    return (
        look(dark=dark, projector=True).enlarged(screens.scale()) if filters.in_meeting() else look(dark=dark)
    )


def _legend(shown: Shown, drawn: Look, *, small: bool = False) -> None:
    parts = "".join(
        f'<div class="legend-part"><strong>{encoded.html_text(heading)}</strong>{_keys(keys, drawn)}</div>'
        for heading, keys in shown.legend
    )
    st.html(f'<div class="legend{" small" * small}" role="img" aria-label="Legend of the map">{parts}</div>')


def _keys(keys: Iterable[Key], drawn: Look) -> str:
    return "".join(
        f'<span class="key">{_swatch(key, drawn)}{encoded.html_text(key.label)}</span>' for key in keys
    )


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


def _png(shown: Shown, land: Land, drawn: Look, source: str) -> bytes:
    """Return the map as a still picture, as it opens."""
    picture = still(
        shown,
        land.outlines,
        drawn,
        districts=land.districts,
        source=source,
        approximate=land.approximate,
    )
    return png_bytes(picture)


def _picture(make: Callable[[], bytes], name: str) -> None:
    # made when the button is pressed, in another thread: what it needs is taken along
    wording.download_button(
        "Download as a picture (PNG)",
        make,
        file_name=encoded.file_name(name, "png"),
        mime="image/png",
        key=f"picture-{name}",
        on_click="ignore",
        type="tertiary",
    )


def _codes(picked: PydeckState | None) -> tuple[str, ...]:
    """Return the codes of the ground that was clicked, sorted."""
    objects = picked.selection.objects.get("ground", []) if picked else []
    return tuple(sorted({str(each["properties"]["code"]) for each in objects}))


def _chosen(shown: Shown, case: Case, codes: tuple[str, ...]) -> None:
    """Show what was recorded on the ground that was clicked, and offer it as an area."""
    if shown.ground is None:
        return
    if not codes and filters.in_meeting():  # nobody clicks from a chair
        return
    if not codes:
        draw.hint(
            "Click ground to choose it, and more to add to it. Without a mouse: “An area of your own”, under “Change”."
        )
        return
    draw.hint("Click it again to leave it out, or the cross on the map to leave out all.")
    draw.parts(change.chosen_ground(case, shown, codes))
    offers = change.grown(case, codes)
    mine = case.selection.own
    with st.container(horizontal=True, key="chosen-ground"):
        for name, units in offers.items():
            first = name == next(iter(offers))
            if wording.button(
                name,
                on_click=own_filter.take,
                args=(units,),
                key=f"use-{key_of(name)}",
                type="primary" if first else "secondary",
            ):
                st.rerun()  # a map that plays its months is drawn without the filters
    if mine is not None and mine.ground in map(frozenset, offers.values()):
        wording.caption(f"{mine.name} is now an area of yours: on the board, on each map, and in the link.")
        wording.page_link(OVERVIEW, "See its changes on the board", query_params=link.shared())
