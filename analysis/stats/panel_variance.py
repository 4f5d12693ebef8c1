"""What ordinary, untreated ground did by itself: the yardstick of `panel_design`.

A place with b incidents of a crime type in the baseline months and a in the comparison months, the other
ground with M_b and M_a, has d = ln((a + 1/2) / (b + 1/2)) - ln(M_a / M_b). From d is taken what untreated
places of that level did on average: the weighted regression of d on ln(b + 1/2) and on the logarithm of all
other crime types recorded there in the baseline months. A place with more than its other crime leads one to
expect tends to come down by itself (regression to the mean), and this much of it is not counted as a
change.

What is left has variance c0 + c1 / E + c2 g / L: E is the number expected, L the number of comparison
months, and g the place's own monthly variation beyond Poisson in the baseline, relative to its mean and
shrunk towards the force's. c0, c1 and c2, none below 0, are fitted to the squares of what is left, so a
place's variation follows from its size and its months instead of one phi for a band of sizes (a negative
binomial's variance, over places).

Reference: Morris 1983 on empirical Bayes; Cameron and Trivedi 2013, chapter 3, on the variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from analysis.model.errors import NeedsInputError

HALF = 0.5
"""Added to both counts, so that a place with none recorded has a logarithm (Haldane, Anscombe)."""

FEWEST_EXPECTED = 5
"""Ground with fewer expected says nothing of variation beyond Poisson and is left out of the fit."""

FEWEST_INCIDENTS = 20
"""Ground with fewer in both periods, at the comparison's length, is neither judged nor judged against."""

FEWEST_PLACES = 20
"""With fewer places to be judged against, a p of 0.05 could not be reached."""

PRIOR_WEIGHT = 10.0
"""The square of the mean month at which a place's own monthly variation counts as much as the force's."""

OUTLIER = 6.0
"""Squares beyond so many variances count as that many in the fit, so that one place does not set it."""

LEAST_VARIANCE = 0.02
"""No place is taken to vary by less than 14 % from year to year."""

ROUNDS = 3
"""Regression and variance settle in two or three rounds."""


@dataclass(frozen=True, eq=False)
class Ordinary:
    """What untreated ground did by itself; one entry a place, in the order given.

    ``log_trend`` is ln(M_a / M_b) of all the other places, ``predicted`` what d was expected to be from the
    rest (the place itself left out), ``expected`` the number of incidents that the trend alone leads to,
    ``sd`` the standard deviation of what is left of d, ``z`` what is left over sd; ``judged`` marks places
    with enough incidents. ``slopes`` and ``coefficients`` are those of the regression and of the variance.
    """

    log_trend: np.ndarray
    predicted: np.ndarray
    expected: np.ndarray
    sd: np.ndarray
    z: np.ndarray
    judged: np.ndarray
    slopes: np.ndarray
    coefficients: np.ndarray
    own_prior: float
    course: np.ndarray
    trend: float
    comparison_months: int

    @property
    def placebos(self) -> np.ndarray:
        """z of the places that an area is judged against, from low to high."""
        return np.sort(self.z[self.judged])

    def expect(self, baseline: np.ndarray, other: float, units: int) -> tuple[float, float, float]:
        """Return the trend's number, the predicted d and the sd of a place that is not among these.

        ``baseline`` is its counts by month, ``other`` its incidents of all other types in these months,
        ``units`` the ground it covers: its levels are taken a unit, since those are the levels of the
        yardstick.
        """
        b = np.array([baseline.sum()])
        level = _levels(b / units, np.array([other]) / units, len(baseline))
        expected = (b + HALF) * np.exp(self.trend)
        excess, mean = monthly_excess(baseline[None], self.course)
        terms = variance_terms(expected, excess, mean, self.own_prior, self.comparison_months)
        sd = np.sqrt(np.maximum(terms @ self.coefficients, LEAST_VARIANCE))
        return float(expected[0]), float((level @ self.slopes)[0]), float(sd[0])


