"""Rankings, Gi* and emerging classes of the force's own ground, each kept as a cell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.model.case import Case
from analysis.model.periods import Period
from analysis.stats.gi_star import GiStar, gi_star
from analysis.topics.high_crime.measure.emerging import Emerging, emerging
from analysis.topics.high_crime.measure.ranking import Ranking, ranking


def place_names(case: Case) -> Mapping[str, str]:
    """Return the name of each unit of ground by its ward, with the area it is in, the reader's own among them."""
    return case.cell("names with own", case.selection.own, make=lambda: case.names_with(case.areas))


def ranked(case: Case, crime_type: str, period: Period) -> Ranking:
    """Return the ranking of the force's own ground in a period."""
    return case.cell(
        "ranking",
        crime_type,
        period,
        make=lambda: ranking(case.panel, case.own_places, [crime_type], period),  # type: ignore[list-item]
    )


def high_together(case: Case, crime_type: str) -> GiStar:
    """Return Gi* of the comparison period's published months.

    Raises NeedsInputError without lookup or boundaries, PeriodError where no month is published.
    """
    period = case.comparison

    def make() -> GiStar:
        months = case.panel.compared(
            period, period.shifted(len(period)), crime_type, like_for_like=False
        ).baseline
        incidents = pd.Series(case.panel.totals(months, crime_type), index=case.panel.ground)
        case.needs_joined()
        return gi_star(incidents.reindex(list(case.own_places["ground_code"])), case.contiguity)

    return case.cell("gi star", crime_type, period, make=make)


def whole_period(case: Case) -> Period:
    """Return the months from the baseline's first to the comparison's last."""
    return Period(case.baseline.first, case.comparison.last)


def over_time(case: Case, crime_type: str) -> Emerging:
    """Return the emerging classes over `whole_period`. Raises NeedsInputError without lookup or boundaries."""
    period = whole_period(case)

    def make() -> Emerging:
        case.needs_joined()
        return emerging(
            case.panel,
            crime_type,  # type: ignore[arg-type]
            period,
            contiguity=case.contiguity,
            ground=case.own_ground,
        )

    return case.cell("emerging", crime_type, period, make=make)
