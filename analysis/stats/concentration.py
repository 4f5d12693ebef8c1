"""How concentrated is crime: share of the top places, Lorenz curve, Gini, and how well last year foretells
this.

*Formula in words.* **Gini**: twice the area between the Lorenz curve (cumulative share of incidents over
places from least to most) and the diagonal. With fewer incidents than places no distribution can be even,
so the plain Gini is high by arithmetic alone. Three answers to that:

- **generalised Gini** (Bernasco & Steenbeek): max(N/C, 1) x (Gini - 1) + 1 for C incidents on N places. It
  measures against the most even distribution that C whole incidents allow, one each. - **Gini by chance**:
  the Gini of independent Poisson counts of the same mean m, e^(-2m) (I0(2m) + I1(2m)), with I the modified
  Bessel functions: what would be seen were every place alike. - **underlying Gini** (after Mohler et al.):
  places differ as a gamma distribution and incidents are Poisson given the place; its shape k comes from
  the counts (maximum likelihood) and the Gini of the gamma is G(k + 1/2) / (k G(k) sqrt(pi)), G the gamma
  function. It takes chance out, sparse or not.

**Predictive accuracy index**: the share of the later period's incidents in the places that led the earlier
one, over the share of places (or of area) they make up; 1 is no better than chance.

*Null.* Every place alike: Gini near the Gini by chance, underlying Gini 0, index 1.

*When not to trust it.* The generalised Gini is still above 0 by chance. The gamma need not fit. A high
share of the top places is nothing new in itself: compare it over time or with the Gini by chance.

*References.* Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33:451; Mohler, Brantingham,
Carter & Short 2019, the same 35:747; Chainey, Tompson & Uhlig 2008, Security Journal 21:4 (the index).

*Worked numbers.* 10, 20, 30, 40: Gini 0.25. Ten places with 3, 1, 1 and no more: Gini 0.78, generalised 0.56.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, nan, pi, sqrt

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import gammaln, i0e, i1e

from analysis.model.errors import AnalysisError


@dataclass(frozen=True)
class Concentration:
    """How concentrated the incidents of a set of places are.

    ``half`` is the fewest places that hold at least half of the incidents. ``underlying`` is NaN where a
    gamma cannot be told from one level for all (then the places do not differ beyond chance, and
    ``beyond_chance`` is False).
    """

    places: int
    incidents: float
    gini: float
    generalised: float
    by_chance: float
    underlying: float
    half: int

    @property
    def beyond_chance(self) -> bool:
        """Whether the places differ more than Poisson counts of one mean would."""
        return self.underlying == self.underlying  # NaN is not equal to itself


def concentration(incidents: pd.Series) -> Concentration:
    """Return the concentration of counts by ground code. Raises AnalysisError when none are recorded."""
    counts = _checked(incidents)
    total, places = float(counts.sum()), len(counts)
    plain = gini(counts)
    cumulative = np.cumsum(-np.sort(-counts))
    return Concentration(
        places,
        total,
        plain,
        generalised_gini(counts),
        gini_by_chance(total / places),
        underlying_gini(counts),
        int((cumulative < total / 2).sum()) + 1,
    )


def gini(counts: np.ndarray) -> float:
    """Return the Gini coefficient: 0 where all are equal, 1 - 1/N where one place has everything."""
    ordered = np.sort(np.asarray(counts, float))
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def generalised_gini(counts: np.ndarray) -> float:
    """Return Bernasco & Steenbeek's Gini: 0 where every incident has a place of its own."""
    counts = np.asarray(counts, float)
    return max(len(counts) / float(counts.sum()), 1.0) * (gini(counts) - 1) + 1


def gini_by_chance(mean: float) -> float:
    """Return the Gini of many independent Poisson counts of this mean."""
    return float(i0e(2 * mean) + i1e(2 * mean))


def underlying_gini(counts: np.ndarray) -> float:
    """Return the Gini of the gamma behind the counts; NaN where they vary no more than by chance."""
    counts = np.asarray(counts, float)
    mean = counts.mean()
    if not counts.var() > mean > 0:
        return nan

    # one page asks for it, and scipy.stats takes long to import
    from scipy.stats import nbinom

    def minus_likelihood(log_shape: float) -> float:
        shape = np.exp(log_shape)
        return -float(nbinom.logpmf(counts, shape, shape / (shape + mean)).sum())

    found = minimize_scalar(minus_likelihood, bounds=(log(1e-4), log(1e4)), method="bounded")
    k = float(np.exp(found.x))
    return float(np.exp(gammaln(k + 0.5) - gammaln(k))) / (k * sqrt(pi))


def lorenz(incidents: pd.Series) -> pd.DataFrame:
    """Return the Lorenz curve, places from most to least as in crime work, starting at 0, 0.

    Columns: places_share, incidents_share, most_even_share (the same for the most even distribution that
    whole incidents allow: one each while they last, in proportion where there are as many incidents as
    places or more).
    """
    counts = -np.sort(-_checked(incidents))
    n, total = len(counts), counts.sum()
    share = np.arange(n + 1) / n
    return pd.DataFrame(
        {
            "places_share": share,
            "incidents_share": np.concatenate([[0.0], np.cumsum(counts) / total]),
            "most_even_share": np.minimum(share * max(n / total, 1.0), 1.0),
        }
    )


def top_share(incidents: pd.Series, n: int) -> float:
    """Return the share of incidents in the n places with the most (a fraction). Ties do not change it."""
    counts = -np.sort(-_checked(incidents))
    if not 1 <= n <= len(counts):
        raise AnalysisError(f"The top {n} of {len(counts)} places do not exist. Choose 1 to {len(counts)}.")
    return float(counts[:n].sum() / counts.sum())


def predictive_accuracy(
    earlier: pd.Series, later: pd.Series, n: int, *, size: pd.Series | None = None
) -> float:
    """Return the predictive accuracy index of the n places that led the earlier period (ties by code).

    All series by ground code, over the same ground. ``size`` is the area of each place; where it is not
    given each place counts as one. Raises AnalysisError when the ground differs, n is not among the places,
    or one period has no incidents.
    """
    if set(earlier.index) != set(later.index):
        raise AnalysisError("The two periods cover different ground. Take the same places for both.")
    if not 1 <= n <= len(earlier):
        raise AnalysisError(f"The top {n} of {len(earlier)} places do not exist. Choose 1 to {len(earlier)}.")
    _checked(earlier)
    _checked(later)
    led = earlier.sort_index().sort_values(ascending=False, kind="stable").index[:n]
    space = pd.Series(1.0, index=earlier.index) if size is None else size.reindex(earlier.index)
    return float((later[led].sum() / later.sum()) / (space[led].sum() / space.sum()))


def _checked(incidents: pd.Series) -> np.ndarray:
    counts = incidents.to_numpy(float)
    if np.isnan(counts).any():
        raise AnalysisError("A month of these counts is not published. Choose months that are held.")
    if not counts.sum() > 0:
        raise AnalysisError("Nothing is recorded in these months. Choose another crime type or more months.")
    return np.asarray(counts)
