"""A raw table of text against a contract, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.model.english import is_are, listed, plural
from analysis.model.errors import RefusedError
from analysis.records.contract import HELD_AS, RecordColumn, RecordKind, Row, normal_heading
from analysis.records.tidying import cells
from analysis.records.tidying.dates import DateReading, Epoch, Order, order_of, parse_date, seems_swapped
from analysis.records.tidying.remarks import said_of_columns
from analysis.records.tidying.times import LONDON, parse_clock, parse_minutes, parse_moment

_DATED = frozenset({"date", "date-time", "time", "yes/no/when"})
_LONGITUDES, _LATITUDES = (-9.0, 2.5), (49.0, 61.5)


@dataclass(frozen=True)
class RawTable:
    """A table as it stood in a file: headings, and rows of text with the row number a spreadsheet shows.

    ``epoch`` is the day nought of Excel serial dates in it. ``date_cells`` names headings under which some
    cells were true Excel dates (given here as ISO text). ``unreadable`` are rows that could not be read at
    all, with the reason.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    epoch: Epoch = "1900"
    date_cells: frozenset[str] = frozenset()
    unreadable: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class TidiedRecords:
    """A table once checked.

    ``accepted`` has the contract's columns as `HELD_AS` says; ``refused`` has row (as the spreadsheet numbers
    it) and reason; ``dropped`` names the headings that the contract does not; ``sentences`` say what was read
    in a way that a person should know.
    """

    kind: RecordKind
    accepted: pd.DataFrame
    refused: pd.DataFrame
    dropped: tuple[str, ...]
    sentences: tuple[str, ...]


def tidy_records(kind: RecordKind, raw: RawTable, *, today: dt.date | None = None) -> TidiedRecords:
    """Check a raw table against a contract.

    Rows with nothing in them are passed over. A row is refused, with every reason at once, when a cell cannot
    be read, a required one is blank, the row contradicts itself, it is the template's example, or it
    repeats another row of a kind where that cannot be (a patrol); other repeated rows are kept, since two like offences are two. With
    ``today``, days in its future are refused where the contract says a date is past.

    RefusedError when a required column is missing or two headings stand for one column.
    """
    places, dropped = match_headings(kind, raw.headings)
    readings = _date_readings(kind, raw, places)
    accepted: list[Row] = []
    numbers: list[int] = []
    refused: list[tuple[int, str]] = []
    seen: dict[tuple[Any, ...], int] = {}
    unreadable = dict(raw.unreadable)
    for number, row_cells in raw.rows:
        texts = tuple(cell.strip() for cell in row_cells)
        if not any(texts):
            continue
        try:
            if number in unreadable:
                raise RefusedError(unreadable[number])
            row = _read_row(
                kind, texts, places=places, width=len(raw.headings), readings=readings, today=today
            )
            if kind.repeats_refused:
                _refuse_repeat(row, number, seen)
        except RefusedError as error:
            refused.append((number, str(error)))
            continue
        accepted.append(row)
        numbers.append(number)
    frame = _frame(kind, accepted)
    said = (
        *said_of_columns(
            kind,
            unheaded=_unheaded(raw),
            places=places,
            dropped=dropped,
            readings=readings,
            texts=_columns_of(kind, raw, places),
        ),
        *(kind.remarks(frame, numbers) if kind.remarks else ()),
    )
    return TidiedRecords(
        kind,
        frame,
        pd.DataFrame(refused, columns=["row", "reason"]).astype({"row": "int64", "reason": "str"}),
        dropped,
        said,
    )


