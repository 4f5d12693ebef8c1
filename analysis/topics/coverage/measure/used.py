"""Which months of a case's two periods its figures use, which they leave out and why, and what has no location."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.cube import Panel
from analysis.model.partly import Partly
from analysis.model.periods import Period, compared_months


@dataclass(frozen=True)
class Side:
    """One period: ``used`` months of every chosen crime type, months ``not_published`` of any of them, and those left out
    because they are (or their partner is) missing in the ``other`` period; rows with and without a location."""

    period: Period
    used: tuple[pd.Period, ...]
    not_published: tuple[pd.Period, ...]
    for_the_other: tuple[pd.Period, ...]
    partly: tuple[Partly, ...]
    located: float
    unlocated: float

    @property
    def share(self) -> float:
        """Share of the rows used that have no location, 0 where there is no row."""
        rows = self.located + self.unlocated
        return self.unlocated / rows if rows else 0.0


@dataclass(frozen=True)
class Used:
    """What figures of a case rest on: one period each, or the same period twice where only one is asked of."""

    sides: tuple[Side, ...]


def used(case: Case, period: Period | None = None) -> Used:
    """Return the months that enter figures of the chosen crime types: of both periods or, given one, of that one alone.

    Like for like, a month missing on one side leaves the other too. A month partly published in one chosen crime type is
    named there and counts as used for the others; months not held by the span count as not published.
    """
    if period is None and case.baseline == case.comparison:  # one period stands for both
        period = case.comparison
    if period is not None:
        held = _held(case, period)
        gone = tuple(month for month in period.months if month not in held)
        return Used((_side(case, period, gone, ()),))
    baseline, comparison = case.baseline, case.comparison
    published = _held(case, baseline) | _held(case, comparison)
    partners: tuple[tuple[pd.Period, ...], tuple[pd.Period, ...]] = ((), ())
    if case.like_for_like and len(baseline) == len(comparison):
        months = compared_months(baseline, comparison, published, like_for_like=False)
        gone_b, gone_c = set(months.missing_baseline), set(months.missing_comparison)
        pairs = list(zip(baseline.months, comparison.months, strict=True))
        partners = (
            tuple(b for b, c in pairs if c in gone_c and b not in gone_b),
            tuple(c for b, c in pairs if b in gone_b and c not in gone_c),
        )
    sides = []
    for each, left in zip((baseline, comparison), partners, strict=True):
        gone = tuple(month for month in each.months if month not in published)
        sides.append(_side(case, each, gone, left))
    return Used(tuple(sides))


def _held(case: Case, period: Period) -> set[pd.Period]:
    """Return the months of which some chosen crime type is published, whole or partly."""
    panel = case.panel
    return {
        month
        for month in period.months
        if month in panel.span
        and any(
            panel.published[panel.months.get_loc(month), panel.column(each)] or (month, each) in panel.partly
            for each in case.crime_types
            if each in panel.crime_types
        )
    }


def _side(case: Case, period: Period, gone: tuple[pd.Period, ...], left: tuple[pd.Period, ...]) -> Side:
    kept = tuple(month for month in period.months if month not in {*gone, *left})
    partly = tuple(
        cell for each in case.crime_types for cell in case.panel.partly_of(each) if cell.month in period
    )
    return Side(period, kept, gone, left, partly, *_rows(case.panel, kept, case.crime_types))


def _rows(panel: Panel, months: tuple[pd.Period, ...], crime_types: tuple[str, ...]) -> tuple[float, float]:
    located = unplaced = 0.0
    for each in crime_types:
        held = set(panel.held(each))
        whole = [month for month in months if month in held]
        if whole:
            located += float(panel.totals(whole, each).sum())
            unplaced += panel.unlocated_in(whole, each)
    return located, unplaced
