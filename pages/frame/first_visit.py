"""Three steps for whoever is here for the first time: on the Overview, until they are closed for good.

Closed, they stay so in this browser (its local storage), and no link says anything of it. A browser that refuses to keep
it says so to the session, in which they stay closed.
"""

from __future__ import annotations

import streamlit as st

from pages.frame import assets, filters
from pages.frame.asking import desk

KEY = "first-visit"
_CLOSED = "first visit closed"

BOARD = (
    "What the board says",
    "Each cell is a place and a crime type: recorded before → after. Blue fell more than similar places, orange rose more, "
    "grey is ordinary or too few to say. Choose a cell to see why.",
)
CHOICE = (
    "How to choose",
    "“Change” has what this page can look at: places, crime types, periods. It goes with you to every page, and “Copy link” "
    "keeps it.",
)
REAL = (
    "Where real data come from",
    "Months come from police.uk, outlines from the Office for National Statistics. The page Data says what is held, and gets more.",
)
SIMULATED = (
    REAL[0],
    "These months are simulated. “Get real months” leads to the page Data, where one button fetches those of your police force.",
)

_HTML = """
<section aria-label="First visit" hidden>
  <div class="strip"><strong>New here?</strong>
    <button type="button" class="all" aria-expanded="false" aria-controls="steps">Three steps</button>
    <span class="each"></span>
    <button type="button" class="close">Close for good</button></div>
  <div id="steps" hidden><ol></ol><a></a></div>
</section>
"""

_steps = st.components.v2.component(
    "first_visit", html=_HTML, css=assets.asset("first_visit.css"), js=assets.asset("first_visit.js")
)


def steps() -> None:
    """Draw the steps, unless they were closed in this session or the page is drawn for a room."""
    if (st.session_state.get(KEY) or {}).get("refused"):
        st.session_state[_CLOSED] = True
    if filters.in_meeting() or st.session_state.get(_CLOSED):
        return
    told = (BOARD, CHOICE, SIMULATED if desk().simulated else REAL)
    _steps(
        key=KEY,
        data={
            "steps": [{"title": title, "words": words} for title, words in told],
            "more": "How to read this, with pictures",
            "path": "how_to_read",
        },
        on_refused_change=lambda: None,
    )