def fit_ordinary(baseline: np.ndarray, comparison: np.ndarray, other: np.ndarray) -> Ordinary:
    """Return what untreated ground did: places x months of the baseline and of the comparison, without a gap.

    ``other`` is each place's incidents of all other crime types in the baseline months. Each place is set
    against all the others, itself left out. Raises NeedsInputError when fewer than `FEWEST_PLACES` places
    have `FEWEST_EXPECTED` or more expected.
    """
    b, a = baseline.sum(axis=1), comparison.sum(axis=1)
    others_b, others_a = b.sum() - b, a.sum() - a
    if len(b) < FEWEST_PLACES or not (others_b > 0).all() or not (others_a > 0).all():
        raise NeedsInputError(
            "There is too little other ground in the force with incidents of this type to know what is "
            "ordinary. Choose a commoner crime type or longer periods."
        )
    log_trend = np.log(others_a / others_b)
    expected = (b + HALF) * np.exp(log_trend)
    used = expected >= FEWEST_EXPECTED
    if used.sum() < FEWEST_PLACES:
        raise NeedsInputError(
            f"Only {int(used.sum())} other places of the force have {FEWEST_EXPECTED} or more expected of this "
            f"crime type, and {FEWEST_PLACES} are needed to know what is ordinary. Choose longer periods."
        )
    d = np.log((a + HALF) / (b + HALF)) - log_trend
    excess, mean = monthly_excess(baseline, baseline.sum(axis=0))
    prior = max(float(excess[used].sum() / (mean[used] ** 2).sum()), 0.0)
    terms = variance_terms(expected, excess, mean, prior, comparison.shape[1])
    x = _levels(b, other, baseline.shape[1])
    left, slopes, variance, coefficients = regress(d, x, terms, expected, used)
    sd = np.sqrt(variance)
    judged = b * comparison.shape[1] / baseline.shape[1] + a >= FEWEST_INCIDENTS
    return Ordinary(
        log_trend=log_trend,
        predicted=d - left,
        expected=expected,
        sd=sd,
        z=left / sd,
        judged=judged,
        slopes=slopes,
        coefficients=coefficients,
        own_prior=prior,
        course=baseline.sum(axis=0),
        trend=float(np.log(a.sum() / b.sum())),
        comparison_months=comparison.shape[1],
    )


def regress(
    d: np.ndarray, x: np.ndarray, terms: np.ndarray, expected: np.ndarray, used: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return what is left of d with each place left out, the slopes, the variances and their coefficients.

    ``x`` are the columns to regress on, ``terms`` those of the variance, ``used`` the places that enter the
    fits.
    """
    variance = 1 / expected + 0.1  # a start
    left, slopes, coefficients = d, np.zeros(x.shape[1]), np.zeros(terms.shape[1])
    for _ in range(ROUNDS):
        weight = used / variance
        inverse = np.linalg.pinv((x.T * weight) @ x)
        slopes = inverse @ ((x.T * weight) @ d)
        leverage = weight * np.einsum("ij,jk,ik->i", x, inverse, x)
        left = (d - x @ slopes) / (1 - np.minimum(leverage, 0.9))
        squares = np.minimum(left[used] ** 2, OUTLIER * variance[used]) / variance[used]
        coefficients, _ = nnls(terms[used] / variance[used, None], squares)
        variance = np.maximum(terms @ coefficients, LEAST_VARIANCE)
    return left, slopes, variance, coefficients


def monthly_excess(baseline: np.ndarray, course: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each place's monthly variance beyond Poisson round the force's course, and its mean month."""
    mean = (baseline.sum(axis=1) + 0.2) / baseline.shape[1]
    followed = mean[:, None] * course[None] / course.mean()
    return ((baseline - followed) ** 2).sum(axis=1) / (baseline.shape[1] - 1) - mean, mean


def variance_terms(
    expected: np.ndarray, excess: np.ndarray, mean: np.ndarray, prior: float, months: int
) -> np.ndarray:
    """Return the three columns that the variance is made of: 1, 1 / E and g / L."""
    own = np.maximum((excess + PRIOR_WEIGHT * prior) / (mean**2 + PRIOR_WEIGHT), 0)
    return np.column_stack([np.ones_like(expected), 1 / expected, own / months])


def _levels(baseline: np.ndarray, other: np.ndarray, months: int) -> np.ndarray:
    return np.column_stack([np.ones(len(baseline)), np.log(other / months + HALF), np.log(baseline + HALF)])
