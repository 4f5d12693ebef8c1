"""How whole each month of each crime type is, told from the counts alone: status and reasons of every month and type.

The rule with its formula, reasons and limits is in `coverage_rule`; how often it errs, `coverage_tried` counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.stats.coverage_rule import Flags, Floats, Judged, judge

Status = Literal["published", "partly published", "gap"]
Reason = Literal[
    "not held",
    "never recorded",
    "none recorded",
    "file far below",
    "file broken off",
    "file far above",
    "doubled",
    "far below",
    "far above",
    "looks made",
]
"""Codes, not words for a reader. The first three make a gap, "file" and "doubled" are a whole month's."""

REPEATED = 0.10
"""Share of rows with a Crime ID that stood before in the file. True files have up to 0.036; one twice 0.5."""

FEWEST_REPEATED = 10
"""Repeated rows from which the share says anything."""


@dataclass(frozen=True)
class Cell:
    """One month of one crime type.

    ``count`` is in incidents, NaN where no file is held. ``median``, ``upper`` (quartile) and ``highest`` are
    those of the nearest other months in which the type was recorded, ``others`` the level of the month's
    other types (1 is ordinary), each NaN where there is none. ``judged`` is False where the evidence is too
    little for a ratio (`JUDGED_MEDIAN`, `FEWEST_OTHERS`): "published" then says only that nothing speaks
    against it.
    """

    month: pd.Period
    crime_type: str
    status: Status
    reasons: tuple[Reason, ...]
    judged: bool
    count: float
    median: float
    upper: float
    highest: float
    others: float

    @property
    def expected(self) -> float:
        """The type's ordinary month at the level of this month's other types."""
        return self.median * self.others


@dataclass(frozen=True)
class File:
    """One month over all types: ``level`` is its sum over its types' medians, absent types left out.

    ``absent`` counts the types ordinarily recorded and not in the file; ``repeated`` is the share of rows
    with a Crime ID that stood before, NaN where it is not known.
    """

    month: pd.Period
    reasons: tuple[Reason, ...]
    judged: bool
    level: float
    absent: int
    repeated: float


@dataclass(frozen=True, eq=False)
class Coverage:
    """Every month and crime type with its status. ``cells`` go by month, then types as given.

    ``judged`` is what the rule found in the counts, ``shares`` each month's share of rows whose Crime ID stood before.
    Values of a month or a type are made when they are asked for: 43 forces have 600 of them for each month that is held, of which
    a page shows those that are flagged.
    """

    months: pd.PeriodIndex
    crime_types: tuple[str, ...]
    judged: Judged
    shares: Floats

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every month of every type."""
        return self._cells(np.ones(self.judged.values.shape, np.bool_))

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every month over all types."""
        judged, has_file = self.judged, self._has_file
        return tuple(
            File(
                month, self._whole(m) if has_file[m] else ("not held",), bool(judged.file_judged[m]),
                float(judged.level[m]), int(judged.absent[m].sum()), float(self.shares[m]),
            )
            for m, month in enumerate(self.months)
        )  # fmt: skip

    @cached_property
    def status(self) -> pd.DataFrame:
        """Status of each month (rows) and crime type (columns)."""
        values = np.where(self.judged.gap, "gap", np.where(self._partly, "partly published", "published"))
        return pd.DataFrame(values.astype(object), index=self.months, columns=list(self.crime_types))

    @cached_property
    def flagged(self) -> tuple[Cell, ...]:
        """The cells that are partly published."""
        return self._cells(self._partly)

    def cell(self, month: pd.Period, crime_type: str) -> Cell:
        """Return one cell. Raises KeyError where it is not among those judged."""
        if month not in self.months or crime_type not in self.crime_types:
            raise KeyError((str(month), crime_type))
        at = int(self.months.get_loc(month)), self.crime_types.index(crime_type)
        return self._cell(at, self._whole(at[0]))

    @cached_property
    def _has_file(self) -> Flags:
        return np.asarray(~np.isnan(self.judged.values).all(axis=1))

    @cached_property
    def _doubled(self) -> Flags:
        return np.asarray(self._has_file & (self.shares > REPEATED))

    @cached_property
    def _partly(self) -> Flags:
        return np.asarray((self.judged.partly | self._doubled[:, None]) & ~self.judged.gap)

    def _whole(self, m: int) -> tuple[Reason, ...]:
        """Return what is wrong with the whole of a month."""
        return _chosen(
            ("file far below", bool(self.judged.file_below[m])),
            ("file broken off", bool(self.judged.broken_off[m])),
            ("file far above", bool(self.judged.file_above[m])),
            ("doubled", bool(self._doubled[m])),
        )

    def _cells(self, wanted: Flags) -> tuple[Cell, ...]:
        whole = {m: self._whole(m) for m in np.flatnonzero(wanted.any(axis=1)).tolist()}
        return tuple(self._cell((m, c), whole[m]) for m, c in np.argwhere(wanted).tolist())

    def _cell(self, at: tuple[int, int], whole: tuple[Reason, ...]) -> Cell:
        judged = self.judged
        gap = _chosen(
            ("not held", bool(np.isnan(judged.values[at]))),
            ("never recorded", bool(judged.never[at])),
            ("none recorded", bool(judged.absent[at])),
        )
        own = _chosen(
            ("far below", bool(judged.below[at])),
            ("far above", bool(judged.above[at])),
            ("looks made", bool(judged.made[at])),
        )
        status: Status = "gap" if gap else "partly published" if self._partly[at] else "published"
        return Cell(
            self.months[at[0]], self.crime_types[at[1]], status, gap[:1] or (*whole, *own),
            bool(judged.judged[at]), float(judged.values[at]), float(judged.median[at]), float(judged.upper[at]),
            float(judged.highest[at]), float(judged.others[at]),
        )  # fmt: skip


