"""The meeting view: the screens of a meeting in order, and the bar that leads through them by key, button and remote.

Which screens there are follows from the menu: each page of the review, after one with a board the reason of the cell
that is chosen on it, and after one with cards its map. Other pages can be opened in the view too; from there the bar
leads to the first screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.frame import assets, board, filters, link, screens
from pages.frame.menu import MENU, entries

LEAVE = "leave"
"""What the bar says when the view is left; else it says the number of a screen, from 0."""

_CELLS = "cells of the meeting"
"""The cell that was chosen on each page's board, by the page's address."""

_HTML = """
<nav aria-label="Meeting">
  <button type="button" class="previous">Previous</button>
  <button type="button" class="next">Next</button>
  <p><span></span></p>
  <button type="button" class="leave">Leave meeting view</button>
  <div class="unseen" role="status" aria-live="polite"></div>
</nav>
"""

_bar = st.components.v2.component(
    "meeting_bar", html=_HTML, css=assets.asset("meeting_bar.css"), js=assets.asset("meeting_bar.js")
)


@dataclass(frozen=True)
class Screen:
    """A screen of a meeting: the page it is on, what of it where it is the second one of the page, and its question."""

    page: StreamlitPage
    part: screens.Part
    question: str


_SECOND = {
    screens.WHY: "Why does this change stand out, or not?",
    screens.WHERE: "Where was it recorded?",
}


def of_meeting(listed: Sequence[StreamlitPage]) -> list[Screen]:
    """Return the screens of a meeting, in the order of the menu."""
    shown = []
    for page, (script, entry) in zip(listed, entries(), strict=True):
        if script in MENU["Review"]:
            shown.append(Screen(page, "", entry.question))
            if entry.second:
                shown.append(Screen(page, entry.second, _SECOND[entry.second]))
    return shown


def go(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """Go to the screen that was asked for, or leave the view on the page that is open."""
    going = (st.session_state.get(screens.BAR) or {}).get("go")
    if going is None:
        return
    if going == LEAVE:
        filters.turn_meeting(False)
        st.query_params.pop(screens.PARAMETER, None)
        return
    shown = of_meeting(listed)
    # what a browser sends may be anything: a number of thousands of digits, or a sign that counts as one and is none
    at = {str(number): number for number in range(len(shown))}.get(str(going))
    if at is None:
        return
    screen, cells = shown[at], st.session_state.setdefault(_CELLS, {})
    cells[chosen.url_path] = st.query_params.get(board.PARAMETER)
    if screen.page is chosen:
        _keep(screen)
        return
    values = link.shared()
    if screen.part:
        values[screens.PARAMETER] = [screen.part]
    if cells.get(screen.page.url_path):
        values[board.PARAMETER] = [cells[screen.page.url_path]]
    st.switch_page(screen.page, query_params=values)


def _keep(screen: Screen) -> None:
    if screen.part:
        st.query_params[screens.PARAMETER] = screen.part
    else:
        st.query_params.pop(screens.PARAMETER, None)


def bar(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """Draw the bar: the way to the screen before and to the next, where one is, and the way out."""
    shown = of_meeting(listed)
    part = st.query_params.get(screens.PARAMETER, "")
    at = next((at for at, each in enumerate(shown) if each.page is chosen and each.part == part), None)
    if at is None:  # a page has its own screens, whatever its link says
        at = next((at for at, each in enumerate(shown) if each.page is chosen), None)
    with st.container(key="meeting-bar"):
        _bar(
            key=screens.BAR,
            data={
                "screens": len(shown),
                "at": at,
                "question": shown[at].question if at is not None else "",
                "page": chosen.url_path,
                "scales": list(screens.SCALES),
                "scale": screens.scale(),
            },
            on_go_change=lambda: None,
            on_scale_change=lambda: None,
        )
