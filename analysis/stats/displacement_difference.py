"""The arithmetic of displacement: WDD and WDQ of four places' counts before and after.

Formula, null, cautions, references and the worked number stand in `analysis.topics.evaluation.measure.displacement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

from scipy.special import ndtr, ndtri

from analysis.model.errors import AnalysisError

LEVEL = 0.95


@dataclass(frozen=True)
class Counts:
    """Incidents of one place before and after."""

    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class WeightedDifference:
    """WDD in incidents, with its standard error, z, two-sided p and 95 % interval."""

    wdd: float
    standard_error: float
    z: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class WeightedQuotient:
    """WDQ, or NaN with the reason why it has no meaning here."""

    wdq: float
    reason: str


def weighted_difference(
    area: Counts, comparator: Counts, near: Counts, near_comparator: Counts, *, phi: float = 1.0
) -> WeightedDifference:
    """Return the weighted displacement difference of four places.

    ``phi`` (at least 1) widens the interval for counts that vary more than Poisson ones. Raises AnalysisError
    when all eight counts are zero.
    """
    four = (area, comparator, near, near_comparator)
    total = sum(place.before + place.after for place in four)
    if not total > 0:
        raise AnalysisError(
            "Nothing is recorded in the area, its ring or their comparators in these months, so displacement "
            "cannot be judged. Choose a longer period or another crime type."
        )
    wdd = area.change - comparator.change + near.change - near_comparator.change
    error = sqrt(max(phi, 1.0) * total)
    z = wdd / error
    half = float(ndtri((1 + LEVEL) / 2)) * error
    return WeightedDifference(wdd, error, z, float(2 * ndtr(-abs(z))), wdd - half, wdd + half)


def weighted_quotient(area: Counts, near: Counts, comparator: Counts) -> WeightedQuotient:
    """Return the weighted displacement quotient.

    NaN with a reason unless the area fell against its comparator.
    """
    if comparator.before <= 0 or comparator.after <= 0:
        return WeightedQuotient(nan, "the comparator has no incidents in one of the periods")
    own = area.after / comparator.after - area.before / comparator.before
    if own >= 0:
        return WeightedQuotient(
            nan, "the area did not fall against its comparator, so nothing could have moved"
        )
    beside = near.after / comparator.after - near.before / comparator.before
    return WeightedQuotient(beside / own, "")
