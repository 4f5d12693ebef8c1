"""The one picker of the two periods: by name, or other months held against the same months a year before, or others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.model.link import MONTH_LABELS, MONTHS
from analysis.model.period_pairs import Preset, year_before
from analysis.model.periods import Period, month_label
from pages.frame import wording

KEYS = ("periods", "held_against", *MONTHS)
OTHER, A_YEAR_BEFORE = "Other months", "The same months a year before"


def draw(span: Period, months: tuple[pd.Period, ...], presets: Sequence[Preset]) -> tuple[pd.Period, ...]:
    """Draw the picker and return the four ends of the periods as they were chosen, possible or not.

    ``months`` are the ends that it starts from, in the order of `MONTHS`.
    """
    pairs = {f"{each.name}: {each.pair.label}": each.pair.ends for each in presets}
    _start("periods", next((name for name, ends in pairs.items() if ends == months), OTHER))
    chosen = wording.selectbox("Periods", [*pairs, OTHER], key="periods", required=True)
    if chosen != OTHER:
        return pairs[chosen]
    one, two = st.columns(2)
    first, last = _month(one, span, months, 2), _month(two, span, months, 3)
    _start("held_against", A_YEAR_BEFORE if months == (*year_before(months[2:]), *months[2:]) else OTHER)
    against = wording.segmented_control(
        "Held against", [A_YEAR_BEFORE, OTHER], key="held_against", required=True
    )
    if against == A_YEAR_BEFORE:
        return (*year_before((first, last)), first, last)
    one, two = st.columns(2)
    return (_month(one, span, months, 0), _month(two, span, months, 1), first, last)


def _start(key: str, value: str) -> None:
    if key not in st.session_state:
        st.session_state[key] = value


def _month(place: DeltaGenerator, span: Period, months: tuple[pd.Period, ...], end: int) -> pd.Period:
    named = {month_label(month): month for month in span.months}
    _start(MONTHS[end], month_label(months[end]))
    return named[
        wording.on(place).selectbox(MONTH_LABELS[MONTHS[end]], list(named), key=MONTHS[end], required=True)
    ]
