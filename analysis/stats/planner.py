"""Before money is spent: with what chance would a fall be told by the verdict, alone or in several places together?

*Formula in words.* A fall f of what is expected moves z by (g((1 - f) mu) - g(mu)) / s (`verdict_panel`). Untreated
places show how z lies with nothing planted; the chance is the share of them that would lie beyond the threshold once
moved. For n places together the same is done with the mean z of untreated groups of n.

*Null.* None: a plan, not a test. *When not to trust it:* the months to come are taken to be like those compared, and the
thinning of counts itself adds a little; with 60 places and fewer the groups of three repeat each other.
*Reference:* Abadie 2010 on placebos; checked here against falls planted in the counts of the real months, which it meets
within five points (`tests/stats/test_planner.py`).

*Worked number.* Untreated z of -1, 0, 1 and 2, a threshold of 2 and a fall that moves z by -1.5: one of four is told.
"""

from __future__ import annotations

import numpy as np

from analysis.stats.arrays import Floats, Ints
from analysis.stats.thresholds import reach
from analysis.stats.together import GROUPS, SEED, drawn_groups
from analysis.stats.verdict_area import Measured

LIKELY = 0.8
"""The chance that a plan asks for."""

SPANS = (3, 6, 9, 12, 18, 24, 36, 48, 60)
"""Months that a plan is drawn up for."""

FALLS = (0.2, 0.3, 0.5)
"""The falls that a plan is drawn up for."""

MOST_TOGETHER = 12
"""Places that a plan counts up to."""


def chance(z: Floats, threshold: float, shift: Floats) -> Floats:
    """Return the share of untreated z that lie below minus the threshold once moved by each shift."""
    return np.asarray(np.searchsorted(np.sort(z), -threshold - shift, side="left") / max(len(z), 1))


def groups_of(against: Measured, places: int) -> tuple[Floats, float]:
    """Return the mean z of untreated groups of so many judged places, and the size of it that is told; drawn, seeded.

    One place alone is a group of its own. The threshold is infinite where too few places could be drawn from.
    """
    if places == 1:
        return against.z, against.reach
    judged = np.flatnonzero(against.yardstick.judged)
    rows: Ints = drawn_groups([np.arange(len(judged))[:, None]] * places, GROUPS, SEED)
    means = against.z[rows].mean(axis=1)
    return means, reach(np.abs(means), against.separate)
