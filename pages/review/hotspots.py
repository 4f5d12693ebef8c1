"""What did the hotspot patrols do, and what was recorded on the ground they walked?

A review's patrols, recomputed from a log once one is given; dosage beside outcome; the two figures on ASB; the money.
"""

from functools import partial

from analysis.topics import funding, patrols, programmes
from pages.frame import draw, filters, map_view, records, widgets
from pages.frame.asking import ask, desk

draw.question("What did the hotspot patrols do, and what was recorded on the ground they walked?")

case = filters.case()
programme = case.programme("hotspots").name
screen, whose = draw.places(2)
with whose:
    log = records.use(
        "patrol-log",
        case.under_review("The patrols above are as the review published them, and not recomputed."),
    )
asked = desk().patrols(case, log)
patrolled = ask(patrols.answer, asked)
with screen:
    answer, picture = draw.beside()
with answer:
    draw.cards(patrolled)
    draw.leads_without_cards(patrolled)
with picture:
    shown, choice = draw.places(2)
with choice:
    raised = widgets.switch("As columns", "raised", "Height in place of size.", of=patrolled)
    draw.small(patrolled, "no months")
with shown:
    map_view.play(
        partial(ask, patrols.where, asked, raised), patrols.months(asked), case, "patrols", map_view.BESIDE
    )


@draw.fold("In words, and patrols by place: number, time, people spoken to", of=patrolled)
def patrols_by_place() -> None:
    draw.leads_behind_cards(patrolled)
    draw.parts(patrolled, "purpose", "patrols", "ratios")


@draw.fold("When were the patrols?", of=patrolled)
def when() -> None:
    draw.parts(patrolled, "week", "months without")


@draw.fold("Patrol time against what was recorded, month by month", of=patrolled)
def dosage() -> None:
    place = widgets.one_held("Patrolled place", asked.place_names, asked.first_place, "patrolled")
    draw.parts(ask(patrols.dosage, asked, place))


@draw.fold("How sure are we? The patrolled months against the same months a year before", of=patrolled)
def patrolled_months() -> None:
    draw.parts(patrolled, "months", "evidence")


ends = patrols.ends(asked)


@draw.section("What was recorded after the patrols stopped?", of=patrolled)
def after_them() -> None:
    end = widgets.one_of("Last month of patrols", ends, patrols.first_end(asked), "ended")
    after = ask(patrols.after_end, asked, end)
    draw.parts(after, "ended")
    draw.leads(after)
    draw.inner_fold(
        "How sure are we of what was recorded after them?", after, "ended alarms", "ended evidence"
    )


two_figures = ask(patrols.two_asb, asked)


@draw.fold("Why do two figures on anti-social behaviour differ?", of=two_figures)
def two_asb_figures() -> None:
    draw.parts(two_figures)


@draw.fold("What did it cost?")
def cost() -> None:
    grants = records.use("funding", case.under_review("The sums below are as the review published them."))
    draw.parts(ask(funding.answer, desk().funding(case, grants), (programme,), patrols.spans(asked)))
    draw.parts(ask(patrols.costs, desk().patrols(case, log, grants)))
    draw.parts(ask(programmes.delivered, desk().programmes(case, asked.plans), programme))


records.bring("patrol-log", "funding")
draw.certificate(patrolled)
draw.notes(
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
