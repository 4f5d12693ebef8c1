"""Which engine is asked follows from the environment, and a slip in it is said in a sentence."""

from __future__ import annotations

import importlib.util

import pytest

from analysis.model.english import listed
from analysis.model.errors import RefusedError
from data.engines import spark_session
from data.engines.catalogue import name_parts
from data.engines.choosing import NAMES, chosen_engine, named_tables
from data.engines.duckdb import DuckDBEngine
from data.store import open_store


@pytest.mark.parametrize("name", ["", "duckdb", " DuckDB "])
def test_duckdb_answers_unless_another_is_named(monkeypatch, name):
    monkeypatch.setenv("TOWN_CENTRES_ENGINE", name)
    assert isinstance(chosen_engine(), DuckDBEngine)


def test_an_engine_that_is_not_known_is_said_at_the_first_question_and_not_before(monkeypatch, tmp_path):
    monkeypatch.setenv("TOWN_CENTRES_ENGINE", "oracle")
    store = open_store(tmp_path)
    assert store.path == tmp_path and store.forces() == ()
    with pytest.raises(
        RefusedError, match=f"names no engine that is known. Set it to {listed(NAMES, 'or')},"
    ):
        chosen_engine()


def test_without_pyspark_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(spark_session, "find_spec", lambda name: None)
    with pytest.raises(RefusedError, match="Spark, which is not installed"):
        spark_session.check_spark("local[*]")


@pytest.mark.parametrize("address", ["http://here", "here:15002", "file:///x", "; rm -rf", "SC:/x"])
def test_an_address_of_no_known_kind_is_refused_without_repeating_it(monkeypatch, address):
    monkeypatch.setattr(spark_session, "find_spec", importlib.util.find_spec)
    monkeypatch.setattr(spark_session, "find_spec", lambda name: object())
    with pytest.raises(RefusedError, match="TOWN_CENTRES_SPARK is no address") as refusal:
        spark_session.check_spark(f"{address};token=secret")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("street", ("street",)),
        (" main.police.street ", ("main", "police", "street")),
        ("main.`a.b`.`c``d`", ("main", "a.b", "c`d")),
        ("main.x; DROP TABLE y", ("main", "x; DROP TABLE y")),  # a name like another: it is quoted
    ],
)
def test_a_table_s_name_comes_apart_at_its_dots_and_not_in_backquotes(text, parts):
    assert name_parts(text) == parts


@pytest.mark.parametrize("text", ["", " ", "a..b", "a.b.c.d", "`a", "a.`b`c", ".a", "a."])
def test_what_is_no_name_of_a_table_is_refused(text):
    with pytest.raises(RefusedError, match="is no name of a table"):
        name_parts(text)


def test_tables_are_read_by_kind_and_only_for_spark(monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_TABLES", "street=main.police.street, outcomes=`o.o`")
    assert named_tables() == {}
    monkeypatch.setenv("TOWN_CENTRES_ENGINE", "spark")
    assert named_tables() == {"street": ("main", "police", "street"), "outcomes": ("o.o",)}
    monkeypatch.setenv("TOWN_CENTRES_TABLES", "streets=x")
    with pytest.raises(RefusedError, match="TOWN_CENTRES_TABLES cannot be read"):
        named_tables()
