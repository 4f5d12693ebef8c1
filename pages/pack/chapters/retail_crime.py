"""Retail: recorded shoplifting by place, the shops of a register, points, outcomes, the Guarantee, plans."""

from analysis.topics import actions, guarantee, retail
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/review/retail_crime.py shows."""
    case, threshold = sheet.case, retail.REPEAT_THRESHOLD
    recorded = sheet.ask(retail.answer, case)
    register = sheet.use(
        "retail-register", "Open data knows no shop; above are approximate points.", below=True
    )
    plans = sheet.use("shop-plans", "No contact and no plan of a shop can be shown.", below=True)
    shops = sheet.desk.retail(case, register, plans)
    sheet.parts(recorded, "cards")
    sheet.map(sheet.ask(retail.where, shops, threshold, retail.POINTS))

    @sheet.fold("In words, and every district: shoplifting recorded, month by month")
    def in_words() -> None:
        sheet.leads(recorded)
        sheet.parts(recorded, "shoplifting", "monthly")

    @sheet.fold("At which shops, again and again?")
    def shops_again() -> None:
        sheet.parts(sheet.ask(retail.shops, shops, threshold))

    @sheet.fold("Approximate points with most shoplifting, which are never a shop")
    def points() -> None:
        sheet.parts(sheet.ask(retail.approximate_points, shops, threshold))

    @sheet.fold("What came of it? Last outcomes")
    def outcomes() -> None:
        sheet.parts(sheet.ask(retail.last_outcomes, shops))

    @sheet.fold(
        "What does the Neighbourhood Policing Guarantee count here? By quarter, with positive outcomes"
    )
    def policing_guarantee() -> None:
        counts = sheet.ask(guarantee.answer, sheet.desk.guarantee(case))
        sheet.leads(counts)
        sheet.parts(counts)

    @sheet.fold("Plan, summit and scrutiny")
    def plan_and_summit() -> None:
        own_actions = sheet.use("actions", actions.meanwhile(case))
        sheet.parts(sheet.ask(actions.answer, actions.ActionsCase(case, own_actions), "retail_crime"))

    sheet.certificate(recorded)
    sheet.notes(
        [
            "Recorded shoplifting is what was reported and recorded; how much shops report changes from shop to shop and year to year.",
            "The register is shown by whole quarters: counts under 5 are hidden, and what would give them away.",
            "Shops are named from the office’s own register alone, never from open data.",
        ]
    )
