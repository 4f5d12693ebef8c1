"""How whole the months held are: the rule of `analysis.stats.coverage_rule` asked of one force's counts and records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.model.cube import MonthOfType
from analysis.model.month_file import MonthFile
from analysis.model.old_types import not_a_type, types_of_months
from analysis.model.partly import Partly, told
from analysis.stats.coverage import Coverage, coverage
from data.police_uk.manifest import MonthRecord


def type_coverage(counts: pd.DataFrame, records: Sequence[MonthRecord]) -> Coverage:
    """Return how whole each month of each crime type is; of the old types too, where months that have them are held.

    ``counts`` has month, crime_type and incidents of every row held, located or not; ``records`` are the force's months
    of street-level data, which say which months are held and how many rows repeat a Crime ID.
    """
    held = pd.PeriodIndex([record.key.period for record in records], freq="M").sort_values()
    span = pd.period_range(held[0], held[-1], freq="M")
    month = held.get_indexer(pd.PeriodIndex(counts["month"], freq="M"))
    types = types_of_months(held[0])
    kind = pd.Index(types).get_indexer(counts["crime_type"].astype("str"))
    ours = (month >= 0) & (kind >= 0)
    summed = np.zeros((len(held), len(types)))
    np.add.at(summed, (month[ours], kind[ours]), counts["incidents"].to_numpy()[ours])
    summed[not_a_type(held, types)] = np.nan
    wide = pd.DataFrame(summed, index=held, columns=list(types))
    known = {r.key.period: (r.rows_with_id, r.rows_repeating_id) for r in records}
    ids = pd.DataFrame.from_dict(known, orient="index", columns=["with_id", "repeated"]).astype("float64")
    ids.index = pd.PeriodIndex(ids.index, freq="M")
    return coverage(wide.reindex(span), ids)


def partly_cells(found: Coverage) -> dict[MonthOfType, Partly]:
    """Return the months of types that are only partly published, in the order of months and types."""
    return {
        (cell.month, cell.crime_type): Partly(
            cell.month, cell.crime_type, cell.count, _ordinary(cell.median, cell.others), cell.reasons
        )
        for cell in found.flagged
    }


def _ordinary(median: float, others: float) -> float:
    # where a whole file is cut the other types are too, and only the type's own months say what is ordinary
    level = others if np.isfinite(others) and 0.5 <= others <= 1.5 else 1.0
    return median * level


def month_file_of(record: MonthRecord) -> MonthFile:
    """Return a month's record as figures name it."""
    return MonthFile(
        month=record.key.period,
        member=record.member,
        source=record.source,
        release=record.release,
        sha256=record.sha256,
        rows=record.rows_kept,
        without_lsoa=record.without_lsoa,
        rows_with_id=record.rows_with_id,
        rows_repeating_id=record.rows_repeating_id,
        revised_rows=record.revised_rows,
        revised_release=record.revised_release,
    )


def by_type_table(found: Coverage) -> pd.DataFrame:
    """Return one row a month and crime type: month, crime_type, status, incidents, ordinary, reasons (codes, by commas)."""
    return pd.DataFrame(
        [
            (
                cell.month,
                cell.crime_type,
                cell.status,
                cell.count,
                _ordinary(cell.median, cell.others),
                ", ".join(cell.reasons),
            )
            for cell in found.cells
        ],
        columns=["month", "crime_type", "status", "incidents", "ordinary", "reasons"],
    )


MOST_TYPES_NAMED = 3
"""Of a month in which more types are partly published, the sentence counts them."""


def far_off(force: str, cells: Iterable[Partly], months: Collection[pd.Period]) -> str:
    """Return the sentence on the partly published ones among these months of a force (its name); nothing for none."""
    here = [cell for cell in cells if cell.month in months]
    whole = {m for m in months if sum(cell.month == m for cell in here) > MOST_TYPES_NAMED}
    said = [_whole_month(month, [c for c in here if c.month == month]) for month in sorted(whole)]
    if rest := told(cell for cell in here if cell.month not in whole):
        said.append(rest)
    if not said:
        return ""
    return (
        f"{force}: {'; '.join(said)}. These are held, flagged, and left out of every comparison; import the months anew "
        "where a better file is at hand."
    )


def _whole_month(month: pd.Period, cells: Sequence[Partly]) -> str:
    recorded = sum(cell.recorded for cell in cells)
    ordinary = sum(cell.ordinary for cell in cells if np.isfinite(cell.ordinary))
    return (
        f"{month.strftime('%b %Y')} is only partly published in {len(cells)} crime types ({recorded:,.0f} recorded where about "
        f"{round(ordinary, -2):,.0f} are ordinary: {cells[0].why})"
    )
