"""Months whose LSOA codes are all of one vintage: between them no lookup is needed.

Without the lookup a code that went out of use in 2021 looks like any other. What can be told is how many rows bear a code
first given in 2021: none in a file of 2011 codes, a steady share in one of 2021 codes, and less in a file that mixes both.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.model.ground import is_2021_code
from analysis.model.periods import Period

STEADY = 0.75
"""Share of the highest month's share of rows with a code of 2021 from which a month holds nothing else.

Cleveland's months of 2021 codes alone lie from 0.94 to 1 of it, those that mix both from 0.09 to 0.34."""


def run_of_one_vintage(counts: pd.DataFrame, periods: Collection[Period]) -> Period | None:
    """Return the longest run of months round these periods whose codes are of one vintage, None where they are not.

    ``counts`` has month, lsoa_code, lsoa_name, incidents. Months not held are no hindrance. None too where a code bears
    two names in the run: the vintages name some LSOAs differently, so both are in it.
    """
    located = counts.loc[counts["lsoa_code"].notna()]
    if located.empty:
        return None
    new = {code: is_2021_code(code) for code in located["lsoa_code"].unique()}
    rows = located.groupby("month")["incidents"].sum()
    of_2021 = located.loc[located["lsoa_code"].map(new)].groupby("month")["incidents"].sum()
    share = (of_2021.reindex(rows.index).fillna(0) / rows).sort_index()
    vintage = pd.Series("mixed", index=share.index)
    vintage[share == 0] = "2011"
    vintage[(share > 0) & (share >= STEADY * share.max())] = "2021"
    asked = {vintage.get(month) for period in periods for month in period.months} - {None}
    if len(asked) != 1 or asked == {"mixed"}:
        return None
    same = vintage[vintage == asked.pop()].index
    first = min(period.first for period in periods)
    last = max(period.last for period in periods)
    others = [month for month in vintage.index if month not in set(same)]
    if any(first <= month <= last for month in others):
        return None
    low = max((month + 1 for month in others if month < first), default=vintage.index[0])
    high = min((month - 1 for month in others if month > last), default=vintage.index[-1])
    run = located.loc[(located["month"] >= low) & (located["month"] <= high)]
    names = run[["lsoa_code", "lsoa_name"]].dropna().drop_duplicates()
    return None if names["lsoa_code"].duplicated().any() else Period(low, high)
