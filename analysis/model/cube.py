"""The cube: incidents by common ground, month and crime type; 0 where published and none, NaN where not.

Everything else counts on it. The table is complete (every unit x every month of the span x all 14 crime types, and after
them the two that ended with April 2013 where months of before May 2013 are held) and sorted, so a dense array of it is a
view, not a search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.model.cells import Cells
from analysis.model.errors import AnalysisError, AreaError, ContractError
from analysis.model.old_types import not_a_type, types_of_months, types_of_periods
from analysis.model.partly import Partly
from analysis.model.periods import ComparedMonths, Period, compared_months
from analysis.model.vocabulary import CRIME_TYPES, OLD_CRIME_TYPES, PANEL_TYPES

CUBE_COLUMNS = ("ground_code", "month", "crime_type", "incidents")

GAP_MEDIAN = 10
"""A force's median month of a crime type from which a month with none at all is a gap, not a zero.

With 10 expected, a true zero has a chance of 1 in 22,000 (Poisson)."""


MonthOfType = tuple[pd.Period, str]
"""A month and a crime type of it."""


def build_cube(
    counts: pd.DataFrame,
    ground: Iterable[str],
    published: Collection[pd.Period],
    left_out: Iterable[MonthOfType] = (),
) -> pd.DataFrame:
    """Return the cube of one force.

    ``counts`` has ground_code, month (pd.Period), crime_type, incidents: only what occurred. ``ground`` is all
    the ground to carry, with or without incidents. ``published`` are the months held; the cube spans the first
    to the last of them. NaN stands where the month is not held, where police.uk had no such type or its word did
    not yet mean what it means today (`not_a_type`), where a crime type that is ordinarily recorded (median month of `GAP_MEDIAN` or
    more) has none in the whole force that month, where the type never occurs in the force at all, and in the
    months of types in ``left_out`` (partly published). Raises AnalysisError when no month is held.
    """
    if not published:
        raise AnalysisError("No month of street-level data is held for this force. Import a file first.")
    months = pd.period_range(min(published), max(published), freq="M")
    units = pd.Index(sorted({*ground, *counts["ground_code"]}), dtype="str")
    types = types_of_months(months[0])
    dense = np.zeros((len(units), len(months), len(types)))
    np.add.at(
        dense,
        (
            units.get_indexer(counts["ground_code"].astype("str")),
            months.get_indexer(pd.PeriodIndex(counts["month"], freq="M")),
            pd.Index(types).get_indexer(counts["crime_type"].astype("str")),
        ),
        counts["incidents"].to_numpy(float),
    )
    _leave_gaps(dense, months, published, left_out)
    return _table(units, months, dense)


def _leave_gaps(
    dense: np.ndarray,
    months: pd.PeriodIndex,
    published: Collection[pd.Period],
    left_out: Iterable[MonthOfType],
) -> None:
    """Write NaN into these counts (ground x month x crime type) wherever `build_cube` says."""
    held = np.isin(np.asarray(months.astype("int64")), [m.ordinal for m in published])
    gap = not_a_type(months, PANEL_TYPES[: dense.shape[2]]) | ~held[:, None]
    totals = np.where(gap, np.nan, dense.sum(axis=0))  # month x crime type, NaN where not held
    occurs = np.where(totals > 0, totals, np.nan)
    never = np.isnan(occurs).all(axis=0)
    median = np.zeros(dense.shape[2])
    median[~never] = np.nanmedian(occurs[:, ~never], axis=0)
    gap |= (totals == 0) & ((median >= GAP_MEDIAN) | never)
    if gap.any():
        dense[:, gap] = np.nan
    for month, crime_type in left_out:
        dense[:, months.get_loc(month), PANEL_TYPES.index(crime_type)] = np.nan


def _table(units: pd.Index, months: pd.PeriodIndex, dense: np.ndarray) -> pd.DataFrame:
    u, m, c = dense.shape
    return pd.DataFrame(
        {
            "ground_code": pd.Categorical.from_codes(np.repeat(np.arange(u), m * c), categories=units),
            "month": months.take(np.tile(np.repeat(np.arange(m), c), u)),
            "crime_type": pd.Categorical.from_codes(
                np.tile(np.arange(c), u * m), categories=pd.Index(PANEL_TYPES[:c], dtype="str")
            ),
            "incidents": dense.reshape(-1),
        }
    )


MOST_KEPT = 400
"""Months compared of a type and two periods, and sums over months, that a panel keeps: 14 types each time."""


@dataclass(frozen=True, eq=False)
class Panel:
    """A cube as a dense array (ground x month x crime type), for measures that look at many places.

    ``values`` is never written to; NaN is a gap, or a month of a type that ``partly`` names as partly published. Its types
    are those of `PANEL_TYPES` from the first on: 14, or 16 where the force holds months of before May 2013.
    ``unlocated`` are the force's incidents without an LSOA by month and crime type, which ``values`` cannot hold; None
    says that there are none.
    """

    ground: pd.Index
    months: pd.PeriodIndex
    values: np.ndarray
    partly: Mapping[MonthOfType, Partly] = field(default_factory=dict)
    unlocated: np.ndarray | None = None

    @property
    def span(self) -> Period:
        """The months from the first to the last held."""
        return Period(self.months[0], self.months[-1])

    @property
    def crime_types(self) -> tuple[str, ...]:
        """The crime types in the order of their columns."""
        return PANEL_TYPES[: self.values.shape[2]]

    def types_in(self, *periods: Period) -> tuple[str, ...]:
        """Return the crime types that can be asked of in all of these periods: an old one in none of after April 2013."""
        return types_of_periods(*periods)[: self.values.shape[2]]

    def column(self, crime_type: str) -> int:
        """Return the column of a crime type. AnalysisError for one that ended before the months held begin."""
        at = PANEL_TYPES.index(crime_type)
        if at >= self.values.shape[2]:
            raise AnalysisError(
                f"No month held has “{crime_type}”, which ended with April 2013. Choose another crime type."
            )
        return at

    @cached_property
    def _kept(self) -> Cells:
        # the same few sums are asked for again with every area and crime type: a fifth of what judging one costs
        return Cells(MOST_KEPT)

    @cached_property
    def published(self) -> np.ndarray:
        """Month x crime type: True where the force published that type in that month."""
        return ~np.isnan(self.values[0]) if len(self.ground) else np.zeros(self.values.shape[1:], bool)

    def held(self, crime_type: str) -> tuple[pd.Period, ...]:
        """Return the months in which this crime type was published."""
        if crime_type in OLD_CRIME_TYPES and crime_type not in self.crime_types:
            return ()
        return tuple(self.months[self.published[:, self.column(crime_type)]])

    def partly_of(self, crime_type: str) -> tuple[Partly, ...]:
        """Return the months of this crime type that are only partly published, in order."""
        named = [cell for (_, each), cell in self.partly.items() if each == crime_type]
        return tuple(sorted(named, key=lambda cell: cell.month))

    def compared(
        self, baseline: Period, comparison: Period, crime_type: str, *, like_for_like: bool = True
    ) -> ComparedMonths:
        """Return the months of each side that enter a comparison of this crime type (`compared_months`)."""
        return self._kept.get(
            (baseline, comparison, crime_type, like_for_like),
            lambda: compared_months(
                baseline,
                comparison,
                self.held(crime_type),
                like_for_like=like_for_like,
                partly=self.partly_of(crime_type),
            ),
        )

    def unlocated_in(self, months: Iterable[pd.Period], crime_type: str) -> float:
        """Return the force's incidents of these months and this type that have no LSOA."""
        if self.unlocated is None:
            return 0.0
        return float(self.unlocated[self.columns(months), self.column(crime_type)].sum())

    def between(self, span: Period) -> Panel:
        """Return the months of this span alone, without ground on which incidents lie outside it and none inside.

        That is ground under a code that another vintage uses.
        """
        inside = np.asarray((self.months >= span.first) & (self.months <= span.last))
        here = np.nansum(self.values[:, inside], axis=(1, 2))
        there = np.nansum(self.values[:, ~inside], axis=(1, 2))
        kept = (here > 0) | (there == 0)
        values = self.values[kept][:, inside]
        values.setflags(write=False)
        partly = {key: cell for key, cell in self.partly.items() if key[0] in span}
        unlocated = None if self.unlocated is None else self.unlocated[inside]
        return Panel(self.ground[kept], self.months[inside], values, partly, unlocated)

    def rows(self, ground: Collection[str], *, name: str = "The area") -> np.ndarray:
        """Return the row numbers of this ground. Raises AreaError when none of it is in the data."""
        row_of = self._row_of
        found = [row_of[code] for code in sorted(ground) if code in row_of]
        if not found:
            raise AreaError(
                f"{name} has no ground in the data held. Check the codes of its ground, or import the force it lies in."
            )
        return np.array(found, dtype=np.intp)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.ground)}

    def columns(self, months: Iterable[pd.Period]) -> np.ndarray:
        """Return the column numbers of these months. AnalysisError where one lies outside the span."""
        # by their numbers: to compare months of pandas with each other takes ten times as long
        found = [self._column_of.get(month.ordinal, -1) for month in months]
        if -1 in found:
            raise AnalysisError(f"A month lies outside the span held ({self.span.label}).")
        return np.array(found, dtype=np.intp)

    @cached_property
    def _column_of(self) -> dict[int, int]:
        return {month.ordinal: at for at, month in enumerate(self.months)}

    def totals(self, months: Iterable[pd.Period], crime_type: str) -> np.ndarray:
        """Return incidents of one crime type summed over these months, one figure a unit of ground. Not to be written to."""
        column, columns = self.column(crime_type), self.columns(months)

        def add() -> np.ndarray:
            found = np.asarray(self.values[:, columns, column].sum(axis=1))
            found.setflags(write=False)
            return found

        return self._kept.get(("totals", column, columns.tobytes()), add)

    def by_type(self, months: Iterable[pd.Period]) -> np.ndarray:
        """Return incidents by ground and crime type summed over these months, a gap counted as none. Not to be written to."""
        columns = self.columns(months)

        def add() -> np.ndarray:
            found = np.asarray(np.nansum(self.values[:, columns], axis=1))
            found.setflags(write=False)
            return found

        return self._kept.get(("by type", columns.tobytes()), add)

    def series(self, ground: Collection[str], crime_type: str, *, name: str = "The area") -> pd.Series:
        """Return incidents by month on this ground, NaN in a gap."""
        column = self.column(crime_type)
        return pd.Series(self.values[self.rows(ground, name=name), :, column].sum(axis=0), index=self.months)


