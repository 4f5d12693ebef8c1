"""The shared filters: town centre, crime types, the two periods, like for like. All of them live in the link.

They are drawn once by ``app.py`` (a filter drawn by each page would lose its value between pages) and bound to
the query parameters, so a copied link opens the same view. This is the only session state of the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.periods import Period, month_label
from analysis.model.selection import Selection
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES
from pages.frame import own_filter
from pages.frame.asking import desk

_KEPT = "selection"


def current() -> Selection:
    """Return the filters as they stand. Raises what kept them from being drawn, or AreaError when empty."""
    chosen: Selection | AnalysisError = st.session_state[_KEPT]
    if isinstance(chosen, AnalysisError):
        raise chosen
    if not chosen.areas:
        raise AreaError("No town centre is chosen. Choose one or more in the filters on the left.")
    if not chosen.crime_types:
        raise AreaError("No crime type is chosen. Choose one or more in the filters on the left.")
    return chosen


def case() -> Case:
    """Return the case that the filters make, for a page to ask about."""
    return desk().case(current())


def draw() -> None:
    """Draw the filters in the sidebar and keep what they say for the page.

    What cannot be chosen from (under thirteen months held, say) is kept too: only a page that needs it stops.
    """
    try:
        st.session_state[_KEPT] = _draw()
    except AnalysisError as problem:
        st.session_state[_KEPT] = problem


def chosen_force() -> str | None:
    """Return the police force chosen, None where the filters could not be drawn."""
    chosen: Selection | AnalysisError | None = st.session_state.get(_KEPT)
    return chosen.force if isinstance(chosen, Selection) else None


def projector() -> bool:
    """Return whether maps are drawn for the back of a room: larger letters, thicker lines."""
    return bool(st.session_state.get("projector", False))


def _draw() -> Selection:
    at = desk()
    forces = at.forces()
    with st.sidebar:
        force = forces[0] if len(forces) == 1 else _force(forces)
        areas = at.menu_areas(force)
        span = at.span(force)
        baseline, comparison = at.default_pair(force)
        label = "Town centre" if any(a.kind == "town centre" for a in areas.values()) else "District"
        chosen = _many(label, {key: area.name for key, area in areas.items()}, _first_choice(areas), "area")
        types = _many("Crime types", {t: t for t in CRIME_TYPES}, list(SLIDE_CRIME_TYPES), "crime")
        names = [month_label(month) for month in span.months]
        months = dict(zip(names, span.months, strict=True))
        st.caption("Baseline period")
        first, last = st.columns(2)
        b0 = _month(first, "from", "Baseline from", names, month_label(baseline.first), "baseline_from")
        b1 = _month(last, "to", "Baseline to", names, month_label(baseline.last), "baseline_to")
        st.caption("Comparison period")
        first, last = st.columns(2)
        c0 = _month(first, "from", "Comparison from", names, month_label(comparison.first), "comparison_from")
        c1 = _month(last, "to", "Comparison to", names, month_label(comparison.last), "comparison_to")
        like = st.toggle(
            "Like for like",
            value=True,
            key="like_for_like",
            bind="query-params",
            help="Compare only the calendar months published in both periods.",
        )
        small = st.toggle(
            "Show percentages on small bases",
            value=False,
            key="small_bases",
            bind="query-params",
            help="A percentage on fewer than 50 incidents is hidden unless asked for: a handful moves it far.",
        )
        st.toggle(
            "Maps for a projector",
            value=False,
            key="projector",
            bind="query-params",
            help="Larger letters and thicker lines, to be read from the back of a room.",
        )
        own = own_filter.draw(force)
    return Selection(
        force,
        (*(key for key in areas if key in chosen), *([own.key] if own else [])),
        tuple(t for t in CRIME_TYPES if t in types),
        Period(months[b0], months[b1]),
        Period(months[c0], months[c1]),
        like,
        small,
        own,
    )


def _first_choice(areas: Mapping[str, Area]) -> list[str]:
    return [key for key, area in areas.items() if area.kind != "own"]


def to_force(force: str) -> None:
    """Choose another force, and its own areas with it: those of the force before are none of its (a callback)."""
    st.session_state["force"] = force
    _begin_with_its_areas()


def _begin_with_its_areas() -> None:
    st.session_state["area"] = _first_choice(desk().menu_areas(st.session_state["force"]))


def _force(held: Sequence[str]) -> str:
    say_what_a_link_got_wrong("Police force", "force", map(desk().force_name, held))
    return st.selectbox(
        "Police force",
        held,
        format_func=desk().force_name,
        key="force",
        bind="query-params",
        required=True,
        on_change=_begin_with_its_areas,
    )


def _many(label: str, names: dict[str, str], default: list[str], key: str) -> list[str]:
    say_what_a_link_got_wrong(label, key, names.values())
    return st.multiselect(
        label, list(names), default=default, format_func=lambda k: names[k], key=key, bind="query-params"
    )


def _month(place: DeltaGenerator, short: str, label: str, names: list[str], default: str, key: str) -> str:
    say_what_a_link_got_wrong(label, key, names)
    month: str = place.selectbox(
        f"{label}",
        names,
        index=names.index(default),
        key=key,
        bind="query-params",
        required=True,
        format_func=str,
        label_visibility="collapsed",
        placeholder=short,
    )
    return month


def _as_written(text: str) -> str:
    # a link may be anyone's: its words are shown, and draw no picture and open no other page
    return re.sub(r"([^\w\s])", r"\\\1", " ".join(text.split()))


def say_what_a_link_got_wrong(label: str, key: str, known: Iterable[str]) -> None:
    """Say which value of the link is not held: Streamlit drops it without a word, and a reader would believe it followed."""
    unknown = sorted(set(st.query_params.get_all(key)) - set(known) - {""})
    if unknown and key not in st.session_state:
        st.warning(
            f"The link asks for {label.lower()} “{_as_written(unknown[0][:80])}”, which is not held here. "
            "The filters show what is."
        )
