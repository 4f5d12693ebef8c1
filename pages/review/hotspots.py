"""What did the hotspot patrols do, and what was recorded on the ground they walked?

The review's patrols, recomputed from a log once one is given; dosage beside outcome; the two figures on ASB; the money.
"""

from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line
from analysis.topics.funding.show.funding_figure import funding_figure, funding_table
from analysis.topics.patrols.measure.dosage import months_without_patrol, patrol_ratios, patrol_week
from analysis.topics.patrols.show.dosage_figures import week_figure
from analysis.topics.patrols.show.patrol_tables import (
    costs_table,
    months_without_table,
    patrols_table,
    ratios_table,
    two_asb_table,
)
from analysis.topics.programmes.show.programme_tables import deliverables_table
from pages.shell import hotspots, money, page, patrol_map, programmes, records, selection, tables

page.question("What did the hotspot patrols do, and what was recorded on the ground they walked?")

chosen = selection.current()
held = records.use("patrol-log", "The patrols below are as the review published them, and not recomputed.")
patrols = hotspots.patrols(held)
period = patrols.period.label
page.answers(hotspots.answers(chosen, patrols))
page.text(programmes.PURPOSE)

page.table(patrols_table(patrols.table, period, patrols.source, log=patrols.log))
page.table(ratios_table(patrol_ratios(patrols.table), hotspots.shares(patrols), period, patrols.source))

page.heading("Where were the patrols?")
with page.part():
    patrol_map.draw(chosen, patrols)

page.heading("When were the patrols?")
with page.part():
    page.figure(week_figure(patrol_week(patrols.needed_log), period, patrols.source))
    page.table(
        months_without_table(
            months_without_patrol(patrols.needed_log, patrols.period), period, patrols.source
        )
    )

page.heading("Dosage against outcome")
with page.part():
    place = hotspots.place(chosen, patrols)
    page.figure(hotspots.dosage_of(chosen, patrols, place))
with page.part():
    pair = hotspots.pair(chosen, patrols)
    page.text(hotspots.months_line(chosen, patrols))
    page.table(evidence_table(hotspots.evidence(chosen, patrols), pair.baseline, pair.comparison))

page.heading("Why do two figures on anti-social behaviour differ?")
with page.part():
    page.table(
        two_asb_table(
            hotspots.police_asb(chosen),
            tables.published_check(chosen),
            periods_line(*programmes.REVIEW_PERIODS),
        )
    )

page.heading("What did it cost?")
grants = records.use("funding", "The sums below are as the review published them.")
with page.part():
    sums = money.funding(grants, ("ASB Hotspots",))
    page.figure(funding_figure(sums.table, sums.source, beside={"Patrols counted above": patrols.period}))
    page.table(funding_table(sums.table, sums.source))
    page.table(costs_table(hotspots.costs(chosen, patrols, sums.table), sums.source))
with page.part():
    page.table(deliverables_table(*programmes.published_deliverables("ASB Hotspots")))

records.bring("patrol-log", "funding")
page.notes(
    [
        "LSOAs are not the patrolled streets: the patrols covered hotspots inside or across them, so what was recorded in an "
        "LSOA includes streets without a patrol.",
        "Ground entered as patrolled, for any of Cleveland’s four pilots, is taken out of the similar places and of every comparator.",
        "The patrols of the review ran from August 2023; the review’s comparison year begins in July 2023, so one of its twelve months "
        "had none. The verdict here is for the patrolled months alone.",
        "A place that was chosen because it was bad tends to fall back by itself, patrols or not.",
    ]
)
