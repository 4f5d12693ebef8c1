"""Overview: the board, the published figures, the table of the slide, how sure, month by month, where."""

from analysis.topics import change, published
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/review/overview.py shows."""
    case = sheet.case
    sheet.question(change.question(case))
    sheet.board(case)
    review = sheet.ask(published.answer, case)

    @sheet.fold(published.headline(case), of=review)
    def published_figures() -> None:
        sheet.parts(review, "differing")
        sheet.parts(review, "cells")

    overview = sheet.ask(change.answer, case)

    @sheet.fold("The table of the slide: counts, differences and percentages")
    def slide() -> None:
        sheet.parts(overview, "periods", "slide")

    @sheet.fold("How sure are we? Every change against the rest and against similar places")
    def every_change() -> None:
        sheet.leads(overview)
        sheet.parts(overview, "chance", "intervals", "evidence", "index", "together")

    @sheet.fold("Month by month, every crime type")
    def monthly() -> None:
        sheet.parts(overview, "monthly")

    @sheet.section("Where did it change?")
    def where() -> None:
        sheet.map(sheet.ask(change.where, case, case.crime_types[0]))

    sheet.certificate(overview)
    sheet.notes(
        [
            "These are recorded incidents. A change in what is recorded can come from what people did, from what they reported, "
            "and from how it was counted. The figures cannot tell which.",
            case.under_review(
                "What is counted is more ground than the patrolled streets: the patrols covered hotspots inside or across it."
            ),
            "Points are anonymised and only approximate; months are the finest time that police.uk publishes.",
            "The whole district contains the town centres under review, so the rest of it is the fairer comparison. It is no "
            "untouched one: other patrols and programmes ran there too, or may have.",
        ]
    )
