"""The counts of a force kept beside its months: ``counts/<force>.parquet``, one file a force, renewed at every import.

A row is a place in a month, and there is a column for each crime type. The file says of which months' files it was made
(their SHA-256), so it is never wrong, only out of date: a month whose file is another is counted anew from its incidents,
by whoever asks and, for good, by the next import. It is replaced in one step; a kill leaves the old one. Nothing in it
rests on the lookup, on outlines or on areas.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.atomic import hidden_beside, move_into_place
from data.engines.port import RowsUnreadableError
from data.police_uk.manifest import MonthRecord
from data.police_uk.place_counts import PLACE_KEYS, PlaceCounts, joined, narrow, only_months

COUNTS_FOLDER = "counts"

VERSION = "1"
"""Raised when the form of the file, or what is counted, changes."""

_STAMP = b"safe town centres"

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
    stale = [record for record in records if record.key.period not in set(kept.months)]
    return joined([kept, count(stale)]) if stale else kept


def renew_counts(roots: tuple[Path, Path], force: str, records: Sequence[MonthRecord], count: Count) -> bool:
    """Keep the counts of a force as its months are now; return whether they had to be written.

    They are read in the first of two folders and written in the second. Only months whose file is new are counted;
    where a month's data are damaged the counts stay as they were, and whoever asks for them is told.
    """
    root, target = roots[0], counts_file(roots[1], force)
    if not records:
        return False
    if _stamp_of(counts_file(root, force)) == _stamp(records):
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
    target = counts_file(root, force)
    stamp = _stamp_of(target)
    if stamp is None:
        return None
    same = {r.key.period: r for r in records if stamp["months"].get(r.month) == r.sha256}
    try:
        counts = _read(target)
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None
    if len(same) != len(counts.months):
        counts = only_months(counts, set(same))
    return counts if len(counts.months) and _adds_up(counts, same) else None


def _adds_up(counts: PlaceCounts, records: Mapping[pd.Period, MonthRecord]) -> bool:
    """Return whether each month has as many incidents, and as many without an LSOA, as its record says."""
    if set(counts.months) != set(records):
        return False
    rows = counts.values.sum(axis=(0, 2), dtype=np.int64)
    without = counts.values[~counts.located].sum(axis=(0, 2), dtype=np.int64)
    kept = [(records[month].rows_kept, records[month].without_lsoa) for month in counts.months]
    return list(zip(rows.tolist(), without.tolist(), strict=True)) == kept


def _stamp(records: Sequence[MonthRecord]) -> dict[str, object]:
    return {"version": VERSION, "months": {r.month: r.sha256 for r in sorted(records, key=lambda r: r.month)}}


def _stamp_of(target: Path) -> dict[str, dict[str, str]] | None:
    """Return what the file says of itself, None where it is not there, damaged, or of another version."""
    try:
        stamp = json.loads(pq.read_schema(target, memory_map=True).metadata[_STAMP])
        return stamp if stamp["version"] == VERSION and isinstance(stamp["months"], dict) else None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def _write(target: Path, counts: PlaceCounts, records: Sequence[MonthRecord]) -> None:
    places, months, _ = counts.values.shape
    columns = {
        key: pa.DictionaryArray.from_arrays(
            pa.array(np.repeat(np.arange(places, dtype=np.int32), months)),
            pa.array(texts, pa.string()),
        )
        for key, texts in zip(PLACE_KEYS, (counts.codes, counts.names), strict=True)
    }
    columns = {key: column.cast(pa.string()) for key, column in columns.items()}
    days = counts.months.to_timestamp().to_numpy().astype("datetime64[D]")
    columns["month"] = pa.array(np.tile(days, places))
    for at, crime_type in enumerate(counts.crime_types):
        columns[crime_type] = pa.array(counts.values[:, :, at].reshape(-1))
    table = pa.table(columns).replace_schema_metadata({_STAMP: json.dumps(_stamp(records)).encode()})
    target.parent.mkdir(parents=True, exist_ok=True)
    with hidden_beside([target]) as hidden:
        pq.write_table(
            table,
            hidden[target],
            compression="zstd",
            row_group_size=max(len(table), 1),
            write_page_checksum=True,
        )
        move_into_place(hidden[target], target)


def _read(target: Path) -> PlaceCounts:
    table = pq.read_table(
        target,
        read_dictionary=list(PLACE_KEYS),
        page_checksum_verification=True,
        memory_map=True,
        use_threads=False,
        partitioning=None,
    ).combine_chunks()
    days = table["month"].to_numpy()
    first = table["month"][0]
    places = int((days == days[0]).sum()) if first is not None else 0
    months = pd.PeriodIndex(pd.DatetimeIndex(days[: len(days) // places]), freq="M")
    kinds = tuple(table.column_names[3:])
    values = np.empty((places, len(months), len(kinds)), np.uint32)
    for at, crime_type in enumerate(kinds):
        values[:, :, at] = table[crime_type].to_numpy().reshape(places, len(months))
    at_first = pa.array(np.arange(places) * len(months))
    texts = [
        table[key].combine_chunks().take(at_first).cast(pa.string()).to_numpy(zero_copy_only=False)
        for key in PLACE_KEYS
    ]
    codes, names = texts
    return PlaceCounts(codes, names, months, kinds, narrow(values))
