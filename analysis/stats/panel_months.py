"""From a panel to what the second verdict asks for: which earlier months it may see, and counts by run of months.

Earlier months are the twelve before the baseline that are published and lie on the same map points as both periods: a
refresh of the points moves incidents across the edges of places, and that is no course of a place.

Worked number: with months held from January 2022, points refreshed in July 2022 and December 2022 not published, a
baseline from July 2023 has 11 earlier months, one from July 2022 none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.model.breaks import KNOWN_BREAKS
from analysis.model.cube import Panel
from analysis.model.periods import YEAR, ComparedMonths
from analysis.stats.arrays import Bools, Floats, Ints, Words
from analysis.stats.verdict_months import FEWEST_HISTORY, Months, Surroundings

MAP_POINTS = "Map points refreshed"

POINTS_REFRESHED: tuple[pd.Period, ...] = tuple(
    each.month for each in KNOWN_BREAKS if each.what == MAP_POINTS
)
"""First months on new map points."""


@dataclass(frozen=True)
class Runs:
    """The months of a question, each run in order; ``history`` has none where too few can be used."""

    history: tuple[pd.Period, ...]
    baseline: tuple[pd.Period, ...]
    comparison: tuple[pd.Period, ...]


def runs_of(compared: ComparedMonths, held: Iterable[pd.Period]) -> Runs:
    """Return the months compared with the earlier months that may be seen (``held`` are those published).

    Under `FEWEST_HISTORY` of them none is used.
    """
    first, last = compared.baseline[0], compared.comparison[-1]
    refreshed = max((month for month in POINTS_REFRESHED if month <= last), default=None)
    history = tuple(
        month
        for month in sorted(held)
        if first - YEAR <= month < first and (refreshed is None or month >= refreshed)
    )
    return Runs(history if len(history) >= FEWEST_HISTORY else (), compared.baseline, compared.comparison)


def held_together(panel: Panel, crime_types: Collection[str]) -> tuple[pd.Period, ...]:
    """Return the months in which every one of these crime types was published."""
    columns = [panel.column(crime_type) for crime_type in crime_types]
    return tuple(panel.months[panel.published[:, columns].all(axis=1)])


def counts_of(panel: Panel, rows: Ints, crime_types: Collection[str], runs: Runs) -> Months:
    """Return the counts of these panel rows, the crime types added up."""
    types = [panel.column(crime_type) for crime_type in crime_types]

    def run_of(months: Sequence[pd.Period]) -> Floats:
        # one type after the other: all of them at once would copy the whole panel
        columns = np.ix_(rows, panel.columns(months))
        return np.asarray(sum(panel.values[:, :, each][columns] for each in types))

    return Months(run_of(runs.history), run_of(runs.baseline), run_of(runs.comparison))


def surroundings_of(
    panel: Panel, rows: Ints, crime_types: Collection[str], baseline: Sequence[pd.Period], districts: Words
) -> Surroundings:
    """Return the other crime types' incidents of the baseline months; a gap of one of them counts as none.

    Of months before May 2013 the old types are among them: what was recorded round a place then was violence, too.
    """
    others = [at for at, crime_type in enumerate(panel.crime_types) if crime_type not in crime_types]
    sums = panel.by_type(baseline)[rows][:, others].sum(axis=1)
    return Surroundings(np.asarray(sums, dtype=np.float64), districts)


@dataclass(frozen=True, eq=False)
class UntreatedGround:
    """Untreated, joined units of a force: codes in order, panel rows, districts, and which of them touch.

    ``touching`` is None where no boundaries are held.
    """

    codes: pd.Index
    rows: Ints
    districts: Words
    touching: Bools | None

    def __len__(self) -> int:
        return len(self.codes)

    def apart_from(self, ground: Collection[str]) -> Ints:
        """Return the numbers of the units that are not among this ground."""
        kept = np.ones(len(self), bool)
        kept[[self._number[code] for code in ground if code in self._number]] = False
        return np.flatnonzero(kept)

    def among(self, ground: Collection[str]) -> frozenset[str]:
        """Return what of this ground is among the units."""
        return frozenset(code for code in ground if code in self._number)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}
