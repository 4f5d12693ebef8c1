"""Did this area change more than it would have by itself?

One area, crime type and start month, looked at from each side, with what the review printed beside it.
"""

from analysis.topics import change, evaluation
from pages.frame import draw, filters, map_view, widgets
from pages.frame.asking import ask, desk

draw.question("Did this area change more than it would have by itself?")

case = filters.case()
case.needs_two_periods()
area, crime_type, start = widgets.evaluated(case)
sides = ask(evaluation.answer, desk().evaluation(case), area, crime_type, start)
answer, picture = draw.beside()
with answer:
    draw.cards(sides)
    draw.parts(sides, "short")
with picture:
    draw.parts(sides, "placebo")


@draw.fold("How sure are we? In words, against the rest and against similar places")
def in_words() -> None:
    draw.leads(sides)
    draw.parts(sides, "evidence")


printed = ask(evaluation.printed, case, area, crime_type)


@draw.fold("What the review printed", of=printed)
def review_printed() -> None:
    draw.parts(printed)


@draw.fold("Recorded against expected, month by month")
def design() -> None:
    draw.parts(sides, "design")


@draw.fold("What would a plan have to look like?")
def plan() -> None:
    draw.parts(sides, "plan")


@draw.fold("Did it move next door?")
def next_door() -> None:
    draw.parts(sides, "displacement")
    map_view.show(ask(change.round_area, case, area, crime_type)["map"], case, "evaluation")


@draw.fold("Is there a step at the start?")
def step() -> None:
    draw.parts(sides, "interrupted")


@draw.fold("Against a mixture of other places")
def mixture() -> None:
    draw.parts(sides, "synthetic")


@draw.fold("Was the baseline a bad year?")
def bad_year() -> None:
    draw.parts(sides, "years")


@draw.fold("How much harm do the recorded crimes stand for?")
def harm() -> None:
    draw.parts(sides, "harm")


draw.certificate(sides)
draw.notes(
    [
        "Each side has its own weakness; what several of them say is worth more than what one of them says.",
        "An area that was chosen because it was bad falls back by itself, and no method here can take that out altogether.",
        case.under_review(
            "What is counted is more ground than the patrolled streets: the patrols covered hotspots inside or across it."
        ),
    ]
)
