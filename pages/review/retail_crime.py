"""Where was shoplifting recorded, at which shops again and again, and what is being done?

Open data by place and approximate point; the office's register by shop, with plans, value and evidence passed; the
review's plan, summit and meetings as a timeline.
"""

from analysis.topics.actions.show.action_tables import kept_actions_table, published_actions_table
from analysis.topics.actions.show.timeline_figure import timeline_figure
from analysis.topics.retail.show.open_tables import outcomes_table
from analysis.topics.retail.show.pareto_figure import pareto_figure
from analysis.topics.retail.show.register_tables import (
    districts_table,
    passed_table,
    repeat_table,
    top_table,
    value_table,
)
from analysis.topics.retail.show.shoplifting_table import shoplifting_table
from pages.shell import actions, page, records, retail, retail_map, selection

page.question("Where was shoplifting recorded, and at which shops again and again?")

chosen = selection.current()
page.answers(retail.answers(chosen))
page.table(
    shoplifting_table(
        retail.evidence(chosen), chosen.baseline, chosen.comparison, show_small=chosen.show_small
    )
)
page.figure(retail.monthly(chosen))

page.heading("At which shops, again and again?")
threshold = retail.threshold()
register = records.use("retail-register", "Open data knows no shop; below are approximate points.")
plans = records.use("shop-plans", "No contact and no plan of a shop can be shown.")
period, source = chosen.comparison, register.source
with page.part():
    page.table(repeat_table(register.needed, period, chosen.baseline, threshold=threshold, source=source))
    page.table(districts_table(register.needed, period, threshold=threshold, source=source))
    page.table(top_table(register.needed, plans.table, period, source=source, plans_source=plans.source))
    page.table(value_table(register.needed, period, source=source))
    page.table(passed_table(register.needed, period, source=source))
    page.figure(pareto_figure(register.needed, period, source))

page.heading("Where open data points to, which is never a shop")
with page.part():
    retail_map.draw(chosen, register, threshold)
with page.part():
    page.table(retail.points(chosen, threshold))

page.heading("What came of it?")
with page.part():
    page.table(outcomes_table(retail.last_outcomes(chosen), chosen.baseline, chosen.comparison))

page.heading("Plan, summit and scrutiny")
held = records.use("actions", actions.MEANWHILE)
page.figure(timeline_figure(actions.timeline(held, "retail_crime"), "Retail crime", held.source))
page.table(
    published_actions_table(
        actions.published("retail_crime"), "What the review says is done, planned and worried about"
    )
)
with page.part():
    page.table(kept_actions_table(actions.kept(held, "retail_crime"), held.source))

records.bring("retail-register", "shop-plans", "actions")
page.notes(
    [
        "Recorded shoplifting is what was reported and recorded; how much shops report changes from shop to shop and year to year.",
        "Counts under 5 from the register are shown as “fewer than 5”, and what would give them away is hidden.",
        "Shops are named from the office’s own register alone, never from open data.",
    ]
)
