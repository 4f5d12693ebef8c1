"""Which incidents were recorded, where and when, and what came of them?

Any months, crime types, places and last outcomes: the trend, the rows, and a download that says its own filters.
"""

from analysis.topics import incidents
from pages.frame import draw, filters, incident_filters, incident_map
from pages.frame.asking import ask, desk

draw.question("Which incidents were recorded, where and when, and what came of them?")

case = filters.case()
question = incident_filters.draw(case)
listed = desk().incidents(case, question)
recorded = ask(incidents.answer, listed)
picture, months = draw.beside(7, 5)
with picture:
    incident_map.show(listed)
with months:
    draw.parts(recorded, "trend")


@draw.section("Which ones?")
def which_ones() -> None:
    draw.parts(recorded, "list")


draw.certificate(recorded)
draw.notes(
    [
        "A list of recorded incidents is not a list of what took place: what was not reported is not in it.",
        "Months are the finest time that police.uk publishes; there is no day and no hour.",
        "Last outcomes are those known when the release was made. The two years held may come from different releases, so outcomes of "
        "different months cannot be compared.",
        "Incidents without a location are in the list of the whole force and in no smaller place.",
    ]
)
