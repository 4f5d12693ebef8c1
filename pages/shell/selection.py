"""The shared filters: town centre, crime types, the two periods, like for like. All of them live in the link.

They are drawn once by ``app.py`` (a filter drawn by each page would lose its value between pages) and bound to
the query parameters, so a copied link opens the same view. This is the only session state of the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from analysis.model.areas import Area, town_centres
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.periods import Period, default_pair, month_label
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES
from pages.shell import own_filter, tables
from pages.shell.choice import Selection
from pages.shell.evaluation import Question

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


def one_crime_type(chosen: Selection) -> str:
    """Draw the choice of one crime type for a page that looks at one, starting with the first chosen."""
    _say_what_a_link_got_wrong("Crime type", "one_crime", CRIME_TYPES)
    return st.selectbox(
        "Crime type",
        CRIME_TYPES,
        index=CRIME_TYPES.index(chosen.crime_types[0]),
        key="one_crime",
        bind="query-params",
        required=True,
        width=320,
    )


def question(chosen: Selection) -> Question:
    """Draw the choice of area, crime type and start month for Explore / Evaluation."""
    held = {key: area.name for key, area in tables.areas(chosen.force).items() if area.kind != "rest"}
    months = {month_label(month): month for month in tables.span(chosen.force).months[1:]}
    _say_what_a_link_got_wrong("Area", "evaluate", held.values())
    _say_what_a_link_got_wrong("Start", "start", months)
    one, two, three = st.columns(3)
    area = one.selectbox(
        "Area",
        list(held),
        index=list(held).index(chosen.areas[0]),
        format_func=lambda key: held[key],
        key="evaluate",
        bind="query-params",
        required=True,
    )
    with two:
        crime_type = one_crime_type(chosen)
    start = three.selectbox(
        "Start month, for the step in the series",
        list(months),
        index=list(months).index(month_label(chosen.comparison.first)),
        key="start",
        bind="query-params",
        required=True,
    )
    return Question(chosen, area, crime_type, months[start])


def how_many_places() -> int:
    """Draw the choice of how many places a ranking shows."""
    return st.select_slider(
        "Places shown", [5, 10, 15, 20, 30, 50], value=10, key="places", bind="query-params", width=320
    )


def _draw() -> Selection:
    held = tables.held_forces()
    with st.sidebar:
        force = held[0] if len(held) == 1 else _force(held)
        areas = town_centres(tables.filed_areas(force))
        span = tables.span(force)
        baseline, comparison = default_pair(span)
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
        (*(key for key in areas if key in chosen), *own),
        tuple(t for t in CRIME_TYPES if t in types),
        Period(months[b0], months[b1]),
        Period(months[c0], months[c1]),
        like,
        small,
    )


def _first_choice(areas: Mapping[str, Area]) -> list[str]:
    return [key for key, area in areas.items() if area.kind != "own"]


def to_force(force: str) -> None:
    """Choose another force, and its own areas with it: those of the force before are none of its (a callback)."""
    st.session_state["force"] = force
    _begin_with_its_areas()


def _begin_with_its_areas() -> None:
    areas = town_centres(tables.filed_areas(st.session_state["force"]))
    st.session_state["area"] = _first_choice(areas)


def _force(held: Sequence[str]) -> str:
    _say_what_a_link_got_wrong("Police force", "force", map(tables.force_name, held))
    return st.selectbox(
        "Police force",
        held,
        format_func=tables.force_name,
        key="force",
        bind="query-params",
        required=True,
        on_change=_begin_with_its_areas,
    )


def _many(label: str, names: dict[str, str], default: list[str], key: str) -> list[str]:
    _say_what_a_link_got_wrong(label, key, names.values())
    return st.multiselect(
        label, list(names), default=default, format_func=lambda k: names[k], key=key, bind="query-params"
    )


def _month(place, short: str, label: str, names: list[str], default: str, key: str) -> str:
    _say_what_a_link_got_wrong(label, key, names)
    return place.selectbox(
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


def _as_written(text: str) -> str:
    # a link may be anyone's: its words are shown, and draw no picture and open no other page
    return re.sub(r"([^\w\s])", r"\\\1", " ".join(text.split()))


def _say_what_a_link_got_wrong(label: str, key: str, known: Iterable[str]) -> None:
    # Streamlit drops a value it does not know without a word; a reader would believe the link was followed
    unknown = sorted(set(st.query_params.get_all(key)) - set(known) - {""})
    if unknown and key not in st.session_state:
        st.warning(
            f"The link asks for {label.lower()} “{_as_written(unknown[0][:80])}”, which is not held here. "
            "The filters show what is."
        )
