"""What similar places did by themselves: the distribution that an area's change is held against."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.model.areas import Area, check_comparator
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.stats.similar_places import candidates, rirr, similar_places
from analysis.topics.change.measure.outcomes import area_rows, months_by_type


@dataclass(frozen=True, eq=False)
class PlaceboDistribution:
    """What similar places did by themselves, for a figure with the area marked in it.

    ``places`` has one row a similar place, in order of change: place (ground codes joined by " + "),
    baseline_incidents, comparison_incidents, percent_change (infinite from a baseline of 0) and
    relative_change (ratio to the rest of its own district). ``percent_change`` and ``relative_change`` are
    the area's.
    """

    area: str
    crime_type: str
    percent_change: float
    relative_change: float
    as_much: float
    units: int
    phi: float
    places: pd.DataFrame


def placebo_distribution(case: Case, area: Area, crime_type: str) -> PlaceboDistribution:
    """Return the changes of the area's similar places for one crime type.

    Raises NeedsInputError as `candidates` does, PeriodError as `outcomes` does, AreaError as `area_evidence` does,
    and NeedsInputError where no month can be compared.
    """
    panel, rest = case.panel, case.yardsticks(area).rest
    check_comparator(area, rest)
    months = months_by_type(panel, case.baseline, case.comparison, like_for_like=case.like_for_like)[
        crime_type
    ]
    if not months.comparable:
        raise NeedsInputError(
            f"{crime_type} has no months to compare between {case.baseline.label} and {case.comparison.label}. "
            "Choose other periods, or import the missing months."
        )
    places = candidates(
        panel, area.ground, places=case.places, excluded=case.treated, contiguity=case.contiguity
    )
    all_before = panel.totals(months.baseline, crime_type)
    all_after = panel.totals(months.comparison, crime_type)
    own, other = area_rows(panel, area), panel.rows(rest.ground, name=rest.name)
    before, after = all_before[own].sum(), all_after[own].sum()
    similar = similar_places(places, all_before, all_after, before + after)
    relative = rirr(before, after, all_before[other].sum(), all_after[other].sum()).estimate
    table = pd.DataFrame(
        {
            "place": [" + ".join(panel.ground[row]) for row in similar.members],
            "baseline_incidents": similar.baseline,
            "comparison_incidents": similar.comparison,
            "percent_change": similar.percent_change,
            "relative_change": similar.relative_change,
        }
    ).sort_values(["percent_change", "place"], ignore_index=True)
    return PlaceboDistribution(
        area=area.key,
        crime_type=crime_type,
        percent_change=100 * (after / before - 1) if before > 0 else math.nan,
        relative_change=relative,
        as_much=similar.as_much(before, after),
        units=similar.units,
        phi=similar.phi,
        places=table,
    )
