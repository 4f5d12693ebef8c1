"""The rows of a store: what may be asked of them, and by which engine it is answered."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from analysis.model.errors import AnalysisError
from analysis.model.vocabulary import Kind
from data.damage import damaged_month
from data.engines.choosing import chosen_engine, named_tables
from data.engines.duckdb import DuckDBEngine
from data.engines.port import (
    EVERY_INCIDENT,
    Engine,
    First,
    ForceWork,
    Question,
    RowsUnreadableError,
    RowsWanted,
)
from data.police_uk.kept_counts import counts_of
from data.police_uk.manifest import MonthRecord, month_file
from data.police_uk.place_counts import COUNT_KEYS, PlaceCounts, counts_of_files, counts_of_table
from data.store.catalogue import catalogue_question, catalogue_records
from data.store.store_folder import StoreFolder

RETRIES = 3
"""Times that a read which an import got in the way of is tried again."""

READ_AGAIN = 600.0
"""Seconds for which tables of a catalogue are taken to hold what they held: nothing tells when somebody else fills them."""

if TYPE_CHECKING:
    from data.engines.duckdb import IbisTable

T = TypeVar("T")

_IBIS = DuckDBEngine()
"""What answers the few who still ask in Ibis, whichever engine answers the rest."""


class StoreRows(StoreFolder):
    """Every question to the rows of one force, in plain values; none of the answers is kept in memory.

    AnalysisError where no month of the kind is held or a column is not there; RefusedError, which names the month,
    where the data of one are damaged or gone.
    """

    @cached_property
    def _engine(self) -> Engine:
        # when it is first asked: a store is often opened only to be asked where it lies
        return chosen_engine()

    def count_by(self, force: str, keys: Sequence[str], wanted: RowsWanted = EVERY_INCIDENT) -> pd.DataFrame:
        """Return the incidents of a force by any columns of its rows: the keys and ``incidents``, in their order.

        One row for each combination that occurs, missing values (a row without an LSOA) last. Their types are those
        of `data.engines.port`. Not kept in memory.
        """
        return self._ask(force, wanted, lambda question: self._engine.count_by(question, keys))

    def rows(
        self,
        force: str,
        columns: Sequence[str],
        wanted: RowsWanted = EVERY_INCIDENT,
        *,
        order: Sequence[str] = (),
        first: First | None = None,
    ) -> pd.DataFrame:
        """Return these columns of a force's rows, ordered, the ``first`` of them where given.

        Order and types are those of `data.engines.port`; times are UTC. Not kept in memory.
        """
        return self._ask(force, wanted, lambda question: self._engine.rows(question, columns, order, first))

    def count(self, force: str, wanted: RowsWanted = EVERY_INCIDENT) -> int:
        """Return how many rows of a force are wanted."""
        return self._ask(force, wanted, self._engine.count)

    def distinct(self, force: str, column: str, wanted: RowsWanted = EVERY_INCIDENT) -> tuple[Any, ...]:
        """Return the values of a column in a force's rows, in order; None is last where a row has none."""
        return self._ask(force, wanted, lambda question: self._engine.distinct(question, column))

    def columns(self, force: str, kind: Kind = "street") -> tuple[str, ...]:
        """Return the names of the columns that rows of this kind have."""
        return self._ask(force, RowsWanted(kind), self._engine.columns)

    def each_force(
        self, forces: Sequence[str], keys: Sequence[str], work: ForceWork, wanted: RowsWanted
    ) -> pd.DataFrame:
        """Return what ``work`` makes of each of these forces' counts by ``keys``, beside each other, in their order."""

        return self._ask_all(forces, wanted, lambda questions: self._engine.each_force(questions, keys, work))

    def place_counts(self, force: str) -> PlaceCounts:
        """Return the incidents of a force by place, month and crime type, as kept beside its months.

        Months that are not kept are counted from their rows. Not kept in memory.
        """

        def read(question: Question) -> PlaceCounts:
            records = self._held(force, "street")
            if named_tables():  # what is kept was counted from files, and a table may name other ground
                return self._count_rows(question, records)
            return counts_of(self._root, force, records, lambda these: self._count_rows(question, these))

        return self._ask(force, EVERY_INCIDENT, read)

    def _count_rows(self, question: Question, records: Sequence[MonthRecord]) -> PlaceCounts:
        """Return the counts of these months, which are some of those of a question."""
        months = [record.key.period for record in records]
        if isinstance(self._engine, DuckDBEngine):
            files = [str(month_file(self._root, record)) for record in records]
            return counts_of_files(files, months)
        return counts_of_table(self._engine.count_by(question, COUNT_KEYS), months)

    def _ask(self, force: str, wanted: RowsWanted, ask: Callable[[Question], T]) -> T:
        return self._ask_all([force], wanted, lambda questions: ask(questions[force]))

    def _ask_all(
        self,
        forces: Sequence[str],
        wanted: RowsWanted,
        ask: Callable[[dict[str, Question]], T],
        tried: tuple[dict[str, Question], ...] = (),
    ) -> T:
        """Return what is asked of these forces' rows; where an import replaced a month just listed, list and ask again.

        Where the list is the one just tried, no import got in the way: the data of a month are damaged.
        """
        questions = {force: self._question(force, wanted) for force in forces}
        try:
            return ask(questions)
        except RowsUnreadableError as problem:
            if questions in tried[-1:] or len(tried) == RETRIES:
                records = [record for force in forces for record in self._held(force, wanted.kind)]
                raise damaged_month(self._engine, self._root, records) from problem
        self._look_again()
        return self._ask_all(forces, wanted, ask, (*tried, questions))

    def _records(self) -> list[MonthRecord]:
        """Return what is held: the records beside the months, else what stands in the tables that the environment names."""
        return self._catalogue()[0] if named_tables() else super()._records()

    def state(self) -> str:
        """Return a text that changes with every change of what the store holds, or the tables that the environment names."""
        held = super().state()
        return f"{held} {self._catalogue()[1]}" if named_tables() else held

    def _scan(self) -> list[Any]:
        stamps = super()._scan()
        return [*stamps, self._catalogue()[1]] if named_tables() else stamps

    def _look_again(self) -> None:
        self._tables_read = None
        super()._look_again()

    _tables_read: tuple[float, list[MonthRecord], str] | None = None

    def _catalogue(self) -> tuple[list[MonthRecord], str]:
        """Return what stands in the tables, looked at again after `READ_AGAIN`, and a mark that is another where that is."""
        with self._lock:
            now = time.monotonic()
            if self._tables_read is None or now - self._tables_read[0] > READ_AGAIN:
                records = catalogue_records(self._engine, named_tables())
                mark = hashlib.sha256(repr(records).encode()).hexdigest()[:16]
                self._tables_read = (now, records, mark)
            return self._tables_read[1:]

    def _records_of(self, force: str) -> list[MonthRecord]:
        if not named_tables():
            return super()._records_of(force)
        return [record for record in self._records() if record.force == force]

    def _keys(self) -> list[tuple[str, str, str]]:
        if not named_tables():
            return super()._keys()
        return [(record.kind, record.force, record.month) for record in self._records()]

    def _fingerprint(self) -> str:
        files = super()._fingerprint()
        if not named_tables():
            return files
        return hashlib.sha256(repr([files, *self._records()]).encode()).hexdigest()[:16]

    def _find_root(self) -> Path:
        # months of a catalogue are real ones: no demonstration takes their place
        return self.path if named_tables() else super()._find_root()

    def _question(self, force: str, wanted: RowsWanted) -> Question:
        root, table = self._root, named_tables().get(wanted.kind)
        if table is not None:
            return catalogue_question(wanted.kind, table, force, wanted)
        files = tuple(str(month_file(root, record)) for record in self._held(force, wanted.kind))
        if not files:
            raise AnalysisError(
                f"No {wanted.kind} month of {force} is held. Import a file of it from data.police.uk first."
            )
        return Question(files, wanted)

    def _held(self, force: str, kind: Kind) -> list[MonthRecord]:
        return [record for record in self._records_of(force) if record.kind == kind]

    def street(self, force: str) -> IbisTable:
        """Return every row of street-level data of one force as an Ibis table.

        Only until no page asks in Ibis any more; new code asks `count_by`, `rows` or `distinct`.
        """
        return self._table(force, "street")

    def outcomes(self, force: str) -> IbisTable:
        """Return every row of outcomes of one force as an Ibis table; see `street`."""
        return self._table(force, "outcomes")

    def stop_and_search(self, force: str) -> IbisTable:
        """Return every stop and search of one force as an Ibis table; its times are UTC. See `street`."""
        return self._table(force, "stop-and-search")

    def _table(self, force: str, kind: Kind) -> IbisTable:
        return self._ask(force, RowsWanted(kind), lambda question: _IBIS.table(question.files))
