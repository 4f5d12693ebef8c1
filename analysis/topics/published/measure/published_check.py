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
from analysis.model.formats import number, share
from analysis.model.partly import Partly, told
from analysis.model.periods import Period, month_label
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.poisson import percent_change
from analysis.stats.unlocated import HARD
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
    "base",
    "status",
    "reason",
)

Status = Literal["agrees", "differs", "cannot be checked"]

MONTHLY_REACH = 2.0
"""A missing month may hold at most this many times the largest month held; a shortfall beyond it is a
flag."""

TWICE = (1.8, 2.2)
"""Published over recomputed between these is told as a likely double count."""


DEVIATIONS = 2.0
"""What chance adds to the rows without a location that a place may have (Poisson): of a few they may be nearly all."""


@dataclass(frozen=True)
class _Count:
    """A count over one period as held, with what is needed to judge a published figure against it.

    ``missing`` are months not published, or only partly (``partly``). ``unlocated`` are the rows that the place may have
    beside it, of those without a location: as many as lie there if it has `HARD` times its share of them; ``share`` is
    that of such rows among all of the force's.
    """

    value: float
    held: int
    missing: tuple[pd.Period, ...]
    largest: float
    partly: tuple[Partly, ...] = ()
    unlocated: float = 0.0
    share: float = 0.0

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
    difference, percent and district_percent (nearest whole per cent, halves away from zero). base is the baseline count
    that a recomputed percentage rests on (NaN of other cells). A count
    *differs* when every month is held and it is not equal, when the data already give more than was
    published, or when the shortfall is more than `MONTHLY_REACH` times the largest month held for each month
    missing; with a month missing it otherwise *cannot be checked*, and so does one below what was published where a
    month is only partly published, or where rows without a location may be the rest (`HARD` times the place's
    share). A derived cell differs when a count in it does, cannot be checked when a month is missing, and is then
    recomputed like for like. recomputed is NaN where nothing is held. Months outside the span held count as
    missing. Raises ContractError when a column is missing or a crime type is not police.uk's.
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
    partly = tuple(cell for cell in panel.partly_of(crime_type) if cell.month in gone)
    if rows is None or not kept:
        return _Count(math.nan, 0, gone, math.nan, partly)
    monthly = [float(panel.totals([month], crime_type)[rows].sum()) for month in kept]
    value, located = sum(monthly), float(panel.totals(kept, crime_type).sum())
    unplaced = panel.unlocated_in(kept, crime_type)
    expected = HARD * unplaced * value / located if located else unplaced
    likely = min(unplaced, expected + DEVIATIONS * math.sqrt(expected))
    share = unplaced / (unplaced + located) if unplaced else 0.0
    return _Count(value, len(kept), gone, max(monthly), partly, likely, share)


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
    for cell, value, base in (
        ("difference", sides[1] - sides[0], math.nan),
        ("percent", nearest(percent_change(*sides)), sides[0]),
    ):
        both = _together(value, counts.values())
        cells.append(_cell(row, cell, both, *_judge_derived(row[cell], both, flagged)) | {"base": base})
    sides = _like_for_like(panel, whole, crime_type, baseline, comparison)
    totals = [_count(panel, whole, crime_type, period) for period in periods.values()]
    value = nearest(percent_change(*sides))
    both = _together(value, totals)
    judged = _judge_derived(row["district_percent"], both, [])
    cells.append(_cell(row, "district_percent", both, *judged) | {"base": sides[0]})
    return cells


def _together(value: float, counts: Iterable[_Count]) -> _Count:
    """Return a figure made of both periods, with what is missing of either."""
    both = list(counts)
    return _Count(
        value,
        sum(count.held for count in both),
        tuple(month for count in both for month in count.missing),
        math.nan,
        tuple(cell for count in both for cell in count.partly),
        sum(count.unlocated for count in both),
        max(count.share for count in both),
    )


