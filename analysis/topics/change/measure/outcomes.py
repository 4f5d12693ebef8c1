"""Change: counts of the baseline and the comparison period, their difference, and per cent.

The plain tests on two such counts (`exact_ratio`, `e_test`, `percent_interval`) live in `analysis.stats.poisson`,
`discoveries` in `analysis.stats.false_discovery`; all can be had from here too.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.model.areas import Area, check_comparator
from analysis.model.cube import Panel, panel
from analysis.model.errors import AreaError, PeriodError
from analysis.model.periods import ComparedMonths, Period, check_held, check_two
from analysis.model.vocabulary import SMALL_BASE
from analysis.stats.false_discovery import discoveries
from analysis.stats.poisson import (
    LEVEL,
    Interval,
    e_test,
    exact_ratio,
    percent_change,
    percent_interval,
)

__all__ = [
    "LEVEL",
    "OUTCOME_COLUMNS",
    "Interval",
    "area_rows",
    "discoveries",
    "e_test",
    "exact_ratio",
    "months_by_type",
    "outcome_rows",
    "outcomes",
    "percent_change",
    "percent_interval",
]

OUTCOME_COLUMNS = (
    "crime_type",
    "baseline_incidents",
    "comparison_incidents",
    "change",
    "percent_change",
    "district_percent_change",
    "rest_percent_change",
    "rest_baseline_incidents",
    "rest_comparison_incidents",
    "months_compared",
    "small_base",
    "baseline_months",
    "comparison_months",
    "baseline_days",
    "comparison_days",
    "months_note",
    "reason",
)


def months_by_type(
    counts: Panel, baseline: Period, comparison: Period, *, like_for_like: bool = True
) -> dict[str, ComparedMonths]:
    """Return the months compared for each crime type (a gap belongs to a force, a month and a crime type).

    Raises PeriodError when a period lies outside the span held, when the periods overlap or stand in the
    wrong order, and, like for like, when they differ in length or in calendar months.
    """
    check_held(baseline, counts.span)
    check_held(comparison, counts.span)
    check_two(baseline, comparison)
    if baseline.last >= comparison.first:
        raise PeriodError(
            f"The periods overlap or stand in the wrong order ({comparison.label} against {baseline.label}). "
            "Choose a baseline that ends before the comparison begins."
        )
    return {
        crime_type: counts.compared(baseline, comparison, crime_type, like_for_like=like_for_like)
        for crime_type in counts.types_in(baseline, comparison)
    }


def area_rows(counts: Panel, area: Area) -> np.ndarray:
    """Return the row numbers of the area's ground. Raises AreaError when any of it is not in the data."""
    rows = counts.rows(area.ground, name=area.name)
    if len(rows) < len(area.ground):
        unknown = ", ".join(sorted(area.ground - set(counts.ground)))
        raise AreaError(
            f"{area.name} contains ground that is not in the data held ({unknown}), and its counts would be "
            "too low. Check the codes of its ground, or import the force it lies in."
        )
    return rows


def outcomes(
    cube: pd.DataFrame | Panel,
    area: Area,
    *,
    district: Area,
    rest: Area,
    baseline: Period,
    comparison: Period,
    like_for_like: bool = True,
) -> pd.DataFrame:
    """Return the review's outcomes table for one area: one row for each of the 14 crime types.

    Where both periods end before May 2013, the two types that police.uk had until then have a row each, too.
    The slide's eight types come first, in its order. Columns (`OUTCOME_COLUMNS`): crime_type;
    baseline_incidents, comparison_incidents, change (comparison less baseline); percent_change,
    district_percent_change, rest_percent_change (per cent, not rounded; NaN where the baseline is 0);
    rest_baseline_incidents, rest_comparison_incidents (what that percentage rests on; NaN where none is given);
    months_compared (held on both sides), small_base (baseline compared under `SMALL_BASE`); baseline_months,
    comparison_months, baseline_days and comparison_days (the exposure); months_note (which months are left
    out) and reason (why a figure of the row is missing, empty where none is).

    Like for like, a month missing on one side takes its partner out too; otherwise counts are as held and
    percentages are NaN where a month is missing or the periods differ in length. A side with no month held is
    NaN, never 0. Raises PeriodError (see `months_by_type`) and AreaError: ground of the area not in the data,
    or a rest that contains the whole area. Where area and rest merely share ground (a district against its
    own rest) the counts stand and rest_percent_change is NaN, with the reason.
    """
    rows = outcome_rows(
        cube if isinstance(cube, Panel) else panel(cube),
        area,
        district=district,
        rest=rest,
        baseline=baseline,
        comparison=comparison,
        like_for_like=like_for_like,
    )
    return pd.DataFrame(rows, columns=list(OUTCOME_COLUMNS))


