"""Folds: what stands behind a title is run, and sent, where the reader has opened it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.frame import paper, wording

OPEN, ALL = "folds", "open"
"""The part of a link that opens every fold of a page: to print it, or to search it."""

FOLDS = "folds-of-page"
"""The folds of the page, by key, as they stood when they were last drawn."""

PAGE = "page-of-folds"
"""Whose folds they are."""


@dataclass(frozen=True)
class _Fold:
    """A fold: its title, whether it began open, and whether it is."""

    title: str
    begins: bool
    open: bool


def page_begins(address: str) -> None:
    """Forget the folds of the page before: they begin closed on each page."""
    if st.session_state.get(PAGE) != address:
        st.session_state[PAGE] = address
        st.session_state[FOLDS] = {}


def behind(title: str, content: Callable[[], None], name: str) -> None:
    """Put what ``content`` draws behind a title, by a name of its own on the page."""
    if not _is_open(title, content, name) and paper.prints_closed(title):
        with paper.in_short(name):
            wording.subheader(title, anchor=False)
            content()


def behind_on_a_phone(title: str, content: Callable[[], None], name: str) -> None:
    """Put behind a title what stands open in a wide window: closed as it is, it is printed as from there."""
    if not _is_open(title, content, name) and paper.is_on():
        with paper.whole(name):
            wording.header(title, anchor=False)
            content()


def _is_open(title: str, content: Callable[[], None], name: str) -> bool:
    """Draw the fold, with its content where the reader has opened it, and return whether it is open."""
    opened = all_open()
    # another key where all are opened or closed: what a reader did before is over
    key = f"fold-{name}{'-all' if opened else ''}"
    folds: dict[str, _Fold] = st.session_state.setdefault(FOLDS, {})
    last = folds.get(key)
    # Streamlit takes a fold of another title for another fold, which begins as it is told: as the last one stood
    begins = opened if last is None else last.begins if last.title == title else last.open
    box = wording.expander(title, expanded=begins, key=key, on_change="rerun")
    folds[key] = _Fold(title, begins, bool(box.open))
    if box.open:
        with box:
            content()
    return bool(box.open)


def any_open() -> bool:
    """Return whether a fold of the page is open, as far as it has been drawn."""
    return any(fold.open for fold in st.session_state.get(FOLDS, {}).values())


def all_open() -> bool:
    """Return whether the link asks for every fold to be open."""
    return st.query_params.get(OPEN) == ALL


def open_or_close_all() -> None:
    """Offer to open every fold of the page, or to close them again."""

    def turn() -> None:
        if all_open():
            del st.query_params[OPEN]
        else:
            st.query_params[OPEN] = ALL

    words = (
        "Close every part of this page"
        if all_open()
        else "Open every part of this page, to print or to search it"
    )
    wording.button(words, key="folds-all", type="tertiary", on_click=turn)
