"""What is said to who does not see the page: which one came, what a choice changed, and what was just finished.

A polite live region: it waits for what is being read, and takes no focus. The reason of a cell, which is drawn without
the page, says itself (reason.js).
"""

from __future__ import annotations

import streamlit as st

from pages.frame import assets

_FINISHED = "just finished"

_region = st.components.v2.component(
    "announcer",
    html='<div role="status" aria-live="polite"></div>',
    css="div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }",
    js=assets.asset("announcer.js"),
)


def finished(sentence: str) -> None:
    """Have it said, once this run has been drawn, that something was done: a file kept, data fetched."""
    st.session_state.setdefault(_FINISHED, []).append(sentence)


def announce(question: str, looking: str) -> None:
    """Say what changed since the run before: the page, by its question, or else the line on what is shown."""
    with st.container(key="announcer"):
        _region(
            key="announcements",
            data={"page": question, "looking": looking, "finished": st.session_state.pop(_FINISHED, [])},
        )
