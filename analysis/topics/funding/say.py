"""What was granted, in a sentence."""

from __future__ import annotations

import pandas as pd

from analysis.model import formats
from analysis.topics.funding.show.funding_figure import amounts, day

MOST_SUMS = 3
"""So many sums are named in a sentence; more are counted, and stand in the table."""


def in_short(funding: pd.DataFrame) -> str:
    """Return the sums with their programmes and days, in the order given; no sum is added to another.

    Two may be for the same days or places, and some are printed as a least amount.
    """
    named = [
        f"{amount}, {row.programme} ({_days(row.first_day, row.last_day)})"
        for amount, row in zip(amounts(funding), funding.itertuples(), strict=True)
    ][:MOST_SUMS]
    more = len(funding) - len(named)
    return f"Granted: {'; '.join(named)}{f'; {formats.number(more)} more below' if more else ''}."


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if pd.isna(first) or pd.isna(last):
        return "no days given"
    return f"{day(first)} to {day(last)}"
