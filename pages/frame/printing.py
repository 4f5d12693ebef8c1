"""The button that prints the page, and what stands at its foot on paper: its address, its day, and what is left out."""

from __future__ import annotations

import streamlit as st

from pages.frame import assets, device, folds, paper

_TURN = "turn of printing"

_HTML = """
<div class="print">
  <button type="button">Print this page</button><span role="status" aria-live="polite"></span>
  <div class="paper-foot"><p class="address"></p><p class="left-out"></p></div>
</div>
"""

LEFT_OUT = (
    "Parts of the page that were closed on the screen are not printed, except on how sure the figures are."
)
OF_A_PHONE = "What only a phone closes is printed."
OPEN = "Parts that were open are printed, so there may be more than two sheets."
DOCUMENT = "This page is a document, which takes as many sheets as it has."

_button = st.components.v2.component(
    "print_button", html=_HTML, css=assets.asset("printing.css"), js=assets.asset("printing.js")
)


def style() -> None:
    """Load the style of paper; charts that were drawn for a dark page are turned light on it."""
    dark = assets.asset("print_dark.css") if st.context.theme.type == "dark" else ""
    st.html(f"<style>{assets.asset('print.css')}{dark}</style>")


def offer(*, is_document: bool) -> None:
    """Draw the button; where it was pressed, all of the page has been made for paper, and the browser prints it.

    Where there may be more than two sheets, the paper says why: parts that are open, or a document (``is_document``).
    """
    if paper.is_on():
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    of_a_phone = device.is_phone() and paper.is_on()  # a browser's own printing finds it closed
    sentences = {
        LEFT_OUT: True,
        OF_A_PHONE: of_a_phone,
        OPEN: folds.any_open(),
        DOCUMENT: is_document,
    }
    _button(
        key=paper.BUTTON,
        data={
            "turn": st.session_state.get(_TURN, 0) if paper.is_on() else 0,
            "leftOut": " ".join(sentence for sentence, holds in sentences.items() if holds),
        },
        on_go_change=lambda: None,
    )
