"""The state of a store: one stat says whether anything changed, whoever changed it; without its file all is as right."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from analysis.model.own_area import own_area
from data.demo import build_demonstration
from data.demo.demo_records import demo_csv
from data.records import keep_records, read_upload, remove
from data.state import STATE_FILE, changing, put_state_away
from data.store import open_store
from data.store.kept_areas import save_own_area
from tests.data.made_outlines import grid
from tests.made import forked

PROJECT = Path(__file__).parents[2]

OWN = """
[areas.high-street]
name = "High Street"
kind = "own"
force = "cleveland"
district = "Stockton-on-Tees"
ground = [{ lsoa_2011 = "E01012267", lsoa_2021 = "E01012267" }]
"""


@pytest.fixture
def held(made, store):
    """A store that holds June 2023 (three rows), with its months already in memory."""
    assert store.import_police_uk(made.street("2023-06")).ok
    assert [str(month) for month in store.months("cleveland")] == ["2023-06"]
    return store


def in_another_process(code: str, *given: Path | str) -> subprocess.CompletedProcess:
    return forked.python(code, *given)


IMPORTING = """
import sys
from data.store import open_store
assert open_store(sys.argv[1]).import_police_uk(sys.argv[2]).ok
"""


def test_an_import_in_another_process_is_seen(held, made):
    state, fingerprint = held.state(), held.fingerprint()
    child = in_another_process(IMPORTING, held.path, made.street("2023-07"))
    assert child.returncode == 0, child.stderr
    assert held.state() != state and held.fingerprint() != fingerprint
    assert [str(month) for month in held.months("cleveland")] == ["2023-06", "2023-07"]
    assert held.cube("cleveland")["incidents"].sum() == 6


def test_nothing_changed_is_the_same_state_in_every_process(held):
    child = in_another_process(
        "import sys; from data.store import open_store; print(open_store(sys.argv[1]).state())", held.path
    )
    assert child.stdout.strip() == held.state() == open_store(held.path).state()


def test_the_folder_is_not_looked_through_while_nothing_changes(held, monkeypatch):
    held.fingerprint(), held.mark()
    monkeypatch.setattr("data.store.store_folder.sidecars", lambda root: pytest.fail("it was looked through"))
    assert held.months("cleveland") and held.fingerprint() and held.state() and held.forces() and held.mark()
    assert not held.is_demonstration


@pytest.mark.parametrize("state_file", ["there", "absent"])
def test_areas_edited_by_hand_are_seen(held, state_file):
    if state_file == "absent":
        (held.path / STATE_FILE).unlink()
    assert "high-street" not in held.areas("cleveland")
    state, fingerprint = held.state(), held.fingerprint()
    (held.path / "areas.toml").write_text(OWN)
    assert "high-street" in held.areas("cleveland")
    assert held.state() != state and held.fingerprint() != fingerprint
    (held.path / "areas.toml").unlink()
    assert "high-street" not in held.areas("cleveland")


def test_every_change_of_ours_changes_the_state(held, made, tmp_path, monkeypatch):
    grid(2, 1).to_file(tmp_path / "lsoa.gpkg")
    head = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
    row = "E01012267,Stockton-on-Tees 014F,U,E01012267,Stockton-on-Tees 025C,E06000004,Stockton-on-Tees"
    (tmp_path / "l.csv").write_text(f"{head}{row}\n")
    report = read_upload("funding", "f.csv", demo_csv("funding"))
    changes = {
        "months": lambda: held.import_police_uk(made.street("2023-07")),
        "outlines": lambda: held.import_geography(tmp_path / "lsoa.gpkg"),
        "areas": lambda: save_own_area(
            held,
            own_area("Mine", ["E01012267"], held.ground("cleveland"), held.areas("cleveland"), "cleveland"),
        ),
        "records": lambda: keep_records(held.path, "funding", report),
        "records removed": lambda: remove(held.path, "funding"),
        "lookup": lambda: held.import_lookup(tmp_path / "l.csv"),
    }
    states, prints = [held.state()], [held.fingerprint()]
    for change in changes.values():
        change()
        states.append(held.state())
        prints.append(held.fingerprint())
    assert len(set(states)) == len(changes) + 1
    # records are no part of what the fingerprint names
    assert len(set(prints)) == len(changes) - 1


def test_a_change_that_leaves_the_same_files_keeps_what_is_in_memory(held, made):
    cube, state = held._counts("cleveland"), held.state()
    held.import_police_uk(made.street("2023-06"))
    assert held.state() != state
    assert held._counts("cleveland") is cube


def test_a_store_of_an_older_version_is_looked_through_and_gets_its_file_with_the_next_change(held, made):
    (held.path / STATE_FILE).unlink()
    state = held.state()
    assert state == held.state()
    other = open_store(held.path)
    assert other.import_police_uk(made.street("2023-07")).ok
    (held.path / STATE_FILE).unlink()  # as an older version imports
    assert held.state() != state
    assert len(held.months("cleveland")) == 2
    other.import_police_uk(made.street("2023-08"))
    assert (held.path / STATE_FILE).exists() and len(held.months("cleveland")) == 3


def test_reading_writes_nothing(held):
    (held.path / STATE_FILE).unlink()
    before = sorted(held.path.rglob("*"))
    held.cube("cleveland"), held.fingerprint(), held.state()
    assert sorted(held.path.rglob("*")) == before


def test_while_months_come_in_everybody_reads_the_last_whole_state(held, made):
    """Seen from another store object at the moment at which each file has been done."""
    reader, seen = open_store(held.path), []
    for month in ("2023-07", "2023-08"):
        made.street(month)
    made.street("2023-06", made.rows("2023-06", count=4))

    def look(done, total, file):
        seen.append((reader.state(), reader.count_by("cleveland", ["month"])["incidents"].tolist()))

    before = (reader.state(), [3])
    held.import_police_uk(made.folder, replace=True, progress=look)
    assert seen == [before] * 3
    assert reader.count_by("cleveland", ["month"])["incidents"].tolist() == [4, 3, 3]


def test_another_change_that_ends_in_the_midst_of_one_does_not_hide_what_follows(held, made):
    reader = open_store(held.path)
    made.street("2023-07")
    with changing(held.path):
        with changing(held.path):
            pass
        assert (held.path / STATE_FILE).exists()
        assert len(reader.months("cleveland")) == 1
        put_state_away(held.path)
        shutil.copy(held.path / "street/cleveland/2023-06.json", held.path / "street/cleveland/2023-05.json")
        reader.state()
        assert not (held.path / STATE_FILE).exists()


KILLED = """
import os, signal, sys
from data.police_uk import months
from data.store import open_store
months.FileResult = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
open_store(sys.argv[1]).import_police_uk(sys.argv[2])
"""


def test_a_killed_import_changes_nothing_and_the_next_takes_up_what_it_did(held, made):
    state = held.state()
    child = in_another_process(KILLED, held.path, made.street("2023-07"))
    assert child.returncode == -9, child.stderr
    assert held.state() == state and len(held.months("cleveland")) == 1
    report = held.import_police_uk(made.folder / "2023-07")
    assert [each.outcome for each in report.files] == ["unchanged"]
    assert len(held.months("cleveland")) == 2 and held.cube("cleveland")["incidents"].sum() == 6


def test_a_change_that_fails_is_marked_too_and_one_that_cannot_be_marked_leaves_no_state(
    tmp_path, monkeypatch
):
    with pytest.raises(ZeroDivisionError), changing(tmp_path):
        raise ZeroDivisionError
    assert (tmp_path / STATE_FILE).exists()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with changing(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == []
    with changing(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def test_changes_in_quick_succession_are_all_different(store):
    states = set()
    store.path.mkdir()
    for _ in range(200):
        with changing(store.path):
            pass
        states.add(store.state())
    assert len(states) == 200


def test_a_demonstration_that_comes_and_goes_is_seen(made, store):
    with changing(store.path):  # records were kept before there was a month
        store.path.mkdir()
    assert store.forces() == () and not store.is_demonstration
    build_demonstration(store.path)
    assert store.is_demonstration and store.forces() == ("cleveland",)
    store.import_police_uk(made.street("2023-07"))
    assert not store.is_demonstration and len(store.months("cleveland")) == 1


def test_readers_and_a_writer_at_once(made, store):
    """No reader ever keeps an answer of before a change as the answer after it."""
    store.import_police_uk(made.street("2023-06"))
    stop, wrong = threading.Event(), []

    def read():
        mine = open_store(store.path)
        while not stop.is_set():
            before = len(list((store.path / "street/cleveland").glob("*.json")))
            if len(mine.months("cleveland")) < before:
                wrong.append(before)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for month in range(1, 6):
        open_store(store.path).import_police_uk(made.street(f"2023-0{month}"))
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
