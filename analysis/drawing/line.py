"""A line of monthly counts small enough to stand beside a number: its SVG path, from zero, broken where a month is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.periods import Period

MARGIN = 2.0
"""Pixels left free at each edge, so that half of the stroke is not cut."""

CELL = (60.0, 26.0)
"""Pixels of the line in a cell of the board."""

CARD = (110.0, 40.0)
"""Pixels of the line on a card."""


def monthly_counts(case: Case, area: Area, crime_type: str, months: Iterable[pd.Period]) -> tuple[float, ...]:
    """Return what was recorded in each of these months on the ground of an area, NaN in a gap or outside what is held."""
    series = case.panel.series(area.ground, crime_type, name=area.name)
    return tuple(float(series.get(month, math.nan)) for month in months)


def two_years(
    case: Case,
    area: Area,
    crime_type: str,
    size: tuple[float, float] = CELL,
    periods: tuple[Period, Period] | None = None,
) -> tuple[str, str]:
    """Return the two periods (those of the case where none are given) as lines on one scale: baseline, comparison."""
    before, after = (
        monthly_counts(case, area, crime_type, period.months)
        for period in periods or (case.baseline, case.comparison)
    )
    top = top_of(before, after)
    return line_path(before, top, *size), line_path(after, top, *size)


def top_of(*series: Sequence[float]) -> float:
    """Return the largest month of several series, at least 1: the height of the scale that they share."""
    return max([1.0, *(value for values in series for value in values if math.isfinite(value))])


def line_path(values: Sequence[float], top: float, width: float, height: float) -> str:
    """Return the path (SVG's ``d``) of these months over a width, 0 at the foot and ``top`` at the head.

    A missing month (NaN) breaks the line; one that stands alone between two of them is a point. Nothing for no months.
    """
    step = (width - 2 * MARGIN) / max(len(values) - 1, 1)
    pieces, pen = [], "M"
    for at, value in enumerate(values):
        if not math.isfinite(value):
            pen = "M"
            continue
        x = MARGIN + at * step
        y = height - MARGIN - value / top * (height - 2 * MARGIN)
        alone = pen == "M" and not (at + 1 < len(values) and math.isfinite(values[at + 1]))
        pieces.append(f"{pen}{x:.1f} {y:.1f}{'h0' if alone else ''}")
        pen = "L"
    return "".join(pieces)
