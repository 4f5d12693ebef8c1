"""Any engine gives the same answers in the same form: on made rows with answers by hand, and on the real files.

To run another engine through it, add a line to ENGINES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from data.engines import beside
from data.engines.duckdb import DuckDBEngine
from data.engines.port import Engine, First, Question, RowsUnreadableError, RowsWanted
from tests.engines.asking import Tally, ask
from tests.engines.plain_engine import PlainEngine
from tests.made.spark_server import ConnectServer, why_not


@contextmanager
def in_place(folder: Path) -> Iterator[Engine]:
    """Spark in this process, over the store's own files."""
    from data.engines.spark import SparkEngine

    yield SparkEngine()


@contextmanager
def in_catalogue(folder: Path) -> Iterator[Engine]:
    """Spark over tables of its catalogue, which lie in this folder."""
    from tests.engines.spark_engines import CatalogueSpark

    yield CatalogueSpark("local[*]", folder)


@contextmanager
def by_connect(folder: Path) -> Iterator[Engine]:
    """Spark on a Connect server of its own."""
    from data.engines.spark import SparkEngine

    server = ConnectServer(folder)
    try:
        yield SparkEngine(server.address)
    finally:
        server.stop()


ENGINES: dict[str, Callable[[], Engine]] = {
    "duckdb": DuckDBEngine,
    "plain": PlainEngine,
}
"""Engines that need nothing but to be made: a new one is a line here."""

SPARKS: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "spark": in_place,
    "spark-connect": by_connect,
    "spark-catalogue": in_catalogue,
}
"""Those that need Spark, which may not be installed, and a folder of their own."""

ORDER = ("month", "crime_type", "lsoa_code", "location", "source_row")


@pytest.fixture(
    scope="module", params=[*ENGINES, *(pytest.param(name, marks=pytest.mark.spark) for name in SPARKS)]
)
def engine(request, tmp_path_factory) -> Iterator[Engine]:
    if request.param in ENGINES:
        yield ENGINES[request.param]()
        return
    if reason := why_not():
        pytest.skip(f"Spark is not asked: {reason}")
    with SPARKS[request.param](tmp_path_factory.mktemp(request.param)) as spark:
        yield spark


# counts


def test_counts_come_in_the_order_of_their_keys_missing_last_and_identical_rows_count_each(engine, folder):
    counted = engine.count_by(ask(folder), ["month", "lsoa_code", "crime_type"])
    assert [*counted.columns] == ["month", "lsoa_code", "crime_type", "incidents"]
    first = counted.loc[counted["month"] == pd.Period("2023-03")]
    assert first.drop(columns="month").fillna("none").to_numpy().tolist() == [
        ["E01012266", "Burglary", 1],
        ["E01012267", "Anti-social behaviour", 2],
        ["E01012267", "Burglary", 2],
        ["E01012267", "Drugs", 1],
        ["none", "Anti-social behaviour", 1],
    ]
    assert len(counted) == 10 and counted["incidents"].sum() == engine.count(ask(folder)) == 14
    assert counted.index.tolist() == list(range(10))


def test_a_gap_is_no_row_and_never_a_zero(engine, folder):
    assert engine.count_by(ask(folder), ["month"])["month"].astype(str).tolist() == ["2023-03", "2023-05"]
    gap = ask(folder, period=Period.parse("2023-04"))
    assert engine.count(gap) == 0 and engine.count_by(gap, ["month"]).empty


def test_the_types_are_the_port_s_whatever_the_file_holds(engine, folder):
    keys = ["month", "longitude", "lsoa_code", "source_row"]
    counted = engine.count_by(ask(folder), keys)
    assert counted.dtypes.astype(str).tolist() == ["period[M]", "float64", "str", "int64", "int64"]
    nothing = engine.count_by(ask(folder, crime_types=()), keys)
    assert len(nothing) == 0 and nothing.dtypes.astype(str).tolist() == counted.dtypes.astype(str).tolist()
    searches = engine.rows(
        ask(folder, kind="stop-and-search"), ["searched_at", "outcome_linked", "longitude"]
    )
    assert searches.dtypes.astype(str).tolist() == ["datetime64[us, UTC]", "boolean", "float64"]
    assert searches["searched_at"].tolist() == [pd.Timestamp("2023-03-31 23:30", tz="UTC")] * 3
    assert searches["outcome_linked"].fillna(False).tolist() == [True, False, False]
    assert searches["outcome_linked"].isna().tolist() == [False, False, True]


