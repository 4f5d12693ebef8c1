"""What would the area have recorded without the patrols? A synthetic comparator from untreated ground.

*Formula in words.* Donor places of the same force, each untreated and with a baseline between half and
twice the area's (a unit), are mixed with weights that are not negative and add to 1, so that the mixture
follows the area month by month through the baseline. The gap is what the area recorded in the comparison
months less what the mixture did. The weights are those with the least squared miss plus the Poisson
variance that they would carry forward (each donor's mean month times its weight squared, a month): with 11
months and a hundred donors the plain least squares would fit noise. **Placebo in space**: each of R similar
untreated places is put through the same with donors of its own, and p is (M + 1)/(R + 1), M of them having
a ratio of recorded to synthetic at least as far from 1.

*Null.* The area is one of the similar places: its ratio is as likely to hold any place in their order as
another.

*When not to trust it.* Where the baseline is fitted badly (said in ``warning``) the gap has no meaning. p
can be no smaller than 1/(R + 1). It is two-sided. Places near each other or with patrols of their own are
not independent placebos. An area of several units is fitted by its mean unit; single places vary more, so
its p is too large rather than too small. Chosen after a bad year, the area falls back by itself and its
donors do not.

*Reference.* Abadie, Diamond & Hainmueller 2010, Journal of the American Statistical Association 105:493. The
penalty and the ratio as the placebo's measure (for their ratio of squared errors) are ours.

*Worked number.* An area at 10 a month, donors at 8 and at 12 that never vary, penalty aside: weights a half
each, synthetic 10 a month; 2 of 19 placebos at least as far off give p 0.15.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError
from analysis.model.setting import Setting
from analysis.model.vocabulary import CrimeType

FEWEST_DONORS = 20
FEWEST_MONTHS = 8
LIKE = 2.0
"""A donor's baseline lies between 1/LIKE and LIKE times the area's, as with similar places."""

POOR_LEVEL = 0.1
"""A fit is poor when it misses the whole baseline by more than a tenth, …"""

POOR_MISS = 0.8
"""… or misses its months by more, for its size, than four fifths of the placebos do."""

FLOOR = 0.5
"""Added to both counts of a ratio, so that a place with none has one."""


@dataclass(frozen=True)
class SyntheticControl:
    """A synthetic comparator of an area.

    ``recorded`` and ``synthetic`` are incidents over the comparison months held, ``gap`` the difference and
    ``ratio`` recorded over synthetic. ``weights``: ground_code, weight, baseline_incidents; largest first,
    those under one in a thousand left out. ``table``: month, incidents, synthetic, gap, after; published
    months only. ``placebos``: ground_code, ratio, miss; by ratio, then code. ``miss`` is the root of the
    mean squared miss of a baseline month, over the mean month. ``warning`` is empty when the fit before is
    good.
    """

    recorded: float
    synthetic: float
    gap: float
    ratio: float
    p: float
    at_least_as_far: int
    miss: float
    warning: str
    gaps: tuple[pd.Period, ...]
    weights: pd.DataFrame
    table: pd.DataFrame
    placebos: pd.DataFrame


@dataclass(frozen=True)
class _Fit:
    weights: np.ndarray
    fitted: np.ndarray
    forecast: np.ndarray
    ratio: float
    miss: float
    level: float


def synthetic_control(setting: Setting, area: Area, crime_type: CrimeType) -> SyntheticControl:
    """Return the synthetic comparator of an area for one crime type.

    Donors and placebos are the force's own ground without what was treated and without the area itself. Raises
    PeriodError outside the months held; AnalysisError where the periods overlap, with fewer than 8 baseline months
    published, none of the comparison, fewer than 20 similar donors, or nothing recorded in the baseline.
    """
    panel, baseline, comparison = setting.panel, setting.baseline, setting.comparison
    setting.check_held()
    held = set(panel.held(crime_type))
    before = [month for month in baseline.months if month in held]
    after = [month for month in comparison.months if month in held]
    if baseline.last >= comparison.first or len(before) < FEWEST_MONTHS or not after:
        raise AnalysisError(
            f"A synthetic comparator needs {FEWEST_MONTHS} published baseline months that end before "
            f"the comparison begins; {len(before)} of {baseline.label} and {len(after)} of {comparison.label} are held. "
            "Choose other periods, or import more months."
        )
    own = panel.rows(area.ground, name=area.name)
    pool = panel.rows(
        setting.own_ground - area.ground - setting.treated, name="The untreated ground of the force"
    )
    column = np.array([panel.column(crime_type)])
    everything = np.arange(len(panel.ground))
    was = panel.values[np.ix_(everything, panel.columns(before), column)][:, :, 0]
    became = panel.values[np.ix_(everything, panel.columns(after), column)][:, :, 0]
    y, later = was[own].mean(axis=0), became[own].mean(axis=0)
    donors = similar(y.sum(), was, pool)
    if not y.sum() > 0 or len(donors) < FEWEST_DONORS:
        raise AnalysisError(
            f"{area.name} has {len(donors)} untreated places with a like number of {crime_type.lower()} incidents "
            f"in the baseline; a synthetic comparator needs {FEWEST_DONORS}. Choose another crime type or a longer "
            "baseline, or compare with the rest of the district."
        )
    fit = _fit(y, later, was[donors], became[donors])
    others = [(row, place_fit(row, was, became, pool)) for row in donors]
    tried = [(row, other) for row, other in others if other is not None]
    placebos = pd.DataFrame(
        {
            "ground_code": [str(panel.ground[row]) for row, _ in tried],
            "ratio": [other.ratio for _, other in tried],
            "miss": [other.miss for _, other in tried],
        }
    ).sort_values(["ratio", "ground_code"], ignore_index=True)
    far = int((np.abs(np.log(placebos["ratio"])) >= abs(np.log(fit.ratio)) - 1e-12).sum())
    units = len(own)
    mixed = pd.DataFrame(
        {
            "ground_code": panel.ground[donors],
            "weight": fit.weights,
            "baseline_incidents": was[donors].sum(axis=1),
        }
    ).sort_values(["weight", "ground_code"], ascending=[False, True], ignore_index=True)
    recorded = np.concatenate([was[own].sum(axis=0), became[own].sum(axis=0)])
    synthetic = units * np.concatenate([fit.fitted, fit.forecast])
    table = pd.DataFrame(
        {
            "month": pd.PeriodIndex([*before, *after], freq="M"),
            "incidents": recorded,
            "synthetic": synthetic,
            "gap": recorded - synthetic,
            "after": np.arange(len(recorded)) >= len(before),
        }
    )
    total, expected = float(later.sum() * units), float(fit.forecast.sum() * units)
    return SyntheticControl(
        recorded=total,
        synthetic=expected,
        gap=total - expected,
        ratio=total / expected if expected > 0 else np.nan,
        p=(far + 1) / (len(placebos) + 1),
        at_least_as_far=far,
        miss=fit.miss,
        warning=_warning(area.name, fit, placebos["miss"]),
        gaps=tuple(month for month in (*baseline.months, *comparison.months) if month not in held),
        weights=mixed[mixed["weight"] >= 0.001],
        table=table,
        placebos=placebos,
    )


def similar(level: float, was: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """Return the rows of the pool whose baseline lies between half and twice this level, and is not 0."""
    totals = was[pool].sum(axis=1)
    return np.asarray(pool[(totals >= level / LIKE) & (totals <= level * LIKE) & (totals > 0)])


def place_fit(row: int, was: np.ndarray, became: np.ndarray, pool: np.ndarray) -> _Fit | None:
    """Return one untreated place put through the same with donors of its own; None with too few of them.

    ``was`` and ``became`` are ground x month before and after; ``pool`` the rows that may be donors.
    """
    donors = similar(was[row].sum(), was, pool[pool != row])
    if len(donors) < FEWEST_DONORS - 1:
        return None
    return _fit(was[row], became[row], was[donors], became[donors])


def _fit(y: np.ndarray, later: np.ndarray, was: np.ndarray, became: np.ndarray) -> _Fit:
    weights = simplex_weights(y, was, penalty=was.mean(axis=1) * len(y))
    fitted, forecast = weights @ was, weights @ became
    return _Fit(
        weights,
        fitted,
        forecast,
        float((later.sum() + FLOOR) / (forecast.sum() + FLOOR)),
        float(np.sqrt(np.mean((y - fitted) ** 2)) / y.mean()),
        float(fitted.sum() / y.sum() - 1),
    )


def simplex_weights(y: np.ndarray, donors: np.ndarray, *, penalty: np.ndarray | float) -> np.ndarray:
    """Return the weights, none negative and adding to 1, with the least squared miss plus weighted squares.

    ``donors`` is donor x month; ``penalty`` multiplies the square of each weight. By non-negative least
    squares, with the sum as a row that weighs a thousand times the rest; what that leaves is made up in
    proportion.
    """
    count = len(donors)
    firm = 1000 * max(1.0, float(np.abs(donors).max()), float(np.abs(y).max()))
    left = np.vstack([donors.T, np.diag(np.sqrt(np.broadcast_to(penalty, count))), np.full((1, count), firm)])
    right = np.concatenate([y, np.zeros(count), [firm]])
    weights = nnls(left, right)[0]
    return np.asarray(weights / weights.sum())


def _warning(name: str, fit: _Fit, misses: pd.Series) -> str:
    worse = float((misses < fit.miss).mean())
    if abs(fit.level) > POOR_LEVEL or worse > POOR_MISS:
        return (
            f"The synthetic comparator does not follow {name} well before the comparison begins, so the gap "
            "after it says little."
        )
    return ""
