"""The import's half of DuckDB: rules as plain values, the first that is broken, and errors as the system words them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from analysis.model.errors import RefusedError
from data.damage import writing
from data.engines.csv_rules import CsvColumn, CsvFile, InBounds, IsNumber, Matches, MonthRows, OneOf, Refusal
from data.engines.duckdb_import import CsvImport, plain_errors

COLUMNS = (
    CsvColumn("kind", "Kind", "text"),
    CsvColumn("size", "Size", "number"),
    CsvColumn("note", "Note", "text"),
)
RULES = (
    OneOf("an odd kind", "Kind", ("a", "it's")),
    IsNumber("no number", "Size"),
    InBounds("too large", {"Size": (0, 9)}),
    Matches("an odd note", "Note", "[a-z]+", may_be_empty=True),
)


@pytest.fixture
def rows(tmp_path):
    reader = CsvImport(tmp_path / "spill")
    yield reader
    reader.close()


def load(rows: CsvImport, folder: Path, text: str) -> bool:
    file = folder / "it's a file.csv"
    file.write_text(text)
    header = tuple(text.split("\n", maxsplit=1)[0].split(","))
    return rows.load(CsvFile(str(file), header), MonthRows("made", "2023-07", COLUMNS, RULES))


def test_each_row_gets_the_first_reason_that_refuses_it(rows, tmp_path):
    assert load(rows, tmp_path, "Kind,Size\na,1\nit's,\nb,x\na,x\na,10\n,1\n")
    assert (rows.counts().read, rows.counts().refused) == (6, 4)
    assert rows.refusals(1) == [
        Refusal("an odd kind", 2, (4,), "b"),
        Refusal("no number", 1, (5,), "x"),
        Refusal("too large", 1, (6,), "10"),
    ]


def test_a_later_reason_takes_only_rows_that_no_rule_refused(rows, tmp_path):
    load(rows, tmp_path, "Kind,Size\na,1\nb,2\n")
    assert sorted(rows.values("kind")) == ["a", "b"]
    rows.refuse("it isn't wanted", "kind", ["a", "b"])
    assert [each.reason for each in rows.refusals(3)] == ["an odd kind", "it isn't wanted"]


def test_what_is_written_is_what_was_kept_with_the_file_s_rows_and_columns_it_lacks_empty(rows, tmp_path):
    load(rows, tmp_path, "Size,Kind\n1,a\n2,b\n,it's\n")
    target = tmp_path / "it's a month.parquet"
    rows.write(target)
    table = pq.read_table(target).to_pydict()
    assert {name: table[name] for name in ("kind", "size", "note", "source_row")} == {
        "kind": ["a", "it's"], "size": [1.0, None], "note": [None, None], "source_row": [2, 4],
    }  # fmt: skip
    assert rows.is_whole(target, 2) and not rows.is_whole(target, 3)


def test_a_ragged_file_is_not_loaded(rows, tmp_path):
    assert not load(rows, tmp_path, "Kind,Size\na,1,2,3\n")


def test_a_disk_that_is_full_is_the_system_s_own_error_and_its_sentence_names_no_path(tmp_path):
    said = 'IO Error: Could not write file "/x": No space left on device {"errno":"28"}'
    sentence = pytest.raises(RefusedError, match=r"cannot be written: No space left on device\.")
    with sentence as refusal, writing(tmp_path / "store"), plain_errors():
        raise duckdb.IOException(said)
    assert "/x" not in str(refusal.value)
    with pytest.raises(OSError, match="out of memory or of space"), plain_errors():
        raise duckdb.OutOfMemoryException("could not allocate block")
