"""The fits behind the second verdict: regression, variance by size and own months, districts that differ.

All three run over untreated places that can be judged, each weighted by the inverse of its variance, and
each place's own prediction leaves it out.

- Regression of d on what was known before (`verdict_months.Level`). Because only places with enough
  incidents in *both* periods are judged, a small place is among them only if its comparison was high; the
  slope on ln b takes that out, and with it regression to the mean. The slope on the rise from history into
  baseline says how much of a bad year goes away by itself.
- Variance of what is left: c0 + c1 / mu + c2 g / L, none of the three below 0, mu the number expected, L
  the comparison's months and g the place's own monthly variance beyond Poisson, shrunk to the force's.
  With mu from the whole prediction, a place after a bad year has the variance of its ordinary size.
- Districts: what the other places of the district have left over in the mean, times tau² / (tau² + its
  variance), tau² between districts by DerSimonian and Laird: none where districts do not differ.

References: Morris 1983 and Robbins on empirical Bayes; DerSimonian and Laird 1986; Cameron and Trivedi 2013.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from analysis.stats.arrays import Bools, Floats, Ints, Words
from analysis.stats.verdict_months import Level

PRIOR_WEIGHT = 10.0
"""The square of the mean month at which a place's own monthly variation counts as much as the force's."""

OUTLIER = 6.0
"""Squares beyond so many variances count as that many in the fit, so that one place does not set it."""

LEAST_VARIANCE = 0.01
"""No place is taken to vary by less than 10 % from period to period."""

FARTHEST = 2.0
"""No prediction is taken beyond exp(2) times the trend while the variance is fitted."""

ROUNDS = 6
"""Regression and variance settle in three or four rounds."""

DISTRICT_ROUNDS = 2

MOST_LEVERAGE = 0.5
"""No place is taken to have drawn the regression to itself by more than half of what is left."""


@dataclass(frozen=True, eq=False)
class Fit:
    """What untreated places did. ``predicted`` and ``variance`` have one entry a place, itself left out.

    ``slopes`` and ``coefficients`` are those of regression and variance, ``own_prior`` the force's g,
    ``tau2`` the variance between districts, ``districts`` the shrunk mean of each by name.
    """

    predicted: Floats
    variance: Floats
    slopes: Floats
    coefficients: Floats
    own_prior: float
    tau2: float
    districts: dict[str, float]

    def outside(self, level: Level, districts: Words, months: int) -> tuple[Floats, Floats]:
        """Return prediction and variance of places that were not among these."""
        shift = np.array([self.districts.get(str(name), 0.0) for name in districts])
        predicted = level.columns @ self.slopes + shift
        terms = variance_terms(level, predicted, self.own_prior, months)
        return predicted, np.maximum(terms @ self.coefficients, LEAST_VARIANCE)


def variance_terms(level: Level, predicted: Floats, own_prior: float, months: int) -> Floats:
    """Return the three columns 1, 1 / mu and g / L."""
    own = np.maximum((level.excess + PRIOR_WEIGHT * own_prior) / (level.mean**2 + PRIOR_WEIGHT), 0)
    expected = level.trended * np.exp(np.clip(predicted, -FARTHEST, FARTHEST))
    return np.column_stack([np.ones_like(own), 1 / expected, own / months])


def fit(level: Level, used: Bools, districts: Words, shape: tuple[int, float]) -> Fit:
    """Return the fit over the places marked ``used``.

    ``shape`` is the comparison's number of months and the overlap: how many sets stand on each unit of
    ground, 1 for single places. Overlapping sets count as so many fewer, in leverage and between districts.
    """
    months, overlap = shape
    own_prior = max(float(level.excess[used].sum() / (level.mean[used] ** 2).sum()), 0.0)
    variance = 1 / level.trended + 0.1  # a start
    left, slopes, coefficients = level.change, np.zeros(level.columns.shape[1]), np.zeros(3)
    for _ in range(ROUNDS):
        weight = used / variance
        inverse = np.linalg.pinv((level.columns.T * weight) @ level.columns)
        slopes = inverse @ ((level.columns.T * weight) @ level.change)
        leverage = overlap * weight * np.einsum("ij,jk,ik->i", level.columns, inverse, level.columns)
        left = (level.change - level.columns @ slopes) / (1 - np.minimum(leverage, MOST_LEVERAGE))
        terms = variance_terms(level, level.change - left, own_prior, months)
        coefficients, variance = _variance(left, terms, used, variance)
    shift, tau2 = np.zeros_like(left), 0.0
    means: dict[str, float] = {}
    names, number = np.unique(districts, return_inverse=True)
    for _ in range(DISTRICT_ROUNDS):
        shift, tau2, means = _districts(left, used / variance / overlap, (names, number), overlap)
        terms = variance_terms(level, level.change - left + shift, own_prior, months)
        coefficients, variance = _variance(left - shift, terms, used, variance)
    predicted = level.change - left + shift
    return Fit(predicted, variance, slopes, coefficients, own_prior, tau2, means)


def _variance(left: Floats, terms: Floats, used: Bools, variance: Floats) -> tuple[Floats, Floats]:
    squares = np.minimum(left[used] ** 2, OUTLIER * variance[used]) / variance[used]
    coefficients, _ = nnls(terms[used] / variance[used, None], squares)
    return coefficients, np.maximum(terms @ coefficients, LEAST_VARIANCE)


def _districts(
    left: Floats, weight: Floats, districts: tuple[Words, Ints], overlap: float
) -> tuple[Floats, float, dict[str, float]]:
    """Return each place's share of what the others of its district have left over, tau² and each district's mean.

    ``districts`` are their names, and the number of each place's.
    """
    names, number = districts
    weights, sums = np.bincount(number, weight), np.bincount(number, weight * left)
    there = weights > 0
    if there.sum() < 2:
        return np.zeros_like(left), 0.0, {}
    mean = sums[there] / weights[there]
    whole = float(sums.sum() / weights.sum())
    q = float((weights[there] * (mean - whole) ** 2).sum())
    spread = float(weights.sum() - (weights**2).sum() / weights.sum())
    tau2 = max((q - (there.sum() - 1)) / spread, 0.0) if spread > 0 else 0.0
    # a place is taken out of its district with all the sets that stand on its ground
    others = np.maximum(weights[number] - overlap * weight, 0)
    rest = sums[number] - overlap * weight * left
    shift = tau2 * rest / (tau2 * others + 1)
    means = tau2 * sums / (tau2 * weights + 1)
    return shift, tau2, {str(name): float(value) for name, value in zip(names, means, strict=True)}
