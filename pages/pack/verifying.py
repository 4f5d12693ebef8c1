"""A pack held against what is held now: made again as its manifest says, and told what changed, and why.

Why is one of these: a month was revised, is held no more or is new; the lookup, outlines, areas, records or review changed; a
rule changed, by its name; another version of the program.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.model.errors import RefusedError
from analysis.model.periods import month_in_full, parse_month
from analysis.records.tidying.cells import FORMULA_STARTS
from data.desk import Desk
from data.police_uk.archive import plain_name
from data.records import record_kind
from data.zips import DAMAGE, member
from pages.pack import csv_files, manifest, plain
from pages.pack.build import build
from pages.pack.chapters import CHAPTERS
from pages.pack.contents import Contents

MOST_NAMED = 40
"""Changed numbers that are named one by one; more are counted."""

LARGEST = 200_000_000
"""Bytes of a pack that is read: a whole one is some ten million."""

_IN_PAGE = re.compile(r'<script type="application/json" id="manifest">(.*?)</script>', re.DOTALL)
_WHAT = {
    "ground": "The lookup of LSOAs, or the ground that the months name, is another than then.",
    "outlines": "The outlines that maps are drawn on are others than then.",
    "review": "The published review that is held is another than then.",
    "areas": "The areas are made of other LSOAs than then.",
}


@dataclass(frozen=True)
class Verified:
    """What changed since a pack was made, and why: sentences each; ``same`` where every figure is as it was."""

    changed: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether every table and sentence is as it was."""
        return not self.changed


def verify(desk: Desk, pack: Path) -> Verified:
    """Return what changed since this pack (a folder, a zip, a workbook or a page) was made.

    Raises RefusedError for a file that is no pack, and where what it asks for is not held any more.
    """
    then = read_manifest(pack)
    chosen = manifest.selection_of(desk, then["selection"])
    pages = [each for each in then["selection"]["pages"] if each in CHAPTERS]
    now = build(desk, chosen, pages)
    why = tuple(reasons(then, now.manifest))
    return Verified(tuple(_changes(pack, then, now)), why)


def read_manifest(pack: Path) -> dict[str, Any]:
    """Return the manifest of a pack. RefusedError, which names it, where there is none."""
    name = pack.name or str(pack)
    if pack.is_dir():
        pack = pack / manifest.NAME
    try:
        if pack.stat().st_size > LARGEST:
            raise RefusedError(
                f"{name} is larger than any pack. Name a pack made here, or its {manifest.NAME}."
            )
        return manifest.read(_raw(pack), name)
    except FileNotFoundError as problem:
        raise RefusedError(
            f"{name} has no {manifest.NAME}. Name the folder, zip, workbook or page of a pack."
        ) from problem
    except OSError as problem:
        raise RefusedError(
            f"{name} cannot be read ({problem.strerror or problem}). Check the file."
        ) from problem


