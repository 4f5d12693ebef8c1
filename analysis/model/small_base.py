"""Percentages on a small base, left out of numbers as the tables hide them: one incident more moves one by 2 points or more."""

from __future__ import annotations

import pandas as pd

from analysis.model.vocabulary import SMALL_BASE

PERCENTAGES_ON = {
    "baseline_incidents": ("percent_change", "percent_low", "percent_high"),
    "rest_baseline_incidents": ("rest_percent_change",),
    "recorded": ("positive_share",),
}
"""The names of percentages begin with these, and the column that they rest on."""


def without_small(data: pd.DataFrame, *, show_small: bool = False) -> pd.DataFrame:
    """Return numbers with each percentage on a base under `SMALL_BASE` left out (NaN), as tables say “hidden” there.

    All of them where ``show_small``.
    """
    if show_small:
        return data
    blank = {
        name: data[name].mask(data[base] < SMALL_BASE)
        for base, starts in PERCENTAGES_ON.items()
        if base in data.columns
        for name in data.columns
        if str(name).startswith(starts)
    }
    return data.assign(**blank)
