"""The dated list of what updates changed: only added to, bounded, beside the months; a page reads it by one function."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import filelock

from analysis.model.errors import RefusedError
from data.append_only import AppendOnlyFiles
from data.update.values import UpdateEntry, entry_of

FOLDER, NAME = "updates", "updates"

LARGEST = 1_000_000
"""Bytes of one file: some twenty updates of the most counts, or years of ordinary ones."""

MOST_FILES = 4
"""Full files kept beside the one written to; the oldest go first."""

MOST_COUNTS = 300
"""Counts of one update kept in the list; a revision of every month changes thousands, which nobody reads."""

MOST_READ = 50
"""Entries read where nobody asks for more: four years of monthly updates."""


def add_entry(root: Path, entry: UpdateEntry) -> UpdateEntry:
    """Add what an update changed to the list of this store, and return it as it is kept; RefusedError where it is busy."""
    left = max(0, len(entry.counts) - MOST_COUNTS)
    kept = replace(entry, counts=entry.counts[:MOST_COUNTS], counts_left=entry.counts_left + left)
    try:
        _files(root).append(NAME, kept.to_dict())
    except filelock.Timeout as problem:
        raise RefusedError(
            "The list of updates is in use. The months are held; update again in a minute."
        ) from problem
    return kept


def read_updates(root: str | Path, most: int = MOST_READ) -> tuple[UpdateEntry, ...]:
    """Return the latest entries of the list of a store, the latest first; none where there is no list.

    A line that cannot be read is left out.
    """
    entries: deque[UpdateEntry] = deque(maxlen=most)
    for line in _files(Path(root)).lines(NAME):
        with suppress(KeyError, TypeError, ValueError, IndexError):
            entries.append(entry_of(line))
    return tuple(reversed(entries))


def _files(root: Path) -> AppendOnlyFiles:
    return AppendOnlyFiles(root / FOLDER, LARGEST, {NAME: MOST_FILES})
