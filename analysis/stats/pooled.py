"""One estimate over several areas: the town centres together, or all of a force's hotspots.

Formula: each area's ln(RIRR) with its own standard error (phi in it) is weighted by 1 / (SE² + tau²), where
tau² is the spread between the areas by DerSimonian and Laird. The interval is the usual normal one; beside
it stands Hartung and Knapp's, which is the one to show when areas are few: with three, tau is hardly known.

Null: the mean ratio of such areas is 1. When not to trust it: areas that share one comparator (their errors
are then not quite independent; small where the comparator is far larger than they), areas chosen because
they fell, and a mean of ratios that truly differ: read tau, I² and the areas themselves first.

Reference: DerSimonian and Laird 1986; Hartung and Knapp 2001; Braga and Weisburd 2022 on RIRR in reviews.
Library: `statsmodels.stats.meta_analysis.combine_effects`.

Worked number: ln ratios -0.6, -0.2, 0 with SE 0.2, 0.1, 0.1: Q = 7.556, tau² = 0.0417, mean -0.2202.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, norm

from analysis.model.errors import AnalysisError

LEVEL = 0.95


@dataclass(frozen=True)
class AreaEffect:
    """One area's ratio and the standard error of its logarithm."""

    name: str
    ratio: float
    standard_error: float


@dataclass(frozen=True)
class Pooled:
    """One ratio over several areas.

    ``low`` and ``high`` are the random-effects interval (normal), ``few_low`` and ``few_high`` Hartung and
    Knapp's, never the narrower. ``fixed_ratio`` supposes one true ratio. ``tau`` is the spread of ln(ratio)
    between areas, ``i_squared`` the share of the variation that is not error, ``differ_p`` the p of no
    spread (Cochran's Q). ``weights`` are shares of 1, in the order of ``areas``; ``left_out`` names areas
    without an estimate.
    """

    ratio: float
    low: float
    high: float
    few_low: float
    few_high: float
    p: float
    fixed_ratio: float
    tau: float
    i_squared: float
    q: float
    differ_p: float
    areas: tuple[AreaEffect, ...]
    weights: tuple[float, ...]
    left_out: tuple[str, ...]
    level: float


def effect_of_interval(name: str, ratio: float, low: float, high: float, level: float = LEVEL) -> AreaEffect:
    """Return the effect whose interval (symmetric in the logarithm) is this one; NaN where an end is missing."""
    if not (ratio > 0 and low > 0 and high > low and math.isfinite(high)):
        return AreaEffect(name, ratio, math.nan)
    return AreaEffect(name, ratio, math.log(high / low) / (2 * float(norm.ppf(0.5 + level / 2))))


def pooled(effects: Sequence[AreaEffect], *, level: float = LEVEL) -> Pooled:
    """Return one ratio over these areas. Those without a ratio or an error are left out, and named.

    Raises AnalysisError when fewer than two areas have one, or when two bear one name.
    """
    from statsmodels.stats.meta_analysis import combine_effects  # four seconds to import

    if len({effect.name for effect in effects}) < len(effects):
        raise AnalysisError("An area stands twice among those to be pooled. Name each area once.")
    used = tuple(effect for effect in effects if effect.ratio > 0 and effect.standard_error > 0)
    if len(used) < 2:
        raise AnalysisError(
            f"Only {len(used)} of {len(effects)} areas have an estimate, and two are needed for one over several. "
            "Choose more areas, a commoner crime type or longer periods."
        )
    logs = np.log([effect.ratio for effect in used])
    squares = np.array([effect.standard_error for effect in used]) ** 2
    alpha = 1 - level
    with np.errstate(invalid="ignore", divide="ignore"):  # statsmodels divides by Q and by a negative tau²
        combined = combine_effects(logs, squares, method_re="chi2", use_t=False, alpha=alpha)
        intervals = combined.conf_int(alpha=alpha, use_t=True)
    tau2 = max(float(combined.tau2), 0.0)
    # statsmodels keeps a negative tau² in its random-effects weights; with none it is the fixed effect
    mean = float(combined.mean_effect_re) if tau2 > 0 else float(combined.mean_effect_fe)
    error = float(combined.sd_eff_w_re) if tau2 > 0 else float(combined.sd_eff_w_fe)
    reach = float(norm.ppf(0.5 + level / 2)) * error
    # conf_int: fixed, random, and both again by Hartung and Knapp
    few_reach = max(float(intervals[3 if tau2 > 0 else 2][1]) - mean, reach)
    weights = 1 / (squares + tau2)
    q = float(combined.q)
    freedom = len(used) - 1
    return Pooled(
        ratio=math.exp(mean),
        low=math.exp(mean - reach),
        high=math.exp(mean + reach),
        few_low=math.exp(mean - few_reach),
        few_high=math.exp(mean + few_reach),
        p=float(2 * norm.sf(abs(mean) / error)),
        fixed_ratio=math.exp(float(combined.mean_effect_fe)),
        tau=math.sqrt(tau2),
        i_squared=max(0.0, 1 - freedom / q) if q > 0 else 0.0,
        q=q,
        differ_p=float(chi2.sf(q, freedom)),
        areas=used,
        weights=tuple((weights / weights.sum()).tolist()),
        left_out=tuple(effect.name for effect in effects if effect not in used),
        level=level,
    )
