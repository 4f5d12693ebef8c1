from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from analysis.records import RECORD_KINDS
from analysis.records.contract import HELD_AS
from analysis.records.kinds.patrol_log import PATROL_LOG, overlapping_patrols
from data.demo.demo_records import demo_csv, demo_report, keep_demo_records
from data.records import current_records, current_version, read_upload, records_csv

KINDS = pytest.mark.parametrize("key", [kind.key for kind in RECORD_KINDS])


@pytest.fixture(scope="module")
def log():
    return demo_report("patrol-log").accepted


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    keep_demo_records(path)
    return path


def test_the_simulated_patrol_log_adds_up_to_the_published_table_exactly(log):
    table = log.groupby("hotspot")[["duration_minutes", "resident_engagements", "business_engagements"]].sum()
    table.insert(0, "patrols", log["hotspot"].value_counts())
    assert table.loc["Billingham Central"].tolist() == [408, 373 * 60 + 26, 141, 399]
    assert table.loc["Thornaby Town Centre"].tolist() == [356, 359 * 60 + 34, 109, 325]
    assert table.loc["Stockton Town Centre"].tolist() == [302, 327 * 60 + 26, 178, 89]
    assert table.sum().tolist() == [1066, 1060 * 60 + 26, 428, 813]


def test_the_simulated_patrols_run_from_august_2023_to_june_2024_without_overlap_or_idle_month(log):
    months = log.groupby("hotspot")["date"].agg(lambda days: days.dt.to_period("M").nunique())
    assert months.tolist() == [11, 11, 11]
    assert (log["date"].min(), log["date"].max()) >= (dt.datetime(2023, 8, 1), dt.datetime(2024, 6, 1))
    assert log["date"].max() <= dt.datetime(2024, 6, 30)
    assert not overlapping_patrols(log).any()


@KINDS
def test_demonstration_records_are_the_same_each_time_and_wholly_accepted(key):
    assert demo_csv(key) == demo_csv(key)
    report = demo_report(key)
    assert report.refused.empty
    assert report.dropped == ()
    assert report.simulated


def test_invented_shops_say_so_and_each_plan_has_its_shop_in_the_register():
    register, plans = demo_report("retail-register").accepted, demo_report("shop-plans").accepted
    assert register["shop"].str.startswith("Invented ").all()
    assert set(plans["shop"]) <= set(register["shop"])
    assert (register["shop"].value_counts() >= 6).any()


@KINDS
def test_what_is_held_is_exported_and_read_again_as_it_was(key, store):
    held = current_records(store, key)
    assert current_version(store, key).simulated
    kind = next(kind for kind in RECORD_KINDS if kind.key == key)
    assert [str(dtype) for dtype in held.dtypes] == [HELD_AS[column.type] for column in kind.columns]
    again = read_upload(key, "again.csv", records_csv(key, held))
    assert again.refused.empty
    assert again.accepted.equals(held)


def test_the_hour_that_comes_twice_survives_an_export():
    text = b"date,hotspot,start,end\n2023-10-29,A,01:30 BST,01:15 GMT\n2023-10-29,A,01:30 GMT,02:15\n"
    held = read_upload("patrol-log", "log.csv", text).accepted
    assert held["duration_minutes"].tolist() == [45, 45]
    assert read_upload("patrol-log", "log.csv", records_csv("patrol-log", held)).accepted.equals(held)


def test_the_dictionary_names_each_column_of_each_contract():
    path = Path(__file__).parents[2] / "data" / "dictionary_records.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [
        (kind.key, column.name, column.type, column.unit, column.meaning)
        for kind in RECORD_KINDS
        for column in kind.columns
    ]
    assert PATROL_LOG.key == rows[0][0]
