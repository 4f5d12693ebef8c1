"""The evidence on a programme's ground: ASB and neighbourhood crime before and after, against two rests."""

from __future__ import annotations

from analysis.model.areas import Area, Yardsticks
from analysis.model.case import Case
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import NEIGHBOURHOOD_CRIME
from analysis.topics.change.measure import area_evidence, group_evidence
from analysis.topics.programmes.case import ProgrammeCase
from analysis.topics.programmes.measure.programme_areas import before_and_after_start, programme_areas
from analysis.topics.programmes.measure.programme_ground import rest_without_programmes

ASB = "Anti-social behaviour"
GROUP = "Neighbourhood crime"


def programme_evidence(asked: ProgrammeCase, key: str, *, second_rest: bool = False) -> tuple[Evidence, ...]:
    """Return the evidence of each area before and after the programme began: ASB, neighbourhood crime, and its types.

    Against the rest of the district; with ``second_rest`` against that rest without programme ground, which is then no
    similar place either. Raises what `programme_areas`, `before_and_after_start` and `area_evidence` raise.
    """
    own = tuple(each.area for each in programme_areas(asked, key))
    pair = before_and_after_start(asked, key)
    case = asked.case.asking(baseline=pair.baseline, comparison=pair.comparison)
    rows: list[Evidence] = []
    for area in own:
        against, excluded = case.yardsticks(area), frozenset[str]()
        if second_rest:
            treated = [other for other in case.areas.values() if other.treated]
            against = Yardsticks(against.district, rest_without_programmes(against.district, treated, own))
            excluded = frozenset().union(*(other.ground for other in own))
        rows += _of_area(case, area, against, excluded)
    return tuple(rows)


def _of_area(case: Case, area: Area, against: Yardsticks, excluded: frozenset[str]) -> list[Evidence]:
    by_type = {row.crime_type: row for row in area_evidence(case, area, against=against, excluded=excluded)}
    group = group_evidence(case, area, (GROUP, NEIGHBOURHOOD_CRIME), against=against, excluded=excluded)
    return [by_type[ASB], group, *(by_type[crime_type] for crime_type in NEIGHBOURHOOD_CRIME)]
