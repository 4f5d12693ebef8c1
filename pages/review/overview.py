"""Are our town centres safer than before?

The review's outcomes table, recomputed from the months held, beside what the slide printed; and whether each change
can be told from what similar places did by themselves.
"""

from analysis.topics import change, published
from pages.frame import board, draw, filters, first_visit, map_view, widgets
from pages.frame.asking import ask

title = draw.question("Are our town centres safer than before?")

first_visit.steps()
case = filters.case()
draw.question(change.question(case), title)
board.show(case)

review = ask(published.answer, case)


@draw.fold(published.headline(case), of=review)
def published_figures() -> None:
    draw.parts(review, "differing")
    draw.folded(review, "cells")


overview = ask(change.answer, case)


@draw.fold("The table of the slide: counts, differences and percentages")
def slide() -> None:
    draw.parts(overview, "periods", "slide")


@draw.fold("How sure are we? Every change against the rest and against similar places")
def every_change() -> None:
    draw.leads(overview)
    draw.parts(overview, "chance", "intervals", "evidence", "index", "together")


@draw.fold("Month by month, every crime type")
def monthly() -> None:
    draw.parts(overview, "monthly")


@draw.section("Where did it change?")
def where() -> None:
    crime_type = widgets.one_crime_type(case.crime_types)
    map_view.show(ask(change.where, case, crime_type)["map"], case, "overview")


draw.certificate(overview)

draw.notes(
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
