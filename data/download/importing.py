"""What was fetched is imported beside the fetching, file by file, and takes its place in the store in few large steps."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from data.download.staging import StagingFolder
from data.download.values import Offer
from data.police_uk.archive import Member
from data.police_uk.arriving import Arriving, arriving
from data.police_uk.file_names import FileKey
from data.police_uk.report import FileResult, ImportReport

MOST_WAITING = 256 * 2**20
"""Bytes of files, unpacked, that may wait for the import, and that it keeps until they have their place: five months of
the largest force, so that a fast network does not fill the disk with 2 GB of them."""

PLACED_AFTER = 30
"""Seconds after which what is imported takes its place: so much a download that is stopped has to import again, and each
time costs the counts of a force anew."""


class Importing:
    """Imports what comes, several files at a time. ``report`` has all that has taken its place."""

    def __init__(self, root: Path, staging: StagingFolder) -> None:
        self._root, self._staging = root, staging
        self._open = ExitStack()
        self._arriving: Arriving | None = None
        self._members: list[Member] = []
        self._begun = 0.0
        self._told = 0
        self._refused: list[FileKey] = []
        self.report = ImportReport()

    @property
    def files_done(self) -> int:
        """Files that are imported or refused, whether they have their place yet or not."""
        return len(self.report.files) + (len(self._arriving.results) if self._arriving else 0)

    def __enter__(self) -> Importing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Begin no further file, and let what is done take its place, but where the store cannot be written."""
        if self._arriving:
            # what was not begun stays where it lies, and the next run takes it up
            dropped = self._arriving.drop_waiting()
            self._members = [each for each in self._members if each not in dropped]
        if kind is None or not issubclass(kind, OSError):
            self.place()
        self._open.close()

    def add(self, offer: Offer, member: Member) -> None:
        """Import a file as soon as may be. Raises RefusedError where another import runs or the store cannot be written."""
        if self._arriving is None:
            self._arriving = self._open.enter_context(arriving(self._root))
            self._begun, self._told = time.monotonic(), 0
        self._members.append(member)
        self._arriving.add(member, offer.release)
        self._arriving.wait(0)

    @property
    def is_full(self) -> bool:
        """Whether what was added should take its place before any more is fetched."""
        so_long = self._arriving is not None and time.monotonic() - self._begun > PLACED_AFTER
        return so_long or sum(each.size for each in self._members) > MOST_WAITING

    def place(self) -> None:
        """Wait for what was added, let it take its place, and its files go."""
        if self._arriving is None:
            return
        try:
            self.report = self.report.joined(self._arriving.finish())
            self._note_refused()
        finally:
            self._arriving = None
            self._open.close()
        self._staging.forget(self._members)
        self._members.clear()

    def refuse(self, result: FileResult) -> None:
        """Add a file that could not be fetched whole to the report."""
        self.report = self.report.joined(ImportReport((result,), refused=result.sentences))

    def refused(self) -> list[FileKey]:
        """Return the months whose files were refused since this was last asked."""
        self._note_refused()
        keys, self._refused = self._refused, []
        return keys

    def _note_refused(self) -> None:
        if self._arriving:
            new = self._arriving.results[self._told :]
            self._refused += [each.key for each in new if each.key and each.outcome == "refused"]
            self._told += len(new)

    def wait(self, seconds: float) -> bool:
        """Wait so long for a file that is being imported; return whether any is not done yet."""
        return self._arriving.wait(seconds) if self._arriving else False
