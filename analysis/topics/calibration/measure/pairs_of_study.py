"""The pairs of periods that the rule was tried on: three of the real months, and made ones with a planted bad year."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.model.case import Case
from analysis.model.cube import Panel
from analysis.model.periods import Period
from analysis.stats.made_months import Planted, made_months
from analysis.stats.panel_months import POINTS_REFRESHED
from analysis.topics.change.measure.similar_ground import untreated_ground

MADE_SEED = 13
MADE_MONTHS = 48


@dataclass(frozen=True)
class StudyPair:
    """Two periods, by a letter; ``any_season`` where the two sides are unlike calendar months."""

    letter: str
    baseline: Period
    comparison: Period
    any_season: bool = False

    @property
    def label(self) -> str:
        """``A: Jul 2022 – Jun 2023 against Jul 2023 – Jun 2024``."""
        return f"{self.letter}: {self.comparison.label} against {self.baseline.label}"


REAL_PAIRS = (
    StudyPair("A", Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")),
    StudyPair("B", Period.parse("2023-07:2023-12"), Period.parse("2024-01:2024-06"), any_season=True),
    StudyPair("C", Period.parse("2023-01:2023-09"), Period.parse("2023-10:2024-06"), any_season=True),
)
"""A has no earlier months; B has eleven and C five. B and C set unlike seasons side by side, which no page does."""

MADE_PAIR = StudyPair("D", Period.parse("2024-07:2025-06"), Period.parse("2025-07:2026-06"))
"""Made months: the year before the comparison is bad in a fifth of the places and good in another."""


def asked(case: Case, pair: StudyPair) -> Case:
    """Return the case over this pair."""
    return case.asking(baseline=pair.baseline, comparison=pair.comparison)


def made_case(case: Case) -> Case:
    """Return the case with made months in place of the real ones, on its untreated ground alone.

    Level, season and month-to-month variation are fitted place by place to the published months since the map points were
    refreshed; a crime type that is not recorded has none.
    """
    panel, ground = case.panel, untreated_ground(case)
    first = max(month for month in POINTS_REFRESHED if month in panel.span)
    real = [at for at, month in enumerate(panel.months) if month >= first and panel.published[at].any()]
    calendar = np.array([panel.months[at].month for at in real])
    before = (MADE_PAIR.baseline.first - first).n
    years = Planted((before, before + len(MADE_PAIR.baseline)), times=1.5, share=0.2)
    counts = np.nan_to_num(panel.values[ground.rows][:, real])
    made = made_months(counts, calendar, years, months=MADE_MONTHS, seed=MADE_SEED)
    months = pd.period_range(first, periods=MADE_MONTHS, freq="M")
    return replace(
        asked(case, MADE_PAIR), panel=Panel(ground.codes, months, made), state=f"{case.state} made"
    )
