"""What did the hotspot patrols do, and what was recorded on the ground they walked?

Of a force without a log and without a review's patrols nothing is shown but the sentence that asks for a log.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered, resting_on
from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line
from analysis.drawing.evidence.sentences import short_sentences
from analysis.drawing.figure import Figure, Table
from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.shown import Name, Shown
from analysis.model.case import Case
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.formats import number
from analysis.model.periods import Period, month_label, parse_month
from analysis.stats.verdict_calibration import INDEX_FIXED
from analysis.topics.patrols import measure
from analysis.topics.patrols.case import PatrolCase
from analysis.topics.patrols.measure import dosage as dosages
from analysis.topics.patrols.measure.after_end import (
    end_months,
    evidence_after,
    false_alarms_after,
    months_after,
)
from analysis.topics.patrols.say import NO_MONTHS, leads, months_line
from analysis.topics.patrols.show.cards import patrol_cards
from analysis.topics.patrols.show.dosage_figures import dosage_figure, week_figure
from analysis.topics.patrols.show.patrol_map import patrol_map, planned_hours
from analysis.topics.patrols.show.patrol_tables import (
    costs_table,
    months_without_table,
    patrols_table,
    ratios_table,
    two_asb_table,
)
from analysis.topics.published.measure import published_cells

CHOSEN_AFTER = "The disorder index was chosen after these years."


def answer(asked: PatrolCase) -> Answer:
    """Return the patrols by place and what they come to, when they were, and the evidence in the patrolled months."""
    if not _has_patrols(asked):
        return answered(asked.case, {}, lambda: leads(asked))
    shown = measure.patrols(asked)
    period, source, log = shown.period.label, shown.source, shown.log
    purpose = asked.case.text("hotspots_purpose")
    parts: dict[str, Callable[[], Made]] = {"purpose": lambda: purpose} if purpose else {}

    def ratios() -> Table:
        shares = None if log is None else dosages.share_long_enough(log)
        return ratios_table(dosages.patrol_ratios(shown.table), shares, period, source)

    def week() -> Figure:
        return week_figure(dosages.patrol_week(asked.log.needed), period, source)

    def without() -> Table:
        months = dosages.months_without_patrol(asked.log.needed, shown.period)
        return months_without_table(months, period, source)

    def evidence() -> Table:
        pair = measure.patrolled_months(asked)
        table = evidence_table(
            measure.patrolled_evidence(asked),
            pair.baseline,
            pair.comparison,
            show_small=asked.case.show_small,
        )
        return resting_on(table, pair.baseline, pair.comparison)

    parts |= {
        "cards": lambda: patrol_cards(asked),
        "patrols": lambda: patrols_table(shown.table, period, source, log=log),
        "ratios": ratios,
        "week": week,
        "months without": without,
        "months": lambda: months_line(asked),
        "evidence": evidence,
    }
    if log is None:
        parts["no months"] = lambda: NO_MONTHS
    return answered(asked.case, parts, lambda: leads(asked))


def where(asked: PatrolCase, raised: bool, month: pd.Period | None = None) -> Answer:
    """Return the map of patrol hours by place over recorded ASB, in all months or in one of a log."""
    return _of_patrols(asked, {"map": lambda: _map(asked, raised, month)})


def months(asked: PatrolCase) -> tuple[pd.Period, ...]:
    """Return the months that the map can be played through: those of a log; totals have none."""
    if asked.log.table is None or not _has_patrols(asked):
        return ()
    return measure.patrols(asked).period.months


def dosage(asked: PatrolCase, place: str) -> Answer:
    """Return patrol hours, recorded ASB and the comparator's by month at one patrolled place, by its key."""

    def figure() -> Figure:
        at, shown = measure.place_of(asked, place), measure.patrols(asked)
        return dosage_figure(
            measure.monthly_dosage(asked, at),
            at.area.name,
            asked.case.yardsticks(at.area).rest.name,
            shown.period.first,
            total=measure.place_seconds(asked, at),
            source=shown.source,
        )

    return _of_patrols(asked, {"dosage": figure})


def ends(asked: PatrolCase) -> dict[str, str]:
    """Return the months that a reader may take as the last one of the patrols, by their label; none without patrols."""
    if not (_has_patrols(asked) and asked.patrolled.places):
        return {}
    return {month_label(month): month_label(month) for month in end_months(asked.case)}


