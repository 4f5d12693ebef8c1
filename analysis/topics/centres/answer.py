"""Where are the town centres of a force that nobody has named here?

The areas proposed from the outlines held or, where none are, suggestions from what was recorded. Neither is an area until
somebody keeps it.
"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.drawing.figure import Table
from analysis.drawing.maps.bearings import names_on
from analysis.drawing.maps.shown import Shown
from analysis.model.areas import Area
from analysis.model.errors import AreaError, NeedsInputError
from analysis.model.ground_names import ward_of
from analysis.topics.centres.case import CentresCase
from analysis.topics.centres.measure import Suggestion, suggestions
from analysis.topics.centres.show.centre_map import centre_map
from analysis.topics.centres.show.centre_tables import proposed_table, suggested_table


def answer(asked: CentresCase, district: str = "") -> Answer:
    """Return the proposals of the outlines held or, where there are none, suggestions, of all of the force or a district by name."""
    case = asked.case

    def suggested() -> Table:
        return suggested_table(suggested_areas(asked, district), names, asked.case.panel.span.label)

    names = dict(zip(case.places["ground_code"], case.places["ground_name"], strict=True))
    if asked.proposed:
        return answered(case, {"proposed": lambda: proposed_table(asked.proposed, names)})
    return answered(case, {"suggested": suggested})


def where(asked: CentresCase, taken: Area, code: str) -> Answer:
    """Return the map of one proposal, by its code, with the ground outlined that an area of it would take.

    ``taken`` is that area (`data.store.centres.centre_area`), with what the analyst added or took away.
    """
    case = asked.case

    def make() -> Shown:
        proposed = next((each for each in asked.proposed if each.code == code), None)
        if proposed is None:
            raise AreaError(f"No centre held has the code “{code}”. Choose one of those proposed.")
        reached = frozenset(unit.ground_code for unit in proposed.units) | taken.ground
        near = case.contiguity.ring(reached) if case.contiguity is not None else frozenset()
        return centre_map(
            proposed,
            taken,
            case.names,
            labels=names_on(case.land, (taken,), wards=case.land.wards),
            focus=reached | near,
        )

    return answered(case, {"map": make})


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
