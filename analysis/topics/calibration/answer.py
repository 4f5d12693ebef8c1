"""How often is the verdict wrong on untreated ground, and how often does it tell a true fall?"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.model.case import Case
from analysis.topics.calibration.measure import REPEATS, calibration_rows
from analysis.topics.calibration.show.verdict_tables import every_row_table, short_table


def answer(case: Case, repeats: int = REPEATS) -> Answer:
    """Return both rules tried on every untreated place of the months held, over the periods chosen: in short, and in full."""
    return answered(
        case,
        {
            "table": lambda: short_table(calibration_rows(case, repeats=repeats), case.force_name),
            "each": lambda: every_row_table(calibration_rows(case, repeats=repeats), case.force_name),
        },
    )
