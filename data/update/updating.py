"""One update: the months put aside as they are, each force's new and revised ones fetched, and what changed told."""

from __future__ import annotations

import threading
from functools import partial

from analysis.model.errors import NeedsInputError, RefusedError
from data.alone import one_at_a_time
from data.damage import writing
from data.download import DownloadReport, DownloadRequest, download
from data.download.service import ServiceError
from data.download.values import DownloadProgress
from data.store import Store
from data.update.before import forget_before, keep_before, read_before, tried_before, try_again
from data.update.comparing import NotToldError, entry_for
from data.update.history import add_entry
from data.update.values import Judge, Progress, UpdateEntry, UpdateProgress, UpdateReport

LOCK = ".update.lock"
_NOT_TOLD = "The months are held, but what they changed could not be told."
_BUSY = "Another update of this store is running. Wait until it has finished, then ask again."


def update(
    store: Store,
    judge: Judge,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> UpdateReport:
    """Fetch what is new or revised of every force held, and say what that changed in figures already shown.

    Of each force the months are asked from the first held, as far back as the newest archive goes. ``judge`` compares the
    verdicts (`pages.update.judging.judge`). ``progress`` is called from the caller's own thread; where ``cancel`` is set, from
    another thread, what was finished is held and told. What an update changed that was killed, or whose verdicts could
    not be compared, is told by the next. It stands in the store's list (`data.update.read_updates`). Raises
    NeedsInputError where no month is held; RefusedError, with its sentence, where the service cannot be read at all, the
    store cannot be written, and while another update,
    download or import runs.
    """
    forces = () if store.is_demonstration else store.forces()
    if not forces:
        raise NeedsInputError(
            "No month is held that could be kept up to date. Fetch a force's first: python -m data download --force cleveland"
        )
    with writing(store.path), one_at_a_time(store.path / LOCK, _BUSY):
        keep_before(store.path)
        downloads, refused = _download_all(store, forces, progress, cancel)
        entries: list[UpdateEntry] = []
        try:
            entries = _tell(store, judge, progress)
        except NotToldError as problem:
            refused.append(f"{_NOT_TOLD} {problem} The next update tries again.")
            try_again(store.path)
        except RefusedError as problem:
            refused.append(f"{_NOT_TOLD} {problem}")
            forget_before(store.path)
        else:
            forget_before(store.path)
    if not downloads:
        raise RefusedError(" ".join(refused))
    return UpdateReport(tuple(downloads), tuple(entries), tuple(refused))


def _download_all(
    store: Store, forces: tuple[str, ...], progress: Progress | None, cancel: threading.Event | None
) -> tuple[list[DownloadReport], list[str]]:
    downloads: list[DownloadReport] = []
    refused: list[str] = []
    for at, force in enumerate(forces):
        request = DownloadRequest(force, str(store.months(force)[0]), within_newest=True)
        try:
            report = download(store, request, partial(_told, progress, force, at, len(forces)), cancel)
        except ServiceError as problem:  # no other force is worth a try now
            return downloads, [*refused, str(problem)]
        except RefusedError as problem:
            refused.append(str(problem))
            continue
        downloads.append(report)
        if report.stopped:
            break
    return downloads, refused


def _told(progress: Progress | None, force: str, done: int, forces: int, download: DownloadProgress) -> None:
    if progress:
        progress(UpdateProgress("downloading", force, done, forces, download))


def _tell(store: Store, judge: Judge, progress: Progress | None) -> list[UpdateEntry]:
    """Compare the months put aside with those held, and add what changed to the list."""
    # a store of its own: what another keeps in memory is read when somebody asks for it
    before, after = read_before(store.path), Store(store.path)
    entries, in_the_end = [], tried_before(store.path)
    forces = after.forces()
    for at, force in enumerate(forces):
        if progress:
            progress(UpdateProgress("comparing", force, at, len(forces)))
        entry = entry_for(before, after, force, judge, in_the_end=in_the_end)
        if entry:
            entries.append(entry)
    return [add_entry(store.path, entry) for entry in entries]