def match_headings(kind: RecordKind, headings: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the position of each column of the contract among the headings, and the headings left over.

    A heading is matched whatever its case, spacing and signs. RefusedError names what is missing.
    """
    places: dict[str, int] = {}
    dropped: list[str] = []
    for position, heading in enumerate(headings):
        normal = normal_heading(heading)
        column = next((c for c in kind.columns if normal in c.headings), None)
        if column is None:
            if heading.strip():
                dropped.append(cells.shown(" ".join(heading.split()))[1:-1])
        elif column.name in places:
            raise RefusedError(
                f"Two headings stand for “{column.heading}”. Delete or rename one of them, "
                "and give the file again."
            )
        else:
            places[column.name] = position
    missing = [column.heading for column in kind.required if column.name not in places]
    if missing:
        unexpected = f" Headings not known: {', '.join(dropped)}." if dropped else ""
        raise RefusedError(
            f"This is not a {kind.title.lower()}: the {plural(len(missing), 'heading')} "
            f"{listed(missing)} {is_are(len(missing))} missing.{unexpected} "
            "Put the headings of the template in one row above the data."
        )
    return places, tuple(dropped)


def empty_frame(kind: RecordKind) -> pd.DataFrame:
    """Return the checked table of a kind with no rows."""
    return _frame(kind, [])


def _unheaded(raw: RawTable) -> int:
    """Return how many columns have something in them but no heading."""
    places = [place for place, heading in enumerate(raw.headings) if not heading.strip()]
    return sum(any(place < len(row) and row[place].strip() for _, row in raw.rows) for place in places)


def _columns_of(kind: RecordKind, raw: RawTable, places: dict[str, int]) -> dict[str, list[str]]:
    """Return the texts under each dated column that the file has."""
    return {
        column.name: [
            row[places[column.name]].strip() for _, row in raw.rows if places[column.name] < len(row)
        ]
        for column in kind.columns
        if column.name in places and column.type in _DATED
    }


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


def _read_row(
    kind: RecordKind,
    texts: tuple[str, ...],
    *,
    places: dict[str, int],
    width: int,
    readings: dict[str, DateReading],
    today: dt.date | None,
) -> Row:
    if any(texts[width:]):
        raise RefusedError(
            f"The row has more cells than the {width} headings; quote cells that hold a comma."
        )
    row: Row = {}
    reasons: list[str] = []
    found = {name: texts[place] for name, place in places.items() if place < len(texts) and texts[place]}
    if all(found.get(c.name, "") == c.example for c in kind.columns):
        raise RefusedError("This is the example row of the template; delete it.")
    for column in kind.columns:
        row[column.name] = None
        text = found.get(column.name, "")
        if not text:
            if column.required:
                reasons.append(f"{column.heading} is blank")
            continue
        try:
            row[column.name] = _read_cell(column, text, readings.get(column.name, DateReading()))
            if today is not None:
                _refuse_future(column, row[column.name], today)
        except RefusedError as error:
            reasons.append(f"{column.heading}: {error}")
    if not reasons and kind.complete is not None:
        try:
            kind.complete(row)
        except RefusedError as error:
            reasons.append(str(error))
    if reasons:
        raise RefusedError(". ".join(reason[0].upper() + reason[1:] for reason in reasons) + ".")
    return row


_PLAIN: dict[str, Callable[[str], Any]] = {
    "list": lambda text: cells.parse_list(text) or None,
    "count": cells.parse_count,
    "number": cells.parse_number,
    "money": cells.parse_money,
    "yes/no": cells.parse_plain_yes_no,
    "lsoa": cells.parse_lsoa,
    "longitude": lambda text: cells.parse_degrees(text, *_LONGITUDES),
    "latitude": lambda text: cells.parse_degrees(text, *_LATITUDES),
    "duration": parse_minutes,
}


def _read_cell(column: RecordColumn, text: str, reading: DateReading) -> Any:
    if column.type in _PLAIN:
        return _PLAIN[column.type](text)
    if column.type == "time":
        return parse_clock(text, reading)
    if column.type == "date-time":
        return parse_moment(text, reading)
    if column.type in {"date", "yes/no/when"}:
        answer = cells.parse_yes_no(text) if column.type == "yes/no/when" else None
        return _whole_day(text, reading) if answer is None else answer
    tidied = cells.tidy_text(text)
    if column.required and not tidied:
        raise RefusedError("the cell has no letters or figures in it")
    return tidied or None


def _whole_day(text: str, reading: DateReading) -> dt.date:
    day, clock = parse_moment(text, reading) if ":" in text else (parse_date(text, reading), None)
    if clock is not None and clock.seconds:
        raise RefusedError(f"{cells.shown(text)} has a time of day; only the date is wanted here")
    return day


def _refuse_future(column: RecordColumn, value: Any, today: dt.date) -> None:
    day = value[0] if isinstance(value, tuple) else value
    if column.past and isinstance(day, dt.date) and day > today:
        raise RefusedError(f"{day.day} {day:%B %Y} lies in the future; correct the date")


def _refuse_repeat(row: Row, number: int, seen: dict[tuple[Any, ...], int]) -> None:
    key = tuple(row.values())
    if key in seen:
        raise RefusedError(f"The row repeats row {seen[key]}, and its hours would count twice; delete one.")
    seen[key] = number


def _frame(kind: RecordKind, rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {column.name: _series(column, [row[column.name] for row in rows]) for column in kind.columns}
    )


def _series(column: RecordColumn, values: list[Any]) -> pd.Series:
    held: Any = HELD_AS[column.type]
    if column.type in {"time", "date-time"}:
        moments = pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), utc=True))
        return moments.dt.tz_convert(LONDON.key).astype(held)
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype(held)
    if column.type in {"count", "yes/no/when", "yes/no"}:
        return pd.Series(values, dtype="object").astype(held)
    return pd.Series(values, dtype=held)
