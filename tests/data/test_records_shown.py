"""What a version of a register showed is kept, so that the next one does not give away what it hid."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest

from analysis.model.errors import RefusedError
from data.records import (
    current_records,
    current_version,
    keep_records,
    published_records,
    put_back,
    read_upload,
    remove,
)

KEY = "retail-register"
TODAY = dt.date(2024, 12, 31)
FIRST = {"Baker": 20, "Grocer": 9, "Chemist": 3, "Cobbler": 5}


def give(store, **shops: int):
    lines = ["date,shop,locality,district,offence,value"]
    lines += [f"2024-02-05,{s},Market,Town,Theft,10" for s, n in shops.items() for _ in range(n)]
    report = read_upload(KEY, "register.csv", "\n".join(lines).encode(), today=TODAY)
    return keep_records(store, KEY, report)


def shown(store):
    version, table = current_version(store, KEY), current_records(store, KEY)
    return published_records(store, KEY, table, version.fingerprint)


def listed(store) -> dict[str, int]:
    return dict(shown(store).shops[["shop", "offences"]].to_numpy().tolist())


def ledger(store):
    return store / "records" / "shown" / f"{KEY}.json"


def test_what_one_version_hid_the_next_one_hides(tmp_path):
    give(tmp_path, **FIRST)
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 9}  # 8 at two that are not
    # alone, this version would list all four: the Cobbler's 5 would leave the Chemist's 3 of before
    give(tmp_path, **FIRST | {"Chemist": 8})
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 9}
    assert shown(tmp_path).whole["offences"].tolist() == [42]


def test_a_shop_that_changed_by_1_to_4_is_hidden_and_a_quarter_that_did_is_withheld(tmp_path):
    give(tmp_path, **FIRST)
    give(tmp_path, **FIRST | {"Grocer": 11, "Chemist": 8})
    assert listed(tmp_path) == {"Baker": 20}
    give(tmp_path, **FIRST | {"Grocer": 11, "Chemist": 8, "Baker": 22})
    assert listed(tmp_path) == {}
    assert len(shown(tmp_path).withheld) == 1  # 46 less 44


def test_a_quarter_that_an_earlier_version_may_hold_back_is_named_by_what_both_showed_alone(tmp_path):
    quarter = pd.Period("2024Q1")
    first, held_back = {}, {}
    # 3 and 5, or 4 and 4, are hidden: both first versions show the same, and so do both second ones
    for name, chemist, cobbler in (("one", 3, 5), ("two", 4, 4)):
        store = tmp_path / name
        give(store, **FIRST | {"Chemist": chemist, "Cobbler": cobbler})
        first[name] = listed(store), shown(store).held_back
        give(store, **FIRST | {"Chemist": chemist + 5, "Cobbler": cobbler})
        held_back[name] = listed(store), shown(store).held_back
        put_back(store, KEY, 1)
        assert shown(store).held_back == set()
    assert first["one"] == first["two"] == ({"Baker": 20, "Grocer": 9}, set())
    assert held_back["one"] == held_back["two"] == ({"Baker": 20, "Grocer": 9}, {quarter})


def test_a_register_that_is_given_again_as_it_was_is_held_back_by_nothing(tmp_path):
    give(tmp_path, **FIRST)
    give(tmp_path, **dict(reversed(FIRST.items())))
    assert shown(tmp_path).held_back == set()


def test_a_quarter_that_has_only_grown_by_few_is_withheld_and_named(tmp_path):
    give(tmp_path, **FIRST)
    give(tmp_path, **FIRST | {"Baker": 22})
    assert shown(tmp_path).withheld == shown(tmp_path).held_back == {pd.Period("2024Q1")}


def test_a_version_that_is_put_back_shows_what_it_showed(tmp_path):
    give(tmp_path, **FIRST)
    before = listed(tmp_path)
    give(tmp_path, **FIRST | {"Grocer": 30})
    put_back(tmp_path, KEY, 1)
    assert listed(tmp_path) == before
    put_back(tmp_path, KEY, 2)
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 30}


def test_a_version_that_was_shown_counts_after_it_is_removed_and_no_name_is_kept_for_it(tmp_path):
    give(tmp_path, **FIRST)
    remove(tmp_path, KEY)
    give(tmp_path, **FIRST | {"Chemist": 8})
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 9}
    text = ledger(tmp_path).read_text(encoding="utf-8")
    assert not any(name in text for name in (*FIRST, "Market", "Town"))
    counts = [
        n for v in json.loads(text)["versions"] for q in v["quarters"].values() for n in q["counts"].values()
    ]
    assert not set(counts) & {1, 2, 3, 4}


def test_a_register_of_before_the_list_is_noted_when_the_next_one_comes(tmp_path):
    give(tmp_path, **FIRST)
    ledger(tmp_path).unlink()
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 9}
    give(tmp_path, **FIRST | {"Chemist": 8})
    assert listed(tmp_path) == {"Baker": 20, "Grocer": 9}


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"salt": "a", "versions": [{"fingerprint": "b", "quarters": 3}]}']
)
def test_a_damaged_list_shows_nothing_and_says_so(tmp_path, text):
    give(tmp_path, **FIRST)
    ledger(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match="is damaged, so nothing of it is shown"):
        shown(tmp_path)
    with pytest.raises(RefusedError, match="is damaged"):
        give(tmp_path, Baker=7)
    assert current_version(tmp_path, KEY).version == 1


def test_other_kinds_leave_no_list(tmp_path):
    text = b"programme,amount,from,to,places\nP,1,2023-10-01,2024-03-31,A; B\n"
    keep_records(tmp_path, "funding", read_upload("funding", "f.csv", text, today=TODAY))
    assert not (tmp_path / "records" / "shown").exists()
