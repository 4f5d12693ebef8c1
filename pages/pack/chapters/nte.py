"""Night-time: the board of five crime types, the funds and what they paid for, steps and concerns, hours, where."""

from analysis.topics import actions, funding, incidents, night_time, programmes
from pages.pack.sheet import Sheet

ALL_HOURS = "All hours: police.uk gives no time of day."


def fill(sheet: Sheet) -> None:
    """Put what pages/review/nte.py shows."""
    case = sheet.case
    months = sheet.ask(night_time.answer, case)
    held = funding.FundingCase(case, sheet.at.in_use("funding"))
    granted = sheet.ask(funding.granted_in_short, held, night_time.sums(case, held.records))
    sheet.board(night_time.by_night(case))
    sheet.parts(granted)
    sheet.parts(months, "ground")

    @sheet.fold("What was the money for?")
    def money() -> None:
        grants = sheet.use(
            "funding", case.text("night_time_sums_meanwhile", "So no sum of this office’s own is shown.")
        )
        sums = night_time.sums(case, grants)
        sheet.parts(sheet.ask(funding.answer, funding.FundingCase(case, grants), sums), "table", "figure")
        delivered = sheet.use(
            "deliverables",
            case.text("night_time_delivered_meanwhile", "So what the money paid for is not known here."),
        )
        bought = programmes.ProgrammeCase(case, delivered)
        funds = night_time.funds(case, delivered)
        paid = {fund: sheet.ask(programmes.delivered, bought, fund) for fund in funds}
        sheet.parts(night_time.paid_for(paid))

    @sheet.fold("Plan, next steps and areas of concern")
    def plan_and_steps() -> None:
        kept = sheet.use("actions", actions.meanwhile(case))
        plan = case.text("night_time_plan")
        sheet.parts(sheet.ask(actions.published, case, "nte", plan, "action plan"))
        sheet.parts(sheet.ask(actions.published, case, "nte", "Next steps", "next step"))
        sheet.parts(sheet.ask(actions.published, case, "nte", "Areas of concern", "concern"))
        sheet.parts(sheet.ask(actions.answer, actions.ActionsCase(case, kept), "nte"), "kept")

    @sheet.fold("In words, and month by month")
    def in_words() -> None:
        sheet.leads(months)
        sheet.parts(months, "monthly")

    @sheet.fold("How sure are we? Every change against the rest and against similar places")
    def every_change() -> None:
        sheet.parts(months, "evidence")

    @sheet.fold("Is December different?")
    def december() -> None:
        sheet.parts(months, "pattern", "december")

    @sheet.fold("At what hour?")
    def hours() -> None:
        sheet.text(
            "police.uk publishes the month of an incident and neither day nor hour, so nothing above is about the night by itself. "
            "Hours need records that have them."
        )
        timed = sheet.use("timed-incidents", "No hour of an incident can be shown.")
        sheet.parts(sheet.ask(night_time.hours, sheet.desk.night_time(case, timed)))

    @sheet.section("Where?")
    def where() -> None:
        sheet.map(sheet.ask(incidents.by_ground, case, night_time.NIGHT_TIME_TYPES, None, ALL_HOURS))

    sheet.certificate(months)
    sheet.notes(
        [
            "Drugs and weapons are mostly recorded because police looked for them: more of them may be more searching.",
            case.text("night_time_sums_note"),
            case.text(
                "night_time_ground_note",
                "The ground is that of the areas chosen; police.uk cannot tell what was recorded there by night.",
            ),
        ]
    )
