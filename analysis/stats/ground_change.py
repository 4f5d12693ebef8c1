"""How did each unit of ground change, and which changes are told from what similar places did? For a map.

*Formula in words.* Each unit of common ground of the force is judged by the verdict's rule as an area of its own: a
treated unit against all untreated ones, an untreated one against all the others (its prediction and its threshold leave
it out; only the course of the force and the scale of z are those of all, itself among them).

*When not to trust it.* Some 350 units are judged at once, and about one in twenty is told by chance
(`python -m pages.calibration`): a map of them is a place to look, not a list of findings. An area of several units has
a verdict of its own, which is not that of its parts.

*Reference and worked number.* As `analysis.stats.verdict_area`; a test holds a treated unit to its area's evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.periods import ComparedMonths
from analysis.model.vocabulary import TOLD, TOO_FEW
from analysis.stats.arrays import Bools, Floats
from analysis.stats.thresholds import LEAST_REACH, leave_out_reach
from analysis.stats.verdict import verdict
from analysis.stats.verdict_area import Measured
from analysis.stats.verdict_months import FEWEST_INCIDENTS, Months, Surroundings
from analysis.stats.verdict_panel import Expected

COLUMNS = (
    "ground_code",
    "baseline_incidents",
    "comparison_incidents",
    "percent_change",
    "expected",
    "ordinary_low",
    "ordinary_high",
    "z",
    "as_far",
    "places",
    "verdict",
    "stands_out",
)


@dataclass(frozen=True, eq=False)
class GroundChange:
    """The change of each unit of the force's ground, one row a unit, sorted by code (`COLUMNS`).

    percent_change is NaN from a baseline of 0; expected, ordinary_low, ordinary_high, z and as_far are as in `Evidence`,
    NaN for a unit that is not judged; places is how many it is held against, 0 where there is no yardstick.
    stands_out says that the verdict tells its change from theirs. ``note`` is what must be said of all of it.
    """

    table: pd.DataFrame
    crime_type: str
    months: ComparedMonths
    history_months: int = 0
    note: str = ""


@dataclass(frozen=True, eq=False)
class Judged:
    """What the rule says of some units: one entry a unit in each array."""

    expected: Floats
    low: Floats
    high: Floats
    z: Floats
    as_far: Floats
    told: Floats
    places: int


def judged_among(against: Measured, comparison: Floats) -> Judged:
    """Return what the rule says of the untreated units themselves, each against the others.

    ``comparison`` are their recorded totals, in the yardstick's order.
    """
    expected, judged = against.yardstick.expected, against.yardstick.judged
    single = np.arange(len(judged))[:, None]
    reach = np.maximum(leave_out_reach(np.abs(against.yardstick.z), judged, single), LEAST_REACH)
    return _judged(expected, comparison, reach, against, judged)


def judged_outside(against: Measured, units: Months, setting: Surroundings) -> Judged:
    """Return what the rule says of units that are not among the untreated ones."""
    expected = against.yardstick.expect(units, setting)
    reach = np.full(len(units), against.reach)
    return _judged(expected, units.comparison.sum(axis=1), reach, against, np.zeros(len(units), bool))


def ground_rows(codes: pd.Index, units: Months, found: Judged | None) -> list[tuple[object, ...]]:
    """Return the rows of `GroundChange` for these units; without what is judged where there is no yardstick."""
    before, after = units.baseline.sum(axis=1), units.comparison.sum(axis=1)
    rows: list[tuple[object, ...]] = []
    for at, code in enumerate(codes):
        b, a = float(before[at]), float(after[at])
        percent = 100 * (a - b) / b if b else np.nan
        if found is None or b + a < FEWEST_INCIDENTS or not found.places or not np.isfinite(found.high[at]):
            places = found.places if found else 0
            rows.append((code, b, a, percent, *[np.nan] * 5, places, TOO_FEW, False))
            continue
        word = verdict(b, a, int(found.told[at]))
        figures = (found.expected[at], found.low[at], found.high[at], found.z[at], found.as_far[at])
        rows.append((code, b, a, percent, *figures, found.places, word, word in TOLD))
    return rows


def _judged(expected: Expected, comparison: Floats, reach: Floats, against: Measured, among: Bools) -> Judged:
    """Return the rule's figures; ``among`` marks units that stand among the places they are ranked with."""
    z = expected.z(comparison)
    low, high = expected.counts_at_each(reach)
    # a unit's own z is not one of the others'
    others = np.sort(against.z)
    count = len(others) - among
    as_low = np.searchsorted(others, z, side="right") - among
    as_high = len(others) - np.searchsorted(others, z, side="left") - among
    return Judged(
        expected.count,
        np.minimum(low, expected.by_course),
        np.maximum(high, expected.by_course),
        z,
        np.asarray(np.where(z < 0, as_low, as_high) / np.maximum(count, 1)),
        expected.told(comparison, reach),
        len(others),
    )