def panel(
    cube: pd.DataFrame,
    *,
    partly: Mapping[MonthOfType, Partly] | None = None,
    unlocated: pd.DataFrame | None = None,
) -> Panel:
    """Return the dense form of a cube, with what it leaves out.

    ``partly`` are the months of types that it leaves out as partly published, ``unlocated`` the incidents without an
    LSOA: month, crime_type, incidents. Raises ContractError when the table is not complete and sorted."""
    missing = [column for column in CUBE_COLUMNS if column not in cube.columns]
    if missing:
        raise ContractError(f"The cube lacks the column {', '.join(missing)}.")
    units = pd.Index(cube["ground_code"].unique(), dtype="str")
    months = pd.PeriodIndex(cube["month"].unique(), freq="M").sort_values()
    old = cube["crime_type"].isin(OLD_CRIME_TYPES).any()
    shape = (len(units), len(months), len(PANEL_TYPES if old else CRIME_TYPES))
    if len(cube) != np.prod(shape) or not units.is_monotonic_increasing:
        raise ContractError(
            f"The cube has {len(cube):,} rows; {shape[0]:,} units x {shape[1]} months x {shape[2]} crime types "
            "were expected. Build it with build_cube, and filter the results rather than the cube."
        )
    values = cube["incidents"].to_numpy(float).reshape(shape)
    values.setflags(write=False)
    return Panel(
        units, months, values, dict(partly or {}), _unlocated(unlocated, months, PANEL_TYPES[: shape[2]])
    )


