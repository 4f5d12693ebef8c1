"""The one place where answers are asked for and kept: each made once for a state of the store and what was asked."""

from __future__ import annotations

import atexit
import gc
import os
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.drawing.answer import Answer, Part, weight
from analysis.model.cells import Cells
from analysis.topics.coverage import certified
from data.demo import build_demonstration
from data.desk import Desk
from data.store import open_store
from pages.frame import access, wording
from pages.frame.line import Line

MOST_BYTES = 20_000_000
"""Of the parts shown last, so much is kept: some fifty pages' tables, charts and numbers to take away."""

T = TypeVar("T")

_removed = [0]

_run = threading.local()
"""The desk of the run that a thread is in the middle of, and who reads it."""

_answers = Cells(MOST_BYTES, weigh=weight)

_line = Line(max(1, os.cpu_count() or 1))
"""An answer not yet made is a core's work for a second or more; a reader is known by log-in, else by address."""

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
    held: Desk | None = getattr(_run, "desk", None)
    if held is None:
        held = _desk_at(str(open_store().path))
        if not held.store.forces():
            _make_demonstration(str(held.store.path))
        if hasattr(_run, "desk"):
            _run.desk = held
    return held


@contextmanager
def one_run() -> Iterator[None]:
    """Let the store be looked for, and the reader be known, once in what is run inside: a page asks some thirty times.

    The desk itself sees every change of what the store holds.
    """
    _run.desk = _run.reader = None
    try:
        yield
    finally:
        del _run.desk, _run.reader


def ask(answer: Callable[..., Answer], case: Asked, *values: Hashable) -> Answer:
    """Return what a topic answers to this case and these values; what it raises is raised, and not kept.

    Its parts are made, and kept, when they are shown.
    """
    key = (answer.__module__, answer.__qualname__, case.key, values)

    since = _state()

    def part(name: str, make: Callable[[], Part]) -> Part:
        return _kept((*key, name), make, since)

    def whole() -> Answer:
        with weighing():
            return certified(answer(case, *values), case).kept_by(part)

    return _kept(key, whole, since)


@contextmanager
def weighing() -> Iterator[None]:
    """Say that the evidence is being weighed, once that takes half a second.

    An answer has it. Streamlit begins a thread for it, and most parts are made sooner: a page has it where one is not.
    """
    with wording.spinner("Weighing the evidence…"):
        yield


class _NotKeptError(Exception):
    """What was made while the months or the records changed: it is shown, and not kept."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.made = made


def _state() -> tuple[int, str]:
    """Return the state of what is held: how often records were removed for good, and of the store."""
    return _removed[0], desk().state()


def _kept(key: Hashable, make: Callable[[], T], since: tuple[int, str]) -> T:
    """Return what is kept under this key, made now where it is not; kept only if what is held is as it was ``since`` then.

    A part is made when it is shown: by then another month may lie under the same case.
    """

    def made() -> T:
        new = _weighed(make)
        if _state() != since:
            raise _NotKeptError(new)
        return new

    try:
        return _answers.get(key, made)
    except _NotKeptError as moved:
        return cast(T, moved.made)


def _weighed(make: Callable[[], T]) -> T:
    """Make something now, in line for a core."""
    with _in_line():
        made = make()
    _settle()
    return made


def ask_each(answer: Callable[..., Answer], case: Asked, values: Iterable[str]) -> dict[str, Answer]:
    """Return what a topic answers to this case for each of these values, in their order."""
    return {value: ask(answer, case, value) for value in values}


def forget() -> None:
    """Let go of every answer kept, for when records are removed for good; what is still being made is not kept after it."""
    _removed[0] += 1
    _answers.clear()


def _reader() -> tuple[str, str]:
    """Return who stands in line, and from where: in a run the same for each answer."""
    reader: tuple[str, str] | None = getattr(_run, "reader", None)
    if reader is None:
        visitor = access.visitor()
        reader = visitor.who, visitor.where
        if hasattr(_run, "desk"):
            _run.reader = reader
    return reader


@contextmanager
def _in_line() -> Iterator[None]:
    """Wait for a core, and say meanwhile how long the line is."""
    shown: list[DeltaGenerator] = []

    def tell(at: int) -> None:
        if not shown:
            shown.append(st.empty())
        # said again each second: whoever has closed the window leaves the line here
        wording.on(shown[0]).caption(
            f"Others are being answered. You are number {at} in line; this page goes on by itself."
        )

    with _line.place(_reader(), tell):
        for place in shown:
            place.empty()
        yield


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
