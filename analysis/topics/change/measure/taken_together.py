"""Several areas as one, and the disorder index: what one area and one crime type alone may be too few to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.evidence import Evidence
from analysis.model.periods import parse_month
from analysis.model.vocabulary import JUDGED, TOO_FEW
from analysis.stats.thresholds import LEVEL
from analysis.stats.together import Areas, Pool, Together, together
from analysis.stats.verdict import verdict
from analysis.stats.verdict_calibration import INDEX_FIXED, INDEX_TYPES
from analysis.topics.change.measure.evidence import area_evidence, group_evidence
from analysis.topics.change.measure.similar_ground import (
    Question,
    area_counts,
    question_of,
    sets_of,
    untreated_ground,
    yardstick_for,
)

INDEX_NAME = "Disorder (index)"
INDEX = (INDEX_NAME, INDEX_TYPES)

FEWEST_AREAS = 2


@dataclass(frozen=True)
class TakenTogether:
    """One crime type over several areas: their counts added up, the estimate, and its verdict.

    ``found`` is None where nothing can be told, with the ``reason``.
    """

    crime_type: str
    areas: tuple[str, ...]
    baseline: float
    comparison: float
    verdict: str
    found: Together | None
    reason: str = ""


def index_evidence(case: Case) -> tuple[Evidence, ...]:
    """Return the evidence on the disorder index of each chosen area."""
    return tuple(group_evidence(case, area, INDEX) for area in case.chosen)


def chosen_after(case: Case) -> bool:
    """Return whether the index was fixed after the months asked about, and so cannot have been stated beforehand."""
    return bool(case.comparison.last < parse_month(INDEX_FIXED))


def all_together(case: Case) -> tuple[TakenTogether, ...]:
    """Return the chosen areas taken together: the index first, then each chosen crime type. Nothing for one area.

    Areas with too few incidents are left out of a type; areas that share ground are not taken together.
    """
    areas = case.chosen
    if len(areas) < FEWEST_AREAS:
        return ()
    asked = (areas, case.crime_types, case.baseline, case.comparison, case.like_for_like, case.treated)
    return case.cell("taken together", *asked, make=lambda: _all(case, areas))


def _all(case: Case, areas: Sequence[Area]) -> tuple[TakenTogether, ...]:
    index = {row.area_key: row for row in index_evidence(case)}
    found = [_of_type(case, areas, index, INDEX_TYPES, INDEX_NAME)]
    evidence = {area.key: {row.crime_type: row for row in area_evidence(case, area)} for area in areas}
    for crime_type in case.crime_types:
        rows = {key: of[crime_type] for key, of in evidence.items()}
        found.append(_of_type(case, areas, rows, (crime_type,), crime_type))
    return tuple(found)


def _of_type(
    case: Case,
    areas: Sequence[Area],
    rows: dict[str, Evidence],
    crime_types: tuple[str, ...],
    name: str,
) -> TakenTogether:
    judged = [area for area in areas if rows[area.key].verdict in JUDGED]
    before = sum(rows[area.key].baseline_incidents for area in judged)
    after = sum(rows[area.key].comparison_incidents for area in judged)
    names = tuple(area.name for area in judged)
    question = question_of(case, crime_types)
    if len(judged) < FEWEST_AREAS or question is None:
        reason = f"Fewer than {FEWEST_AREAS} of the areas can be judged."
        return TakenTogether(name, names, before, after, TOO_FEW, None, reason)
    if len(frozenset().union(*(area.ground for area in judged))) < sum(len(area) for area in judged):
        return TakenTogether(name, names, before, after, TOO_FEW, None, "The areas share ground.")
    try:
        found = _together(case, judged, [rows[area.key].z for area in judged], question)
    except (NeedsInputError, AnalysisError) as problem:
        return TakenTogether(name, names, before, after, TOO_FEW, None, str(problem))
    told = int(np.sign(found.mean_z)) if found.p <= LEVEL else 0
    return TakenTogether(name, names, before, after, verdict(before, after, told), found)


def _together(case: Case, areas: Sequence[Area], z: Sequence[float], question: Question) -> Together:
    ground = untreated_ground(case)
    own = np.flatnonzero(ground.codes.isin(list(frozenset().union(*(area.ground for area in areas)))))
    districts = [str(area_counts(case, question, area)[1].districts[0]) for area in areas]
    return together(Areas(tuple(z), tuple(districts), own), [_pool(case, area, question) for area in areas])


def _pool(case: Case, area: Area, question: Question) -> Pool:
    """Return the judged places of the area's size, by unit numbers of all the untreated ground."""
    ground = untreated_ground(case)
    against = yardstick_for(case, question, area.ground)
    members, _ = sets_of(case, len(area))
    members = members[np.isin(members, ground.apart_from(area.ground)).all(axis=1)]
    judged = against.yardstick.judged
    return Pool(against.z, members[judged], _districts(ground.districts, members[judged]))


def _districts(districts: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Return each set's district: that of most of its units, then the first by name (as `Setting.of`)."""
    names, number = np.unique(districts, return_inverse=True)
    votes = np.stack([(number[members] == each).sum(axis=1) for each in range(len(names))], axis=1)
    return np.asarray(names[votes.argmax(axis=1)])
