"""What a CSV file is and what its rows must be, as plain values: what the import tells the engine that reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "place", "identifier", "number", "time", "flag"]
"""``place`` is text of which a bare "On or near" names nothing; ``identifier`` is 64 hexadecimal digits, held as their
bytes (another text as its own); a ``flag`` is True or False."""


@dataclass(frozen=True)
class CsvFile:
    """A file in UTF-8 and its header, in its order. ``rows_numbered``: each row begins with its number in the original."""

    path: str
    header: tuple[str, ...]
    rows_numbered: bool = False


@dataclass(frozen=True)
class CsvColumn:
    """A column of the store: its name there, in the file, and its type. Where the file lacks it, it is empty."""

    name: str
    source: str
    type: ColumnType


@dataclass(frozen=True)
class Matches:
    """The value is written like this (a regular expression, in full). ``usual`` is one that is, and nearly all are.

    ``longest`` is the most characters that it may have. It is not said in the pattern: to make ready a count of so many
    takes longer than to read a small force's month.
    """

    reason: str
    column: str
    pattern: str
    usual: str = ""
    may_be_empty: bool = False
    longest: int | None = None


@dataclass(frozen=True)
class OneOf:
    """The value is one of these; ``any_case``: however its capitals stand (the values are then small letters)."""

    reason: str
    column: str
    values: tuple[str, ...]
    may_be_empty: bool = False
    any_case: bool = False


@dataclass(frozen=True)
class IsNumber:
    """The value is a number, or empty."""

    reason: str
    column: str


@dataclass(frozen=True)
class InBounds:
    """The number in each of these columns lies between its two bounds, both in; a missing one is not held against it."""

    reason: str
    bounds: dict[str, tuple[float, float]] = field(hash=False)


@dataclass(frozen=True)
class IsTime:
    """The value is a time."""

    reason: str
    column: str


@dataclass(frozen=True)
class InTime:
    """The time lies between these two (UTC, written as ``2023-07-01 00:00:00``), both in."""

    reason: str
    column: str
    first: str
    last: str


Rule = Matches | OneOf | IsNumber | InBounds | IsTime | InTime
"""A row that breaks one is refused for its ``reason``. ``column`` is the column's name in the file."""


@dataclass(frozen=True)
class MonthRows:
    """What the rows of a file become: those of one force and month (``YYYY-MM``), with the rules they must keep.

    Each row gets the first reason, in the order of the rules, that refuses it.
    """

    force: str
    month: str
    columns: tuple[CsvColumn, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class RowCounts:
    """Rows read and refused; of the rest those without LSOA, without point, with a code first given in 2021, with no place,
    with a Crime ID, and with one that stood before in the file.

    A kind that has no column for it counts none.
    """

    read: int
    refused: int
    without_lsoa: int
    without_point: int
    with_2021_code: int
    without_location: int
    with_id: int
    repeating_id: int


@dataclass(frozen=True)
class Refusal:
    """One reason: how many rows it refused, the numbers of the first of them, and what stood in the first."""

    reason: str
    count: int
    rows: tuple[int, ...]
    value: str
