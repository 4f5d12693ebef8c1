"""How small a fall could have been told, and what a plan would need: months, or places pooled.

The smallest fall that one row could have told is `relative.smallest_tellable_fall` (given the counts) and
`panel_design.DesignEstimate.tellable_fall`. This module looks ahead.

Formula: a place with r incidents a month, m months on either side and a planned fall q has ln(ratio) with
variance 1/(r m) + 1/(r m (1 - q)) + s², where s is the ordinary variation from year to year beyond Poisson;
k places pooled divide it by k. A fall is told with the chance ``power`` when (z_level + z_power)
sqrt(variance / k) <= -ln(1 - q). More months shrink the Poisson part alone: below s no number of months
helps, only more places.

s follows from phi: phi (1/Tb + 1/Ta) less the Poisson part, so s² = (phi - 1)(1/Tb + 1/Ta) at the counts
where phi was measured (`spread_of_phi`).

Null: no change beside the comparator. When not to trust it: patrols that start slowly, falls that are moved
next door, places that share their ups and downs (pooling then gains less), and a comparator that is itself
small, whose own noise is left out here.

Reference: Signorini 1991 (sample size for Poisson regression); Marchant on phi.

Worked number: 20 a month, s = 0.3, a fall of 30 %, 12 months: variance 1/240 + 1/168 + 0.09 = 0.10012; at
95 % and power 0.8, (1.96 + 0.8416)² x 0.10012 / 0.3567² = 6.18, so 7 places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from analysis.model.errors import AnalysisError
from analysis.stats.rate_ratio import smallest_tellable_fall

__all__ = [
    "LEVEL",
    "POWER",
    "Plan",
    "months_needed",
    "places_needed",
    "plan",
    "power_of",
    "smallest_planned_fall",
    "smallest_tellable_fall",
    "spread_of_phi",
]

LEVEL = 0.95
POWER = 0.8
"""The chance of telling a fall that is there, as trials are usually planned."""

LONGEST = 60
"""Months on a side beyond which a plan is no plan."""


@dataclass(frozen=True)
class Plan:
    """What telling a planned fall would take.

    ``months`` is the fewest on each side with ``places`` places (None where more than `LONGEST` would be
    needed); ``places_pooled`` the fewest places at ``months_each`` months on each side; ``chance`` that of
    telling the fall with both as given; ``smallest_fall`` the smallest fall, a fraction, that they would tell
    (NaN where none); ``floor`` the smallest that any number of months would.
    """

    fall: float
    places: int
    months_each: int
    months: int | None
    places_pooled: int
    chance: float
    smallest_fall: float
    floor: float


def spread_of_phi(phi: float, baseline: float, comparison: float) -> float:
    """Return s, the ordinary variation of ln(ratio) beyond Poisson, from a phi measured at these counts.

    0 where phi is 1 or less. Raises AnalysisError when a count is not above 0.
    """
    if not (baseline > 0 and comparison > 0):
        raise AnalysisError(
            "Ordinary variation cannot be read from a count of 0. Choose a place or type with incidents."
        )
    return math.sqrt(max(phi - 1, 0) * (1 / baseline + 1 / comparison))


def power_of(
    fall: float,
    monthly: float,
    spread: float,
    *,
    months: int = 12,
    places: int = 1,
    level: float = LEVEL,
    stated_fall: bool = False,
) -> float:
    """Return the chance of telling this fall (a fraction) of ``monthly`` incidents a month in each place.

    ``stated_fall`` spends the whole of 1 - level on falls, as may be done when the direction is stated
    beforehand.
    """
    _check(fall, monthly, spread)
    error = math.sqrt(_variance(fall, monthly, spread, months) / places)
    return float(ndtr(-(_reach(level, stated_fall) + math.log1p(-fall) / error)))


def months_needed(
    fall: float,
    monthly: float,
    spread: float,
    *,
    places: int = 1,
    power: float = POWER,
    level: float = LEVEL,
    stated_fall: bool = False,
) -> int | None:
    """Return the fewest months on each side that tell this fall, or None where more than `LONGEST` would be needed."""
    _check(fall, monthly, spread)
    room = places * _wanted_variance(fall, power, level, stated_fall) - spread**2
    if room <= 0:
        return None
    months = math.ceil((1 + 1 / (1 - fall)) / (monthly * room) - 1e-9)
    return max(months, 1) if months <= LONGEST else None


def places_needed(
    fall: float,
    monthly: float,
    spread: float,
    *,
    months: int = 12,
    power: float = POWER,
    level: float = LEVEL,
    stated_fall: bool = False,
) -> int:
    """Return the fewest places like this one that tell this fall together, with so many months on each side."""
    _check(fall, monthly, spread)
    ratio = _variance(fall, monthly, spread, months) / _wanted_variance(fall, power, level, stated_fall)
    return max(math.ceil(ratio - 1e-9), 1)


def smallest_planned_fall(
    monthly: float,
    spread: float,
    *,
    months: int = 12,
    places: int = 1,
    power: float = POWER,
    level: float = LEVEL,
    stated_fall: bool = False,
) -> float:
    """Return the smallest fall, as a fraction, that this plan would tell with the chance asked for.

    To a tenth of a per cent; NaN where no fall would be told (so few are left after a large one that it
    drowns in its own noise).
    """
    _check(0.5, monthly, spread)
    needed = (_reach(level, stated_fall) + float(ndtri(power))) ** 2
    poisson, beyond = 1 / (monthly * months), spread**2
    for fall in (step / 1000 for step in range(1, 1000)):
        variance = (poisson + poisson / (1 - fall) + beyond) / places
        if needed * variance <= math.log1p(-fall) ** 2:
            return fall
    return math.nan


def plan(
    fall: float,
    monthly: float,
    spread: float,
    *,
    months: int = 12,
    places: int = 1,
    power: float = POWER,
    level: float = LEVEL,
    stated_fall: bool = False,
) -> Plan:
    """Return what telling this fall would take, in months and in places pooled."""
    _check(fall, monthly, spread)
    return Plan(
        fall=fall,
        places=places,
        months_each=months,
        months=months_needed(
            fall, monthly, spread, places=places, power=power, level=level, stated_fall=stated_fall
        ),
        places_pooled=places_needed(
            fall, monthly, spread, months=months, power=power, level=level, stated_fall=stated_fall
        ),
        chance=power_of(
            fall, monthly, spread, months=months, places=places, level=level, stated_fall=stated_fall
        ),
        smallest_fall=smallest_planned_fall(
            monthly,
            spread,
            months=months,
            places=places,
            power=power,
            level=level,
            stated_fall=stated_fall,
        ),
        floor=-math.expm1(-(_reach(level, stated_fall) + float(ndtri(power))) * spread / math.sqrt(places)),
    )


def _variance(fall: float, monthly: float, spread: float, months: int) -> float:
    poisson = 1 / (monthly * months)
    return poisson + poisson / (1 - fall) + spread**2


def _reach(level: float, stated_fall: bool) -> float:
    return float(ndtri(level if stated_fall else 0.5 + level / 2))


def _wanted_variance(fall: float, power: float, level: float, stated_fall: bool) -> float:
    return (math.log1p(-fall) / (_reach(level, stated_fall) + float(ndtri(power)))) ** 2


def _check(fall: float, monthly: float, spread: float) -> None:
    if not 0 < fall < 1:
        raise AnalysisError("A planned fall lies between 0 and 100 %. Choose one, for example 30 %.")
    if not monthly > 0:
        raise AnalysisError(
            "With no incidents in an ordinary month no fall can be planned. Choose a commoner crime type."
        )
    if not spread >= 0:
        raise AnalysisError(
            "The ordinary variation of this place is not known, so no plan can be made from it."
        )
