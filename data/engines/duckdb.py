"""The rows as DuckDB answers for them, asked through Ibis."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from data.engines.duckdb_counts import count_places
from data.engines.duckdb_import import count_readable
from data.engines.port import TIE_BREAK, Question, RowsUnreadableError, RowsWanted, check_columns, plain_table

IbisTable = ibis.Table


class DuckDBEngine:
    """See `data.engines.port.Engine`. One DuckDB in memory, which holds nothing but the names of files.

    Each thread asks over a cursor of its own: Streamlit runs each reader in a thread of its own, and a connection serves
    one. A cursor is made in a tenth of the time of a connection, and shares what DuckDB keeps of the files.
    """

    def __init__(self) -> None:
        self._mine = threading.local()

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        # made at the first question: a store is often opened only to be asked where it lies
        return duckdb.connect()

    def table(self, files: Sequence[str]) -> ibis.Table:
        """Return the rows of these files as an Ibis table, on a connection that the calling thread keeps.

        Only for pages that still ask in Ibis: an answer of the port is a plain table.
        """
        if not hasattr(self._mine, "connection"):
            self._mine.connection = ibis.duckdb.connect()
            self._mine.connection.raw_sql("SET enable_progress_bar = false")
        with _unreadable():
            return self._mine.connection.read_parquet(list(files))

    def count(self, question: Question) -> int:
        """Return how many rows are wanted."""
        with self._rows(question) as rows:
            check_columns(rows.columns, (), question.wanted)
            return int(_wanted(rows, question.wanted).count().execute())

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        """Return the keys and ``incidents``, one row for each combination there is, in their order."""
        with self._rows(question) as rows:
            check_columns(rows.columns, keys, question.wanted)
            counted = _wanted(rows, question.wanted).group_by(list(keys)).agg(incidents=ibis._.count())
            return plain_table(counted.order_by(list(keys)).to_pyarrow())

    def rows(
        self, question: Question, columns: Sequence[str], order: Sequence[str] = (), limit: int | None = None
    ) -> pd.DataFrame:
        """Return these columns of the rows, in order; the first ``limit`` of them where given."""
        with self._rows(question) as rows:
            check_columns(rows.columns, (*columns, *order), question.wanted)
            ordered = _wanted(rows, question.wanted).order_by(list(dict.fromkeys([*order, *TIE_BREAK])))
            shown = ordered if limit is None else ordered.limit(limit)
            return plain_table(shown.select(*columns).to_pyarrow())

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        """Return the values of a column, each once and in order, None last."""
        with self._rows(question) as rows:
            check_columns(rows.columns, [column], question.wanted)
            values = _wanted(rows, question.wanted).select(column).distinct().order_by(column)
            return tuple(
                None if pd.isna(value) else value for value in plain_table(values.to_pyarrow())[column]
            )

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the names of the columns of this kind."""
        with self._rows(question) as rows:
            return tuple(rows.columns)

    def count_places(self, files: Sequence[str]) -> pa.Table:
        """Return the incidents of these files by place, month and crime type (`data.engines.duckdb_counts`)."""
        return count_places(self._database.cursor(), files)

    def is_whole(self, file: str, rows: int) -> bool:
        """Return whether this file holds so many rows and every value of them can be read."""
        return count_readable(self._database.cursor(), file) == rows

    @contextmanager
    def _rows(self, question: Question) -> Iterator[ibis.Table]:
        """Give the rows of a question's files, as a view that is let go when the question is answered."""
        if not hasattr(self._mine, "cursor"):
            self._mine.cursor = ibis.duckdb.from_connection(self._database.cursor())
            self._mine.cursor.raw_sql("SET enable_progress_bar = false")
        with _unreadable():
            rows = self._mine.cursor.read_parquet(list(question.files))
            try:
                yield rows
            finally:
                self._mine.cursor.raw_sql(f'DROP VIEW "{rows.get_name()}"')


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as problem:
        raise RowsUnreadableError(
            "A file of the months held cannot be read. Import its month again."
        ) from problem


def _wanted(rows: ibis.Table, wanted: RowsWanted) -> ibis.Table:
    """Return the rows that are wanted; a filter names its column only where something is asked of it."""
    if wanted.period is not None:
        first, last = (month.to_timestamp().date() for month in (wanted.period.first, wanted.period.last))
        rows = rows.filter(rows.month >= first, rows.month <= last)
    if wanted.crime_types is not None:
        rows = rows.filter(rows.crime_type.isin(list(wanted.crime_types)))
    if wanted.lsoa_codes is not None:
        rows = rows.filter(rows.lsoa_code.isin(list(wanted.lsoa_codes)))
    if wanted.last_outcomes is not None:
        named = rows.last_outcome.isin([outcome for outcome in wanted.last_outcomes if outcome is not None])
        without = rows.last_outcome.isnull()  # noqa: PD003  (Ibis has no other)
        rows = rows.filter(named | without if None in wanted.last_outcomes else named)
    return rows
