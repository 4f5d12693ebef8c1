"""Perception against record: where people felt unsafe and where incidents were recorded.

The two measure different things at different times among different people: neither corrects the other. A
survey says what its respondents felt; who answered is not who was there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

FEWEST_RESPONDENTS = 10
"""Places with fewer respondents are hidden: one person more or less would move the share by over 10
points."""

QUADRANTS = (
    "felt unsafe, lower half of incidents",
    "felt unsafe, upper half of incidents",
    "felt safer, upper half of incidents",
    "felt safer, lower half of incidents",
)
"""In the order shown: what the review asks about comes first."""


@dataclass(frozen=True)
class Perceptions:
    """Places by how unsafe they felt and how much was recorded, with the cuts between the quadrants.

    ``table``: place, respondents, felt_unsafe, share, share_low, share_high (95 %), incidents, quadrant,
    hidden. ``share_cut`` and ``incidents_cut`` are the medians of the places shown with both figures (NaN
    where there is none); a place on the cut counts as "safer" or "few". ``hidden`` counts the places hidden.
    """

    table: pd.DataFrame
    share_cut: float
    incidents_cut: float
    hidden: int


def perceptions(survey: pd.DataFrame, incidents: pd.DataFrame) -> Perceptions:
    """Return the places of a survey in four quadrants, "felt unsafe, lower half of incidents" first.

    ``survey`` follows its contract in `analysis.records`; rows of one place are added up. ``incidents`` has
    place and incidents: those recorded on the place's ground in a period that the caller names (a place
    without a row has a missing count and no quadrant). Places under `FEWEST_RESPONDENTS` keep their name and
    nothing else. Within a quadrant the highest share comes first, ties by place; places without a quadrant
    follow, hidden ones last. The interval is Wilson's for one share; with few places the medians move easily,
    so a quadrant is a reason to look, not a finding. A place on a median is in the lower half.
    """
    from scipy.stats import binomtest

    places = survey.groupby(survey["place"].astype("str"), sort=True)[["respondents", "felt_unsafe"]].sum()
    table = places.astype("float64").reset_index()
    counts = incidents.drop_duplicates("place").set_index("place")["incidents"].astype("float64")
    table["incidents"] = table["place"].map(counts).astype("float64")
    table["hidden"] = table["respondents"] < FEWEST_RESPONDENTS
    table.loc[table["hidden"], ["respondents", "felt_unsafe", "incidents"]] = np.nan
    table["share"] = table["felt_unsafe"] / table["respondents"]
    pairs = zip(table["felt_unsafe"].tolist(), table["respondents"].tolist(), strict=True)
    ends = [
        (np.nan, np.nan) if np.isnan(n) else binomtest(int(k), int(n)).proportion_ci(method="wilson")
        for k, n in pairs
    ]
    table["share_low"], table["share_high"] = [low for low, _ in ends], [high for _, high in ends]
    return in_quadrants(table, table["share"], table["share"])


def in_quadrants(table: pd.DataFrame, lowest: pd.Series, highest: pd.Series) -> Perceptions:
    """Return places with their quadrants, by the medians of the shares given (``share``) and of all incidents beside one.

    ``lowest`` and ``highest`` are the ends between which a place's share is known to lie. A place of which the two
    stand in different halves has no quadrant.
    """
    judged = lowest.notna() & table["incidents"].notna()
    share_cut = float(table.loc[judged, "share"].median())
    incidents_cut = float(table.loc[judged, "incidents"].median())
    known = judged & ((lowest > share_cut) == (highest > share_cut))
    known &= not np.isnan(share_cut)
    unsafe, many = lowest > share_cut, table["incidents"] > incidents_cut
    table = table.assign(quadrant="")
    for quadrant, inside in zip(
        QUADRANTS, (unsafe & ~many, unsafe & many, ~unsafe & many, ~unsafe & ~many), strict=True
    ):
        table.loc[known & inside, "quadrant"] = quadrant
    rank = table["quadrant"].map({name: at for at, name in enumerate(QUADRANTS)}).fillna(len(QUADRANTS))
    table = table.assign(rank=rank).sort_values(
        ["hidden", "rank", "share", "place"], ascending=[True, True, False, True], ignore_index=True
    )
    columns = ["place", "respondents", "felt_unsafe", "share", "share_low", "share_high", "incidents"]
    return Perceptions(
        table[[*columns, "quadrant", "hidden"]], share_cut, incidents_cut, int(table["hidden"].sum())
    )
