"""The second verdict's one statistic: how far an area moved from what ordinary ground would have led to.

Untreated places of the force (or sets of k of them, for an area of k units) say what was ordinary: the
force's course, regression to the mean, how much of a bad year goes away by itself, what the rest of the
district did as far as districts differ, and how much a place of this size and these months varies
(`verdict_fit`). With mu expected and a recorded,

    z = (g(a) - g(mu)) / s,  g(x) = 2 / sqrt(c) asinh(sqrt(c (x + 3/8))),

where c = variance of ln(a / mu) beyond 1 / mu. g makes the spread of a negative binomial the same at every
size and leaves falls and rises alike; s is the root mean square of the untreated places' z on that side of
0, so that neither direction is told more lightly.

Null: the area changed as an untreated place of its kind would; its z is then one more draw from theirs, and
threshold and p go by rank (`thresholds`), whatever the form of the distribution.

When not to trust it: without history, after a bad year (the row must say so); an area larger than all ground
it is judged against; recording that changed on the area's ground alone.

References: Anscombe 1948 (the transformation); Abadie 2010 (placebo in space); see `verdict_fit`.

Worked number: 40 places that stayed at 50 a period: 50 expected of each, z 0. With mu 100 and c 0.01,
g(100) = 17.654, g(50) = 13.213: z of 50 recorded is -4.44 / s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.model.errors import NeedsInputError
from analysis.stats.arrays import Bools, Floats
from analysis.stats.verdict_fit import LEAST_VARIANCE, Fit, fit, variance_terms
from analysis.stats.verdict_months import FEWEST_INCIDENTS, HALF, Months, Surroundings, level_of

FEWEST_PLACES = 20
"""With fewer places that can be judged there is no yardstick: p of 5 % could not be reached."""

LEAST_SPREAD = 1e-3
"""c is at least this, so that g exists where a fit leaves nothing beyond Poisson."""

FARTHEST_SQUARE = 9.0
"""A place farther out than three counts as three in the scale of its side."""

LEAST_SCALE = 0.1
"""Places that hardly moved at all do not make a move of one incident remarkable."""

SHIFT = 3 / 8
"""Anscombe's shift under the root."""


@dataclass(frozen=True, eq=False)
class Expected:
    """What was to be expected of each place: ``count`` (mu), ``spread`` (c) and the two scales of z.

    ``by_course`` is what the force's course alone would lead to, the baseline carried forward.
    """

    count: Floats
    spread: Floats
    by_course: Floats
    below: float
    above: float

    def z(self, comparison: Floats) -> Floats:
        """Return z of comparison totals, … x places."""
        raw = self._g(comparison) - self._g(self.count)
        return np.asarray(np.where(raw < 0, raw / self.below, raw / self.above))

    def told(self, comparison: Floats, reach: Floats | float) -> Floats:
        """Return -1 where a fall is told, 1 where a rise is, else 0: |z| above ``reach``, and the course agrees.

        A count that only failed to come down from a bad year did not rise against anything recorded, and one
        that only failed to come back did not fall: what stands on the other side of the force's course from
        its z is not told.
        """
        z = self.z(comparison)
        agrees = np.sign(comparison - self.by_course) == np.sign(z)
        return np.asarray(np.where((np.abs(z) > reach) & agrees, np.sign(z), 0.0))

    def shift(self, fall: float) -> Floats:
        """Return how far z moves where the count expected falls by this share."""
        return np.asarray((self._g(self.count * (1 - fall)) - self._g(self.count)) / self.below)

    def counts_at(self, reach: float) -> tuple[Floats, Floats]:
        """Return the counts at which z is -``reach`` and +``reach``: between them a change is ordinary.

        0 where no count, not even none, would be that low; infinite with an infinite reach.
        """
        return self.counts_at_each(np.full(len(self.count), reach))

    def counts_at_each(self, reach: Floats) -> tuple[Floats, Floats]:
        """Return the same with a threshold of each place's own."""
        low = self._inverse(self._g(self.count) - reach * self.below)
        return low, self._inverse(self._g(self.count) + reach * self.above)

    def _g(self, counts: Floats) -> Floats:
        root = np.sqrt(self.spread)
        return np.asarray(2 / root * np.arcsinh(root * np.sqrt(np.maximum(counts + SHIFT, 0))))

    def _inverse(self, value: Floats) -> Floats:
        root = np.sqrt(self.spread)
        with np.errstate(over="ignore"):
            found = (np.sinh(np.maximum(value, 0) * root / 2) / root) ** 2 - SHIFT
        return np.asarray(np.maximum(found, 0))


