"""Are our town centres safer than a year before?

The review's outcomes table, recomputed from the months held, beside what the slide printed; and whether each change
stands out from what places like it did by themselves.
"""

from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line, slide_table
from analysis.drawing.monthly import monthly_figure
from analysis.topics.change.show.intervals import interval_figure
from analysis.topics.change.show.pooled_table import pooled_table
from analysis.topics.published.show.published_tables import differing_table, every_cell_table
from pages.shell import change_map, page, selection, tables

page.question("Are our town centres safer than a year before?")

chosen = selection.current()
periods = periods_line(chosen.baseline, chosen.comparison)
evidence = tables.evidence(chosen)

page.answers(tables.lead_sentences(chosen))

page.table(slide_table(evidence, chosen.baseline, chosen.comparison, show_small=chosen.show_small))

page.heading("Is the change more than ordinary variation?")
page.text(tables.by_chance(chosen))
page.figure(interval_figure(evidence, periods))
page.table(evidence_table(evidence, chosen.baseline, chosen.comparison))

with page.part():
    page.table(pooled_table(evidence, chosen.baseline, chosen.comparison))

page.heading("Where did it change?")
with page.part():
    change_map.draw(chosen, "overview")

page.heading("Month by month")
page.figure(
    monthly_figure(
        tables.cube(chosen.force),
        tables.chosen_areas(chosen),
        chosen.crime_types,
        chosen.baseline,
        chosen.comparison,
        tables.breaks(chosen),
    )
)

page.heading("Published against recomputed")
page.table(differing_table(tables.published_check(chosen)))
page.folded(every_cell_table(tables.published_check(chosen)))

page.notes(
    [
        "These are recorded incidents. A change in what is recorded can come from what people did, from what they reported, "
        "and from how it was counted; the figures cannot tell which.",
        "LSOAs are not the patrolled streets: the patrols covered hotspots inside or across them.",
        "Points are anonymised and only approximate; months are the finest time that police.uk publishes.",
        "The whole district contains the town centres under review, so the rest of it is the fairer yardstick, though "
        "not an untouched one: other patrols and programmes ran there too, or may have.",
    ]
)
