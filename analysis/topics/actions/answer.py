"""What is done, planned and worried about, and what became of it?"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered
from analysis.drawing.figure import Figure, Table
from analysis.model.case import Case
from analysis.model.english import upper_first
from analysis.model.errors import NeedsInputError
from analysis.topics.actions.case import ActionsCase
from analysis.topics.actions.measure import PAGES, names_of_page, of_page, published_lines
from analysis.topics.actions.show.action_tables import dated, kept_actions_table, published_actions_table
from analysis.topics.actions.show.timeline_figure import timeline_figure

PUBLISHED_TITLE = "What the review says is done, planned and worried about"

NOT_HELD = "with owner, due day and status, are not held. Whoever has them can add them on the page, under “Actions”."


def meanwhile(case: Case) -> str:
    """Return what stands on a page while the office has given no actions."""
    if case.review is None:
        return "No action of this page can be shown."
    return "What the review says stands below, without later news."


def answer(actions: ActionsCase, page: str, *kinds: str) -> Answer:
    """Return what has a date of a page ("timeline"), the review's lines ("published") and the office's own ("kept").

    ``page`` is a key of `PAGES`; lines are of these ``kinds``, of all without any. Without lines of a review there is no
    part "published", and no timeline either where the office has given no actions: there is nothing to date.
    """
    case, records = actions.case, actions.records
    lines = _lines(case, page, *kinds)
    parts: dict[str, Callable[[], Made]] = {}
    if records.table is not None or lines is not None:
        parts["timeline"] = lambda: _timeline(actions, page)
    if lines is not None:
        parts["published"] = lambda: published_actions_table(lines, PUBLISHED_TITLE)
    parts["kept"] = lambda: _kept(actions, page)
    return answered(case, parts)


def published(case: Case, page: str, title: str, *kinds: str) -> Answer:
    """Return the review's lines of a page of these kinds ("published") under a title; no part where it has none."""
    lines = _lines(case, page, *kinds)
    if lines is None:
        return answered(case, {})
    return answered(case, {"published": lambda: published_actions_table(lines, title)})


def _lines(case: Case, page: str, *kinds: str) -> pd.DataFrame | None:
    """Return the review's lines, None where there is no review or it has none."""
    if case.review is None:
        return None
    lines = published_lines(case.review, page, *kinds)
    return lines if len(lines) else None


def _own(actions: ActionsCase, page: str) -> pd.DataFrame | None:
    table = actions.records.table
    return None if table is None else of_page(table, names_of_page(page, actions.case.review))


def _timeline(actions: ActionsCase, page: str) -> Figure:
    items = dated(_lines(actions.case, page), _own(actions, page))
    if items.empty:
        raise NeedsInputError(
            "No action of this page has a date, so there is no timeline. Give the days on which they are due below, "
            "under “Actions”."
        )
    return timeline_figure(items, PAGES[page], actions.records.source)


def _kept(actions: ActionsCase, page: str) -> Table:
    own = _own(actions, page)
    if own is None:
        wanting = f"{actions.case.naming.own('actions')}, {NOT_HELD}"
        raise NeedsInputError(
            f"What became of these is not known here: {wanting}"
            if actions.case.review
            else upper_first(wanting)
        )
    return kept_actions_table(own, actions.records.source)
