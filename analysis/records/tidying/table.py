"""A raw table of text against a contract, row by row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.model.errors import RefusedError
from analysis.records.contract import HELD_AS, RecordColumn, RecordKind, Row
from analysis.records.tidying import cells, remarks
from analysis.records.tidying.dates import DateReading, Order, order_of, seems_swapped
from analysis.records.tidying.headings import match_headings
from analysis.records.tidying.raw_table import RawTable
from analysis.records.tidying.reading import ReadRow, RowReader, read_row
from analysis.records.tidying.times import LONDON
from analysis.records.tidying.totals import adds_up, is_total_row, names_a_total

_DATED = frozenset({"date", "date-time", "time", "yes/no/when"})


@dataclass(frozen=True)
class TidiedRecords:
    """A table once checked.

    ``accepted`` has the contract's columns as `HELD_AS` says; ``refused`` has row (as the spreadsheet numbers
    it) and reason; ``unread`` has row, column, cell and reason of every cell that is taken as not known while
    its row stays; ``dropped`` names the headings that the contract does not; ``sentences`` say what was read
    in a way that a person should know.
    """

    kind: RecordKind
    accepted: pd.DataFrame
    refused: pd.DataFrame
    unread: pd.DataFrame
    dropped: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass
class _Sorted:
    """The rows of one table as they fall: taken, refused, totals, and what is to be said of their cells.

    Rows are named by their position in the raw table.
    """

    taken: list[Row] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    likely_totals: list[tuple[int, str]] = field(default_factory=list)
    unread: list[remarks.NamedCell] = field(default_factory=list)
    words: list[remarks.NamedCell] = field(default_factory=list)
    since_total: int = 0


def tidy_records(kind: RecordKind, raw: RawTable, *, today: dt.date | None = None) -> TidiedRecords:
    """Check a raw table against a contract.

    Rows with nothing in them are passed over, and rows of totals left out and said. A row is refused, with
    every reason at once, when a needed cell is blank or cannot be read, the row contradicts itself, it is the
    template's example, or it repeats another row of a kind where that cannot be (a patrol); other repeated
    rows are kept, since two like offences are two. Another cell that cannot be read is taken as not known and
    counted, and its row stays. With ``today``, days in its future are not read where the contract says a date
    is past.

    RefusedError when a required column is missing or two headings stand for one column.
    """
    headings = match_headings(kind, raw)
    readings = _date_readings(kind, raw, headings.places)
    reader = RowReader(kind, headings.places, len(raw.headings), readings, today)
    fallen = _sort_rows(reader, raw)
    frame = _frame(kind, fallen.taken)
    labels = [raw.label(position) for position in fallen.positions]
    sentences = (
        *remarks.of_columns(
            kind, headings, readings, _columns_of(kind, raw, headings.places), unheaded=_unheaded(raw)
        ),
        *remarks.of_totals([raw.label(p) for p in fallen.totals], fallen.likely_totals, raw),
        *remarks.of_unread_cells(fallen.unread),
        *remarks.of_words(fallen.words),
        *(kind.remarks(frame, labels) if kind.remarks else ()),
    )
    return TidiedRecords(
        kind,
        frame,
        pd.DataFrame(
            [
                (raw.rows[position][0], _of_sheet(raw, position) + reason)
                for position, reason in fallen.refused
            ],
            columns=["row", "reason"],
        ).astype({"row": "int64", "reason": "str"}),
        pd.DataFrame(
            [(cell.label, cell.heading, cell.text, cell.reason) for cell in fallen.unread],
            columns=["row", "column", "cell", "reason"],
            dtype="str",
        ),
        headings.dropped,
        sentences,
    )


def _sort_rows(reader: RowReader, raw: RawTable) -> _Sorted:
    kind = reader.kind
    fallen = _Sorted()
    seen: dict[tuple[Any, ...], int] = {}
    unreadable: dict[int, dict[int, str]] = {}
    for position, column, reason in raw.unreadable:
        unreadable.setdefault(position, {})[column] = reason
    for position, (_, row_cells) in enumerate(raw.rows):
        texts = tuple(cell.strip() for cell in row_cells)
        if not any(texts):
            continue
        try:
            row = read_row(reader, texts, unreadable.get(position, {}))
            if kind.repeats_refused:
                _refuse_repeat(row.values, position, seen, raw)
        except RefusedError as error:
            if is_total_row(kind, texts, reader.places):
                fallen.totals.append(position)
                fallen.since_total = len(fallen.taken)
            else:
                fallen.refused.append((position, str(error)))
            continue
        if _is_sum(kind, row.values, position, fallen):
            continue
        fallen.taken.append(row.values)
        fallen.positions.append(position)
        _note_cells(reader, raw, position, row, fallen)
    return fallen


def _is_sum(kind: RecordKind, row: Row, position: int, fallen: _Sorted) -> bool:
    """Note a whole row that is called a total: left out where it adds up, else taken and named."""
    heading = names_a_total(kind, row)
    if not heading:
        return False
    if adds_up(kind, row, fallen.taken) or adds_up(kind, row, fallen.taken[fallen.since_total :]):
        fallen.totals.append(position)
        fallen.since_total = len(fallen.taken)
        return True
    fallen.likely_totals.append((position, heading))
    return False


def _note_cells(reader: RowReader, raw: RawTable, position: int, row: ReadRow, fallen: _Sorted) -> None:
    texts = raw.rows[position][1]
    for into, notes in ((fallen.unread, row.unread), (fallen.words, row.words)):
        for name, note in notes.items():
            place = reader.places[name]
            text = texts[place].strip() if place < len(texts) else ""
            into.append(remarks.NamedCell(raw.label(position), reader.kind.column(name).heading, text, note))


def _of_sheet(raw: RawTable, position: int) -> str:
    return f"Sheet {raw.sheets[position]}: " if raw.sheets else ""


def empty_frame(kind: RecordKind) -> pd.DataFrame:
    """Return the checked table of a kind with no rows."""
    return _frame(kind, [])


def _unheaded(raw: RawTable) -> int:
    """Return how many columns have something in them but no heading."""
    places = [place for place, heading in enumerate(raw.headings) if not heading.strip()]
    return sum(any(place < len(row) and row[place].strip() for _, row in raw.rows) for place in places)


def _columns_of(kind: RecordKind, raw: RawTable, places: dict[str, int]) -> dict[str, list[str]]:
    """Return the texts under each dated column that the file has; of a yes or no, what stands after it."""
    return {
        column.name: [
            _dated_part(column, row[places[column.name]].strip())
            for _, row in raw.rows
            if places[column.name] < len(row)
        ]
        for column in kind.columns
        if column.name in places and column.type in _DATED
    }


def _dated_part(column: RecordColumn, text: str) -> str:
    answer, words = cells.split_yes_no(text) if column.type == "yes/no/when" else (None, "")
    return text if answer is None else words


def _date_readings(kind: RecordKind, raw: RawTable, places: dict[str, int]) -> dict[str, DateReading]:
    """Return how the dates of each column are to be read: by its own clue, else by the file's only one."""
    columns = _columns_of(kind, raw, places)
    own: dict[str, Order] = {name: order_of(texts) for name, texts in columns.items()}
    clues = {order for order in own.values() if order != "unknown"}
    shared: Order = next(iter(clues)) if len(clues) == 1 else "unknown"
    return {
        name: DateReading(
            shared if order == "unknown" else order,
            raw.epoch,
            suspect=raw.headings[places[name]] in raw.date_cells and seems_swapped(columns[name]),
        )
        for name, order in own.items()
    }


def _refuse_repeat(row: Row, position: int, seen: dict[tuple[Any, ...], int], raw: RawTable) -> None:
    key = tuple(row.values())
    if key in seen:
        raise RefusedError(
            f"The row repeats row {raw.label(seen[key])}, and its hours would count twice; delete one."
        )
    seen[key] = position


def _frame(kind: RecordKind, rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {column.name: _series(column, [row[column.name] for row in rows]) for column in kind.columns}
    )


def _series(column: RecordColumn, values: list[Any]) -> pd.Series:
    dtype: Any = HELD_AS[column.type]
    if column.type in {"time", "date-time"}:
        moments = pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), utc=True))
        return moments.dt.tz_convert(LONDON.key).astype(dtype)
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype(dtype)
    if column.type in {"count", "yes/no/when", "yes/no"}:
        return pd.Series(values, dtype="object").astype(dtype)
    return pd.Series(values, dtype=dtype)
