"""A second engine, as plain as can be: every row read into pandas, every question answered there. Slow, and easy to read.

It is what the conformance suite holds the others against, and it passes the suite itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.engines.port import (
    TIE_BREAK,
    First,
    Question,
    RowsUnreadableError,
    asked_of,
    check_columns,
    in_form,
    plain_table,
)


class PlainEngine:
    def count(self, question: Question) -> int:
        return len(self._wanted(question, ()))

    def count_by(self, question: Question, keys: Sequence[str]) -> pd.DataFrame:
        rows = self._wanted(question, keys)
        counted = rows.groupby(list(keys), dropna=False).size().rename("incidents").reset_index()
        return counted.sort_values(list(keys), ignore_index=True, na_position="last")

    def rows(
        self,
        question: Question,
        columns: Sequence[str],
        order: Sequence[str] = (),
        first: First | None = None,
    ) -> pd.DataFrame:
        rows = self._wanted(question, asked_of(columns, order, first))
        ordered = rows.sort_values([*order, *TIE_BREAK], ignore_index=True, na_position="last")
        if first is not None:
            by_value = ordered.groupby(first.of_each, dropna=False, sort=False) if first.of_each else ordered
            ordered = by_value.head(first.number).reset_index(drop=True)
        return ordered[list(columns)]

    def distinct(self, question: Question, column: str) -> tuple[object, ...]:
        values = self._wanted(question, [column])[column]
        return (*sorted(values.dropna().unique()), *([None] if values.isna().any() else []))

    def columns(self, question: Question) -> tuple[str, ...]:
        return tuple(self._all(question).columns)

    def is_whole(self, file: str, rows: int) -> bool:
        try:
            return pq.ParquetFile(file).read().num_rows == rows
        except (OSError, pa.ArrowException):
            return False

    def each_force(self, questions, keys, work) -> pd.DataFrame:
        tables = [work(force, self.count_by(question, keys)) for force, question in questions.items()]
        return in_form(pd.concat(tables, ignore_index=True), work.columns)

    def _all(self, question: Question) -> pd.DataFrame:
        try:
            tables = [pq.ParquetFile(file).read() for file in question.files]
        except (OSError, pa.ArrowException) as problem:
            raise RowsUnreadableError("A file cannot be read.") from problem
        return plain_table(pa.concat_tables(tables, promote_options="permissive"))

    def _wanted(self, question: Question, named: Sequence[str]) -> pd.DataFrame:
        rows, wanted = self._all(question), question.wanted
        check_columns(tuple(rows.columns), named, wanted)
        if wanted.period is not None:
            rows = rows.loc[rows["month"].between(wanted.period.first, wanted.period.last)]
        if wanted.crime_types is not None:
            rows = rows.loc[rows["crime_type"].isin(wanted.crime_types)]
        if wanted.lsoa_codes is not None:
            rows = rows.loc[rows["lsoa_code"].isin(wanted.lsoa_codes)]
        if wanted.last_outcomes is not None:
            named_ones = [outcome for outcome in wanted.last_outcomes if outcome is not None]
            without = rows["last_outcome"].isna() if None in wanted.last_outcomes else False
            rows = rows.loc[rows["last_outcome"].isin(named_ones) | without]
        return rows
