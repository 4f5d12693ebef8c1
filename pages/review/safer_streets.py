"""What did Safer Streets deliver, and what was recorded on its ground before and after?

Deliverables, two groups of crime, the ground next door, and what patrols on the same ground make impossible to tell.
"""

from analysis.topics import funding, programmes
from pages.frame import draw, filters, map_view, records, widgets
from pages.frame.asking import ask, desk

PROGRAMME = "safer_streets"

draw.question("What did Safer Streets deliver, and what was recorded on its ground before and after?")

case = filters.case()
name = case.programme(PROGRAMME).name
asked = desk().programmes(case)
streets = ask(programmes.answer, asked, PROGRAMME)
ground = ask(programmes.ground, asked, PROGRAMME)
answer, picture = draw.beside()
with answer:
    draw.cards(streets)
    draw.leads_without_cards(streets)
    draw.parts(
        ask(programmes.delivered_in_short, desk().programmes(case, records.in_use("deliverables")), name)
    )
with picture:
    shown, choice = draw.places(2)
with choice:
    crime_type = widgets.one_crime_type(case.crime_types, of=ground)
with shown:
    changed = ask(programmes.where, asked, PROGRAMME, crime_type)
    map_view.beside(changed.parts.get("map"), case, "programme")


@draw.fold("What was delivered?")
def delivered() -> None:
    given = records.use(
        "deliverables", case.under_review("The deliverables below are as the review published them.")
    )
    draw.parts(ask(programmes.delivered, desk().programmes(case, given), name))


@draw.fold("What changed, in words, and what cannot be told")
def in_words() -> None:
    draw.leads_behind_cards(streets)
    draw.parts(streets, "overlap", "about", "not isolated")


@draw.fold("Which ground?", of=ground)
def which_ground() -> None:
    draw.parts(ground)


evidence = ask(programmes.before_and_after, asked, PROGRAMME)


@draw.fold(programmes.since(asked, PROGRAMME, "How sure are we? "), of=evidence)
def before_and_after() -> None:
    draw.parts(evidence)


beside = ask(programmes.next_door, asked, PROGRAMME)


@draw.fold("Did it move next door?", of=beside)
def next_door() -> None:
    draw.parts(beside)


@draw.fold("The money")
def money() -> None:
    grants = records.use("funding", case.under_review("The sum below is as the review published it."))
    draw.parts(ask(funding.answer, desk().funding(case, grants), (name,)))


records.bring("deliverables", "funding")
draw.certificate(evidence)
draw.notes(
    [
        "The areas are proposals with a rule and a confidence rating; another choice of ground gives other counts.",
        "Where the patrols walked the same ground in the same months, the effects of the two programmes cannot be told apart.",
        "A column with a camera may bring more incidents into the record; a count that rises need not mean that more took place.",
        "What is counted is more ground than the streets on which packs, rails and columns were put.",
    ]
)
