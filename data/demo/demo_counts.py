"""The counts of the demonstration: totals as the review prints them, the rest simulated.

The three town centres have the published twelve-month totals of the review's eight crime types in both years;
the district changes by the published percentage. What is simulated is how the totals fall on places and
months. Places vary from year to year far more than chance would have them (a beta-binomial), as the real files show.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.model.periods import Period, days_in
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES
from data.demo.demo_ground import TOWN_CENTRES
from data.review import read_review

YEARS = (Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06"))

DISTRICT_BASELINE: dict[str, int] = dict(
    zip(
        (str(crime_type) for crime_type in CRIME_TYPES),
        (4900, 3000, 2700, 10250, 1550, 2600, 700, 270, 290, 340, 1480, 250, 110, 1260),
        strict=True,
    )
)
"""Incidents of the baseline year in the whole district: invented, of the size of the real ones."""

OTHER_CHANGE = {
    "Bicycle theft": -8,
    "Other crime": 4,
    "Other theft": -6,
    "Possession of weapons": 3,
    "Theft from the person": 9,
    "Vehicle crime": -12,
}
"""Per cent, for the six crime types that the review does not show: invented."""

OTHER_SHARE = {
    "billingham-town-centre": (0.013, 0.012),
    "thornaby-town-centre": (0.014, 0.013),
    "stockton-town-centre": (0.145, 0.14),
}
"""Part of the district's incidents of those six types in each town centre and year: invented."""

CORRELATION = {
    "Anti-social behaviour": 0.035,
    "Criminal damage and arson": 0.025,
    "Public order": 0.02,
    "Violence and sexual offences": 0.007,
    "Shoplifting": 0.06,
}
"""How far one place's incidents turn up in the same year together (the beta-binomial's rho), so that phi in
places with 100 incidents or more comes near that of the real files: 7 for ASB, 13 for shoplifting, 2.5 for
violence."""
OTHER_CORRELATION = 0.012
LARGE = 200
"""Incidents in two years from which phi grows no further with a place's size."""

CENTRE_WEIGHT = {0: 46.0, 1: 14.0}
"""How much likelier an incident is in the invented centre and next to it, by steps from its middle."""
BUSY_PLACES, BUSY_WEIGHT, QUIET_WEIGHT = 26, 10.0, 0.8
"""So many further invented places are busy ones, as local centres are, and the others are quiet. With 20 or more
places about as busy as Billingham and Thornaby there is something to compare them with."""

CENTRE_PULL = {
    "Public order": 1.7,
    "Violence and sexual offences": 1.2,
    "Drugs": 2.6,
    "Robbery": 2.0,
}
"""Crime types that the invented centre draws more than others."""
QUIET_PULL = {"Shoplifting": 0.08, "Theft from the person": 0.3}
"""Crime types that quiet places, without shops, hold less of."""
UNEVENNESS = 16.0
"""Shape of the gamma by which like places differ: the lower, the more."""

SEASON = {
    "Anti-social behaviour": (0.22, 7),
    "Criminal damage and arson": (0.1, 6),
    "Public order": (0.12, 7),
    "Violence and sexual offences": (0.07, 7),
    "Burglary": (0.12, 12),
    "Shoplifting": (0.06, 11),
    "Bicycle theft": (0.35, 7),
    "Vehicle crime": (0.12, 11),
}
"""Height of the yearly wave above its mean, and the calendar month of its crest."""

STOCKTON_SHARES = (0.45, 0.3, 0.25)
"""How the town centre's totals fall on its three units of ground, on average."""


def area_totals() -> dict[tuple[str, str], tuple[int, int]]:
    """Return the incidents of both years by town centre (key) and crime type."""
    published = read_review("outcomes")
    keys = zip(published["area"], published["crime_type"], strict=True)
    years = zip(published["baseline_incidents"], published["comparison_incidents"], strict=True)
    totals = {key: (int(b), int(c)) for key, (b, c) in zip(keys, years, strict=True)}
    district = district_totals()
    for area, shares in OTHER_SHARE.items():
        for crime_type in CRIME_TYPES[len(SLIDE_CRIME_TYPES) :]:
            b, c = district[crime_type]
            totals[area, crime_type] = (round(b * shares[0]), round(c * shares[1]))
    return totals


def district_totals() -> dict[str, tuple[int, int]]:
    """Return the district's incidents of both years by crime type; the change is the published percentage."""
    published = read_review("outcomes")
    percent: dict[str, float] = dict(OTHER_CHANGE)
    percent |= zip(published["crime_type"], published["district_percent_change"], strict=True)
    return {t: (n, round(n * (1 + percent[t] / 100))) for t, n in DISTRICT_BASELINE.items()}


def simulate_counts(units: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Return incidents as an array unit x month (24) x crime type, in the order of ``units``.

    ``units`` is `data.demo.demo_ground.DemoGround.units`. Sums over a town centre's units and a year are those
    of `area_totals`, over all units those of `district_totals`.
    """
    totals = area_totals()
    district = district_totals()
    rest = np.flatnonzero(units["area"] == "")
    steps = units["steps"].to_numpy()[rest]
    near, busy = steps <= max(CENTRE_WEIGHT), np.zeros(len(rest), dtype=bool)
    busy[random.choice(np.flatnonzero(~near), BUSY_PLACES, replace=False)] = True
    level = np.where(busy, BUSY_WEIGHT, [CENTRE_WEIGHT.get(step, QUIET_WEIGHT) for step in steps])
    # what makes a place busy makes it busy for every crime type; the rest is the type's own
    level = level * random.gamma(UNEVENNESS, size=len(rest))
    counts = np.zeros((len(units), 24, len(CRIME_TYPES)), dtype="int64")
    for column, crime_type in enumerate(CRIME_TYPES):
        weight = level * random.gamma(UNEVENNESS, size=len(rest))
        weight[near] *= CENTRE_PULL.get(crime_type, 1.0)
        weight[~near & ~busy] *= QUIET_PULL.get(crime_type, 1.0)
        named = {key: np.array(totals[key, crime_type]) for key in TOWN_CENTRES}
        left = np.array(district[crime_type]) - sum(named.values())
        pooled = left[1] / left.sum()
        expected = left.sum() * weight / weight.sum()
        together = CORRELATION.get(crime_type, OTHER_CORRELATION) * np.minimum(1, LARGE / expected)
        strength = 1 / together - 1
        later = random.beta(pooled * strength, (1 - pooled) * strength, size=len(rest))
        for year, part in enumerate((1 - later, later)):
            shares = weight * part
            by_unit = np.zeros(len(units), dtype="int64")
            by_unit[rest] = random.multinomial(left[year], shares / shares.sum())
            for key in TOWN_CENTRES:
                rows = np.flatnonzero(units["area"] == key)
                split = STOCKTON_SHARES if len(rows) > 1 else (1.0,)
                by_unit[rows] = random.multinomial(named[key][year], split)
            months = _month_shares(crime_type, YEARS[year], len(units), random)
            counts[:, 12 * year : 12 * year + 12, column] = random.multinomial(by_unit, months)
    return counts


def _month_shares(crime_type: str, year: Period, places: int, random: np.random.Generator) -> np.ndarray:
    """Return place x month: the wave of the year, the length of the month, and a place's own unevenness."""
    height, crest = SEASON.get(crime_type, (0.0, 1))
    calendar = np.array([month.month for month in year.months])
    wave = 1 + height * np.cos(2 * np.pi * (calendar - crest) / 12)
    days = np.array([days_in([month]) for month in year.months])
    shares = wave * days * random.gamma(25.0, size=(places, 12))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
