"""Where were most incidents recorded, and is it the same ground as before?"""

from analysis.topics import high_crime
from pages.frame import draw, filters, map_view, widgets
from pages.frame.asking import ask

draw.question("Where were most incidents recorded, and is it the same ground as before?")

case = filters.case()
answer, picture = draw.beside(1, 1)
with answer:
    ranking, choice = draw.places(2)
with picture:
    type_choice, shown, view_choice = draw.places(3)
with type_choice:
    crime_type = widgets.one_crime_type(case.crime_types)
with choice:
    number = widgets.how_many("Places shown", [5, 10, 15, 20, 30, 50], 10, "places")
with view_choice:
    view = widgets.one_view("Show on the map", high_crime.VIEWS, high_crime.HIGH_TOGETHER, "high_view")
ranked = ask(high_crime.answer, case, crime_type, number)
with ranking:
    draw.parts(ranked, "stayed", "ranking")
with shown:
    map_view.beside(ask(high_crime.where, case, crime_type, view)["map"], case, "high-crime")


@draw.fold("The same places as before?")
def same_places() -> None:
    draw.parts(ranked, "persistence")


@draw.fold("How much of it is in how few places?")
def concentration() -> None:
    draw.parts(ranked, "concentration")


@draw.fold("How sure are we? High together with their neighbours")
def high_together() -> None:
    draw.parts(ranked, "gi_star")


@draw.fold("New, lasting or fading?")
def emerging() -> None:
    draw.parts(ranked, "emerging")


draw.certificate(ranked)
draw.notes(
    [
        "These are high-crime places by count of recorded incidents. A hotspot is a place designated for patrol, and that is not "
        "in these data.",
        "A place is the same land in both periods, though the small areas that are counted were redrawn in 2021.",
    ]
)
