"""Actions for the pages: the review's own lines, and the office's actions of the same page."""

from __future__ import annotations

import pandas as pd

from analysis.model.errors import NeedsInputError
from analysis.topics.actions.show.action_tables import dated, of_page
from data.review import read_review
from pages.shell.records import Records

NAMES = {
    "retail_crime": ("Retail crime", "Retail", "Shoplifting"),
    "nte": ("Night-time economy", "NTE"),
    "perceptions": ("Perceptions", "Perception"),
}
"""The names under which an office's actions may stand for a page."""

MEANWHILE = "What the review says stands below, without later news."


def published(page: str, *kinds: str) -> pd.DataFrame:
    """Return the review's lines of a page, of these kinds (all without any), in the slide's order."""
    lines = read_review("actions")
    mine = lines.loc[lines["page"] == page]
    return mine.loc[mine["kind"].isin(kinds)] if kinds else mine


def kept(held: Records, page: str) -> pd.DataFrame:
    """Return the office's actions of a page. NeedsInputError, with what to do, where none are held."""
    if held.table is None:
        raise NeedsInputError(
            "What became of these is not known here: the office’s own actions, with owner, due day and status, are not held. "
            "Give them below, under “Actions”."
        )
    return of_page(held.table, NAMES[page])


def timeline(held: Records, page: str) -> pd.DataFrame:
    """Return what has a date: the review's lines, and the office's actions where there are any."""
    own = None if held.table is None else of_page(held.table, NAMES[page])
    return dated(published(page), own)
