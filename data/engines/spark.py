"""The rows as Spark answers for them, asked through Ibis: from the store's Parquet files, or tables of a catalogue."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import ibis
import pandas as pd
import pyarrow as pa

from analysis.model.errors import AnalysisError
from data.engines.catalogue import CatalogueTable
from data.engines.expressions import counted, listed, values_of, wanted_rows
from data.engines.port import (
    TIE_BREAK,
    First,
    ForceWork,
    Question,
    RowsUnreadableError,
    asked_of,
    check_columns,
    in_form,
    plain_table,
    plain_values,
)
from data.engines.spark_beside import by_force, spark_schema
from data.engines.spark_catalogue import quoted, read_table
from data.engines.spark_session import (
    LOCAL,
    LOST,
    Session,
    SparkLostError,
    answers,
    new_session,
    spark_errors,
)

T = TypeVar("T")

MOST_VIEWS = 60
"""Lists of files, or tables, that keep a name in the session: a view is a name and a plan, and no rows."""


class SparkEngine:
    """See `data.engines.port.Engine`. One session, begun at the first question, that all threads ask.

    ``address`` is ``local[*]`` (a driver in this process) or ``sc://host:port`` (Spark Connect). A session that ended is
    begun anew once; where that fails too, SparkLostError. Files must lie where Spark's workers can read them.
    """

    def __init__(self, address: str = LOCAL) -> None:
        self._address = address
        self._lock = threading.RLock()
        self._connection: ibis.BaseBackend | None = None
        self._session: Session | None = None
        self._views: OrderedDict[Hashable, ibis.Table] = OrderedDict()
        self._number = 0

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"  # an address may have a token in it

    def count(self, question: Question) -> int:
        """Return how many rows are wanted."""

        def ask(rows: ibis.Table) -> int:
            check_columns(rows.columns, (), question.wanted)
            counts = wanted_rows(rows, question.wanted).aggregate(rows=ibis._.count())
            return int(self._fetch(counts)["rows"][0].as_py())

        return self._ask(question, ask)

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        """Return the keys and ``incidents``, one row for each combination there is, in their order."""

        def ask(rows: ibis.Table) -> pd.DataFrame:
            check_columns(rows.columns, keys, question.wanted)
            return plain_table(self._fetch(counted(rows, question.wanted, keys)))

        return self._ask(question, ask)

    def rows(
        self,
        question: Question,
        columns: Sequence[str],
        order: Sequence[str] = (),
        first: First | None = None,
    ) -> pd.DataFrame:
        """Return these columns of the rows, in order; the ``first`` of them where given."""

        def ask(rows: ibis.Table) -> pd.DataFrame:
            check_columns(rows.columns, asked_of(columns, order, first), question.wanted)
            # what orders is fetched too, so that nothing stands over the order that Spark could take it from
            fetched = list(dict.fromkeys([*columns, *order, *TIE_BREAK]))
            table = plain_table(self._fetch(listed(rows, question.wanted, fetched, order, first)))
            return table[list(columns)]

        return self._ask(question, ask)

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        """Return the values of a column, each once and in order, None last."""

        def ask(rows: ibis.Table) -> tuple[object, ...]:
            check_columns(rows.columns, [column], question.wanted)
            return plain_values(self._fetch(values_of(rows, question.wanted, column)))

        return self._ask(question, ask)

    def columns(self, question: Question) -> tuple[str, ...]:
        """Return the names of the columns of this kind."""
        return self._ask(question, lambda rows: tuple(rows.columns))

    def is_whole(self, file: str, rows: int) -> bool:
        """Return whether this file holds so many rows and every value of them can be read."""

        def ask(held: ibis.Table) -> bool:
            # a count alone is read from the file's foot; a count of each column reads its values
            values = {name: held[name].count() for name in held.columns}
            return bool(
                self._fetch(held.aggregate(rows_of_it=held.count(), **values))["rows_of_it"][0].as_py()
                == rows
            )

        try:
            return self._ask(Question((file,)), ask)
        except RowsUnreadableError:
            return False

    def each_force(
        self, questions: Mapping[str, Question], keys: Sequence[str], work: ForceWork
    ) -> pd.DataFrame:
        """Return what ``work`` makes of each force's counts, by Spark's workers, which must have this project installed."""
        order = {force: at for at, force in enumerate(questions)}
        tables = {question.catalogue.table for question in questions.values() if question.catalogue}
        (table,) = tables or (None,)
        files = tuple(file for question in questions.values() for file in question.files)
        (wanted,) = {question.wanted for question in questions.values()}

        def ask(rows: ibis.Table) -> pd.DataFrame:
            check_columns(rows.columns, keys, wanted)
            chosen = rows.filter(rows.force.isin(list(questions)))
            connection, session = self._begun()
            counts = session.sql(connection.compile(counted(chosen, wanted, ["force", *keys])))
            made = counts.groupBy("force").applyInPandas(
                by_force(work, tuple(keys), dict(counts.dtypes)), spark_schema(work.columns)
            )
            answer = made.toArrow().to_pandas()
            answer["_force_at"] = answer["_force"].map(order)
            return in_form(answer.sort_values(["_force_at", "_row"], ignore_index=True), work.columns)

        return self._answer(table, lambda: self._table(table) if table else self._files(files), ask)

    def catalogue_months(self, table: CatalogueTable) -> pd.DataFrame:
        """Return one row a force and month of a table; see `data.engines.port.CatalogueEngine`."""

        def ask(rows: ibis.Table) -> pd.DataFrame:
            def how_many(name: str, test: Callable[[ibis.Table], ibis.expr.types.BooleanValue]) -> ibis.Value:
                return test(rows).sum() if name in rows.columns else ibis.literal(0)

            def said(name: str) -> ibis.Value:
                if name not in rows.columns:
                    return ibis.literal("")
                return ibis.ifelse(rows[name].min() == rows[name].max(), rows[name].max(), "")

            ids = rows.crime_id if "crime_id" in rows.columns else None
            months = rows.group_by(["force", "month"]).agg(
                rows=ibis._.count(),
                without_lsoa=how_many("lsoa_code", lambda t: _missing(t.lsoa_code)),
                without_point=how_many("longitude", lambda t: _missing(t.longitude) | _missing(t.latitude)),
                with_id=ibis.literal(0) if ids is None else ids.count(),
                different_ids=ibis.literal(0) if ids is None else ids.nunique(),
                release=said("release"),
                file_hash=said("file_hash"),
            )
            return plain_table(self._fetch(months.order_by(["force", "month"])))

        def looked_at_again() -> ibis.Table:
            # Spark lists the files of a table once a session, and a view keeps the list, though others have added some since
            session = self._begun()[1]
            session.catalog.refreshTable(".".join(map(quoted, table.name)))
            with self._lock:
                self._views.pop(table, None)  # not dropped: a question that is under way may name it
            return self._table(table)

        return self._answer(table, looked_at_again, ask)

    def close(self) -> None:
        """End the session."""
        with self._lock:
            session = self._session
            self._forget()
        if session is not None:
            session.stop()

    # how it is asked

    def _ask(self, question: Question, ask: Callable[[ibis.Table], T]) -> T:
        rows_of = question.catalogue
        if rows_of is None:
            return self._answer(None, lambda: self._files(question.files), ask)

        def rows() -> ibis.Table:
            table = self._table(rows_of.table)
            return table.filter(table.force == rows_of.force)

        return self._answer(rows_of.table, rows, ask)

    def _answer(
        self, table: CatalogueTable | None, rows: Callable[[], ibis.Table], ask: Callable[[ibis.Table], T]
    ) -> T:
        errors = spark_errors()
        try:
            return ask(rows())
        except errors as problem:
            self._drop_views()
            if self._session is not None and answers(self._session):
                raise _unanswered(table, problem) from problem
            self._forget()
        try:  # a server ends a session that was idle: a new one is begun, once
            return ask(rows())
        except errors as problem:
            if self._session is not None and answers(self._session):
                raise _unanswered(table, problem) from problem
            self._forget()
            raise SparkLostError(LOST) from None

    def _fetch(self, expression: ibis.Table) -> pa.Table:
        # not Ibis' own way to Arrow, which goes through pandas and loses the width of whole numbers
        connection, session = self._begun()
        return session.sql(connection.compile(expression)).toArrow()

    def _begun(self) -> tuple[ibis.BaseBackend, Session]:
        with self._lock:
            if self._connection is None or self._session is None:
                self._session = new_session(self._address)
                self._connection = ibis.pyspark.connect(self._session)
            return self._connection, self._session

    def _files(self, files: tuple[str, ...]) -> ibis.Table:
        gone = next((file for file in files if "://" not in file and not Path(file).exists()), None)
        if gone is not None and self._address.startswith("local"):
            raise RowsUnreadableError(_DAMAGED)
        return self._view(files, lambda session: _read_files(session, files))

    def _table(self, table: CatalogueTable) -> ibis.Table:
        return self._view(table, lambda session: read_table(session, table))

    def _view(self, key: Hashable, read: Callable[[Session], Any]) -> ibis.Table:
        """Return what is read as an Ibis table by a name of this session, kept for the next question."""
        connection, session = self._begun()
        with self._lock:
            if key in self._views:
                self._views.move_to_end(key)
                return self._views[key]
            self._number += 1
            name = f"town_centres_{id(self)}_{self._number}"
            read(session).createOrReplaceTempView(name)
            self._views[key] = connection.table(name)
            if len(self._views) > MOST_VIEWS:
                _, oldest = self._views.popitem(last=False)
                session.catalog.dropTempView(oldest.get_name())
            return self._views[key]

    def _drop_views(self) -> None:
        # Spark keeps what it saw of a list of files with the view
        with self._lock:
            self._views.clear()

    def _forget(self) -> None:
        with self._lock:
            self._connection, self._session = None, None
            self._views.clear()


def _missing(column: ibis.Value) -> ibis.expr.types.BooleanValue:
    return column.isnull()  # noqa: PD003  (Ibis has no isna)


_WORKER = (
    "A worker of Spark failed: this project, or what it needs, is not installed there, or its Python is another version. "
    "DEPLOY.md says how it is installed; Spark's own log says what failed."
)

_DAMAGED = "A file of the months held cannot be read. Import its month again."


def _unanswered(table: CatalogueTable | None, problem: BaseException) -> AnalysisError:
    from pyspark.errors import PythonException

    if isinstance(problem, PythonException):
        return AnalysisError(_WORKER)
    if table is None:
        return RowsUnreadableError(_DAMAGED)
    missing = "TABLE_OR_VIEW_NOT_FOUND" in str(problem) or "SCHEMA_NOT_FOUND" in str(problem)
    if missing:
        return AnalysisError(
            f"Spark's catalogue has no table {table.shown}, or this session may not see it. Check its name in "
            "TOWN_CENTRES_TABLES and the rights of the session."
        )
    return AnalysisError(
        f"Spark cannot read the table {table.shown}. Check that the session may read it, and look at Spark's own log."
    )


def _read_files(session: Session, files: Sequence[str]) -> Any:
    # a file's name is no pattern, and a folder that is called a=b no column
    reader = session.read.option("recursiveFileLookup", "true")
    return reader.parquet(*(re.sub(r"([\[\]{}*?\\])", r"\\\1", file) for file in files))
