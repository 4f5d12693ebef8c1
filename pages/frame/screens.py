"""What of a page stands on the screen in the meeting view: its first screen, or the reason of a cell of its board.

All of the page is drawn there as everywhere, and what is not on the screen stands in containers that meeting.css shows
to nobody: so each choice, fold and map is as it was when the view is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from pages.frame import filters

PARAMETER, WHY = "screen", "why"
"""The part of a link that opens a page with a board at the reason of the chosen cell."""

OFF = "off-screen"
"""How the key begins of a container that is not on the screen."""

BAR = "meeting"
"""The key of the bar of the meeting view (`pages.frame.meeting`), which is told by the browser how large its window is."""

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""How many times as large as in a window of 1280 x 720 all is drawn: 1.5 in one of 1920 x 1080."""

_page: ContextVar[ExitStack | None] = ContextVar("page of the meeting", default=None)


def shows_why() -> bool:
    """Return whether the screen is the reason of a cell, and not the board."""
    return st.query_params.get(PARAMETER) == WHY


def scale() -> float:
    """Return how many times as large as in a window of 1280 x 720 maps are drawn in the meeting view (one of `SCALES`)."""
    told = (st.session_state.get(BAR) or {}).get("scale")
    return next((each for each in SCALES if each == told), 1.0)


@contextmanager
def one_screen() -> Iterator[None]:
    """Draw the page that runs inside with its first screen on the screen, and the rest of it not."""
    if not filters.in_meeting():
        yield
        return
    with ExitStack() as page:
        page.enter_context(st.container(key="meeting-screen"))
        before = _page.set(page)
        try:
            yield
        finally:
            _page.reset(before)


def rest_begins() -> None:
    """Say that what a page draws from now on is not its first screen; to be called outside every ``with`` of the page."""
    page = _page.get()
    if page is not None:
        page.enter_context(st.container(key=f"{OFF}-rest"))
        _page.set(None)


def board_alone() -> Any:
    """Return a place for what stands over and on a board, which in the meeting view gives way to the reason of a cell."""
    return _place("board", on_screen=not shows_why())


def why_alone() -> Any:
    """Return a place for the reason of a cell, which in the meeting view is a screen of its own."""
    return _place("why", on_screen=shows_why())


def _place(name: str, *, on_screen: bool) -> Any:
    return st.container(key=f"{'on-screen' if on_screen else OFF}-{name}")
