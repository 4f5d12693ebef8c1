"""Where do people feel unsafe, and are incidents recorded there?

Felt unsafe against recorded incidents, place by place, from the office's survey; the review's question and its answers.
"""

from analysis.topics.actions.show.action_tables import kept_actions_table, published_actions_table
from analysis.topics.perceptions.show.perception_table import perception_table
from analysis.topics.perceptions.show.quadrant_figure import perception_figure
from pages.shell import actions, page, perception_map, perceptions, records, selection

page.question("Where do people feel unsafe, and are incidents recorded there?")

chosen = selection.current()
page.text(
    "The review: the Safety of Women and Girls survey identified areas that people perceived to be unsafe but showed very few "
    "incidents in the crime data. It names none of them, so they need the survey itself."
)

page.heading("Felt unsafe against recorded incidents")
answers = records.use("perception-survey", "The review gives no figure of the survey.")
what = perceptions.counted(chosen)
with page.part():
    found = perceptions.survey(chosen, answers)
    page.table(perception_table(found, what, answers.source))
    page.figure(perception_figure(found, what, answers.source))
    perception_map.draw(chosen, answers, found)

page.heading(perceptions.QUESTION)
held = records.use("actions", actions.MEANWHILE)
page.table(published_actions_table(actions.published("perceptions", "answer"), "The review’s three answers"))
page.table(
    published_actions_table(
        actions.published("perceptions", "summit"), "The summit that the second answer names"
    )
)
with page.part():
    page.table(kept_actions_table(actions.kept(held, "perceptions"), held.source))

records.bring("perception-survey", "actions")
page.notes(
    [
        "A survey says what its respondents felt; who answered is not who was there.",
        "Few recorded incidents can mean that few took place, that few were reported, or that people stay away.",
        "Violence against women and girls cannot be told apart in police.uk’s crime types.",
        "Places with fewer than 10 respondents are hidden.",
    ]
)
