"""One row of text against a contract: each cell by its type, then the row rule of the kind.

A needed cell that cannot be read refuses its row. Any other is taken as not known, counted and named, and the
row stays: one “N/K” in the column of values must not lose the offence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.model.english import upper_first
from analysis.model.errors import RefusedError
from analysis.model.names import NameRefusedError, checked_name
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.tidying import cells
from analysis.records.tidying.dates import DateReading, parse_date
from analysis.records.tidying.times import parse_clock, parse_minutes, parse_moment

_LONGITUDES, _LATITUDES = (-9.0, 2.5), (49.0, 61.5)


@dataclass(frozen=True)
class RowReader:
    """How the rows of one file are read: the kind, where its columns stand, how dates are read, the last day."""

    kind: RecordKind
    places: Mapping[str, int]
    width: int
    readings: Mapping[str, DateReading]
    today: dt.date | None = None


@dataclass(frozen=True)
class ReadRow:
    """A row as read; ``unread`` has the reason of each cell taken as not known, ``words`` what followed a yes or no."""

    values: Row
    unread: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_row(reader: RowReader, texts: tuple[str, ...], unreadable: Mapping[int, str]) -> ReadRow:
    """Return a row as read; RefusedError, with every reason at once, when it is no record.

    ``unreadable`` has the reason of each cell, by position, that the file itself could not give.
    """
    kind, places = reader.kind, reader.places
    if any(texts[reader.width :]):
        raise RefusedError(
            f"The row has more cells than the {reader.width} headings; quote cells that hold a comma."
        )
    given = {name: texts[place] for name, place in places.items() if place < len(texts) and texts[place]}
    if all(given.get(c.name, "") == c.example for c in kind.columns):
        raise RefusedError("This is the example row of the template; delete it.")
    row = ReadRow(dict.fromkeys(kind.names))
    reasons: list[str] = []
    for column in kind.columns:
        text, broken = given.get(column.name, ""), unreadable.get(places.get(column.name, -1), "")
        try:
            if broken:
                raise RefusedError(broken)
            if text:
                _take(reader, column, text, row)
            elif column.required:
                reasons.append(f"{column.heading} is blank")
        except RefusedError as error:
            if column.required or isinstance(error, NameRefusedError):
                reasons.append(str(error) if broken else f"{column.heading}: {error}")
            else:
                row.unread[column.name] = str(error)
    _drop_halves(kind, row)
    if not reasons and kind.complete is not None:
        try:
            kind.complete(row.values)
        except RefusedError as error:
            # what could not be read may be why the row is not whole
            reasons = [f"{kind.column(name).heading}: {reason}" for name, reason in row.unread.items()]
            reasons.append(str(error))
    if reasons:
        raise RefusedError(". ".join(upper_first(reason).rstrip(".") for reason in reasons) + ".")
    return row


def _take(reader: RowReader, column: RecordColumn, text: str, row: ReadRow) -> None:
    if not column.required and cells.says_not_known(text):
        raise RefusedError(f"{cells.shown(text)} says that it is not known")
    value, words = _read_cell(column, text, reader.readings.get(column.name, DateReading()))
    if reader.today is not None:
        _refuse_future(column, value, reader.today)
    row.values[column.name] = value
    if words:
        row.words[column.name] = words


def _drop_halves(kind: RecordKind, row: ReadRow) -> None:
    """A column that counts only with another is not known when the other could not be read."""
    for names in kind.together:
        if any(name in row.unread for name in names):
            row.values.update(dict.fromkeys(names))


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


def _read_cell(column: RecordColumn, text: str, reading: DateReading) -> tuple[Any, str]:
    """Return the value of a cell, and the words in it that are no part of the value."""
    if column.place or column.name_of:
        _check_names(column, text)
    if column.type in _PLAIN:
        return _PLAIN[column.type](text), ""
    if column.type == "time":
        return parse_clock(text, reading), ""
    if column.type == "date-time":
        return parse_moment(text, reading), ""
    if column.type == "date":
        return _whole_day(text, reading), ""
    if column.type == "yes/no/when":
        return _read_yes_no_when(text, reading)
    tidied = cells.tidy_text(text)
    if column.required and not tidied:
        raise RefusedError("the cell has no letters or figures in it")
    return tidied or None, ""


def _check_names(column: RecordColumn, text: str) -> None:
    for name in cells.items_of(text) if column.type == "list" else (text,):
        checked_name(name)


def _read_yes_no_when(text: str, reading: DateReading) -> tuple[bool | dt.date, str]:
    answer, words = cells.split_yes_no(text)
    if answer is None:
        return _whole_day(text, reading), ""
    if answer and words:
        try:
            return _whole_day(words, reading), ""
        except RefusedError:
            return answer, words
    return answer, words


def _whole_day(text: str, reading: DateReading) -> dt.date:
    day, clock = parse_moment(text, reading) if ":" in text else (parse_date(text, reading), None)
    if clock is not None and clock.seconds:
        raise RefusedError(f"{cells.shown(text)} has a time of day; only the date is wanted here")
    return day


def _refuse_future(column: RecordColumn, value: Any, today: dt.date) -> None:
    day = value[0] if isinstance(value, tuple) else value
    if column.past and isinstance(day, dt.date) and day > today:
        raise RefusedError(f"{day.day} {day:%B %Y} lies in the future; correct the date")