@dataclass(frozen=True, eq=False)
class CountedPlaces:
    """Incidents of one force as its rows name places: ``values`` is place x month x crime type, whole numbers.

    ``ground`` is the ground code of each place, and several may stand on one; an empty text is the place of what has no
    LSOA. ``months`` are those held, in order. Crime types that are none of `PANEL_TYPES` are in no panel.
    """

    values: np.ndarray
    ground: Sequence[str]
    months: pd.PeriodIndex
    crime_types: Sequence[str]


def build_panel(
    counted: CountedPlaces, ground: Iterable[str], partly: Mapping[MonthOfType, Partly] | None = None
) -> Panel:
    """Return the panel of one force: what `panel` gives of `build_cube`'s table, without the table between.

    ``ground`` is all the ground to carry, with or without incidents. AnalysisError when no month is held.
    """
    if not len(counted.months):
        raise AnalysisError("No month of street-level data is held for this force. Import a file first.")
    months = pd.period_range(counted.months[0], counted.months[-1], freq="M")
    codes = np.asarray(counted.ground, dtype=object)
    located = np.flatnonzero(codes != "")
    units = pd.Index(sorted({*ground, *codes[located]}), dtype="str")
    at_month = months.get_indexer(counted.months)
    types = types_of_months(months[0])
    kinds = [
        (counted.crime_types.index(each), at) for at, each in enumerate(types) if each in counted.crime_types
    ]
    of, to = (np.array([pair[side] for pair in kinds], np.intp) for side in (0, 1))
    dense = np.zeros((len(units), len(months), len(types)))
    rows = units.get_indexer(pd.Index(codes[located], dtype="str"))
    _place(dense, counted.values, (rows, located), (at_month, of, to))
    without = np.zeros(dense.shape[1:])
    without[np.ix_(at_month, to)] = counted.values[codes == ""].sum(axis=0)[:, of]
    _leave_gaps(dense, months, list(counted.months), partly or {})
    for array in (dense, without):
        array.setflags(write=False)
    return Panel(units, months, dense, dict(partly or {}), without if without.any() else None)


