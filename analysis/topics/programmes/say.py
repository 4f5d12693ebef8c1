"""What a programme delivered, in a sentence."""

from __future__ import annotations

import pandas as pd

from analysis.model import formats
from analysis.model.english import counted

MOST_NAMED = 3
"""So many deliverables are named in a sentence; the others are counted, and stand in the table."""


def in_short(delivered: pd.DataFrame) -> str:
    """Return what was delivered with its numbers, in the order given, and how many have none.

    ``delivered`` has deliverable and delivered (NaN without a number), one row a deliverable and place: rows of one
    name are summed.
    """
    numbers = delivered.groupby("deliverable", sort=False)["delivered"].sum(min_count=1)
    told = numbers.dropna()
    named = [f"{name}, {formats.number(number)}" for name, number in told.items()][:MOST_NAMED]
    if len(told) > MOST_NAMED:
        named.append(f"{formats.number(len(told) - MOST_NAMED)} more with a number")
    untold = int(numbers.isna().sum())
    if untold:
        named.append(f"{counted(untold, 'deliverable')} without a number")
    return f"Delivered: {'; '.join(named)}."
