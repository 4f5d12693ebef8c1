"""What a contract of records is made of: columns with a type, and how each type is written and held."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from analysis.model.publishing import Published, Shown
from analysis.records.demonstration import DemoInputs, DemoRow

ColumnType = Literal[
    "text",
    "list",
    "date",
    "time",
    "date-time",
    "duration",
    "count",
    "number",
    "money",
    "yes/no/when",
    "yes/no",
    "lsoa",
    "longitude",
    "latitude",
]
COLUMN_TYPES: tuple[ColumnType, ...] = get_args(ColumnType)

HELD_AS: dict[ColumnType, str] = {
    "text": "str",
    "list": "object",
    "date": "datetime64[us]",
    "time": "datetime64[us, Europe/London]",
    "date-time": "datetime64[us, Europe/London]",
    "duration": "float64",
    "count": "Int64",
    "number": "float64",
    "money": "float64",
    "yes/no/when": "boolean",
    "yes/no": "boolean",
    "lsoa": "str",
    "longitude": "float64",
    "latitude": "float64",
}
"""What a column of each type is in a checked table; a list is a tuple of text."""

HOW_TO_WRITE: dict[ColumnType, str] = {
    "text": "Words.",
    "list": "One or more items, with a semicolon between them.",
    "date": "A date, best as 2023-08-01 (in Excel: a date cell).",
    "time": "A time of day on the 24-hour clock, such as 22:15. Midnight at the end of a day is 24:00.",
    "date-time": "A date and a time of day, such as 2023-08-01 22:15.",
    "duration": "Hours and minutes, such as 1:15 or 1:15:00, or a whole number of minutes, 5 or more.",
    "count": "A whole number, 0 or more. Leave it blank when it is not known: blank is not nought.",
    "number": "A number, 0 or more. Leave it blank when it is not known.",
    "money": "Pounds, such as 135633 or £135,633.00.",
    "yes/no": "yes or no. Blank counts as no.",
    "yes/no/when": "yes, no, or the date on which it was done. Leave it blank when it is not known.",
    "lsoa": "The code of a lower layer super output area, such as E01012284.",
    "longitude": "Degrees east of Greenwich, such as -1.3050 (west is negative).",
    "latitude": "Degrees north, such as 54.5650.",
}


Row = dict[str, Any]
"""One row of read cells by column name; None is a blank one."""
RowRule = Callable[[Row], None]
Remarks = Callable[[pd.DataFrame, Sequence[str]], tuple[str, ...]]
Publish = Callable[[pd.DataFrame, Sequence[Mapping[str, Shown]], str], Published]


@dataclass(frozen=True)
class RecordColumn:
    """One column of a contract.

    ``required`` means that no row is taken without it. ``also`` are other headings it may stand under.
    ``past`` marks a date that cannot lie in the future. ``example`` is what the template shows. ``place`` marks
    names of places: "known" where only a place that the dashboard knows, or one with its own LSOA or point, can be
    counted, "any" where words of one's own may stand. ``name_of`` says what else bears the name (a shop, a programme). A row with a name
    that may not stand (`analysis.model.names`) is refused, whether it is needed or not.
    """

    name: str
    type: ColumnType
    required: bool
    meaning: str
    unit: str = ""
    also: tuple[str, ...] = ()
    past: bool = False
    example: str = ""
    label: str = ""
    place: Literal["", "known", "any"] = ""
    name_of: str = ""

    @property
    def heading(self) -> str:
        """The heading as templates and exports spell it."""
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that is read as this column, normalised."""
        return frozenset(normal_heading(text) for text in (self.name, self.heading, *self.also))


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its key (as in commands and file names), title, what a row is, and columns.

    ``complete`` is the row rule: it takes a row of read cells, completes it in place and raises a RefusedError
    whose sentence is the row's reason. ``remarks`` returns sentences on the accepted rows, given with their
    numbers in the file. ``demonstration`` makes simulated rows. ``repeats_refused`` is set where a row that
    stands twice cannot be two facts. ``together`` names columns of which none counts without the others.
    ``publish`` decides once a version what may be shown of it. ``rows_said`` is False where the number of rows, beside
    what is shown, could give a hidden count away.
    """

    key: str
    title: str
    row: str
    columns: tuple[RecordColumn, ...]
    notes: tuple[str, ...] = ()
    complete: RowRule | None = None
    remarks: Remarks | None = None
    demonstration: Callable[[DemoInputs], list[DemoRow]] | None = None
    repeats_refused: bool = False
    together: tuple[tuple[str, ...], ...] = ()
    publish: Publish | None = None
    rows_said: bool = True

    @property
    def required(self) -> tuple[RecordColumn, ...]:
        """The columns that every row must fill."""
        return tuple(column for column in self.columns if column.required)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> RecordColumn:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)


def normal_heading(text: str) -> str:
    """Return a heading in lower case with single underscores, so that spelling variants meet."""
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
