"""Recorded shoplifting by place: the chosen areas with their evidence, districts and the force with counts alone."""

from __future__ import annotations

from analysis.model.areas import Area, whole_force
from analysis.model.case import Case
from analysis.model.errors import AreaError
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import SHOPLIFTING
from analysis.topics.change.measure import area_evidence, outcomes


def places(case: Case) -> tuple[Area, ...]:
    """Return the chosen areas, the districts that are not among them, and the force as one area, in this order."""
    chosen = case.selection.areas
    districts = [
        area
        for key, area in case.areas.items()
        if area.kind == "district" and area.ground and key not in chosen
    ]
    return (*case.chosen, *districts, _force(case))


def shoplifting_evidence(case: Case) -> tuple[Evidence, ...]:
    """Return shoplifting's evidence of each chosen area, in the menu's order; raises what `area_evidence` does."""
    return tuple(
        row for area in case.chosen for row in area_evidence(case, area) if row.crime_type == SHOPLIFTING
    )


def by_place(case: Case) -> tuple[Evidence, ...]:
    """Return one row of shoplifting a place of `places`: evidence of the chosen areas, counts of all others.

    A force has a handful of districts, too few to know how much one varies by itself: none gets a verdict. The force has
    the kind "force".
    """
    wider = places(case)[len(case.chosen) :]
    return (*shoplifting_evidence(case), *(_counts(case, area) for area in wider))


def _force(case: Case) -> Area:
    return whole_force(case.areas, case.force_name)


def _counts(case: Case, area: Area) -> Evidence:
    periods = (case.baseline, case.comparison, case.like_for_like)
    return case.cell("shoplifting", area, *periods, make=lambda: _counted(case, area))


def _counted(case: Case, area: Area) -> Evidence:
    force = _force(case)
    is_force = area.key == force.key
    try:
        rest = force if is_force else case.yardsticks(area).rest
    except AreaError:  # the force has no other ground to hold the district against
        rest = force
    table = outcomes(
        case.panel,
        area,
        district=force,
        rest=rest,
        baseline=case.baseline,
        comparison=case.comparison,
        like_for_like=case.like_for_like,
    )
    (row,) = table.loc[table["crime_type"] == SHOPLIFTING].to_dict("records")
    return Evidence(
        **row,
        area_key=area.key,
        area=area.name,
        kind="force" if is_force else "district",
        district=force.name,
        rest=rest.name,
    )
