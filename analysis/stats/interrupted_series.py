"""Did the level change when the patrols or the programme began, over and above trend and season?

**Interrupted time series.** *Formula in words.* The logarithm of the expected monthly count is a constant,
a straight trend, a step from the start on and, with 24 months or more, the season as waves of a year (and
of half a year from 36 months on), plus the logarithm of the days in the month. Counts are quasi-Poisson:
the variance is phi times the mean, phi from Pearson's chi-squared and never under 1 for the interval. The
level ratio is e to the step.

*Null.* No step: the months from the start on go on as trend and season before them said (ratio 1).

*When not to trust it.* The step is whatever differed from that month on, patrols or not; a series alone has
no comparator. With about a year on each side trend, season and step are hard to tell apart, and intervals
are wide for that reason. Months that depend on each other (`autocorrelation` far from 0) make the interval
too narrow. With 29 real months and nothing planted the step left 1 outside its interval in 9 to 20 % of
Cleveland's untreated places (falls more often than rises, since the whole force fell): it illustrates, and
no verdict rests on it. An area picked after a bad year falls back by itself: see `earlier_years`. Gaps are
rows left out, never zeros.

*Reference.* Bernal, Cummins & Gasparrini 2017, International Journal of Epidemiology 46:348.

*Worked number.* Sicily's smoking ban (admissions by month, step and trend, population as exposure):
0.89438, with phi at 1 0.86469 to 0.92509; quasi-Poisson with phi 3.55919, 0.83919 to 0.95319.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, pi, sqrt

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError, PeriodError
from analysis.model.periods import Period, month_label
from analysis.model.setting import Setting
from analysis.model.vocabulary import CrimeType
from analysis.stats.mann_kendall import MannKendall, mann_kendall

FEWEST_MONTHS = 8
"""Fewer on a side leave the step to a handful of months: constant, trend and step already take three."""

SEASON_FROM = 24
"""Months of span from which a wave of a year is fitted: each calendar month can then stand in it twice."""

HALF_YEAR_FROM = 36
LEVEL = 0.95


@dataclass(frozen=True)
class InterruptedSeries:
    """A step in the level of a monthly series at ``start``.

    ``ratio`` is the level from the start on over what trend and season would have given, with its 95 %
    interval and two-sided p; ``standard_error`` is of its logarithm, phi in it. ``yearly_trend`` is the
    ratio of one year to the year before. ``autocorrelation`` is that of the Pearson residuals of
    neighbouring months. ``table``: month, incidents (NaN in a gap), fitted, without_step, after (bool); one
    row a month of the span.
    """

    start: pd.Period
    ratio: float
    low: float
    high: float
    p: float
    standard_error: float
    phi: float
    yearly_trend: float
    autocorrelation: float
    harmonics: int
    months_before: int
    months_after: int
    gaps: tuple[pd.Period, ...]
    cautions: tuple[str, ...]
    table: pd.DataFrame


def interrupted_series(
    series: pd.Series,
    start: pd.Period,
    *,
    exposure: pd.Series | None = None,
    harmonics: int | None = None,
) -> InterruptedSeries:
    """Return the interrupted time series of incidents by month (index: every month of a span; NaN is a gap).

    ``exposure`` has the same index; days in the month where it is not given. ``harmonics`` is the number of
    waves (0 for none; by the length of the series where not given). Raises PeriodError when the start lies
    outside the series; AnalysisError with fewer than 8 months published on a side, or nothing recorded on
    one.
    """
    months = pd.PeriodIndex(series.index, freq="M")
    if not months[0] < start <= months[-1]:
        raise PeriodError(
            f"The start ({month_label(start)}) does not lie inside the months held "
            f"({Period(months[0], months[-1]).label}). Choose a start inside them."
        )
    counts = series.to_numpy(float)
    published = ~np.isnan(counts)
    after = np.asarray(months >= start)
    before_n, after_n = int((published & ~after).sum()), int((published & after).sum())
    if min(before_n, after_n) < FEWEST_MONTHS:
        raise AnalysisError(
            f"An interrupted time series needs {FEWEST_MONTHS} published months on each side of the start; "
            f"{before_n} before {month_label(start)} and {after_n} from it on are held. "
            "Import more months, or compare two periods instead."
        )
    if not counts[published & ~after].sum() or not counts[published & after].sum():
        raise AnalysisError(
            f"Nothing is recorded on one side of {month_label(start)}, so no ratio can be given. "
            "Choose another crime type or a larger area."
        )
    waves = _harmonics(len(months)) if harmonics is None else harmonics
    offset = np.log(months.days_in_month if exposure is None else exposure.to_numpy(float))
    design = _design(months, after, waves)
    # few pages fit a model, and all of statsmodels takes a second to import and 40 MB
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    fit = GLM(counts[published], design[published], family=Poisson(), offset=offset[published]).fit()
    phi = float(fit.pearson_chi2 / fit.df_resid)
    step = float(fit.params[STEP])
    error = sqrt(fit.cov_params()[STEP, STEP] * max(phi, 1.0))
    half = float(ndtri((1 + LEVEL) / 2)) * error
    fitted = np.exp(design @ fit.params + offset)
    table = pd.DataFrame(
        {
            "month": months,
            "incidents": counts,
            "fitted": fitted,
            "without_step": fitted * np.exp(-step * after),
            "after": after,
        }
    )
    linked = _autocorrelation(counts, fitted)
    return InterruptedSeries(
        start=start,
        ratio=exp(step),
        low=exp(step - half),
        high=exp(step + half),
        p=float(2 * ndtr(-abs(step) / error)),
        standard_error=error,
        phi=phi,
        yearly_trend=exp(12 * float(fit.params[TREND])),
        autocorrelation=linked,
        harmonics=waves,
        months_before=before_n,
        months_after=after_n,
        gaps=tuple(months[~published]),
        cautions=_cautions(linked, int(published.sum()), waves, len(months)),
        table=table,
    )


CONSTANT, TREND, STEP = range(3)


def _harmonics(months: int) -> int:
    return 0 if months < SEASON_FROM else 1 if months < HALF_YEAR_FROM else 2


def _design(months: pd.PeriodIndex, after: np.ndarray, waves: int) -> np.ndarray:
    """Constant, trend in months, step, then sine and cosine of each wave by calendar month."""
    angle = 2 * pi * months.month.to_numpy(float) / 12
    columns = [np.ones(len(months)), np.arange(len(months), dtype=float), after.astype(float)]
    for wave in range(1, waves + 1):
        columns += [np.sin(wave * angle), np.cos(wave * angle)]
    return np.column_stack(columns)


def _autocorrelation(counts: np.ndarray, fitted: np.ndarray) -> float:
    """Of Pearson residuals, over the pairs of neighbouring months that are both published."""
    residual = (counts - fitted) / np.sqrt(fitted)
    residual = residual - np.nanmean(residual)
    pairs = residual[1:] * residual[:-1]
    spread = np.nanmean(residual**2)
    return float(np.nanmean(pairs) / spread) if spread > 0 and not np.isnan(pairs).all() else 0.0


def _cautions(linked: float, months_published: int, waves: int, span: int) -> tuple[str, ...]:
    cautions = []
    if abs(linked) > 2 / sqrt(months_published):
        cautions.append(
            "Neighbouring months resemble each other more than the model allows for, "
            "so the interval is too narrow."
        )
    if not waves:
        cautions.append(
            f"With a span of {span} months the season cannot be told apart, so it may be in the step."
        )
    elif span < HALF_YEAR_FROM:
        cautions.append(
            f"With a span of {span} months trend, season and step are hard to tell apart; "
            "a longer series would help."
        )
    return tuple(cautions)


def monthly_trend(series: pd.Series) -> MannKendall:
    """Return Mann-Kendall of a monthly series per day, so that a short February is no fall; gaps left out."""
    days = pd.PeriodIndex(series.index, freq="M").days_in_month
    return mann_kendall(series.to_numpy(float) / np.asarray(days, float))


def earlier_years(setting: Setting, area: Area, crime_type: CrimeType) -> pd.DataFrame:
    """Return where an area stood among all places in the comparison, the baseline and each earlier year held.

    Regression to the mean, made visible: an area that was picked in its worst year stands higher in the
    baseline than in the years before, and would have fallen back by itself. One row a year, oldest first:
    first, last (months), months_held, incidents, per_unit (incidents a unit of ground), rank (1 is most;
    places with more, plus 1), places (number ranked against, the area's own ground not among them), role
    ("earlier", "baseline", "comparison"). The years are the baseline moved back by its own length in whole
    years; one with fewer than half its months published is left out. An area of several units is ranked by
    its incidents a unit, which vary less than a single place's, so its rank moves less.
    """
    panel, baseline, comparison = setting.panel, setting.baseline, setting.comparison
    rows = []
    step = -(-len(baseline) // 12) * 12
    years: list[tuple[str, Period]] = [("comparison", comparison), ("baseline", baseline)]
    back = baseline.shifted(-step)
    while back.last >= panel.span.first:
        years.append(("earlier", back))
        back = back.shifted(-step)
    published = set(panel.held(crime_type))
    own = panel.rows(area.ground, name=area.name)
    others = panel.rows(setting.own_ground - area.ground, name="The rest of the force")
    for role, period in reversed(years):
        months = [month for month in period.months if month in published]
        if len(months) * 2 < len(period):
            continue
        totals = panel.totals(months, crime_type)
        per_unit = totals[own].mean()
        rows.append(
            {
                "first": period.first,
                "last": period.last,
                "months_held": len(months),
                "incidents": float(totals[own].sum()),
                "per_unit": float(per_unit),
                "rank": int((totals[others] > per_unit).sum()) + 1,
                "places": len(others) + 1,
                "role": role,
            }
        )
    if not rows:
        raise AnalysisError(
            f"{crime_type}: under half the months of {baseline.label} and {comparison.label} are published. "
            "Choose other periods, or import more months."
        )
    return pd.DataFrame(rows)
