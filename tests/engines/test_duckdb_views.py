"""What DuckDB keeps from one question to the next is names alone: each answer is of the files as they are."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from data.engines.duckdb import DuckDBEngine
from data.engines.port import Question, RowsUnreadableError
from tests.engines.asking import ask


@pytest.fixture
def question(folder, tmp_path) -> Question:
    """A question to a copy of one month."""
    file = tmp_path / "month.parquet"
    shutil.copy(ask(folder).files[0], file)
    return replace(ask(folder), files=(str(file),))


def test_other_rows_under_the_same_name_are_the_answer(question):
    engine = DuckDBEngine()
    before, (file,) = engine.count(question), question.files
    pq.write_table(pq.read_table(file).slice(2), file)
    assert engine.count(question) == before - 2


def test_a_column_that_is_gone_under_the_same_name_is_known_after_it_was_asked_for(question):
    engine, (file,) = DuckDBEngine(), question.files
    assert "location" in engine.columns(question)
    pq.write_table(pq.read_table(file).drop_columns(["location"]), file)
    with pytest.raises(RowsUnreadableError):
        engine.rows(question, ["location"])
    assert "location" not in engine.columns(question)
    assert engine.count(question) > 0


def test_a_file_that_comes_back_is_read(question):
    engine, (file,) = DuckDBEngine(), question.files
    whole = engine.count(question)
    kept = shutil.move(file, f"{file}.away")
    with pytest.raises(RowsUnreadableError):
        engine.count(question)
    shutil.move(kept, file)
    assert engine.count(question) == whole
