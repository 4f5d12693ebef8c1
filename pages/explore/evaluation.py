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

with draw.fold("How sure are we? In words, the ratio to the rest, its interval and the similar places"):
    draw.leads(sides)
    draw.parts(sides, "evidence")
printed = ask(evaluation.printed, case, area, crime_type)
with draw.fold("What the review printed", of=printed):
    draw.parts(printed)
with draw.fold("Recorded against expected, month by month"):
    draw.parts(sides, "design")
with draw.fold("What would a plan have to look like?"):
    draw.parts(sides, "plan")
with draw.fold("Did it move next door?"):
    draw.parts(sides, "displacement")
    map_view.show(ask(change.round_area, case, area, crime_type)["map"], case, "evaluation")
with draw.fold("Is there a step at the start?"):
    draw.parts(sides, "interrupted")
with draw.fold("Against a mixture of untreated places"):
    draw.parts(sides, "synthetic")
with draw.fold("Was the baseline a bad year?"):
    draw.parts(sides, "years")
with draw.fold("How much harm do the recorded crimes stand for?"):
    draw.parts(sides, "harm")

draw.certificate(sides)
draw.notes(
    [
        "Each side has its own weakness; what several of them say is worth more than what one of them says.",
        "An area that was chosen because it was bad falls back by itself, and no method here can take that out altogether.",
        "LSOAs are not the patrolled streets: the patrols covered hotspots inside or across them.",
    ]
)
