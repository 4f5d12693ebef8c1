"""Pairs of periods for a programme or patrols: the months since they began against the same months before."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.errors import PeriodError
from analysis.model.periods import YEAR, Period, month_label


@dataclass(frozen=True)
class PeriodPair:
    """Two periods of one length over the same calendar months, the earlier one first."""

    baseline: Period
    comparison: Period

    @property
    def label(self) -> str:
        """``Aug 2022 – Jun 2023 against Aug 2023 – Jun 2024``."""
        return f"{self.baseline.label} against {self.comparison.label}"


def same_months_before(period: Period) -> PeriodPair:
    """Return the period and the same calendar months the year before (for the patrolled months, for one).

    Raises PeriodError when the period is longer than a year: its months would then be their own baseline.
    """
    if len(period) > YEAR:
        raise PeriodError(
            f"{period.label} is longer than a year, so the same months a year before would overlap it. "
            "Choose 12 months or fewer."
        )
    return PeriodPair(period.shifted(-YEAR), period)


def before_and_after(start: pd.Period, span: Period) -> PeriodPair:
    """Return up to the first 12 months from ``start`` that the span holds, and the same months a year before.

    Calendar months match, so the season cannot pass for a change; what is lost is the months between the
    baseline's end and the start. Raises PeriodError when the span holds no month from the start on, or none
    of the year before it.
    """
    if start not in span:
        raise PeriodError(
            f"The start ({month_label(start)}) lies outside the months held ({span.label}). "
            "Import the months round it."
        )
    pair = same_months_before(Period(start, min(span.last, start + YEAR - 1)))
    if pair.baseline.first < span.first:
        raise PeriodError(
            f"The months held begin with {month_label(span.first)}; a comparison from {month_label(start)} "
            f"on needs {month_label(pair.baseline.first)} and the months after it. Import the earlier months."
        )
    return pair
