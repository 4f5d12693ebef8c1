"""Tables of a catalogue are looked at again: whoever fills them tells nobody."""

from __future__ import annotations

import pandas as pd
import pytest

from data.engines.choosing import ENGINE, TABLES
from data.store import open_store, store_rows
from tests.engines.plain_engine import PlainEngine


class Tables(PlainEngine):
    """An engine with one table of street-level data, which others fill."""

    def __init__(self, *months: str) -> None:
        self.months, self.looks = list(months), 0

    def catalogue_months(self, table) -> pd.DataFrame:
        self.looks += 1
        told = {"rows": 5, "without_lsoa": 0, "without_point": 0, "with_id": 0, "different_ids": 0}
        months = [pd.Period(month, freq="M") for month in self.months]
        return pd.DataFrame({"force": "cleveland", "month": months, **told, "release": "", "file_hash": ""})


@pytest.fixture
def filled(tmp_path, monkeypatch):
    monkeypatch.setenv(ENGINE, "spark")
    monkeypatch.setenv(TABLES, "street=police.street")
    store = open_store(tmp_path)
    store._engine = Tables("2023-01")
    return store


def test_a_month_that_others_put_into_a_table_is_seen_when_its_time_has_come(filled, monkeypatch):
    january, february = (pd.Period(month, freq="M") for month in ("2023-01", "2023-02"))
    assert filled.months("cleveland") == (january,)
    before = filled.state(), filled.mark(), filled.fingerprint()
    filled._engine.months.append("2023-02")
    assert filled.months("cleveland") == (january,) and filled._engine.looks == 1
    monkeypatch.setattr(store_rows, "READ_AGAIN", -1.0)
    assert filled.months("cleveland") == (january, february)
    after = filled.state(), filled.mark(), filled.fingerprint()
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_a_table_that_holds_what_it_held_changes_no_state(filled, monkeypatch):
    before = filled.state(), filled.mark(), filled.fingerprint()
    monkeypatch.setattr(store_rows, "READ_AGAIN", -1.0)
    assert (filled.state(), filled.mark(), filled.fingerprint()) == before and filled._engine.looks > 1
