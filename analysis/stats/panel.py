"""Does an area stand out of what ordinary ground of its force did by itself? A panel of months and places.

The plain design (RIRR with phi, see `relative` and `comparators`) takes one phi for a band of sizes and the
normal threshold 1.96. This one sets the area against all other untreated ground of the force month by
month, takes out what its level alone would lead to, gives it the variation that its size and its own months
foretell (`ordinary`), and takes its threshold from what untreated ground did by itself: either way, or in a
direction stated beforehand. METHOD.md of topics/calibration has the designs compared on real places.

Formula: with b before and a after, other ground M_b and M_a, expected = (b + 1/2) (M_a / M_b)
exp(predicted); ratio = (a + 1/2) / expected; z = ln(ratio) / sd.

Null: the area changed as any ground of the force did; then its z is one more draw from theirs, and
p = (1 + as many of them as extreme) / (1 + how many there are), whatever the form of the distribution.

When not to trust it: an area larger than any ground it is judged against; a force where much of the other
ground was treated too; a baseline in which recording changed; ground whose season is not the force's, with
months missing on one side. A fall counts as stated beforehand only where someone stated it before looking.

Reference: Abadie 2010 (placebo in space); Vovk, Gammerman and Shafer 2005 (p by rank).

Worked number: 40 places that stayed at 50 a year, an area from 50 to 25: ratio 25.5 / 50.5 = 0.505.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError, NeedsInputError, PeriodError
from analysis.model.periods import month_label
from analysis.model.setting import Setting
from analysis.model.vocabulary import CrimeType
from analysis.stats.panel_variance import FEWEST_INCIDENTS, FEWEST_PLACES, HALF, fit_ordinary

FEWEST_MONTHS = 6
"""Fewer baseline months than this show no monthly variation."""

LEVEL = 0.95

POINTS_REFRESHED = pd.Period("2022-07", freq="M")
"""police.uk changed its anonymous map points: earlier months may put the same street in another LSOA."""


@dataclass(frozen=True)
class DesignEstimate:
    """One area and crime type against what ordinary ground of the force did.

    ``ratio`` is recorded to expected (1 is as elsewhere), with its interval at ``level`` either way. ``p``
    looks either way; ``p_fall`` and ``p_rise`` only in the direction stated beforehand. ``tellable_fall``
    is the smallest fall, as a fraction, that would have p_fall of 1 - level or less;
    ``tellable_either_way`` the same for p; 1.0 means that no fall would do. ``places`` are those judged
    against, ``ground`` all that give the months' course; ``false_alarms`` is the share of places of similar
    size (``similar_places``) outside the interval by themselves; NaN where there is none. ``note`` says
    what weakens the estimate, or nothing.
    """

    crime_type: str
    baseline_months: tuple[pd.Period, ...]
    comparison_months: tuple[pd.Period, ...]
    baseline: int
    comparison: int
    expected: float
    ratio: float
    low: float
    high: float
    level: float
    p: float
    p_fall: float
    p_rise: float
    tellable_fall: float
    tellable_either_way: float
    places: int
    ground: int
    similar_places: int
    false_alarms: float
    note: str


def design_estimate(
    setting: Setting,
    area: Area,
    crime_type: CrimeType,
    *,
    longer_history: bool = False,
    level: float = LEVEL,
) -> DesignEstimate:
    """Return the area's change against that of all other untreated ground of the force.

    Treated ground is never used. Months not
    published are left out on their own (the months' course is the others', so the two sides need not
    match). ``longer_history`` takes every month held before the baseline too: a bad year is then seen for
    what it was, but the test gains nothing by it (topics/calibration/METHOD.md), and months before July 2022 stand on other
    anonymous points. Raises PeriodError when the periods overlap, reach outside the months held or hold too
    few, AreaError when the area has no ground in the data, AnalysisError when nothing was recorded, and
    NeedsInputError when there are too few places to be judged against.
    """
    panel = setting.panel
    months_b, months_a = _months(setting, crime_type, longer_history)
    column = panel.column(crime_type)
    rows = panel.rows(area.ground, name=area.name)
    usable = setting.joined_ground["ground_code"].astype(str)
    others = set(usable) - setting.treated - area.ground
    other_rows = panel.ground.get_indexer(pd.Index(sorted(others), dtype="str"))
    before, after = panel.columns(months_b), panel.columns(months_a)
    all_rows = np.concatenate([rows, other_rows[other_rows >= 0]])
    values = panel.values[all_rows]
    counts, split = values[:, :, column], len(rows)
    other = np.nansum(values[:, before], axis=(1, 2)) - counts[:, before].sum(axis=1)
    own_before, own_after = counts[:split, before].sum(axis=0), float(counts[:split, after].sum())
    if own_before.sum() + own_after == 0:
        raise AnalysisError(
            f"No {crime_type.lower()} was recorded in {area.name} in these months, so there is no change to "
            "judge. Choose another crime type or longer periods."
        )
    ordinary = fit_ordinary(counts[split:, before], counts[split:, after], other[split:])
    placebos = ordinary.placebos
    if len(placebos) < FEWEST_PLACES:
        raise NeedsInputError(
            f"Only {len(placebos)} other places of the force have {FEWEST_INCIDENTS} or more recorded "
            f"({crime_type.lower()}), and {FEWEST_PLACES} are needed to know what is ordinary. "
            "Choose a commoner crime type or longer periods."
        )
    by_trend, predicted, sd = ordinary.expect(own_before, float(other[:split].sum()), split)
    expected = by_trend * float(np.exp(predicted))
    log_ratio = float(np.log((own_after + HALF) / expected))
    z = log_ratio / sd
    either, fall = _thresholds(placebos, level)
    sizes = ordinary.expected[ordinary.judged]
    similar = (sizes >= by_trend / 2) & (sizes <= by_trend * 2)
    alarms = np.abs(ordinary.z[ordinary.judged][similar]) > either
    recorded = own_before.sum() * len(after) / len(before) + own_after
    return DesignEstimate(
        crime_type=crime_type,
        baseline_months=months_b,
        comparison_months=months_a,
        baseline=int(own_before.sum()),
        comparison=int(own_after),
        expected=max(expected - HALF, 0.0),
        ratio=float(np.exp(log_ratio)),
        low=float(np.exp(log_ratio - either * sd)),
        high=float(np.exp(log_ratio + either * sd)),
        level=level,
        p=_rank(np.abs(placebos) >= abs(z)),
        p_fall=_rank(placebos <= z),
        p_rise=_rank(placebos >= z),
        tellable_fall=float(1 - np.exp(-fall * sd)),
        tellable_either_way=float(1 - np.exp(-either * sd)),
        places=len(placebos),
        ground=len(counts) - split,
        similar_places=int(similar.sum()),
        false_alarms=float(alarms.mean()) if similar.any() else float("nan"),
        note=_note(recorded, by_trend, sizes, either, months_b[0]),
    )


def _rank(as_extreme: np.ndarray) -> float:
    return float(1 + as_extreme.sum()) / (1 + len(as_extreme))


def _thresholds(placebos: np.ndarray, level: float) -> tuple[float, float]:
    """Return how far z must lie from 0 either way, and below it, for p of 1 - level or less."""
    place = int(np.ceil((len(placebos) + 1) * level)) - 1

    def at(values: np.ndarray) -> float:
        return float(np.sort(values)[place]) if place < len(values) else float("inf")

    return at(np.abs(placebos)), at(-placebos)


def _months(
    setting: Setting, crime_type: CrimeType, longer_history: bool
) -> tuple[tuple[pd.Period, ...], tuple[pd.Period, ...]]:
    panel, baseline, comparison = setting.panel, setting.baseline, setting.comparison
    setting.check_held()
    if baseline.last >= comparison.first:
        raise PeriodError(
            f"The periods overlap or stand in the wrong order ({comparison.label} against {baseline.label}). "
            "Choose a baseline that ends before the comparison begins."
        )
    first = panel.span.first if longer_history else baseline.first
    held = panel.held(crime_type)
    before = tuple(month for month in held if first <= month <= baseline.last)
    after = tuple(month for month in held if month in comparison)
    if len(before) < FEWEST_MONTHS or not after:
        raise PeriodError(
            f"{crime_type} is held for {len(before)} baseline months up to {month_label(baseline.last)} and "
            f"{len(after)} comparison months; at least {FEWEST_MONTHS} and 1 are needed. Import earlier months."
        )
    return before, after


def _note(recorded: float, expected: float, sizes: np.ndarray, either: float, first: pd.Period) -> str:
    parts = []
    if recorded < FEWEST_INCIDENTS:
        parts.append(f"Fewer than {FEWEST_INCIDENTS} recorded in both periods together: too few to say.")
    if expected > sizes.max():
        parts.append("The area has more incidents than any place it is judged against.")
    if not np.isfinite(either):
        parts.append("Too few places for this level: no change could reach it.")
    if first < POINTS_REFRESHED:
        parts.append(f"Months before {month_label(POINTS_REFRESHED)} stand on other anonymous map points.")
    return " ".join(parts)
