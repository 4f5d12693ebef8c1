"""The table of a displacement difference, for every topic that judges the ground next to an area."""

from __future__ import annotations

import math
from typing import Protocol

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.stats.displacement_difference import Counts, WeightedDifference, WeightedQuotient


class Displaced(Protocol):
    """An area, the ground that touches it and the comparators of both, with what their counts come to."""

    @property
    def area(self) -> Counts:
        """Counts of the area."""
        ...

    @property
    def comparator(self) -> Counts:
        """Counts of its matched ground."""
        ...

    @property
    def ring(self) -> Counts:
        """Counts of the ground that touches it."""
        ...

    @property
    def ring_comparator(self) -> Counts:
        """Counts of that ground’s matched ground."""
        ...

    @property
    def difference(self) -> WeightedDifference:
        """Weighted displacement difference."""
        ...

    @property
    def quotient(self) -> WeightedQuotient:
        """Weighted displacement quotient."""
        ...

    @property
    def phi(self) -> float:
        """How much more than Poisson the counts vary."""
        ...

    @property
    def pairs(self) -> pd.DataFrame:
        """The matched units."""
        ...

    @property
    def worst_ratio(self) -> float:
        """The largest ratio of baseline counts in a pair, infinite beside a nought."""
        ...

    @property
    def not_held(self) -> tuple[str, ...]:
        """Ground of the ring that the data do not reach."""
        ...


def displacement_table(displaced: Displaced, area: str, crime_type: str, periods: str) -> Table:
    """Return the four counts of the displacement difference, and what they say."""
    rows = {
        area: displaced.area,
        "Comparators of the area": displaced.comparator,
        "Ground that touches it": displaced.ring,
        "Comparators of that ground": displaced.ring_comparator,
    }
    shown = pd.DataFrame(
        {
            "Baseline": [formats.number(c.before) for c in rows.values()],
            "Comparison": [formats.number(c.after) for c in rows.values()],
            "Difference": [formats.signed(c.after - c.before) for c in rows.values()],
        },
        index=pd.Index(list(rows), name="Ground"),
    )
    wdd = displaced.difference
    told = wdd.low > 0 or wdd.high < 0
    quotient = displaced.quotient
    notes = [
        f"Weighted displacement difference {formats.signed(wdd.wdd)} incidents (95% interval {formats.signed(wdd.low)} to "
        f"{formats.signed(wdd.high)}). The interval allows for counts that vary {formats.number(displaced.phi, 1)} times as much "
        "as by chance alone.",
        f"Weighted displacement quotient {formats.number(quotient.wdq, 2)}. Above 0 fewer were recorded around it too, against "
        "its match (diffusion of benefit). Below 0 more were (displacement)."
        + ("" if told else " The interval above takes in 0, so the quotient says nothing by itself.")
        if quotient.wdq == quotient.wdq
        else f"No displacement quotient: {quotient.reason}.",
        f"Comparators are matched by baseline count; {_worst_pair(displaced.worst_ratio)}.",
    ]
    if displaced.not_held:
        notes.append(
            f"{formats.number(len(displaced.not_held))} units of the ring lie outside the data held and are left out."
        )
    return Table(
        title="Area and ring together changed beyond ordinary variation"
        if told
        else "No change of area and ground around together can be told from ordinary variation",
        subtitle=f"Weighted displacement difference, {crime_type.lower()}, {periods}. {area} and the ground that touches it. {SOURCE}",
        shown=shown,
        data=displaced.pairs,
        notes=tuple(notes),
    )


def _worst_pair(ratio: float) -> str:
    if ratio == math.inf:
        return "in the worst pair one count is 0 and the other is not"
    return f"in the worst pair one count is {formats.number(ratio, 1)} times the other"
