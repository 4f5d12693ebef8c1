"""Actions of one page: the lines that a review has on it, and the rows of the office's own records."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.model.areas import key_of
from analysis.model.review import Review

PAGES = {"retail_crime": "Retail crime", "nte": "Night-time economy", "perceptions": "Perceptions"}
"""Pages that have actions, by key, with the name that an office writes beside an action of it."""


def names_of_page(page: str, review: Review | None) -> tuple[str, ...]:
    """Return the names under which an office's actions may stand for a page: its own, and those that a review uses."""
    return (PAGES[page], *(review.action_names.get(page, ()) if review else ()))


def published_lines(review: Review, page: str, *kinds: str) -> pd.DataFrame:
    """Return a review's lines of a page, of these kinds (all without any), in the slide's order."""
    lines = review.tables["actions"]
    mine = lines.loc[lines["page"] == page]
    return mine.loc[mine["kind"].isin(kinds)] if kinds else mine


def of_page(actions: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Return the office's actions of one page, under any of its names, by due day (undated last) and words."""
    keys = {key_of(name) for name in names}
    mine = actions.loc[[key_of(str(page)) in keys for page in actions["page"]]]
    return mine.sort_values(["due", "action"], na_position="last", ignore_index=True)
