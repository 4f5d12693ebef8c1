"""The change of every unit of ground of a force, kept as a cell."""

from __future__ import annotations

import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.periods import Period, check_held
from analysis.stats.ground_change import (
    COLUMNS,
    GroundChange,
    ground_rows,
    judged_among,
    judged_outside,
)
from analysis.stats.panel_months import counts_of, surroundings_of
from analysis.topics.change.measure.locations import ground_with_locations
from analysis.topics.change.measure.similar_ground import (
    districts_by_row,
    question_of,
    untreated_ground,
    yardstick_for,
)

SINGLE = frozenset({""})
"""Ground of one unit that is none of the force's: the yardstick of all untreated units."""


def ground_changes(case: Case, crime_type: str, pair: tuple[Period, Period] | None = None) -> GroundChange:
    """Return how each unit of the force's ground changed; ``pair`` stands in for the periods chosen.

    Treated ground is no yardstick, and what rows without a location could have made is not told
    (`ground_with_locations`). Raises PeriodError as `compared_months` does, NeedsInputError where the two LSOA
    vintages are not joined, and AnalysisError where the months of the two sides cannot be compared.
    """
    baseline, comparison = pair or (case.baseline, case.comparison)
    chosen = case.asking(baseline=baseline, comparison=comparison)
    return case.cell(
        "ground change",
        crime_type,
        baseline,
        comparison,
        case.like_for_like,
        case.treated,
        make=lambda: ground_with_locations(_ground_changes(chosen, crime_type), case.panel),
    )


def _ground_changes(case: Case, crime_type: str) -> GroundChange:
    panel = case.panel
    check_held(case.baseline, panel.span)
    check_held(case.comparison, panel.span)
    if not case.joined:
        raise NeedsInputError(
            "The ground of the two LSOA vintages cannot be joined without the ONS exact-fit lookup, so no change of a "
            "place can be shown. Import it with: python -m data import-lookup FILE"
        )
    months = panel.compared(case.baseline, case.comparison, crime_type, like_for_like=case.like_for_like)
    question = question_of(case, (crime_type,))
    if question is None:
        raise AnalysisError(
            f"{crime_type}: the months published in {case.baseline.label} and {case.comparison.label} cannot be set "
            "against each other. Switch like for like on, or choose other months."
        )
    types, runs = question.crime_types, question.runs
    untreated = untreated_ground(case)
    codes = pd.Index(sorted(case.own_ground), dtype="str")
    others = codes[codes.isin(panel.ground) & ~codes.isin(untreated.codes)]
    rows = panel.ground.get_indexer(others)
    districts = districts_by_row(case)[rows]
    inside = counts_of(panel, untreated.rows, types, runs)
    outside = counts_of(panel, rows, types, runs)
    among = apart = None
    try:
        against = yardstick_for(case, question, SINGLE)
    except NeedsInputError:
        pass
    else:
        among = judged_among(against, inside.comparison.sum(axis=1))
        if len(others):
            apart = judged_outside(
                against, outside, surroundings_of(panel, rows, types, runs.baseline, districts)
            )
    table = pd.DataFrame(
        [*ground_rows(untreated.codes, inside, among), *ground_rows(others, outside, apart)],
        columns=list(COLUMNS),
    ).sort_values("ground_code", ignore_index=True)
    return GroundChange(table, crime_type, months, len(runs.history))
