"""Funding for the pages: the office's own records, and the review's sums for the programmes that those do not name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.model.errors import NeedsInputError
from analysis.topics.funding.measure.funding_timeline import funding_timeline, programme_key, with_published
from data.review import read_review
from pages.shell.records import Records

PUBLISHED = "Source: the review’s slides, as published."
_GIVEN_BY = {"given": "the office’s own records", "demonstration": "simulated records"}


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums that a page shows, in order of their first day, and the line that names every source of them."""

    table: pd.DataFrame
    source: str


def funding(held: Records, programmes: Sequence[str]) -> Sums:
    """Return the sums of these programmes: the office's where its records name one, the review's for the others.

    NeedsInputError where none of the programmes has a sum.
    """
    published = read_review("funding")
    given = published.head(0) if held.table is None else held.table
    every = with_published(given, published, given_by=_GIVEN_BY.get(held.state, ""))
    wanted = {programme_key(name) for name in programmes}
    table = every.loc[[programme_key(name) in wanted for name in every["programme"]]]
    if table.empty:
        raise NeedsInputError(
            f"No sum for {', '.join(programmes)} is in the funding records. Give one under that programme’s name."
        )
    published_too, own = (table["slide"] != "").any(), (table["slide"] == "").any()
    lines = [line for line, stands in ((held.source, own), (PUBLISHED, published_too)) if stands]
    return Sums(funding_timeline(table), " ".join(lines))
