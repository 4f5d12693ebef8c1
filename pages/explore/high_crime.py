"""Where were most incidents recorded, and is it the same ground as before?"""

from analysis.topics import high_crime
from pages.frame import draw, filters, map_view, widgets
from pages.frame.asking import ask

draw.question("Where were most incidents recorded, and is it the same ground as before?")

case = filters.case()
crime_type = widgets.one_crime_type(case.crime_types)
number = widgets.how_many("Places shown", [5, 10, 15, 20, 30, 50], 10, "places")

ranked = ask(high_crime.answer, case, crime_type, number)
draw.parts(ranked, "concentration", "ranking")

draw.heading("Where?")
view = widgets.one_view("Show on the map", high_crime.VIEWS, high_crime.HIGH_TOGETHER, "high_view")
map_view.show(ask(high_crime.where, case, crime_type, view)["map"], case, "high-crime")

draw.heading("The same places as before?")
draw.parts(ranked, "persistence")

draw.heading("High together with their neighbours")
draw.parts(ranked, "gi_star")

draw.heading("New, lasting or fading?")
draw.parts(ranked, "emerging")

draw.certificate(ranked)
draw.notes(
    [
        "These are high-crime places by count of recorded incidents. A hotspot is a place designated for patrol, and that is not "
        "in these data.",
        "The units are common ground that the 2011 and the 2021 LSOAs share, so a place is the same land in both periods.",
    ]
)
