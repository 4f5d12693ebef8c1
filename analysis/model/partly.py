"""Months of a crime type that are only partly published, and the words for them.

Which they are is told by `analysis.stats.coverage`; here is what a figure that leaves them out says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.model.english import agree, listed
from analysis.model.formats import number

FEWEST_ORDINARY = 10
"""An ordinary month under which no number is set beside it: "about 3" would be said of what chance makes."""

WORDS = {
    "file far below": "the whole file is far below its other months",
    "file broken off": "the file breaks off: crime types ordinarily recorded are not in it",
    "file far above": "the whole file is far above its other months",
    "doubled": "rows stand in the file twice, by their Crime IDs",
    "far below": "far below its other months",
    "far above": "far above its other months",
    "looks made": "a round number that returns",
    "not held": "not held",
    "never recorded": "never recorded",
    "none recorded": "none recorded",
}
"""The reasons of `analysis.stats.coverage` in words for a reader."""


@dataclass(frozen=True)
class Partly:
    """One month of one crime type that is only partly published.

    ``recorded`` are the rows held of the whole force, ``ordinary`` what its other months and the month's other types
    say (NaN where they say nothing), ``reasons`` those of `analysis.stats.coverage`.
    """

    month: pd.Period
    crime_type: str
    recorded: float
    ordinary: float
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in words."""
        return "; ".join(WORDS[reason] for reason in self.reasons)


def about(value: float) -> str:
    """Return a number to two figures, as one says "about": ``900``, ``1,200``, ``35``."""
    digits = max(math.floor(math.log10(value)) - 1, 0) if value >= 1 else 0
    return number(round(value / 10**digits) * 10**digits)


def told(cells: Iterable[Partly]) -> str:
    """Return which months of which types are partly published, with their numbers; nothing where there is none.

    ``Anti-social behaviour of Mar 2023 is only partly published (212 recorded where about 900 are ordinary)``; types in
    the order in which they come, joined by semicolons.
    """
    by_type: dict[str, list[Partly]] = {}
    for cell in cells:
        by_type.setdefault(cell.crime_type, []).append(cell)
    return "; ".join(_of_type(crime_type, each) for crime_type, each in by_type.items())


def _of_type(crime_type: str, cells: Sequence[Partly]) -> str:
    months = listed(cell.month.strftime("%b %Y") for cell in cells)
    return f"{crime_type} of {months} is only partly published ({_numbers(cells)})"


def _numbers(cells: Sequence[Partly]) -> str:
    recorded = listed(number(cell.recorded) for cell in cells)
    ordinary = [cell.ordinary for cell in cells if cell.ordinary >= FEWEST_ORDINARY]
    if len(ordinary) < len(cells):
        return f"{recorded} recorded"
    low, high = about(min(ordinary)), about(max(ordinary))
    span = low if low == high else f"{low} to {high}"
    made = sorted({WORDS[r] for cell in cells for r in cell.reasons if r in ("looks made", "doubled")})
    return f"{recorded} recorded where about {span} {agree(max(ordinary), 'is', 'are')} ordinary" + "".join(
        f", {each}" for each in made
    )
