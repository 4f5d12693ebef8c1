"""What is asked of the rows of a force, and in what form the answer comes, whichever engine gives it.

A question names Parquet files of one force and kind and which of their rows are wanted; an answer is a plain table.
In every answer, from every engine:

- ``month`` is a pandas Period; a time is UTC and says so; text is pandas' ``str``, bytes stay bytes; a number with a
  fraction is float64, a whole number int64, yes-or-no pandas' ``boolean``; what is not there is missing, never empty text
- rows come in the order asked for, ascending, text by its code points, missing last
- identical rows are several incidents, and each is counted
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.model.vocabulary import Kind
from data.engines.catalogue import CatalogueRows, CatalogueTable


class RowsUnreadableError(AnalysisError):
    """A file of rows is gone or damaged. Whoever asked knows which months the files are, and says it in a sentence."""


@dataclass(frozen=True)
class RowsWanted:
    """Which rows of a force are wanted; None is any, an empty tuple is none.

    ``period`` has both ends in. ``lsoa_codes`` are of either vintage, as the rows name them; rows without one are then
    left out. A None among ``last_outcomes`` stands for the rows that have no outcome.
    """

    kind: Kind = "street"
    period: Period | None = None
    crime_types: tuple[str, ...] | None = None
    lsoa_codes: tuple[str, ...] | None = None
    last_outcomes: tuple[str | None, ...] | None = None


EVERY_INCIDENT = RowsWanted()
"""Every row of street-level data."""


@dataclass(frozen=True)
class Question:
    """Rows of these Parquet files, all of one force and kind; at least one file.

    With ``catalogue`` they are the rows of a force in a table of an engine's catalogue, and there are no files.
    """

    files: tuple[str, ...]
    wanted: RowsWanted = EVERY_INCIDENT
    catalogue: CatalogueRows | None = None


@dataclass(frozen=True)
class First:
    """The first so many rows in the order asked for; with ``of_each`` those of each value of this column, a missing one too."""

    number: int
    of_each: str = ""


class Engine(Protocol):
    """Whatever holds the rows. Each method may be called from any thread.

    A column that the kind does not have is an AnalysisError, a file that cannot be read a RowsUnreadableError.
    """

    def count(self, question: Question) -> int:
        """Return how many rows are wanted."""

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        """Return the keys and ``incidents``, one row for each combination there is, missing ones too, in their order."""

    def rows(
        self,
        question: Question,
        columns: Sequence[str],
        order: Sequence[str] = (),
        first: First | None = None,
    ) -> pd.DataFrame:
        """Return these columns of the rows, ordered by columns of the kind; the ``first`` of them where given.

        Rows alike in ``order`` come by month and row of their file, so that the order is total.
        """

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        """Return the values of a column, each once and in order; None comes last where a row has none."""

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the names of the columns of this kind, in the order of the data dictionary."""

    def is_whole(self, file: str, rows: int) -> bool:
        """Return whether this file holds so many rows and every value of them can be read."""

    def each_force(
        self, questions: Mapping[str, Question], keys: Sequence[str], work: ForceWork
    ) -> pd.DataFrame:
        """Return what ``work`` makes of the counts of each force (as `count_by` gives them), one force after another.

        It is done beside each other, in processes or on machines that the work is sent to: in the order of ``questions``
        whatever finishes first, with ``work.columns`` in the forms of every answer. A force without rows is left out.
        """


class ForceWork(Protocol):
    """What is done with one force's counts. It is pickled, and may be done by another process of the same Python."""

    @property
    def columns(self) -> Mapping[str, AnswerType]:
        """The columns that come out, with their types."""

    def __call__(self, force: str, counts: pd.DataFrame) -> pd.DataFrame:
        """Return the table of one force. What it raises ends the whole."""


AnswerType = Literal["text", "number", "whole", "flag"]

_FORMS: dict[AnswerType, str] = {"text": "str", "number": "float64", "whole": "int64", "flag": "boolean"}


def in_form(table: pd.DataFrame, columns: Mapping[str, AnswerType]) -> pd.DataFrame:
    """Return these columns of a table, in this order, in the forms that every answer has."""
    return pd.DataFrame({name: table[name].astype(_FORMS[kind]) for name, kind in columns.items()})


@runtime_checkable
class CatalogueEngine(Protocol):
    """An engine that finds tables by name, too. A table that is not there, or is of other types, is an AnalysisError."""

    def catalogue_months(self, table: CatalogueTable) -> pd.DataFrame:
        """Return one row a force and month of a table, in order: how many rows, and what the table says of their origin.

        Columns force, month, rows, without_lsoa, without_point, with_id, different_ids, release and file_hash (empty text
        where the table does not say, or says several). What a kind has no column for is 0.
        """


TIE_BREAK = ("month", "source_row")
"""In one force and kind no two rows are alike in both."""


def plain_table(answer: pa.Table) -> pd.DataFrame:
    """Return an engine's answer in the form that every answer has; ``month`` is its column of dates."""
    columns = {}
    for field in answer.schema:
        column = answer.column(field.name)
        if field.name == "month":
            days = pc.cast(column, pa.date32()).to_numpy()
            columns["month"] = pd.Series(pd.PeriodIndex(pd.DatetimeIndex(days), freq="M"))
        elif pa.types.is_timestamp(field.type):
            columns[field.name] = pc.cast(column, pa.timestamp("us", tz="UTC")).to_pandas()
        elif pa.types.is_integer(field.type):
            columns[field.name] = pc.cast(column, pa.int64()).to_pandas()
        elif pa.types.is_boolean(field.type):
            columns[field.name] = column.to_pandas().astype("boolean")
        elif pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            columns[field.name] = column.to_pandas().astype("str")
        else:
            columns[field.name] = column.to_pandas()
    return pd.DataFrame(columns)


def plain_values(answer: pa.Table) -> tuple[object, ...]:
    """Return the values of an answer of one column, None for what is missing."""
    (values,) = (column for _, column in plain_table(answer).items())
    return tuple(None if pd.isna(value) else value for value in values)


def asked_of(columns: Sequence[str], order: Sequence[str], first: First | None) -> list[str]:
    """Return every column that a question for rows names."""
    return [*columns, *order, *([first.of_each] if first is not None and first.of_each else [])]


def check_columns(columns: Sequence[str], named: Sequence[str], wanted: RowsWanted) -> None:
    """Raise AnalysisError where ``named``, or what is wanted of the rows, asks for a column that is not there."""
    asked = [*named]
    for column, values in (
        ("crime_type", wanted.crime_types),
        ("lsoa_code", wanted.lsoa_codes),
        ("last_outcome", wanted.last_outcomes),
    ):
        asked += [column] if values is not None else []
    missing = sorted(set(asked) - set(columns))
    if missing:
        raise AnalysisError(
            f"The rows of {wanted.kind} have no column {' or '.join(missing)}. "
            f"Ask for one of these: {', '.join(columns)}."
        )
