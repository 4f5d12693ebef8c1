"""The plain tests on two counts: exact ratio, E-test, percent change with an interval.

They take counts for Poisson (or Poisson times a given phi). Real counts in one LSOA vary several times as
much from year to year, so none of them is ever the verdict (see `analysis.stats.verdict`); they are the
reference for the arithmetic, and what a reader with a calculator would get.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaln, ndtri, xlogy

LEVEL = 0.95
"""The level of every interval, unless a caller asks for another."""

SIGNIFICANT = 0.05
"""The p under which the exact test, taken alone, is commonly called significant."""


def percent_change(baseline: float, comparison: float) -> float:
    """Return the change in per cent of the baseline, NaN where that is 0. 211 to 96 is -54.50."""
    return 100 * (comparison - baseline) / baseline if baseline > 0 else math.nan


@dataclass(frozen=True)
class Interval:
    """An estimate with the two ends of its interval, and a p-value where the method has one."""

    estimate: float
    low: float
    high: float
    p: float = math.nan


def exact_ratio(
    baseline: float,
    comparison: float,
    *,
    baseline_exposure: float = 1.0,
    comparison_exposure: float = 1.0,
    level: float = LEVEL,
) -> Interval:
    """Return the exact conditional ratio of two Poisson rates, comparison to baseline.

    Given the sum, the comparison count is binomial with share e1/(e1 + e0); the interval is
    Clopper-Pearson's, the two-sided p sums the outcomes no more likely than the one seen. Null: both periods
    have one rate. Exposure is in days of the months compared. Not to be trusted as a verdict where counts
    vary more than Poisson, as they do in one LSOA. All NaN when both counts are 0. Reference: R
    `poisson.test`; 11 in 800 against 21 in 3,011 has ratio 1.971 (0.858 to 4.277), p 0.0797.
    """
    total = baseline + comparison
    if not total > 0:
        return Interval(math.nan, math.nan, math.nan)
    odds = comparison_exposure / baseline_exposure
    p = binomial_p(int(comparison), int(total), odds / (1 + odds))
    below, above = _clopper_pearson(int(comparison), int(total), level)
    estimate = comparison / baseline / odds if baseline > 0 else math.inf
    low = below / (1 - below) / odds
    high = above / (1 - above) / odds if above < 1 else math.inf
    return Interval(estimate, low, high, p)


AS_LIKELY = 1 + 1e-7
"""An outcome so little likelier than the one seen counts as no likelier, as in R and SciPy: they differ by rounding alone."""

MOST_LISTED = 100_000
"""Trials of which every outcome's chance is worked out; of more, SciPy looks for those that count by trial."""


def binomial_p(successes: int, trials: int, chance: float) -> float:
    """Return the exact two-sided p of a binomial count: the chance of all outcomes no likelier than the one seen.

    Null: each trial succeeds with this chance, which is more than 0 and less than 1. The same as SciPy's ``binomtest``,
    whose search by trial takes ten times as long. Reference: R `binom.test`; 3 of 15 at 0.1 gives 0.1841 (one-sided sums
    are not doubled).
    """
    if trials > MOST_LISTED:
        # few counts are so large, and scipy.stats takes long to import
        from scipy.stats import binomtest

        return float(binomtest(successes, trials, chance).pvalue)
    # ln of the ways to choose, by the gamma function: each factorial once
    factorials = gammaln(np.arange(1, trials + 2))
    outcomes = np.arange(trials + 1)
    logs = outcomes * math.log(chance) + (trials - outcomes) * math.log1p(-chance)
    logs += factorials[-1] - factorials - factorials[::-1]
    counted = logs <= logs[successes] + math.log(AS_LIKELY)
    return min(1.0, float(np.exp(logs[counted]).sum()))


def _clopper_pearson(successes: int, trials: int, level: float) -> tuple[float, float]:
    """Return the ends of Clopper-Pearson's interval, which are quantiles of the beta distribution.

    SciPy's own looks for them by trial, and takes ten times as long.
    """
    failures, tail = trials - successes, (1 - level) / 2
    low = float(betaincinv(successes, failures + 1, tail)) if successes else 0.0
    high = float(betaincinv(successes + 1, failures, 1 - tail)) if failures else 1.0
    return low, high


