"""Packs being made for readers, each in a process of its own: the server's memory is as before when it has ended.

Two are made at a time and others wait; each can be cancelled at any moment, and leaves nothing behind then.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.model.errors import RefusedError
from data.workspace import workspace
from pages.pack.beside import GRACE

AT_ONCE = 2
"""So many packs are made at a time: each takes two cores for fifteen to twenty seconds."""

KEPT = 3600.0
"""Seconds for which a pack that is made is kept for its reader."""

MOST_KEPT = 20
"""Packs that are kept; each is some ten to twenty megabytes on disk."""

_PROJECT = Path(__file__).parents[2]
_BEGINS = "town-centres-pack-"

ENDED_BADLY = "Making the pack ended without a word, as when a machine has no memory left. Try it again, or make fewer pages."


@dataclass(frozen=True)
class PackState:
    """How far a pack is: pieces ``done`` of ``of`` and the name of the one being made; then its ``files`` and what was said.

    ``ok`` is None while it is being made or waits.
    """

    done: int = 0
    of: int = 0
    words: str = "Waiting for its turn"
    files: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    ok: bool | None = None


class PackJob:
    """A pack being made; `start` begins it."""

    def __init__(
        self, store: Path, selection: dict[str, Any], pages: Sequence[str], formats: Sequence[str]
    ) -> None:
        self._place = workspace(_BEGINS)
        try:
            self.folder = self._place.__enter__()
        except OSError as problem:
            raise RefusedError(
                f"No temporary folder can be written on this machine ({problem.strerror or problem}), so no pack can be made. "
                "Ask whoever runs the program for room in it."
            ) from problem
        self.begun, self.asked = time.monotonic(), selection
        self._command = [sys.executable, "-m", "pages.pack", "--progress", "--zip", "--store", str(store)]
        self._command += ["--out", str(self.pack), "--selection", json.dumps(selection)]
        for key, values in (("--only", pages), ("--format", formats)):
            self._command += [word for value in values for word in (key, value)]
        self._state, self._lock = PackState(), threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._leaving, self._left = threading.Lock(), False
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def pack(self) -> Path:
        """The folder of the pack, once it is made."""
        return self.folder / "pack"

    @property
    def state(self) -> PackState:
        """How far it is at this moment."""
        with self._lock:
            return self._state

    def begin(self) -> None:
        """Begin; called once."""
        self._thread.start()

    def cancel(self) -> None:
        """End it now, and leave nothing behind."""
        with self._lock:
            self._cancelled = True
            process = self._process
        if process is not None:
            _begin_end(process)

    def wait(self, seconds: float | None = None) -> PackState:
        """Wait for its end, at most so many seconds, and return how far it is then."""
        self._thread.join(seconds)
        return self.state

    def forget(self) -> None:
        """Remove what it made."""
        self.cancel()
        self._leave()

    def _leave(self) -> None:
        """Remove the folder; asked from two threads, it goes once."""
        with self._leaving:
            if not self._left:
                self._left = True
                self._place.__exit__(None, None, None)

    def _run(self) -> None:
        with _turns:
            try:
                if not self._cancelled:
                    self._follow()
            except (OSError, ValueError) as problem:  # a thread has nobody to raise it to
                self._change(ok=False, said=(f"{ENDED_BADLY} ({type(problem).__name__})",))
        if self._cancelled:
            self._leave()
            self._change(ok=False, said=("Cancelled; nothing was kept.",), files=())
        elif self.state.ok is None:
            self._change(ok=False, said=(*self.state.said, ENDED_BADLY))

    def _follow(self) -> None:
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=_PROJECT,
            env=environment,
        ) as process:
            with self._lock:
                self._process = process
            if self._cancelled:
                _begin_end(process)
            for line in process.stdout or ():
                self._heard(json.loads(line))
        with self._lock:
            self._process = None
        if process.returncode == 0 and self.state.files:
            self._change(ok=True)

    def _heard(self, values: dict[str, Any]) -> None:
        if "refused" in values:
            self._change(ok=False, said=(str(values["refused"]),))
        elif "files" in values:
            self._change(files=tuple(values["files"]), said=tuple(values["said"]))
        else:
            self._change(done=int(values["done"]), of=int(values["of"]), words=str(values["words"]))

    def _change(self, **changes: Any) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)


def _begin_end(process: subprocess.Popen[str]) -> None:
    """Ask a process that makes a pack to end: it ends what it began, such as a browser that prints; killed where it does not."""
    with suppress(OSError):
        process.terminate()
    with suppress(RuntimeError):  # no thread begins while Python itself ends, and the process has been asked
        threading.Thread(target=_killed_late, args=(process,), daemon=True).start()


def _killed_late(process: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


_turns = threading.BoundedSemaphore(AT_ONCE)
_jobs: dict[str, PackJob] = {}
_starting = threading.Lock()


def start(
    key: str, store: Path, selection: dict[str, Any], pages: Sequence[str] = (), formats: Sequence[str] = ()
) -> PackJob:
    """Begin a pack for whoever asks by this key; one that was made for it before is let go of."""
    with _starting:
        _sweep(key)
        job = _jobs[key] = PackJob(store, selection, pages, formats)
        job.begin()
    return job


def current(key: str) -> PackJob | None:
    """Return the pack that is being made or was made last for this key, None where there is none."""
    return _jobs.get(key)


def _sweep(key: str) -> None:
    now = time.monotonic()
    ended = [each for each, job in _jobs.items() if job.state.ok is not None and now - job.begun > KEPT]
    oldest = sorted(
        (each for each, job in _jobs.items() if job.state.ok is not None), key=lambda each: _jobs[each].begun
    )
    for each in {key, *ended, *oldest[: max(len(_jobs) - MOST_KEPT, 0)]}:
        job = _jobs.pop(each, None)
        if job is not None:
            job.forget()


@atexit.register
def _forget_all() -> None:
    for job in list(_jobs.values()):
        job.forget()