@dataclass(frozen=True, eq=False)
class Yardstick:
    """Untreated places, each against the others: ``z``, and which of them are ``judged``.

    ``expected`` is theirs; ``history_weight`` says how much of a rise from history into baseline was to go
    away by itself (None without history), ``district_spread`` is the standard deviation between districts.
    """

    z: Floats
    judged: Bools
    expected: Expected
    fit: Fit
    whole: Months

    @property
    def history_weight(self) -> float | None:
        """The share of a bad (or good) year that goes away by itself; None without history."""
        return -float(self.fit.slopes[3]) if len(self.fit.slopes) > 3 else None

    @property
    def district_spread(self) -> float:
        """Standard deviation of ln(ratio) between districts, 0 where they do not differ."""
        return float(np.sqrt(self.fit.tau2))

    def expect(self, areas: Months, setting: Surroundings) -> Expected:
        """Return what was to be expected of areas (one row each) whose ground is not among the untreated."""
        level = level_of(areas, setting, self.whole, inside=False)
        predicted, variance = self.fit.outside(level, setting.districts, areas.comparison.shape[1])
        return _expected(level.trended, (predicted, variance), (self.expected.below, self.expected.above))

    def expect_over(self, areas: Months, setting: Surroundings, months: int) -> Expected:
        """Return what is to be expected of areas over so many months, were they like those compared."""
        compared = areas.comparison.shape[1]
        level = level_of(areas, setting, self.whole, inside=False)
        predicted, _ = self.fit.outside(level, setting.districts, compared)
        terms = variance_terms(level, predicted, self.fit.own_prior, compared)
        terms[:, 1:] *= compared / months
        variance = np.maximum(terms @ self.fit.coefficients, LEAST_VARIANCE)
        trended = level.trended * months / compared
        return _expected(trended, (predicted, variance), (self.expected.below, self.expected.above))


def yardstick(
    places: Months, setting: Surroundings, whole: Months | None = None, overlap: float = 1.0
) -> Yardstick:
    """Return what untreated places (or sets of them) did, each judged by all the others.

    ``whole`` is the sum of the units behind sets (default: of the places themselves); ``overlap`` is how
    many sets stand on a unit in the mean, 1 for single places. Judged are places with `FEWEST_INCIDENTS` or
    more. Raises NeedsInputError with fewer than `FEWEST_PLACES` of them, AnalysisError as `level_of` does.
    """
    total = places.total() if whole is None else whole
    judged = places.size >= FEWEST_INCIDENTS
    if judged.sum() < FEWEST_PLACES:
        raise NeedsInputError(
            f"Only {int(judged.sum())} untreated places of the force have {FEWEST_INCIDENTS} or more recorded, "
            f"and {FEWEST_PLACES} are needed to know what is ordinary. "
            "Choose a commoner crime type or longer periods."
        )
    level = level_of(places, setting, total, inside=True)
    fitted = fit(level, judged, setting.districts, (places.comparison.shape[1], overlap))
    plain = _expected(level.trended, (fitted.predicted, fitted.variance), (1.0, 1.0))
    a = places.comparison.sum(axis=1)
    raw = plain.z(a)[judged]
    scaled = replace(plain, below=_root_mean_square(raw[raw < 0]), above=_root_mean_square(raw[raw >= 0]))
    return Yardstick(scaled.z(a), judged, scaled, fitted, total)


def _expected(trended: Floats, law: tuple[Floats, Floats], scales: tuple[float, float]) -> Expected:
    """``trended`` and what it leads to have the half in them that was added to the counts; the counts have not."""
    predicted, variance = law
    mean = trended * np.exp(predicted)
    spread = np.maximum(variance - 1 / mean, LEAST_SPREAD)
    return Expected(np.maximum(mean - HALF, 0), spread, np.maximum(trended - HALF, 0), *scales)


def _root_mean_square(values: Floats) -> float:
    if not len(values):
        return 1.0
    return max(float(np.sqrt(np.minimum(values**2, FARTHEST_SQUARE).mean())), LEAST_SCALE)