def first_end(asked: PatrolCase) -> str:
    """Return the month that a page opens with: the last month of the patrols, else the middle of those to choose from."""
    labels = list(ends(asked))
    if not labels:
        return ""
    last = month_label(measure.patrols(asked).period.last)
    return last if last in labels else labels[len(labels) // 2]


def _suppose(asked: PatrolCase, month: pd.Period) -> str:
    """Return which end is supposed; where the patrols ran on past it, that they did."""
    last = measure.patrols(asked).period.last
    if month == last:
        return f"Since the patrols ended in {month_label(last)}"
    return (
        f"The patrols ran to {month_label(last)}, so this is no answer on their end. "
        f"If {month_label(month)} had been the last month"
    )


def after_end(asked: PatrolCase, end: str) -> Answer:
    """Return what was recorded on the patrolled ground after this month, by its label, and how far that can be trusted."""
    if not end:
        return answered(asked.case, {})
    month = next(each for each in end_months(asked.case) if month_label(each) == end)

    def sentence() -> str:
        pair = months_after(asked.case, month)
        return (
            f"{_suppose(asked, month)}: {pair.comparison.label} against the same months a year before, {pair.baseline.label}. "
            f"{CHOSEN_AFTER if pair.comparison.last < parse_month(INDEX_FIXED) else ''}"
        ).strip()

    def table() -> Table:
        pair = months_after(asked.case, month)
        table = evidence_table(
            evidence_after(asked, month), pair.baseline, pair.comparison, show_small=asked.case.show_small
        )
        return resting_on(table, pair.baseline, pair.comparison)

    def alarms() -> str:
        found = false_alarms_after(asked.case, month)
        return (
            f"Over these months the rule calls {number(found.rose, 1)}% of {number(found.places)} untreated places a rise in "
            f"anti-social behaviour, and {number(found.fell, 1)}% a fall."
        )

    def said() -> list[tuple[str, str]]:
        rows = evidence_after(asked, month)
        names = dict.fromkeys(row.area for row in rows)
        return [(name, short_sentences([row for row in rows if row.area == name])) for name in names]

    return answered(asked.case, {"ended": sentence, "ended alarms": alarms, "ended evidence": table}, said)


def two_asb(asked: PatrolCase) -> Answer:
    """Return the police's and police.uk's figure on ASB beside each other; nothing for a force without a review."""
    review = asked.case.review
    if review is None:
        return answered(asked.case, {})

    def table() -> Table:
        police = measure.police_asb(asked)
        periods = periods_line(review.baseline, review.comparison)
        return two_asb_table(police, published_cells(asked.case), periods, review.text("two_asb_sources"))

    return answered(asked.case, {"two figures": table})


def costs(asked: PatrolCase) -> Answer:
    """Return each sum beside the patrol hours of its days and places; nothing where patrols or sums are not held."""
    try:
        hours, source = measure.costs(asked)
    except NeedsInputError:
        return answered(asked.case, {})
    return answered(asked.case, {"costs": lambda: costs_table(hours, source)})


def spans(asked: PatrolCase) -> tuple[tuple[str, Period], ...]:
    """Return the months of the patrols by name, for a figure of what was paid to stand beside; none without patrols."""
    if not _has_patrols(asked):
        return ()
    return (("Patrols counted here", measure.patrols(asked).period),)


def _has_patrols(asked: PatrolCase) -> bool:
    try:
        measure.patrols(asked)
    except AnalysisError:
        return False
    return True


def _of_patrols(asked: PatrolCase, parts: dict[str, Callable[[], Made]]) -> Answer:
    return answered(asked.case, parts if _has_patrols(asked) else {})


def _map(asked: PatrolCase, raised: bool, month: pd.Period | None) -> Shown:
    shown, case = measure.patrols(asked), asked.case
    areas = [place.area for place in asked.patrolled.places]
    recorded = measure.ground_asb(asked)
    drawn = patrol_map(
        measure.mapped_patrols(asked, by_month=month is not None),
        recorded,
        month=month,
        planned=_planned(asked),
        names=case.names,
        when=shown.period.label,
        source=shown.source,
        outlines=outlined(areas),
        labels=_ward_names(case),
        focus=frozenset().union(*(area.ground for area in areas)),
        raised=raised,
        without_place=asked.patrolled.note,
    )
    return resting_on(drawn, recorded.period if month is None else Period(month, month))


def _ward_names(case: Case) -> tuple[Name, ...]:
    return case.cell("ward names", make=lambda: names_on(case.land, (), wards=case.land.wards))


def _planned(asked: PatrolCase) -> dict[str, float]:
    plans = asked.plans.table if asked.plans else None
    if asked.log.table is None or plans is None:
        return {}
    named = {
        name: place.area.name
        for place in asked.patrolled.places
        for name in (*place.hotspots, place.area.name, place.area.key)
    }
    return planned_hours(plans, asked.case.programme(measure.PROGRAMME).name, named)
