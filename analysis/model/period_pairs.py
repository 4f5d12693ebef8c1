"""Pairs of periods for a programme or patrols: the months since they began against the same months before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.model.errors import PeriodError
from analysis.model.periods import YEAR, Period, default_pair, month_label
from analysis.model.review import Review


@dataclass(frozen=True)
class PeriodPair:
    """Two periods of one length over the same calendar months, the earlier one first."""

    baseline: Period
    comparison: Period

    @property
    def label(self) -> str:
        """``Aug 2023 – Jun 2024 against Aug 2022 – Jun 2023``: the later period first, as everywhere."""
        return f"{self.comparison.label} against {self.baseline.label}"

    @property
    def ends(self) -> tuple[pd.Period, ...]:
        """First and last month of the earlier period, then of the later one."""
        return (self.baseline.first, self.baseline.last, self.comparison.first, self.comparison.last)


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


def year_before(ends: Sequence[pd.Period]) -> tuple[pd.Period, ...]:
    """Return these months a year earlier, in their order, whatever is held of them."""
    return tuple(month - YEAR for month in ends)


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


@dataclass(frozen=True)
class Preset:
    """A pair of periods under the name that a reader chooses it by."""

    key: str
    name: str
    pair: PeriodPair


def presets(
    span: Period, review: Review | None = None, patrolled: Period | None = None
) -> tuple[Preset, ...]:
    """Return the pairs of periods to choose from by name, without those that reach outside the months held.

    The latest twelve months held against the twelve before (of under 24 held: the last months with a partner a year
    before); the two years of a ``review``; the ``patrolled`` months, and those since the last of them, each against the
    same months a year before. Of more than a year the last twelve months count. What is held the year before
    is said by the page: it may be patrolled months too.
    """
    pairs = {}
    if len(span) > YEAR:
        pairs["latest"] = ("The latest months held", PeriodPair(*default_pair(span)))
    if review is not None:
        pairs["review"] = ("The review’s years", PeriodPair(review.baseline, review.comparison))
    if patrolled is not None:
        pairs["patrolled"] = ("The patrolled months", _last_year_of(patrolled))
        if patrolled.last < span.last:
            since = Period(patrolled.last + 1, span.last)
            pairs["since"] = ("Since the patrols ended", _last_year_of(since))
    return tuple(
        Preset(key, name, pair)
        for key, (name, pair) in pairs.items()
        if span.first <= pair.baseline.first and pair.comparison.last <= span.last
    )


def _last_year_of(period: Period) -> PeriodPair:
    last_year = Period(max(period.first, period.last - (YEAR - 1)), period.last)
    return same_months_before(last_year)
