"""The store's own trouble as one sentence: a folder that cannot be written, a file in it that is damaged or gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import pyarrow as pa

from analysis.model.errors import RefusedError
from data.engines.port import Engine
from data.police_uk.manifest import MonthRecord, month_file


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Make the store's folder, and raise RefusedError where it cannot be written or the disk is full."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        yield
    except filelock.Timeout:  # an OSError too, and not the folder's fault
        raise
    except OSError as problem:
        # a library's own words may name paths on this machine
        why = os.strerror(problem.errno) if problem.errno else problem.strerror
        raise RefusedError(
            f"The store “{root.name}” cannot be written: {why}. Check the folder, its permissions and the space "
            "left, and import again; the months held are unchanged."
        ) from problem


@contextmanager
def reading(file: Path, what: str) -> Iterator[None]:
    """Raise RefusedError where a file of the store that is no month (``what`` it is) is damaged."""
    try:
        yield
    except (OSError, ValueError, KeyError, pa.ArrowException) as problem:
        raise RefusedError(
            f"{file.name}: {what} in the store cannot be read, since the file is damaged. Delete it and import it again."
        ) from problem


def damaged_month(engine: Engine, root: Path, records: Iterable[MonthRecord]) -> RefusedError:
    """Return the error that names the first of these months whose data are damaged or gone."""
    for record in records:
        if not engine.is_whole(str(month_file(root, record)), record.rows_kept):
            return RefusedError(
                f"{record.kind}/{record.force}/{record.data_file}: the data of this month in the store are "
                f"damaged or gone. Import the month again (it came from {record.source}), or delete "
                f"{record.month}.json beside it to leave the month as a gap."
            )
    return RefusedError("The months could not be read just now; an import may have changed them. Ask again.")