def _like_for_like(
    panel: Panel, rows: np.ndarray | None, crime_type: str, baseline: Period, comparison: Period
) -> tuple[float, float]:
    """Return the two counts over the calendar months held on both sides, NaN where there is none."""
    months = panel.compared(baseline, comparison, crime_type)
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
        "base": math.nan,
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
            f"No month of this period is held{' whole' if count.partly else ''} for this place ({_names(count.missing)}).",
        )
    if published == count.value and not count.missing:
        return "agrees", ""
    got = f"The data give {number(count.value)} in {count.held} of {count.months} months."
    if why := _not_contradicted(published, count):
        return "cannot be checked", f"{why} {got}"
    return "differs", f"{_contradiction(published, count)} {_likely(published, count)}"


def _not_contradicted(published: float, count: _Count) -> str:
    """Say why a count that is not the published one contradicts nobody, or nothing where it does."""
    if published < count.value:
        return ""
    if count.partly:
        return _told(count)
    # the rows that have no location may be the ones that were published
    if count.unlocated and count.value < published <= count.value + count.unlocated:
        return _unplaced(count)
    reach = MONTHLY_REACH * count.largest * len(count.missing)
    return _told(count) if count.missing and published - count.value <= reach else ""


def _contradiction(published: float, count: _Count) -> str:
    """Say what the data give, and why a missing month cannot make up the rest."""
    if not count.missing:
        return f"The data give {number(count.value)}."
    got = f"{number(count.value)} in {count.held} of {count.months} months"
    if count.value > published:
        return f"The data give more already: {got}."
    return (
        f"The data give {got}, and no month held has more than {number(count.largest)}, so "
        f"{_names(count.missing)} cannot make up the rest."
    )


def _likely(published: float, count: _Count) -> str:
    """Say the likely reason of a difference."""
    if count.unlocated and published > count.value:
        return _unplaced(count)
    if count.value > 0 and TWICE[0] <= published / count.value <= TWICE[1]:
        return "The published figure is about twice that: a double count is likely, not proven."
    return (
        "A later release may have revised the months, or the published count took in other ground or months."
    )


def _judge_derived(published: float, count: _Count, flagged: Iterable[str]) -> tuple[Status, str]:
    """Return status and likely reason of a published difference or percentage, without the figure, which may be hidden."""
    if flagged := list(flagged):
        plural = len(flagged) > 1
        return "differs", (
            f"The published {' and '.join(flagged)} count{'s' if plural else ''} it rests on "
            f"differ{'' if plural else 's'} from the data."
        )
    if count.missing and math.isfinite(count.value):
        return (
            "cannot be checked",
            f"{_told(count)} The figure beside it is like for like, without it.",
        )
    if not math.isfinite(count.value):
        return "cannot be checked", (
            f"{_told(count)} Nothing can be compared."
            if count.missing
            else "Nothing was recorded in the baseline period, so there is no percentage."
        )
    if published == count.value:
        return "agrees", ""
    if count.unlocated:
        return "cannot be checked", f"{_unplaced(count)} The data give another figure."
    return "differs", "The data give another figure with every month held."


def _told(count: _Count) -> str:
    """Say which months are missing, and which of them are only partly published."""
    partly = {cell.month for cell in count.partly}
    absent = tuple(month for month in count.missing if month not in partly)
    return " ".join(
        filter(None, (_is_missing(absent) if absent else "", f"{told(count.partly)}." if partly else ""))
    )


def _unplaced(count: _Count) -> str:
    return f"{share(count.share)} of the rows of these months have no location and are counted in no area: they may be the rest."


def _is_missing(months: tuple[pd.Period, ...]) -> str:
    return f"{_names(months)} {'is' if len(months) == 1 else 'are'} missing from the data held."


def _names(months: tuple[pd.Period, ...]) -> str:
    """Return the months by name, or from first to last where there are many."""
    if len(months) > 3:
        return f"{len(months)} months between {month_label(min(months))} and {month_label(max(months))}"
    return ", ".join(month_label(month) for month in months)
