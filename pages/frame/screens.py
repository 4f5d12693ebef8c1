"""What of a page stands on the screen in the meeting view: its first screen, or the second, with the reason or the map.

All of the page is drawn there as everywhere, and what is not on the screen stands in containers that meeting.css shows
to nobody: so each choice, fold and map is as it was when the view is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame import filters

PARAMETER = "screen"
"""The part of a link that opens a page at its second screen."""

Part = Literal["", "why", "where"]
"""What a second screen shows: the reason of the cell that is chosen on a board, or the map beside the cards; or nothing."""

WHY: Final = "why"
WHERE: Final = "where"

OFF = "off-screen"
"""How the key begins of a container that is not on the screen."""

BAR = "meeting"
"""The key of the bar of the meeting view (`pages.frame.meeting`), which is told by the browser how large its window is."""

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""How many times as large as in a window of 1280 x 720 all is drawn: 1.5 in one of 1920 x 1080."""

_page: ContextVar[ExitStack | None] = ContextVar("page of the meeting", default=None)
_second: ContextVar[Part] = ContextVar("second screen of the page", default="")


def shows(part: Part) -> bool:
    """Return whether the screen is the second one of a page, with this part."""
    return st.query_params.get(PARAMETER) == part


def scale() -> float:
    """Return how many times as large as in a window of 1280 x 720 maps are drawn in the meeting view (one of `SCALES`)."""
    told = (st.session_state.get(BAR) or {}).get("scale")
    return next((each for each in SCALES if each == told), 1.0)


@contextmanager
def one_screen(second: Part = "") -> Iterator[None]:
    """Draw the page that runs inside with one screen of it on the screen, and the rest of it not.

    ``second`` is the part that its second screen shows, if it has one.
    """
    if not filters.in_meeting():
        yield
        return
    with ExitStack() as page:
        page.enter_context(st.container(key="meeting-screen"))
        before, second_before = _page.set(page), _second.set(second)
        try:
            yield
        finally:
            _page.reset(before)
            _second.reset(second_before)


def rest_begins() -> None:
    """Say that what a page draws from now on is not its first screen; to be called outside every ``with`` of the page."""
    page = _page.get()
    if page is not None:
        page.enter_context(st.container(key=f"{OFF}-rest"))
        _page.set(None)


def board_alone() -> Any:
    """Return a place for what stands over and on a board, which in the meeting view gives way to the reason of a cell."""
    return _place("board", on_screen=not shows(WHY))


def why_alone() -> Any:
    """Return a place for the reason of a cell, which in the meeting view is a screen of its own."""
    return _place("why", on_screen=shows(WHY))


def answer_and_map() -> list[DeltaGenerator] | None:
    """Return a place for the cards and one for the map beside them, of which one is on the screen; else nothing.

    Outside the meeting view, and on a page whose map is no screen of its own, they stand on one screen.
    """
    if _second.get() != WHERE:
        return None
    return [
        _place("answer", on_screen=not shows(WHERE)),
        _place("map", on_screen=shows(WHERE)),
    ]


def _place(name: str, *, on_screen: bool) -> Any:
    return st.container(key=f"{'on-screen' if on_screen else OFF}-{name}")
