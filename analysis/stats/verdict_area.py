"""One area and crime type judged by the second verdict: what the app's row stands on.

The area's ground is never among the untreated units. An area of one unit is set against single units, one of
k units against contiguous sets of k (`contiguous`): listed once for all crime types and passed in.

Null, cautions and references: `verdict_panel` and `thresholds`.

Worked number: an area expected to record 50 (ordinary from 38 to 64) that records 25, farther out than all
of 99 untreated places: z below the threshold, p = 1 / 100, told as fallen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.stats.arrays import Floats, Ints
from analysis.stats.thresholds import LEAST_REACH, rank_p, reach
from analysis.stats.verdict_months import FEWEST_INCIDENTS, Months, Surroundings
from analysis.stats.verdict_panel import Yardstick, yardstick


@dataclass(frozen=True, eq=False)
class Untreated:
    """Untreated units of the force without the area's own ground, and the sets of the area's size on them.

    ``members`` has one row a set and its unit numbers (for one unit: each alone).
    """

    units: Months
    setting: Surroundings
    members: Ints


@dataclass(frozen=True, eq=False)
class Measured:
    """The yardstick of one crime type, periods and size of area: made once, asked for every area of that size.

    ``separate`` is how many of its judged places stand side by side; ``reach`` the |z| that must be exceeded.
    """

    yardstick: Yardstick
    separate: float
    reach: float

    @property
    def sizes(self) -> Floats:
        """|z| of the judged places."""
        return np.abs(self.z)

    @property
    def z(self) -> Floats:
        """z of the judged places."""
        return np.asarray(self.yardstick.z[self.yardstick.judged])


@dataclass(frozen=True)
class AreaEstimate:
    """One area's change against what was to be expected.

    ``expected`` is the count that similar places' change leads to, ``by_course`` what the force's course alone
    would (the baseline carried forward): where they differ, the rest is regression to the mean, history and
    district. ``told`` is -1 (fell more than similar places), 1 (rose more), 0 (much as they did) or None (too few to
    say). ``ordinary_low`` and ``ordinary_high`` are the counts at which |z| reaches the threshold (the
    high one infinite where nothing could be told). ``p`` is either way; ``as_far`` is the share of the ``places`` that
    moved at least as far the same way, ``separate`` how many of them stand side by side.
    ``smallest_fall`` is the smallest fall from what was expected, as a fraction and in whole incidents, that
    the whole rule would tell; None where it would tell none. ``history_months`` and ``history_weight`` (the share of a bad year that
    goes away by itself; None without) say what stands behind it.
    """

    baseline: int
    comparison: int
    expected: float
    by_course: float
    ordinary_low: float
    ordinary_high: float
    z: float
    p: float
    as_far: float
    told: int | None
    smallest_fall: float | None
    places: int
    separate: float
    history_months: int
    history_weight: float | None


def measured(ground: Untreated) -> Measured:
    """Return the yardstick of this ground. Raises NeedsInputError and AnalysisError as `yardstick` does."""
    members = ground.members
    overlap = members.size / max(len(np.unique(members)), 1)
    made = yardstick(ground.units.of(members), ground.setting.of(members), ground.units.total(), overlap)
    behind = members[made.judged]
    separate = len(np.unique(behind)) / members.shape[1]
    edge = max(reach(np.abs(made.z[made.judged]), separate), LEAST_REACH)
    return Measured(made, separate, edge)


def area_estimate(area: Months, setting: Surroundings, against: Measured) -> AreaEstimate:
    """Return the estimate of one area (one row of ``area`` and ``setting``, its units summed)."""
    recorded = area.comparison.sum(axis=1)
    expected = against.yardstick.expect(area, setting)
    z = float(expected.z(recorded)[0])
    low, high = (float(edge[0]) for edge in expected.counts_at(against.reach))
    others = against.z
    same_way = (others <= z) if z < 0 else (others >= z)
    enough = bool(area.size[0] >= FEWEST_INCIDENTS)
    by_course, mean = float(expected.by_course[0]), float(expected.count[0])
    # the largest whole count that the whole rule would tell as fallen: below the threshold, the course and
    # not so low that there were too few to say
    most = float(np.ceil(min(low, by_course))) - 1
    before = float(area.size[0] - recorded[0])
    can_fall = most >= 0 and before + most >= FEWEST_INCIDENTS
    return AreaEstimate(
        baseline=int(area.baseline.sum()),
        comparison=int(recorded[0]),
        expected=mean,
        by_course=by_course,
        ordinary_low=low,
        ordinary_high=high,
        z=z,
        p=rank_p(float((against.sizes >= abs(z)).sum()), len(others), against.separate),
        as_far=float(same_way.mean()),
        told=int(expected.told(recorded, against.reach)[0]) if enough else None,
        smallest_fall=1 - most / mean if can_fall and mean > 0 else None,
        places=len(others),
        separate=against.separate,
        history_months=area.history.shape[1],
        history_weight=against.yardstick.history_weight,
    )
