"""Published against recomputed: each cell of the review's outcomes table beside what the loaded data give.

A cell agrees, differs, or cannot be checked; a missing month is never taken for an error of the review.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.cube import Panel
from analysis.model.errors import AreaError, ContractError
from analysis.model.formats import number
from analysis.model.periods import Period, compared_months, month_label
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.poisson import percent_change
from analysis.topics.change.measure.outcomes import area_rows

PUBLISHED_COLUMNS = (
    "area_key",
    "crime_type",
    "baseline",
    "comparison",
    "difference",
    "percent",
    "district_percent",
    "slide",
)
CELL_COLUMNS = (
    "area_key",
    "crime_type",
    "cell",
    "slide",
    "published",
    "recomputed",
    "months_held",
    "months_missing",
    "largest_month",
    "status",
    "reason",
)

Status = Literal["agrees", "differs", "cannot be checked"]

MONTHLY_REACH = 2.0
"""A missing month may hold at most this many times the largest month held; a shortfall beyond it is a
flag."""

TWICE = (1.8, 2.2)
"""Published over recomputed between these is told as a likely double count."""


@dataclass(frozen=True)
class _Count:
    """A count over one period as held, with what is needed to judge a published figure against it."""

    value: float
    held: int
    missing: tuple[pd.Period, ...]
    largest: float

    @property
    def months(self) -> int:
        return self.held + len(self.missing)


def published_against_recomputed(
    published: pd.DataFrame,
    panel: Panel,
    areas: Mapping[str, Area],
    *,
    district: Area,
    baseline: Period,
    comparison: Period,
) -> pd.DataFrame:
    """Return one row a published cell (`CELL_COLUMNS`), in the order of the published table.

    ``published`` has `PUBLISHED_COLUMNS`, one row an area and crime type; its cells are baseline, comparison,
    difference, percent and district_percent (nearest whole per cent, halves away from zero). A count
    *differs* when every month is held and it is not equal, when the data already give more than was
    published, or when the shortfall is more than `MONTHLY_REACH` times the largest month held for each month
    missing; with a month missing it otherwise *cannot be checked*. A derived cell differs when a count in it
    does, cannot be checked when a month is missing, and is then recomputed like for like. recomputed is NaN
    where nothing is held. Months outside the span held count as missing. Raises ContractError when a column
    is missing or a crime type is not police.uk's.
    """
    missing = [column for column in PUBLISHED_COLUMNS if column not in published.columns]
    if missing:
        raise ContractError(f"The published table lacks the column {', '.join(missing)}.")
    unknown = sorted(set(published["crime_type"]) - set(CRIME_TYPES))
    if unknown:
        raise ContractError(f"The published table names an unknown crime type: {', '.join(unknown)}.")
    rows: list[dict[str, Any]] = []
    for row in published.to_dict("records"):
        own = _ground(panel, areas.get(row["area_key"]))
        whole = _ground(panel, district)
        rows += _cells(panel, row, own=own, whole=whole, baseline=baseline, comparison=comparison)
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS))


def _ground(panel: Panel, area: Area | None) -> np.ndarray | None:
    """Return the area's rows, or nothing where the data do not hold all its ground."""
    if area is None:
        return None
    try:
        return area_rows(panel, area) if area.kind != "district" else panel.rows(area.ground, name=area.name)
    except AreaError:
        return None


def _count(panel: Panel, rows: np.ndarray | None, crime_type: str, period: Period) -> _Count:
    """Return the count over the months of the period that are held."""
    held = set(panel.held(crime_type)) if rows is not None else set()
    kept = [month for month in period.months if month in held]
    gone = tuple(month for month in period.months if month not in held)
    if rows is None or not kept:
        return _Count(math.nan, 0, gone, math.nan)
    monthly = [float(panel.totals([month], crime_type)[rows].sum()) for month in kept]
    return _Count(sum(monthly), len(kept), gone, max(monthly))


