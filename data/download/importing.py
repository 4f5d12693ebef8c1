"""What was fetched is imported beside the fetching: whatever has arrived when the import before is done."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from data.download.staging import StagingFolder
from data.download.values import Offer
from data.police_uk.archive import Member
from data.police_uk.coming import WORKERS
from data.police_uk.file_names import FileKey
from data.police_uk.importer import import_members
from data.police_uk.report import FileResult, ImportReport

MOST_WAITING = 256 * 2**20
"""Bytes of files, unpacked, that may wait for the import: five months of the largest force, so that a fast network does
not fill the disk with 2 GB of them."""

Arrived = tuple[Offer, Member]


class Importing:
    """Imports one batch after the other on a thread of its own. ``report`` has all that is done."""

    def __init__(self, root: Path, staging: StagingFolder) -> None:
        self._root, self._staging = root, staging
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="download")
        self._arrived: list[Arrived] = []
        self._running: Future[ImportReport] | None = None
        self._refused: list[FileKey] = []
        self.report = ImportReport()

    def add(self, offer: Offer, member: Member) -> None:
        """Import a file as soon as may be. Raises RefusedError where the import before could not write the store."""
        self._arrived.append((offer, member))
        self._go_on(WORKERS)

    def _go_on(self, least: int = 1) -> None:
        """Take the report of a batch that is done, and begin the next where so many files wait: a worker each."""
        if self._running and self._running.done():
            running, self._running = self._running, None
            report = running.result()
            self.report = self.report.joined(report)
            self._refused += [each.key for each in report.files if each.key and each.outcome == "refused"]
        if len(self._arrived) >= least and not self._running:
            batch, self._arrived = self._arrived, []
            self._running = self._pool.submit(self._import, batch)

    def _import(self, batch: list[Arrived]) -> ImportReport:
        members: dict[str, list[Member]] = defaultdict(list)
        for offer, member in batch:
            members[offer.release].append(member)
        report = import_members(self._root, members)
        self._staging.forget([member for _, member in batch])
        return report

    @property
    def is_behind(self) -> bool:
        """Whether so much waits that no more should be fetched for now."""
        return sum(member.size for _, member in self._arrived) > MOST_WAITING

    def refuse(self, result: FileResult) -> None:
        """Add a file that could not be fetched whole to the report."""
        self.report = self.report.joined(ImportReport((result,), refused=result.sentences))

    def refused(self) -> list[FileKey]:
        """Return the months whose files were refused since this was last asked."""
        keys, self._refused = self._refused, []
        return keys

    def wait(self, seconds: float) -> bool:
        """Wait so long for what is being imported; return whether anything is still to be done."""
        if self._running:
            wait([self._running], timeout=seconds)
        self._go_on()
        return self._running is not None

    def settle(self) -> None:
        """Wait for the batch that is being imported, begin no other, and take its report where it has one."""
        self._arrived.clear()  # they lie in the staging folder, and the next run takes them up
        if self._running:
            wait([self._running])
            if not self._running.exception():
                self._go_on()

    def close(self) -> None:
        """Wait for what is being imported, and let the thread go."""
        self._pool.shutdown()
