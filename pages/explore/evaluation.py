"""Did this area change more than it would have by itself?

One area, crime type and start month, looked at from each side, with what the review printed beside it.
"""

from analysis.drawing.evidence.evidence_tables import evidence_table, months_line, periods_line
from analysis.topics.change.show.pooled_table import plan_table
from analysis.topics.evaluation.show.evaluation_figures import (
    interrupted_figure,
    placebo_figure,
    synthetic_figure,
)
from analysis.topics.evaluation.show.evaluation_tables import (
    design_table,
    displacement_table,
    earlier_years_table,
    harm_table,
    printed_table,
)
from pages.shell import change_map, evaluation, page, selection

page.question("Did this area change more than it would have by itself?")

chosen = selection.current()
asked = selection.question(chosen)
name, crime_type = asked.place.name, asked.crime_type
periods = periods_line(chosen.baseline, chosen.comparison)

with page.part():
    page.answers(evaluation.verdict(asked))
    page.table(evidence_table(evaluation.evidence(asked), chosen.baseline, chosen.comparison))
with page.part():
    page.table(printed_table(evaluation.published(asked), name, crime_type))

page.heading("What did similar places do by themselves?")
with page.part():
    page.figure(placebo_figure(evaluation.placebo(asked), name, periods))

page.heading("Recorded against expected, month by month")
with page.part():
    page.table(design_table(evaluation.design(asked), name))

page.heading("What would a plan have to look like?")
with page.part():
    page.table(plan_table(evaluation.evidence(asked).iloc[0], len(chosen.comparison)))

page.heading("Did it move next door?")
with page.part():
    page.table(displacement_table(evaluation.displacement(asked), name, crime_type, periods))

with page.part():
    change_map.show_one(chosen, crime_type, asked.place, "evaluation")

page.heading("Is there a step at the start?")
with page.part():
    page.figure(interrupted_figure(evaluation.interrupted(asked), name, crime_type))

page.heading("Against a mixture of untreated places")
with page.part():
    page.figure(synthetic_figure(evaluation.synthetic(asked), name, crime_type))

page.heading("Was the baseline a bad year?")
with page.part():
    page.table(earlier_years_table(evaluation.years(asked), name, crime_type))

page.heading("How much harm do the recorded crimes stand for?")
with page.part():
    months = months_line(evaluation.evidence(asked))
    page.table(harm_table(*evaluation.harm_of(asked), name, periods, months))

page.notes(
    [
        "Each side has its own weakness; what several of them say is worth more than what one of them says.",
        "An area that was chosen because it was bad falls back by itself, and no method here can take that out altogether.",
        "LSOAs are not the patrolled streets: the patrols covered hotspots inside or across them.",
    ]
)
