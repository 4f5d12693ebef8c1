"""Every centre judged by Spark's workers: the table is the one that DuckDB's processes make, to the last digit."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from data.desk import Desk
from data.judged import read_judged
from data.store import open_store
from pages.judge import judge_country
from tests.made.small_country import areas_file, made_store
from tests.made.spark_server import why_not

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(why_not()), reason=f"Spark is not asked: {why_not()}"),
]


def test_spark_and_duckdb_give_the_same_table_of_every_centre(made_once, tmp_path, monkeypatch):
    def make(folder):
        made_store(folder)
        areas_file(folder)

    made = made_once("small-country", make)
    tables = {}
    for engine in ("duckdb", "spark"):
        monkeypatch.setenv("TOWN_CENTRES_ENGINE", engine)
        shutil.copytree(made / "store", tmp_path / engine)
        store = open_store(tmp_path / engine)
        judge_country(Desk(store), areas=made / "centres.toml")
        tables[engine] = read_judged(store.path).table
    assert (
        len(tables["duckdb"]) == 168 and tables["duckdb"]["verdict"].eq("fell more than similar places").any()
    )
    pd.testing.assert_frame_equal(tables["spark"], tables["duckdb"], check_exact=True)
