"""A version is kept or dropped whole, wherever the work on it is cut off."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from data.demo.demo_records import demo_csv
from data.records import (
    current_records,
    current_version,
    keep_records,
    put_back,
    read_upload,
    record_versions,
    remove,
    versions,
)

KEY = "funding"
TODAY = dt.date(2024, 12, 31)
NOW = dt.datetime(2024, 12, 31, 12, tzinfo=dt.UTC)


def give(store: Path, amount: int, **options) -> None:
    text = f"programme,amount,from,to\nP,{amount},2023-10-01,2024-03-31\n"
    keep_records(store, KEY, read_upload(KEY, "f.csv", text.encode(), today=TODAY), now=NOW, **options)


def held(store: Path, today: dt.date = TODAY) -> list[int]:
    """The versions held, newest first; each of them can be read."""
    numbers = [version.version for version in versions(store, KEY, today=today)]
    in_use = current_version(store, KEY, today=today)
    if in_use is not None:
        assert len(current_records(store, KEY, today=today)) == 1
    for number in numbers:
        put_back(store, KEY, number, today=today)
        assert current_records(store, KEY, today=today) is not None
    return numbers


def on_disk(store: Path) -> int:
    return len(list((store / "records" / KEY).glob("*.parquet")))


class Cut(BaseException):
    """What a closed window or a killed process is to the work: no handler of errors sees it."""


def cut_at(monkeypatch, step: int) -> None:
    """Let the work stop before its step-th change to the disk."""
    steps = count(1)

    def guarded(real):
        def change(*arguments, **options):
            if next(steps) >= step:
                raise Cut
            return real(*arguments, **options)

        return change

    monkeypatch.setattr(record_versions, "write_file", guarded(record_versions.write_file))
    monkeypatch.setattr(record_versions.shutil, "rmtree", guarded(record_versions.shutil.rmtree))
    unlink, guarded_unlink = Path.unlink, guarded(Path.unlink)

    def let_go(path: Path, **options):
        # files under a hidden name, and the store's state, are no rows of anybody
        return (unlink if path.name.startswith(".") else guarded_unlink)(path, **options)

    monkeypatch.setattr(Path, "unlink", let_go)


def keep_another(store: Path) -> None:
    give(store, 5)


def remove_one(store: Path) -> None:
    remove(store, KEY, 3)


def remove_all(store: Path) -> None:
    remove(store, KEY)


def let_run_out(store: Path) -> None:
    versions(store, KEY, today=dt.date(2030, 1, 1))


BEFORE = [4, 3, 2]
CHANGES = [
    (keep_another, [5, 4, 3]),
    (remove_one, [4, 2]),
    (remove_all, []),
    (let_run_out, []),
]


@pytest.mark.parametrize(("change", "after"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
@pytest.mark.parametrize("step", range(1, 8))
def test_work_cut_off_at_any_step_leaves_all_of_it_or_none(tmp_path, monkeypatch, change, after, step):
    last_day = dt.date(2025, 1, 31) if change is let_run_out else None
    monkeypatch.setattr(record_versions, "MOST_VERSIONS", 3)
    for amount in range(1, 5):
        give(tmp_path, amount, delete_after=last_day)
    with monkeypatch.context() as patch:
        cut_at(patch, step)
        with suppress(Cut):
            change(tmp_path)
    today = dt.date(2030, 1, 1) if change is let_run_out and step > 1 else TODAY
    now_held = held(tmp_path, today)
    assert now_held in (BEFORE, after)
    # no row of a version that is not held outlives the next look at the store and the next write
    give(tmp_path, 99)
    assert on_disk(tmp_path) == min(len(now_held) + 1, 3)


def test_rows_being_deleted_are_known_of_until_they_are_gone(tmp_path, monkeypatch):
    give(tmp_path, 1)
    give(tmp_path, 2)
    with monkeypatch.context() as patch:
        cut_at(patch, 2)  # after the list, before the rows
        with pytest.raises(Cut):
            remove(tmp_path, KEY, 1)
    assert on_disk(tmp_path) == 2
    assert [version.version for version in versions(tmp_path, KEY, today=TODAY)] == [2]
    assert on_disk(tmp_path) == 1


def test_a_version_that_is_kept_is_not_called_refused_because_of_what_could_not_be_cleared(
    tmp_path, monkeypatch
):
    for amount in range(1, 11):
        give(tmp_path, amount)
    with monkeypatch.context() as patch:
        patch.setattr(
            record_versions.Versions, "_clear", lambda *_: (_ for _ in ()).throw(OSError(13, "busy"))
        )
        give(tmp_path, 11)
    assert held(tmp_path)[0] == 11
    assert on_disk(tmp_path) == 10


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_of_the_output_who_goes_away_does_not_decide_what_is_kept(tmp_path):
    file, store = tmp_path / "funding.csv", tmp_path / "store"
    file.write_bytes(demo_csv(KEY) + b"x,y,z,w\n" * 5_000)
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "data", "import-records", KEY, str(file), "--store", str(store)]
    with os.fdopen(write_end, "wb") as pipe:
        done = subprocess.run(
            command, stdout=pipe, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2], check=False
        )
    assert done.returncode == 0, done.stderr
    assert current_version(store, KEY).rows == 5
