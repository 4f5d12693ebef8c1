"""All that a store holds put in the place of what it held, in one step as far as whoever opens it can see.

What is to be held lies whole in a folder of the store before anything is moved; from the moment that this folder has its
name (`SWAP`) the step will be finished, by whoever opens the store next where the process that began it was killed.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import filelock

from analysis.model.errors import RefusedError
from data.atomic import write_file
from data.state import changing

SWAP, _LOCK, _DONE = ".swap", ".swap.lock", ".swap.done"
STAGED, RESTORE_LOCK = ".restoring", ".restore.lock"
"""Where a restore unpacks, and what it holds meanwhile."""

NEW, OLD, _AWAY = "new", "old", "away.json"


def swap_in(root: Path, staged: Path, away: Iterable[str]) -> None:
    """Put what lies in ``staged/new`` into the store, and take away what is held under these names.

    ``staged`` is a folder of the store. To be called by who holds the locks of its writers.
    """
    (staged / OLD).mkdir()
    write_file(staged / _AWAY, json.dumps(sorted(away)))
    with filelock.FileLock(root / _LOCK):
        staged.rename(root / SWAP)  # from here on it will be finished
        _finish(root)


def finish_swap(root: Path) -> None:
    """Finish a swap that was begun, waiting for whoever is at it; nothing where none was.

    RefusedError where the folder cannot be written.
    """
    if not (root / SWAP).is_dir():
        # copies of records that a kill left do not outlive it
        _remove_unless_in_use(root / _DONE, root / _LOCK)
        _remove_unless_in_use(root / STAGED, root / RESTORE_LOCK)
        return
    try:
        with filelock.FileLock(root / _LOCK):
            if (root / SWAP).is_dir():
                _finish(root)
    except OSError as problem:
        raise RefusedError(
            f"A back-up is half put back, and the store cannot be written ({problem.strerror}). Check its folder and permissions."
        ) from problem


def _finish(root: Path) -> None:
    at = root / SWAP
    with changing(root):
        for name in json.loads((at / _AWAY).read_text(encoding="utf-8")):
            # one that was taken away already has another in its place by now
            if (root / name).exists() and not (at / OLD / name).exists():
                (root / name).rename(at / OLD / name)
        for path in sorted((at / NEW).iterdir()):
            held = root / path.name
            if held.is_dir():  # somebody made it again after the old one went: it goes the same way
                held.rename(at / OLD / f"{path.name}.{time.time_ns()}")
            path.rename(held)
    shutil.rmtree(root / _DONE, ignore_errors=True)
    at.rename(root / _DONE)  # at once: half of it would be finished again
    shutil.rmtree(root / _DONE, ignore_errors=True)


def _remove_unless_in_use(folder: Path, lock: Path) -> None:
    if folder.is_dir():
        with suppress(filelock.Timeout, OSError), filelock.FileLock(lock, timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
