"""What only Spark can do: end, lose a table, have another type. Each is a sentence, and none has an address in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import pytest

from analysis.model.errors import AnalysisError
from data.engines.catalogue import CatalogueRows, CatalogueTable
from data.engines.port import EVERY_INCIDENT, Question
from tests.engines.asking import ask
from tests.made.spark_server import ConnectServer, why_not

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(why_not()), reason=f"Spark is not asked: {why_not()}"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    from tests.engines.spark_engines import CatalogueSpark

    return CatalogueSpark("local[*]", tmp_path_factory.mktemp("tables"))


def table(spark, folder, **changed) -> CatalogueTable:
    from tests.engines.spark_engines import table_of

    return table_of(spark, folder / "street", "street", f"changed_{'_'.join(changed)}", **changed)


def rows_of(table: CatalogueTable, force: str = "cleveland") -> Question:
    return Question((), EVERY_INCIDENT, CatalogueRows(table, force))


def test_the_months_of_a_table_are_known_with_what_it_says_of_their_origin(spark, folder):
    plain = spark.catalogue_months(table(spark, folder, operation="operation"))
    assert plain[["force", "rows", "without_lsoa", "without_point", "with_id"]].to_numpy().tolist() == [
        ["cleveland", 7, 1, 1, 4],
        ["cleveland", 7, 1, 1, 4],
        ["durham", 4, 0, 0, 4],
    ]
    assert plain["month"].tolist() == [pd.Period(m) for m in ("2023-03", "2023-05", "2023-03")]
    assert plain["different_ids"].tolist() == [1, 1, 4]
    assert set(plain["release"]) == set(plain["file_hash"]) == {""}  # not known, and not made up
    from tests.engines.spark_engines import table_of

    said = table_of(
        spark, folder / "street", "street", "with origin", "'2024-08' AS release", "'ab' AS `file hash`"
    )
    months = spark.catalogue_months(said)
    assert set(months["release"]) == {"2024-08"} and set(months["file_hash"]) == {"ab"}


def test_a_table_that_is_not_there_is_named(spark, folder):
    here = table(spark, folder, location="location")
    gone = CatalogueTable(("made_police", "no `such` table; --"), here.columns)
    with pytest.raises(
        AnalysisError, match=r"Spark's catalogue has no table made_police.no `such` table; --"
    ):
        spark.count(rows_of(gone))


def test_a_column_of_another_type_or_not_there_is_named(spark, folder):
    odd = table(spark, folder, longitude="CAST(longitude AS STRING)")
    with pytest.raises(AnalysisError, match="has string in its column longitude, where a number is needed"):
        spark.count(rows_of(odd))
    without = table(spark, folder, crime_type="")
    with pytest.raises(AnalysisError, match=r"has no column crime_type\. Name a table or a view"):
        spark.count_by(rows_of(without), ["month"])


@dataclass(frozen=True)
class Failing:
    """A work that no worker can do."""

    columns: ClassVar = {"force": "text"}

    def __call__(self, force, counts):
        raise ValueError("a worker without what it needs")


def test_a_worker_that_cannot_do_its_work_is_told_apart_from_a_spoiled_file(spark, folder):
    with pytest.raises(AnalysisError, match="A worker of Spark failed: this project, or what it needs"):
        spark.each_force({"durham": ask(folder, "durham")}, ["month"], Failing())


def test_a_force_s_name_is_a_value_and_never_sql(spark, folder):
    here = table(spark, folder, location="location")
    assert spark.count(rows_of(here)) == 14
    assert spark.count(rows_of(here, "x' OR '1'='1")) == 0


def test_the_running_python_is_the_one_that_works_beside_spark(spark, folder):
    import sys

    spark.count(ask(folder))
    assert os.environ["PYSPARK_PYTHON"] == sys.executable


def test_a_session_that_dies_is_a_sentence_without_its_address(tmp_path, folder, capfd, caplog):
    from data.engines.spark import SparkEngine
    from data.engines.spark_session import SparkLostError

    server = ConnectServer(tmp_path)
    engine = SparkEngine(f"{server.address}/;x-made-up=secret-token")
    assert engine.count(ask(folder)) == 14
    server.stop()
    with pytest.raises(SparkLostError, match="Spark does not answer") as lost:
        engine.count(ask(folder))
    assert lost.value.__cause__ is None
    said = "".join([str(lost.value), repr(engine), *capfd.readouterr(), caplog.text])
    assert "secret-token" not in said and "127.0.0.1" not in said


def test_a_store_of_tables_has_the_cube_and_the_areas_of_the_store_of_files(
    spark, folder, monkeypatch, tmp_path
):
    from analysis.topics import coverage
    from data.desk import Desk
    from data.store import open_store

    files = Desk(open_store(folder))
    cube, state = files.store.cube("cleveland"), files.store.coverage("cleveland")
    table(spark, folder, last_outcome="last_outcome")
    monkeypatch.setenv("TOWN_CENTRES_ENGINE", "spark")
    monkeypatch.setenv("TOWN_CENTRES_TABLES", "street=made_police.changed_last_outcome")
    tables = Desk(open_store(tmp_path / "beside"))
    assert tables.forces() == files.forces() and not tables.simulated
    pd.testing.assert_frame_equal(tables.store.cube("cleveland"), cube)
    own = tables.store.coverage("cleveland")
    street = state.loc[state["kind"] == "street"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own.drop(columns="source"), street.drop(columns="source"))
    assert tables.areas("cleveland") == files.areas("cleveland")
    heads = " ".join(coverage.certificate(tables.case(tables.default_selection("cleveland"))).heads)
    assert "release not known, SHA-256 not known" in heads and "revisions not known" in heads
