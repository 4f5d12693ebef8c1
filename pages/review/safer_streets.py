"""What did Safer Streets deliver, and what was recorded on its ground before and after?

£331k over 18 months from October 2023, Portrack & Tilery and Ropner: deliverables, two groups of crime, and what the
patrols on the same ground make impossible to tell.
"""

from analysis.drawing.evidence.evidence_tables import evidence_table
from analysis.topics.funding.show.funding_figure import funding_figure, funding_table
from analysis.topics.programmes.measure.programme_ground import NOT_ISOLATED
from analysis.topics.programmes.show.programme_tables import (
    areas_table,
    before_after_table,
    deliverables_table,
    ring_table,
)
from pages.shell import money, page, programme_map, programmes, records, selection

page.question("What did Safer Streets deliver, and what was recorded on its ground before and after?")

chosen = selection.current()
with page.part():
    page.answers(programmes.answers(chosen))
with page.part():
    page.text(programmes.overlaps(chosen))
page.text(
    "£331k over 18 months from the Home Office and the OPCC, from October 2023, for Stockton Town Centre (Portrack and Tilery "
    "area) and Ropner: to tackle ASB, neighbourhood crime and violence against women and girls (VAWG)."
)
page.text(NOT_ISOLATED)

page.heading("What was delivered?")
held = records.use("deliverables", "The deliverables below are as the review published them.")
page.table(deliverables_table(*programmes.deliverables(held, programmes.SAFER_STREETS)))

page.heading("Which ground?")
with page.part():
    page.table(areas_table(programmes.areas_of(chosen, programmes.SAFER_STREETS)))

with page.part():
    programme_map.draw(chosen, programmes.SAFER_STREETS)

page.heading("Before and after October 2023")
with page.part():
    pair = programmes.pair(chosen)
    evidence = programmes.evidence(chosen)
    page.table(
        before_after_table(evidence, programmes.second_evidence(chosen), pair, show_small=chosen.show_small)
    )
    page.table(evidence_table(evidence, pair.baseline, pair.comparison))

page.heading("Did it move next door?")
with page.part():
    page.table(ring_table(programmes.rings(chosen), programmes.pair(chosen)))
with page.part():
    page.table(programmes.displacement_of(chosen))

page.heading("The money")
grants = records.use("funding", "The sum below is as the review published it.")
with page.part():
    sums = money.funding(grants, (programmes.SAFER_STREETS,))
    page.figure(funding_figure(sums.table, sums.source))
    page.table(funding_table(sums.table, sums.source))

records.bring("deliverables", "funding")
page.notes(
    [
        "The areas are proposals with a rule and a confidence rating; another choice of LSOAs gives other counts.",
        "Where the patrols walked the same ground in the same months, the effects of the two programmes cannot be told apart.",
        "A column with a camera may bring more incidents into the record; a count that rises need not mean that more took place.",
        "LSOAs are more ground than the streets on which packs, rails and columns were put.",
    ]
)
