"""Where are the town centres of a force that nobody has named here?

The areas proposed from the outlines held or, where none are, suggestions from what was recorded. Neither is an area until
somebody keeps it.
"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.drawing.figure import Table
from analysis.model.errors import NeedsInputError
from analysis.model.ground_names import ward_of
from analysis.topics.centres.case import CentresCase
from analysis.topics.centres.measure import Suggestion, suggestions
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
