"""What was funded for the night-time economy, and what was recorded month by month on its ground?

The two funds and what each paid for, next steps and concerns; five crime types by month; hours only from records that
have them.
"""

from analysis.drawing.evidence.evidence_tables import evidence_table
from analysis.topics.actions.show.action_tables import kept_actions_table, published_actions_table
from analysis.topics.funding.show.funding_figure import funding_table
from analysis.topics.night_time.show.night_figures import pattern_figure
from analysis.topics.night_time.show.night_tables import december_table, places_table
from pages.shell import actions, incident_map, night_time, page, records, selection, tables

page.question("What was funded for the night-time economy, and what was recorded on its ground?")

chosen = selection.current()
asked = night_time.asked(chosen)
page.answers(tables.lead_sentences(asked))
page.text(night_time.GROUND)

page.heading("What was the money for?")
grants = records.use("funding", "The sums below are as the review published them.")
sums = night_time.funds(grants)
page.table(funding_table(sums.table, sums.source))
page.figure(night_time.timeline(sums))
delivered = records.use("deliverables", "What each fund paid for is below as the review published it.")
page.table(night_time.paid_for(delivered, night_time.FUND))
page.table(night_time.paid_for(delivered, night_time.DUTY))

page.heading("Plan, next steps and areas of concern")
held = records.use("actions", actions.MEANWHILE)
page.table(
    published_actions_table(actions.published("nte", "action plan"), "The NTE Action Plan was coproduced")
)
page.table(published_actions_table(actions.published("nte", "next step"), "Next steps"))
page.table(published_actions_table(actions.published("nte", "concern"), "Areas of concern"))
with page.part():
    page.table(kept_actions_table(actions.kept(held, "nte"), held.source))

page.heading("Month by month")
page.figure(night_time.monthly(chosen))
page.table(evidence_table(tables.evidence(asked), chosen.baseline, chosen.comparison))

page.heading("Where?")
with page.part():
    incident_map.draw_types(asked, "nte")

page.heading("Is December different?")
page.figure(pattern_figure(night_time.patterns(chosen), night_time.span(chosen)))
page.table(december_table(night_time.december(chosen), night_time.span(chosen)))

page.heading("At what hour?")
page.text(night_time.NO_HOURS)
timed = records.use("timed-incidents", "No hour of an incident can be shown.")
with page.part():
    page.figure(night_time.timed(timed))
    page.table(places_table(timed.needed, night_time.days(timed), timed.source))
with page.part():
    page.figure(night_time.searches(chosen))

records.bring("timed-incidents", "actions", "funding", "deliverables")
page.notes(
    [
        "Drugs and weapons are mostly recorded because police looked for them: more of them may be more searching.",
        "The review gives the two sums as lower limits (“over”), and no day for the second.",
        "The ground is chosen for its night-time trade; police.uk cannot tell what was recorded there by night.",
    ]
)
