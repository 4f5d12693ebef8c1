"""Did crime move to the ground next door, or did the benefit spread to it? Rings, WDD and WDQ.

**Displacement** is a rise next to the area while the area falls; **diffusion** of benefit is a fall next to
it.

*Formula in words.* The weighted displacement difference (WDD) is the area's change less its comparator's,
plus the ring's change less the ring's comparator's: below zero, the area and its surroundings together did
better than their comparators. Its variance is the sum of the eight counts (each taken as Poisson), times
phi where counts vary more than that. The weighted displacement quotient (WDQ) is the change in the ring's
count per comparator incident, divided by the same change in the area's: above 0 the benefit spread, below 0
crime moved, below -1 more moved than was saved; it has a meaning only where the area itself fell against
its comparator.

*Null.* Area and ring changed by as many incidents as their comparators.

*When not to trust it.* WDD compares numbers, not rates: a comparator many times larger than the area swamps
it, so each unit is matched to one unit of like baseline. With phi at 1 the interval is far too narrow for
police counts: it marks 20 to 55 % of Cleveland's untreated places, with phi in it 4 to 7 %. The matched units
carry noise of their own. A ring is ground, not the streets round a patrol, and displacement to another time,
place or kind of crime is not seen.

*References.* Wheeler & Ratcliffe 2018, Crime Science 7:11 (WDD); Bowers & Johnson 2003, Journal of
Quantitative Criminology 19:275 (WDQ).

*Worked number.* Area 207 to 110, comparator 308 to 318, ring 178 to 157, ring's comparator 150 to 140:
WDD -118, standard error 39.598, 95 % -195.61 to -40.39; WDQ 0.258186.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import inf, nan

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analysis.model.areas import Area
from analysis.model.contiguity import Contiguity
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.periods import ComparedMonths
from analysis.model.setting import Setting
from analysis.stats.displacement_difference import (
    Counts,
    WeightedDifference,
    WeightedQuotient,
    weighted_difference,
    weighted_quotient,
)
from analysis.stats.local_dispersion import joint_variation
from analysis.stats.neighbours import need_contiguity


@dataclass(frozen=True)
class Rings:
    """The ground that touches an area (first) and the ground that touches that (second)."""

    first: frozenset[str]
    second: frozenset[str]


@dataclass(frozen=True)
class Displacement:
    """An area, a ring round it and their matched comparators, over the months compared.

    ``pairs`` has one row a unit: ground_code, role ("area" or "ring"), comparator_code and the two baseline
    counts. ``not_held`` is ring ground that the data held do not reach (another force's, as a rule).
    """

    area: Counts
    comparator: Counts
    ring: Counts
    ring_comparator: Counts
    difference: WeightedDifference
    quotient: WeightedQuotient
    phi: float
    months: ComparedMonths
    pairs: pd.DataFrame
    not_held: tuple[str, ...]

    @property
    def worst_ratio(self) -> float:
        """The largest ratio of baseline counts within a matched pair."""
        return largest_mismatch(self.pairs)


def rings(
    area: Area,
    contiguity: Contiguity | None,
    *,
    treated: Iterable[Area] = (),
    excluded: Collection[str] = frozenset(),
) -> Rings:
    """Return the first and second ring of ground round an area.

    Raises NeedsInputError without boundaries, and AreaError, naming area and ground, when the first ring
    holds ground of another treated area or ground that is ``excluded`` (patrolled): its change would be
    that treatment's. Of the second ring such ground is taken out, since it is shown and not judged.
    """
    touching = need_contiguity(contiguity, "A ring of ground round an area")
    without = sorted(area.ground - set(touching.neighbours))
    if without:
        raise AreaError(
            f"{area.name} has ground without a boundary ({', '.join(without)}), so no ring can be drawn "
            "round it. Import boundaries that cover it."
        )
    first, second = touching.ring(area.ground, 1), touching.ring(area.ground, 2)
    others = [other for other in treated if other.ground != area.ground]
    clashes = [(other.name, first & (other.ground - area.ground)) for other in others]
    clashes.append(("ground marked as patrolled", first & (frozenset(excluded) - area.ground)))
    found = [f"{name} ({', '.join(sorted(ground))})" for name, ground in clashes if ground]
    if found:
        raise AreaError(
            f"The ring round {area.name} overlaps treated ground: {'; '.join(found)}. Its change could be "
            "that treatment's, so displacement is not judged here. Choose another area, or judge both as "
            "one area."
        )
    if not first:
        raise AreaError(f"Nothing touches {area.name} in the boundaries held, so there is no ring round it.")
    taken = frozenset().union(*(other.ground for other in others), excluded)
    return Rings(first, second - taken)


def match_by_baseline(
    units: pd.Series, pool: pd.Series, *, name: str = "the area and its ring"
) -> pd.DataFrame:
    """Return one pool unit for each unit, none used twice, so that baseline counts differ least in total.

    Both series have the baseline incidents by ground code. The differences are taken between square roots,
    where a count of 4 against 9 weighs as much as 100 against 121. Columns: ground_code, comparator_code,
    baseline_incidents, comparator_baseline. Ties go to the lower code. Raises AreaError when the pool is
    smaller.
    """
    units, pool = units.sort_index(), pool.sort_index()
    if len(pool) < len(units):
        raise AreaError(
            f"There are {len(pool)} untreated places to compare {len(units)} units of {name} with. "
            "Import more of the force, or choose a smaller area."
        )
    cost = np.abs(np.sqrt(units.to_numpy(float))[:, None] - np.sqrt(pool.to_numpy(float))[None, :])
    # smaller than any difference between square roots of counts that matters, so it decides only ties
    cost = cost + 1e-9 * np.arange(len(pool))[None, :]
    row, column = linear_sum_assignment(cost)
    return pd.DataFrame(
        {
            "ground_code": units.index[row],
            "comparator_code": pool.index[column],
            "baseline_incidents": units.to_numpy(float)[row],
            "comparator_baseline": pool.to_numpy(float)[column],
        }
    )


def displacement(
    setting: Setting,
    area: Area,
    crime_type: str,
    *,
    treated: Iterable[Area],
    phi: float | None = None,
) -> Displacement:
    """Return the displacement of one crime type round an area: its first ring against matched comparators.

    ``treated`` are the areas whose ground a ring may not hold, named where it does; they, the setting's treated ground,
    the area and both its rings never serve as comparators. Ground of the ring that is not held is named, not counted as zero.
    ``phi`` is how much more than Poisson counts these vary; where it is not given it comes from untreated
    ground about as large as each unit and from the rings round it. Raises NeedsInputError without
    boundaries, AreaError when the ring overlaps treated ground, PeriodError for periods that cannot be
    compared, AnalysisError when no month is held on both sides.
    """
    treated, panel = list(treated), setting.panel
    touching = need_contiguity(setting.contiguity, "A ring of ground round an area")
    around = rings(area, touching, treated=treated, excluded=setting.treated)
    setting.check_held()
    months = setting.months(crime_type)
    if not months.comparable:
        raise AnalysisError(
            f"{crime_type}: the months held on the two sides cannot be compared "
            f"({months.reason or 'none is held'}). Import the missing months, or switch like for like on."
        )
    before = pd.Series(panel.totals(months.baseline, crime_type), index=panel.ground)
    after = pd.Series(panel.totals(months.comparison, crime_type), index=panel.ground)
    own = panel.ground[panel.rows(area.ground, name=area.name)]
    near = panel.ground[panel.rows(around.first, name=f"The ring round {area.name}")]
    taken = frozenset().union(*(other.ground for other in treated), setting.treated, area.ground)
    taken |= around.first | around.second
    own_places = setting.places.loc[setting.places["in_force"].astype(bool), "ground_code"]
    pool = [code for code in own_places if code not in taken and code in panel.ground]
    candidates = pd.Index(pool, dtype="str").unique()
    pairs = match_by_baseline(before[own.union(near)], before[candidates])
    pairs.insert(1, "role", np.where(pairs["ground_code"].isin(list(own)), "area", "ring"))
    if phi is None:
        phi = joint_variation(pairs, before[candidates], after[candidates], before + after, touching)

    def counts(codes: Iterable[str]) -> Counts:
        found = list(codes)
        return Counts(float(before[found].sum()), float(after[found].sum()))

    partner = {role: counts(pairs.loc[pairs["role"] == role, "comparator_code"]) for role in ("area", "ring")}
    own_counts, near_counts = counts(own), counts(near)
    return Displacement(
        own_counts,
        partner["area"],
        near_counts,
        partner["ring"],
        weighted_difference(own_counts, partner["area"], near_counts, partner["ring"], phi=phi),
        weighted_quotient(own_counts, near_counts, partner["area"]),
        max(phi, 1.0),
        months,
        pairs,
        tuple(sorted(around.first - set(panel.ground))),
    )


def largest_mismatch(pairs: pd.DataFrame) -> float:
    """Return the largest ratio of baseline counts within a matched pair: 1 when all match, inf beside a zero."""
    high = pairs[["baseline_incidents", "comparator_baseline"]].max(axis=1)
    low = pairs[["baseline_incidents", "comparator_baseline"]].min(axis=1)
    ratios = np.where(high == low, 1.0, np.where(low > 0, high / low.where(low > 0), inf))
    return float(ratios.max()) if len(ratios) else nan
