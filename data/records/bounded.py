"""Files of records read in a process of their own, with a limit of time and, where the system has one, of memory.

Page and command line both read by `read_bounded`. A file may be made to take minutes or all memory; in a process of its
own it takes those of nobody else. Loading Python and pandas takes a second and more, so a page keeps one waiting
(`make_ready`, before a reader has chosen a file).
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.model.errors import RefusedError
from analysis.records import record_kind
from analysis.records.places import UnknownPlace
from data.records.keeping import RecordsReport
from data.records.table_bytes import from_bytes

TIME_LIMIT = 120.0
"""Seconds. The largest table taken, 200,000 rows, takes some fifteen; a busy machine is allowed several times that."""

MOST_AT_ONCE = max(1, os.cpu_count() or 1)

_PROJECT = Path(__file__).parents[2]
_ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX")}
"""Each thread would take addresses of which the limit leaves none to spare."""

_reading = threading.BoundedSemaphore(MOST_AT_ONCE)
_lock = threading.Lock()
_waiting: list[subprocess.Popen[bytes]] = []


def make_ready() -> None:
    """Let a process wait for the next upload, where none does."""
    with _lock:
        _waiting[:] = [process for process in _waiting if process.poll() is None]
        if not _waiting:
            _waiting.append(_start())


def read_bounded(
    key: str,
    name: str,
    content: bytes,
    *,
    today: dt.date | None = None,
    known_places: Iterable[str] = (),
) -> RecordsReport:
    """Return what `data.records.read_upload` does, read in another process within limits.

    RefusedError, with a sentence, also where the file takes more time or memory than it may.
    """
    request = {
        "key": record_kind(key).key,
        "name": name,
        "today": (today or dt.date.today()).isoformat(),
        "known_places": list(known_places),
    }
    with _reading:
        answer = _asked(json.dumps(request).encode() + b"\n" + content, name, TIME_LIMIT)
    head_line, _, parts = answer.partition(b"\n")
    head = json.loads(head_line)
    if "sentence" in head:
        raise RefusedError(head["sentence"])
    if "memory" in head:
        raise RefusedError(_too_much(name, "memory"))
    return _report(key, head, parts)


def _asked(request: bytes, name: str, seconds: float) -> bytes:
    for process in (_taken(), None):
        worker = process or _start()
        try:
            answer, _ = worker.communicate(request, timeout=seconds)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.communicate()
            raise RefusedError(_too_much(name, "time")) from None
        except KeyboardInterrupt:  # Ctrl-C on the command line: no reading goes on behind it
            worker.kill()
            raise
        if answer:
            return answer
        # one that had waited may have ended a moment ago, its time over; a fresh one that says nothing was stopped
        if worker.returncode != 0:
            break
    raise RefusedError(_too_much(name, "memory"))


def _too_much(name: str, what: str) -> str:
    plain = "".join(each for each in name if each.isprintable())[:80] or "The file"
    most = f"{TIME_LIMIT:.0f} seconds" if what == "time" else "the memory that one file may"
    return (
        f"{plain} takes more than {most} to read, so it was stopped and nothing is kept. Give fewer years or sheets at a "
        "time, or save it as CSV."
    )


def _taken() -> subprocess.Popen[bytes] | None:
    with _lock:
        while _waiting:
            process = _waiting.pop()
            if process.poll() is None:
                return process
    return None


def _start() -> subprocess.Popen[bytes]:
    paths = [str(_PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "data.records.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_PROJECT,  # looked in first: no other folder's packages are taken for ours
        stderr=subprocess.DEVNULL,  # a file's own words would stand in the log
        env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _report(key: str, head: dict[str, Any], content: bytes) -> RecordsReport:
    kind = record_kind(key)
    tables, start = [], 0
    for size in head["sizes"]:
        tables.append(content[start : start + size])
        start += size
    accepted, refused, unread = tables
    return RecordsReport(
        kind,
        from_bytes(kind, accepted),
        pd.read_parquet(io.BytesIO(refused)).astype({"row": "int64", "reason": "str"}),
        pd.read_parquet(io.BytesIO(unread)).astype("str"),
        tuple(head["dropped"]),
        tuple(head["sentences"]),
        file_name=head["file_name"],
        unknown_places=tuple(
            UnknownPlace(**{**place, "suggestions": tuple(place["suggestions"])})
            for place in head["unknown_places"]
        ),
    )