# which rows


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"period": Period.parse("2023-03:2023-04")}, 7),
        ({"period": Period.parse("2023-05")}, 7),
        ({"crime_types": ("Burglary",)}, 6),
        ({"crime_types": ("Burglary", "Drugs"), "period": Period.parse("2023-03")}, 4),
        ({"crime_types": ()}, 0),
        ({"lsoa_codes": ("E01012267", "E01012266")}, 12),
        ({"lsoa_codes": ("E01012266",)}, 2),
        ({"lsoa_codes": ()}, 0),
        ({"last_outcomes": ("Under investigation",)}, 8),
        ({"last_outcomes": ("Under investigation", None)}, 14),
        ({"last_outcomes": (None,)}, 6),
        ({"last_outcomes": ()}, 0),
        ({"last_outcomes": ("'; DROP VIEW x; --",)}, 0),
        ({"last_outcomes": ("\\'; DROP VIEW x; --", "\\")}, 0),
    ],
)
def test_only_the_rows_wanted_are_counted(engine, folder, wanted, count):
    assert engine.count(ask(folder, **wanted)) == count
    assert engine.count_by(ask(folder, **wanted), ["crime_type"])["incidents"].sum() == count
    assert len(engine.rows(ask(folder, **wanted), ["month"])) == count


def test_a_force_and_a_kind_are_their_files(engine, folder):
    assert engine.distinct(ask(folder, "durham"), "force") == ("durham",)
    outcomes = ask(folder, kind="outcomes")
    assert engine.count_by(outcomes, ["outcome_type"]).to_numpy().tolist() == [["Local resolution", 3]]


# rows


def test_rows_come_in_order_and_the_first_of_them(engine, folder):
    columns = ["crime_type", "lsoa_code", "location", "source_row"]
    rows = engine.rows(ask(folder), columns, ORDER, First(5))
    assert rows.fillna("none").to_numpy().tolist() == [
        ["Anti-social behaviour", "E01012267", "On or near High Street", 2],
        ["Anti-social behaviour", "E01012267", "On or near High Street", 3],
        ["Anti-social behaviour", "none", "none", 4],
        ["Burglary", "E01012266", "On or near Écluse", 7],
        ["Burglary", "E01012267", "On or near High Street", 5],
    ]
    assert len(engine.rows(ask(folder), columns, ORDER)) == 14
    assert engine.rows(ask(folder), columns, ORDER, First(0)).empty


def test_the_first_rows_of_each_value_come_in_the_order_of_all(engine, folder):
    columns = ["lsoa_code", "crime_type", "source_row"]
    for of_each, wanted in (("crime_type", 2), ("lsoa_code", 1), ("lsoa_code", 3), ("crime_type", 0)):
        every = engine.rows(ask(folder), columns, ORDER)
        by_hand = every.groupby(of_each, dropna=False, sort=False).head(wanted).reset_index(drop=True)
        first = engine.rows(ask(folder), columns, ORDER, First(wanted, of_each))
        pd.testing.assert_frame_equal(first, by_hand, check_exact=True)


def test_rows_alike_in_what_is_asked_come_by_month_and_row(engine, folder):
    rows = engine.rows(ask(folder), ["month", "source_row"], ["crime_type"])
    assert rows["month"].astype(str).tolist()[:6] == ["2023-03"] * 3 + ["2023-05"] * 3
    assert rows["source_row"].tolist()[:6] == [2, 3, 4, 2, 3, 4]


def test_text_is_ordered_by_its_code_points(engine, folder):
    places = [*engine.distinct(ask(folder), "location")]
    assert places == ["On or near High Street", "On or near Zion Street", "On or near Écluse", None]


def test_an_identifier_is_its_bytes_and_comes_as_often_as_it_stands(engine, folder):
    rows = engine.rows(ask(folder, period=Period.parse("2023-03")), ["crime_id"])["crime_id"]
    assert rows.isna().sum() == 3
    assert rows.dropna().tolist() == [(1).to_bytes(32, "big")] * 4


