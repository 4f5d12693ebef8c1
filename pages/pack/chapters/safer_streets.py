"""Safer Streets: deliverables, the ground before and after, next door, the money."""

from analysis.topics import funding, programmes
from pages.pack.sheet import Sheet

PROGRAMME = "safer_streets"


def fill(sheet: Sheet) -> None:
    """Put what pages/review/safer_streets.py shows."""
    case, desk = sheet.case, sheet.desk
    name = case.programme(PROGRAMME).name
    asked = desk.programmes(case)
    streets = sheet.ask(programmes.answer, asked, PROGRAMME)
    ground = sheet.ask(programmes.ground, asked, PROGRAMME)
    sheet.parts(streets, "cards")
    sheet.leads_without_cards(streets)
    deliverables = sheet.at.in_use("deliverables")
    sheet.parts(sheet.ask(programmes.delivered_in_short, desk.programmes(case, deliverables), name))
    sheet.map(sheet.ask(programmes.where, asked, PROGRAMME, case.crime_types[0]))

    @sheet.fold("What was delivered?")
    def delivered() -> None:
        given = sheet.use(
            "deliverables", case.under_review("The deliverables below are as the review published them.")
        )
        sheet.parts(sheet.ask(programmes.delivered, desk.programmes(case, given), name))

    @sheet.fold("What changed, in words, and what cannot be told")
    def in_words() -> None:
        sheet.leads_behind_cards(streets)
        sheet.parts(streets, "overlap", "about", "not isolated")

    @sheet.fold("Which ground?", of=ground)
    def which_ground() -> None:
        sheet.parts(ground)

    evidence = sheet.ask(programmes.before_and_after, asked, PROGRAMME)

    @sheet.fold(programmes.since(asked, PROGRAMME, "How sure are we? "), of=evidence)
    def before_and_after() -> None:
        sheet.parts(evidence)

    beside = sheet.ask(programmes.next_door, asked, PROGRAMME)

    @sheet.fold("Did it move next door?", of=beside)
    def next_door() -> None:
        sheet.parts(beside)

    @sheet.fold("The money")
    def money() -> None:
        grants = sheet.use("funding", case.under_review("The sum below is as the review published it."))
        sheet.parts(sheet.ask(funding.answer, desk.funding(case, grants), (name,)))

    sheet.certificate(evidence)
    sheet.notes(
        [
            "The areas are proposals with a rule and a confidence rating; another choice of ground gives other counts.",
            "Where the patrols walked the same ground in the same months, the effects of the two programmes cannot be told apart.",
            "A column with a camera may bring more incidents into the record; a count that rises need not mean that more took place.",
            "What is counted is more ground than the streets on which packs, rails and columns were put.",
        ]
    )