def reasons(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield why a pack made now may differ from the one made then, a sentence a reason, each thing by its own name."""
    yield from _months(then["months"], now["months"])
    for key, sentence in _WHAT.items():
        if then.get(key) != now.get(key):
            yield sentence
    yield from _records(then.get("records", {}), now["records"])
    yield from _rules(then["rules"], now["rules"])
    before, after = then.get("program", {}).get("version", ""), now["program"]["version"]
    if before != after:
        yield f"The program is another version: {before or 'not named'} then, {after} now."


def _months(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    before = {(each["month"], each["kind"]): each for each in then}
    after = {(each["month"], each["kind"]): each for each in now}
    for key in sorted({*before, *after}):
        month, kind = month_in_full(parse_month(key[0])), key[1].replace("-", " ")
        if key not in after:
            yield f"{month} ({kind}) was held then, and is not held now."
        elif key not in before:
            yield f"{month} ({kind}) was not held then, and is held now."
        elif before[key]["sha256"] != after[key]["sha256"]:
            was, came = before[key], after[key]
            release = (
                f", release {was['release'] or 'not named'} then and {came['release'] or 'not named'} now"
            )
            yield f"{month} ({kind}) was revised: {was['rows']:,} rows then, {came['rows']:,} now{release}."


def _records(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for kind in sorted({*then, *now}):
        if then.get(kind) != now.get(kind):
            title = record_kind(kind).title
            yield f"{title}: {_version(then.get(kind))} then, {_version(now.get(kind))} now."


def _version(mark: str | None) -> str:
    return mark.partition(",")[0] if mark else "none"


def _rules(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for file in sorted({*then, *now}):
        before, after = then.get(file), now.get(file)
        name = (after or before or {}).get("name", file)
        if before is None:
            yield f"The rule “{name}” ({file}) is new."
        elif after is None:
            yield f"The rule “{name}” ({file}) is there no more."
        elif before["code"] != after["code"]:
            values = [
                f"{each} was {before['values'].get(each, 'not there')} and is {after['values'].get(each, 'not there')}"
                for each in sorted({*before["values"], *after["values"]})
                if before["values"].get(each) != after["values"].get(each)
            ]
            yield f"The rule “{name}” ({file}) changed: {'; '.join(values) or 'its code is another'}."


def _changes(pack: Path, then: Mapping[str, Any], now: Contents) -> Iterator[str]:
    before, after = then["parts"], now.manifest["parts"]
    cells = _cells(pack)
    by_key = {mark_of: each for mark_of, each in zip(_marks(after), plain.tables(now), strict=True)}
    for key in [*after, *(each for each in before if each not in after)]:
        if before.get(key) == after.get(key):
            continue
        placed = by_key.get(key)
        if key not in after:
            yield f"{_page(key)}: a part is there no more ({key})."
        elif placed is None:
            yield f"{_page(key)}: what is said in words is another."
        elif key not in before:
            yield f"{_page(key)}: “{placed.table.title}” is new."
        else:
            yield from _of_table(placed, cells)


def _marks(parts: Mapping[str, str]) -> list[str]:
    return [key for key in parts if not key.endswith("/said")]


def _page(key: str) -> str:
    page = key.partition("/")[0]
    return CHAPTERS[page].name if page in CHAPTERS else page


def _of_table(placed: plain.Placed, cells: Mapping[str, list[list[str]]]) -> Iterator[str]:
    table = placed.table
    where = f"{placed.chapter.name}, “{table.title}”"
    # the number of a table may have moved: what follows it is its name
    name = csv_files.file_name(placed).partition("-")[2]
    then = next((rows for file, rows in cells.items() if file.partition("-")[2] == name), None)
    if then is None:
        yield f"{where}: changed."
        return
    now = [list(map(csv_files.cell_text, row)) for row in (table.heads, *table.rows)]
    if then[:1] != now[:1] or len(then) != len(now):
        yield f"{where}: has other rows or columns, {len(then) - 1} rows then and {len(now) - 1} now."
        return
    differing = [
        (row, across)
        for row in range(1, len(now))
        for across in range(len(now[row]))
        if across < len(then[row]) and then[row][across] != now[row][across]
    ]
    for row, across in differing[:MOST_NAMED]:
        of = ", ".join(now[row][: max(table.names, 1)])
        yield f"{where}: {of}, {table.heads[across]}: {_seen(then[row][across])} then, {_seen(now[row][across])} now."
    if len(differing) > MOST_NAMED:
        yield f"{where}: {len(differing) - MOST_NAMED} more cells differ."
    if not differing:
        yield f"{where}: its words differ."


def _seen(cell: str) -> str:
    """Return a cell of a CSV file as a spreadsheet shows it: without the apostrophe that makes text of a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def _cells(pack: Path) -> dict[str, list[list[str]]]:
    """Return the rows of the CSV files of a pack by name; none where it has no such files."""
    texts: dict[str, str] = {}
    if pack.is_dir():
        folder = pack / "csv" if (pack / "csv").is_dir() else pack
        texts = {path.name: path.read_bytes().decode("utf-8-sig", "replace") for path in folder.glob("*.csv")}
    elif zipfile.is_zipfile(pack) and pack.suffix == ".zip":
        try:
            with zipfile.ZipFile(pack) as packed:
                texts = {
                    Path(name).name: _text(packed, name)
                    for name in packed.namelist()
                    if name.endswith(".csv")
                }
        except (OSError, *DAMAGE) as problem:
            raise RefusedError(
                f"{plain_name(pack.name)}: the zip is cut short or damaged, so its tables cannot be compared. Give another copy."
            ) from problem
    return {name: _rows(text) for name, text in texts.items()}


def _text(packed: zipfile.ZipFile, name: str) -> str:
    if packed.getinfo(name).file_size > LARGEST:
        raise zipfile.BadZipFile("a table has more bytes than any of a pack")
    with member(packed, name) as source:
        return source.read().decode("utf-8-sig", "replace")


def _rows(text: str) -> list[list[str]]:
    lines = text.split("\r\n")
    first = next((at for at, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    return list(csv.reader(io.StringIO("\r\n".join(lines[first:]), newline="")))


def _raw(pack: Path) -> str | bytes:
    if pack.suffix in (".html", ".htm"):
        match = _IN_PAGE.search(pack.read_text(encoding="utf-8", errors="replace"))
        return match[1] if match else ""
    if pack.suffix == ".json":
        return pack.read_bytes()
    if pack.suffix == ".xlsx":
        return _of_workbook(pack)
    try:
        with zipfile.ZipFile(pack) as packed:
            if packed.getinfo(manifest.NAME).file_size > LARGEST:
                return ""
            with member(packed, manifest.NAME) as source:
                return source.read()
    except (KeyError, OSError, *DAMAGE):
        return ""


def _of_workbook(path: Path) -> str:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True)
        rows = book["Manifest"].iter_rows(values_only=True)
        return manifest.joined(cell for row in rows for cell in row if cell)
    except (zipfile.BadZipFile, KeyError, ValueError):
        return ""
