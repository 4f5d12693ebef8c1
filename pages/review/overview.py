"""Are our town centres safer than before?

The review's outcomes table, recomputed from the months held, beside what the slide printed; and whether each change
can be told from what similar places did by themselves.
"""

from analysis.topics import change, published
from pages.frame import draw, filters, map_view, widgets
from pages.frame.asking import ask

draw.question("Are our town centres safer than before?")

case = filters.case()
overview = ask(change.answer, case)
draw.parts(overview, "periods")
draw.leads(overview)
draw.parts(overview, "slide")

draw.heading("Is the change more than ordinary variation?")
draw.parts(overview, "chance", "intervals", "evidence", "index", "together")

draw.heading("Where did it change?")
crime_type = widgets.one_crime_type(case.crime_types)
map_view.show(ask(change.where, case, crime_type)["map"], case, "overview")

draw.heading("Month by month")
draw.parts(overview, "monthly")

review = ask(published.answer, case)
draw.heading("Published against recomputed", of=review)
draw.parts(review, "differing")
draw.folded(review, "cells")

draw.notes(
    [
        "These are recorded incidents. A change in what is recorded can come from what people did, from what they reported, "
        "and from how it was counted; the figures cannot tell which.",
        "LSOAs are not the patrolled streets: the patrols covered hotspots inside or across them.",
        "Points are anonymised and only approximate; months are the finest time that police.uk publishes.",
        "The whole district contains the town centres under review, so the rest of it is the fairer yardstick, though "
        "not an untouched one: other patrols and programmes ran there too, or may have.",
    ]
)
