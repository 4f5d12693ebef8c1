"""Hotspots: what the patrols did, dosage beside outcome, what was recorded after them, two figures on ASB, the money."""

from analysis.topics import funding, patrols, programmes
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/review/hotspots.py shows."""
    case = sheet.case
    programme = case.programme("hotspots").name
    log = sheet.use(
        "patrol-log",
        case.under_review("The patrols above are as the review published them, and not recomputed."),
        below=True,
    )
    asked = sheet.desk.patrols(case, log)
    patrolled = sheet.ask(patrols.answer, asked)
    sheet.parts(patrolled, "cards")
    sheet.leads_without_cards(patrolled)
    sheet.map(sheet.ask(patrols.where, asked, False, None))
    sheet.small(patrolled, "no months")

    @sheet.fold("In words, and patrols by place: number, time, people spoken to", of=patrolled)
    def patrols_by_place() -> None:
        sheet.leads_behind_cards(patrolled)
        sheet.parts(patrolled, "purpose", "patrols", "ratios")

    @sheet.fold("When were the patrols?", of=patrolled)
    def when() -> None:
        sheet.parts(patrolled, "week", "months without")

    @sheet.fold("Patrol time against what was recorded, month by month", of=patrolled)
    def dosage() -> None:
        sheet.parts(sheet.ask(patrols.dosage, asked, asked.first_place))

    @sheet.fold("How sure are we? The patrolled months against the same months a year before", of=patrolled)
    def patrolled_months() -> None:
        sheet.parts(patrolled, "months", "evidence")

    @sheet.section("What was recorded after the patrols stopped?", of=patrolled)
    def after_them() -> None:
        after = sheet.ask(patrols.after_end, asked, patrols.first_end(asked))
        sheet.parts(after, "ended")
        sheet.leads(after)

        @sheet.fold("How sure are we of what was recorded after them?", of=after)
        def how_sure_after() -> None:
            sheet.parts(after, "ended alarms", "ended evidence")

    two_figures = sheet.ask(patrols.two_asb, asked)

    @sheet.fold("Why do two figures on anti-social behaviour differ?", of=two_figures)
    def two_asb_figures() -> None:
        sheet.parts(two_figures)

    @sheet.fold("What did it cost?")
    def cost() -> None:
        grants = sheet.use("funding", case.under_review("The sums below are as the review published them."))
        at_cost = sheet.desk.funding(case, grants)
        sheet.parts(sheet.ask(funding.answer, at_cost, (programme,), patrols.spans(asked)))
        sheet.parts(sheet.ask(patrols.costs, sheet.desk.patrols(case, log, grants)))
        sheet.parts(sheet.ask(programmes.delivered, sheet.desk.programmes(case, asked.plans), programme))

    sheet.certificate(patrolled)
    sheet.notes(
        [
            "What is counted is more ground than the patrolled streets: the patrols covered hotspots inside or across it. So what was "
            "recorded there includes streets without a patrol.",
            case.text(
                "hotspots_ground",
                "Ground entered as patrolled is taken out of the similar places and of the rest of the district.",
            ),
            case.text("hotspots_months"),
            "A place that was chosen because it was bad tends to fall back by itself, patrols or not.",
        ]
    )
