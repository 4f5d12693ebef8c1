"""A page on paper: whether it is being made ready to be printed, and what stands there on paper alone.

Most of it is `print.css`, which holds whenever a browser prints. A map is a canvas, which may print empty, and what
stands behind a fold is made when it is opened: both are made when “Print this page” is pressed, for one run.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from analysis.drawing import encoded

MOST_ROWS = 12
"""Rows of a table that is printed from a closed fold: a longer one is a sheet by itself."""

STANDS_BEHIND = "More of it stands behind this title on the screen."

BUTTON = "print"
"""The key of the button (`pages.frame.printing`), which tells in ``go`` that the page is wanted on paper."""

EVIDENCE = "How sure are we?"
"""How the title of a fold begins that is printed though it is closed: no finding goes round a table without it."""

NO_PICTURE = "The map is not printed this way: press “Print this page” at the foot of the page."


def is_on() -> bool:
    """Return whether this run makes the page ready to be printed."""
    return bool((st.session_state.get(BUTTON) or {}).get("go"))


def prints_closed(title: str) -> bool:
    """Return whether what stands behind this title is printed though its fold is closed."""
    return is_on() and title.startswith(EVIDENCE)


@dataclass
class _Short:
    """What has been printed of a closed fold: whether its one table or figure has, and whether anything was left out."""

    has_picture: bool = False
    left_out: bool = False


_short: ContextVar[_Short | None] = ContextVar("printed in short", default=None)


@contextmanager
def in_short(name: str) -> Iterator[None]:
    """Draw what stands inside on paper alone, its sentences and its first table or figure; ``name`` is its own on the page."""
    short = _Short()
    before = _short.set(short)
    try:
        with st.container(key=f"on-paper-{name}"):
            yield
            if short.left_out:
                st.html(f'<p class="fine">{STANDS_BEHIND}</p>')
    finally:
        _short.reset(before)


@contextmanager
def whole(name: str) -> Iterator[None]:
    """Draw what stands inside on paper alone, all of it; ``name`` is its own on the page."""
    with st.container(key=f"on-paper-{name}"):
        yield


def is_short() -> bool:
    """Return whether what is drawn now is a closed fold, printed in short."""
    return _short.get() is not None


def leaves_out() -> bool:
    """Return whether a figure or a table is left out of what is printed here; if not, it is the one that is printed."""
    short = _short.get()
    if short is None:
        return False
    before, short.has_picture = short.has_picture, True
    short.left_out |= before
    return before


def leaves_out_rows(rows: int) -> bool:
    """Return whether the rows of a table are too many for what is printed here: then its finding stands alone."""
    short = _short.get()
    if short is None or rows <= MOST_ROWS:
        return False
    short.left_out = True
    return True


def leaves_out_words() -> bool:
    """Return whether the sentences by place are left out here: they say in words what the first screen shows."""
    short = _short.get()
    if short is None:
        return False
    short.left_out = True
    return True


def picture(make: Callable[[], bytes], alt: str) -> None:
    """Show in place of a map, on paper, its picture (PNG), or the sentence that says how it is printed.

    The picture goes with the page and is written nowhere: it may show an office's own records.
    """
    if is_on():
        data = base64.b64encode(make()).decode()
        st.html(f'<img class="on-paper" alt="{encoded.html_text(alt)}" src="data:image/png;base64,{data}">')
    else:
        st.html(f'<p class="on-paper-only">{NO_PICTURE}</p>')
