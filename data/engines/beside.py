"""Forces beside each other in processes of this machine: each counts the rows of one, and does with them what is to be done.

Processes are started anew (spawn): one that was forked from a process with threads, as the app's is, may hang.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pandas as pd

from analysis.model.errors import AnalysisError
from data.engines.port import Engine, ForceWork, Question, in_form

MOST_WORKERS = 3
"""A worker took 430 MB (Cleveland's 24 months, libraries in it), as the one that waits for them: together under 2 GB."""

FORCES_A_WORKER = 25
"""After so many forces a worker is followed by a new one, which has the memory that the old one did not give back."""

STOPPED = "One of the processes that judge forces was ended. Ask again, with more memory or fewer forces."

_here: list[tuple[ForceWork, tuple[str, ...], Callable[[], Engine]]] = []
"""In a worker: what it does, the keys that it counts by, and what makes the engine that counts."""


def in_processes(
    questions: Mapping[str, Question],
    keys: Sequence[str],
    work: ForceWork,
    engine: Callable[[], Engine],
    workers: int | None = None,
) -> pd.DataFrame:
    """Return what is made of each force, in the order of the questions; see `data.engines.port.Engine.each_force`.

    ``engine`` makes the one that counts, in each process its own: a class, or a function at the top of a module.
    """
    at_once = min(workers or os.cpu_count() or 1, MOST_WORKERS, max(len(questions), 1))
    with ProcessPoolExecutor(
        at_once,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(work, tuple(keys), engine),
        max_tasks_per_child=FORCES_A_WORKER,
    ) as pool:
        try:
            # the largest first: one that begins last would be waited for
            begun = {
                force: pool.submit(_one, force, questions[force])
                for force in sorted(questions, key=lambda force: -_size(questions[force]))
            }
            tables = [begun[force].result() for force in questions]
        except BrokenProcessPool as problem:
            raise AnalysisError(STOPPED) from problem
        finally:
            pool.shutdown(cancel_futures=True)  # where one failed, what has not begun need not
    return in_form(pd.concat(tables, ignore_index=True), work.columns)


def one_after_another(
    questions: Mapping[str, Question], keys: Sequence[str], work: ForceWork, engine: Callable[[], Engine]
) -> pd.DataFrame:
    """Return the same, done in this process."""
    _begin(work, tuple(keys), engine)
    try:
        tables = [_one(force, question) for force, question in questions.items()]
    finally:
        _here.clear()
    return in_form(pd.concat(tables, ignore_index=True), work.columns)


def _begin(work: ForceWork, keys: tuple[str, ...], engine: Callable[[], Engine]) -> None:
    _here[:] = [(work, keys, engine)]


def _one(force: str, question: Question) -> pd.DataFrame:
    work, keys, engine = _here[0]
    counts = engine().count_by(question, keys)
    table = work(force, counts) if len(counts) else pd.DataFrame(columns=list(work.columns))
    return in_form(table, work.columns)


def _size(question: Question) -> int:
    return sum(os.path.getsize(file) for file in question.files if os.path.exists(file))  # noqa: PTH110, PTH202
