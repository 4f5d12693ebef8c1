"""The relative incident rate ratio (RIRR): an area's change over its comparator's, and what it could have
told."""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from analysis.stats.poisson import LEVEL, Interval


def _variance_terms(counts: list[float]) -> tuple[list[float], float]:
    # Haldane and Anscombe: half an incident on each count where one is 0, else the logarithm does not exist
    used = [count + 0.5 for count in counts] if min(counts) == 0 else counts
    return used, sum(1 / count for count in used)


def rirr(
    baseline: float,
    comparison: float,
    comparator_baseline: float,
    comparator_comparison: float,
    *,
    phi: float = 1.0,
    level: float = LEVEL,
) -> Interval:
    """Return the relative incident rate ratio: the area's ratio over the comparator's.

    ln(Ta/Tb) - ln(Ca/Cb), normal with variance phi (1/Ta + 1/Tb + 1/Ca + 1/Cb); where one count is 0, 0.5 is
    added to all four. Null (1): the area changed as the comparator did. Not to be trusted with single
    figures, nor without phi. Estimate only where phi is NaN; all NaN where both counts of a side are 0. RES
    of Welsh and Farrington is its reciprocal. References: Wilson 2022; Braga and Weisburd 2022. 50 to 30
    against 60 to 55 is 0.655 (0.366 to 1.171).
    """
    if not (baseline + comparison > 0 and comparator_baseline + comparator_comparison > 0):
        return Interval(math.nan, math.nan, math.nan)
    counts = [comparison, baseline, comparator_comparison, comparator_baseline]
    (after, before, other_after, other_before), terms = _variance_terms(counts)
    log = math.log(after / before) - math.log(other_after / other_before)
    if not phi > 0:
        return Interval(math.exp(log), math.nan, math.nan)
    error = math.sqrt(phi * terms)
    reach = ndtri(0.5 + level / 2) * error
    p = 2 * ndtr(-abs(log) / error)
    return Interval(math.exp(log), math.exp(log - reach), math.exp(log + reach), float(p))


def smallest_tellable_fall(
    baseline: float,
    comparator_baseline: float,
    comparator_comparison: float,
    phi: float,
    level: float = LEVEL,
) -> float:
    """Return the smallest fall, as a fraction of the baseline, that the RIRR's interval would have told.

    Solves upper limit = 1 for the area's comparison count, the other three counts and phi being given; no
    whole number of incidents is asked for. 0 where the comparator rose so much that even no change would have
    told. NaN where even a fall to zero could not be told, or a count is 0 or phi unknown. Worked number: 200
    against 2,000 to 2,000 with phi 1 is 0.1947 (200 to 161.1).
    """
    if not (baseline > 0 and comparator_baseline > 0 and comparator_comparison > 0 and phi > 0):
        return math.nan
    z = float(ndtri(0.5 + level / 2))
    known = 1 / baseline + 1 / comparator_baseline + 1 / comparator_comparison
    trend = math.log(comparator_comparison / comparator_baseline)

    def upper(count: float) -> float:
        return math.log(count / baseline) - trend + z * math.sqrt(phi * (1 / count + known))

    # the upper limit falls and then rises with the count; its lowest point is known in closed form
    lowest = (math.sqrt(1 + known * z * z * phi) - 1) / (2 * known)
    if upper(lowest) >= 0:
        return math.nan
    highest = max(lowest, baseline)
    while upper(highest) < 0:
        highest *= 2
    count = brentq(upper, lowest, highest, xtol=1e-12, rtol=1e-14)
    return float(max(0.0, 1 - count / baseline))
