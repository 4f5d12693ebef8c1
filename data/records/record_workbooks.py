"""Excel workbooks of records into a raw table of text: values only, one sheet, nothing run or fetched."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.styles.numbers import is_datetime
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordKind
from analysis.records.tidying import RawTable
from data.records.record_files import (
    HEADING_ROWS,
    MOST_COLUMNS,
    Grid,
    check_size,
    heading_row,
    headings_known,
)

LARGEST_UNPACKED = 100_000_000
"""Bytes of a workbook once inflated: the largest honest file of 20 MB stays under it, a zip bomb does not."""
MOST_MEMBERS = 500
LAST_ROW = 1_048_576
"""Excel's own last row; a file can claim more, and a reader would walk there."""
NOTES_SHEET = "Notes"
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C|\0<\0!\0D\0O\0C", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SCANNED = 65_536
"""Bytes at the start of a part in which a document type can stand."""

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
    """Return the one sheet that has the kind's headings, and which sheets were left out.

    Formulas count by the result saved with them; a row with a formula that has none, or with an Excel error
    in it, is marked unreadable. RefusedError for macros, zip bombs, two sheets that both fit, or none.
    """
    try:
        return _read(kind, name, content)
    except _BROKEN as error:
        raise RefusedError(
            f"{name} is damaged or not an Excel workbook. Save it again from Excel."
        ) from error


def _read(kind: RecordKind, name: str, content: bytes) -> tuple[RawTable, tuple[str, ...]]:
    has_formulas = _check_package(name, content)
    book = _open(content, values=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise RefusedError(f"{name} has no visible sheet. Fill in the template and give it again.")
    chosen = _choose(kind, name, visible)
    sheet = _read_sheet(name, chosen, None)
    if not sheet.rows:
        raise RefusedError(f"{name} has no rows. Fill in the template and give it again.")
    head = heading_row(kind, sheet.rows) or 0
    head_number, headings = sheet.rows[head]
    # a formula or an error in a column that is not taken in is no one's trouble
    known = {place for place, heading in enumerate(headings) if headings_known(kind, [heading])}
    unreadable = {row: said for (row, column), said in sheet.errors.items() if column in known}
    if has_formulas:
        unreadable |= _unsaved(content, chosen.title, sheet, known)
    # notes beside the table stand under no heading; they are left out, and the row is none the worse
    headings += ("",) * (max(len(row) for _, row in sheet.rows) - len(headings))
    table = RawTable(
        headings,
        tuple(sheet.rows[head + 1 :]),
        epoch="1904" if book.epoch == CALENDAR_MAC_1904 else "1900",
        date_cells=frozenset(
            headings[column] for row, column in sheet.dates if row > head_number and column < len(headings)
        ),
        unreadable=tuple(unreadable.items()),
    )
    others = [other.title for other in book.worksheets if other is not chosen and other.title != NOTES_SHEET]
    return table, (f"Read from the sheet {chosen.title}; left out: {', '.join(others)}.",) if others else ()


@dataclass(frozen=True)
class _Sheet:
    """The text of a sheet, with the places (row, column) of Excel errors and of true dates."""

    rows: Grid = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    dates: set[tuple[int, int]] = field(default_factory=set)


def _check_package(name: str, content: bytes) -> bool:
    """Refuse what is no plain workbook; return whether any of its sheets holds a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        names = {member.filename for member in members}
        if any(member.lower().endswith("vbaproject.bin") for member in names):
            raise RefusedError(f"{name} holds macros. Save it as an Excel workbook without them (.xlsx).")
        if "xl/workbook.xml" not in names:
            raise RefusedError(f"{name} is not an Excel workbook (.xlsx). Save it as one, or as CSV.")
        # zipfile inflates no member beyond the size declared here
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise RefusedError(
                f"{name} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB. Copy the columns of the "
                "template into a new workbook and give that."
            )
        formulas = False
        for member in members:
            if not member.filename.endswith((".xml", ".rels")):
                continue
            text = package.read(member)
            if _DOCTYPE.search(text, 0, _SCANNED):
                raise RefusedError(f"{name} is damaged or not an Excel workbook. Save it again from Excel.")
            formulas |= member.filename.startswith("xl/worksheets/") and bool(_FORMULA.search(text))
    return formulas


def _open(content: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that are not read here
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=values, keep_links=False, keep_vba=False
        )


def _choose(kind: RecordKind, name: str, sheets: list[Any]) -> Any:
    """Return the only sheet with every required heading, else the one that comes nearest."""
    fits, best, nearest = [], -1, sheets[0]
    for sheet in sheets:
        rows = _read_sheet(name, sheet, HEADING_ROWS).rows
        position = heading_row(kind, rows)
        headings = rows[position][1] if position is not None else ()
        if headings and all(headings_known(kind, headings, column) for column in kind.required):
            fits.append(sheet)
        if (known := headings_known(kind, headings)) > best:
            best, nearest = known, sheet
    if len(fits) > 1:
        raise RefusedError(
            f"{name} has {len(fits)} sheets with the headings of a {kind.title.lower()} "
            f"({', '.join(sheet.title for sheet in fits)}). Put the rows on one sheet, or delete the others."
        )
    return fits[0] if fits else nearest


def _cells(sheet: Any, last_row: int | None) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # a sheet's own word on its size is not to be trusted
    return enumerate(sheet.iter_rows(max_row=last_row or LAST_ROW, max_col=MOST_COLUMNS), start=1)


def _read_sheet(name: str, sheet: Any, last_row: int | None) -> _Sheet:
    found = _Sheet()
    for number, cells in _cells(sheet, last_row):
        texts = tuple(cell_text(cell) for cell in cells)
        if not any(text.strip() for text in texts):
            continue
        width = max(place for place, text in enumerate(texts, start=1) if text.strip())
        found.rows.append((number, texts[:width]))
        check_size(name, len(found.rows))
        for column, cell in enumerate(cells):
            if cell.data_type == "e":
                found.errors[number, column] = (
                    f"Cell {cell.coordinate} holds the Excel error {texts[column]}; correct it."
                )
            elif isinstance(cell.value, dt.datetime):
                found.dates.add((number, column))
    return found


def _unsaved(content: bytes, title: str, sheet: _Sheet, known: set[int]) -> dict[int, str]:
    """Return the rows in which a formula was saved without its result."""
    values = dict(sheet.rows)
    found: dict[int, str] = {}
    for number, cells in _cells(_open(content, values=False)[title], None):
        for column in known:
            if column < len(cells) and cells[column].data_type == "f" and number in values:
                row = values[number]
                if column >= len(row) or not row[column].strip():
                    found[number] = (
                        f"Cell {cells[column].coordinate} holds a formula without its result; open the file "
                        "in Excel, save it, and give it again."
                    )
    return found


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
        date_only = midnight and is_datetime(number_format) == "date"
        return f"{whole:%Y-%m-%d}" if date_only else f"{whole:%Y-%m-%d %H:%M:%S}"
    return value.replace(microsecond=0).isoformat()
