"""The months that the second verdict looks at, and what they say of each place before any fit.

Three runs of months: history (may be empty), baseline, comparison. They need not hold the same calendar
months nor be of one length: each run is set against the same months of all the other ground, which is the
months' course.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.model.errors import AnalysisError
from analysis.stats.arrays import Floats, Ints, Words

HALF = 0.5
"""Added to a count before its logarithm, so that a place with none recorded has one (Haldane, Anscombe)."""

FEWEST_INCIDENTS = 20
"""A place with fewer in baseline and comparison, at the comparison's length, is not judged."""

FEWEST_HISTORY = 5
"""With fewer published months of history none of them is used."""

WHOLE_HISTORY = 9
"""From so many published months on the history counts as whole; fewer are used and said."""


@dataclass(frozen=True, eq=False)
class Months:
    """Counts of one crime type: places x months of each run, no gap; ``history`` may have no month."""

    history: Floats
    baseline: Floats
    comparison: Floats

    def __post_init__(self) -> None:
        if not self.baseline.shape[1] or not self.comparison.shape[1]:
            raise AnalysisError("A change needs a month on either side. Choose periods that are published.")
        if np.isnan(np.concatenate([self.history, self.baseline, self.comparison], axis=1)).any():
            raise AnalysisError("A month that is not published was passed as a count. Leave it out.")

    def __len__(self) -> int:
        return len(self.baseline)

    @property
    def before(self) -> tuple[Floats, ...]:
        """The runs before the comparison: history, where it has a month, and baseline."""
        return (self.history, self.baseline) if self.history.shape[1] else (self.baseline,)

    @property
    def size(self) -> Floats:
        """Incidents of baseline and comparison together, at the comparison's length."""
        scale = self.comparison.shape[1] / self.baseline.shape[1]
        return np.asarray(self.baseline.sum(axis=1) * scale + self.comparison.sum(axis=1))

    @property
    def jump(self) -> Floats:
        """ln of the monthly mean of the baseline over that of the history; all 0 without history."""
        if not self.history.shape[1]:
            return np.zeros(len(self))
        mean_b = (self.baseline.sum(axis=1) + HALF) / self.baseline.shape[1]
        return np.asarray(np.log(mean_b * self.history.shape[1] / (self.history.sum(axis=1) + HALF)))

    def of(self, members: Ints) -> Months:
        """Return sets of places: ``members`` has one row a set and one place number a column."""
        return Months(
            self.history[members].sum(axis=1),
            self.baseline[members].sum(axis=1),
            self.comparison[members].sum(axis=1),
        )

    def total(self) -> Months:
        """Return all places as one."""
        return self.of(np.arange(len(self))[None])


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is known of each place besides the counts.

    ``other`` is its incidents of all other crime types in the baseline months, ``districts`` its district.
    """

    other: Floats
    districts: Words

    def of(self, members: Ints) -> Surroundings:
        """Return the setting of sets: incidents add up; the district is that of most units, then the first by name."""
        if members.shape[1] == 1:
            return Surroundings(self.other[members[:, 0]], self.districts[members[:, 0]])
        names, number = np.unique(self.districts, return_inverse=True)
        votes = np.stack([(number[members] == each).sum(axis=1) for each in range(len(names))], axis=1)
        return Surroundings(self.other[members].sum(axis=1), names[votes.argmax(axis=1)])


@dataclass(frozen=True, eq=False)
class Level:
    """What the months say of each place, relative to all other ground.

    ``change`` is d = ln((a + 1/2) / E), ``trended`` E = (b + 1/2) M_a / M_b, ``columns`` what d is regressed
    on (1, ln of other types a month, ln b, and with history ln of the rise from history into baseline),
    ``excess`` the place's monthly variance beyond Poisson and ``mean`` its mean month, ``size`` as `Months`.
    """

    change: Floats
    trended: Floats
    columns: Floats
    excess: Floats
    mean: Floats
    size: Floats


def level_of(months: Months, setting: Surroundings, whole: Months, *, inside: bool) -> Level:
    """Return the level of each place against ``whole``, the sum of all the ground that gives the months' course.

    ``inside`` says that the places are part of that sum: each is then taken out of it for its own trend.
    Raises AnalysisError where the other ground recorded none in the baseline or in the comparison.
    """
    b, a = months.baseline.sum(axis=1), months.comparison.sum(axis=1)
    whole_b, whole_a = float(whole.baseline.sum()), float(whole.comparison.sum())
    others_b, others_a = (whole_b - b, whole_a - a) if inside else (whole_b + 0 * b, whole_a + 0 * a)
    if not ((others_b > 0).all() and (others_a > 0).all()):
        raise AnalysisError(
            "The other ground of the force has no incident of this type in one of the periods, so nothing "
            "says what was ordinary. Choose a commoner crime type or longer periods."
        )
    trended = (b + HALF) * others_a / others_b
    columns = [
        np.ones(len(b)),
        np.log(setting.other / months.baseline.shape[1] + HALF),
        np.log(b + HALF),
    ]
    if months.history.shape[1]:
        course = np.log((whole_b + HALF) * months.history.shape[1])
        columns.append(months.jump - course + np.log((whole.history.sum() + HALF) * months.baseline.shape[1]))
    excess, mean = _monthly_excess(months, whole)
    return Level(np.log((a + HALF) / trended), trended, np.column_stack(columns), excess, mean, months.size)


def _monthly_excess(months: Months, whole: Months) -> tuple[Floats, Floats]:
    """Return the monthly variance beyond Poisson about the course, each run about its own level; and the mean month.

    A year that was worse than the next is a change of level, and no sign of months that swing.
    """
    squares, freedom = np.zeros(len(months)), 0
    for run, course in zip(months.before, whole.before, strict=True):
        share = course.sum(axis=0) / max(float(course.sum()), 1.0)
        followed = (run.sum(axis=1) + 0.2)[:, None] * share
        squares += ((run - followed) ** 2).sum(axis=1)
        freedom += run.shape[1] - 1
    counts = np.concatenate(months.before, axis=1)
    mean = (counts.sum(axis=1) + 0.2) / counts.shape[1]
    return squares / max(freedom, 1) - mean, mean