def coverage(counts: pd.DataFrame, crime_ids: pd.DataFrame | None = None) -> Coverage:
    """Return how whole each month of each crime type is.

    ``counts`` has months as rows (PeriodIndex, monthly, each once, any order kept) and crime types as
    columns: incidents of the whole force, NaN where no file is held, 0 where a file is held and has none.
    ``crime_ids``, where known, has the same months (others are ignored, absent ones unknown) and the columns
    ``with_id`` (rows with a Crime ID) and ``repeated`` (those whose ID stood before in the month's file). A
    count at a bound is not flagged. Raises ValueError for an index of another kind, a month twice, or a count
    below zero or without end.
    """
    values, ordinals = checked(counts)
    shares = _repeated(crime_ids, counts.index)
    types = tuple(str(name) for name in counts.columns)
    return Coverage(pd.PeriodIndex(counts.index), types, judge(values, ordinals), shares)


def checked(counts: pd.DataFrame) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the counts of a table as `coverage` takes it, and its months by their ordinals. Raises ValueError as it does."""
    index = counts.index
    if not isinstance(index, pd.PeriodIndex) or index.freqstr != "M":
        raise ValueError("counts needs months (a monthly PeriodIndex) as its rows")
    if not index.is_unique or not counts.columns.is_unique:
        raise ValueError("counts has a month or a crime type twice")
    values = counts.to_numpy(dtype=np.float64, copy=True)
    if (values < 0).any() or np.isinf(values).any():
        raise ValueError("counts has a count below zero or without end")
    return values, index.astype("int64").to_numpy()


def _repeated(crime_ids: pd.DataFrame | None, months: pd.Index) -> Floats:
    """Return each month's share of rows whose Crime ID stood before; NaN where unknown or too few to say."""
    if crime_ids is None:
        return np.full(len(months), np.nan)
    known = crime_ids.reindex(months)
    with_id = known["with_id"].to_numpy(dtype=np.float64)
    repeated = known["repeated"].to_numpy(dtype=np.float64)
    share = np.full(len(months), np.nan)
    np.divide(repeated, with_id, out=share, where=with_id > 0)
    return np.where(repeated >= FEWEST_REPEATED, share, np.where(np.isnan(share), np.nan, 0.0))


def _chosen(*each: tuple[Reason, bool]) -> tuple[Reason, ...]:
    return tuple(reason for reason, holds in each if holds)