def outcome_rows(
    counts: Panel,
    area: Area,
    *,
    district: Area,
    rest: Area,
    baseline: Period,
    comparison: Period,
    like_for_like: bool = True,
) -> list[dict[str, Any]]:
    """Return the rows of `outcomes`, each by its columns, in plain values."""
    months = months_by_type(counts, baseline, comparison, like_for_like=like_for_like)
    own = area_rows(counts, area)
    overlap = ""
    try:
        check_comparator(area, rest)
    except AreaError as error:
        if area.ground < rest.ground:
            raise
        overlap = str(error)
    sets = {
        "district": counts.rows(district.ground, name=district.name),
        "rest": counts.rows(rest.ground, name=rest.name),
    }
    names = {"district": district.name, "rest": rest.name}
    table = []
    for crime_type, compared in months.items():
        before, after = _both(counts, compared, crime_type)
        b, a = float(before[own].sum()), float(after[own].sum())
        blocked = _blocked(crime_type, compared, baseline, comparison)
        reasons = [blocked] if blocked else [_no_base(b, a, area.name)]
        percents = {"": math.nan if blocked else percent_change(b, a)}
        rest_counts = (math.nan, math.nan)
        for side, rows in sets.items():
            if blocked or (side == "rest" and overlap):
                percents[side] = math.nan
                continue
            sums = float(before[rows].sum()), float(after[rows].sum())
            percents[side] = percent_change(*sums)
            if side == "rest":
                rest_counts = sums
            reasons.append(_no_base(*sums, names[side]))
        reasons.append(overlap)
        values = (
            crime_type,
            b,
            a,
            a - b,
            percents[""],
            percents["district"],
            percents["rest"],
            *rest_counts,
            min(len(compared.baseline), len(compared.comparison)),
            bool(b < SMALL_BASE),
            len(compared.baseline),
            len(compared.comparison),
            sum(month.days_in_month for month in compared.baseline),
            sum(month.days_in_month for month in compared.comparison),
            compared.reason,
            " ".join(reason for reason in reasons if reason),
        )
        table.append(dict(zip(OUTCOME_COLUMNS, values, strict=True)))
    return table


def _both(counts: Panel, compared: ComparedMonths, crime_type: str) -> tuple[np.ndarray, np.ndarray]:
    """Return incidents of both sides, one figure a unit; NaN for a side without a month."""
    nothing = np.full(len(counts.ground), np.nan)
    before = counts.totals(compared.baseline, crime_type) if compared.baseline else nothing
    after = counts.totals(compared.comparison, crime_type) if compared.comparison else nothing
    return before, after


def _blocked(crime_type: str, compared: ComparedMonths, baseline: Period, comparison: Period) -> str:
    """Say why no percentage can be given for this crime type whatever the counts, or nothing."""
    empty = [
        period.label
        for period, kept, missing in (
            (baseline, compared.baseline, compared.missing_baseline),
            (comparison, compared.comparison, compared.missing_comparison),
        )
        if not kept and len(missing) == len(period)
    ]
    whole = " whole" if compared.partly else ""
    if empty:
        return f"{crime_type} is not published{whole} here in {' or '.join(empty)}, so there is nothing to compare."
    if not compared.baseline or not compared.comparison:
        return f"{crime_type} has no calendar month published{whole} on both sides, so there is nothing to compare."
    if not compared.like_for_like and compared.reason:
        return f"{compared.reason}."
    if len(compared.baseline) != len(compared.comparison):
        return (
            f"The periods differ in length ({len(compared.baseline)} months against "
            f"{len(compared.comparison)}), so a percentage would compare unlike months."
        )
    return ""


def _no_base(before: float, after: float, name: str) -> str:
    """Say why a percentage has no base, or nothing."""
    if before > 0:
        return ""
    if after > 0:
        return f"{name} recorded none in the baseline months, so a percentage has no base."
    return f"{name} recorded none in either period."
