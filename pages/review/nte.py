"""What was funded for the night-time economy, and what was recorded month by month on its ground?

The funds and what each paid for, next steps and concerns; five crime types by month; hours only from records that
have them.
"""

from analysis.topics import actions, funding, incidents, night_time, programmes
from pages.frame import board, draw, filters, map_view, records
from pages.frame.asking import ask, ask_each, desk

draw.question("What was funded for the night-time economy, and what was recorded on its ground?")

case = filters.case()
months = ask(night_time.answer, case)
held = funding.FundingCase(case, records.in_use("funding"))
granted = ask(funding.granted_in_short, held, night_time.sums(case, held.records))
board.show(night_time.by_night(case), lambda: draw.parts(granted))
draw.parts(months, "ground")


@draw.fold("What was the money for?")
def money() -> None:
    grants = records.use(
        "funding", case.text("night_time_sums_meanwhile", "So no sum of this office’s own is shown.")
    )
    draw.parts(
        ask(funding.answer, funding.FundingCase(case, grants), night_time.sums(case, grants)),
        "table",
        "figure",
    )
    delivered = records.use(
        "deliverables",
        case.text("night_time_delivered_meanwhile", "So what the money paid for is not known here."),
    )
    paid = ask_each(
        programmes.delivered, programmes.ProgrammeCase(case, delivered), night_time.funds(case, delivered)
    )
    draw.parts(night_time.paid_for(paid))


@draw.fold("Plan, next steps and areas of concern")
def plan_and_steps() -> None:
    kept = records.use("actions", actions.meanwhile(case))
    plan = case.text("night_time_plan")
    draw.parts(ask(actions.published, case, "nte", plan, "action plan"))
    draw.parts(ask(actions.published, case, "nte", "Next steps", "next step"))
    draw.parts(ask(actions.published, case, "nte", "Areas of concern", "concern"))
    draw.parts(ask(actions.answer, actions.ActionsCase(case, kept), "nte"), "kept")


@draw.fold("In words, and month by month")
def in_words() -> None:
    draw.leads(months)
    draw.parts(months, "monthly")


@draw.fold("How sure are we? Every change against the rest and against similar places")
def every_change() -> None:
    draw.parts(months, "evidence")


@draw.fold("Is December different?")
def december() -> None:
    draw.parts(months, "pattern", "december")


@draw.fold("At what hour?")
def hours() -> None:
    draw.text(
        "police.uk publishes the month of an incident and neither day nor hour, so nothing above is about the night by itself. "
        "Hours need records that have them."
    )
    timed = records.use("timed-incidents", "No hour of an incident can be shown.")
    draw.parts(ask(night_time.hours, desk().night_time(case, timed)))


ALL_HOURS = "All hours: police.uk gives no time of day."


@draw.section("Where?")
def where() -> None:
    map_view.play(
        lambda month: ask(incidents.by_ground, case, night_time.NIGHT_TIME_TYPES, month, ALL_HOURS),
        case.comparison.months,
        case,
        "nte",
    )


records.bring("timed-incidents", "actions", "funding", "deliverables")
draw.certificate(months)
draw.notes(
    [
        "Drugs and weapons are mostly recorded because police looked for them: more of them may be more searching.",
        case.text("night_time_sums_note"),
        case.text(
            "night_time_ground_note",
            "The ground is that of the areas chosen; police.uk cannot tell what was recorded there by night.",
        ),
    ]
)
