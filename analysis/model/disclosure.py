"""Small counts from an office's records, hidden so that no shop or person can be known by them.

A count of 1 to 4 is never shown; a nought is, since it tells of nobody. Where totals are shown, a hidden count could be
had by taking the others away, so what is hidden is together large enough that each hidden count could be any of 1 to
4. A register, which is shown for many periods and in many versions, has more to it: `analysis.model.publishing`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.model.vocabulary import SMALL_COUNT

HIDDEN = "hidden"
"""What stands in the place of a count of 1 to 4, and of one that would give it away: the two are not told apart."""


def is_small(counts: pd.Series) -> pd.Series:
    """Return where a count is 1 to 4: neither none nor enough to hide whose it is."""
    return (counts > 0) & (counts < SMALL_COUNT)


def may_show(counts: Sequence[float]) -> list[bool]:
    """Return which parts of a total that is shown may be shown beside it.

    A part may be where it is 0, or 5 or more. Those that may not must hold 5 or more together, and enough that any of
    them can be 4 with 1 in each of the others: until then the smallest part shown joins them, the first among equals.
    Where that is not enough no part is shown, a nought neither. Counts may be sums of shares.
    """
    shown = [count == 0 or count >= SMALL_COUNT for count in counts]
    while True:
        hidden = [count for count, shows in zip(counts, shown, strict=True) if not shows]
        if not hidden or sum(hidden) >= max(SMALL_COUNT, len(hidden) + SMALL_COUNT - 2):
            return shown
        larger = [(count, at) for at, count in enumerate(counts) if shown[at] and count > 0]
        if not larger:
            return [False] * len(counts)
        shown[min(larger)[1]] = False
