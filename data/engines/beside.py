"""Forces beside each other in processes of this machine: each counts the rows of one, and does with them what is to be done.

Processes are started anew (spawn): one that was forked from a process with threads, as the app's is, may hang.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pandas as pd

from analysis.model.errors import AnalysisError
from data.engines.port import Engine, ForceWork, Question, in_form

MOST_AT_ONCE = 3
"""One process took 430 MB (Cleveland's 24 months, libraries in it), the one that asks among them: together under 2 GB."""

FEW = 5
"""Fewer forces than these one process judges about as soon, and with half of the work: another takes some three seconds to
begin, and a force about one."""

FORCES_A_WORKER = 25
"""After so many forces a worker is followed by a new one, which has the memory that the old one did not give back."""

STOPPED = "One of the processes that judge forces was ended. Ask again, with more memory or fewer forces."

Task = tuple[ForceWork, tuple[str, ...], Callable[[], Engine]]
"""What is done of each force, the keys that it is counted by, and what makes the engine that counts."""

_here: list[Task] = []
"""In a worker: its task."""

Work = Callable[[str], pd.DataFrame]


def in_processes(
    questions: Mapping[str, Question],
    keys: Sequence[str],
    work: ForceWork,
    engine: Callable[[], Engine],
    workers: int | None = None,
) -> pd.DataFrame:
    """Return what is made of each force, in the order of the questions; see `data.engines.port.Engine.each_force`.

    ``engine`` makes the one that counts, in each process its own: a class, or a function at the top of a module.
    This process is one of those at work: it has all libraries already, which a new one takes three seconds to read. Without
    ``workers`` there are as many processes as cores, at most `MOST_AT_ONCE`, and one for fewer than `FEW` forces.
    """
    cores = (os.cpu_count() or 1) if len(questions) >= FEW else 1
    at_once = min(workers or cores, MOST_AT_ONCE, max(len(questions), 1))
    if at_once == 1:
        return one_after_another(questions, keys, work, engine)
    with ProcessPoolExecutor(
        at_once - 1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(work, tuple(keys), engine),
        max_tasks_per_child=FORCES_A_WORKER,
    ) as pool:
        try:
            tables = _shared_out(
                # the largest first: one that begins last would be waited for
                sorted(questions, key=lambda force: -_size(questions[force])),
                lambda force: _one(force, questions[force], (work, tuple(keys), engine)),
                [lambda force: pool.submit(_there, force, questions[force]).result()] * (at_once - 1),
            )
        except BrokenProcessPool as problem:
            raise AnalysisError(STOPPED) from problem
        finally:
            pool.shutdown(cancel_futures=True)
    return _joined([tables[force] for force in questions], work)


def one_after_another(
    questions: Mapping[str, Question], keys: Sequence[str], work: ForceWork, engine: Callable[[], Engine]
) -> pd.DataFrame:
    """Return the same, done in this process."""
    return _joined(
        [_one(force, asked, (work, tuple(keys), engine)) for force, asked in questions.items()], work
    )


def _shared_out(forces: Sequence[str], here: Work, others: Sequence[Work]) -> dict[str, pd.DataFrame]:
    """Return the table of each force. Whoever is free takes the next; where one fails, nobody begins another."""
    waiting, tables = deque(forces), dict[str, pd.DataFrame]()

    def take(make: Work) -> None:
        while waiting:
            try:
                force = waiting.popleft()
            except IndexError:  # another took the last between the two lines
                return
            try:
                tables[force] = make(force)
            finally:
                if force not in tables:
                    waiting.clear()

    with ThreadPoolExecutor(len(others)) as threads:
        beside = [threads.submit(take, other) for other in others]
        take(here)
        for each in beside:
            each.result()
    return tables


def _joined(tables: Sequence[pd.DataFrame], work: ForceWork) -> pd.DataFrame:
    return in_form(pd.concat(tables, ignore_index=True), work.columns)


def _begin(work: ForceWork, keys: tuple[str, ...], engine: Callable[[], Engine]) -> None:
    _here[:] = [(work, keys, engine)]


def _there(force: str, question: Question) -> pd.DataFrame:
    return _one(force, question, _here[0])


def _one(force: str, question: Question, task: Task) -> pd.DataFrame:
    work, keys, engine = task
    counts = engine().count_by(question, keys)
    table = work(force, counts) if len(counts) else pd.DataFrame(columns=list(work.columns))
    return in_form(table, work.columns)


def _size(question: Question) -> int:
    return sum(os.path.getsize(file) for file in question.files if os.path.exists(file))  # noqa: PTH110, PTH202
