"""Files of records as they come, CSV or Excel, into a raw table of text. Nothing in a file is run or fetched.

Every way in which a file can be broken, hostile or of the wrong kind ends in a RefusedError.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, normal_heading
from analysis.records.tidying import RawTable

LARGEST_FILE = 20_000_000
"""Bytes of an upload: two hundred thousand rows of any of these kinds."""
MOST_ROWS = 200_000
MOST_COLUMNS = 200
HEADING_ROWS = 20
"""Rows searched for the headings, since titles and notes often stand above them."""

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", ";", "\t", "|")

Grid = list[tuple[int, tuple[str, ...]]]
"""Rows of text with the number a spreadsheet shows beside them."""


def read_raw_table(kind: RecordKind, name: str, content: bytes) -> tuple[RawTable, tuple[str, ...]]:
    """Return the table of a file and sentences on how it was found in it. The content decides, not the name.

    Read: CSV in UTF-8, UTF-16 or Windows-1252, with commas, semicolons, tabs or bars; Excel workbooks (.xlsx)
    without macros or password. The headings may stand in any of the first 20 rows. RefusedError otherwise.
    """
    if not content:
        raise RefusedError(f"{name} is empty. Choose the file again.")
    if len(content) > LARGEST_FILE:
        raise RefusedError(
            f"{name} is larger than {LARGEST_FILE // 1_000_000} MB. Take out sheets and columns that the "
            "template does not have, or give fewer years."
        )
    if content.startswith(_COMPOUND):
        raise RefusedError(
            f"{name} is protected by a password or in the old Excel format (.xls). "
            "Save it without a password as an Excel workbook (.xlsx)."
        )
    if content.startswith(_ZIP):
        from data.records.record_workbooks import read_workbook  # openpyxl only where it is needed

        return read_workbook(kind, name, content)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")):
        raise RefusedError(f"{name} is not a workbook, whatever its name says. Save it again from Excel.")
    return read_csv_text(kind, name, _decoded(name, content)), ()


def read_csv_text(kind: RecordKind, name: str, text: str) -> RawTable:
    """Return the table of a CSV text, with the delimiter under which most headings are known."""
    if "\0" in text:
        raise RefusedError(f"{name} is not a table of text. Save it as CSV or as an Excel workbook (.xlsx).")
    chosen, most_known = _DELIMITERS[0], -1
    for delimiter in _DELIMITERS:
        head = _grid(name, text, delimiter, HEADING_ROWS)
        known = max((headings_known(kind, cells) for _, cells in head), default=0)
        if known > most_known:
            chosen, most_known = delimiter, known
    return _cut(kind, name, _grid(name, text, chosen, None))


def headings_known(kind: RecordKind, cells: Iterable[str], only: RecordColumn | None = None) -> int:
    """Return how many columns of the contract (or of this one column) these headings name."""
    normal = {normal_heading(cell) for cell in cells}
    return sum(bool(column.headings & normal) for column in ((only,) if only else kind.columns))


def heading_row(kind: RecordKind, grid: Sequence[tuple[int, tuple[str, ...]]]) -> int | None:
    """Return the position of the row that names most columns (the first of equals), or None if none does."""
    known = [headings_known(kind, cells) for _, cells in grid[:HEADING_ROWS]]
    most = max(known, default=0)
    return known.index(most) if most else None


def _cut(kind: RecordKind, name: str, grid: Grid) -> RawTable:
    """Return a grid cut at its heading row; without one, the first row stands as headings to be refused."""
    if not grid:
        raise RefusedError(f"{name} has no rows. Fill in the template and give it again.")
    head = heading_row(kind, grid) or 0
    return RawTable(grid[head][1], tuple(grid[head + 1 :]))


def check_size(name: str, rows: int) -> None:
    """RefusedError when a table has more rows than are taken."""
    if rows > MOST_ROWS:
        raise RefusedError(f"{name} has more than {MOST_ROWS:,} rows. Give fewer years at a time.")


def _decoded(name: str, content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "windows-1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError(
        f"{name} is not a table of text. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."
    )


def _grid(name: str, text: str, delimiter: str, most: int | None) -> Grid:
    rows: Grid = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if most is not None and number > most:
                break
            if any(cell.strip() for cell in cells):
                if len(cells) > MOST_COLUMNS:
                    raise RefusedError(
                        f"{name} has more than {MOST_COLUMNS} columns in row {number}. Use the template."
                    )
                rows.append((number, tuple(cells)))
                check_size(name, len(rows))
    except csv.Error as error:
        raise RefusedError(f"{name} cannot be read as CSV ({error}). Save it again from Excel.") from error
    return rows
