"""What a design tells of a change, and whether rows without a location could have made it.

The rule is that of the verdict (`analysis.stats.unlocated`): a finding stands where it comes out the same wherever the
rows may lie by which the two sides differ. A design that was fitted to the located counts is not fitted again: its ratio
moves as the area's count does against its comparator's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.cube import Panel
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import LOCATIONS_MISSING, MUCH_AS, TOLD
from analysis.stats.displacement_difference import Counts as Both
from analysis.stats.displacement_difference import weighted_difference
from analysis.stats.interrupted_series import InterruptedSeries
from analysis.stats.panel import DesignEstimate
from analysis.stats.synthetic_control import SyntheticControl
from analysis.stats.thresholds import LEVEL
from analysis.stats.unlocated import Counts, Pair, survives, unlocated
from analysis.topics.change.measure.locations import course, ground_of, shares_line
from analysis.topics.evaluation.measure.displacement import Displacement

Sides = tuple[Sequence[pd.Period], Sequence[pd.Period]]
Word = Callable[[Counts], int]


@dataclass(frozen=True)
class Finding:
    """What a design tells: ``told`` is -1 where fewer were recorded than its yardstick leads to, 1 where more, else 0.

    ``missing`` is empty or, where rows without a location could have made what is told, says how many there are.
    """

    told: int
    missing: str = ""


def verdict_told(row: Evidence) -> int | None:
    """Return what the verdict tells, as `Finding` has it; None where there is no verdict."""
    if row.verdict == MUCH_AS:
        return 0
    if row.verdict not in TOLD:
        return None
    return -1 if row.verdict in ("fell more than similar places", "rose less than similar places") else 1


def verdict_missing(row: Evidence) -> str:
    """Return how many rows have no location where they take the verdict, nothing where it stands."""
    if row.verdict != LOCATIONS_MISSING:
        return ""
    return shares_line(row.baseline_unlocated, row.comparison_unlocated)


def panel_finding(case: Case, area: Area, crime_type: str, found: DesignEstimate) -> Finding:
    """Return what the monthly panel tells: the interval leaves out 1."""
    sides = (found.baseline_months, found.comparison_months)
    recorded = _against_the_untreated(case, area, crime_type, sides)
    return _finding(case.panel, crime_type, sides, recorded, _by_interval(recorded, found.low, found.high))


def interrupted_finding(case: Case, area: Area, crime_type: str, found: InterruptedSeries) -> Finding:
    """Return what the interrupted series tells: the interval of the step leaves out 1. It has no comparator."""
    held, after = found.table.loc[found.table["incidents"].notna()], "after"
    sides = (tuple(held.loc[~held[after], "month"]), tuple(held.loc[held[after], "month"]))
    recorded = Counts(_counted(case.panel, area.ground, crime_type, sides), (0.0, 0.0))
    return _finding(case.panel, crime_type, sides, recorded, _by_interval(recorded, found.low, found.high))


def synthetic_finding(case: Case, area: Area, crime_type: str, found: SyntheticControl) -> Finding:
    """Return what the synthetic comparator tells: p by its placebo places is under the level."""
    sides = (
        tuple(found.table.loc[~found.table["after"], "month"]),
        tuple(found.table.loc[found.table["after"], "month"]),
    )
    recorded = _against_the_untreated(case, area, crime_type, sides)
    placebos = np.abs(np.log(found.placebos["ratio"].to_numpy(float)))

    def word(counts: Counts) -> int:
        ratio = found.ratio * _moved(counts, recorded)
        if not ratio > 0:
            return -1 if found.p < LEVEL else 0
        far = int((placebos >= abs(math.log(ratio)) - 1e-12).sum())
        p = found.p if counts is recorded else (far + 1) / (len(placebos) + 1)
        return _way(ratio - 1) if p < LEVEL else 0

    return _finding(case.panel, crime_type, sides, recorded, word)


def displacement_finding(case: Case, crime_type: str, found: Displacement) -> Finding:
    """Return what the displacement difference tells of an area and its ring together: its interval leaves out 0."""
    sides = (found.months.baseline, found.months.comparison)
    recorded = Counts(_sum(found.area, found.ring), _sum(found.comparator, found.ring_comparator))

    def word(counts: Counts) -> int:
        # the same number of incidents, placed otherwise: more of them would narrow the interval by themselves
        same = sum((*recorded.area, *recorded.rest)) / sum((*counts.area, *counts.rest))
        own, rest = (Both(before * same, after * same) for before, after in (counts.area, counts.rest))
        wdd = weighted_difference(own, rest, Both(0, 0), Both(0, 0), phi=found.phi)
        return -1 if wdd.high < 0 else 1 if wdd.low > 0 else 0

    return _finding(case.panel, crime_type, sides, recorded, word)


def _finding(panel: Panel, crime_type: str, sides: Sides, recorded: Counts, word: Word) -> Finding:
    told, ground = word(recorded), ground_of(panel, sides, crime_type)
    if ground is None or not any(ground.unlocated):
        return Finding(told)
    stands = survives(unlocated(recorded, ground), word)
    return Finding(told, "" if stands else shares_line(*ground.share))


def _by_interval(recorded: Counts, low: float, high: float) -> Word:
    def word(counts: Counts) -> int:
        moved = _moved(counts, recorded)
        return -1 if high * moved < 1 else 1 if low * moved > 1 else 0

    return word


def _moved(counts: Counts, recorded: Counts) -> float:
    """Return by what a ratio of recorded to expected moves with the counts of area and comparator."""
    own = course(*counts.area) / course(*recorded.area)
    return own / (course(*counts.rest) / course(*recorded.rest))


def _against_the_untreated(case: Case, area: Area, crime_type: str, sides: Sides) -> Counts:
    untreated = (case.own_ground - case.treated - area.ground) & frozenset(case.panel.ground)
    return Counts(
        _counted(case.panel, area.ground, crime_type, sides),
        _counted(case.panel, untreated, crime_type, sides),
    )


def _counted(panel: Panel, ground: Collection[str], crime_type: str, sides: Sides) -> Pair:
    inside = panel.ground.isin(list(ground))
    before, after = (float(panel.totals(side, crime_type)[inside].sum()) for side in sides)
    return before, after


def _sum(one: Both, other: Both) -> Pair:
    return one.before + other.before, one.after + other.after


def _way(distance: float) -> int:
    return -1 if distance < 0 else 1 if distance > 0 else 0
