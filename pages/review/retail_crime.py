"""Where was shoplifting recorded, at which shops again and again, and what is being done?

Open data by place and approximate point; the office's register by shop, with plans, value and evidence passed; the
Neighbourhood Policing Guarantee's measures by quarter; plans, summits and meetings as a timeline.
"""

from analysis.topics import actions, guarantee, retail
from pages.frame import draw, filters, map_view, records, widgets
from pages.frame.asking import ask, desk

draw.question("Where was shoplifting recorded, and at which shops again and again?")

case = filters.case()
recorded = ask(retail.answer, case)
screen, whose = draw.places(2)
with whose:
    threshold = widgets.slide(
        "Offences from which a shop (or point) is listed",
        retail.THRESHOLDS,
        retail.REPEAT_THRESHOLD,
        "repeat",
    )
    register = records.use("retail-register", "Open data knows no shop; above are approximate points.")
    plans = records.use("shop-plans", "No contact and no plan of a shop can be shown.")
    view = widgets.one_view("Show on the map", retail.views(register), retail.POINTS, "retail_view")
shops = desk().retail(case, register, plans)
with screen:
    answer, picture = draw.beside()
with answer:
    draw.cards(recorded)
with picture:
    map_view.beside(ask(retail.where, shops, threshold, view)["map"], case, "retail")


@draw.fold("In words, and every district: shoplifting recorded, month by month")
def in_words() -> None:
    draw.leads(recorded)
    draw.parts(recorded, "shoplifting", "monthly")


@draw.fold("At which shops, again and again?")
def shops_again() -> None:
    draw.parts(ask(retail.shops, shops, threshold))


@draw.fold("Approximate points with most shoplifting, which are never a shop")
def points() -> None:
    draw.parts(ask(retail.approximate_points, shops, threshold))


@draw.fold("What came of it? Last outcomes")
def outcomes() -> None:
    draw.parts(ask(retail.last_outcomes, shops))


@draw.fold("What does the Neighbourhood Policing Guarantee count here? By quarter, with positive outcomes")
def policing_guarantee() -> None:
    counts = ask(guarantee.answer, desk().guarantee(case))
    draw.leads(counts)
    draw.parts(counts)


@draw.fold("Plan, summit and scrutiny")
def plan_and_summit() -> None:
    own_actions = records.use("actions", actions.meanwhile(case))
    draw.parts(ask(actions.answer, actions.ActionsCase(case, own_actions), "retail_crime"))


records.bring("retail-register", "shop-plans", "actions")
draw.certificate(recorded)
draw.notes(
    [
        "Recorded shoplifting is what was reported and recorded; how much shops report changes from shop to shop and year to year.",
        "The register is shown by whole quarters: counts under 5 are hidden, and what would give them away.",
        "Shops are named from the office’s own register alone, never from open data.",
    ]
)
