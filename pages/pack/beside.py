"""Two processes that make one pack, for machines with two cores: a folder between them, and the second process.

Each piece of the pack (a chapter, a picture, a format) is taken once, by whichever process comes to it first: the one that
began takes from the front of the list, the other from the back. What one made the other reads as Python keeps values, from a
folder that only this user may open. Where the second process ends early, or gives nothing for `LONGEST`, the first makes what
is missing. A folder that two killed processes left is removed by the next pack.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn, cast

from data.workspace import workspace

LOOK_EVERY = 0.01
"""Seconds between two looks whether the other process has given something."""

LONGEST = 180.0
"""Seconds that the first process waits, with nothing left to make, before it ends a second that gives nothing: one that prints
may wait 120 of them for its browser (`pages.pack.pdf`)."""

GRACE = 5.0
"""Seconds that a process has to end what it began, such as a browser, before it is killed."""


BEGINS = "town-centres-two-"
"""How the name of a folder between two processes begins."""


class Side:
    """One of the two processes, which share a folder: ``number`` is 0 for the one that began, 1 for its second.

    ``alive`` says whether the other one is still there, and ``give_up`` ends it where it has given nothing for `LONGEST`; the
    second needs none, since it ends with the first.
    """

    def __init__(
        self,
        folder: Path,
        number: int,
        alive: Callable[[], bool] = lambda: True,
        give_up: Callable[[], None] | None = None,
    ) -> None:
        self._folder, self._number, self._alive, self._give_up = folder, number, alive, give_up

    @property
    def first(self) -> bool:
        """Whether this side is the process that began."""
        return self._number == 0

    def order(self, pieces: Iterable[str]) -> Sequence[str]:
        """Return pieces in the order in which this side comes to them."""
        listed = list(pieces)
        return listed if self.first else listed[::-1]

    def take(self, piece: str) -> bool:
        """Take a piece; return whether it is this side's to make now."""
        try:
            os.close(os.open(self._folder / f"{piece}.taken", os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return False
        return True

    def give(self, name: str, value: object) -> None:
        """Give the other side a value under a name."""
        file = self._file(name, self._number)
        coming = file.with_suffix(".coming")
        coming.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        coming.rename(file)

    def wait(self, name: str, meanwhile: Callable[[], bool] = lambda: False) -> Any:
        """Return what the other side gives under this name; None where it has ended, or was given up, without.

        Until it comes, ``meanwhile`` makes some small piece each time that it is called; it returns False when there is none.
        """
        file = self._file(name, 1 - self._number)
        idle_since = time.monotonic()
        while not file.exists():
            if not self._alive():
                return pickle.loads(file.read_bytes()) if file.exists() else None
            if meanwhile():
                idle_since = time.monotonic()
            elif self._give_up is not None and time.monotonic() - idle_since > LONGEST:
                self._give_up()
            else:
                time.sleep(LOOK_EVERY)
        return pickle.loads(file.read_bytes())

    def _file(self, name: str, number: int) -> Path:
        return self._folder / f"{name}-{number}.given"


class Second:
    """The second process, begun; `side` is the first's. ``between`` holds the folder between them, and removes it in the end."""

    def __init__(self, process: BaseProcess, folder: Path, between: AbstractContextManager[Path]) -> None:
        self._process, self._between = process, between
        self.side = Side(folder, 0, process.is_alive, self.stop)

    def stop(self) -> None:
        """End the process, with what it began where it still can."""
        self._process.terminate()
        self._process.join(GRACE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def end(self) -> None:
        """End it, and remove what lies between the two; may be called twice."""
        self.stop()
        self._between.__exit__(None, None, None)


def begin(work: Callable[[Side], None], *, fresh: bool) -> Second | None:
    """Begin a second process, which does this work; None on one core, and where no temporary folder can be written.

    ``fresh`` says that this process has opened no connection and begun no thread: on Linux the second is then a copy of it
    (fork) and has nothing to load. Elsewhere it is started anew.
    """
    if (os.cpu_count() or 1) < 2:
        return None
    context = multiprocessing.get_context("fork" if fresh and sys.platform == "linux" else "spawn")
    between = workspace(BEGINS)
    try:
        folder = between.__enter__()
    except OSError:  # one process makes a pack as well, and takes longer
        return None
    process = cast(Any, context).Process(target=_work, args=(work, folder), daemon=True)
    try:
        process.start()
    except OSError:
        between.__exit__(None, None, None)
        return None
    return Second(process, folder, between)


def _work(work: Callable[[Side], None], folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # that of the first process ends this one, too
    signal.signal(signal.SIGTERM, _leave)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # whoever reads the first's words would else wait for the end of this one
        os.dup2(nothing, stream)
    threading.Thread(target=_end_with_the_first, args=(folder,), daemon=True).start()
    work(Side(folder, 1))


def _leave(*_: object) -> NoReturn:
    """Leave by way of every ``finally``, so that a browser that was begun ends, too."""
    raise SystemExit(1)


def _end_with_the_first(folder: Path) -> None:
    """End when the first process is gone, however it ended, and leave nothing behind."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
    shutil.rmtree(folder.parent, ignore_errors=True)
    main = threading.main_thread()
    if hasattr(signal, "pthread_kill") and main.ident is not None:
        signal.pthread_kill(main.ident, signal.SIGTERM)
        main.join(GRACE)
    shutil.rmtree(folder.parent, ignore_errors=True)
    os._exit(1)
