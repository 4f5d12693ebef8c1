"""``python -m data.jobs.worker``: does the steps of one job, and says on its output how far it is.

Its input is one line of JSON, the store's path and the steps; a further line, or the end of the input, stops it after
the piece that is being done. Its output are lines of JSON (`data.jobs.running` reads them): ``progress`` with the share
done and words on it, ``said`` with the sentences of a step that ended and whether all went well.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TextIO

from analysis.model.english import counted
from analysis.model.errors import AnalysisError, RefusedError
from data.download import DownloadProgress, DownloadRequest, download
from data.download.values import megabytes
from data.jobs.steps import FilesStep, GeographyStep, MonthsStep, Step, from_plain
from data.ons import GeographyProgress, GeographyRequest, download_geography
from data.store import Store, open_store
from data.store.centres import import_centres
from data.store.own_folder import make_own, own_files
from data.store.status import current_status
from data.update import Judge, UpdateProgress, update

EVERY = 0.25
"""Seconds between two words on how far it is: more often nobody looks."""

POLITE = 10
"""How much this process gives way to the readers' pages, on systems that know it."""

Say = Callable[[dict[str, Any]], None]
Done = tuple[bool, list[str]]
"""Whether a step ended well, and what it has to say."""


def main(asked: TextIO = sys.stdin, output: TextIO = sys.stdout, judge: Judge | None = None) -> int:
    """Do the steps of the request, and return 1 where one of them did not end well.

    ``judge`` compares verdicts for an update; this room does not know them (`pages.update.worker` brings it).
    """
    if hasattr(os, "nice"):
        os.nice(POLITE)
    request = json.loads(asked.readline())
    cancel = threading.Event()
    # a daemon: it waits for a word that may never come
    threading.Thread(target=_wait_for_stop, args=(asked, cancel), daemon=True).start()

    def say(values: dict[str, Any]) -> None:
        output.write(json.dumps(values) + "\n")
        output.flush()

    with own_files():
        steps = [from_plain(each) for each in request["steps"]]
        ok = _Work(request["store"], say, cancel, judge).all(steps)
        # so that `status` is told at once, as after a command; what was done stays done where this cannot be
        with suppress(AnalysisError, OSError):
            current_status(open_store(request["store"]))
        make_own(request["store"])
    return 0 if ok else 1


def _wait_for_stop(asked: TextIO, cancel: threading.Event) -> None:
    asked.readline()  # a word, or the end: whoever started it is gone
    cancel.set()


@dataclass(frozen=True)
class _Work:
    """What the steps of a job share."""

    store: str
    say: Say
    cancel: threading.Event
    judge: Judge | None

    def all(self, steps: list[Step]) -> bool:
        for at, step in enumerate(steps):
            self.say({"step": at})
            ok, sentences = _tried(partial(self.one, step))
            left = steps[at + 1 :]
            stopped = self.cancel.is_set() and bool(left)
            if left and (stopped or not ok):
                sentences = [*sentences, *(f"Not begun: {each.title.lower()}." for each in left)]
            self.say({"said": sentences, "ok": ok})
            if not ok or stopped:
                return False
        return True

    def one(self, step: Step) -> Done:
        store = open_store(self.store)
        if isinstance(step, MonthsStep):
            return _months(step, store, self.say, self.cancel)
        if isinstance(step, GeographyStep):
            return _geography(step, store, self.say, self.cancel)
        if isinstance(step, FilesStep):
            return _files(step, store, self.say)
        if self.judge is None:
            raise RefusedError("An update compares verdicts, which this worker does not know.")
        return _update(store, self.judge, self.say, self.cancel)


def _tried(do: Callable[[], Done]) -> Done:
    try:
        return do()
    except AnalysisError as problem:
        return False, [str(problem)]
    except OSError as problem:
        return False, [
            f"The store cannot be read or written: {problem.strerror}. Check the folder, its permissions and the space "
            "left; what was held is unchanged."
        ]


class _Telling:
    """Says how far a step is, at most once in `EVERY` seconds."""

    def __init__(self, say: Say) -> None:
        self._say, self._last = say, 0.0

    def __call__(self, share: float | None, words: str, left: float | None = None) -> None:
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._say({"progress": share, "words": words, "left": left})


def _months(step: MonthsStep, store: Store, say: Say, cancel: threading.Event) -> Done:
    tell = _Telling(say)

    def show(progress: DownloadProgress) -> None:
        tell(_share(progress), _words(progress), progress.seconds_left)

    request = DownloadRequest(step.force, step.first, step.last, step.with_railways)
    report = download(store, request, show, cancel)
    return report.ok, str(report).splitlines()


def _geography(step: GeographyStep, store: Store, say: Say, cancel: threading.Event) -> Done:
    tell = _Telling(say)

    def show(progress: GeographyProgress) -> None:
        share = progress.layers_done / progress.layers if progress.layers else None
        tell(share, f"{progress.words}: {megabytes(progress.bytes_fetched)}")

    report = download_geography(store, GeographyRequest((step.force,)), show, cancel)
    return report.ok, str(report).splitlines()


def _update(store: Store, judge: Judge, say: Say, cancel: threading.Event) -> Done:
    tell = _Telling(say)

    def show(progress: UpdateProgress) -> None:
        if (told := progress.download) is not None:
            tell(_share(told), _words(told), told.seconds_left)
        else:
            tell(None, "Comparing figures before and after")

    report = update(store, judge, show, cancel)
    return report.ok, str(report).splitlines()


def _share(progress: DownloadProgress) -> float | None:
    """Return how much is done, from 0 to 1: by bytes while they come, by files while those that came are imported."""
    if progress.doing == "fetching" and progress.bytes_wanted:
        return progress.bytes_done / progress.bytes_wanted
    if progress.doing == "importing" and progress.files:
        return progress.files_imported / progress.files
    return None


def _words(progress: DownloadProgress) -> str:
    if progress.doing == "fetching":
        return f"{megabytes(progress.bytes_done)} of {megabytes(progress.bytes_wanted)} fetched"
    if progress.doing == "importing":
        return f"{progress.files_imported} of {counted(progress.files, 'file')} imported"
    return "Reading the archives’ lists of files"


def _files(step: FilesStep, store: Store, say: Say) -> Done:
    if step.sort == "months":
        tell = _Telling(say)

        def show(done: int, total: int, file: str) -> None:
            tell(done / total if total else None, f"Reading {file}")

        report = store.import_police_uk(*step.paths, progress=show)
        return report.ok, str(report).splitlines()
    if step.sort == "lookup":
        return True, [store.import_lookup(path).sentence for path in step.paths]
    if step.sort == "centres":
        return True, [import_centres(store, path).sentence for path in step.paths]
    return True, [store.import_geography(*step.paths).sentence]


if __name__ == "__main__":
    sys.exit(main())
