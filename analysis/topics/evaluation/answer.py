"""Did this area change more than it would have by itself? One area and crime type, looked at from each side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered
from analysis.drawing.cards import Card, Cards, Figured, change_card
from analysis.drawing.displacement_table import displacement_table
from analysis.drawing.evidence.evidence_tables import evidence_table, months_line, periods_line, rest_percent
from analysis.drawing.evidence.sentences import row_sentence, short_sentence
from analysis.drawing.figure import Figure, Table
from analysis.drawing.line import CARD, two_years
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.evidence import Evidence
from analysis.topics.change.measure import area_evidence, placebo_distribution
from analysis.topics.evaluation.case import EvaluationCase
from analysis.topics.evaluation.measure import (
    displacement_of,
    earlier_years_of,
    estimate_of,
    harm_of,
    interrupted_of,
    synthetic_of,
)
from analysis.topics.evaluation.measure.planned import plans_of
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
        return harm_table(*harm_of(asked, area), area.name, periods, months_line([row()]))

    parts: dict[str, Callable[[], Made]] = {
        "cards": lambda: Cards((_card(case, area, row()),)),
        "short": lambda: short_sentence(row()),
        "evidence": lambda: evidence_table([row()], case.baseline, case.comparison),
        "placebo": lambda: placebo_figure(placebo_distribution(case, area, crime_type), area.name, periods),
        "design": lambda: design_table(estimate_of(case, area, crime_type), area.name),
        "plan": lambda: plan_table(plans_of(case, area, crime_type), area.name, crime_type),
        "displacement": lambda: displacement_table(
            displacement_of(case, area, crime_type), area.name, crime_type, periods
        ),
        "interrupted": lambda: _interrupted(case, area, crime_type, start),
        "synthetic": lambda: synthetic_figure(synthetic_of(case, area, crime_type), area.name, crime_type),
        "years": lambda: earlier_years_table(earlier_years_of(case, area, crime_type), area.name, crime_type),
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


def _interrupted(case: Case, area: Area, crime_type: str, start: pd.Period) -> Figure:
    return interrupted_figure(interrupted_of(case, area, crime_type, start), area.name, crime_type)