def _cells(
    panel: Panel,
    row: dict[str, Any],
    *,
    own: np.ndarray | None,
    whole: np.ndarray | None,
    baseline: Period,
    comparison: Period,
) -> list[dict[str, Any]]:
    crime_type = row["crime_type"]
    periods = {"baseline": baseline, "comparison": comparison}
    counts = {cell: _count(panel, own, crime_type, period) for cell, period in periods.items()}
    cells = [_cell(row, cell, counts[cell], *_judge(row[cell], counts[cell])) for cell in counts]
    flagged = [cell["cell"] for cell in cells if cell["status"] == "differs"]
    sides = _like_for_like(panel, own, crime_type, baseline, comparison)
    gone = (*counts["baseline"].missing, *counts["comparison"].missing)
    for cell, value in (
        ("difference", sides[1] - sides[0]),
        ("percent", nearest(percent_change(*sides))),
    ):
        both = _Count(value, sum(count.held for count in counts.values()), gone, math.nan)
        cells.append(_cell(row, cell, both, *_judge_derived(row[cell], both, flagged)))
    sides = _like_for_like(panel, whole, crime_type, baseline, comparison)
    totals = [_count(panel, whole, crime_type, period) for period in periods.values()]
    value = nearest(percent_change(*sides))
    both = _Count(value, sum(t.held for t in totals), (*totals[0].missing, *totals[1].missing), math.nan)
    cells.append(_cell(row, "district_percent", both, *_judge_derived(row["district_percent"], both, [])))
    return cells


def _like_for_like(
    panel: Panel, rows: np.ndarray | None, crime_type: str, baseline: Period, comparison: Period
) -> tuple[float, float]:
    """Return the two counts over the calendar months held on both sides, NaN where there is none."""
    months = compared_months(baseline, comparison, panel.held(crime_type))
    if rows is None or not months.baseline:
        return math.nan, math.nan
    return (
        float(panel.totals(months.baseline, crime_type)[rows].sum()),
        float(panel.totals(months.comparison, crime_type)[rows].sum()),
    )


def _cell(row: dict[str, Any], cell: str, count: _Count, status: Status, reason: str) -> dict[str, Any]:
    return {
        "area_key": row["area_key"],
        "crime_type": row["crime_type"],
        "cell": cell,
        "slide": row["slide"],
        "published": row[cell],
        "recomputed": count.value,
        "months_held": count.held,
        "months_missing": len(count.missing),
        "largest_month": count.largest,
        "status": status,
        "reason": reason,
    }


def nearest(value: float) -> float:
    """Return the nearest whole number, halves away from zero, as the review rounds; NaN stays NaN."""
    return math.copysign(math.floor(abs(value) + 0.5), value) + 0.0 if math.isfinite(value) else math.nan


def _judge(published: float, count: _Count) -> tuple[Status, str]:
    """Return status and likely reason of a published count."""
    if not count.held:
        return (
            "cannot be checked",
            f"No month of this period is held for this place ({_names(count.missing)}).",
        )
    got = f"{number(count.value)} in {count.held} of {count.months} months"
    if not count.missing:
        if published == count.value:
            return "agrees", ""
        return "differs", f"The data give {number(count.value)}. {_likely(published, count)}"
    if count.value > published:
        return "differs", f"The data give more already: {got}. {_likely(published, count)}"
    if published - count.value > MONTHLY_REACH * count.largest * len(count.missing):
        return "differs", (
            f"The data give {got}, and no month held has more than {number(count.largest)}, so "
            f"{_names(count.missing)} cannot make up the rest. {_likely(published, count)}"
        )
    return "cannot be checked", f"{_is_missing(count.missing)} The data give {got}."


def _likely(published: float, count: _Count) -> str:
    """Say the likely reason of a difference."""
    if count.value > 0 and TWICE[0] <= published / count.value <= TWICE[1]:
        return "The published figure is about twice that: a double count is likely, not proven."
    return (
        "A later release may have revised the months, or the published count took in other ground or months."
    )


def _judge_derived(published: float, count: _Count, flagged: Iterable[str]) -> tuple[Status, str]:
    """Return status and likely reason of a published difference or percentage."""
    if flagged := list(flagged):
        plural = len(flagged) > 1
        return "differs", (
            f"The published {' and '.join(flagged)} count{'s' if plural else ''} it rests on "
            f"differ{'' if plural else 's'} from the data."
        )
    if count.missing and math.isfinite(count.value):
        return (
            "cannot be checked",
            f"{_is_missing(count.missing)} The figure beside it is like for like, without it.",
        )
    if not math.isfinite(count.value):
        return "cannot be checked", (
            f"{_is_missing(count.missing)} Nothing can be compared."
            if count.missing
            else "Nothing was recorded in the baseline period, so there is no percentage."
        )
    if published == count.value:
        return "agrees", ""
    return "differs", f"The data give {number(count.value)} with every month held."


def _is_missing(months: tuple[pd.Period, ...]) -> str:
    return f"{_names(months)} {'is' if len(months) == 1 else 'are'} missing from the data held."


def _names(months: tuple[pd.Period, ...]) -> str:
    """Return the months by name, or from first to last where there are many."""
    if len(months) > 3:
        return f"{len(months)} months between {month_label(min(months))} and {month_label(max(months))}"
    return ", ".join(month_label(month) for month in months)
