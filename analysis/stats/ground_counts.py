"""Recorded incidents by unit of ground and month, for a map: what is published, and what is left out.

A month counts where every chosen crime type was published in it; a crime type that was published in no month of the
period is left out, and named, so that it does not take all months with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period, check_held, month_label


@dataclass(frozen=True, eq=False)
class GroundCounts:
    """Incidents of the chosen crime types together.

    ``table`` has one row a unit (index ground_code, sorted) and one column a month of the period (pd.Period), NaN
    in a month that is ``missing``. ``unpublished`` are crime types with no month published in the period.
    """

    table: pd.DataFrame
    crime_types: tuple[str, ...]
    period: Period
    missing: tuple[pd.Period, ...]
    unpublished: tuple[str, ...]

    @property
    def months(self) -> tuple[pd.Period, ...]:
        """The months that are published."""
        return tuple(month for month in self.period.months if month not in self.missing)

    @property
    def totals(self) -> pd.Series:
        """Incidents of each unit over the published months."""
        return self.table[list(self.months)].sum(axis=1)

    @property
    def note(self) -> str:
        """Say which months and crime types are left out, or nothing."""
        sentences = []
        if self.missing:
            sentences.append(f"Not published and left out: {', '.join(map(month_label, self.missing))}.")
        if self.unpublished:
            sentences.append(f"Not published in these months at all: {', '.join(self.unpublished)}.")
        return " ".join(sentences)


def ground_counts(
    panel: Panel, ground: Collection[str], crime_types: Sequence[str], period: Period
) -> GroundCounts:
    """Return the incidents of this ground, by month of the period.

    Ground that the panel does not have is left out. Raises PeriodError outside the span held, and AnalysisError
    when no crime type is chosen or none is published in any month of the period.
    """
    check_held(period, panel.span)
    if not crime_types:
        raise AnalysisError("No crime type is chosen. Choose at least one.")
    at = panel.columns(period.months)
    there = {each: panel.published[at, panel.column(each)] for each in crime_types}
    used = [each for each in crime_types if there[each].any()]
    if not used:
        raise AnalysisError(
            f"{', '.join(crime_types)}: no month of {period.label} is published. Choose months that are held."
        )
    published = np.logical_and.reduce([there[each] for each in used])
    if not published.any():
        raise AnalysisError(
            f"No month of {period.label} has all of {', '.join(used)} published. Choose fewer crime types."
        )
    codes = pd.Index(sorted(set(ground) & set(panel.ground)), dtype="str", name="ground_code")
    rows = panel.ground.get_indexer(codes)
    columns = np.array([panel.column(each) for each in used])
    values = panel.values[np.ix_(rows, at, columns)].sum(axis=2)
    values = np.where(published[None], values, np.nan)
    return GroundCounts(
        pd.DataFrame(values, index=codes, columns=pd.PeriodIndex(period.months, freq="M")),
        tuple(used),
        period,
        tuple(month for month, kept in zip(period.months, published, strict=True) if not kept),
        tuple(each for each in crime_types if each not in used),
    )


def counted_like(rows: pd.DataFrame, like: GroundCounts) -> GroundCounts:
    """Return counts of other rows on the same ground and months, with the same gaps: 0 where none and published.

    ``rows`` has ground_code, month (pd.Period) and incidents; what lies outside is left out.
    """
    counted = rows.pivot_table(
        index="ground_code", columns="month", values="incidents", aggfunc="sum", observed=True
    )
    table = counted.reindex(index=like.table.index, columns=like.table.columns).fillna(0.0)
    return replace(like, table=table.where(like.table.notna()))
