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

from analysis.stats.coverage_rule import Floats, Judged, judge

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
    """Every month and crime type with its status. ``cells`` go by month, then types as given."""

    months: pd.PeriodIndex
    crime_types: tuple[str, ...]
    cells: tuple[Cell, ...]
    files: tuple[File, ...]

    @cached_property
    def status(self) -> pd.DataFrame:
        """Status of each month (rows) and crime type (columns)."""
        values = np.array([cell.status for cell in self.cells], dtype=object)
        return pd.DataFrame(
            values.reshape(len(self.months), len(self.crime_types)),
            index=self.months,
            columns=list(self.crime_types),
        )

    @property
    def flagged(self) -> tuple[Cell, ...]:
        """The cells that are partly published."""
        return tuple(cell for cell in self.cells if cell.status == "partly published")

    def cell(self, month: pd.Period, crime_type: str) -> Cell:
        """Return one cell. Raises KeyError where it is not among those judged."""
        if month not in self.months or crime_type not in self.crime_types:
            raise KeyError((str(month), crime_type))
        row = int(self.months.get_loc(month))
        return self.cells[row * len(self.crime_types) + self.crime_types.index(crime_type)]


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
    return _said(counts, judge(values, ordinals), shares)


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


def _said(counts: pd.DataFrame, judged: Judged, shares: Floats) -> Coverage:
    months = pd.PeriodIndex(counts.index)
    types = tuple(str(name) for name in counts.columns)
    doubled = np.asarray(shares > REPEATED)
    broken = judged.broken_off
    files: list[File] = []
    cells: list[Cell] = []
    for m, month in enumerate(months):
        has_file = not bool(np.isnan(judged.values[m]).all())
        whole = _chosen(
            ("file far below", bool(judged.file_below[m])),
            ("file broken off", bool(broken[m])),
            ("file far above", bool(judged.file_above[m])),
            ("doubled", has_file and bool(doubled[m])),
        )
        files.append(
            File(
                month, whole if has_file else ("not held",), bool(judged.file_judged[m]), float(judged.level[m]),
                int(judged.absent[m].sum()), float(shares[m]),
            )
        )  # fmt: skip
        cells += [_cell(judged, (m, c), whole, (month, name)) for c, name in enumerate(types)]
    return Coverage(months, types, tuple(cells), tuple(files))


def _chosen(*each: tuple[Reason, bool]) -> tuple[Reason, ...]:
    return tuple(reason for reason, holds in each if holds)


def _cell(judged: Judged, at: tuple[int, int], whole: tuple[Reason, ...], key: tuple[pd.Period, str]) -> Cell:
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
    status: Status = "gap" if gap else "partly published" if whole or own else "published"
    return Cell(
        *key, status, gap[:1] or (*whole, *own), bool(judged.judged[at]), float(judged.values[at]),
        float(judged.median[at]), float(judged.upper[at]), float(judged.highest[at]), float(judged.others[at]),
    )  # fmt: skip
