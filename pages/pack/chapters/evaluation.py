"""Evaluation: the first chosen area and crime type from each side, as the page opens."""

from analysis.topics import change, evaluation
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/explore/evaluation.py shows."""
    case = sheet.case
    case.needs_two_periods()
    area, crime_type, start = case.chosen[0].key, case.crime_types[0], case.comparison.first
    sides = sheet.ask(evaluation.answer, sheet.desk.evaluation(case), area, crime_type, start)
    sheet.parts(sides, "cards")
    sheet.parts(sides, "short")
    sheet.parts(sides, "placebo")

    @sheet.fold("How sure are we? In words, against the rest and against similar places")
    def in_words() -> None:
        sheet.leads(sides)
        sheet.parts(sides, "evidence")

    printed = sheet.ask(evaluation.printed, case, area, crime_type)

    @sheet.fold("What the review printed", of=printed)
    def review_printed() -> None:
        sheet.parts(printed)

    @sheet.fold("Recorded against expected, month by month")
    def design() -> None:
        sheet.parts(sides, "design")

    @sheet.fold("What would a plan have to look like?")
    def plan() -> None:
        sheet.parts(sides, "plan")

    @sheet.fold("Did it move next door?")
    def next_door() -> None:
        sheet.parts(sides, "displacement")
        sheet.map(sheet.ask(change.round_area, case, area, crime_type))

    @sheet.fold("Is there a step at the start?")
    def step() -> None:
        sheet.parts(sides, "interrupted")

    @sheet.fold("Against a mixture of other places")
    def mixture() -> None:
        sheet.parts(sides, "synthetic")

    @sheet.fold("Was the baseline a bad year?")
    def bad_year() -> None:
        sheet.parts(sides, "years")

    @sheet.fold("How much harm do the recorded crimes stand for?")
    def harm() -> None:
        sheet.parts(sides, "harm")

    sheet.certificate(sides)
    sheet.notes(
        [
            "Each side has its own weakness; what several of them say is worth more than what one of them says.",
            "An area that was chosen because it was bad falls back by itself, and no method here can take that out altogether.",
            case.under_review(
                "What is counted is more ground than the patrolled streets: the patrols covered hotspots inside or across it."
            ),
        ]
    )
