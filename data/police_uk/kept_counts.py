"""The counts of a force kept beside its months: ``counts/<force>.parquet``, one file a force, renewed at every import.

A row is a place, its counts one run of bytes (month by month, crime type by crime type), so that reading is hardly more than
checking. The file says of which months' files it was made (their SHA-256), so it is never wrong, only out of date: a month
whose file is another is counted anew from its incidents, by whoever asks and, for good, by the next import. It is replaced
in one step; a kill leaves the old one. Nothing in it rests on the lookup, on outlines or on areas.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.atomic import hidden_beside, move_into_place
from data.engines.port import RowsUnreadableError
from data.police_uk.manifest import MonthRecord
from data.police_uk.place_counts import PLACE_KEYS, PlaceCounts, joined, only_months

COUNTS_FOLDER = "counts"

VERSION = "2"
"""Raised when the form of the file, or what is counted, changes."""

COUNTS = "counts"
"""The column of bytes: of one place, all months by all crime types, whole numbers of the type that the stamp names."""

_STAMP = b"safe town centres"
_SUM = "sum"

Stamp = dict[str, Any]
"""Version, the SHA-256 of each month's file, crime types, the type of a count, and a check sum of all these."""

Count = Callable[[Sequence[MonthRecord]], PlaceCounts]
"""Counts these months of a force from their incidents."""


def counts_file(root: Path, force: str) -> Path:
    """Return where the counts of a force lie."""
    return root / COUNTS_FOLDER / f"{force}.parquet"


def counts_of(root: Path, force: str, records: Sequence[MonthRecord], count: Count) -> PlaceCounts:
    """Return the counts of a force's months of street-level data, of which there is one at least, as kept.

    Months that are not kept, or of another file, are counted from their incidents. Nothing is written.
    """
    kept = read_kept(root, force, records)
    if kept is None:
        return count(records)
    months = set(kept.months)
    stale = [record for record in records if record.key.period not in months]
    return joined([kept, count(stale)]) if stale else kept


def renew_counts(roots: tuple[Path, Path], force: str, records: Sequence[MonthRecord], count: Count) -> bool:
    """Keep the counts of a force as its months are now; return whether they had to be written.

    They are read in the first of two folders and written in the second. Only months whose file is new are counted;
    where a month's data are damaged the counts stay as they were, and whoever asks for them is told.
    """
    root, target = roots[0], counts_file(roots[1], force)
    if not records:
        return False
    stamp = _stamp_of(counts_file(root, force))
    if stamp is not None and stamp["months"] == _stamp(records)["months"]:
        kept = read_kept(root, force, records)
        if kept is not None and len(kept.months) == len(records):
            return False
    try:
        counts = counts_of(root, force, records, count)
    except RowsUnreadableError:
        return False
    _write(target, counts, records)
    return True


def read_kept(root: Path, force: str, records: Sequence[MonthRecord]) -> PlaceCounts | None:
    """Return what is kept of these months' files, None where that is nothing or the file is damaged or of another version."""
    try:
        with _open(counts_file(root, force)) as file:
            stamp = _stamp_in(file)
            if stamp is None:
                return None
            same = {r.month: r for r in records if stamp["months"].get(r.month) == r.sha256}
            counts = _read(file, stamp)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
    if len(same) != len(counts.months):
        counts = only_months(counts, {record.key.period for record in same.values()})
    return counts if len(counts.months) and _adds_up(counts, same) else None


def _adds_up(counts: PlaceCounts, records: Mapping[str, MonthRecord]) -> bool:
    """Return whether each month has as many incidents, and as many without an LSOA, as its record says."""
    months = [str(month) for month in counts.months]
    if sorted(records) != months:
        return False
    # by month and type first: to add up two axes at once takes three times as long
    rows = counts.values.sum(axis=0, dtype=np.int64).sum(axis=1)
    without = counts.values[~counts.located].sum(axis=0, dtype=np.int64).sum(axis=1)
    kept = [(records[month].rows_kept, records[month].without_lsoa) for month in months]
    return list(zip(rows.tolist(), without.tolist(), strict=True)) == kept


def _stamp(records: Sequence[MonthRecord]) -> Stamp:
    return {"version": VERSION, "months": {r.month: r.sha256 for r in sorted(records, key=lambda r: r.month)}}


def _stamp_of(target: Path) -> Stamp | None:
    """Return what the file says of itself, None where it is not there, damaged, or of another version."""
    try:
        with _open(target) as file:
            return _stamp_in(file)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def _open(target: Path) -> pq.ParquetFile:
    return pq.ParquetFile(target, memory_map=True, page_checksum_verification=True)


def _stamp_in(file: pq.ParquetFile) -> Stamp | None:
    stamp = json.loads(file.metadata.metadata[_STAMP])
    whole = stamp["version"] == VERSION and stamp == _summed({**stamp, _SUM: 0})
    # pages have a sum of their own, and what says how to read them has none
    plain = file.schema_arrow.types[:2] == [pa.string(), pa.string()]
    return stamp if whole and plain else None


def _summed(stamp: Mapping[str, Any]) -> Stamp:
    """Return a stamp with the check sum of all else in it: the foot of a Parquet file has none."""
    bare = {key: stamp[key] for key in stamp if key != _SUM}
    return {**bare, _SUM: zlib.crc32(json.dumps(bare, sort_keys=True).encode())}


def _write(target: Path, counts: PlaceCounts, records: Sequence[MonthRecord]) -> None:
    values = np.ascontiguousarray(counts.values)
    width = values[:1].nbytes
    table = pa.table(
        {
            **{
                key: pa.array(texts, pa.string())
                for key, texts in zip(PLACE_KEYS, (counts.codes, counts.names), strict=True)
            },
            COUNTS: pa.FixedSizeBinaryArray.from_buffers(
                pa.binary(width), len(values), [None, pa.py_buffer(values)]
            ),
        }
    )
    form = {"crime_types": counts.crime_types, "type": values.dtype.str}
    stamp = json.dumps(_summed(_stamp(records) | form)).encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    with hidden_beside([target]) as hidden:
        pq.write_table(
            table.replace_schema_metadata({_STAMP: stamp}),
            hidden[target],
            compression="lz4",
            use_dictionary=False,
            write_statistics=False,
            row_group_size=max(len(table), 1),
            write_page_checksum=True,
        )
        move_into_place(hidden[target], target)


def _read(file: pq.ParquetFile, stamp: Stamp) -> PlaceCounts:
    table = file.read(use_threads=False).combine_chunks()
    months = pd.PeriodIndex(list(stamp["months"]), freq="M")
    kinds = tuple(stamp["crime_types"])
    cells = table[COUNTS].chunk(0)
    values = np.frombuffer(cells.buffers()[1], np.dtype(stamp["type"]), len(table) * len(months) * len(kinds))
    codes, names = (table[key].to_numpy() for key in PLACE_KEYS)
    return PlaceCounts(codes, names, months, kinds, values.reshape(len(table), len(months), len(kinds)))
