"""The workbook: cover, contents, notes and what is said, then one table a sheet, and one sheet of full precision.

Made as the Government's guidance on spreadsheets asks (Analysis Function, “Releasing statistics in spreadsheets”): no merged
cell, no colour as a sign, no blank row or column in a table, each table marked as one, words for notes, numbers as numbers.
The same contents give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.drawing import encoded
from analysis.model.small_base import without_small
from pages.pack import manifest, plain, written
from pages.pack.contents import Contents
from pages.pack.plain import Placed, PlainTable, typed

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDEST, NARROWEST = 60, 9
"""Characters of a column: wider text is wrapped."""

LINE, MOST_LINES = 15.0, 20
"""Points of a line, and the lines of the tallest row."""

COVER, CONTENTS, NOTES, SAID, FULL, ABOUT = (
    "Cover",
    "Contents",
    "Notes",
    "Said in words",
    "Full precision",
    "Manifest",
)

FULL_SAYS = (
    "Every number of the tables and pictures that is rounded there, with all its digits, under the program’s own name of its "
    "column. Sheet and row say where it belongs. Percentages that are hidden there are not here either."
)


def write(contents: Contents, path: Path) -> None:
    """Write the workbook of a pack."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties(
        {
            "title": encoded.plain(contents.title),
            "subject": "Recorded incidents in town centres",
            "author": encoded.plain(contents.body),
            "created": dt.datetime.fromtimestamp(manifest.epoch(contents), dt.UTC).replace(tzinfo=None),
        }
    )
    with book:
        _Book(book, contents, plain.tables(contents)).all()


@dataclass(frozen=True)
class _Sheet:
    """A sheet to be written: its name, the lines over its table, and the table."""

    name: str
    lines: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    table: str


class _Book:
    """A workbook being written."""

    def __init__(self, book: Workbook, contents: Contents, tables: tuple[Placed, ...]) -> None:
        self._book, self._contents, self._tables = book, contents, tables
        self._names = {
            each.number: encoded.sheet_name(f"{each.number} {each.chapter.name}") for each in tables
        }
        self._title = book.add_format({"bold": True, "font_size": 14, "text_wrap": False})
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._texts = {
            (quoted, right): book.add_format(
                {
                    "text_wrap": True,
                    "valign": "top",
                    "quote_prefix": quoted,
                    **({"align": "right"} if right else {}),
                }
            )
            for quoted in (False, True)
            for right in (False, True)
        }
        self._link = book.add_format({"underline": 1, "font_color": "#12436D", "valign": "top"})
        self._line = book.add_format({"text_wrap": False})
        self._numbers: dict[str, Any] = {}
        self._cells: dict[tuple[str, bool], tuple[str | float, Any]] = {}

    def all(self) -> None:
        """Write every sheet in its order."""
        contents = self._contents
        first = [contents.title, *filter(None, [contents.body, written.mark(contents)]), *written.reminders()]
        self._write(_Sheet(COVER, first, ("What", "In this pack"), written.facts(contents), "cover"))
        listed = [
            (self._names[each.number], each.chapter.name, each.section.title, each.table.title)
            for each in self._tables
        ]
        more = [(NOTES, "", "", "Notes of the tables"), (SAID, "", "", "What the pages say in words")]
        last = [
            (FULL, "", "", "Numbers with all their digits"),
            (ABOUT, "", "", "What this pack was made from"),
        ]
        heads = ("Sheet", "Page", "Under", "Title")
        sheet = self._write(
            _Sheet(CONTENTS, ["Contents", *self._marked()], heads, [*more, *listed, *last], "contents")
        )
        self._linked(sheet, [*more, *listed, *last], 1 + len(self._marked()))
        notes, numbered = self._noted()
        self._write(_Sheet(NOTES, ["Notes", *self._marked()], ("Note", "Sheet", "Words"), notes, "notes"))
        said = plain.sentences(contents)
        self._write(
            _Sheet(
                SAID,
                ["What the pages say in words", *self._marked()],
                ("Page", "Under", "Place", "Words"),
                said,
                "said",
            )
        )
        for each in self._tables:
            self._write(
                _Sheet(
                    self._names[each.number],
                    [*self._heads_of(each, numbered[each.number])],
                    each.table.heads,
                    each.table.rows,
                    f"table_{each.number}",
                )
            )
        exact = ("Sheet", "Row", "Of what", "Column", "Value")
        self._write(
            _Sheet(FULL, ["Full precision", FULL_SAYS, *self._marked()], exact, self._exact(), "full")
        )
        about = [*manifest.lines(contents.manifest), *manifest.pieces(contents.manifest)]
        self._write(_Sheet(ABOUT, ["Manifest", *self._marked()], ("What", "Value"), about, "manifest"))

    def _marked(self) -> list[str]:
        return list(filter(None, [written.mark(self._contents)]))

    def _noted(self) -> tuple[list[tuple[str, str, str]], dict[int, list[str]]]:
        """Return the rows of notes, each once with the sheets that it is of, and the marks of the notes of each table."""
        sheets: dict[str, list[str]] = {}
        for each in self._tables:
            for words in filter(None, each.table.notes):
                sheets.setdefault(words, []).append(self._names[each.number])
        numbers = {words: f"note {at}" for at, words in enumerate(sheets, 1)}
        marks = {
            each.number: [f"[{numbers[words]}]" for words in filter(None, each.table.notes)]
            for each in self._tables
        }
        return [(numbers[words], "; ".join(names), words) for words, names in sheets.items()], marks

    def _heads_of(self, each: Placed, marks: list[str]) -> Iterable[str]:
        table = each.table
        yield " ".join([table.title, *marks])
        if table.subtitle:
            yield table.subtitle
        yield f"This sheet has one table. Page: {each.chapter.name}. Notes are in the sheet {NOTES}."
        if table.drawn:
            yield plain.ROUNDED
        if each.named.whole is not None:
            yield each.named.whole.line
        yield from self._marked()

    def _exact(self) -> list[tuple[str, int, str, str, float]]:
        return [
            (self._names[each.number], row, of, name, value)
            for each in self._tables
            for row, of, name, value in exact_numbers(each.table, show_small=self._contents.facts.show_small)
        ]

    def _write(self, sheet: _Sheet) -> Worksheet:
        page: Worksheet = self._book.add_worksheet(sheet.name)
        for at, line in enumerate(sheet.lines):
            page.write_string(at, 0, encoded.workbook_text(line), self._line if at else self._title)
        top = len(sheet.lines)
        heads = unique_heads(sheet.heads)
        widths = _widths(heads, sheet.rows)
        for across, width in enumerate(widths):
            page.set_column(across, across, width)
        last = top + max(len(sheet.rows), 1)
        columns = [{"header": head, "header_format": self._head} for head in heads]
        page.add_table(
            top,
            0,
            last,
            len(heads) - 1,
            {"columns": columns, "name": sheet.table, "style": None, "autofilter": False},
        )
        page.set_row(top, _height(heads, widths))
        right = [_is_of_numbers(sheet.rows, across) for across in range(len(heads))]
        for down, row in enumerate(sheet.rows, top + 1):
            height = _height(row, widths)
            if height > LINE:
                page.set_row(down, height)
            for across, value in enumerate(row):
                self._cell(page, (down, across), value, right=right[across])
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
        return page

    def _cell(self, page: Worksheet, at: tuple[int, int], value: Any, *, right: bool) -> None:
        if not isinstance(value, str):
            page.write_number(*at, value)
            return
        # nine cells in ten have what another has
        if (value, right) not in self._cells:
            self._cells[value, right] = self._typed(value, right=right)
        content, shape = self._cells[value, right]
        if isinstance(content, str):
            page.write_string(*at, content, shape)
        else:
            page.write_number(*at, content, shape)

    def _typed(self, value: str, *, right: bool) -> tuple[str | float, Any]:
        """Return what stands in a cell, as text or as a number, and its format."""
        number = typed(value)
        if number is not None:
            return number[0], self._format(number[1])
        text = encoded.workbook_text(value)
        return text, self._texts[encoded.quoted(text), right]

    def _format(self, shape: str) -> Any:
        if shape not in self._numbers:
            self._numbers[shape] = self._book.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[shape]

    def _linked(self, sheet: Worksheet, rows: Sequence[Sequence[str]], top: int) -> None:
        for down, row in enumerate(rows, top + 1):
            sheet.write_url(down, 0, f"internal:'{row[0]}'!A1", self._link, row[0])


