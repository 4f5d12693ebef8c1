"""The sums of some programmes: the office's own records, and the review's for the programmes that those do not name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.records.given import Records
from analysis.topics.funding.measure.funding_timeline import (
    FUNDING_COLUMNS,
    funding_timeline,
    programme_key,
    with_published,
)

PUBLISHED = "Source: the review’s slides, as published."
_PUBLISHED_COLUMNS = ["amount_as_printed", "note", "slide"]


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums in order of their first day, and the line that names every source of them.

    ``table`` has `FUNDING_COLUMNS`, days, given_by and, where a sum is the review's, what it printed, its note and slide.
    """

    table: pd.DataFrame
    source: str


def sums(case: Case, records: Records, names: Sequence[str]) -> Sums:
    """Return the sums of these programmes: the office's where its records name one, the review's for the others.

    Names are told apart without case, spaces and signs. Raises NeedsInputError where none of them has a sum.
    """
    also_called = case.review.also_called if case.review else {}
    published = _published(case)
    given = published.head(0) if records.table is None else records.table
    given_by = {"given": case.naming.own("records"), "demonstration": "simulated records"}
    every = with_published(
        given, published, given_by=given_by.get(records.state, ""), also_called=also_called
    )
    wanted = {programme_key(name, also_called) for name in names}
    own_or_published = [programme_key(name, also_called) in wanted for name in every["programme"]]
    table = every.loc[own_or_published]
    if table.empty:
        raise NeedsInputError(
            f"No sum for {', '.join(names)} is in the funding records. Give one under that programme’s name."
        )
    published_too, own = (table["slide"] != "").any(), (table["slide"] == "").any()
    lines = [line for line, stands in ((records.source, own), (PUBLISHED, published_too)) if stands]
    return Sums(funding_timeline(table), " ".join(lines))


def _published(case: Case) -> pd.DataFrame:
    if case.review is None:
        return pd.DataFrame(columns=[*FUNDING_COLUMNS, *_PUBLISHED_COLUMNS])
    return case.review.tables["funding"]
