"""The rows as DuckDB answers for them, asked through Ibis."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import duckdb
import ibis
import pandas as pd

from data.engines.beside import in_processes
from data.engines.duckdb_import import count_readable
from data.engines.expressions import counted, listed, values_of, wanted_rows
from data.engines.port import (
    ForceWork,
    Question,
    RowsUnreadableError,
    check_columns,
    plain_table,
    plain_values,
)

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
            return int(wanted_rows(rows, question.wanted).count().execute())

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        """Return the keys and ``incidents``, one row for each combination there is, in their order."""
        with self._rows(question) as rows:
            check_columns(rows.columns, keys, question.wanted)
            return plain_table(counted(rows, question.wanted, keys).to_pyarrow())

    def rows(
        self, question: Question, columns: Sequence[str], order: Sequence[str] = (), limit: int | None = None
    ) -> pd.DataFrame:
        """Return these columns of the rows, in order; the first ``limit`` of them where given."""
        with self._rows(question) as rows:
            check_columns(rows.columns, (*columns, *order), question.wanted)
            return plain_table(listed(rows, question.wanted, columns, order, limit).to_pyarrow())

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        """Return the values of a column, each once and in order, None last."""
        with self._rows(question) as rows:
            check_columns(rows.columns, [column], question.wanted)
            return plain_values(values_of(rows, question.wanted, column).to_pyarrow())

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the names of the columns of this kind."""
        with self._rows(question) as rows:
            return tuple(rows.columns)

    def is_whole(self, file: str, rows: int) -> bool:
        """Return whether this file holds so many rows and every value of them can be read."""
        return count_readable(self._database.cursor(), file) == rows

    def each_force(
        self, questions: Mapping[str, Question], keys: Sequence[str], work: ForceWork
    ) -> pd.DataFrame:
        """Return what ``work`` makes of each force's counts; in processes, as many as there are cores, at most `MOST_AT_ONCE`."""
        return in_processes(questions, keys, work, DuckDBEngine)

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
