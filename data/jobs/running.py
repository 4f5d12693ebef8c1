"""The job of a store, as whoever started it and whoever looks at it sees it."""

from __future__ import annotations

import json
import os
import shutil
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
from data.access import Action, Visitor
from data.jobs.steps import Step, to_plain
from data.permitted import permitted, require

_PROJECT = Path(__file__).parents[2]

GIVEN = ".given-"
"""What the folders begin with that files given on the screen lie in, beside the store, until they are imported."""

BUSY = (
    "Something is being fetched or imported here already. Wait until it has ended, or stop it, and try again."
)
ENDED_BADLY = (
    "The work ended without a word, as when a machine has no memory left. What was finished is held; the same again goes "
    "on from there."
)


OLD = 86_400.0
"""Seconds after which files given are what a killed server left."""


class _NotDoneError(Exception):
    """A job ended, and not well."""


def subject_of(steps: Sequence[Step]) -> str:
    """Return what the log says of these steps: what each does, and the force where it is of one."""
    return ", ".join(f"{step.do} {getattr(step, 'force', '')}".rstrip() for step in steps)


def _sweep(store_path: Path) -> None:
    for folder in store_path.glob(f"{GIVEN}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > OLD:
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class JobState:
    """How far a job is: which of its ``steps`` is being done, the share of it done (None while that is not known) in
    words, and seconds left where they can be told; then what each step said, and whether all went well (None before the end).
    """

    steps: tuple[Step, ...]
    at: int = 0
    share: float | None = None
    words: str = ""
    seconds_left: float | None = None
    said: tuple[str, ...] = ()
    ok: bool | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing is being done any more."""
        return self.ok is not None


@dataclass(frozen=True)
class How:
    """``given`` is a folder to be removed at the end, ``worker`` the module that does the steps."""

    given: Path | None = None
    worker: str = "data.jobs.worker"


class Job:
    """Steps being done in a process of their own for a visitor; made by `start`."""

    def __init__(self, visitor: Visitor, store_path: Path, steps: Sequence[Step], how: How) -> None:
        self.started_by = visitor.who
        self._visitor, self._path, self._how = visitor, store_path, how
        self._state = JobState(tuple(steps))
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def state(self) -> JobState:
        """How far it is at this moment."""
        with self._lock:
            return self._state

    def stop(self, visitor: Visitor) -> None:
        """Let it end after the piece that is being done; what was finished is held. RefusedError without the role."""
        require(visitor, Action.IMPORT_DATA, self._path, "stop")
        self._tell_to_stop()

    def _tell_to_stop(self) -> None:
        with self._lock:
            self._stopped = True
            process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError):  # it has ended by itself
                process.stdin.write("stop\n")
                process.stdin.flush()

    def wait(self, seconds: float | None = None) -> JobState:
        """Wait for its end, at most so many seconds, and return how far it is then."""
        self._thread.join(seconds)
        return self.state

    def _run(self) -> None:
        subject = subject_of(self._state.steps)
        try:
            with permitted(self._visitor, Action.IMPORT_DATA, self._path, subject):
                self._follow()
                if not self.state.ok:
                    raise _NotDoneError  # so that the log says so; what there is to say is said
        except _NotDoneError:
            pass
        except RefusedError as problem:
            self._change(ok=False, said=(*self.state.said, str(problem)))
        except (OSError, ValueError, KeyError, RuntimeError) as problem:  # a thread has nobody to raise it to
            self._change(ok=False, said=(*self.state.said, f"{ENDED_BADLY} ({type(problem).__name__})"))
        finally:
            if self._how.given is not None:
                shutil.rmtree(self._how.given, ignore_errors=True)
            if not self.state.ended:
                self._change(ok=False, said=(*self.state.said, ENDED_BADLY))

    def _follow(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", self._how.worker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=_PROJECT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        ) as process:
            stdin, stdout = process.stdin, process.stdout
            if stdin is None or stdout is None:  # both were asked for
                raise RuntimeError("a job has no way to be spoken to")
            request = {"store": str(self._path), "steps": [to_plain(step) for step in self._state.steps]}
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()
            with self._lock:
                self._process = process
                stopped = self._stopped
            if stopped:
                self._tell_to_stop()
            steps_ok = [self._heard(json.loads(line)) for line in stdout]
            with self._lock:
                self._process = None
        all_done = sum(ok is not None for ok in steps_ok) == len(self._state.steps)
        if False not in steps_ok and not (all_done and process.returncode == 0) and not self._stopped:
            self._change(said=(*self.state.said, ENDED_BADLY))
        self._change(ok=process.returncode == 0 and all_done, share=None, words="", seconds_left=None)

    def _heard(self, values: dict[str, Any]) -> bool | None:
        """Take a word of the worker's in; return whether a step ended well, None where none ended."""
        if "said" in values:
            self._change(said=(*self.state.said, *values["said"]))
            return bool(values["ok"])
        if "step" in values:
            self._change(at=int(values["step"]), share=None, words="", seconds_left=None)
        else:
            self._change(share=values["progress"], words=values["words"], seconds_left=values["left"])
        return None

    def _change(self, **changes: Any) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)

    def begin(self) -> None:
        """Begin; called once."""
        self._thread.start()


_jobs: dict[str, Job] = {}
_starting = threading.Lock()


def start(visitor: Visitor, store_path: Path | str, steps: Sequence[Step], how: How | None = None) -> Job:
    """Begin these steps for this visitor, and return the job.

    One at a time for a store and server. Raises RefusedError, with its sentence, for a visitor who may not import, and
    while another is being done.
    """
    path = Path(store_path)
    require(visitor, Action.IMPORT_DATA, path, subject_of(steps))
    _sweep(path)
    with _starting:
        running = _jobs.get(str(path))
        if running is not None and not running.state.ended:
            raise RefusedError(BUSY)
        job = _jobs[str(path)] = Job(visitor, path, steps, how or How())
        job.begin()
    return job


def current(store_path: Path | str) -> Job | None:
    """Return the job of a store, that is being done or was the last to end; None where there was none."""
    return _jobs.get(str(Path(store_path)))
