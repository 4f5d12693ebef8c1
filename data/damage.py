"""The store's own trouble as one sentence: a folder that cannot be written, a file in it that is damaged or gone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import filelock
import pyarrow as pa

from analysis.model.errors import RefusedError
from data.police_uk.manifest import MonthRecord


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Make the store's folder, and raise RefusedError where it cannot be written or the disk is full."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        yield
    except filelock.Timeout:  # an OSError too, and not the folder's fault
        raise
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as problem:
        why = problem.strerror if isinstance(problem, OSError) else _why(str(problem))
        raise RefusedError(
            f"The store “{root.name}” cannot be written: {why}. Check the folder, its permissions and the space "
            "left, and import again; the months held are unchanged."
        ) from problem


def _why(said: str) -> str:
    """Return what the system said, out of DuckDB's words, which name paths on this machine."""
    number = re.search(r'"errno":"(\d+)"', said)
    return os.strerror(int(number[1])) if number else "DuckDB ran out of memory or of space"


@contextmanager
def reading(file: Path, what: str) -> Iterator[None]:
    """Raise RefusedError where a file of the store that is no month (``what`` it is) is damaged."""
    try:
        yield
    except (OSError, ValueError, KeyError, pa.ArrowException) as problem:
        raise RefusedError(
            f"{file.name}: {what} in the store cannot be read, since the file is damaged. Delete it and import it again."
        ) from problem


def damaged_month(root: Path, records: Iterable[MonthRecord]) -> RefusedError:
    """Return the error that names the first of these months whose data are damaged or gone."""
    with duckdb.connect() as con:
        for record in records:
            if not is_whole(con, root, record):
                return RefusedError(
                    f"{record.kind}/{record.force}/{record.data_file}: the data of this month in the store are "
                    f"damaged or gone. Import the month again (it came from {record.source}), or delete "
                    f"{record.month}.json beside it to leave the month as a gap."
                )
    return RefusedError("An import changed the months while they were read. Ask again.")


def is_whole(con: duckdb.DuckDBPyConnection, root: Path, record: MonthRecord) -> bool:
    """Return whether every row of a month that its record tells of can be read."""
    file = root / record.kind / record.force / record.data_file
    try:
        found = con.execute(
            "SELECT count(*), bit_xor(hash(held)) FROM read_parquet(?) AS held", [str(file)]
        ).fetchone()
    except duckdb.Error:
        return False
    return found is not None and found[0] == record.rows_kept
