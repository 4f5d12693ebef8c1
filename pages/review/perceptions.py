"""Where do people feel unsafe, and are incidents recorded there?

Felt unsafe against recorded incidents, place by place, from the office's survey; what is asked and answered about it.
"""

from analysis.topics import actions, perceptions
from pages.frame import draw, filters, map_view, records
from pages.frame.asking import ask, desk

draw.question("Where do people feel unsafe, and are incidents recorded there?")

case = filters.case()
screen, whose = draw.places(2)
with whose:
    survey = records.use(
        "perception-survey",
        case.text("perceptions_meanwhile", "What people felt is known from a survey alone."),
        page_asks=True,
    )
places = ask(perceptions.answer, desk().perceptions(case, survey))
with screen:
    draw.first_of(places, "figure", "asks")
draw.text(case.text("perceptions"))


@draw.fold("Every place: felt unsafe and recorded incidents", of=places, part="table")
def every_place() -> None:
    draw.parts(places, "table")


@draw.fold("Where?", of=places, part="map")
def where() -> None:
    map_view.show(places.parts.get("map"), case, "perceptions")


@draw.fold(case.text("perceptions_question", "What is done where people feel unsafe?"))
def what_is_done() -> None:
    kept = records.use("actions", actions.meanwhile(case))
    answers, summit = case.text("perceptions_answers"), case.text("perceptions_summit")
    draw.parts(ask(actions.published, case, "perceptions", answers, "answer"))
    draw.parts(ask(actions.published, case, "perceptions", summit, "summit"))
    draw.parts(ask(actions.answer, actions.ActionsCase(case, kept), "perceptions"), "kept")


draw.certificate(places)
records.bring("perception-survey", "actions")
draw.notes(
    [
        "A survey says what its respondents felt; who answered is not who was there.",
        "Few recorded incidents can mean that few took place, that few were reported, or that people stay away.",
        "Violence against women and girls cannot be told apart in police.uk’s crime types.",
        "Places with fewer than 10 respondents are hidden.",
    ]
)
