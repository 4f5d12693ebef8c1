"""Import and record keeping, killed at random moments: nothing held is lost, and the next one finishes.

Three moments each; forty in an exhaustive run, or as many as ``TOWN_CENTRES_KILLS`` says.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from data.records import current_records, current_version, keep_records, read_upload, versions
from data.store import open_store
from tests.conftest import PROJECT
from tests.exhaustive import times

KILLS = int(os.environ.get("TOWN_CENTRES_KILLS", times(3, 40)))
MONTHS = [f"2023-{month:02d}" for month in range(1, 13)]

# everything is loaded once; each line then forks a process that does one piece of work on the store it names
WORKER = """
import os, sys
from pathlib import Path
import data.records.record_files, data.records.record_workbooks
from data.records import keep_records, read_upload
from data.store import open_store
for line in sys.stdin:
    work, path, given = line.split()
    child = os.fork()
    if not child:
        if work == "import":
            ok = open_store(path).import_police_uk(given).ok
        else:
            keep_records(path, "actions", read_upload("actions", "given.csv", Path(given).read_bytes()))
            ok = True
        os._exit(0 if ok else 1)
    print(child, flush=True)
    sys.stdin.readline()  # it stays a zombie until its parent asks: its number is nobody else's
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Workers:
    """Begins pieces of work in processes of their own, and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def seconds(self, *words: object) -> float:
        """Return how long this piece of work takes when it is left alone."""
        start = time.monotonic()
        self._begin(words)
        assert self._end() == 0
        return time.monotonic() - start

    def killed(self, *words: object, after: float) -> bool:
        """Begin it, kill it after so many seconds, and return whether it was still under way."""
        child = self._begin(words)
        time.sleep(after)  # a moment to kill at, and nothing that is waited for
        os.kill(child, signal.SIGKILL)
        return self._end() == signal.SIGKILL

    def _begin(self, words: tuple[object, ...]) -> int:
        self._tell(" ".join(map(str, words)))
        return int(self._process.stdout.readline())

    def _end(self) -> int:
        self._tell("")
        return int(self._process.stdout.readline())

    def _tell(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()


@pytest.fixture
def workers():
    if not hasattr(os, "fork"):
        pytest.skip("processes are forked, which this system cannot")
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=PROJECT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    yield Workers(process)
    process.stdin.close()
    process.wait()


def test_an_import_killed_at_a_random_moment_loses_nothing(made, tmp_path, workers, record_property):
    for month in MONTHS[:6]:
        made.street(month, made.rows(month, count=200), folder=f"old/{month}")
    for month in MONTHS:
        made.street(month, made.rows(month, count=204), folder=f"new/{month}")
    old, new = made.folder / "old", made.folder / "new"

    assert open_store(tmp_path / "begun").import_police_uk(old).ok

    def begun(name: str):
        shutil.copytree(tmp_path / "begun", tmp_path / name)
        return open_store(tmp_path / name)

    whole = workers.seconds("import", begun("timed").path, new)
    moments, under_way = random.Random(20261127), 0
    for number in range(KILLS):
        store = begun(f"killed-{number}")
        under_way += workers.killed("import", store.path, new, after=moments.uniform(0, whole))
        table = open_store(store.path).count_by("cleveland", ["month"])
        rows = dict(zip(table["month"].dt.strftime("%Y-%m"), table["incidents"], strict=True))
        assert set(MONTHS[:6]) <= set(rows)
        assert set(rows.values()) <= {200, 204}
        again = open_store(store.path)
        assert again.import_police_uk(new).ok
        assert set(again.count_by("cleveland", ["month"])["incidents"]) == {204}
    record_property("killed on the way", under_way)
    assert under_way > 0


def test_records_killed_while_they_are_kept_are_the_old_or_the_new_version(
    tmp_path, workers, record_property
):
    path, few, many = tmp_path / "store", tmp_path / "few.csv", tmp_path / "many.csv"
    few.write_bytes(actions(3))
    many.write_bytes(actions(2000))
    keep_records(path, "actions", read_upload("actions", "few.csv", few.read_bytes()))
    # the first in a store makes more of it than those that follow
    whole = [workers.seconds("records", tmp_path / "timed", many) for _ in range(3)][-1]
    moments, under_way = random.Random(20261128), 0
    for _ in range(KILLS):
        before = current_version(path, "actions").version
        under_way += workers.killed("records", path, many, after=moments.uniform(0, whole))
        held = current_version(path, "actions")
        assert held.version in {before, before + 1}
        assert len(current_records(path, "actions")) == held.rows
        assert held.rows in {3, 2000}
        assert max(version.version for version in versions(path, "actions")) == held.version
    record_property("killed on the way", under_way)
    assert under_way > 0
    assert keep_records(path, "actions", read_upload("actions", "few.csv", few.read_bytes())).rows == 3


def actions(count: int) -> bytes:
    rows = [f"Retail crime,Step {number},Somebody,2024-10-31,under way,none" for number in range(count)]
    return "\n".join(["Page,Action,Owner,Due,Status,Update", *rows, ""]).encode()
