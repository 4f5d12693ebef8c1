"""Which edition of each layer a store holds, and since when: written down when it was fetched, beside the tables.

An edition is told only of the very table that was made from it: a file imported by hand since has none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from data.atomic import write_file

EDITIONS_FILE = "geography.json"


@dataclass(frozen=True)
class HeldEdition:
    """One layer that was fetched: what it is, its name at the service, its rows and forces, and the moment (UTC).

    ``table`` is the file in the store that was made of it, ``mark`` its content.
    """

    key: str
    layer: str
    rows: int
    forces: tuple[str, ...]
    fetched_at: str
    table: str
    mark: str = ""


def read_editions(root: Path) -> tuple[HeldEdition, ...]:
    """Return the editions of what a store holds, in the order of their keys; none of a table that changed since."""
    marks: dict[str, str] = {}
    kept = []
    for edition in _read(root):
        if edition.table not in marks:
            marks[edition.table] = _mark(root / edition.table)
        if edition.mark and edition.mark == marks[edition.table]:
            kept.append(edition)
    return tuple(sorted(kept, key=lambda each: each.key.lower()))


def keep_editions(root: Path, before: Iterable[HeldEdition], imported: Iterable[HeldEdition]) -> None:
    """Write down the editions just imported, beside those that were held ``before`` it (`read_editions`).

    LSOAs of one vintage take their place beside those of the other, whose edition stays; else a table has one edition.
    """
    new = {each.key: each for each in imported}
    both = {each.key: each for each in before} | new
    lines = [asdict(each) | {"mark": _mark(root / each.table)} for each in both.values()]
    write_file(root / EDITIONS_FILE, json.dumps(lines, indent=1))


def now() -> str:
    """Return this moment as an edition has it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _read(root: Path) -> list[HeldEdition]:
    """Return what was written down; a file that cannot be read tells nothing, and nothing rests on it."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        lines = json.loads((root / EDITIONS_FILE).read_text(encoding="utf-8"))
        return [HeldEdition(**line | {"forces": tuple(line["forces"])}) for line in lines]
    return []


def _mark(file: Path) -> str:
    try:
        return hashlib.blake2s(file.read_bytes(), digest_size=12).hexdigest()
    except OSError:
        return ""
