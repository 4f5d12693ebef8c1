"""Files written as months side by side: a writer each for two workers, on threads of their own."""

from __future__ import annotations

import queue
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from data.police_uk.coming import WORKERS, Coming
from data.police_uk.file_checks import Job
from data.police_uk.months import MonthWriter
from data.police_uk.report import FileResult

Written = tuple[FileResult, "Counter[str]"]
"""What became of a file, and the rows refused by reason."""


class MonthWriters:
    """Two files at a time become months that wait for their place. Close it in the end, whatever happened."""

    def __init__(self, coming: Coming, staging: Path) -> None:
        self._free: queue.SimpleQueue[MonthWriter] = queue.SimpleQueue()
        self._writers = [MonthWriter(coming, staging, f"worker{i}") for i in range(WORKERS)]
        for writer in self._writers:
            self._free.put(writer)
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="import")

    def submit(self, job: Job) -> Future[Written]:
        """Write a file as soon as a writer is free."""
        return self._pool.submit(self._write, job)

    def _write(self, job: Job) -> Written:
        writer = self._free.get()
        try:
            return writer.write(job)
        finally:
            self._free.put(writer)

    def close(self) -> None:
        """Wait for what is being written, begin nothing else, and let the writers go."""
        self._pool.shutdown(cancel_futures=True)
        for writer in self._writers:
            writer.close()
