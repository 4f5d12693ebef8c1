"""Where were most incidents recorded, and is it the same ground as before?"""

from analysis.topics.high_crime.show.concentration_figure import concentration_figure
from analysis.topics.high_crime.show.place_tables import (
    emerging_table,
    gi_star_table,
    persistence_table,
    ranking_table,
)
from pages.shell import high_crime_map, page, places, selection

page.question("Where were most incidents recorded, and is it the same ground as before?")

chosen = selection.current()
crime_type = selection.one_crime_type(chosen)
n = selection.how_many_places()
names = places.names(chosen.force)

before, after = places.rankings(chosen, crime_type)
page.figure(concentration_figure(*places.curve(after), crime_type.lower(), chosen.comparison.label))
page.table(ranking_table(after, n, names, crime_type, chosen.comparison))

page.heading("Where?")
with page.part():
    high_crime_map.draw(chosen, crime_type)

page.heading("The same places as before?")
with page.part():
    page.table(persistence_table(places.persistence(before, after, n), before, after, names, crime_type))

page.heading("High together with their neighbours")
with page.part():
    page.table(gi_star_table(places.gi_star(chosen, crime_type), names, crime_type, chosen.comparison))

page.heading("New, lasting or fading?")
with page.part():
    page.table(emerging_table(places.emerging(chosen, crime_type), names, crime_type))

page.notes(
    [
        "These are high-crime places by count of recorded incidents. A hotspot is a place designated for patrol, and that is not "
        "in these data.",
        "The units are common ground that the 2011 and the 2021 LSOAs share, so a place is the same land in both periods.",
    ]
)
