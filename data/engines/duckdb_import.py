"""The import's half of DuckDB: a CSV file read, typed and checked in one go, and written as a month in Parquet.

It takes what is odd in any way (`data.engines.arrow_import` takes the rest) and tells which rows are refused, and why.
What engines must be able to do is read what either wrote (`data.engines.port`). What a
file is and what its rows must be comes in as plain values (`data.engines.csv_rules`) and leaves as plain values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from analysis.model.ground import FIRST_2021_CODE
from data.engines.csv_rules import (
    ColumnType,
    CsvColumn,
    CsvFile,
    InBounds,
    InTime,
    IsNumber,
    IsTime,
    Matches,
    MonthRows,
    OneOf,
    Refusal,
    RowCounts,
    Rule,
)

MEMORY_LIMIT = "300MB"
"""For each of two workers; the largest real month needs about 100 MB."""

SHOWN = 40
"""Characters of a refused value that are kept."""

_SEPARATOR = "\x1f"
"""Stands between a reason and the value that was found (ASCII's unit separator, in no police.uk file)."""

_SQL_TYPE: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "place": "VARCHAR",
    "identifier": "BLOB",
    "number": "DOUBLE",
    "time": "TIMESTAMP",
    "flag": "BOOLEAN",
}


class CsvImport:
    """Reads one file after another into a table of its own; two of them may work side by side.

    A disk that is full, or a folder that cannot be written, is an OSError whatever DuckDB calls it.
    """

    def __init__(self, spill_folder: Path) -> None:
        self._columns: tuple[str, ...] = ()
        self._spill_folder = spill_folder
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def _con(self) -> duckdb.DuckDBPyConnection:
        """The connection, made when it is first used: most imports have no file for it."""
        if self._connection is None:
            self._connection = duckdb.connect(
                config={"threads": 1, "memory_limit": MEMORY_LIMIT, "temp_directory": str(self._spill_folder)}
            )
            self._connection.execute("SET enable_progress_bar = false")  # it would draw into --json
        return self._connection

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()

    def load(self, file: CsvFile, month: MonthRows) -> bool:
        """Read, type and check a file in place of the one before; return False where DuckDB cannot read it as CSV.

        That is a row with too few or too many fields, or another encoding.
        """
        self._columns = tuple(column.name for column in month.columns)
        with plain_errors():
            try:
                self._con.execute(f"CREATE OR REPLACE TEMP TABLE staged AS {_read(file, month)}")
            except (duckdb.InvalidInputException, duckdb.ConversionException):
                return False
        return True

    def values(self, column: str) -> list[str]:
        """Return the texts that stand in a column of the file read, each once, in no order."""
        return [value for (value,) in self._all(f"SELECT DISTINCT {column} FROM staged WHERE {column} <> ''")]

    def refuse(self, reason: str, column: str, values: Sequence[str]) -> None:
        """Refuse the rows in which one of these values stands and which nothing else refused."""
        with plain_errors():
            self._con.execute(
                f"UPDATE staged SET refused = {_text(reason + _SEPARATOR)} || left({column}, {SHOWN}) "
                f"WHERE refused IS NULL AND {column} IN (SELECT unnest(?))",
                [list(values)],
            )

    def counts(self) -> RowCounts:
        """Return how many rows were read, refused, and lack something."""
        new = " OR ".join(
            f"(lsoa_code[1] = {_text(nation)} AND TRY_CAST(lsoa_code[4:] AS INTEGER) >= {number})"
            for nation, number in FIRST_2021_CODE.items()
        )
        parts = ["count(*)", "count(refused)"]
        for needed, condition in (
            ("lsoa_code", "lsoa_code IS NULL"),
            ("longitude", "longitude IS NULL OR latitude IS NULL"),
            ("lsoa_code", new),
            ("location", "location IS NULL"),
        ):
            here = needed in self._columns
            parts.append(f"count(*) FILTER (refused IS NULL AND ({condition}))" if here else "0")
        if "crime_id" in self._columns:
            kept = "FILTER (refused IS NULL)"
            parts += [
                f"count(crime_id) {kept}",
                f"count(crime_id) {kept} - count(DISTINCT crime_id) {kept}",
            ]
        else:
            parts += ["0", "0"]
        return RowCounts(*self._all(f"SELECT {', '.join(parts)} FROM staged")[0])

    def refusals(self, examples: int) -> list[Refusal]:
        """Return what was refused by reason, in their order, each with the first ``examples`` row numbers."""
        found = self._all(
            "SELECT split_part(refused, ?, 1) AS reason, count(*), "
            "list(source_row ORDER BY source_row)[:?], "
            "split_part(first(refused ORDER BY source_row), ?, 2) FROM staged WHERE refused IS NOT NULL "
            "GROUP BY reason ORDER BY reason",
            [_SEPARATOR, examples, _SEPARATOR],
        )
        return [Refusal(reason, count, tuple(rows), value) for reason, count, rows, value in found]

    def repeated_ids(self, limit: int) -> list[str]:
        """Return the first Crime IDs that stand more than once among the rows kept, as the file writes them."""
        found = self._all(
            "SELECT crime_id FROM staged WHERE refused IS NULL AND crime_id IS NOT NULL "
            "GROUP BY crime_id HAVING count(*) > 1 ORDER BY min(source_row) LIMIT ?",
            [limit],
        )
        return [_id_text(bytes(crime_id)) for (crime_id,) in found]

    def write(self, target: Path) -> None:
        """Write the rows that no reason refused as Parquet."""
        with plain_errors():
            self._con.execute(
                "COPY (SELECT * EXCLUDE refused FROM staged WHERE refused IS NULL) "
                f"TO {_text(str(target))} (FORMAT parquet, COMPRESSION zstd)"
            )

    def is_whole(self, file: Path, rows: int) -> bool:
        """Return whether a month written before holds so many rows and every value of them can be read."""
        return count_readable(self._con, str(file)) == rows

    def _all(self, query: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with plain_errors():
            return self._con.execute(query, list(given)).fetchall()


def _id_text(crime_id: bytes) -> str:
    """Return a Crime ID as text: 32 bytes are the 64 hexadecimal digits that police.uk writes, others the text itself."""
    return crime_id.hex() if len(crime_id) == 32 else crime_id.decode("utf-8", errors="replace")


def count_readable(con: duckdb.DuckDBPyConnection, file: str) -> int | None:
    """Return how many rows a Parquet file has, None where a value of any of them cannot be read."""
    try:
        counted = con.execute(
            "SELECT count(*), bit_xor(hash(held)) FROM read_parquet(?) AS held", [file]
        ).fetchone()
    except duckdb.Error:
        return None
    return None if counted is None else int(counted[0])


@contextmanager
def plain_errors() -> Iterator[None]:
    """Raise the system's own OSError where DuckDB could not write: its words name paths on this machine."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as problem:
        number = re.search(r'"errno":"(\d+)"', str(problem))
        code = int(number[1]) if number else 0
        raise OSError(
            code, os.strerror(code) if number else "DuckDB ran out of memory or of space"
        ) from problem


def _read(file: CsvFile, month: MonthRows) -> str:
    """Return the SELECT that reads, types and checks: the columns, ``source_row`` and ``refused``.

    ``refused`` is NULL, or the reason, `_SEPARATOR` and the value found.
    """
    place = {name: f"f{i}" for i, name in enumerate(file.header)}
    names = [*(["source_row"] if file.rows_numbered else []), *(f"f{i}" for i in range(len(file.header)))]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    row = "source_row::INTEGER" if file.rows_numbered else "(row_number() OVER () + 1)::INTEGER"
    typed = [f"{_typed(column, place)} AS {column.name}" for column in month.columns]
    breaches = [_breach(rule, place) for rule in month.rules]
    refused = f"CASE {' '.join(breaches)} END" if breaches else "NULL::VARCHAR"
    return (
        f"SELECT {_text(month.force)} AS force, DATE '{month.month}-01' AS month, {', '.join(typed)}, "
        f"{row} AS source_row, {refused} AS refused "
        f"FROM read_csv({_text(file.path)}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"strict_mode=true, null_padding=false, parallel=false, columns={{{columns}}})"
    )


def _typed(column: CsvColumn, place: dict[str, str]) -> str:
    sql_type, value = _SQL_TYPE[column.type], place.get(column.source)
    if value is None:
        return f"NULL::{sql_type}"
    # trimming every field would cost a fifth of the import: the slow way strips them, and the fast way sends it
    # every file in which a row does not pass as it stands
    if column.type == "identifier":
        return f"CASE WHEN length({value}) = 64 THEN TRY(unhex({value})) ELSE encode(nullif({value}, '')) END"
    if column.type == "place":
        # a bare "On or near " names no place: about a tenth of the rows of some months
        return f"nullif(nullif(trim({value}), ''), 'On or near')"
    if column.type == "text":
        return f"nullif({value}, '')"
    return f"TRY_CAST({value} AS {sql_type})"


def _breach(rule: Rule, place: dict[str, str]) -> str:
    """Return the WHEN for rows that break this rule; a column that is not in the file is empty."""
    if isinstance(rule, InBounds):
        values = [place.get(name, "NULL") for name in rule.bounds]
        broken = " OR ".join(
            f"TRY_CAST({value} AS DOUBLE) NOT BETWEEN {low} AND {high}"
            for value, (low, high) in zip(values, rule.bounds.values(), strict=True)
        )
        return _when(broken, rule.reason, f"concat_ws(', ', {', '.join(values)})")
    value = place.get(rule.column, "NULL")
    return _when(_broken(rule, value), rule.reason, value)


def _broken(rule: Matches | OneOf | IsNumber | IsTime | InTime, value: str) -> str:
    match rule:
        case Matches():
            # the comparison spares nearly every row the regular expression
            odd = f"{value} IS DISTINCT FROM {_text(rule.usual)} AND " if rule.usual else ""
            wrong = f"NOT regexp_full_match(coalesce({value}, ''), {_text(rule.pattern)})"
            if rule.longest is not None:
                wrong = f"({wrong} OR length({value}) > {rule.longest})"
            return f"{odd}{value} <> '' AND {wrong}" if rule.may_be_empty else f"{odd}{wrong}"
        case OneOf():
            spelt = f"lower({value})" if rule.any_case else value
            allowed = ", ".join(map(_text, (*rule.values, *([""] if rule.may_be_empty else []))))
            return f"coalesce({spelt}, '') NOT IN ({allowed})"
        case IsNumber():
            return f"{value} <> '' AND TRY_CAST({value} AS DOUBLE) IS NULL"
        case IsTime():
            return f"TRY_CAST({value} AS TIMESTAMP) IS NULL"
        case InTime():
            return f"NOT TRY_CAST({value} AS TIMESTAMP) BETWEEN {_text(rule.first)} AND {_text(rule.last)}"


def _when(condition: str, reason: str, shown: str) -> str:
    return f"WHEN {condition} THEN {_text(reason + _SEPARATOR)} || left(coalesce({shown}, ''), {SHOWN})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
