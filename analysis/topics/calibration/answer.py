"""How often is the verdict wrong on untreated ground, and how often does it tell a true fall?"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.model.case import Case
from analysis.topics.calibration.measure import REPEATS, calibration
from analysis.topics.calibration.show.calibration_table import calibration_table


def answer(case: Case, repeats: int = REPEATS) -> Answer:
    """Return the verdict's interval tried on every untreated place of the months held, over the periods chosen."""
    return answered(
        case,
        {
            "table": lambda: calibration_table(
                calibration(case, repeats=repeats), case.baseline, case.comparison, case.force_name
            )
        },
    )
