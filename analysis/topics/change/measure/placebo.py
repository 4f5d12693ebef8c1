"""What similar places did by themselves: the distribution that an area's change is held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.stats.panel_months import counts_of
from analysis.topics.change.measure.outcomes import months_by_type
from analysis.topics.change.measure.similar_ground import (
    Question,
    estimated,
    question_of,
    sets_of,
    untreated_ground,
    yardstick_for,
    yardstick_name,
)


@dataclass(frozen=True, eq=False)
class PlaceboDistribution:
    """How far similar places moved from what was expected of each, for a figure with the area marked in it.

    ``places`` has one row a place that is judged, in order of z: place (ground codes joined by " + "), baseline_incidents,
    comparison_incidents, expected and z. ``z`` and ``as_far`` are the area's, ``reach`` the size of z that is told, and
    ``yardstick`` says what the places are.
    """

    area: str
    crime_type: str
    z: float
    as_far: float
    reach: float
    separate: float
    yardstick: str
    places: pd.DataFrame


def placebo_distribution(case: Case, area: Area, crime_type: str) -> PlaceboDistribution:
    """Return what the area's similar places did for one crime type; kept as a cell.

    Raises PeriodError as `outcomes` does, and NeedsInputError where an input is not held, where too few places can be
    judged, or where no month can be compared.
    """
    case.needs_joined()
    months_by_type(case.panel, case.baseline, case.comparison, like_for_like=case.like_for_like)
    question = question_of(case, (crime_type,))
    if question is None:
        raise NeedsInputError(
            f"{crime_type} has no months to compare between {case.baseline.label} and {case.comparison.label}. "
            "Choose other periods, or import the missing months."
        )
    asked = (case.baseline, case.comparison, case.like_for_like)
    return case.cell(
        "similar places",
        area,
        crime_type,
        case.treated,
        *asked,
        make=lambda: _distribution(case, area, question),
    )


def _distribution(case: Case, area: Area, question: Question) -> PlaceboDistribution:
    found = estimated(case, area, question)
    against = yardstick_for(case, question, area.ground)
    ground = untreated_ground(case)
    members, _ = sets_of(case, len(area))
    kept = ground.apart_from(area.ground)
    members = members[np.isin(members, kept).all(axis=1)]
    judged = against.yardstick.judged
    counts = counts_of(case.panel, ground.rows, question.crime_types, question.runs).of(members[judged])
    table = pd.DataFrame(
        {
            "place": [" + ".join(ground.codes[row]) for row in members[judged]],
            "baseline_incidents": counts.baseline.sum(axis=1),
            "comparison_incidents": counts.comparison.sum(axis=1),
            "expected": against.yardstick.expected.count[judged],
            "z": against.z,
        }
    ).sort_values(["z", "place"], ignore_index=True)
    return PlaceboDistribution(
        area=area.key,
        crime_type=question.crime_types[0],
        z=found.z,
        as_far=found.as_far,
        reach=against.reach,
        separate=found.separate,
        yardstick=yardstick_name(case, len(area)),
        places=table,
    )
