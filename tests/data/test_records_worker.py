"""Uploads read in a process of their own: the same report, and a sentence where a limit is met."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from pandas.testing import assert_frame_equal

from analysis.model.errors import RefusedError
from analysis.records import RECORD_KINDS
from data.records import bounded, read_upload, template_csv, template_excel
from data.records.bounded import make_ready, read_bounded

TODAY = dt.date(2026, 11, 27)
LOG = (
    b"Date,Hotspot,Start,End,Officers,Resident engagements,LSOA,Reporter\n"
    b"2023-10-01,Billingham Central,10:00,11:30,2,3,,A. Person\n"
    b"2023-12-01,Nowhere Known,22:00,23:00,2,N/K,,A. Person\n"
    b"2024-01-05,Billingham Central,12:00,12:00,2,0,,A. Person\n"
)
PLACES = ("Billingham Central", "Yarm")


def same(one, other) -> None:
    for part in ("accepted", "refused", "unread"):
        assert_frame_equal(getattr(one, part), getattr(other, part))
    for part in ("kind", "dropped", "sentences", "file_name", "unknown_places"):
        assert getattr(one, part) == getattr(other, part)


def test_a_report_from_the_worker_is_the_report():
    here = read_upload("patrol-log", "log.csv", LOG, today=TODAY, known_places=PLACES)
    same(read_bounded("patrol-log", "log.csv", LOG, today=TODAY, known_places=PLACES), here)
    assert (len(here.accepted), len(here.refused), len(here.unread), len(here.unknown_places)) == (2, 1, 1, 1)


@pytest.mark.parametrize("kind", ["funding", "retail-register"])
def test_an_empty_report_keeps_its_types(kind):
    content = template_excel(kind)
    same(
        read_bounded(kind, "t.xlsx", content, today=TODAY), read_upload(kind, "t.xlsx", content, today=TODAY)
    )


def test_a_refused_file_has_the_same_sentence():
    for content in (b"", b"a,b\n1,2\n", b"\0\0", b"PK\x03\x04broken"):
        with pytest.raises(RefusedError) as here:
            read_upload("patrol-log", "x.csv", content, today=TODAY)
        with pytest.raises(RefusedError) as there:
            read_bounded("patrol-log", "x.csv", content, today=TODAY)
        assert str(here.value) == str(there.value)


def test_a_file_that_takes_too_long_is_stopped_in_a_sentence(monkeypatch):
    monkeypatch.setattr(bounded, "TIME_LIMIT", 0.01)
    with pytest.raises(RefusedError, match=r"takes more than .* seconds to read, so it was stopped"):
        read_bounded("patrol-log", "slow.csv", LOG, today=TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit of memory")
def test_a_file_that_takes_too_much_memory_is_a_sentence(monkeypatch, tmp_path):
    # a worker whose limit leaves a few megabytes: what a file of any size meets at the true limit
    script = tmp_path / "small.py"
    script.write_text(
        "from data.records import worker\n"
        "import pyarrow.parquet, openpyxl, data.records.record_workbooks\n"
        "size = int(open('/proc/self/statm').read().split()[0]) * 4096\n"
        "worker.MEMORY_LIMIT = size + 20_000_000\n"
        "raise SystemExit(worker.main())\n"
    )
    real = subprocess.Popen
    monkeypatch.setattr(
        bounded.subprocess, "Popen", lambda command, **more: real([sys.executable, str(script)], **more)
    )
    monkeypatch.setattr(bounded, "_waiting", [])
    rows = LOG + b"2023-10-01,Billingham Central,10:00,11:30,2,3,,A. Person\n" * 60_000
    with pytest.raises(RefusedError, match="takes more than the memory that one file may"):
        read_bounded("patrol-log", "large.csv", rows, today=TODAY)


def test_a_worker_that_ended_while_it_waited_is_replaced():
    make_ready()
    (spare,) = bounded._waiting
    spare.kill()
    spare.wait()
    assert len(read_bounded("patrol-log", "log.csv", LOG, today=TODAY).accepted) == 2


def test_every_kind_goes_through():
    for kind in RECORD_KINDS:
        report = read_bounded(kind.key, "t.csv", template_csv(kind.key), today=TODAY)
        assert report.kind == kind