def _place(
    dense: np.ndarray,
    values: np.ndarray,
    places: tuple[np.ndarray, np.ndarray],
    axes: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    """Add counts into a dense array of 0: of each place (row there, row here), in months and types (here, there)."""
    rows, located = places
    at_month, of, to = axes
    # the first place of each ground, then what stands there beside it: most ground is one place under one name
    first = np.full(len(dense), -1, np.intp)
    first[rows[::-1]] = located[::-1]
    there = np.flatnonzero(first >= 0)
    block = np.take(values[first[there]], of, axis=2)
    if np.array_equal(at_month, np.arange(dense.shape[1])) and np.array_equal(to, np.arange(dense.shape[2])):
        dense[there] = block  # months without a gap and every crime type: a fifth of the time
    else:
        dense[np.ix_(there, at_month, to)] = block
    left = np.flatnonzero(first[rows] != located)
    while len(left):
        row, at = np.unique(rows[left], return_index=True)
        dense[np.ix_(row, at_month, to)] += np.take(values[located[left[at]]], of, axis=2)
        left = np.delete(left, at)


def cube_of(held: Panel) -> pd.DataFrame:
    """Return the table of a panel's counts (`CUBE_COLUMNS`), as `build_cube` gives it."""
    return _table(held.ground, held.months, held.values)


def _unlocated(table: pd.DataFrame | None, months: pd.PeriodIndex, types: Sequence[str]) -> np.ndarray | None:
    if table is None or table.empty:
        return None
    counts = np.zeros((len(months), len(types)))
    at = months.get_indexer(pd.PeriodIndex(table["month"], freq="M"))
    of = pd.Index(types).get_indexer(table["crime_type"].astype("str"))
    np.add.at(counts, (at, of), table["incidents"].to_numpy(float))
    counts.setflags(write=False)
    return counts
