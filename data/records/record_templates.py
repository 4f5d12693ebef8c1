"""What an office downloads: empty templates, and held records in the template's own form."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pandas as pd

from analysis.records import record_kind
from analysis.records.contract import HOW_TO_WRITE, RecordColumn, RecordKind
from analysis.records.tidying.times import LONDON, is_repeated
from data.exports.safe_cells import safe_cell, safe_csv
from data.records.record_workbooks import NOTES_SHEET

_NUMBER_FORMATS = {
    "date": "yyyy-mm-dd",
    "time": "hh:mm",
    "date-time": "yyyy-mm-dd hh:mm",
    "text": "@",
    "list": "@",
}


def template_csv(key: str) -> bytes:
    """Return the template of a kind as CSV: its headings and one example row (refused if left in)."""
    kind = record_kind(key)
    return safe_csv(pd.DataFrame([{column.heading: column.example for column in kind.columns}]))


def template_excel(key: str) -> bytes:
    """Return the template of a kind as a workbook: a sheet to fill in, and a sheet that explains it."""
    # a tenth of a second to import, and nothing else of this room's callers needs it
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head_font, head_fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="12436D")
    example_font = Font(italic=True, color="595959")
    kind = record_kind(key)
    book = Workbook()
    sheet = book.active
    if sheet is None:
        sheet = book.create_sheet()
    sheet.title = "Data entry"
    for position, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(position)
        head = sheet.cell(1, position, column.heading)
        head.font, head.fill = head_font, head_fill
        example = sheet.cell(2, position, safe_cell(column.example))
        example.font = example_font
        sheet.column_dimensions[letter].width = max(len(column.heading), len(column.example), 12) + 2
        sheet.column_dimensions[letter].number_format = _NUMBER_FORMATS.get(column.type, "General")
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(NOTES_SHEET)
    for line in _notes(kind):
        notes.append(line)
    for letter, width in zip("ABCD", (26, 12, 60, 70), strict=True):
        notes.column_dimensions[letter].width = width
    for row in notes.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in notes[1]:
        cell.font = Font(bold=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _notes(kind: RecordKind) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [("Column", "Needed", "Meaning", "How to write it")]
    lines += [
        (column.heading, "yes" if column.required else "", column.meaning, HOW_TO_WRITE[column.type])
        for column in kind.columns
    ]
    lines += [
        (),
        (f"{kind.title}: each row is {kind.row}.",),
        *((note,) for note in kind.notes),
        ("Delete the example row. Columns that are not named here are not taken in.",),
        ("Leave out names and addresses of persons.",),
        ("A file takes the place of the one before; the last ten are kept and can be put back.",),
    ]
    return lines


def records_csv(key: str, frame: pd.DataFrame) -> bytes:
    """Return held records as CSV in the template's form, so that they can be corrected and given again."""
    kind = record_kind(key)
    return safe_csv(
        pd.DataFrame(
            {
                column.heading: [_written(column, value) for value in frame[column.name]]
                for column in kind.columns
            },
            dtype="object",
        )
    )


def _written(column: RecordColumn, value: object) -> str:  # noqa: PLR0911
    if value is None or (not isinstance(value, tuple) and pd.isna(value)):
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, pd.Timestamp):
        return _written_moment(column, value)
    match column.type:
        case "yes/no/when" | "yes/no":
            return "yes" if value else "no"
        case "duration":
            seconds = round(float(str(value)) * 60)
            return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        case "number" | "money":
            return f"{float(str(value)):.10g}" if column.type == "number" else f"{float(str(value)):.2f}"
        case _:
            return str(value)


def _written_moment(column: RecordColumn, value: pd.Timestamp) -> str:
    if column.type == "date":
        return f"{value:%Y-%m-%d}"
    local = value.to_pydatetime().astimezone(LONDON)
    # the hour that comes twice is told apart by the name of the time in force
    zone = f" {local.tzname()}" if is_repeated(local) else ""
    day = "" if column.type == "time" else f"{local:%Y-%m-%d} "
    return f"{day}{_clock(local)}{zone}"


def _clock(moment: dt.datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
