"""The dated list of updates: what is written is what is read, whatever the numbers, and it never grows without end."""

from __future__ import annotations

import filelock
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import RefusedError
from analysis.model.revision import RevisedCount, RevisedVerdict, RevisedVerdicts
from analysis.model.vocabulary import CRIME_TYPES
from data.update import UpdateEntry, history, read_updates
from data.update.history import MOST_COUNTS, add_entry
from data.update.values import SHOWN, entry_of

WHEN = "2026-11-27T09:00:00+00:00"
MONTH = st.builds("{}-{:02}".format, st.integers(2011, 2030), st.integers(1, 12))
NUMBER = st.none() | st.integers(0, 10**6).map(float)
COUNT = st.builds(RevisedCount, st.text(max_size=20), st.sampled_from(CRIME_TYPES), MONTH, NUMBER, NUMBER)
VERDICT = st.builds(RevisedVerdict, *[st.text(max_size=20)] * 6)
ENTRY = st.builds(
    UpdateEntry,
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.sampled_from(["cleveland", "devon-and-cornwall"]),
    st.lists(MONTH, max_size=3, unique=True).map(tuple),
    st.lists(MONTH, max_size=3, unique=True).map(tuple),
    st.integers(0, 9),
    st.tuples(MONTH, MONTH),
    st.lists(COUNT, max_size=4).map(tuple),
    st.integers(0, 9),
    st.builds(RevisedVerdicts, st.integers(0, 99), st.lists(VERDICT, max_size=2).map(tuple)),
)


def made(number: int, counts: int = 1) -> UpdateEntry:
    cells = tuple(RevisedCount(f"Centre {at}", "Burglary", "2023-01", 2.0, 1.0) for at in range(counts))
    return UpdateEntry(WHEN, "cleveland", revised=("2023-01",), other_files=number, counts=cells)


@given(ENTRY)
def test_an_entry_comes_back_as_it_was_and_can_be_said(tmp_path_factory, entry):
    root = tmp_path_factory.mktemp("list")
    add_entry(root, entry)
    assert read_updates(root) == (entry,)
    assert entry_of(entry.to_dict()) == entry
    assert str(entry).startswith(entry.heading)


def test_entries_are_read_latest_first_and_as_many_as_are_asked_for(tmp_path):
    for number in range(5):
        add_entry(tmp_path, made(number))
    assert [each.other_files for each in read_updates(tmp_path)] == [4, 3, 2, 1, 0]
    assert [each.other_files for each in read_updates(tmp_path, 2)] == [4, 3]
    assert read_updates(tmp_path / "elsewhere") == ()


def test_a_revision_of_thousands_of_counts_keeps_some_and_says_how_many_more(tmp_path):
    kept = add_entry(tmp_path, made(1, counts=5000))
    assert (len(kept.counts), kept.counts_left) == (MOST_COUNTS, 5000 - MOST_COUNTS)
    assert read_updates(tmp_path) == (kept,)
    assert f"{5000 - SHOWN:,} more counts changed." in kept.sentences()
    assert len(kept.sentences()) == SHOWN + 1


def test_the_list_is_bounded_and_the_oldest_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "LARGEST", 2000)
    for number in range(60):
        add_entry(tmp_path, made(number))
    files = list((tmp_path / "updates").glob("*.jsonl"))
    assert len(files) == history.MOST_FILES + 1 and sum(file.stat().st_size for file in files) < 5 * 2000
    numbers = [each.other_files for each in read_updates(tmp_path)]
    assert numbers == list(range(59, 59 - len(numbers), -1)) and len(numbers) > 10


def test_lines_that_cannot_be_read_are_left_out_and_the_next_begins_anew(tmp_path):
    add_entry(tmp_path, made(1))
    with (tmp_path / "updates" / "updates.jsonl").open("ab") as file:
        file.write(
            b'[]\n{"when": 1}\n{"when": "no day", "force": "x", "new": [], "revised": []}\n\xff\n{"when": "20'
        )
    add_entry(tmp_path, made(2))
    assert [each.other_files for each in read_updates(tmp_path)] == [2, 1]


def test_a_list_in_use_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("data.append_only._LOCK_SECONDS", 0)
    add_entry(tmp_path, made(1))
    with (
        filelock.FileLock(tmp_path / "updates" / ".lock"),
        pytest.raises(RefusedError, match="update again in a minute"),
    ):
        add_entry(tmp_path, made(2))
