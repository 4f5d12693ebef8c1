"""The folder of a store: which months it holds, what lies beside them, and what is kept in memory of both."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis.model.vocabulary import Kind
from data.geography import OUTLINE_FILES
from data.geography.geography_importer import AREAS_FILE, LOOKUP_FILE
from data.police_uk.importer import DEMONSTRATION
from data.police_uk.manifest import MonthRecord, read_record, sidecars

SIDE_FILES = (LOOKUP_FILE, *OUTLINE_FILES, AREAS_FILE)
"""What the store holds beside its months; the fingerprint changes with each."""

T = TypeVar("T")


class StoreFolder:
    """What of a store needs no table to be asked: its months by name, its fingerprint, its memory.

    Whatever is read through ``_cached`` is kept until something held changes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._stamp: tuple[Any, ...] | None = None
        self._cache: dict[tuple[str, ...], Any] = {}

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    @property
    def is_demonstration(self) -> bool:
        """True while no real month is held and simulated ones stand in their place."""
        return self._root.name == DEMONSTRATION

    @property
    def _root(self) -> Path:
        inner = self.path / DEMONSTRATION
        if inner.is_dir() and next(sidecars(self.path), None) is None:
            return inner
        return self.path

    def fingerprint(self) -> str:
        """Return a text that changes whenever anything held changes: months, lookup, boundaries."""
        return self._cached(("fingerprint",), self._fingerprint)

    def _fingerprint(self) -> str:
        months = [f"{r.kind} {r.force} {r.month} {r.sha256} {r.format} {r.release}" for r in self._records()]
        sides = [f"{name} {_stat(self._root / name)}" for name in SIDE_FILES]
        text = "\n".join([str(self.is_demonstration), *months, *sides])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _records(self) -> list[MonthRecord]:
        def read() -> list[MonthRecord]:
            return [read_record(entry.path) for entry in sidecars(self._root)]

        return self._cached(("records",), read)

    def _look_again(self) -> None:
        """Forget which months were listed: a file of one of them was not as its record says."""
        self._cache.pop(("records",), None)

    def _cached(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        with self._lock:
            root = self._root
            files = (
                *((e.path, e.stat().st_mtime_ns, e.stat().st_size) for e in sidecars(root)),
                *(_stat(root / name) for name in SIDE_FILES),
            )
            if files != self._stamp:
                self._stamp, self._cache = files, {}
            if key not in self._cache:
                self._cache[key] = make()
            return self._cache[key]

    def forces(self, kind: Kind = "street") -> tuple[str, ...]:
        """Return the forces of which months of this kind are held, by name as in police.uk's file names."""
        return tuple(sorted({record.force for record in self._records() if record.kind == kind}))

    def months(self, force: str, kind: Kind = "street") -> tuple[pd.Period, ...]:
        """Return the months held of one force and kind, in order."""
        return tuple(r.key.period for r in self._records() if r.force == force and r.kind == kind)


def _stat(path: Path) -> tuple[int, int] | None:
    if not path.exists():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size
