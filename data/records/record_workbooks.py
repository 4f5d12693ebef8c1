"""Excel workbooks of records into a raw table of text: values only, nothing run or fetched."""

from __future__ import annotations

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.model.english import counted, first_of, listed
from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, normal_heading
from analysis.records.tidying import RawTable
from analysis.records.tidying.cells import shown
from analysis.records.tidying.totals import ADDED_UP
from data.records.record_files import (
    HEADING_ROWS,
    MOST_COLUMNS,
    Grid,
    check_size,
    heading_row,
    headings_known,
)
from data.records.workbook_parts import (
    LAST_ROW,
    MOST_CELLS,
    MOST_MEMBERS,
    MergedCells,
    SheetShape,
    check_cells,
    read_shapes,
)

NOTES_SHEET = "Notes"
_SAME_ROWS = 0.5
"""From this share of a sheet's rows that stand on another sheet too, the one is taken for a copy of the other."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,  # the parse errors of both XML libraries
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What openpyxl is known to raise on damaged workbooks; it has no family of errors of its own."""


def read_workbook(kind: RecordKind, name: str, content: bytes) -> tuple[RawTable, tuple[str, ...]]:
    """Return the rows of the sheet, or sheets of one shape, that have the kind's headings, and sentences on both.

    Formulas count by the result saved with them; a cell with a formula that has none, or with an Excel error in
    it, is marked unreadable. Merged cells are filled down, but for figures that would then count more than once.
    RefusedError for macros, zip bombs, sheets that fit and differ in shape or hold the same rows, or none that fits.
    """
    try:
        return _read(kind, name, content)
    except _BROKEN as error:
        raise RefusedError(
            f"{name} is damaged or not an Excel workbook. Save it again from Excel."
        ) from error


def _read(kind: RecordKind, name: str, content: bytes) -> tuple[RawTable, tuple[str, ...]]:
    shapes = read_shapes(name, content)
    book = _open(content, values=True)
    if len(book.worksheets) > MOST_MEMBERS:
        raise RefusedError(f"{name} has more than {counted(MOST_MEMBERS, 'sheet')}. Give fewer of them.")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise RefusedError(f"{name} has no visible sheet. Fill in the template and give it again.")
    chosen = _choose(kind, name, [(sheet, shapes[_part(sheet)]) for sheet in visible])
    of_chosen = [(sheet, shapes[_part(sheet)]) for sheet in chosen]
    check_cells(name, [(_title(sheet), shape) for sheet, shape in of_chosen])
    check_size(name, sum(shape.rows for _, shape in of_chosen))
    tables = []
    for sheet, shape in of_chosen:
        cut = _cut_sheet(kind, name, sheet, shape)
        if shape.formulas:
            cut.unreadable.update(_unsaved(content, sheet.title, cut, shape))
        tables.append(cut)
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    raw = _joined(tables, "1904" if book.epoch == CALENDAR_MAC_1904 else "1900")
    left_out = [
        _title(sheet) for sheet in book.worksheets if sheet not in chosen and sheet.title != NOTES_SHEET
    ]
    return raw, (*_of_sheets(chosen, left_out), *_of_repeats(kind, name, tables), *_of_merged(tables))


def _part(sheet: Any) -> str:
    # openpyxl tells it nowhere else; without a shape the part was no sheet, and that is a KeyError: damaged
    return str(sheet._worksheet_path)


def _title(sheet: Any) -> str:
    return shown(" ".join(str(sheet.title).split()))[1:-1]


def _of_sheets(chosen: Sequence[Any], left_out: Sequence[str]) -> tuple[str, ...]:
    taken = listed(_title(sheet) for sheet in chosen)
    if len(chosen) > 1:
        rest = f" Left out: {', '.join(left_out)}." if left_out else ""
        return (f"Taken together, since they have the same headings: the sheets {taken}.{rest}",)
    return (f"Read from the sheet {taken}; left out: {', '.join(left_out)}.",) if left_out else ()


@dataclass(frozen=True)
class _Sheet:
    """The text of a sheet, with the places (row, column) of Excel errors and of true dates."""

    rows: Grid = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    dates: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True)
class _Cut:
    """A sheet cut at its heading row. Unreadable cells by row number and column; merged cells by heading."""

    title: str
    headings: tuple[str, ...]
    rows: Grid
    known: dict[int, RecordColumn]
    date_headings: frozenset[str]
    unreadable: dict[tuple[int, int], str]
    filled_down: dict[str, list[str]] = field(default_factory=dict)
    counted_once: dict[str, list[str]] = field(default_factory=dict)


