"""Is there a steady rise or fall? The Mann-Kendall test, for one series or for many at once.

*Formula in words.* S counts the pairs of months in which the later is higher, less those in which it is
lower; under the null its variance is n(n-1)(2n+5)/18, less the same term for each group of ties; z is S
moved one towards zero over its standard deviation.

*Null.* The order of the values is by chance alone (no trend, no season, no dependence between months).

*When not to trust it.* Under about 10 months the normal approximation is rough; a season or a run of months
that depend on each other makes it see trends too often. It says nothing of when a change began.

*Reference.* Mann 1945, Econometrica 13:245; Gilbert 1987 for ties.

*Worked number.* 1, 2, 3, 4, 5: S 10, z 2.204541, p 0.027486.

Written here, since a whole force of series is wanted at once; a test holds it against pymannkendall's
figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.model.errors import AnalysisError


@dataclass(frozen=True)
class MannKendall:
    """S, its z, the two-sided p and the median slope a month (Theil-Sen), of the months that have a value."""

    s: float
    z: float
    p: float
    slope: float
    months: int


def mann_kendall_rows(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return S and z for each row of a table of series (place x month); all rows share their months.

    A column that is NaN in every row must be taken out first; a row with any NaN gives NaN. A row without
    variation gives z 0: it has no trend. Takes memory in proportion to the rows times the months.
    """
    rows, months = values.shape
    s = np.zeros(rows)
    tied = np.zeros(
        rows
    )  # sum over groups of ties of t(t-1)(2t+5), built from the size of each value's group
    group = np.ones((rows, months))
    for lag in range(1, months):
        difference = values[:, lag:] - values[:, :-lag]
        s += np.sign(difference).sum(axis=1)
        same = difference == 0
        group[:, lag:] += same
        group[:, :-lag] += same
    # each of the t members of a group adds (t-1)(2t+5), which makes t(t-1)(2t+5) for the group
    tied = ((group - 1) * (2 * group + 5)).sum(axis=1)
    variance = (months * (months - 1) * (2 * months + 5) - tied) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    return s, np.where(np.isnan(values).any(axis=1), np.nan, z)


def mann_kendall(values: np.ndarray) -> MannKendall:
    """Return the test of one series in order of time; NaN (gaps) are left out, the order of the rest is kept.

    Raises AnalysisError for fewer than 4 values, with which no trend can be told.
    """
    kept = np.flatnonzero(~np.isnan(values))
    if len(kept) < 4:
        raise AnalysisError(
            f"A trend needs at least 4 months; {len(kept)} are published here. Choose a longer period."
        )
    series = np.asarray(values, float)[kept]
    s, z = mann_kendall_rows(series[None, :])
    # a slope is wanted of a few series, and scipy.stats takes long to import
    from scipy.stats import theilslopes

    slope = float(theilslopes(series, kept).slope)
    return MannKendall(float(s[0]), float(z[0]), float(2 * ndtr(-abs(z[0]))), slope, len(kept))
