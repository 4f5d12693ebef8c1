"""An update over Cleveland's real months: a revision's counts with both numbers, its verdicts with both words."""

from __future__ import annotations

import shutil

import pytest

from data.desk import Desk
from data.permitted import command_line, update_months
from data.records import keep_records, read_upload
from data.store import open_store
from data.update import read_updates
from data.update.before import keep_before, read_before
from pages.update.judging import judge
from tests.made.archive_server import ArchiveServer, real_files, write_edition

THORNABY = b",E01012284,"
STAYS, FELL = "much as similar places did", "fell more than similar places"


@pytest.fixture(scope="module")
def street(shared) -> dict[str, bytes]:
    files = real_files(shared)
    return {name: text for name, text in files.items() if "-street" in name and name >= "2022-07"}


def without(text: bytes, crime_type: bytes, most: int) -> bytes:
    """The file without the first rows of this type in Thornaby."""
    kept, gone = [], 0
    for line in text.splitlines(keepends=True):
        if gone < most and THORNABY in line and b"," + crime_type + b"," in line:
            gone += 1
        else:
            kept.append(line)
    return b"".join(kept)


@pytest.fixture
def updated(street, real_store, tmp_path, monkeypatch):
    """Return a function that publishes files as release 2024-07 and updates a copy of the real store with it."""
    folder = tmp_path / "served"
    folder.mkdir()
    shutil.copytree(real_store.path, tmp_path / "store")
    store = open_store(tmp_path / "store")

    def run(changed: dict[str, bytes]):
        write_edition(folder / "2024-07.zip", "2024-07", street | changed, ("durham",))
        (folder / "latest.zip").symlink_to("2024-07.zip")
        with ArchiveServer(folder) as server:
            monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", server.address)
            return update_months(command_line(), store, judge)

    run.store = store
    return run


def name_of(month: str) -> str:
    return f"{month}/{month}-cleveland-street.csv"


def test_two_counts_that_change_no_verdict_are_told_with_both_numbers(updated, street):
    months = {"2023-01": b"Burglary", "2023-03": b"Shoplifting"}
    report = updated({name_of(m): without(street[name_of(m)], kind, 1) for m, kind in months.items()})
    assert report.ok, str(report)
    [entry] = report.entries
    assert entry.revised == ("2023-01", "2023-03")
    assert [(each.month, each.crime_type) for each in entry.counts if each.area.startswith("Thornaby")] == [
        ("2023-01", "Burglary"),
        ("2023-03", "Shoplifting"),
    ]
    assert all(each.before - each.after == 1 for each in entry.counts)
    # three town centres and three proposals by eight types, at the periods of pages and review, which are the same
    assert (entry.verdicts.compared, entry.verdicts.changes) == (48, ())
    assert "No verdict changed, of 48 verdicts compared." in str(report)


def test_a_verdict_that_a_revision_changes_is_named_with_both_words(updated, street):
    months = [f"2024-0{month}" for month in range(1, 7)]
    changed = {name_of(m): without(street[name_of(m)], b"Anti-social behaviour", 99) for m in months}
    [entry] = updated(changed).entries
    assert "(Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023)" not in str(entry)
    [verdict] = entry.verdicts.changes
    assert (verdict.area, verdict.crime_type) == ("Thornaby Town Centre", "Anti-social behaviour")
    assert (verdict.before, verdict.after) == (STAYS, FELL)
    assert f"“{STAYS}” became “{FELL}”." in str(entry)
    assert read_updates(updated.store.path) == (entry,)


def test_a_new_month_changes_what_pages_open_with_and_judges_the_periods_shown_before(updated, street):
    july = street[name_of("2024-06")].replace(b",2024-06,", b",2024-07,")
    [entry] = updated({name_of("2024-07"): july}).entries
    assert (entry.new, entry.revised, entry.counts) == (("2024-07",), (), ())
    assert entry.periods_before == "Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023"
    assert entry.periods_after == "Aug 2023 – Jul 2024 against Aug 2022 – Jul 2023"
    assert entry.verdicts.periods == (entry.periods_before,)


def test_without_a_lookup_the_counts_are_told_and_why_no_verdict_is(
    bare_store, street, tmp_path, monkeypatch
):
    shutil.copytree(bare_store.path, tmp_path / "store")
    name = name_of("2023-01")
    write_edition(
        tmp_path / "2024-07.zip", "2024-07", {name: without(street[name], b"Burglary", 1)}, ("durham",)
    )
    (tmp_path / "latest.zip").symlink_to("2024-07.zip")
    with ArchiveServer(tmp_path) as server:
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", server.address)
        [entry] = update_months(command_line(), open_store(tmp_path / "store"), judge).entries
    assert [each.area for each in entry.counts][:1] == ["Thornaby Town Centre"]
    assert entry.verdicts.compared == 0 and "lookup" in entry.verdicts.note


def test_both_sides_are_judged_with_the_ground_that_is_patrolled_now(real_store, tmp_path):
    store = open_store(shutil.copytree(real_store.path, tmp_path / "store"))
    keep_before(store.path)
    log = b"Date,Hotspot,Start,End,LSOA\n2023-10-01,Hotspot,10:00,11:00,E01012026\n"
    keep_records(store.path, "patrol-log", read_upload("patrol-log", "log.csv", log))
    before, after = Desk(read_before(store.path), office=store), Desk(store)
    assert before.patrolled_ground("cleveland") == after.patrolled_ground("cleveland") != frozenset()
    assert not (read_before(store.path).path / "records").exists()
