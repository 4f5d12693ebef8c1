"""The store's own part in a question to its rows: which files are asked, and what is said where they cannot be read."""

from __future__ import annotations

import pytest

from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.periods import Period
from data.engines.port import First
from data.store import RowsWanted, open_store


@pytest.fixture
def held(made, store):
    """A store that holds June 2023, and nothing but street-level data."""
    assert store.import_police_uk(made.street("2023-06", folder="held")).ok
    return store


def test_every_question_is_asked_of_the_months_held(held, made):
    held.import_police_uk(made.street("2023-07", made.rows("2023-07", count=2, **{"Crime type": "Drugs"})))
    assert held.count("cleveland") == 5
    assert held.count("cleveland", RowsWanted(period=Period.parse("2023-07"))) == 2
    assert held.count_by("cleveland", ["crime_type"])["incidents"].tolist() == [3, 2]
    assert held.distinct("cleveland", "crime_type") == ("Burglary", "Drugs")
    rows = held.rows("cleveland", ["month", "crime_type"], order=["crime_type"], first=First(4))
    assert rows["crime_type"].tolist() == ["Burglary"] * 3 + ["Drugs"]
    assert held.columns("cleveland")[-1] == "source_row"


def test_a_kind_or_a_force_that_is_not_held_is_said(held):
    with pytest.raises(AnalysisError, match="No outcomes month of cleveland is held"):
        held.count("cleveland", RowsWanted("outcomes"))
    with pytest.raises(AnalysisError, match="No street month of durham is held"):
        held.distinct("durham", "month")


def test_damaged_data_are_named(held):
    next((held.path / "street/cleveland").glob("*.parquet")).write_bytes(b"PAR1")
    with pytest.raises(
        RefusedError, match=r"2023-06\.\w+\.parquet: the data of this month .* damaged or gone"
    ):
        held.count_by("cleveland", ["month"])


def test_a_month_that_is_replaced_between_listing_and_reading_is_asked_again(held, made, monkeypatch):
    assert held.count("cleveland") == 3
    monkeypatch.setattr(held, "state", lambda: "as before")  # its own list stays as it was
    held.months("cleveland")
    report = open_store(held.path).import_police_uk(made.street("2023-06", made.rows("2023-06", count=7)))
    assert report.ok
    assert held.count("cleveland") == 7


def test_a_store_that_is_only_asked_where_it_lies_starts_no_engine(tmp_path, monkeypatch):
    monkeypatch.setattr("duckdb.connect", lambda *_: pytest.fail("an engine was started"))
    assert open_store(tmp_path).path == tmp_path and open_store(tmp_path).forces() == ()
