"""The board on the screen: its cells are buttons, and the reason of the one that is chosen stands at its side.

The chosen cell lives in the link (``?cell=place~crime-type``). Only the board and its reason run anew when another is
chosen, not the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import streamlit as st

from analysis.drawing.board import GLYPHS, SHORT_WORDS, WORDS, Board, Cell, Reason
from analysis.model.case import Case
from analysis.topics import change
from pages.frame import assets, draw, filters, folds, screens, wording
from pages.frame.asking import ask

KEY, PARAMETER = "board", "cell"

SHARES = (1.75, 1.0)
"""Of the width for the board, and for the reason at its side."""

_board = st.components.v2.component(
    "town_centre_board",
    html='<div class="board"></div>',
    css=assets.asset("board.css"),
    js=assets.asset("board.js"),
)
_reason = st.components.v2.component(
    "town_centre_reason",
    html='<section class="reason" aria-label="Why this change stands out, or not"></section>'
    '<div class="unseen" role="status" aria-live="polite"></div>',
    css=assets.asset("reason.css"),
    js=assets.asset("reason.js"),
)


def show(case: Case, below: Callable[[], None] | None = None) -> None:
    """Show the sentence, the board under it, and at its side the reason of the cell that is chosen.

    ``below`` draws what a page has to say under a board that leaves room beside the reason.
    """
    shown = ask(change.board, case)["board"]
    if not isinstance(shown, Board):
        draw.part(shown)
        return
    if not filters.in_meeting():
        draw.said_large(shown.sentence, shown.rest)
        _beside(case, shown, below)
        return
    cell = _chosen(shown)
    with screens.board_alone():
        draw.said_large(shown.sentence, shown.rest)
        _draw_board(shown, cell, below)
    with screens.why_alone():
        _draw_reason(case, cell)


@st.fragment
def _beside(case: Case, shown: Board, below: Callable[[], None] | None) -> None:
    left, right = st.columns(SHARES, gap="medium")
    cell = _chosen(shown)
    with left:
        _draw_board(shown, cell, below)
    with right:
        _draw_reason(case, cell)


def _draw_board(shown: Board, cell: Cell, below: Callable[[], None] | None) -> None:
    _board(
        data=board_data(shown, cell) | {"opens": filters.in_meeting()},
        key=KEY,
        on_picked_change=_keep,
        on_opened_change=_open,
    )
    draw.fine(f"{shown.compared} Dotted line: the earlier year. No percentage on fewer than 50.")
    if below is not None:
        below()


def _draw_reason(case: Case, cell: Cell) -> None:
    answer = ask(change.reason, case, cell.area, cell.crime_type)
    reason = answer["reason"]
    if isinstance(reason, Reason):
        _reason(data=reason_data(reason, cell), key=f"{KEY}-reason")
    else:
        draw.part(reason)

    def cell_evidence() -> None:
        draw.part(answer["evidence"], simulated=answer.simulated, key="cell-evidence")

    folds.behind("How sure are we?", cell_evidence, "cell_evidence")


def board_data(shown: Board, chosen: Cell) -> dict[str, Any]:
    """Return what the browser is sent of a board: names, texts and paths."""
    return {
        "label": "Change by place and crime type. Arrow keys move, Enter shows why.",
        "columns": [asdict(column) for column in shown.columns],
        "rows": list(shown.rows),
        "cells": [[_cell_data(cell) for cell in line] for line in shown.cells],
        "picked": chosen.key,
    }


def reason_data(shown: Reason, cell: Cell) -> dict[str, Any]:
    """Return what the browser is sent of a reason; a missing month is null."""
    plain = asdict(shown)
    return plain | {
        "counts": [None if math.isnan(count) else count for count in shown.counts],
        "word": " ".join(filter(None, (GLYPHS[shown.standing], WORDS[shown.standing]))),
        "place": cell.place,
    }


def _cell_data(cell: Cell) -> dict[str, str]:
    return {
        "key": cell.key,
        "named": cell.named,
        "counts": cell.counts,
        "percent": cell.percent,
        "standing": cell.standing,
        "word": SHORT_WORDS[cell.standing],
        "glyph": GLYPHS[cell.standing],
        "baseline": cell.baseline,
        "comparison": cell.comparison,
    }


def _chosen(shown: Board) -> Cell:
    """Return the cell that was picked, else that of the link, else the first that stands out."""
    picked = (st.session_state.get(KEY) or {}).get("picked")
    linked = st.query_params.get(PARAMETER)
    for key in (picked, linked):
        if isinstance(key, str) and key in shown.by_key:
            return shown.by_key[key]
    if linked and not picked:
        wording.warning(
            "The link asks for a change that is not on this board; the first that stands out is shown."
        )
    return shown.first


def _keep() -> None:
    """Write the picked cell into the link (a callback: a component cannot be bound to it)."""
    picked = (st.session_state.get(KEY) or {}).get("picked")
    if picked and isinstance(picked, str):  # a browser may send anything
        st.query_params[PARAMETER] = picked


def _open() -> None:
    """Go on from the board to the reason of the cell that was picked (a callback, in the meeting view)."""
    _keep()
    st.query_params[screens.PARAMETER] = screens.WHY
