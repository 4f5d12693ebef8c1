"""What later months changed in figures already shown: counts of named areas, and verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.cube import Panel
from analysis.model.english import counted, lower_first
from analysis.model.errors import AreaError
from analysis.model.formats import number
from analysis.model.periods import month_in_full
from analysis.model.vocabulary import PANEL_TYPES

NOT_GIVEN = "no verdict"
"""What stands for a verdict where an input for it is not held."""

_ORDER = ("town centre", "own", "proposed centre", "programme area", "district")
"""Kinds of area in the order in which their figures are told; the rest of a district is told by the district."""


@dataclass(frozen=True)
class RevisedCount:
    """One count that changed: area, crime type, month (``YYYY-MM``), what was shown before and what is now.

    None stands for a month of the type that is not shown, since it is missing or only partly published.
    """

    area: str
    crime_type: str
    month: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        what = f"{self.area} {lower_first(self.crime_type)}, {month_in_full(pd.Period(self.month, freq='M'))}"
        if self.before is None and self.after is not None:
            return f"{what}: not shown before, as it was not published whole; now {number(self.after)}."
        if self.after is None and self.before is not None:
            return f"{what}: {number(self.before)} is no longer shown, as the month is not published whole."
        return f"{what}: {number(self.before or 0)} became {number(self.after or 0)}."


@dataclass(frozen=True)
class RevisedVerdict:
    """One verdict that is another word now, of the same area, crime type and periods."""

    area: str
    crime_type: str
    baseline: str
    comparison: str
    before: str
    after: str

    def __str__(self) -> str:
        return (
            f"{self.area} {lower_first(self.crime_type)}, {self.comparison} against {self.baseline}: “{self.before}” became "
            f"“{self.after}”."
        )


@dataclass(frozen=True)
class RevisedVerdicts:
    """How many verdicts were set beside each other, and those that changed.

    ``periods`` are the pairs they are of, in words; ``note`` says why some could not be compared, empty where all could.
    """

    compared: int = 0
    changes: tuple[RevisedVerdict, ...] = ()
    periods: tuple[str, ...] = ()
    note: str = ""

    def joined(self, other: RevisedVerdicts) -> RevisedVerdicts:
        """Return both as one."""
        notes = dict.fromkeys(filter(None, (self.note, other.note)))
        return RevisedVerdicts(
            self.compared + other.compared,
            (*self.changes, *other.changes),
            (*self.periods, *other.periods),
            " ".join(notes),
        )

    def sentences(self) -> list[str]:
        """Say which verdicts changed, each with both words, or that none did."""
        lines = [str(each) for each in self.changes]
        if self.compared and not self.changes:
            lines = [f"No verdict changed, of {counted(self.compared, 'verdict')} compared."]
        return [*lines, *filter(None, [self.note])]


def revised_counts(
    before: Panel,
    after: Panel,
    areas: Iterable[tuple[Area, Area]],
    months: Collection[pd.Period],
) -> tuple[RevisedCount, ...]:
    """Return the counts of these months, by area and crime type, that are not the same in both panels.

    ``areas`` are pairs of one area as it was and as it is, in the reader's order; town centres come first, the rest of a
    district not at all. ``months`` are those held before: what another month has is new, and revises nothing. An area
    without ground in one of the panels is left out. Order: area, month, crime type as `PANEL_TYPES`.
    """
    ranked = sorted(
        ((was, now) for was, now in areas if now.kind in _ORDER), key=lambda pair: _ORDER.index(pair[1].kind)
    )
    both = [month for month in sorted(months) if month in before.months and month in after.months]
    changes: list[RevisedCount] = []
    for was, now in ranked:
        try:
            old = _by_month(before, was, both)
            new = _by_month(after, now, both)
        except AreaError:
            continue
        old, new = _as_wide(old, new), _as_wide(new, old)
        differs = (old != new) & ~(np.isnan(old) & np.isnan(new))
        changes += [
            RevisedCount(
                now.name, PANEL_TYPES[kind], str(both[at]), _shown(old[at, kind]), _shown(new[at, kind])
            )
            for at, kind in np.argwhere(differs)
        ]
    return tuple(changes)


def _by_month(counts: Panel, area: Area, months: list[pd.Period]) -> np.ndarray:
    """Return incidents by month and crime type on this area's ground; NaN where not published whole."""
    rows = counts.rows(area.ground, name=area.name)
    return np.asarray(counts.values[np.ix_(rows, counts.columns(months))].sum(axis=0))


def _as_wide(counts: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return counts with a column, all NaN, for each type that only the other has: its months reach further back."""
    more = other.shape[1] - counts.shape[1]
    return np.pad(counts, ((0, 0), (0, more)), constant_values=np.nan) if more > 0 else counts


def _shown(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def paired(before: Mapping[str, Area], after: Mapping[str, Area]) -> list[tuple[Area, Area]]:
    """Return each area that there was and is, as it was and as it is, in the order of ``after``."""
    return [(before[key], area) for key, area in after.items() if key in before]
