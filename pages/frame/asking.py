"""The one place where answers are asked for and kept: each made once for a state of the store and what was asked."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any, Protocol

import streamlit as st

from analysis.drawing.answer import Answer
from analysis.model.cells import Cells
from analysis.topics.coverage import certified
from data.demo import build_demonstration
from data.desk import Desk
from data.store import open_store

MOST_BYTES = 120_000_000
"""Of the answers used last, so much is kept: some hundred pages' tables, charts and numbers to take away."""

_answers = Cells(MOST_BYTES, weigh=lambda answer: answer.weight)

# what was frozen is handed back at the end, so that libraries can take leave of their own objects
atexit.register(gc.unfreeze)


class Asked(Protocol):
    """A case, or the small value that a topic makes of one."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        ...


def desk() -> Desk:
    """Return the desk of the store of real months or, while there is none, of the demonstration, made at first need."""
    held = _desk_at(str(open_store().path))
    if not held.store.forces():
        _make_demonstration(str(held.store.path))
    return held


def ask(answer: Callable[..., Answer], case: Asked, *values: Hashable) -> Answer:
    """Return what a topic answers to this case and these values; what it raises is raised, and not kept."""
    key = (answer.__module__, answer.__qualname__, case.key, values)

    def make() -> Answer:
        with st.spinner("Weighing the evidence…"):
            made = certified(answer(case, *values), case)
        _settle()
        return made

    return _answers.get(key, make)


def ask_each(answer: Callable[..., Answer], case: Asked, values: Iterable[str]) -> dict[str, Answer]:
    """Return what a topic answers to this case for each of these values, in their order."""
    return {value: ask(answer, case, value) for value in values}


def forget() -> None:
    """Let go of every answer kept, for when records are removed for good."""
    _answers.clear()


_settled: set[Any] = set()


def _settle() -> None:
    """Freeze, once, what the first answer brought into memory: it stays, and need not be walked by each collection."""
    if not _settled:
        _settled.add(True)
        gc.collect()
        gc.freeze()


@st.cache_resource(max_entries=4, show_spinner=False)
def _desk_at(path: str) -> Desk:
    return Desk(open_store(path))


@st.cache_resource(max_entries=4, show_spinner="Making the demonstration data…")
def _make_demonstration(path: str) -> None:
    build_demonstration(Path(path))
