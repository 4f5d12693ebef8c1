"""The words, classes and rows that figure, map and table of the country share."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, QUIET
from analysis.model import formats
from analysis.model.vocabulary import JUDGED, TOLD

FEWER, MORE, AS_OTHERS = "fewer than expected", "more than expected", "not told from similar places"
COLOURS = {FEWER: ACCENT, MORE: PARTNER, AS_OTHERS: QUIET}

ORIGINS: Mapping[str, str] = {
    "named": "named in files of areas",
    "proposed": "proposed, not published",
    "suggested": "suggested by recorded thefts",
}
"""Where an area's ground comes from, in words."""


def judged_rows(table: pd.DataFrame, crime_type: str) -> pd.DataFrame:
    """Return the rows of one crime type that have a verdict, with ``ratio`` (recorded over expected) and ``standing``."""
    rows = table.loc[(table["crime_type"] == crime_type) & table["verdict"].isin(JUDGED)]
    rows = rows.loc[rows["expected"] > 0]
    ratio = rows["comparison_incidents"] / rows["expected"]
    told = rows["verdict"].isin(TOLD)
    words = [
        AS_OTHERS if not out else FEWER if value < 1 else MORE for out, value in zip(told, ratio, strict=True)
    ]
    return rows.assign(ratio=ratio, standing=words).sort_values(
        ["area", "force", "area_key"], ignore_index=True
    )


def ordinary(low: float, high: float) -> str:
    """Return the counts that are ordinary, in words; nothing where they are not known."""
    if math.isnan(low):
        return ""
    if math.isinf(high):
        return f"{formats.number(low)} and more"
    return f"{formats.number(low)} to {formats.number(high)}"


def by_chance(number: float) -> str:
    """Return how many would stand out by chance, in words: no number of places is smaller than one."""
    return f"about {formats.number(number)}" if number >= 1 else "fewer than one"


def stand_out(number: int) -> str:
    """Return how many stand out, with the verb that fits."""
    return f"{formats.number(number) if number else 'none'} stand{'s' * (number <= 1)} out"
