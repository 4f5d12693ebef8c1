"""A folder to work in for as long as a run lasts; what a run that was killed left is removed by the next.

Whoever works in one holds a lock on it, which the system lets go of when the process ends, however it ends: a folder
whose lock can be taken is nobody's.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

_LONG_AGO = 3600
"""Seconds after which a folder without a lock is nobody's: taking it is the maker's next step."""

_LOCK = ".lock"


@contextmanager
def workspace(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """Give an empty folder under ``parent`` (by default the system's for temporary files), removed in the end.

    Folders of this prefix that killed runs left are removed first; those of others' that cannot be are left.
    """
    root = Path(tempfile.gettempdir()) if parent is None else parent
    for left in root.glob(f"{prefix}*"):
        _remove_if_nobodys(left)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=root))
    try:
        # whoever ends the work may do so in another thread than it was begun in
        with filelock.FileLock(folder / _LOCK, thread_local=False):
            work = folder / "work"
            work.mkdir()
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_nobodys(folder: Path) -> None:
    try:
        if folder.is_symlink():
            return
        if not (folder / _LOCK).is_file():
            # made a moment ago, its maker has yet to take the lock; or long ago, by one who was killed before that
            if time.time() - folder.stat().st_mtime > _LONG_AGO:
                folder.rmdir()  # an empty one alone
            return
        with filelock.FileLock(folder / _LOCK, timeout=0):
            shutil.rmtree(folder / "work", ignore_errors=True)
    except (filelock.Timeout, OSError):
        return
    shutil.rmtree(folder, ignore_errors=True)
