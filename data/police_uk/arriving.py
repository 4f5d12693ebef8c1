"""An import of files that come one by one, such as those of a download: each is written as it comes, all take their place at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from pathlib import Path

from data.police_uk.archive import Member
from data.police_uk.coming import Coming
from data.police_uk.importer import Terms, alone, begun, jobs_of, put_demonstration_away
from data.police_uk.report import FileResult, ImportReport, build_report
from data.police_uk.writers import MonthWriters, Written


class Arriving:
    """The import as long as it lasts. ``results`` is what became of each file that is done."""

    def __init__(self, root: Path, coming: Coming, writers: MonthWriters) -> None:
        self._root, self._coming, self._writers = root, coming, writers
        self._running: dict[Future[Written], Member] = {}
        self._rows = Counter[str]()
        self._ignored: list[str] = []
        self.results: list[FileResult] = []

    def add(self, member: Member, release: str) -> None:
        """Import a file that was taken out of the archive of a release as soon as a writer is free."""
        jobs, ignored, wrong = jobs_of([member], Terms(release), alone=False)
        self._ignored += ignored
        self.results += wrong
        for job in jobs:
            self._running[self._writers.submit(job)] = member

    def drop_waiting(self) -> list[Member]:
        """Begin none of the files that no writer has taken yet, and return these."""
        dropped = [each for each in self._running if each.cancel()]
        return [self._running.pop(each) for each in dropped]

    def wait(self, seconds: float) -> bool:
        """Wait so long for a file to be done; return whether any is not. Raises OSError where one could not be written."""
        done, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        for each in done:
            del self._running[each]
            result, rows = each.result()
            self.results.append(result)
            self._rows += rows
        return bool(self._running)

    def finish(self) -> ImportReport:
        """Wait for what is being written, let all of it take its place, and return the report. Nothing is added after it."""
        while self.wait(1):
            pass
        self._coming.put_in_place()
        put_away = put_demonstration_away(self._root)
        return build_report(self.results, [], [], self._rows, self._ignored, put_away=put_away)


@contextmanager
def arriving(root: Path) -> Iterator[Arriving]:
    """Give an import into the store at ``root``; what is not finished lies there for the next one to take up.

    Raises RefusedError while another import runs, and where the store cannot be written.
    """
    with alone(root), begun(root) as (coming, staging):
        writers = MonthWriters(coming, staging)
        try:
            yield Arriving(root, coming, writers)
        finally:
            writers.close()