def _cut_sheet(kind: RecordKind, name: str, sheet: Any, shape: SheetShape) -> _Cut:
    texts = _read_sheet(name, sheet, shape.last_row, shape.last_column)
    if not texts.rows:
        raise RefusedError(f"{name} has no rows. Fill in the template and give it again.")
    head = heading_row(kind, texts.rows) or 0
    head_number, headings = texts.rows[head]
    # notes beside the table stand under no heading; they are left out, and the row is none the worse
    headings += ("",) * (max(len(row) for _, row in texts.rows) - len(headings))
    normals = [normal_heading(heading) for heading in headings]
    cut = _Cut(
        _title(sheet),
        headings,
        texts.rows[head + 1 :],
        # a formula or an error in a column that is not taken in is no one's trouble
        {
            p: column
            for p, normal in enumerate(normals)
            for column in kind.columns
            if normal in column.headings
        },
        frozenset(
            headings[column] for row, column in texts.dates if row > head_number and column < len(headings)
        ),
        texts.errors,
    )
    _fill_down(name, cut, [merged for merged in shape.merged if merged.first_row > head_number])
    return cut


def _fill_down(name: str, cut: _Cut, ranges: Sequence[MergedCells]) -> None:
    """Give each row of a merged range what stands in its first; a figure that adds up stays in the first alone."""
    numbers = [number for number, _ in cut.rows]
    steps = 0
    for merged in ranges:
        column = cut.known.get(merged.column)
        inside = range(bisect_left(numbers, merged.first_row), bisect_right(numbers, merged.last_row))
        if column is None or len(inside) < 2 or numbers[inside[0]] != merged.first_row:
            continue
        steps += len(inside)
        if steps > MOST_CELLS:
            raise RefusedError(f"{name} has too many merged cells. Unmerge them and give the file again.")
        first = cut.rows[inside[0]][1]
        value = first[merged.column] if merged.column < len(first) else ""
        if not value.strip() or (merged.first_row, merged.column) in cut.unreadable:
            continue
        where = f"rows {merged.first_row} to {numbers[inside[-1]]}"
        if column.type in ADDED_UP:
            cut.counted_once.setdefault(column.heading, []).append(where)
            continue
        for position in inside[1:]:
            number, row = cut.rows[position]
            wide = row + ("",) * (merged.column + 1 - len(row))
            cut.rows[position] = (number, (*wide[: merged.column], value, *wide[merged.column + 1 :]))
        cut.filled_down.setdefault(column.heading, []).append(where)


def _of_merged(tables: Sequence[_Cut]) -> tuple[str, ...]:
    sentences = []
    for cut in tables:
        of_sheet = f" of the sheet {cut.title}" if len(tables) > 1 else ""
        if cut.filled_down:
            sentences.append(f"Merged cells{of_sheet} were filled down: {_ranges(cut.filled_down)}.")
        if cut.counted_once:
            sentences.append(
                f"Merged cells{of_sheet} with a figure count once, in their first row: {_ranges(cut.counted_once)}."
            )
    return tuple(sentences)


def _ranges(by_heading: dict[str, list[str]]) -> str:
    return "; ".join(f"{heading} ({first_of(ranges)})" for heading, ranges in by_heading.items())


def _joined(tables: Sequence[_Cut], epoch: Any) -> RawTable:
    """Return the rows of all sheets under the headings of the first, each row with its cells in that order."""
    first = tables[0]
    rows: list[tuple[int, tuple[str, ...]]] = []
    unreadable: list[tuple[int, int, str]] = []
    sheets: list[str] = []
    widest = len(first.headings)
    for cut in tables:
        order = _order(first.headings, cut.headings)
        widest = max(widest, len(order))
        places = {number: len(rows) + position for position, (number, _) in enumerate(cut.rows)}
        new_column = {old: new for new, old in enumerate(order) if old is not None}
        unreadable += [
            (places[number], new_column[column], reason)
            for (number, column), reason in cut.unreadable.items()
            if column in cut.known and number in places
        ]
        rows += [
            (
                number,
                tuple(row[place] if place is not None and place < len(row) else "" for place in order),
            )
            for number, row in cut.rows
        ]
        sheets += [cut.title] * len(cut.rows)
    return RawTable(
        first.headings + ("",) * (widest - len(first.headings)),
        tuple(rows),
        epoch=epoch,
        date_cells=frozenset().union(*(cut.date_headings for cut in tables)),
        unreadable=tuple(unreadable),
        sheets=tuple(sheets) if len(tables) > 1 else (),
    )


def _order(first: Sequence[str], headings: Sequence[str]) -> list[int | None]:
    """Return, for each heading of the first sheet, its place in this one; places without a heading come last."""
    if tuple(first) == tuple(headings):
        return list(range(len(headings)))
    places = {normal_heading(heading): place for place, heading in enumerate(headings) if heading.strip()}
    ordered = [places.get(normal_heading(heading)) if heading.strip() else None for heading in first]
    return [*ordered, *(place for place, heading in enumerate(headings) if not heading.strip())]


