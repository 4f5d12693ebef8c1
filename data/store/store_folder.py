"""The folder of a store: which months it holds, what lies beside them, and what is kept in memory of both."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis.model.vocabulary import Kind
from data.geography import CENTRES_FILE, OUTLINE_FILES
from data.geography.geography_importer import AREAS_FILE, LOOKUP_FILE
from data.police_uk.importer import DEMONSTRATION
from data.police_uk.manifest import MonthRecord, read_record, sidecars
from data.state import STATE_FILE, read_stamp

SIDE_FILES = (LOOKUP_FILE, *OUTLINE_FILES, CENTRES_FILE, AREAS_FILE)
"""What the store holds beside its months; the fingerprint changes with each."""

T = TypeVar("T")

TRIES = 3
"""Times that something is made again because an import ended meanwhile; after them it is given and not kept."""


class StoreFolder:
    """What of a store needs no table to be asked: its months by name, its fingerprint, its memory.

    Whatever is read through ``_cached`` is kept until something held changes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        inner = path / DEMONSTRATION
        self._state_files = [str(at / name) for name in (STATE_FILE, AREAS_FILE) for at in (path, inner)]
        self._state = ""
        self._files: list[Any] = []
        self._cache: dict[tuple[str, ...], Any] = {}

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    @property
    def is_demonstration(self) -> bool:
        """True while no real month is held and simulated ones stand in their place."""
        return self._root.name == DEMONSTRATION

    @property
    def _root(self) -> Path:
        """The folder that is read: the store's own or, while it holds no month, the demonstration's in it."""
        return self._cached(("root",), self._find_root)

    def _find_root(self) -> Path:
        inner = self.path / DEMONSTRATION
        if inner.is_dir() and next(sidecars(self.path), None) is None:
            return inner
        return self.path

    def state(self) -> str:
        """Return a text that changes with every change of what the store holds, an office's records too.

        The same content may come under several states; whoever needs one name for it takes `fingerprint`. It costs one
        stat of the store's state and one of each file that is edited by hand, where that file is there; else the folder
        is looked through (see `data.state`). A month or a table deleted by hand, not through this project, is not seen:
        delete ``.state`` with it, or start the app anew.
        """
        stamps = [read_stamp(file) for file in self._state_files]
        if stamps[0] is None:
            stamps += self._scan()
        return hashlib.blake2s(repr(stamps).encode(), digest_size=12).hexdigest()

    def _scan(self) -> list[Any]:
        """Return the stamp of every file that what is kept in memory was read from."""
        root = self._find_root()
        months = [(entry.path, read_stamp(entry.path)) for entry in sidecars(root)]
        return [root, *months, *((name, read_stamp(root / name)) for name in SIDE_FILES)]

    def fingerprint(self) -> str:
        """Return a text that changes whenever months, lookup, outlines or areas held change, and only then."""
        return self._cached(("fingerprint",), self._fingerprint)

    def side_stamps(self) -> list[str]:
        """Return what tells two contents of the files beside the months apart, a text each; the same for a copy of the store."""
        return [
            f"{name} {self._cached(('side', name), partial(_content, self._root / name))}"
            for name in SIDE_FILES
        ]

    def _fingerprint(self) -> str:
        months = [f"{r.kind} {r.force} {r.month} {r.sha256} {r.format} {r.release}" for r in self._records()]
        sides = [f"{name} {_stat(self._root / name)}" for name in SIDE_FILES]
        text = "\n".join([str(self.is_demonstration), *months, *sides])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def mark(self) -> str:
        """Return a text that changes whenever a file of months, lookup, outlines or areas does, whatever is in it.

        For who keeps answers in memory: it is told by the files' stamps, so that no record of another force is read.
        """
        return self._cached(("mark",), lambda: hashlib.sha256(repr(self._scan()).encode()).hexdigest()[:16])

    def _keys(self) -> list[tuple[str, str, str]]:
        """Return kind, force and month (``YYYY-MM``) of every record, by the names of their files alone."""

        def read() -> list[tuple[str, str, str]]:
            paths = [Path(entry.path) for entry in sidecars(self._root)]
            return [(path.parent.parent.name, path.parent.name, path.stem) for path in paths]

        return self._cached(("keys",), read)

    def _records_of(self, force: str) -> list[MonthRecord]:
        """Return the records of one force, of every kind; the files of no other are opened."""

        def read() -> list[MonthRecord]:
            return [read_record(entry.path) for entry in sidecars(self._root, force)]

        return self._cached(("records", force), read)

    def _records(self) -> list[MonthRecord]:
        """Return the records of every force."""
        forces = dict.fromkeys(force for _, force, _ in self._keys())
        return [record for force in forces for record in self._records_of(force)]

    def _look_again(self) -> None:
        """Look through the folder again, whatever its state says: a file of a month was not as its record says."""
        with self._lock:
            self._state = ""
            self._cache = {
                key: kept for key, kept in self._cache.items() if key[0] not in ("keys", "records")
            }

    def _cached(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` gives, kept until a file that it may have been read from changes.

        Where the state is another and the files are the same (an import that changed nothing, a record), what is kept
        stays.
        """
        with self._lock:
            state = self.state()
            if state != self._state:
                files = self._scan()
                if files != self._files:
                    self._files, self._cache = files, {}
                self._state = state
            if key in self._cache:
                kept: T = self._cache[key]
                return kept
            for _ in range(TRIES):
                files = self._files
                made = make()
                if self._files is files:  # else an import ended meanwhile, and half of it is of before
                    self._cache[key] = made
                    break
            return made

    def forces(self, kind: Kind = "street") -> tuple[str, ...]:
        """Return the forces of which months of this kind are held, by name as in police.uk's file names."""
        return tuple(sorted({force for each, force, _ in self._keys() if each == kind}))

    def months(self, force: str, kind: Kind = "street") -> tuple[pd.Period, ...]:
        """Return the months held of one force and kind, in order."""

        def make() -> tuple[pd.Period, ...]:
            held = [month for each, named, month in self._keys() if (each, named) == (kind, force)]
            return tuple(pd.Period(month, freq="M") for month in held)

        return self._cached(("months", force, kind), make)


def _stat(path: Path) -> tuple[int, int] | None:
    if not path.exists():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _content(file: Path) -> str:
    """Return a mark of what a file holds; empty where there is none."""
    if not file.exists():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
