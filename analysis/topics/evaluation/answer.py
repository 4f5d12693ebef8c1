"""Did this area change more than it would have by itself? One area and crime type, looked at from each side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered, resting_on
from analysis.drawing.cards import Card, Cards, Figured, change_card
from analysis.drawing.displacement_table import displacement_table
from analysis.drawing.evidence.evidence_tables import evidence_table, months_line, periods_line, rest_percent
from analysis.drawing.evidence.sentences import row_sentence, short_with_expected
from analysis.drawing.evidence.wholeness import lead_notes, missing_sentence
from analysis.drawing.figure import Figure, Table
from analysis.drawing.line import CARD, two_years
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.model.old_types import months_that_have
from analysis.model.periods import Period, month_label
from analysis.topics.change.measure import area_evidence, placebo_distribution
from analysis.topics.evaluation.case import EvaluationCase
from analysis.topics.evaluation.measure import (
    Finding,
    displacement_finding,
    displacement_of,
    earlier_years_of,
    estimate_of,
    harm_of,
    interrupted_finding,
    interrupted_of,
    panel_finding,
    synthetic_finding,
    synthetic_of,
)
from analysis.topics.evaluation.measure.findings import verdict_missing
from analysis.topics.evaluation.measure.planned import plans_of
from analysis.topics.evaluation.say import (
    BY_MIXTURE,
    BY_MONTHS,
    BY_STEP,
    WITH_THE_RING,
    difference_sentence,
)
from analysis.topics.evaluation.show.evaluation_figures import (
    interrupted_figure,
    placebo_figure,
    synthetic_figure,
)
from analysis.topics.evaluation.show.evaluation_tables import (
    design_table,
    earlier_years_table,
    harm_table,
    printed_table,
)
from analysis.topics.evaluation.show.plan_table import plan_table
from analysis.topics.published.measure import published_cells


def answer(asked: EvaluationCase, key: str, crime_type: str, start: pd.Period) -> Answer:
    """Return what each design says of one area and crime type; ``start`` is the month of the step in the series."""
    case = asked.case
    area = case.areas[key]
    periods = periods_line(case.baseline, case.comparison)

    def row() -> Evidence:
        return next(row for row in area_evidence(case, area) if row.crime_type == crime_type)

    def harm() -> Table:
        shown = harm_table(*harm_of(asked, area), area.name, periods, months_line([row()]))
        return replace(shown, notes=(*shown.notes, lead_notes(area_evidence(case, area), case.comparison)))

    def judged(finding: Finding, design: str, why: str) -> str:
        """Return what is said beside a design; where locations are missing it is said in its place."""
        beside = _judged_row(row)
        if missing := (verdict_missing(beside) if beside else "") or finding.missing:
            raise AnalysisError(missing_sentence(missing, design))
        return difference_sentence(finding, beside, why)

    def placebo() -> Figure:
        judged(Finding(0), "how similar places ended", "")
        return placebo_figure(placebo_distribution(case, area, crime_type), area.name, periods)

    def design() -> Table:
        found = estimate_of(case, area, crime_type)
        differs = judged(
            panel_finding(case, area, crime_type, found), "what the monthly panel expects", BY_MONTHS
        )
        return _with_note(design_table(found, area.name), differs)

    def next_door() -> Table:
        found = displacement_of(case, area, crime_type)
        differs = judged(
            displacement_finding(case, crime_type, found), "the displacement difference", WITH_THE_RING
        )
        return _with_note(displacement_table(found, area.name, crime_type, periods), differs)

    def interrupted() -> Figure:
        found = interrupted_of(case, area, crime_type, start)
        differs = judged(
            interrupted_finding(case, area, crime_type, found), f"a step at {month_label(start)}", BY_STEP
        )
        return resting_on(
            _with_caveat(interrupted_figure(found, area.name, crime_type), differs),
            months_that_have(crime_type, case.span),
        )

    def synthetic() -> Figure:
        found = synthetic_of(case, area, crime_type)
        differs = judged(
            synthetic_finding(case, area, crime_type, found), "the synthetic comparator", BY_MIXTURE
        )
        return _with_caveat(synthetic_figure(found, area.name, crime_type), differs)

    parts: dict[str, Callable[[], Made]] = {
        "cards": lambda: Cards((_card(case, area, row()),)),
        "short": lambda: short_with_expected(row()),
        "evidence": lambda: evidence_table(
            [row()], case.baseline, case.comparison, show_small=case.show_small
        ),
        "placebo": placebo,
        "design": design,
        "plan": lambda: plan_table(plans_of(case, area, crime_type), area.name, crime_type),
        "displacement": next_door,
        "interrupted": interrupted,
        "synthetic": synthetic,
        "years": lambda: resting_on(
            earlier_years_table(earlier_years_of(case, area, crime_type), area.name, crime_type),
            Period(case.span.first, case.comparison.last),
        ),
        "harm": harm,
    }
    return answered(case, parts, lambda: [(area.name, row_sentence(row()))])


def _card(case: Case, area: Area, row: Evidence) -> Card:
    """Return the one card: counts, percentage, and what the rest of the district did."""
    card = change_card(row, two_years(case, area, row.crime_type, CARD), show_small=case.show_small)
    rest = rest_percent(row, case.show_small)
    return replace(card, figures=(*card.figures, Figured(rest, f"the {row.rest[:1].lower()}{row.rest[1:]}")))


def printed(case: Case, key: str, crime_type: str) -> Answer:
    """Return what a review printed for this area and crime type; nothing for a force without a review."""
    if case.review is None:
        return Answer((), {}, case.simulated)
    area = case.areas[key]

    def table() -> Table:
        return printed_table(published_cells(case.asking(areas=(key,))), area.name, crime_type)

    return answered(case, {"printed": table})


def _judged_row(row: Callable[[], Evidence]) -> Evidence | None:
    """Return the row of evidence; None where it cannot be had, which the page says in its own place."""
    try:
        return row()
    except AnalysisError:
        return None


def _with_note(table: Table, note: str) -> Table:
    return replace(table, notes=(note, *table.notes)) if note else table


def _with_caveat(figure: Figure, note: str) -> Figure:
    return replace(figure, caveat=f"{note} {figure.caveat}") if note else figure
