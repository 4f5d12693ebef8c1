"""The rows as DuckDB answers for them, asked through Ibis."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from data.engines.beside import in_processes
from data.engines.duckdb_import import count_readable
from data.engines.port import (
    First,
    ForceWork,
    Question,
    RowsUnreadableError,
    asked_of,
    check_columns,
    plain_table,
    plain_values,
)

if TYPE_CHECKING:
    import ibis

    IbisTable = ibis.Table


def _expressions() -> ModuleType:
    """Return the room of expressions. Ibis takes a fifth of a second to import, and most processes ask for no row."""
    from data.engines import expressions

    return expressions


class DuckDBEngine:
    """See `data.engines.port.Engine`. One DuckDB in memory, which holds nothing but the names of files.

    Each question is asked over a cursor that nobody else asks over meanwhile: Streamlit runs each click in a thread of its
    own. A cursor is made in a tenth of the time of a connection, and shares what DuckDB keeps of the files; those that are
    free are taken again, with the view of the files that they were asked about last.
    """

    def __init__(self) -> None:
        self._mine = threading.local()
        self._free: list[_Cursor] = []

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        # made at the first question: a store is often opened only to be asked where it lies
        return duckdb.connect()

    def table(self, files: Sequence[str]) -> ibis.Table:
        """Return the rows of these files as an Ibis table, on a connection that the calling thread keeps.

        Only for pages that still ask in Ibis: an answer of the port is a plain table.
        """
        import ibis

        if not hasattr(self._mine, "connection"):
            self._mine.connection = ibis.duckdb.connect()
            self._mine.connection.raw_sql("SET enable_progress_bar = false")
        with _unreadable():
            return self._mine.connection.read_parquet(list(files))

    def count(self, question: Question) -> int:
        """Return how many rows are wanted."""
        with self._rows(question) as rows:
            check_columns(rows.columns, (), question.wanted)
            return int(_expressions().wanted_rows(rows, question.wanted).count().execute())

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        """Return the keys and ``incidents``, one row for each combination there is, in their order."""
        with self._rows(question) as rows:
            check_columns(rows.columns, keys, question.wanted)
            return plain_table(_expressions().counted(rows, question.wanted, keys).to_pyarrow())

    def rows(
        self,
        question: Question,
        columns: Sequence[str],
        order: Sequence[str] = (),
        first: First | None = None,
    ) -> pd.DataFrame:
        """Return these columns of the rows, in order; the ``first`` of them where given."""
        with self._rows(question) as rows:
            check_columns(rows.columns, asked_of(columns, order, first), question.wanted)
            return plain_table(
                _expressions().listed(rows, question.wanted, columns, order, first).to_pyarrow()
            )

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        """Return the values of a column, each once and in order, None last."""
        with self._rows(question) as rows:
            check_columns(rows.columns, [column], question.wanted)
            return plain_values(_expressions().values_of(rows, question.wanted, column).to_pyarrow())

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
        """Return what ``work`` makes of each force's counts; see `in_processes`."""
        return in_processes(questions, keys, work, DuckDBEngine)

    @contextmanager
    def _rows(self, question: Question) -> Iterator[ibis.Table]:
        """Give the rows of a question's files; the cursor is free again when it is answered, and let go where it is not."""
        try:
            cursor = self._free.pop()
        except IndexError:
            cursor = _Cursor(self._database)
        with _unreadable():
            yield cursor.rows(question.files)
        self._free.append(cursor)


class _Cursor:
    """A cursor with a view of the files that it was asked about last.

    A view holds the names of files and of their columns; the files themselves are read by each question.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        import ibis

        self._connection = ibis.duckdb.from_connection(database.cursor())
        self._connection.raw_sql("SET enable_progress_bar = false")
        self._files: tuple[str, ...] = ()
        self._view: ibis.Table | None = None

    def rows(self, files: tuple[str, ...]) -> ibis.Table:
        """Return the rows of these files."""
        if self._view is None or self._files != files:
            if self._view is not None:
                self._connection.raw_sql(f'DROP VIEW "{self._view.get_name()}"')
                self._view = None
            self._view, self._files = self._connection.read_parquet(list(files)), files
        return self._view


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as problem:
        raise RowsUnreadableError(
            "A file of the months held cannot be read. Import its month again."
        ) from problem