def unique_heads(heads: Sequence[str]) -> list[str]:
    """Return headings that a table may bear: none empty, none twice (by case either)."""
    seen: dict[str, int] = {}
    unique = []
    for head in heads:
        name = encoded.workbook_text(head).strip() or "Row"
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
        unique.append(name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})")
    return unique


def exact_numbers(table: PlainTable, *, show_small: bool) -> Iterable[tuple[int, str, str, float]]:
    """Yield row (from 1), what it is of, column and value of each number of a table that is not whole.

    Percentages that the pages hide for their small base are left out unless ``show_small``.
    """
    if table.data is None:
        return
    data = without_small(table.data, show_small=show_small)
    words = [at for at, kind in enumerate(data.dtypes) if pd.api.types.is_string_dtype(kind)][:2]
    texts = [data.iloc[:, at].tolist() for at in words]
    for across, name in enumerate(data.columns):
        if not pd.api.types.is_float_dtype(data.dtypes.iloc[across]):
            continue
        values = data.iloc[:, across].to_numpy(dtype=float, na_value=np.nan)
        for row in np.flatnonzero(np.isfinite(values) & (values != np.round(values))):
            of = ", ".join(str(column[row]) for column in texts if isinstance(column[row], str))
            yield int(row) + 1, of, str(name), float(values[row])


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """Return the height of a row in points: a program that opens it does not look how far a text is wrapped."""
    most = 1
    for value, width in zip(row, widths, strict=True):
        letters, room = len(str(value)), max(width - 3, 1)
        if letters > most * room:
            most = -(-letters // room)
    return LINE * min(most, MOST_LINES)


def _is_of_numbers(rows: Sequence[Sequence[Any]], across: int) -> bool:
    """Return whether most cells of a column are numbers, so that the words among them stand under their ends."""
    numbers = sum(not isinstance(row[across], str) or typed(row[across]) is not None for row in rows)
    return 2 * numbers > len(rows)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    widths = []
    for across, head in enumerate(heads):
        longest = max((len(str(row[across])) for row in rows), default=0)
        widths.append(min(max(longest, min(len(head), 2 * NARROWEST), NARROWEST) + 2, WIDEST))
    return widths


__all__ = ["exact_numbers", "unique_heads", "write"]
