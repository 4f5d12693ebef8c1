"""What telling a fall would take: months, and places together, for one area's crime type and for the disorder index."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.stats.planner import FALLS, LIKELY, MOST_TOGETHER, SPANS, chance, groups_of
from analysis.stats.verdict_calibration import INDEX_TYPES
from analysis.topics.change.measure.similar_ground import area_counts, question_of, yardstick_for

TOGETHER = 3
"""Places of one kind that a programme most often has."""

ALONE, THREE, INDEX = "this place", "three such places together", "the disorder index here"


@dataclass(frozen=True)
class Plan:
    """What one fall would take: the chance with the months compared, and the months from which it is likely told.

    ``months`` is None where not even the longest of `SPANS` would do; ``places`` is how many such places together would
    do with the months compared, None beyond `MOST_TOGETHER`.
    """

    what: str
    fall: float
    chance: float
    months: int | None
    places: int | None


@dataclass(frozen=True)
class Plans:
    """The plans of one area and crime type; ``months`` compared on each side, ``monthly`` incidents expected a month."""

    months: int
    monthly: float
    plans: tuple[Plan, ...]


def plans_of(case: Case, area: Area, crime_type: str) -> Plans:
    """Return the plans for this place, for three such places together, and for the index. Kept as a cell.

    Raises NeedsInputError as `yardstick_for` does, and where no month can be compared.
    """
    asked = (area, crime_type, case.baseline, case.comparison, case.like_for_like, case.treated)
    return case.cell("plans", *asked, make=lambda: _plans(case, area, crime_type))


def _plans(case: Case, area: Area, crime_type: str) -> Plans:
    own = _of_types(case, area, (crime_type,), ((ALONE, 1), (THREE, TOGETHER)))
    try:
        index = _of_types(case, area, INDEX_TYPES, ((INDEX, 1),)).plans
    except NeedsInputError:
        index = ()
    return Plans(own.months, own.monthly, (*own.plans, *index))


def _of_types(
    case: Case, area: Area, crime_types: tuple[str, ...], asked: tuple[tuple[str, int], ...]
) -> Plans:
    question = question_of(case, crime_types)
    if question is None:
        raise NeedsInputError(
            "No plan can be made over months that cannot be compared. Choose other periods, or import the missing months."
        )
    against = yardstick_for(case, question, area.ground)
    counts, setting = area_counts(case, question, area)
    compared = counts.comparison.shape[1]

    def at(months: int, fall: float, places: int) -> float:
        z, threshold = groups_of(against, places)
        moved = against.yardstick.expect_over(counts, setting, months).shift(fall)
        return float(chance(z, threshold, moved)[0])

    def plan(what: str, fall: float, places: int) -> Plan:
        months = next((each for each in SPANS if at(each, fall, places) >= LIKELY), None)
        more = next((n for n in range(1, MOST_TOGETHER + 1) if at(compared, fall, n) >= LIKELY), None)
        return Plan(what, fall, at(compared, fall, places), months, more)

    plans = tuple(plan(what, fall, places) for what, places in asked for fall in FALLS)
    expected = against.yardstick.expect_over(counts, setting, compared)
    return Plans(compared, float(expected.count[0]) / compared, plans)
