"""``python -m data.records.worker``: reads one upload from its input, in a process that may be stopped at any time.

It waits for its request with everything loaded, answers it and ends; where nobody asks for ten minutes, or whoever
started it is gone, it ends too. `data.records.bounded` starts it and knows the form of both.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
from dataclasses import asdict
from typing import Any

from data.loading import begin_loading, end_loading

if __name__ == "__main__":
    begin_loading()

from analysis.model.errors import AnalysisError
from data.records.keeping import RecordsReport, read_upload
from data.records.table_bytes import to_bytes

MEMORY_LIMIT = 1_500_000_000
"""Bytes of addresses, of which Python and its libraries take 0.35 thousand million before anything is read. The
largest table taken (200,000 rows) came to 490 MB of memory; a workbook of a million cells is refused before."""

IDLE = 600.0
"""Seconds after which a worker that nobody asked ends."""


def main() -> int:
    """Answer one request."""
    import openpyxl  # noqa: F401  (loaded while nobody waits)
    import pyarrow.parquet  # noqa: F401

    import data.records.record_workbooks  # noqa: F401

    _limit_memory()
    waiting = threading.Timer(IDLE, os._exit, (0,))
    waiting.daemon = True
    waiting.start()
    head = sys.stdin.buffer.readline()
    waiting.cancel()
    if not head:
        return 0
    _answer(json.loads(head), sys.stdin.buffer.read())
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _answer(request: dict[str, Any], content: bytes) -> None:
    try:
        report = read_upload(
            request["key"],
            request["name"],
            content,
            today=dt.date.fromisoformat(request["today"]),
            known_places=request["known_places"],
        )
        parts = [to_bytes(report.kind, report.accepted)]
        parts += [table.to_parquet(index=False) for table in (report.refused, report.unread)]
        head = _head(report) | {"sizes": [len(part) for part in parts]}
    except AnalysisError as problem:
        head, parts = {"sentence": str(problem)}, []
    except MemoryError:
        head, parts = {"memory": True}, []
    out = sys.stdout.buffer
    out.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


def _head(report: RecordsReport) -> dict[str, Any]:
    return {
        "dropped": report.dropped,
        "sentences": report.sentences,
        "file_name": report.file_name,
        "unknown_places": [asdict(place) for place in report.unknown_places],
    }


if __name__ == "__main__":
    end_loading()
    sys.exit(main())
