"""The areas of the review on Cleveland's real ground, for the tests of the evidence."""

from __future__ import annotations

import pandas as pd

from analysis.model.areas import Area, rest_of
from analysis.model.periods import Period
from tests.made.real import BILLINGHAM, STOCKTON, THORNABY

BASELINE = Period.parse("2022-07:2023-06")
COMPARISON = Period.parse("2023-07:2024-06")
MONTHS = {"baseline": BASELINE, "comparison": COMPARISON}


def review_areas(own: pd.DataFrame) -> dict[str, Area]:
    """The three town centres, their district and the rest of it."""
    areas = {
        key: Area(key, name, "town centre", "cleveland", frozenset(ground), treated=True)
        for key, name, ground in (
            ("billingham", "Billingham Town Centre", {BILLINGHAM}),
            ("thornaby", "Thornaby Town Centre", {THORNABY}),
            ("stockton", "Stockton Town Centre", STOCKTON),
        )
    }
    codes = own.loc[own["district_name"] == "Stockton-on-Tees", "ground_code"]
    district = Area("district", "Stockton-on-Tees", "district", "cleveland", frozenset(codes))
    return {**areas, "district": district, "rest": rest_of(district, areas.values())}


def force_places(own: pd.DataFrame) -> pd.DataFrame:
    """The force's own ground, all of it joined."""
    return own.assign(in_force=True)
