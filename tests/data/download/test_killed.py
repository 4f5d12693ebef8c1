"""A download that is killed at any moment loses nothing held, and the next one finishes.

Three random moments; fifty in an exhaustive run (78 seconds on two busy cores), or as ``TOWN_CENTRES_KILLS`` says.
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

from data.download import DownloadRequest, download
from data.store import open_store
from tests.conftest import PROJECT
from tests.exhaustive import times

KILLS = int(os.environ.get("TOWN_CENTRES_KILLS", times(3, 50)))
MONTHS = [f"2023-{month:02d}" for month in range(1, 13)]
ASKED = DownloadRequest("cleveland", MONTHS[0], MONTHS[-1])

# everything is imported once; each line then forks a process that downloads into the store it names
DOWNLOADS = """
import os, sys
from data.download import DownloadRequest, download
from data.store import open_store
for line in sys.stdin:
    path, first, last = line.split()
    child = os.fork()
    if not child:
        report = download(open_store(path), DownloadRequest("cleveland", first, last))
        os._exit(0 if report.ok else 1)
    print(child, flush=True)
    sys.stdin.readline()  # it stays a zombie until its parent asks: its number is nobody else's
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Downloads:
    """Begins downloads in processes of their own, and ends them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def begin(self, path) -> int:
        """Begin one, and return the number of its process."""
        self._tell(f"{path} {ASKED.first} {ASKED.last}")
        return int(self._process.stdout.readline())

    def end(self) -> int:
        """Wait for its end, and return its status; that of a process that was killed is 9."""
        self._tell("")
        return int(self._process.stdout.readline())

    def _tell(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()


@pytest.fixture
def downloads(service):
    process = subprocess.Popen(
        [sys.executable, "-c", DOWNLOADS], cwd=PROJECT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    yield Downloads(process)
    process.stdin.close()
    process.wait()


def rows_by_month(store) -> dict[str, int]:
    table = store.count_by("cleveland", ["month"])
    return dict(zip(table["month"].dt.strftime("%Y-%m"), table["incidents"], strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which this system cannot")
def test_a_download_killed_at_a_random_moment_loses_nothing_and_the_next_finishes(
    archives, downloads, tmp_path, record_property
):
    archives.write("2024-05", *[archives.street(month) for month in MONTHS[:6]])
    archives.latest("2024-05")
    before = open_store(tmp_path / "before")
    assert download(before, ASKED).ok

    archives.write("2024-06", *[archives.street(month, 204) for month in MONTHS])
    archives.latest("2024-06")
    whole = tmp_path / "whole"
    shutil.copytree(before.path, whole)
    started = time.monotonic()
    downloads.begin(whole)
    assert downloads.end() == 0
    duration = time.monotonic() - started

    moments = random.Random(20261127)
    killed = 0
    for number in range(KILLS):
        path = tmp_path / f"killed-{number}"
        shutil.copytree(before.path, path)
        child = downloads.begin(path)
        time.sleep(moments.uniform(0, duration))  # a moment to kill at, and nothing that is waited for
        os.kill(child, signal.SIGKILL)
        killed += downloads.end() == signal.SIGKILL
        store = open_store(path)
        rows = rows_by_month(store)
        assert set(MONTHS[:6]) <= set(rows), number
        assert set(rows.values()) <= {200, 204}, number
        assert store.manifest()["rows_kept"].sum() == sum(rows.values())

        report = download(store, ASKED)
        assert report.ok, str(report)
        assert rows_by_month(store) == dict.fromkeys(MONTHS, 204)
        assert not (path / ".download").exists() and not (path / ".staging").exists()
        assert len(list((path / "street/cleveland").glob("*.parquet"))) == len(MONTHS)
    record_property("killed on the way", killed)
    assert killed > 0
