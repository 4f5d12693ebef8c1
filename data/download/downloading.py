"""One download: planned from the archives' lists of files, fetched file by file, imported as they arrive."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from analysis.model.errors import RefusedError
from data.damage import writing
from data.download.address import archive_address
from data.download.editions import Archives
from data.download.importing import Importing
from data.download.pace import Pace
from data.download.planning import begun_anew, check_request, make_plan, state_of
from data.download.service import Service, ServiceError, StoppedError
from data.download.staging import StagingFolder, staging_folder
from data.download.values import (
    Choice,
    DownloadPlan,
    DownloadProgress,
    DownloadReport,
    DownloadRequest,
    Offer,
    Progress,
)
from data.engines.duckdb import DuckDBEngine
from data.police_uk.file_names import FileKey
from data.police_uk.importer import confirm_releases, tidy
from data.police_uk.manifest import find_record
from data.police_uk.report import FileResult, ImportReport
from data.store import Store

_LOOK_SECONDS = 0.1
"""Between two looks at an import that is all that is left to wait for."""


def download(
    store: Store,
    request: DownloadRequest,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> DownloadReport:
    """Fetch the months of a force that are new or revised, import them as they arrive, and return what became of them.

    The archives lie under `data.download.address.archive_address`. ``progress`` is called from the caller's own thread;
    where ``cancel`` is set, from another thread, the report comes back with ``stopped``. Whatever ends a download, what
    was finished is held, and the next one goes on from the last whole file. A service that fails on the way is a
    sentence in the report. Raises RefusedError, with its sentence, for a request that cannot be met, a service that
    cannot be read at all, a store that cannot be written, and while another download or import into it runs.
    """
    wanted, address = check_request(request), archive_address()
    cancel = cancel or threading.Event()
    with writing(store.path), staging_folder(store.path) as staging:
        run = _Download(store, wanted, staging, progress)
        with Service(cancel, run.tell) as service:
            run.service = service
            try:
                begun_anew(lambda: run.once(Archives(service, address, wanted.forces)))
            except StoppedError:
                run.stopped = True
        if run.is_done:
            staging.remove()
            tidy(store.path)
        return run.report()


class _Download:
    """The state of one download, kept where an archive changes on the way and its list is read anew."""

    service: Service

    def __init__(
        self, store: Store, request: DownloadRequest, staging: StagingFolder, progress: Progress | None
    ) -> None:
        self._store, self._request, self._staging, self._progress = store, request, staging, progress
        self._plan = DownloadPlan(request, "", request.first, request.last, ())
        self._imported = ImportReport()
        self._importing: Importing | None = None
        self._doing: Literal["reading lists of files", "fetching", "importing"] = "reading lists of files"
        self._offer: Offer | None = None
        self._choices: dict[FileKey, Choice] = {}
        self._damaged: list[FileKey] | None = None
        self._done = self._begun = self._wanted = self._files = 0
        self._pace = Pace()
        self.stopped = False
        self._failure = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing that was fetched is still waited for."""
        return not self.stopped and not self._failure

    def report(self) -> DownloadReport:
        imported = _settled(self._imported)
        if imported.files:
            imported = imported.remarking(Store(self._store.path).far_off(imported))
        if self._failure:
            imported = replace(imported, refused=(*imported.refused, self._failure))
        return DownloadReport(self._plan, imported, self.service.bytes_fetched, self.stopped)

    def once(self, archives: Archives) -> None:
        """Plan, fetch and import. Raises ChangedError and StoppedError once what is being imported is held."""
        self._doing = "reading lists of files"
        try:
            self._pace, self._done, self._offer = Pace(), 0, None
            self._choices, self._wanted, self._files, self._damaged = {}, 0, 0, []
            first = self._take(make_plan(self._store, self._request, archives, settled=True), archives)
            self._confirm()
            self._importing = Importing(self._store.path, self._staging)
            try:
                with self._importing as importing:
                    self._fetch_all(importing, archives, deque(first))
            finally:
                self._imported = self._imported.joined(self._importing.report)
                self._importing = None
            self._confirm()
        finally:
            archives.close()

    def _take(self, plan: DownloadPlan, archives: Archives) -> list[Choice]:
        """Go by this plan, and return the files that it adds to those of the one before."""
        # a month that was taken before older lists were read is the same one, with more releases to try instead
        choices = tuple(
            replace(each, state=self._choices[each.offer.key].state)
            if each.offer.key in self._choices
            else each
            for each in plan.choices
        )
        new = [each for each in plan.to_fetch if each.offer.key not in self._choices]
        self._plan = replace(plan, choices=choices)
        self._choices |= {each.offer.key: each for each in choices}
        self._wanted += sum(each.offer.packed for each in new)
        self._files += len(new)
        archives.expect([each.offer for each in new])
        return new

    def _look_further(self, archives: Archives) -> list[Choice]:
        """Return the files of months that two releases do not settle, from as many older lists as they need."""
        try:
            return self._take(make_plan(self._store, self._request, archives), archives)
        except ServiceError as failure:
            self._failure = str(failure)
            return []

    def _confirm(self) -> None:
        """Write down which months held stand in a later release as they are."""
        later = {
            choice.offer.key: choice.offer.release
            for choice in self._plan.choices
            if choice.state == "held"
            and (record := find_record(self._store.path, choice.offer.key))
            and record.release < choice.offer.release
        }
        if later:
            confirm_releases(self._store.path, later)

    def _fetch_all(self, importing: Importing, archives: Archives, queue: deque[Choice]) -> None:
        self._fetch_queue(importing, archives, queue)
        if not self._failure:
            archives.rest()
            self._doing = "reading lists of files"
            queue.extend(self._look_further(archives))
            for key in self._damaged or ():
                self._next(key, self._choices[key].others, queue)
            self._damaged = None
        while True:
            self._fetch_queue(importing, archives, queue)
            self._doing = "importing"
            archives.rest()
            self._wait_for_all(importing)
            for key in importing.refused():
                self._instead(key, queue)
            if not queue or self._failure:
                return

    def _fetch_queue(self, importing: Importing, archives: Archives, queue: deque[Choice]) -> None:
        self._doing = "fetching"
        release = ""
        while queue and not self._failure:
            choice = queue.popleft()
            if choice.offer.release != release:
                archives.rest()
                release = choice.offer.release
            self._fetch(choice, queue, importing)
            if importing.is_full:
                archives.rest()
                self._wait_for_all(importing)
                importing.place()

    def _wait_for_all(self, importing: Importing) -> None:
        """Wait until each file that was fetched is imported, and say meanwhile how far it is."""
        while importing.wait(_LOOK_SECONDS):
            self.tell()
            self.service.check()
        self.tell()
        self.service.check()

    def _fetch(self, choice: Choice, queue: deque[Choice], importing: Importing) -> None:
        self._offer, self._begun = choice.offer, self.service.bytes_fetched
        self.service.check()
        try:
            member = self._staging.take(choice.offer)
        except ServiceError as failure:
            self._failure = str(failure)
            return
        except RefusedError as damage:
            label = choice.offer.member.label
            importing.refuse(FileResult(label, "refused", choice.offer.key, sentences=(str(damage),)))
            if self._damaged is None:
                self._next(choice.offer.key, choice.others, queue)
            else:  # which other releases have it is known once all lists are read
                self._damaged.append(choice.offer.key)
            return
        self._done += choice.offer.packed
        self._offer = None
        importing.add(choice.offer, member)
        self.tell()

    def _instead(self, key: FileKey, queue: deque[Choice]) -> None:
        """Put the next older release of a month whose file the importer refused into the queue, where it is another file."""
        refused = self._choices[key]
        self._next(key, [each for each in refused.others if each.crc32 != refused.offer.crc32], queue)

    def _next(self, key: FileKey, others: Sequence[Offer], queue: deque[Choice]) -> None:
        """Put the first of these releases of a month into the queue; the others are left to be tried after it."""
        if others:
            state = state_of(self._store.path, others[0], DuckDBEngine())
            self._choices[key] = Choice(others[0], state, tuple(others[1:]))
            if state != "held":
                queue.append(self._choices[key])

    def tell(self) -> None:
        """Say how far the download is."""
        if self._progress is None:
            return
        known = self._files > 0 or self._doing != "reading lists of files"
        done, wanted, files = self._done, self._wanted if known else 0, self._files if known else 0
        if self._offer:
            done += min(self._offer.packed, self.service.bytes_fetched - self._begun)
        imported = self._importing.files_done if self._importing else 0
        left = self._pace.seconds_left(time.monotonic(), done, wanted) if self._doing == "fetching" else None
        file = self._offer.member.label if self._offer else ""
        self._progress(DownloadProgress(self._doing, min(done, wanted), wanted, imported, files, left, file))


def _settled(report: ImportReport) -> ImportReport:
    """Return the report in which a file that was refused is a remark, where another release of its month was taken."""
    taken = {
        each.key: each.file.split(".zip")[0]
        for each in report.files
        if each.outcome in ("imported", "replaced", "unchanged")
    }
    instead = {
        sentence: f"{sentence} Release {taken[each.key]} was taken in its place."
        for each in report.files
        if each.outcome == "refused" and each.key in taken
        for sentence in each.sentences
    }
    return replace(
        report,
        refused=tuple(sentence for sentence in report.refused if sentence not in instead),
        remarks=(*report.remarks, *instead.values()),
    )
