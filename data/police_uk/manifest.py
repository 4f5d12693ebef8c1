"""What the store holds, month by month: one small JSON file beside each Parquet file.

Replacing that JSON file is the moment at which a month changes. A Parquet file that no JSON names is not
held; it is swept away by the next import.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

from analysis.model.errors import RefusedError
from analysis.model.vocabulary import Kind
from data.atomic import write_file
from data.police_uk.file_names import FORMAT, MONTH, FileKey
from data.state import put_state_away


@dataclass(frozen=True)
class MonthRecord:
    """One kind of one force in one month, as imported.

    ``refused`` counts rows by reason, ``examples`` gives up to three row numbers of each (the header is row
    1). ``release`` is the edition of data.police.uk the file came from (``2024-08``), empty where it is not
    known. ``imported_at`` is UTC. ``source`` and ``member`` name the file given and the CSV in it, never a
    path. ``rows_with_id`` counts rows with a Crime ID, ``rows_repeating_id`` those of them whose ID stood before in the
    file, None in records of before they were counted; ``revised_*`` are of the file that this one took the place of.
    ``crc32`` is the file's check sum as a zip's list of files gives it, None in records of before it was kept.
    """

    kind: Kind
    force: str
    month: str
    data_file: str
    source: str
    member: str
    sha256: str
    bytes: int
    rows_read: int
    rows_kept: int
    without_lsoa: int
    without_point: int
    rows_with_2021_code: int
    without_location: int
    release: str
    imported_at: str
    format: int
    refused: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[int]] = field(default_factory=dict)
    ignored_columns: list[str] = field(default_factory=list)
    rows_with_id: int | None = None
    rows_repeating_id: int | None = None
    revised_rows: int | None = None
    revised_release: str = ""
    revised_sha256: str = ""
    crc32: int | None = None

    @property
    def key(self) -> FileKey:
        """Which kind, force and month this is."""
        return FileKey(self.kind, self.force, self.month)


def sidecar_path(root: Path, key: FileKey) -> Path:
    """Return where the record of this month lies."""
    return root / key.kind / key.force / f"{key.month}.json"


def month_file(root: Path, record: MonthRecord) -> Path:
    """Return where the rows of this month lie."""
    return root / record.kind / record.force / record.data_file


def sidecars(root: Path, force: str = "") -> Iterator[os.DirEntry[str]]:
    """Yield the records' files, in order of kind, force and month; those of one force where it is named.

    Raises RefusedError where a file lies in the place of the store or of one of its folders.
    """
    for folder in (root, *(root / kind for kind in get_args(Kind))):
        if folder.exists() and not folder.is_dir():
            raise RefusedError(
                f"{folder.name}: this is a file, where the store needs a folder. Name another folder as the store "
                "($TOWN_CENTRES_STORE or --store), or move the file away."
            )
    for kind in get_args(Kind):
        folder = root / kind
        if not folder.is_dir():
            continue
        named = [folder / force] if force else sorted(folder.iterdir())
        for each in (path for path in named if path.is_dir()):
            with os.scandir(each) as entries:
                yield from sorted((e for e in entries if _is_record(e.name)), key=lambda e: e.name)


def read_record(path: Path | str) -> MonthRecord:
    """Return the record in one file. Raises RefusedError where it is damaged, or of a newer version than this one."""
    path = Path(path)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        _refuse_newer(found, path)
        record = MonthRecord(**found)
        whole = (
            path.parts[-3:] == (record.kind, record.force, f"{record.month}.json")
            and all(
                isinstance(found[name], of) for name, of in _CHECKED if name in found or name not in LATER
            )
            # a file is swept by the month that its name begins with
            and record.data_file.startswith(f"{record.month}.")
        )
    except (ValueError, TypeError, KeyError):
        whole = False
    if not whole:
        raise RefusedError(
            f"{'/'.join(path.parts[-3:])}: this record in the store is damaged, so its month cannot be read. "
            "Import that month again, or delete the file to leave the month as a gap."
        )
    return record


def _refuse_newer(found: Any, path: Path) -> None:
    """Raise RefusedError where a record says that a newer version wrote it: it may mean what this one cannot know."""
    version = found.get("format") if isinstance(found, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise RefusedError(
            f"{'/'.join(path.parts[-3:])}: a newer version of this dashboard wrote this month, and this one cannot read it. "
            "Use that version, or name another store ($TOWN_CENTRES_STORE or --store)."
        )


LATER = frozenset(
    ("rows_with_id", "rows_repeating_id", "revised_rows", "revised_release", "revised_sha256", "crc32")
)
"""Fields that a record of an older version has not."""

_TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "int | None": (int, type(None)),
    "dict[str, int]": dict,
}

_CHECKED = tuple(
    (each.name, _TYPES[str(each.type)]) for each in fields(MonthRecord) if str(each.type) in _TYPES
)
"""Names of a record's fields and the types that their values have."""


def _is_record(name: str) -> bool:
    return name.endswith(".json") and MONTH.fullmatch(name.removesuffix(".json")) is not None


def find_record(root: Path, key: FileKey) -> MonthRecord | None:
    """Return the record of a month, None where it is not held or its record is damaged."""
    try:
        return read_record(sidecar_path(root, key))
    except (RefusedError, FileNotFoundError, NotADirectoryError):
        return None


def folder_records(folder: Path) -> list[MonthRecord]:
    """Return the records of one kind and force, by month; damaged ones are left out."""
    keys = [
        FileKey(next(kind for kind in get_args(Kind) if kind == folder.parent.name), folder.name, path.stem)
        for path in sorted(folder.glob("*.json"))
        if _is_record(path.name)
    ]
    root = folder.parent.parent
    return [record for key in keys if (record := find_record(root, key))]


def write_record(root: Path, record: MonthRecord, staging: Path) -> None:
    """Put the record in place in one step: before it the old month is held, after it the new one."""
    target = sidecar_path(root, record.key)
    target.parent.mkdir(parents=True, exist_ok=True)
    put_state_away(root)
    write_file(target, json.dumps(asdict(record), indent=1, sort_keys=True), folder=staging)


def sweep(root: Path) -> None:
    """Delete Parquet files that no record names: what was replaced, or an interrupted import left behind.

    Where a record is damaged, the files of its month stay until the month is imported again.
    """
    for kind in get_args(Kind):
        for folder in (root / kind).glob("*"):
            if folder.is_dir():
                _sweep_folder(root, kind, folder.name)


def _sweep_folder(root: Path, kind: Kind, force: str) -> None:
    folder = root / kind / force
    recorded = {path.stem for path in folder.glob("*.json") if _is_record(path.name)}
    files: dict[str, list[Path]] = defaultdict(list)
    for path in folder.glob("*.parquet"):
        files[path.name.split(".")[0]].append(path)
    for month, lying in files.items():
        # the one file of a month that is held is the one that its record names, where nobody took that away by hand: so of
        # a country no record is opened
        if len(lying) == 1 and month in recorded:
            continue
        record = find_record(root, FileKey(kind, force, month)) if month in recorded else None
        if record is None and month in recorded:
            continue
        for path in lying:
            if record is None or path.name != record.data_file:
                path.unlink()
