"""Both rules tried on the untreated ground of a case: what the command prints, About shows and METHOD.md holds.

The ground, its sets, the months and the earlier months are those that the verdict itself takes
(`analysis.topics.change.measure.similar_ground`), so that what is calibrated is what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.vocabulary import CrimeType
from analysis.stats.arrays import Floats
from analysis.stats.panel_months import counts_of, surroundings_of
from analysis.stats.verdict_calibration import CalibrationRow, Force, calibrate, with_index
from analysis.stats.verdict_months import Months
from analysis.topics.change.measure import months_by_type
from analysis.topics.change.measure.similar_ground import question_of, untreated_ground

REPEATS = 200
"""Times that each fall is planted in a place: shares then hold to about a tenth of a point over 300 places."""

CALIBRATED: tuple[CrimeType, ...] = (
    "Anti-social behaviour",
    "Criminal damage and arson",
    "Public order",
    "Violence and sexual offences",
    "Burglary",
    "Shoplifting",
    "Vehicle crime",
    "Other theft",
    "Drugs",
)
"""Types with places enough for a share of 5 % to mean something: in Cleveland each has 60 or more."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """The rows of both rules over one pair of periods, and how many earlier months were seen at most."""

    baseline: str
    comparison: str
    history: int
    rows: tuple[CalibrationRow, ...]

    def table(self) -> pd.DataFrame:
        """Return the rows as a table, one column a field."""
        return pd.DataFrame([vars(row) for row in self.rows], columns=list(CalibrationRow.__annotations__))


def calibration_rows(case: Case, *, repeats: int = REPEATS, any_season: bool = False) -> Calibration:
    """Return both rules tried on every untreated place of the case, over its periods; kept as a cell.

    With ``any_season`` the two sides need not be the same calendar months, nor as many. Raises NeedsInputError where the
    two vintages are not joined or no type has months on both sides, and PeriodError as `months_by_type` does.
    """
    case.needs_joined()
    if not any_season:
        months_by_type(case.panel, case.baseline, case.comparison, like_for_like=case.like_for_like)
    asked = (case.baseline, case.comparison, case.like_for_like, case.treated)
    return case.cell(
        "verdict calibration", *asked, repeats, any_season, make=lambda: _rows(case, repeats, any_season)
    )


def force_of(
    case: Case, crime_types: Sequence[str] = CALIBRATED, *, any_season: bool = False
) -> tuple[Force, int]:
    """Return the untreated ground with its counts by type and the index, and the earlier months seen at most."""
    ground = untreated_ground(case)
    counts: dict[str, Months] = {}
    other: dict[str, Floats] = {}
    for crime_type in crime_types:
        question = question_of(case, (crime_type,), any_season=any_season)
        if question is None:
            continue
        runs = question.runs
        counts[crime_type] = counts_of(case.panel, ground.rows, (crime_type,), runs)
        other[crime_type] = surroundings_of(
            case.panel, ground.rows, (crime_type,), runs.baseline, ground.districts
        ).other
    if not counts:
        raise NeedsInputError(
            f"No crime type has months to compare between {case.baseline.label} and {case.comparison.label}. "
            "Choose other periods, or import the missing months."
        )
    history = max(each.history.shape[1] for each in counts.values())
    counts, other = with_index(counts, other)
    return Force(counts, other, np.asarray(ground.districts), ground.touching), history


def _rows(case: Case, repeats: int, any_season: bool) -> Calibration:
    force, history = force_of(case, any_season=any_season)
    found = tuple(calibrate(force, repeats=repeats))
    if not found:
        raise NeedsInputError(
            "Too few untreated places can be judged over these months to try a rule on them. Choose longer periods."
        )
    return Calibration(str(case.baseline), str(case.comparison), history, found)
