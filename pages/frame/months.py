"""A month to look at, by a slider or playing one after another; the scale of what is drawn stays the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analysis.model.periods import month_label
from pages.frame import wording

PAUSE = 1.5
"""Seconds between two months: long enough to read a map, short enough to see what moves."""


def play(months: Sequence[pd.Period], draw: Callable[[pd.Period | None], None], name: str) -> None:
    """Draw all months together or, when the reader asks, one; while playing, the next follows after a pause.

    Only the map is drawn anew, not the page. After the last month comes the first. The choice stands under the map: the
    answer is read first.
    """
    place, choice = st.container(), st.container()
    with choice:
        one, two = st.columns([1, 3])
    by_month = wording.on(one).toggle("Month by month", key=f"{name}_by_month", bind="query-params")
    if not by_month:
        with place:
            draw(None)
        return
    playing = wording.on(two).toggle("Play the months", key=f"{name}_play")
    named = {month_label(month): month for month in months}

    @st.fragment(run_every=PAUSE if playing else None)
    def frame() -> None:
        if playing:
            _advance(f"{name}_month", list(named))
        label = wording.select_slider("Month", list(named), key=f"{name}_month", bind="query-params")
        draw(named[label])

    with place:
        frame()


def _advance(key: str, labels: list[str]) -> None:
    """Move the slider to the next month; it starts at the first."""
    shown = st.session_state.get(key)
    at = labels.index(shown) + 1 if shown in labels else 0
    st.session_state[key] = labels[at % len(labels)]
