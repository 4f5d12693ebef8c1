"""High-crime: where most incidents were recorded, in the first crime type chosen, and whether it is the same ground."""

from analysis.topics import high_crime
from pages.pack.sheet import Sheet

PLACES = 10
"""So many places are shown when the page opens."""


def fill(sheet: Sheet) -> None:
    """Put what pages/explore/high_crime.py shows."""
    case = sheet.case
    crime_type = case.crime_types[0]
    ranked = sheet.ask(high_crime.answer, case, crime_type, PLACES)
    sheet.parts(ranked, "stayed", "ranking")
    sheet.map(sheet.ask(high_crime.where, case, crime_type, high_crime.HIGH_TOGETHER))

    @sheet.fold("The same places as before?")
    def same_places() -> None:
        sheet.parts(ranked, "persistence")

    @sheet.fold("How much of it is in how few places?")
    def concentration() -> None:
        sheet.parts(ranked, "concentration")

    @sheet.fold("How sure are we? High together with their neighbours")
    def high_together() -> None:
        sheet.parts(ranked, "gi_star")

    @sheet.fold("New, lasting or fading?")
    def emerging() -> None:
        sheet.parts(ranked, "emerging")

    sheet.certificate(ranked)
    sheet.notes(
        [
            "These are high-crime places by count of recorded incidents. A hotspot is a place designated for patrol, and that is not "
            "in these data.",
            "A place is the same land in both periods, though the small areas that are counted were redrawn in 2021.",
        ]
    )
