"""Which incidents were recorded, where and when, and what came of them?

Any months, crime types, places and last outcomes: the trend, the rows, and a download that says its own filters.
"""

from analysis.topics.incidents.show.incident_tables import trend_figure
from pages.shell import incident_map, incidents, page, selection

page.question("Which incidents were recorded, where and when, and what came of them?")

chosen = selection.current()
asked = incidents.ask(chosen)
page.heading("Where?")
with page.part():
    incident_map.draw(chosen, asked)

page.heading("When?")
page.figure(trend_figure(incidents.trend(asked), asked.filters, asked.period))

page.heading("Which ones?")
incidents.draw(asked)

page.notes(
    [
        "A list of recorded incidents is not a list of what took place: what was not reported is not in it.",
        "Months are the finest time that police.uk publishes; there is no day and no hour.",
        "Last outcomes are those known when the release was made. The two years held may come from different releases, so outcomes of "
        "different months cannot be compared.",
        "Incidents without an LSOA are in the list of the whole force and in no smaller place.",
    ]
)
