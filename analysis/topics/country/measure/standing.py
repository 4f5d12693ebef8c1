"""How many of the judged changes stand out, and how many would by chance alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.vocabulary import JUDGED, TOLD
from analysis.stats.thresholds import LEVEL


@dataclass(frozen=True)
class Standing:
    """Of ``judged`` changes ``told`` stand out, ``fell`` and ``rose`` against expectation; ``by_chance`` would, were nothing
    different anywhere: `analysis.stats.thresholds.LEVEL` of them, the rate that the rule allows either way.

    ``silent`` rows have no verdict for want of incidents, months or locations.
    """

    judged: int
    told: int
    fell: int
    rose: int
    silent: int

    @property
    def by_chance(self) -> float:
        """How many would stand out by chance."""
        return LEVEL * self.judged


def standing(table: pd.DataFrame) -> Standing:
    """Return how many rows of evidence (verdict, comparison_incidents, expected) stand out."""
    judged = table.loc[table["verdict"].isin(JUDGED)]
    told = judged.loc[judged["verdict"].isin(TOLD)]
    fell = int((told["comparison_incidents"] < told["expected"]).sum())
    return Standing(len(judged), len(told), fell, len(told) - fell, len(table) - len(judged))


POINTS_A_STEP = 25
"""Places behind each step of the funnel's limits; fewer than twice as many make one step."""


def funnel_limits(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the funnel: expected, low and high, the middle of what is ordinary for places of about that size, over expected.

    Each place has limits of its own (`Evidence.ordinary_low` and ``ordinary_high``); a step is their median among the
    places next to each other by what was expected. One row a step, from small to large, and the first and last step again
    at the least and the most that was expected, where the lines end.
    """
    ordered = judged.loc[judged["expected"] > 0].sort_values(["expected", "area_key", "crime_type"])
    steps = max(1, len(ordered) // POINTS_A_STEP)
    rows = []
    for part in np.array_split(np.arange(len(ordered)), steps) if len(ordered) else ():
        near = ordered.iloc[part]
        rows.append(
            (
                float(near["expected"].median()),
                float((near["ordinary_low"] / near["expected"]).median()),
                float((near["ordinary_high"] / near["expected"]).median()),
            )
        )
    if rows:
        ends = float(ordered["expected"].min()), float(ordered["expected"].max())
        rows = [(ends[0], *rows[0][1:]), *rows, (ends[1], *rows[-1][1:])]
    return pd.DataFrame(rows, columns=["expected", "low", "high"])
