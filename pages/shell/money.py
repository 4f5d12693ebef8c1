"""Funding for the pages: the office's own records, or the review's sums while there are none."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import NeedsInputError
from analysis.measures.funding import funding_timeline
from data.review import read_review
from pages.shell.records import Records


def funding(held: Records, programmes: Sequence[str]) -> pd.DataFrame:
    """Return the sums of these programmes in order of their first day, as given or as the review has them.

    NeedsInputError where none of the programmes has a sum.
    """
    table = read_review("funding") if held.table is None else held.table
    wanted = table.loc[table["programme"].isin(programmes)]
    if wanted.empty:
        raise NeedsInputError(
            f"No sum for {', '.join(programmes)} is in the funding records. Give one under that programme’s name."
        )
    timeline = funding_timeline(wanted)
    extra = [c for c in ("amount_as_printed", "note") if c in wanted]
    if not extra:
        return timeline
    keys = ["programme", "amount", "first_day", "last_day"]
    return timeline.merge(wanted[[*keys, *extra]], on=keys, how="left")
