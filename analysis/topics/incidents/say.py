"""What a list of incidents says of itself."""

from __future__ import annotations

from analysis.drawing.answer import DEMONSTRATION
from analysis.model import formats
from analysis.model.old_types import LAST_OLD, left_out
from analysis.model.vocabulary import OLD_CRIME_TYPES
from analysis.topics.incidents.case import IncidentCase
from analysis.topics.incidents.measure import place_names

LIST_SOURCE = "Source: police.uk street-level data, Open Government Licence v3.0. Points are anonymised and only approximate."


def filters_line(wanted: IncidentCase) -> str:
    """Return what was filtered by, in a sentence or two, for the screen and for the file."""
    case, question = wanted.case, wanted.question
    names = place_names(case)
    places = ", ".join(names[key] for key in question.places) or f"all of {case.force_name}"
    whole = case.panel.types_in(question.period)
    every = len(question.crime_types) == len(whole)
    types = "all crime types" if every else ", ".join(question.crime_types)
    last = f" Last outcome: {', '.join(question.outcomes)}." if question.outcomes else ""
    begins_earlier = question.period.first <= LAST_OLD < question.period.last
    old = f" {left_out(OLD_CRIME_TYPES)}" if every and begins_earlier else ""
    return f"Places: {places}. Crime types: {types}.{old}{last}"


def file_lines(wanted: IncidentCase, total: int) -> list[str]:
    """Return the lines that stand over every row in the file: how many, which, source and release."""
    return [
        f"Recorded incidents, {wanted.question.period.label}: {formats.number(total)} rows",
        filters_line(wanted),
        LIST_SOURCE,
        wanted.case.release,
        *([DEMONSTRATION] if wanted.case.simulated else []),
    ]
