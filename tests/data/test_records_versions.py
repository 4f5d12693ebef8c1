from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.model.errors import RefusedError
from data.records import (
    current_records,
    current_version,
    keep_records,
    put_back,
    read_upload,
    record_versions,
    records_fingerprint,
    remove,
    versions,
)

KEY = "funding"
TODAY = dt.date(2024, 12, 31)
NOW = dt.datetime(2024, 12, 31, 12, tzinfo=dt.UTC)


def give(store: Path, amount: int, **options):
    text = f"programme,amount,from,to,places\nP,{amount},2023-10-01,2024-03-31,A; B\n"
    report = read_upload(KEY, f"{amount}.csv", text.encode(), today=TODAY)
    return keep_records(store, KEY, report, now=NOW, **options)


def amount(store: Path, today: dt.date = TODAY) -> float | None:
    held = current_records(store, KEY, today=today)
    return None if held is None else float(held["amount"].iloc[0])


def rows_on_disk(store: Path) -> int:
    return len(list((store / "records" / KEY).glob("*.parquet")))


def test_an_empty_store_holds_nothing_and_reading_it_writes_nothing(tmp_path):
    assert versions(tmp_path, KEY) == ()
    assert current_records(tmp_path, KEY) is None
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_takes_the_place_of_the_one_before_and_lists_come_back_as_they_were(tmp_path):
    give(tmp_path, 1)
    kept = give(tmp_path, 2)
    assert (kept.version, kept.file_name, kept.rows, kept.current) == (2, "2.csv", 1, True)
    assert amount(tmp_path) == 2
    assert current_records(tmp_path, KEY, today=TODAY)["places"].tolist() == [("A", "B")]


def test_the_last_ten_versions_are_kept(tmp_path):
    for n in range(1, 13):
        give(tmp_path, n)
    assert [v.version for v in versions(tmp_path, KEY, today=TODAY)] == list(range(12, 2, -1))
    assert rows_on_disk(tmp_path) == 10


def test_an_earlier_version_is_put_back_and_none_is_lost(tmp_path):
    give(tmp_path, 1)
    give(tmp_path, 2)
    before = records_fingerprint(tmp_path, today=TODAY)
    assert put_back(tmp_path, KEY, 1, today=TODAY).current
    assert amount(tmp_path) == 1
    assert records_fingerprint(tmp_path, today=TODAY) != before
    assert len(versions(tmp_path, KEY, today=TODAY)) == 2
    put_back(tmp_path, KEY, 2, today=TODAY)
    assert records_fingerprint(tmp_path, today=TODAY) == before


def test_a_version_that_is_not_held_is_refused_by_naming_those_that_are(tmp_path):
    give(tmp_path, 1)
    with pytest.raises(RefusedError, match="Versions held: 1"):
        put_back(tmp_path, KEY, 7, today=TODAY)
    with pytest.raises(RefusedError, match="Versions held: 1"):
        remove(tmp_path, KEY, 7)


def test_removed_for_good_means_that_the_rows_are_off_the_disk(tmp_path):
    give(tmp_path, 1)
    give(tmp_path, 2)
    remove(tmp_path, KEY, 2)
    assert amount(tmp_path) is None
    assert [v.version for v in versions(tmp_path, KEY, today=TODAY)] == [1]
    assert rows_on_disk(tmp_path) == 1
    assert give(tmp_path, 3).version == 3
    remove(tmp_path, KEY)
    assert not (tmp_path / "records" / KEY).exists()
    remove(tmp_path, KEY)


def test_records_are_deleted_after_their_last_day_and_earlier_versions_with_them(tmp_path):
    give(tmp_path, 1)
    give(tmp_path, 2, delete_after=dt.date(2025, 1, 31))
    assert amount(tmp_path, dt.date(2025, 1, 31)) == 2
    assert [v.delete_after for v in versions(tmp_path, KEY, today=TODAY)] == [dt.date(2025, 1, 31)] * 2
    give(tmp_path, 3)
    assert amount(tmp_path, dt.date(2025, 2, 1)) == 3
    assert rows_on_disk(tmp_path) == 1


def test_the_version_in_use_is_gone_after_its_last_day(tmp_path):
    give(tmp_path, 1, delete_after=dt.date(2025, 1, 31))
    assert amount(tmp_path, dt.date(2025, 2, 1)) is None
    assert rows_on_disk(tmp_path) == 0


def test_a_day_of_deletion_that_has_passed_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="has passed"):
        give(tmp_path, 1, delete_after=dt.date(2024, 12, 30))


def test_a_wrong_file_leaves_what_was_held_untouched(tmp_path):
    give(tmp_path, 1)
    before = {path: path.read_bytes() for path in (tmp_path / "records" / KEY).iterdir()}
    report = read_upload(KEY, "f.csv", b"programme,amount,from,to\nP,x,y,z\n", today=TODAY)
    with pytest.raises(RefusedError, match=r"No row of f\.csv was accepted"):
        keep_records(tmp_path, KEY, report)
    with pytest.raises(RefusedError, match="read as funding, not actions"):
        keep_records(tmp_path, "actions", report)
    assert {path: path.read_bytes() for path in (tmp_path / "records" / KEY).iterdir()} == before


@pytest.mark.parametrize("written", [0, 1])
def test_a_write_that_is_cut_off_leaves_what_was_held_and_its_leavings_go_with_the_next(
    tmp_path, monkeypatch, written
):
    give(tmp_path, 1)
    real, calls = record_versions.write_file, []

    def cut_off(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) > written:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(record_versions, "write_file", cut_off)
    with pytest.raises(RefusedError, match="No space left"):
        give(tmp_path, 2)
    assert amount(tmp_path) == 1
    monkeypatch.undo()
    give(tmp_path, 3)
    assert amount(tmp_path) == 3
    assert rows_on_disk(tmp_path) == 2


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"last": 1}', '{"last": 1, "versions": [{}]}', '{"last": 1, "versions": [3]}'],
)
def test_a_damaged_list_of_versions_is_said_and_can_be_removed(tmp_path, text):
    give(tmp_path, 1)
    (tmp_path / "records" / KEY / "versions.json").write_text(text)
    with pytest.raises(RefusedError, match="damaged"):
        versions(tmp_path, KEY)
    remove(tmp_path, KEY)
    assert versions(tmp_path, KEY) == ()


def test_a_damaged_or_missing_table_is_said(tmp_path):
    give(tmp_path, 1)
    table = next((tmp_path / "records" / KEY).glob("*.parquet"))
    table.write_bytes(b"PAR1 nothing")
    with pytest.raises(RefusedError, match="damaged"):
        amount(tmp_path)
    table.unlink()
    with pytest.raises(RefusedError, match="damaged"):
        amount(tmp_path)


def test_the_list_of_versions_holds_no_rows_and_says_what_is_simulated(tmp_path):
    text = b"programme,amount,from,to\nSecret,1,2023-10-01,2024-03-31\n"
    report = replace(read_upload(KEY, "f.csv", text, today=TODAY), simulated=True)
    keep_records(tmp_path, KEY, report, now=NOW)
    listed = (tmp_path / "records" / KEY / "versions.json").read_text()
    assert "Secret" not in listed
    assert json.loads(listed)["versions"][0]["kept_at"] == "2024-12-31T12:00:00+00:00"
    assert current_version(tmp_path, KEY, today=TODAY).simulated
