"""Where are the town centres of a force that nobody has named here?

The areas proposed from the outlines held or, where none are, suggestions from what was recorded. Neither is an area until
somebody keeps it.
"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.drawing.figure import Table
from analysis.drawing.maps.bearings import Bearings, names_on, outlined
from analysis.drawing.maps.shown import Shown
from analysis.model.areas import Area
from analysis.model.english import agree, counted, is_are
from analysis.model.errors import AreaError, NeedsInputError
from analysis.model.ground_names import ward_of
from analysis.topics.centres.case import CentresCase
from analysis.topics.centres.measure import (
    Candidate,
    Suggestion,
    from_proposals,
    from_suggestions,
    of_district,
    suggestions,
)
from analysis.topics.centres.show.centre_map import centre_map, suggested_map
from analysis.topics.centres.show.centre_tables import proposed_table, suggested_table


def answer(asked: CentresCase, district: str = "") -> Answer:
    """Return the proposals of the outlines held or, where there are none, suggestions, of all of the force or a district by name.

    The part ``number`` says how many are proposed; of suggestions, whose list is cut, that they are there. No words where there
    is none.
    """
    case = asked.case
    names = case.names

    def suggested() -> Table:
        return suggested_table(suggested_areas(asked, district), names, case.panel.span.label)

    if asked.proposed:
        proposed = of_district(asked.proposed, _districts(asked), district)
        return answered(
            case,
            {
                "number": lambda: _number(asked, district, len(proposed)),
                "proposed": lambda: proposed_table(proposed, names),
            },
        )
    return answered(
        case,
        {
            "number": lambda: _number(asked, district, len(candidates(asked, district))),
            "suggested": suggested,
        },
    )


def _number(asked: CentresCase, district: str, number: int) -> str:
    if not number:
        return ""
    case = asked.case
    shown = next(
        (
            each.name
            for each in case.areas.values()
            if each.kind == "district" and each.filed_name == district
        ),
        case.force_name,
    )
    if asked.proposed:
        what = f"{counted(number, 'place')} {is_are(number)} proposed as {agree(number, 'a town centre', 'town centres')}"
        return f"{shown}: {what}, from outlines that others drew."
    return f"{shown}: suggestions of where a town centre may be, going by thefts recorded close together."


def candidates(asked: CentresCase, district: str = "") -> tuple[Candidate, ...]:
    """Return what may be kept as a town centre of a district, as `answer` lists it."""
    if asked.proposed:
        return from_proposals(of_district(asked.proposed, _districts(asked), district))
    return from_suggestions(suggested_areas(asked, district))


def where(asked: CentresCase, chosen: Candidate, ground: tuple[str, ...], district: str = "") -> Answer:
    """Return the map of a candidate of `candidates`, with the ground outlined that an area of it would take.

    ``ground`` are the codes of that ground, with what the analyst added or took away. AreaError for a candidate there is not.
    """
    case = asked.case
    taken = Area(chosen.code, chosen.name, "own", case.force, frozenset(ground))

    def drawn_on(reached: frozenset[str]) -> Bearings:
        near = case.contiguity.ring(reached) if case.contiguity is not None else frozenset()
        labels = names_on(case.land, (taken,) if ground else (), wards=case.land.wards)
        return Bearings(case.names, outlined((taken,)), labels, reached | near)

    def make() -> Shown:
        if chosen.is_suggested:
            thefts = asked.read_thefts().groupby("ground_code")["incidents"].sum()
            own = {code for code, inside in _districts(asked).items() if not district or inside == district}
            by_ground = thefts.reindex(sorted(own | taken.ground), fill_value=0)
            on = drawn_on(frozenset(chosen.ground) | taken.ground)
            return suggested_map(chosen, taken, by_ground, on, case.panel.span.label)
        proposed = next((each for each in asked.proposed if each.code == chosen.code), None)
        if proposed is None:
            raise AreaError(f"No centre held has the code “{chosen.code}”. Choose one of those proposed.")
        reached = frozenset(unit.ground_code for unit in proposed.units) | taken.ground
        return centre_map(proposed, taken, drawn_on(reached))

    return answered(case, {"map": make})


def _districts(asked: CentresCase) -> dict[str, str]:
    own = asked.case.own_places
    return dict(zip(own["ground_code"], own["district_name"], strict=True))


def suggested_areas(asked: CentresCase, district: str = "") -> tuple[Suggestion, ...]:
    """Return all suggestions of a force or of one of its districts, by name, the closest first; kept by the case."""
    case = asked.case

    def make() -> tuple[Suggestion, ...]:
        try:
            wards = ward_of(case.land)
        except NeedsInputError:  # no outline, so no ward can be told
            wards = {}
        return suggestions(asked.read_thefts(), case.own_places, wards, case.contiguity, district)

    return case.cell("suggested centres", district, make=make)
