"""The designs that were tried, each as one function of months before and after (see `design_comparison`).

``plain`` is the design of the verdict on screen; ``panel_either_way`` and ``panel_stated_fall`` are
`panel_design`. The others are variants of the panel that did no better, kept so that the tables of
METHOD.md can be made again (`tried_designs`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import nnls
from scipy.special import ndtri

from analysis.stats.panel_variance import (
    FEWEST_EXPECTED,
    FEWEST_INCIDENTS,
    HALF,
    fit_ordinary,
    monthly_excess,
    regress,
    variance_terms,
)
from analysis.topics.calibration.measure.design_comparison import Design, Judge, Known

LEVEL = 0.95
Extra = Callable[[np.ndarray, np.ndarray, Known], np.ndarray]


def plain(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
    """RIRR against the rest of the district, phi of similar places, 1.96 either way."""
    return _plain(baseline, comparison, known, ndtri(0.5 + LEVEL / 2))


def plain_stated_fall(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
    """The plain statistic with the whole of 5 % spent on falls: below -1.645."""
    judge = _plain(baseline, comparison, known, ndtri(LEVEL))
    return Judge(judge.statistic, judge.low, np.full_like(judge.high, np.inf))


def _plain(baseline: np.ndarray, comparison: np.ndarray, known: Known, reach: float) -> Judge:
    b, a = baseline.sum(axis=1), comparison.sum(axis=1)
    n, share = a + b, a.sum() / (a + b).sum()
    same = known.districts[:, None] == known.districts[None]
    rest_b, rest_a = same @ b - b, same @ a - a
    similar = (n[None] >= n[:, None] / 2) & (n[None] <= 2 * n[:, None]) & (n[None] > 0)
    np.fill_diagonal(similar, False)
    squares = (a - n * share) ** 2 / np.where(n > 0, n * share * (1 - share), 1)
    phi = np.maximum((similar @ squares) / np.maximum(similar.sum(axis=1), 1), 1)

    def statistic(planted: np.ndarray) -> np.ndarray:
        after = planted.sum(axis=-1)
        # Haldane's half where a count is 0, as in the RIRR itself
        half = np.where(np.minimum(after, b) == 0, HALF, 0)
        log = np.log((after + half) / (b + half)) - np.log(rest_a / rest_b)
        return np.asarray(
            log / np.sqrt(phi * (1 / (after + half) + 1 / (b + half) + 1 / rest_a + 1 / rest_b))
        )

    return Judge(statistic, np.full(len(b), -reach), np.full(len(b), reach))


def plain_by_placebo(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
    """The plain statistic, its threshold from the other places' own z instead of 1.96."""
    judge = plain(baseline, comparison, known)
    n = baseline.sum(axis=1) + comparison.sum(axis=1)
    return _by_placebo(
        judge.statistic, judge.statistic(comparison[None])[0], n >= FEWEST_INCIDENTS, fall=False
    )


