"""The state of a store in one small file, so that whoever keeps answers in memory sees in one stat that they still hold.

The file is put away before anything held is changed and written anew when the change is done. While it is absent
(a change is under way or was killed, the store is of an older version or was copied without it) whoever asks looks
through the folder instead: slower, and right.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.atomic import hidden_beside, move_into_place

STATE_FILE = ".state"


@contextmanager
def changing(root: Path) -> Iterator[None]:
    """Mark the store at ``root`` as changed by what is done inside, also where that fails half-way.

    The folder need not be there before. Where the state cannot be written it stays absent.
    """
    put_state_away(root)
    try:
        yield
    finally:
        if root.is_dir():
            with suppress(OSError):
                _write_state(root)


def put_state_away(root: Path) -> None:
    """Let nobody trust the state of this store until it is written anew.

    To be called also just before each file is moved into place inside `changing`: another change, under another lock,
    may have finished and written the state meanwhile.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        (root / STATE_FILE).unlink()


def read_stamp(file: Path | str) -> tuple[int, ...] | None:
    """Return what tells two contents of a file apart without reading it; None where there is no file."""
    try:
        stat = os.stat(file)  # noqa: PTH116  (a Path would cost as much again)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _write_state(root: Path) -> None:
    target, now = root / STATE_FILE, time.time_ns()
    with hidden_beside([target]) as hidden:
        hidden[target].write_text(f"{now}\n", encoding="utf-8")
        # the clock of the file system may stand still for some milliseconds, and two changes may come within them
        os.utime(hidden[target], ns=(now, now))
        move_into_place(hidden[target], target)
