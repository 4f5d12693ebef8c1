"""The import's quick half: a CSV file that is as police.uk writes it, read whole by Arrow and written as a month in Parquet.

Arrow keeps words as numbers into a list of them, so each rule is looked at once a word and not once a row. Only a file in
which nothing at all is out of the ordinary is read so: what is odd in any way is left to `data.engines.duckdb_import`,
which tells the rows and says why. What both take they hold alike (tests/engines/test_arrow_import.py).
"""

from __future__ import annotations

import binascii
import errno
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from analysis.model.ground import FIRST_2021_CODE
from data.engines.csv_rules import (
    ColumnType,
    CsvColumn,
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

ROW_GROUP = 122_880
"""Rows a group in Parquet: DuckDB's own, so that months are read alike whoever wrote them."""

_WORDS = pa.dictionary(pa.int32(), pa.string())
_TYPE = {"identifier": pa.string(), "number": pa.float64()}

_QUOTED = re.compile(rb'(?<![^,\n])"[^"\r\n]*"(?=[,\r\n]|\Z)')
"""A field in quotation marks with none inside it."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", re.ASCII)
"""A time as police.uk writes it."""

_ID_BYTES = 32
_FILTERED_BY = ["force", "month", "lsoa_code", "crime_type", "outcome_type"]
"""Columns of which each group of rows states the least and the most value: what readers leave rows out by."""

_STORED: dict[str, pa.DataType] = {"flag": pa.bool_(), "time": pa.timestamp("us")}


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Raise the system's own OSError where Arrow could not write: its words name paths on this machine."""
    try:
        yield
    except OSError as problem:
        raise OSError(problem.errno, os.strerror(problem.errno or errno.EIO)) from problem


@dataclass(frozen=True, eq=False)
class ArrowMonth:
    """The rows of one file, none of them refused: the month's columns, ``force`` and ``month`` before, ``source_row`` after.

    ``distinct_ids`` counts the Crime IDs that are unlike each other.
    """

    table: pa.Table
    distinct_ids: int

    def values(self, column: str) -> list[str]:
        """Return the texts that stand in a column, each once, in no order."""
        words: list[str] = _whole(self.table[column]).unique().drop_null().cast(pa.string()).to_pylist()
        return words

    def counts(self) -> RowCounts:
        """Return how many rows were read and lack something."""
        rows = len(self.table)
        with_id = rows - self._missing("crime_id") if "crime_id" in self.table.column_names else 0
        return RowCounts(
            rows, 0, self._missing("lsoa_code"), self._without_point(), self._with_2021_code(),
            self._missing("location"), with_id, with_id - self.distinct_ids,
        )  # fmt: skip

    def refusals(self, examples: int) -> list[Refusal]:
        """Return nothing: a file of which a row must be refused is not read so."""
        return []

    def repeated_ids(self, limit: int) -> list[str]:
        """Return the first Crime IDs that stand more than once, as the file writes them (in small letters)."""
        ids = [each for each in self.table["crime_id"].to_pylist() if each is not None]
        seen: dict[bytes, int] = {}
        for each in ids:
            seen[each] = seen.get(each, 0) + 1
        return [each.hex() for each, count in seen.items() if count > 1][:limit]

    def write(self, target: Path) -> None:
        """Write the rows as Parquet."""
        names = self.table.column_names
        words = [name for name in names if pa.types.is_dictionary(self.table.schema.field(name).type)]
        numbers = [name for name in names if pa.types.is_floating(self.table.schema.field(name).type)]
        # a path would be looked up in every kind of file system
        with _plain_errors(), pa.OSFile(str(target), "wb") as out:
            pq.write_table(
                self.table,
                out,
                # the bytes of a hash cannot be packed
                compression={name: "NONE" if name == "crime_id" else "zstd" for name in names},
                use_dictionary=[*words, *numbers],
                column_encoding={"source_row": "DELTA_BINARY_PACKED"},
                write_statistics=[name for name in _FILTERED_BY if name in names],
                row_group_size=ROW_GROUP,
                write_page_checksum=True,
                store_schema=False,
            )

    def _missing(self, column: str) -> int:
        return int(self.table[column].null_count) if column in self.table.column_names else 0

    def _without_point(self) -> int:
        longitude, latitude = (np.asarray(self.table[name].is_null()) for name in ("longitude", "latitude"))
        return int((longitude | latitude).sum())

    def _with_2021_code(self) -> int:
        if "lsoa_code" not in self.table.column_names:
            return 0
        column = _whole(self.table["lsoa_code"])
        if not pa.types.is_dictionary(column.type):  # the file has no such column
            return 0
        codes = column.dictionary
        number = pc.cast(pc.utf8_slice_codeunits(codes, 3), pa.int64())
        nation = pc.utf8_slice_codeunits(codes, 0, 1)
        new = np.zeros(len(codes) + 1, bool)  # the last for rows that have none
        for letter, first in FIRST_2021_CODE.items():
            new[:-1] |= np.asarray(pc.and_(pc.equal(nation, letter), pc.greater_equal(number, first)))
        return int(new[column.indices.fill_null(-1).to_numpy(zero_copy_only=False)].sum())


def read_month(data: bytes, header: Sequence[str], month: MonthRows) -> ArrowMonth | None:
    """Return the rows of a file's bytes, None where anything in it is not as police.uk writes it or breaks a rule.

    ``header`` is its first row. A mark of UTF-8 before it is no letter of it.
    """
    if not _is_plain(data):
        return None
    places = {name: f"f{at}" for at, name in enumerate(header)}
    types = {column.source: _TYPE.get(column.type, _WORDS) for column in month.columns}
    try:
        read = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, column_names=list(places.values()), skip_rows=1
            ),
            parse_options=arrow_csv.ParseOptions(
                quote_char='"' if b'"' in data else False, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={place: types.get(name, _WORDS) for name, place in places.items()},
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    if not len(read):  # a header alone
        return None
    rows = _Rows(read, places)
    return rows.month(month) if all(rows.keeps(rule) for rule in month.rules) else None


def _is_plain(data: bytes) -> bool:
    """Return whether each line is one row, whoever reads it: quotation marks are round whole fields, or there are none."""
    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    return b'"' not in data or b'"' not in _QUOTED.sub(b"", data)


class _OddError(Exception):
    """A column cannot be stored as it stands."""


class _Rows:
    """A file as Arrow read it, its columns by their names in the file."""

    def __init__(self, table: pa.Table, places: dict[str, str]) -> None:
        self._table = table
        self._column = {name: _whole(table[place]) for name, place in places.items()}

    def keeps(self, rule: Rule) -> bool:
        """Return whether every row keeps this rule; a column that is not in the file is empty."""
        match rule:
            case IsNumber():
                return True  # Arrow has read all as numbers
            case InBounds():
                return all(self._lies_within(name, *bounds) for name, bounds in rule.bounds.items())
            case _:
                words = self._words(rule.column)
                return not len(words) or _all_keep(rule, words)

    def month(self, month: MonthRows) -> ArrowMonth | None:
        """Return what is stored of these rows, None where an identifier is none that police.uk writes."""
        count = len(self._table)
        day = date.fromisoformat(f"{month.month}-01")
        columns = {
            "force": pa.DictionaryArray.from_arrays(np.zeros(count, np.int32), [month.force]),
            "month": pa.array(np.full(count, np.datetime64(day, "D"))),
        }
        distinct = 0
        try:
            for column in month.columns:
                if column.type == "identifier":
                    columns[column.name], distinct = self._ids(column)
                else:
                    columns[column.name] = self._stored(column)
        except _OddError:
            return None
        columns["source_row"] = pa.array(np.arange(2, count + 2, dtype=np.int32))
        return ArrowMonth(pa.table(columns), distinct)

    def _words(self, name: str) -> pa.Array:
        """Return the words of a column, each once, the empty one among them where a row has none."""
        column = self._column.get(name)
        if column is None:
            return pa.array([""] * bool(len(self._table)), pa.string())
        return (
            pa.concat_arrays([column.dictionary, pa.array([""], pa.string())])
            if column.null_count
            else column.dictionary
        )

    def _lies_within(self, name: str, low: float, high: float) -> bool:
        column = self._column.get(name)
        if column is None:
            return True
        numbers = column.drop_null().to_numpy()
        return bool(((numbers >= low) & (numbers <= high)).all())  # a number that is none (nan) is neither

    def _stored(self, column: CsvColumn) -> pa.Array:
        """Return a column as it is stored. Words that are stored alike are one word."""
        found = self._column.get(column.source)
        stored = _STORED.get(column.type)
        if found is None:
            return pa.nulls(
                len(self._table), stored or (pa.float64() if column.type == "number" else pa.string())
            )
        if column.type == "number":
            return found
        words = _stored_words(column.type, found.dictionary)
        if words is found.dictionary:
            return found
        encoded = words.dictionary_encode()
        joined = pa.DictionaryArray.from_arrays(encoded.indices.take(found.indices), encoded.dictionary)
        return joined.dictionary_decode() if stored else joined

    def _ids(self, column: CsvColumn) -> tuple[pa.Array, int]:
        """Return Crime IDs as their 32 bytes each, and how many are unlike each other. Raises _OddError."""
        found = self._column.get(column.source)
        if found is None:
            return pa.nulls(len(self._table), pa.binary()), 0
        present = found.is_valid().to_numpy(zero_copy_only=False)
        _, offsets, letters = found.buffers()
        starts = np.frombuffer(offsets, np.int32, len(found) + 1, 4 * found.offset)
        if not np.array_equal(np.diff(starts), np.where(present, 2 * _ID_BYTES, 0)):
            raise _OddError
        try:
            ids = binascii.unhexlify(memoryview(letters)[starts[0] : starts[-1]]) if letters else b""
        except binascii.Error as odd:
            raise _OddError from odd
        ends = np.concatenate([[0], np.cumsum(np.where(present, _ID_BYTES, 0))]).astype(np.int32)
        array = pa.Array.from_buffers(
            pa.binary(),
            len(found),
            [pa.array(present).buffers()[1] if found.null_count else None, pa.py_buffer(ends), pa.py_buffer(ids)],
            null_count=found.null_count,
        )  # fmt: skip
        return array, _distinct(ids)


def _distinct(ids: bytes) -> int:
    """Return how many of these, 32 bytes each, are unlike each other: eight bytes tell nearly all of them apart."""
    words = np.frombuffer(ids, np.uint64)[:: _ID_BYTES // 8].copy()
    words.sort()
    if not len(words) or (words[1:] != words[:-1]).all():
        return len(words)
    return len({ids[at : at + _ID_BYTES] for at in range(0, len(ids), _ID_BYTES)})


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _all_keep(rule: Matches | OneOf | IsTime | InTime, words: pa.Array) -> bool:
    """Return whether all of these words keep a rule. RE2 is the language of patterns here as in DuckDB."""
    match rule:
        case Matches():
            kept = pc.match_substring_regex(words, rf"\A(?:{rule.pattern})\z")
            if rule.longest is not None:
                kept = pc.and_(kept, pc.less_equal(pc.utf8_length(words), rule.longest))
            if rule.may_be_empty:
                kept = pc.or_(kept, pc.equal(words, ""))
        case OneOf():
            allowed = pa.array([*rule.values, *([""] if rule.may_be_empty else [])], pa.string())
            kept = pc.is_in(pc.utf8_lower(words) if rule.any_case else words, value_set=allowed)
        case IsTime():
            kept = pa.array([_time(word) is not None for word in words.to_pylist()])
        case InTime():
            first, last = (datetime.fromisoformat(each) for each in (rule.first, rule.last))
            times = [_time(word) for word in words.to_pylist()]
            kept = pa.array([time is not None and first <= time <= last for time in times])
    return bool(pc.all(kept).as_py())


def _stored_words(kind: ColumnType, words: pa.Array) -> pa.Array:
    """Return for each word what is stored of it, nothing where it says nothing; the words themselves where that is all."""
    if kind == "place":
        trimmed = pc.utf8_trim(words, " ")
        if not trimmed.equals(
            pc.utf8_trim_whitespace(words)
        ):  # a blank of another kind, of which DuckDB knows more
            raise _OddError
        empty = pc.is_in(trimmed, value_set=pa.array(["", "On or near"], pa.string()))
        return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)
    if kind == "flag":
        return pc.equal(pc.utf8_lower(words), "true")
    if kind == "time":
        return pa.array([_time(word) for word in words.to_pylist()], _STORED["time"])
    return words


def _time(word: str) -> datetime | None:
    """Return a time in UTC, None where the text is none as police.uk writes it."""
    if not _TIME.fullmatch(word):
        return None
    try:
        return datetime.fromisoformat(word).replace(tzinfo=None)
    except ValueError:
        return None
