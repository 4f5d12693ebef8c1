"""How much may ordinary ground change by itself, and does the area stand out of it? A monthly panel.

The plain design (RIRR with phi, see `comparators`) uses the baseline year, one phi for a band of sizes, and the
normal threshold 1.96. This one uses every month held before the comparison period, takes the months' common
course from all other ground of the force, gives each place the variation that its size and its own months
foretell, and takes its threshold from what untreated ground did by itself (METHODS.md has the comparison).

Formula: a place with b incidents in the baseline months and a in the comparison months, the rest of the untreated
ground with M_b and M_a, gives d = ln((a + 1/2) / (b + 1/2)) - ln(M_a / M_b), less the weighted mean of d over the
untreated ground. Its variance is c0 + c1 / E + c2 g / L, where E = (b + 1/2) M_a / M_b is the number expected, L the
number of comparison months, and g the place's own monthly variation beyond Poisson in the baseline (relative to
its mean, shrunk towards the force's: a place with a mean month of about 3 keeps half of its own). c0, c1 and c2,
none below 0, are fitted to the squares of d over the untreated ground. z = d / sd.

Null: the area changed as any ground of the force did; then its z is one more draw from theirs, and
p = (1 + as many of them as extreme) / (1 + how many there are), whatever the form of the distribution.

When not to trust it: an area larger than any ground it is judged against; an area chosen because its baseline was
bad (regression to the mean lies in no p); a force where much of the other ground was treated too; a baseline whose
course was changed by recording; and single months, since a place's season is taken to be the force's.

Reference: Abadie 2010 (placebo in space) and Vovk, Gammerman & Shafer 2005 (conformal p); the variance is that of
a negative binomial fitted over places (Wilson 2022 and Marchant on why phi is needed at all).

Worked number: 100 before and 49 after, other ground 1,000 and 1,000: d = ln(49.5 / 100.5) = -0.7082.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from analysis.areas import Area
from analysis.cube import Panel
from analysis.errors import AnalysisError, NeedsInputError, PeriodError
from analysis.periods import Period, check_held, month_label
from analysis.vocabulary import CRIME_TYPES, CrimeType

HALF = 0.5
"""Added to both counts, so that a place with none recorded has a logarithm (Haldane, Anscombe)."""

FEWEST_EXPECTED = 5
"""Ground with fewer expected says nothing of variation beyond Poisson and is left out of the fit."""

FEWEST_INCIDENTS = 20
"""Ground with fewer in both periods together (at the comparison's length) is neither judged nor judged against."""

FEWEST_PLACES = 20
"""With fewer places to be judged against, a p of 0.05 could not be reached."""

FEWEST_MONTHS = 6
"""Fewer baseline months than this show no monthly variation."""

PRIOR_WEIGHT = 10.0
"""The square of the mean month at which a place's own monthly variation counts as much as the force's."""

OUTLIER = 6.0
"""Squares beyond so many variances count as that many in the fit, so that one place does not set it."""

LEAST_VARIANCE = 0.02
"""No place is taken to vary by less than 14 % from year to year."""

LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Ordinary:
    """What untreated ground did by itself; one entry a place, in the order given.

    ``log_trend`` is ln(M_a / M_b) of all the other places, ``expected`` the incidents expected in the comparison
    months, ``sd`` the standard deviation of d, ``z`` d over it; ``judged`` marks places with enough incidents.
    """

    log_trend: np.ndarray
    expected: np.ndarray
    sd: np.ndarray
    z: np.ndarray
    judged: np.ndarray
    centre: float
    coefficients: np.ndarray
    own_prior: float
    month_totals: np.ndarray
    baseline_months: int

    @property
    def placebos(self) -> np.ndarray:
        """z of the places that an area is judged against, from low to high."""
        return np.sort(self.z[self.judged])


@dataclass(frozen=True)
class DesignEstimate:
    """One area and crime type against what ordinary ground of the force did.

    ``ratio`` is recorded to expected (1 is as elsewhere), with its interval at ``level`` either way. ``p`` looks
    either way; ``p_fall`` and ``p_rise`` only in the direction stated beforehand. ``tellable_fall`` is the smallest
    fall, as a fraction, that would have p_fall of 1 - level or less; ``tellable_either_way`` the same for p; 1.0
    means that no fall would do. ``places`` are those judged against, ``ground`` all that give the months' course;
    ``false_alarms`` is the share of places of similar size (``similar_places``) outside the interval by themselves;
    NaN where there is none. ``note`` says what weakens the estimate, or nothing.
    """

    crime_type: str
    baseline_months: tuple[pd.Period, ...]
    comparison_months: tuple[pd.Period, ...]
    baseline: int
    comparison: int
    expected: float
    ratio: float
    low: float
    high: float
    level: float
    p: float
    p_fall: float
    p_rise: float
    tellable_fall: float
    tellable_either_way: float
    places: int
    ground: int
    similar_places: int
    false_alarms: float
    note: str


def design_estimate(
    panel: Panel,
    area: Area,
    *,
    places: pd.DataFrame,
    excluded: Collection[str],
    baseline: Period,
    comparison: Period,
    crime_type: CrimeType,
    longer_history: bool = True,
    level: float = LEVEL,
) -> DesignEstimate:
    """Return the area's change against that of all other untreated ground of the force.

    ``places`` has ground_code, in_force and joined; ``excluded`` is treated ground, never used. Months not
    published are left out on their own (the months' course is the others', so the two sides need not match).
    ``longer_history`` takes every month held before the baseline too. Raises PeriodError when the periods overlap,
    reach outside the months held or hold too few, AreaError when the area has no ground in the data, AnalysisError
    when nothing was recorded, and NeedsInputError when there are too few places to be judged against.
    """
    months_b, months_a = _months(panel, baseline, comparison, crime_type, longer_history)
    column = CRIME_TYPES.index(crime_type)
    rows = panel.rows(area.ground, name=area.name)
    usable = places.loc[places["in_force"] & places["joined"], "ground_code"].astype(str)
    others = set(usable) - set(excluded) - area.ground
    other_rows = panel.ground.get_indexer(pd.Index(sorted(others), dtype="str"))
    values = panel.values[:, :, column]
    before, after = panel.columns(months_b), panel.columns(months_a)
    ground = values[other_rows[other_rows >= 0]]
    own = values[rows].sum(axis=0)
    own_before, own_after = own[before], float(own[after].sum())
    if own_before.sum() + own_after == 0:
        raise AnalysisError(
            f"No {crime_type.lower()} was recorded in {area.name} in these months, so there is no change to judge. "
            "Choose another crime type or longer periods."
        )
    ordinary = fit_ordinary(ground[:, before], ground[:, after])
    placebos = ordinary.placebos
    if len(placebos) < FEWEST_PLACES:
        raise NeedsInputError(
            f"Only {len(placebos)} other places of the force have {FEWEST_INCIDENTS} or more recorded "
            f"({crime_type.lower()}), and {FEWEST_PLACES} are needed to know what is ordinary. "
            "Choose a commoner crime type or longer periods."
        )
    trend = float(np.log(ground[:, after].sum() / ground[:, before].sum()))
    sd = float(_sd(ordinary, own_before[None], np.array([trend]), len(after))[0])
    d = float(np.log((own_after + HALF) / (own_before.sum() + HALF)) - trend - ordinary.centre)
    either, fall, rise = _thresholds(placebos, level)
    count = len(placebos)
    expected = float((own_before.sum() + HALF) * np.exp(trend + ordinary.centre) - HALF)
    sizes = ordinary.expected[ordinary.judged]
    similar = (sizes >= expected / 2) & (sizes <= expected * 2)
    alarms = np.abs(ordinary.z[ordinary.judged][similar]) > either
    return DesignEstimate(
        crime_type=crime_type,
        baseline_months=months_b,
        comparison_months=months_a,
        baseline=int(own_before.sum()),
        comparison=int(own_after),
        expected=max(expected, 0.0),
        ratio=float(np.exp(d)),
        low=float(np.exp(d - either * sd)),
        high=float(np.exp(d + either * sd)),
        level=level,
        p=float(1 + (np.abs(placebos) >= abs(d / sd)).sum()) / (count + 1),
        p_fall=float(1 + (placebos <= d / sd).sum()) / (count + 1),
        p_rise=float(1 + (placebos >= d / sd).sum()) / (count + 1),
        tellable_fall=float(1 - np.exp(-fall * sd)),
        tellable_either_way=float(1 - np.exp(-either * sd)),
        places=count,
        ground=len(ground),
        similar_places=int(similar.sum()),
        false_alarms=float(alarms.mean()) if similar.any() else float("nan"),
        note=_note(own_before.sum() * len(after) / len(before) + own_after, expected, sizes, rise),
    )


def fit_ordinary(baseline: np.ndarray, comparison: np.ndarray) -> Ordinary:
    """Return what untreated ground did: places x months of the baseline and of the comparison, no gap in either.

    Each place is set against all the others, itself left out. Raises NeedsInputError when fewer than
    `FEWEST_PLACES` places have `FEWEST_EXPECTED` or more expected.
    """
    b, a = baseline.sum(axis=1), comparison.sum(axis=1)
    others_b, others_a = b.sum() - b, a.sum() - a
    if len(b) < FEWEST_PLACES or not (others_b > 0).all() or not (others_a > 0).all():
        raise NeedsInputError(
            "There is too little other ground in the force with incidents of this type to know what is ordinary. "
            "Choose a commoner crime type or longer periods."
        )
    log_trend = np.log(others_a / others_b)
    d = np.log((a + HALF) / (b + HALF)) - log_trend
    expected = (b + HALF) * np.exp(log_trend)
    used = expected >= FEWEST_EXPECTED
    if used.sum() < FEWEST_PLACES:
        raise NeedsInputError(
            f"Only {int(used.sum())} other places of the force have {FEWEST_EXPECTED} or more expected of this crime "
            f"type, and {FEWEST_PLACES} are needed to know what is ordinary. Choose longer periods."
        )
    totals = baseline.sum(axis=0)
    excess, mean = _monthly_excess(baseline, totals)
    prior = max(float(excess[used].sum() / (mean[used] ** 2).sum()), 0.0)
    terms = _terms(expected, excess, mean, prior, comparison.shape[1])
    variance = 1 / expected + 0.1  # a start; two or three rounds settle it
    centre, coefficients = 0.0, np.zeros(terms.shape[1])
    for _ in range(4):
        centre = float(np.average(d[used], weights=1 / variance[used]))
        squares = np.minimum((d[used] - centre) ** 2, OUTLIER * variance[used])
        coefficients, _ = nnls(terms[used] / variance[used, None], squares / variance[used])
        variance = np.maximum(terms @ coefficients, LEAST_VARIANCE)
    sd = np.sqrt(variance)
    judged = b * comparison.shape[1] / baseline.shape[1] + a >= FEWEST_INCIDENTS
    return Ordinary(
        log_trend,
        expected,
        sd,
        (d - centre) / sd,
        judged,
        centre,
        coefficients,
        prior,
        totals,
        baseline.shape[1],
    )


def _monthly_excess(baseline: np.ndarray, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each place's monthly variance beyond Poisson round the force's course, and its mean month."""
    mean = (baseline.sum(axis=1) + 0.2) / baseline.shape[1]
    course = mean[:, None] * totals[None] / totals.mean()
    return ((baseline - course) ** 2).sum(axis=1) / (baseline.shape[1] - 1) - mean, mean


def _terms(expected: np.ndarray, excess: np.ndarray, mean: np.ndarray, prior: float, months: int) -> np.ndarray:
    own = np.maximum((excess + PRIOR_WEIGHT * prior) / (mean**2 + PRIOR_WEIGHT), 0)
    return np.column_stack([np.ones_like(expected), 1 / expected, own / months])


def _sd(ordinary: Ordinary, baseline: np.ndarray, log_trend: np.ndarray, months: int) -> np.ndarray:
    excess, mean = _monthly_excess(baseline, ordinary.month_totals)
    expected = (baseline.sum(axis=1) + HALF) * np.exp(log_trend)
    terms = _terms(expected, excess, mean, ordinary.own_prior, months)
    return np.sqrt(np.maximum(terms @ ordinary.coefficients, LEAST_VARIANCE))


def _thresholds(placebos: np.ndarray, level: float) -> tuple[float, float, float]:
    """Return how far z must lie from 0 either way, below it, and above it, for p of 1 - level or less."""
    place = int(np.ceil((len(placebos) + 1) * level)) - 1

    def at(values: np.ndarray) -> float:
        return float(np.sort(values)[place]) if place < len(values) else float("inf")

    return at(np.abs(placebos)), at(-placebos), at(placebos)


def _months(
    panel: Panel, baseline: Period, comparison: Period, crime_type: CrimeType, longer_history: bool
) -> tuple[tuple[pd.Period, ...], tuple[pd.Period, ...]]:
    check_held(baseline, panel.span)
    check_held(comparison, panel.span)
    if baseline.last >= comparison.first:
        raise PeriodError(
            f"The periods overlap or stand in the wrong order ({baseline.label} against {comparison.label}). "
            "Choose a baseline that ends before the comparison begins."
        )
    first = panel.span.first if longer_history else baseline.first
    held = panel.held(crime_type)
    before = tuple(month for month in held if first <= month <= baseline.last)
    after = tuple(month for month in held if month in comparison)
    if len(before) < FEWEST_MONTHS or not after:
        raise PeriodError(
            f"{crime_type} is held for {len(before)} baseline months up to {month_label(baseline.last)} and "
            f"{len(after)} comparison months; at least {FEWEST_MONTHS} and 1 are needed. Import earlier months."
        )
    return before, after


def _note(recorded: float, expected: float, sizes: np.ndarray, rise: float) -> str:
    parts = []
    if recorded < FEWEST_INCIDENTS:
        parts.append(f"Fewer than {FEWEST_INCIDENTS} recorded in both periods together: too few to say.")
    if expected > sizes.max():
        parts.append("The area has more incidents than any place it is judged against: its interval is extended.")
    if not np.isfinite(rise):
        parts.append("Too few places for this level: no change could reach it.")
    return " ".join(parts)
