"""The shops of a register with fewer than 5 offences, taken together: when may their number and their sum be shown?

One shop's count of 1 to 4 is never shown. Many such shops together may be, unless a reader could work a single
one out: the lists name shops, the tables give each district's offences, and the rest of a district is what its
small shops have together.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.vocabulary import SMALL_COUNT


@dataclass(frozen=True)
class SmallShops:
    """The grouped remainder: how many shops, how many offences, and whether the two may be shown."""

    shops: int
    offences: int
    safe: bool


def small_shops(counts: pd.DataFrame) -> SmallShops:
    """Return the shops with 1 to 4 offences together (`analysis.topics.retail.measure.register.shop_counts`).

    Safe where no district is among `exposed_districts`: a total, less the districts that are shown, would give
    a hidden one away. None at all is safe.
    """
    small = _small(counts)
    return SmallShops(len(small), int(small["offences"].sum()), not exposed_districts(counts))


def exposed_districts(counts: pd.DataFrame) -> frozenset[str]:
    """Return the districts whose sum would give the count of one of their shops under 5 offences away.

    ``counts`` is `analysis.topics.retail.measure.register.shop_counts`. A reader can take the shops that the lists name from
    the sum of the district, and may know how many small ones there are, since a short list names them all. That
    is too much where they have 1 to 4 together (it may be one shop's count), and where number and sum leave
    only one way: every one of them has 1, or every one has 4. By the rule of `analysis.model.disclosure`: at least two
    values for each small count.
    """
    by_district = _small(counts).groupby("district")["offences"].agg(["size", "sum"])
    number, together = by_district["size"], by_district["sum"]
    told = (together < SMALL_COUNT) | (together == number) | (together == number * (SMALL_COUNT - 1))
    return frozenset(by_district.index[told])


def _small(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.loc[counts["offences"].between(1, SMALL_COUNT - 1)]
