"""Incidents: those of the comparison period and the crime types chosen, by month, on the ground, and the first of the list."""

from analysis.topics import incidents
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/explore/incidents.py shows."""
    case = sheet.case
    whole = case.panel.types_in(case.comparison)
    types = tuple(each for each in whole if each in case.crime_types) or whole
    listed = sheet.desk.incidents(case, incidents.IncidentQuestion(case.force, case.comparison, types))
    recorded = sheet.ask(incidents.answer, listed)
    sheet.map(sheet.ask(incidents.where, listed, incidents.GROUND, None))
    sheet.parts(recorded, "trend")

    @sheet.section("Which ones?")
    def which_ones() -> None:
        sheet.parts(recorded, "list")

    sheet.certificate(recorded)
    sheet.notes(
        [
            "A list of recorded incidents is not a list of what took place: what was not reported is not in it.",
            "Months are the finest time that police.uk publishes; there is no day and no hour.",
            "Last outcomes are those known when the release was made. The two years held may come from different releases, so outcomes of "
            "different months cannot be compared.",
            "Incidents without a location are in the list of the whole force and in no smaller place.",
        ]
    )
