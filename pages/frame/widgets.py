"""The choices that a page has of its own, drawn alike on every page; each lives in the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.drawing.answer import Answer
from analysis.model.case import Case
from analysis.model.periods import month_label
from analysis.model.vocabulary import CRIME_TYPES
from pages.frame.filters import say_what_a_link_got_wrong

WIDTH = 320


def one_crime_type(crime_types: Sequence[str], of: Answer | None = None) -> str:
    """Draw the choice of one crime type for a page that looks at one, starting with the first of those chosen.

    Where the answer that it belongs to (``of``) has no part, nothing is drawn.
    """
    if of is not None and not of.parts:
        return crime_types[0]
    return one_of("Crime type", {name: name for name in CRIME_TYPES}, crime_types[0], "one_crime")


def one_of(
    label: str, names: Mapping[str, str], first: str, key: str, width: int | Literal["stretch"] = WIDTH
) -> str:
    """Draw the choice of one of several, by name, and return its key; of none, nothing is drawn and no key is returned."""
    if not names:
        return ""
    say_what_a_link_got_wrong(label, key, names.values())
    chosen_key: str = st.selectbox(
        label,
        list(names),
        index=list(names).index(first),
        format_func=lambda chosen: names[chosen],
        key=key,
        bind="query-params",
        required=True,
        width=width,
    )
    return chosen_key


def evaluated(case: Case) -> tuple[str, str, object]:
    """Draw the choice of area, crime type and start month, and return the area's key, the type and the month."""
    areas = {key: area.name for key, area in case.areas.items() if area.kind != "rest"}
    months = {month_label(month): month for month in case.span.months[1:]}
    one, two, three = st.columns(3)
    with one:
        area = one_of("Area", areas, case.chosen[0].key, "evaluate", width="stretch")
    with two:
        crime_type = one_crime_type(case.crime_types)
    with three:
        start = one_of(
            "Start month, for the step in the series",
            {label: label for label in months},
            month_label(case.comparison.first),
            "start",
            width="stretch",
        )
    return area, crime_type, months[start]


def one_view(label: str, views: Sequence[str], first: str, key: str) -> str:
    """Draw the choice between views as buttons in a row; where there is only one it is taken, and nothing is drawn."""
    if len(views) == 1:
        return views[0]
    return st.segmented_control(
        label, list(views), default=first, key=key, bind="query-params", required=True
    )


def switch(label: str, key: str, help_text: str = "", of: Answer | None = None) -> bool:
    """Draw a switch; it is off, and not drawn, where the answer that it belongs to (``of``) has no part."""
    if of is not None and not of.parts:
        return False
    return st.toggle(label, key=key, bind="query-params", help=help_text or None)


def how_many(label: str, numbers: Sequence[int], first: int, key: str) -> int:
    """Draw the choice of a number among these."""
    return st.select_slider(label, list(numbers), value=first, key=key, bind="query-params", width=WIDTH)


def slide(label: str, numbers: range, first: int, key: str) -> int:
    """Draw the choice of a whole number between the first and the last of these."""
    return st.slider(label, numbers[0], numbers[-1], first, key=key, bind="query-params", width=WIDTH)


def columns(*shares: int) -> list[DeltaGenerator]:
    """Return places beside each other, for choices in a row."""
    return st.columns(list(shares))