def test_months_are_periods_wherever_they_are_asked(engine, folder):
    assert engine.distinct(ask(folder), "month") == (pd.Period("2023-03"), pd.Period("2023-05"))


# each force beside the others


def test_work_on_each_force_comes_in_the_order_asked_with_its_own_rows(engine, folder, monkeypatch):
    monkeypatch.setattr(beside, "FEW", 1)  # also from another process
    questions = {force: ask(folder, force) for force in ("durham", "cleveland")}
    keys = ["month", "lsoa_code", "crime_type"]
    table = engine.each_force(questions, keys, Tally())
    assert table.drop(columns="share").to_numpy().tolist() == [
        ["durham", "2023-03", 4, "Burglary", False],
        ["cleveland", "2023-05", 7, "BurglaryAnti-social behaviour", True],
        ["cleveland", "2023-03", 7, "BurglaryAnti-social behaviour", True],
    ]
    assert table["share"].fillna(-1).tolist() == [-1, 0.2, 0.2]
    assert table.dtypes.astype(str).tolist() == ["str", "str", "int64", "float64", "str", "boolean"]


# what cannot be answered


def test_a_column_that_is_not_there_is_said(engine, folder):
    assert engine.columns(ask(folder))[:3] == ("force", "month", "crime_id")
    for question in (
        lambda: engine.count_by(ask(folder), ["ward"]),
        lambda: engine.rows(ask(folder), ["month"], ["ward"]),
        lambda: engine.distinct(ask(folder), "ward"),
    ):
        with pytest.raises(AnalysisError, match=r"The rows of street have no column ward\. Ask for one of"):
            question()
    with pytest.raises(AnalysisError, match="The rows of stop-and-search have no column crime_type"):
        engine.count(ask(folder, kind="stop-and-search", crime_types=("Drugs",)))


def test_a_file_that_is_gone_or_spoiled_is_known(engine, folder, tmp_path):
    whole = ask(folder).files[0]
    assert engine.is_whole(whole, 7) and not engine.is_whole(whole, 8)
    spoiled = tmp_path / "a.parquet"
    spoiled.write_bytes(b"PAR1")
    for file in (str(spoiled), str(tmp_path / "none.parquet")):
        assert not engine.is_whole(file, 7)
        with pytest.raises(RowsUnreadableError):
            engine.count(replace(ask(folder), files=(file,)))


def test_many_threads_may_ask_at_once(engine, folder):
    with ThreadPoolExecutor(8) as readers:
        counts = readers.map(lambda _: engine.count_by(ask(folder), ["month"])["incidents"].sum(), range(24))
        assert set(counts) == {14}


# the real files: whatever engine, the answer of the plain one


REAL = RowsWanted(period=Period.parse("2023-01:2023-06"), crime_types=("Shoplifting", "Drugs"))


@pytest.fixture(scope="module")
def real(bare_store) -> Question:
    return ask(bare_store.path)


@pytest.mark.parametrize(
    "keys",
    [
        ("month", "lsoa_code", "lsoa_name", "crime_type"),
        ("longitude", "latitude", "lsoa_code"),
        ("month", "last_outcome"),
        ("location", "longitude", "latitude", "crime_type", "month"),
    ],
)
def test_the_counts_of_the_real_files_are_those_of_the_plain_engine(engine, real, keys):
    question = replace(real, wanted=REAL)
    assert engine.count(real) == 185_582
    pd.testing.assert_frame_equal(
        engine.count_by(question, keys), PlainEngine().count_by(question, keys), check_exact=True
    )


def test_the_rows_of_the_real_files_are_those_of_the_plain_engine(engine, real):
    question = replace(real, wanted=REAL)
    columns = engine.columns(real)
    assert columns == PlainEngine().columns(real)
    for first in (None, First(100), First(40, "crime_type"), First(3, "lsoa_code")):
        one, other = (each.rows(question, columns, ORDER, first) for each in (engine, PlainEngine()))
        assert len(one) > 50
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    assert engine.distinct(question, "last_outcome") == PlainEngine().distinct(question, "last_outcome")