def _of_repeats(kind: RecordKind, name: str, tables: Sequence[_Cut]) -> tuple[str, ...]:
    """Say how many rows stand on two sheets; RefusedError where a sheet is for its greater part another's copy."""
    if len(tables) < 2:
        return ()
    on_sheets = [
        {
            tuple(row[p].strip() for p in sorted(cut.known, key=lambda p: cut.known[p].name) if p < len(row))
            for _, row in cut.rows
        }
        for cut in tables
    ]
    times = Counter(row for rows in on_sheets for row in rows)
    for cut, rows in zip(tables, on_sheets, strict=True):
        repeated = sum(times[row] > 1 for row in rows)
        if rows and repeated >= _SAME_ROWS * len(rows):
            raise RefusedError(
                f"{name} has {counted(len(tables), 'sheet')} with the headings of a {kind.title.lower()} "
                f"({', '.join(table.title for table in tables)}), and {counted(repeated, 'row')} of {cut.title} "
                f"{'stands' if repeated == 1 else 'stand'} on another of them too. "
                "Each would count twice: delete the sheet that repeats the others, and give the file again."
            )
    several = sum(count > 1 for count in times.values())
    return (f"{counted(several, 'row')} stood on more than one sheet, word for word.",) if several else ()


def _open(content: bytes, *, values: bool) -> Any:
    import openpyxl  # a tenth of a second, for whoever gives a workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that are not read here
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=values, keep_links=False, keep_vba=False
        )


def _choose(kind: RecordKind, name: str, sheets: list[tuple[Any, SheetShape]]) -> list[Any]:
    """Return the sheets of one shape with every required heading, else the one that comes nearest."""
    fits: list[tuple[Any, frozenset[str]]] = []
    best, nearest = -1, sheets[0][0]
    for sheet, shape in sheets:
        rows = _read_sheet(name, sheet, HEADING_ROWS, MOST_COLUMNS).rows if shape.readable else []
        position = heading_row(kind, rows)
        headings = rows[position][1] if position is not None else ()
        if headings and all(headings_known(kind, headings, column) for column in kind.required):
            fits.append((sheet, frozenset(normal_heading(h) for h in headings if h.strip())))
        if (known := headings_known(kind, headings)) > best:
            best, nearest = known, sheet
    if len({headings for _, headings in fits}) > 1:
        raise RefusedError(
            f"{name} has {counted(len(fits), 'sheet')} with the headings of a {kind.title.lower()} "
            f"({', '.join(_title(sheet) for sheet, _ in fits)}), and they differ in their other headings. "
            "Put the rows on one sheet, or give each the same headings, or delete the others."
        )
    return [sheet for sheet, _ in fits] or [nearest]


def _cells(sheet: Any, last_row: int, last_column: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # a sheet's own word on its size is not to be trusted
    last = min(last_row, LAST_ROW), min(max(last_column, 1), MOST_COLUMNS)
    return enumerate(sheet.iter_rows(max_row=last[0], max_col=last[1]), start=1)


def _read_sheet(name: str, sheet: Any, last_row: int, last_column: int) -> _Sheet:
    texts_of = _Sheet()
    for number, cells in _cells(sheet, last_row, last_column):
        texts = tuple(cell_text(cell) for cell in cells)
        if not any(text.strip() for text in texts):
            continue
        width = max(place for place, text in enumerate(texts, start=1) if text.strip())
        texts_of.rows.append((number, texts[:width]))
        check_size(name, len(texts_of.rows))
        for column, cell in enumerate(cells):
            if cell.data_type == "e":
                texts_of.errors[number, column] = (
                    f"Cell {cell.coordinate} holds the Excel error {texts[column]}; correct it"
                )
            elif isinstance(cell.value, dt.datetime):
                texts_of.dates.add((number, column))
    return texts_of


def _unsaved(content: bytes, title: str, cut: _Cut, shape: SheetShape) -> dict[tuple[int, int], str]:
    """Return the cells in which a formula was saved without its result."""
    values = dict(cut.rows)
    unsaved: dict[tuple[int, int], str] = {}
    for number, cells in _cells(_open(content, values=False)[title], shape.last_row, shape.last_column):
        for column in cut.known:
            if column < len(cells) and cells[column].data_type == "f" and number in values:
                row = values[number]
                if column >= len(row) or not row[column].strip():
                    unsaved[number, column] = (
                        f"Cell {cells[column].coordinate} holds a formula without its result; open the file "
                        "in Excel, save it, and give it again"
                    )
    return unsaved


def cell_text(cell: Any) -> str:
    """Return a cell's value as text: dates in ISO form, lengths of time as h:mm:ss, truth as yes or no."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (dt.timedelta, dt.datetime, dt.time)):
        return _moment_text(value, cell.number_format)
    return str(value)


def _moment_text(value: dt.timedelta | dt.datetime | dt.time, number_format: str) -> str:
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign = "-" if seconds < 0 else ""
        return f"{sign}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02d}:{abs(seconds) % 60:02d}"
    if isinstance(value, dt.datetime):
        whole = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        midnight = (whole.hour, whole.minute, whole.second) == (0, 0, 0)
        from openpyxl.styles.numbers import is_datetime

        date_only = midnight and is_datetime(number_format) == "date"
        return f"{whole:%Y-%m-%d}" if date_only else f"{whole:%Y-%m-%d %H:%M:%S}"
    return value.replace(microsecond=0).isoformat()
