"""Perceptions: felt unsafe against recorded incidents, place by place, and what is done about it."""

from analysis.topics import actions, perceptions
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/review/perceptions.py shows."""
    case = sheet.case
    survey = sheet.use(
        "perception-survey",
        case.text("perceptions_meanwhile", "What people felt is known from a survey alone."),
        below=True,
    )
    places = sheet.ask(perceptions.answer, sheet.desk.perceptions(case, survey))
    sheet.first_of(places, "figure", "asks")
    sheet.text(case.text("perceptions"))

    @sheet.fold("Every place: felt unsafe and recorded incidents", of=places, part="table")
    def every_place() -> None:
        sheet.parts(places, "table")

    @sheet.fold("Where?", of=places, part="map")
    def where() -> None:
        sheet.map(places)

    @sheet.fold(case.text("perceptions_question", "What is done where people feel unsafe?"))
    def what_is_done() -> None:
        kept = sheet.use("actions", actions.meanwhile(case))
        answers, summit = case.text("perceptions_answers"), case.text("perceptions_summit")
        sheet.parts(sheet.ask(actions.published, case, "perceptions", answers, "answer"))
        sheet.parts(sheet.ask(actions.published, case, "perceptions", summit, "summit"))
        sheet.parts(sheet.ask(actions.answer, actions.ActionsCase(case, kept), "perceptions"), "kept")

    sheet.certificate(places)
    sheet.notes(
        [
            "A survey says what its respondents felt; who answered is not who was there.",
            "Few recorded incidents can mean that few took place, that few were reported, or that people stay away.",
            "Violence against women and girls cannot be told apart in police.uk’s crime types.",
            "Places with fewer than 10 respondents are hidden.",
        ]
    )