def panel_either_way(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
    """`panel_design`, 5 % of the other places outside the thresholds, either way."""
    return _panel(baseline, comparison, known, fall=False)


def panel_stated_fall(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
    """`panel_design`, a fall stated beforehand: 5 % of the other places below the threshold, no rise flagged."""
    return _panel(baseline, comparison, known, fall=True)


def _panel(baseline: np.ndarray, comparison: np.ndarray, known: Known, *, fall: bool) -> Judge:
    ordinary = fit_ordinary(baseline, comparison, known.other_types)
    b = baseline.sum(axis=1)

    def statistic(planted: np.ndarray) -> np.ndarray:
        log = np.log((planted.sum(axis=-1) + HALF) / (b + HALF)) - ordinary.log_trend
        return np.asarray((log - ordinary.predicted) / ordinary.sd)

    return _by_placebo(statistic, ordinary.z, ordinary.judged, fall=fall)


def _by_placebo(
    statistic: Callable[[np.ndarray], np.ndarray], z: np.ndarray, judged: np.ndarray, *, fall: bool
) -> Judge:
    """Return the judge whose threshold for each place is the rank among the other judged places."""
    sizes = -z if fall else np.abs(z)
    pool = np.sort(sizes[judged])
    others = len(pool) - judged.astype(int)  # a judged place is not its own yardstick
    rank = np.ceil((others + 1) * LEVEL).astype(int)
    # with itself taken out, everything above its own place moves down by one
    shifted = rank + (judged & (sizes <= pool[np.minimum(rank, len(pool)) - 1]))
    reach = np.where(rank <= others, pool[np.minimum(shifted, len(pool)) - 1], np.inf)
    return Judge(statistic, -reach, np.full_like(reach, np.inf) if fall else reach)


def variant(
    *,
    fall: bool = True,
    own_months: bool = True,
    towards_mean: bool = False,
    extra: Extra | None = None,
    level_of: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
) -> Design:
    """Return a panel design with one thing changed.

    ``own_months``: the place's own monthly variation is used. ``towards_mean``: the baseline is shrunk (d
    is regressed on it). ``extra``: columns that d is regressed on, each place left out of its own
    prediction. ``level_of``: another rate than the sum of the months (counts, months' course) -> rate a
    place.
    """
    rate = level_of or _sum_rate

    def design(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> Judge:
        b = baseline.sum(axis=1)
        course_b = baseline.sum(axis=0) / baseline.sum(axis=0).mean()
        course_a = comparison.sum(axis=0) / baseline.sum(axis=0).mean()
        before, after = rate(baseline, course_b), rate(comparison, course_a)
        expected = (b + HALF) * course_a.sum() / course_b.sum()
        used = expected >= FEWEST_EXPECTED
        excess, mean = monthly_excess(baseline, baseline.sum(axis=0))
        prior = max(float(excess[used].sum() / (mean[used] ** 2).sum()), 0.0)
        terms = variance_terms(expected, excess, mean, prior, comparison.shape[1])
        terms = terms if own_months else terms[:, :2]
        columns = [np.ones(len(b))]
        columns += [np.log(before)] if towards_mean else []
        columns += list(extra(baseline, comparison, known).T) if extra else []
        d = np.log(after / before)
        left, _, variance, _ = regress(d, np.column_stack(columns), terms, expected, used)
        predicted, sd = d - left, np.sqrt(variance)

        def statistic(planted: np.ndarray) -> np.ndarray:
            return np.asarray((np.log(rate(planted, course_a) / before) - predicted) / sd)

        judged = b * comparison.shape[1] / baseline.shape[1] + comparison.sum(axis=1) >= FEWEST_INCIDENTS
        return _by_placebo(statistic, left / sd, judged, fall=fall)

    return design


def _sum_rate(counts: np.ndarray, course: np.ndarray) -> np.ndarray:
    return np.asarray((counts.sum(axis=-1) + HALF) / course.sum())


def without_highest(share: float) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Return the rate of the months without this share of the highest, against outbreaks of a month or two."""

    def rate(counts: np.ndarray, course: np.ndarray) -> np.ndarray:
        ordered = np.sort(counts / course, axis=-1)
        kept = ordered.shape[-1] - round(share * ordered.shape[-1])
        return np.asarray(ordered[..., :kept].mean(axis=-1) + HALF / course.sum())

    return rate


def mean_root(counts: np.ndarray, course: np.ndarray) -> np.ndarray:
    """The rate from the mean of the months' square roots: outbreaks count for less."""
    return np.asarray((np.sqrt((counts + 0.25) / course) * course / course.sum()).sum(axis=-1) ** 2)


def recent_months(half_life: float) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Return the rate with months weighted by how near they are to the change; for the baseline side only."""

    def rate(counts: np.ndarray, course: np.ndarray) -> np.ndarray:
        weight = 0.5 ** (np.arange(counts.shape[-1])[::-1] / half_life)
        return np.asarray(((counts * weight).sum(axis=-1) + HALF * weight.mean()) / (course * weight).sum())

    return rate


def district_change(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
    """The change of the rest of the place's district."""
    same = known.districts[:, None] == known.districts[None]
    b, a = baseline.sum(axis=1), comparison.sum(axis=1)
    return np.asarray(np.log((same @ a - a + HALF) / (same @ b - b + HALF))[:, None])


def neighbours_change(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
    """The change of the ground that touches the place, drawn towards the force's by five places' worth."""
    if known.touching is None:
        return np.zeros((len(baseline), 1))
    b, a = baseline.sum(axis=1), comparison.sum(axis=1)
    return np.asarray(
        np.log((known.touching @ a + 5 * a.mean()) / (known.touching @ b + 5 * b.mean()))[:, None]
    )


def other_types_level(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
    """What all other crime types say of the place's own level, in the baseline (its own level beside it)."""
    return np.column_stack(
        [np.log(known.other_types / baseline.shape[1] + HALF), np.log(baseline.sum(axis=1) + HALF)]
    )


def donors(count: int, like: str) -> Extra:
    """Return the change of the ``count`` likest places: by ``level``, or by the ``course`` of their months."""

    def extra(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
        b, a = baseline.sum(axis=1), comparison.sum(axis=1)
        if like == "level":
            far = np.abs(np.log(b + HALF)[:, None] - np.log(b + HALF)[None])
        else:
            course = b[:, None] * baseline.sum(axis=0) / baseline.sum()
            off = (baseline - course) / np.sqrt(course + HALF)
            off -= off.mean(axis=1, keepdims=True)
            off /= np.sqrt((off**2).sum(axis=1, keepdims=True)) + 1e-9
            far = -off @ off.T
        np.fill_diagonal(far, np.inf)
        nearest = np.argsort(far, axis=1, kind="stable")[:, :count]
        return np.asarray(
            np.log((a[nearest].sum(axis=1) + 5 * a.mean()) / (b[nearest].sum(axis=1) + 5 * b.mean()))[:, None]
        )

    return extra


def synthetic(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
    """The change of the donors whose weights (none below 0, summing to 1) best follow the place's months."""
    share_b = (baseline + 0.2) / (baseline.sum(axis=1, keepdims=True) + 0.2 * baseline.shape[1])
    growth = (comparison.sum(axis=1) + 2) / (
        baseline.sum(axis=1) + 2 * baseline.shape[1] / comparison.shape[1]
    )
    found = np.empty(len(baseline))
    donor = baseline.sum(axis=1) >= FEWEST_INCIDENTS
    for place in range(len(baseline)):
        use = donor.copy()
        use[place] = False
        # a heavy last row makes the weights sum to 1; a light ridge keeps them from resting on one donor
        fit = np.vstack([share_b[use].T, np.full(use.sum(), 10.0), 0.02 * np.eye(use.sum())])
        aim = np.concatenate([share_b[place], [10.0], np.zeros(use.sum())])
        weights, _ = nnls(fit, aim)
        found[place] = np.log(weights @ growth[use] / weights.sum())
    return found[:, None]


DESIGNS: dict[str, Design] = {
    "plain": plain,
    "plain, threshold by placebo": plain_by_placebo,
    "plain, fall stated beforehand": plain_stated_fall,
    "panel, either way": panel_either_way,
    "panel, fall stated beforehand": panel_stated_fall,
}
"""The designs of the verdict and of the panel; the whole list of those tried is in `tried_designs`."""