def percent_interval(
    baseline: float, comparison: float, phi: float = 1.0, *, level: float = LEVEL
) -> Interval:
    """Return the percent change with an interval that carries the over-dispersion phi.

    ln(comparison/baseline) is taken as normal with variance phi (1/baseline + 1/comparison). Null: no change.
    Not to be trusted with single figures. All NaN where a count is 0 or phi is unknown. Reference: Rothman,
    Epidemiology: An Introduction, ch. 9. 50 to 30 with phi 1 is -40 % (-61.8 % to -5.7 %).
    """
    if not (baseline > 0 and comparison > 0 and phi > 0):
        return Interval(percent_change(baseline, comparison), math.nan, math.nan)
    spread = ndtri(0.5 + level / 2) * math.sqrt(phi * (1 / baseline + 1 / comparison))
    ratio = comparison / baseline
    return Interval(
        100 * (ratio - 1), 100 * (ratio * math.exp(-spread) - 1), 100 * (ratio * math.exp(spread) - 1)
    )


E_TEST_REACH = 9.0
"""Standard deviations of a Poisson count beyond which the E-test's sum stops: under 1e-15 lies outside."""


def e_test(
    baseline: float,
    comparison: float,
    *,
    baseline_exposure: float = 1.0,
    comparison_exposure: float = 1.0,
) -> float:
    """Return the two-sided p of the E-test of two Poisson rates.

    Null: one rate for both periods, estimated by the pooled one. p sums the joint probability, under that
    rate, of the pairs of counts whose score statistic is at least the one seen. More powerful than the
    conditional test with few counts; the same caution applies. NaN when both counts are 0. Reference:
    Krishnamoorthy and Thomson 2004; 6 against 2 gives 0.1749. The same as statsmodels'
    ``etest_poisson_2indep``, without the four seconds of its import and with the sum cut at `E_TEST_REACH`.
    """
    total = baseline + comparison
    if not total > 0:
        return math.nan
    exposure = np.array([baseline_exposure, comparison_exposure])
    means = total / exposure.sum() * exposure
    reach = E_TEST_REACH * np.sqrt(means) + 20
    first, second = (
        np.arange(max(0, math.floor(mean - far)), math.ceil(mean + far) + 1)
        for mean, far in zip(means, reach, strict=True)
    )
    seen = abs(comparison * exposure[0] - baseline * exposure[1]) / math.sqrt(total) * (1 - 1e-12)
    low, high = _ordinary(first, exposure, seen)
    chance_first, chance_second = _poisson(first, means[0]), _poisson(second, means[1])
    # what lies below the ordinary counts of the second, and what lies above them
    below = np.concatenate([[0.0], np.cumsum(chance_second)])
    above = np.concatenate([np.cumsum(chance_second[::-1])[::-1], [0.0]])
    at_low, at_high = (np.clip(edge - second[0], 0, len(second)) for edge in (low, high + 1))
    return float(min(1.0, chance_first @ (below[at_low] + above[at_high])))


def _ordinary(first: np.ndarray, exposure: np.ndarray, seen: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most of the second count that with each of the first is less extreme than ``seen``.

    They are whole numbers in one run, since the statistic's gap is convex in the second count and its root concave; where
    there is none, the least is one more than the most. None in both periods is no evidence of a difference.
    """

    def extreme(second: np.ndarray) -> np.ndarray:
        gap = np.abs(second * exposure[0] - first * exposure[1])
        return np.asarray((gap >= seen * np.sqrt(first + second)) & (first + second > 0))

    # where both are equal: a square equation in the root of the sum; rounding may leave it one beside the whole number
    root = np.sqrt(seen**2 + 4 * exposure[0] * exposure.sum() * first)
    edges = (((sign * seen + root) / (2 * exposure[0])) ** 2 - first for sign in (-1, 1))
    low, high = np.maximum(np.floor(next(edges)), -1) + 1, np.maximum(np.ceil(next(edges)), 0) - 1
    low, high = low.astype(np.int64), high.astype(np.int64)
    for _ in range(2):
        low = np.where((low > 0) & ~extreme(np.maximum(low - 1, 0)), low - 1, low)
        high = np.where(~extreme(high + 1), high + 1, high)
    for _ in range(2):
        low = np.where((low <= high) & extreme(np.maximum(low, 0)), low + 1, low)
        high = np.where((low <= high) & extreme(np.maximum(high, 0)), high - 1, high)
    return np.minimum(low, high + 1), high


def _poisson(counts: np.ndarray, mean: float) -> np.ndarray:
    """Return the chance of each count under a Poisson distribution, as SciPy's ``poisson.pmf`` without its checks."""
    return np.asarray(np.exp(xlogy(counts, mean) - gammaln(counts + 1) - mean))
