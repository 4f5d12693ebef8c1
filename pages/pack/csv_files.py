"""Each table as a CSV file: what it is above it, headings as on the page, rounded alike, and an index of all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.drawing import encoded
from pages.pack import manifest, plain, written
from pages.pack.contents import Contents
from pages.pack.plain import Placed

_MARK = "\ufeff"
"""So that a spreadsheet opens it in the right characters."""

INDEX = "00-contents.csv"


def write(contents: Contents, folder: Path) -> None:
    """Write one file a table into the folder, the index, what is said in words, and the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = plain.tables(contents)
    names = {each.number: file_name(each) for each in tables}
    index = [(names[each.number], each.chapter.name, each.section.title, each.table.title) for each in tables]
    head = [contents.title, *filter(None, [contents.body, written.mark(contents)])]
    _write(folder / INDEX, head, ("File", "Page", "Under", "Title"), index)
    said = plain.sentences(contents)
    _write(folder / "00-said-in-words.csv", head, ("Page", "Under", "Place", "Words"), said)
    for each in tables:
        _write(folder / names[each.number], _above(contents, each), each.table.heads, each.table.rows)
    (folder / "manifest.json").write_text(manifest.text(contents.manifest), encoding="utf-8")


def file_name(each: Placed) -> str:
    """Return the name of a table's file: its number, its page, and its name there."""
    words = f"{each.chapter.key} {each.section.key if each.named.name in ('map', 'evidence', 'figure') else ''} {each.named.name}"
    return f"{each.number:02d}-{encoded.file_name(words, 'csv')}"


def _above(contents: Contents, each: Placed) -> Iterable[str]:
    table, whole = each.table, each.named.whole
    yield from filter(None, [table.title, table.subtitle, written.mark(contents), contents.body])
    yield from (words for words in table.notes if words)
    if table.drawn:
        yield plain.ROUNDED
    if whole is not None:
        yield from whole.heads


def _write(path: Path, above: Iterable[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    for line in above:
        out.write(f"{encoded.heading_line(line)}\r\n")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([encoded.sheet_text(head) for head in heads])
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    path.write_text(_MARK + out.getvalue(), encoding="utf-8", newline="")


def cell_text(text: str) -> str:
    """Return a cell: a number as programs read one, without commas and with a hyphen for its minus sign."""
    if plain.typed(text) is not None:
        return text.replace(",", "").replace("−", "-")
    return encoded.sheet_text(text)
