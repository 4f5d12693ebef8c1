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
from functools import partial
from typing import Any, TextIO

from analysis.model.english import counted
from analysis.model.errors import AnalysisError
from data.download import DownloadProgress, DownloadRequest, download
from data.download.values import megabytes
from data.jobs.steps import FilesStep, GeographyStep, MonthsStep, Step, from_plain
from data.ons import GeographyProgress, GeographyRequest, download_geography
from data.store import Store, open_store
from data.store.centres import import_centres
from data.store.own_folder import make_own, own_files

EVERY = 0.25
"""Seconds between two words on how far it is: more often nobody looks."""

POLITE = 10
"""How much this process gives way to the readers' pages, on systems that know it."""

Say = Callable[[dict[str, Any]], None]


def main(asked: TextIO = sys.stdin, output: TextIO = sys.stdout) -> int:
    """Do the steps of the request, and return 1 where one of them did not end well."""
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
        ok = _do_all([from_plain(each) for each in request["steps"]], request["store"], say, cancel)
        make_own(request["store"])
    return 0 if ok else 1


def _wait_for_stop(asked: TextIO, cancel: threading.Event) -> None:
    asked.readline()  # a word, or the end: whoever started it is gone
    cancel.set()


def _do_all(steps: list[Step], store: str, say: Say, cancel: threading.Event) -> bool:
    for at, step in enumerate(steps):
        say({"step": at})
        ok, sentences = _tried(partial(_do, step, open_store(store), say, cancel))
        say({"said": sentences, "ok": ok})
        if not ok or cancel.is_set():
            return False
    return True


def _tried(do: Callable[[], tuple[bool, list[str]]]) -> tuple[bool, list[str]]:
    try:
        return do()
    except AnalysisError as problem:
        return False, [str(problem)]
    except OSError as problem:
        return False, [
            f"The store cannot be read or written: {problem.strerror}. Check the folder, its permissions and the space "
            "left; what was held is unchanged."
        ]


def _do(step: Step, store: Store, say: Say, cancel: threading.Event) -> tuple[bool, list[str]]:
    if isinstance(step, MonthsStep):
        return _months(step, store, say, cancel)
    if isinstance(step, GeographyStep):
        return _geography(step, store, say, cancel)
    return _files(step, store, say)


def _months(step: MonthsStep, store: Store, say: Say, cancel: threading.Event) -> tuple[bool, list[str]]:
    last = [0.0]

    def show(progress: DownloadProgress) -> None:
        if time.monotonic() - last[0] >= EVERY:
            last[0] = time.monotonic()
            say({"progress": _share(progress), "words": _words(progress), "left": progress.seconds_left})

    request = DownloadRequest(step.force, step.first, step.last, step.with_railways)
    report = download(store, request, show, cancel)
    return report.ok, str(report).splitlines()


def _geography(
    step: GeographyStep, store: Store, say: Say, cancel: threading.Event
) -> tuple[bool, list[str]]:
    last = [0.0]

    def show(progress: GeographyProgress) -> None:
        if time.monotonic() - last[0] >= EVERY:
            last[0] = time.monotonic()
            share = progress.layers_done / progress.layers if progress.layers else None
            say(
                {
                    "progress": share,
                    "words": f"{progress.words}: {megabytes(progress.bytes_fetched)}",
                    "left": None,
                }
            )

    report = download_geography(store, GeographyRequest((step.force,)), show, cancel)
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


def _files(step: FilesStep, store: Store, say: Say) -> tuple[bool, list[str]]:
    if step.sort == "months":
        last = [0.0]

        def show(done: int, total: int, file: str) -> None:
            if time.monotonic() - last[0] >= EVERY:
                last[0] = time.monotonic()
                say({"progress": done / total if total else None, "words": f"Reading {file}", "left": None})

        report = store.import_police_uk(*step.paths, progress=show)
        return report.ok, str(report).splitlines()
    if step.sort == "lookup":
        return True, [store.import_lookup(path).sentence for path in step.paths]
    if step.sort == "centres":
        return True, [import_centres(store, path).sentence for path in step.paths]
    return True, [store.import_geography(*step.paths).sentence]


if __name__ == "__main__":
    sys.exit(main())
