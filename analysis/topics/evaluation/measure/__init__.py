"""The numbers of the topic: each design asked about one area and crime type of a case, kept as a cell."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.old_types import months_that_have
from analysis.stats.interrupted_series import InterruptedSeries, earlier_years, interrupted_series
from analysis.stats.panel import DesignEstimate, design_estimate
from analysis.stats.synthetic_control import SyntheticControl, synthetic_control
from analysis.topics.change.measure import area_evidence
from analysis.topics.evaluation.case import EvaluationCase
from analysis.topics.evaluation.measure.displacement import Displacement, displacement
from analysis.topics.evaluation.measure.findings import (
    Finding,
    displacement_finding,
    interrupted_finding,
    panel_finding,
    synthetic_finding,
)
from analysis.topics.evaluation.measure.harm import Harm, harm

__all__ = [
    "Displacement",
    "Finding",
    "Harm",
    "displacement",
    "displacement_finding",
    "displacement_of",
    "earlier_years_of",
    "estimate_of",
    "harm",
    "harm_of",
    "interrupted_finding",
    "interrupted_of",
    "panel_finding",
    "synthetic_finding",
    "synthetic_of",
]


def estimate_of(case: Case, area: Area, crime_type: str) -> DesignEstimate:
    """Return the monthly panel's answer (`analysis.stats.panel`)."""
    return case.cell(
        "panel estimate",
        area,
        crime_type,
        case.baseline,
        case.comparison,
        make=lambda: design_estimate(case.setting, area, crime_type),  # type: ignore[arg-type]
    )


def displacement_of(case: Case, area: Area, crime_type: str) -> Displacement:
    """Return whether incidents moved to, or also fell on, the ground that touches the area."""
    return case.cell(
        "displacement",
        area,
        crime_type,
        case.baseline,
        case.comparison,
        case.like_for_like,
        make=lambda: displacement(
            replace(case.setting, treated=frozenset()),
            area,
            crime_type,
            treated=[other for other in case.areas.values() if other.treated and other.key != area.key],
        ),
    )


def interrupted_of(case: Case, area: Area, crime_type: str, start: pd.Period) -> InterruptedSeries:
    """Return the interrupted time series over every month held, of an old type up to its last."""
    months = months_that_have(crime_type, case.span)
    whole = case.panel.series(area.ground, crime_type, name=area.name)
    return case.cell(
        "interrupted series",
        area,
        crime_type,
        start,
        make=lambda: interrupted_series(whole.loc[whole.index <= months.last], start),
    )


def synthetic_of(case: Case, area: Area, crime_type: str) -> SyntheticControl:
    """Return the synthetic comparator of the area. Raises NeedsInputError where the vintages are not joined."""
    case.needs_joined()
    return case.cell(
        "synthetic control",
        area,
        crime_type,
        case.baseline,
        case.comparison,
        make=lambda: synthetic_control(case.setting, area, crime_type),  # type: ignore[arg-type]
    )


def earlier_years_of(case: Case, area: Area, crime_type: str) -> pd.DataFrame:
    """Return where the area stood in each year held. Raises NeedsInputError where the vintages are not joined."""
    case.needs_joined()
    return case.cell(
        "earlier years",
        area,
        crime_type,
        case.baseline,
        case.comparison,
        make=lambda: earlier_years(case.setting, area, crime_type),  # type: ignore[arg-type]
    )


def harm_of(asked: EvaluationCase, area: Area) -> tuple[Harm, Harm]:
    """Return the harm of all crime types recorded in the area: baseline and comparison, same months of each."""
    rows = area_evidence(asked.case, area)
    types = [row.crime_type for row in rows]
    before = pd.Series([row.baseline_incidents for row in rows], index=types)
    after = pd.Series([row.comparison_incidents for row in rows], index=types)
    return harm(before, asked.weights), harm(after, asked.weights)
