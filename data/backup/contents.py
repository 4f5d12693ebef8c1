"""What of a store is in a back-up, by name; and what a back-up says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from analysis.model.vocabulary import Kind
from data.audit import FOLDER as AUDIT
from data.police_uk.manifest import month_file, read_record, sidecars
from data.update.history import FOLDER as UPDATES

LIST = "backup.json"
"""The member that names all others, with their size and SHA-256."""

PROGRAM = "safe-town-centres"
FORMAT = 1
"""Of a back-up; a later program that writes another says so here."""

SUFFIX = ".zip"
MONTHS: tuple[str, ...] = get_args(Kind)
FOLDERS = ("records", UPDATES, AUDIT)
"""Taken whole; of the folders of months only what a record names is held."""

_BESIDE = re.compile(r"[a-z_]{1,40}\.(parquet|json|toml)")
"""What lies in the store itself: lookup, outlines, centres, areas, settings, editions."""

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,119}")
"""Of a path inside it: never hidden, so no lock, no file on its way in, and no way up."""

MOST_PARTS = 3


@dataclass(frozen=True)
class BackupReport:
    """What was written or put back: the file's name, how many files and bytes of the store, and that in a sentence."""

    file: str
    files: int
    bytes: int
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {"ok": True, **vars(self)}


def belongs(name: str) -> bool:
    """Return whether a member of this name is one that a back-up holds."""
    parts = name.split("/")
    if len(parts) == 1:
        return name != LIST and bool(_BESIDE.fullmatch(name))
    return (
        parts[0] in (*MONTHS, *FOLDERS)
        and len(parts) <= MOST_PARTS
        and all(_PART.fullmatch(part) for part in parts)
    )


def held_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield what of a store is backed up: each file's name in the back-up, and where it lies; in order of name.

    RefusedError where a record of a month is damaged, or its rows are gone.
    """
    files = {
        path.name: path for path in root.iterdir() if path.is_file() and not path.is_symlink()
    } if root.is_dir() else {}  # fmt: skip
    for entry in sidecars(root):
        record = read_record(entry.path)
        rows = month_file(root, record)
        if not rows.is_file():
            raise RefusedError(f"The rows of {record.key} are gone from the store. Import that month again.")
        for path in (Path(entry.path), rows):
            files[path.relative_to(root).as_posix()] = path
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                files[PurePosixPath(path.relative_to(root)).as_posix()] = path
    yield from sorted((name, path) for name, path in files.items() if belongs(name))


def held_in_words(names: list[str]) -> str:
    """Return what these files are, counted: months, records and the rest."""
    months = sum(name.split("/")[0] in MONTHS and name.endswith(".json") for name in names)
    records = sum(name.startswith("records/") and name.endswith(".parquet") for name in names)
    return f"{counted(months, 'monthly file')} and {counted(records, 'version')} of the office’s records"
