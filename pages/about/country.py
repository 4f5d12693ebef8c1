"""Where do centres stand out, in every force held, and is it more than chance?"""

from analysis.topics import country
from pages.frame import country_view, draw, widgets
from pages.frame.asking import ask, desk

draw.question("Where do centres stand out, in every force held?")

asked = desk().country()
draw.leads(ask(country.answer, asked))
crime_type = widgets.one_of("Crime type", country.types_of(asked), country.OPENS_WITH, "country_type")
judged = ask(country.answer, asked, crime_type)
picture, funnel = draw.beside(1, 1)
with picture:
    country_view.the_map(asked, crime_type)
with funnel:
    draw.parts(judged, "funnel")

draw.heading("One centre", judged)
sought = widgets.sought("Find a centre, district or force")
country_view.way_to_board(asked, sought)
draw.parts(ask(country.answer, asked, crime_type, sought), "centres")

draw.notes(
    [
        *country.remarks(asked),
        "This is no league table. Centres differ in size, trade and visitors, so they stand by name and never by how far out they are.",
        "A centre that stands out is a question for whoever knows it. With many places judged at once, one in twenty stands out "
        "by chance.",
        "A whole district is never judged: there are no similar places to set it beside.",
    ]
)
