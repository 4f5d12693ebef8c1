"""What telling a fall would take, as a table."""

from __future__ import annotations

import math

import pandas as pd

from analysis.drawing.evidence.sentences import SMALLEST_SAID
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.stats.power import LONGEST, POWER, plan, smallest_planned_fall, spread_of_phi

PLANNED_FALLS = (0.2, 0.3, 0.4, 0.5)
"""The falls a plan is drawn up for: from what patrols are hoped to do to what one place can show."""


def plan_table(row: Evidence, months: int) -> Table:
    """Return what telling a fall would take in places like this one: months on each side, or places pooled.

    ``row`` is one row of the evidence. Raises AnalysisError where its ordinary variation is not known.
    """
    before, after = row.baseline_incidents, row.comparison_incidents
    if not (row.phi == row.phi and before > 0 and after > 0):
        raise AnalysisError(
            "No plan can be made here: with no incidents, or without similar places, ordinary variation is not known."
        )
    spread = spread_of_phi(row.phi, before, after)
    monthly = before / row.baseline_months
    plans = [plan(fall, monthly, spread, months=months) for fall in PLANNED_FALLS]
    shown = pd.DataFrame(
        {
            "Fall": [formats.share(p.fall) for p in plans],
            "Months on each side, one place": [
                f"more than {LONGEST}" if p.months is None else formats.number(p.months) for p in plans
            ],
            f"Places pooled, {months} months on each side": [formats.number(p.places_pooled) for p in plans],
            f"Chance of telling it with one place and {months} months": [
                formats.share(p.chance) for p in plans
            ],
        }
    ).set_index("Fall")
    least = smallest_planned_fall(monthly, spread, months=months)
    told = (
        "only a fall to almost none"
        if least > 1 - SMALLEST_SAID
        else f"a fall of {formats.share(least)} or more"
    )
    title = (
        f"A plan of {months} months in one such place would tell {told}"
        if math.isfinite(least)
        else f"A plan of {months} months in one such place would tell no fall at all"
    )
    return Table(
        title=title,
        subtitle=f"{row.crime_type}, places like {row.area} with {formats.number(monthly, 1)} incidents a month and this much "
        f"ordinary variation (phi {formats.number(row.phi, 1)}); told with a chance of {formats.share(POWER)}. {SOURCE}",
        shown=shown,
        data=pd.DataFrame([vars(p) for p in plans]),
        notes=(
            "Where ordinary variation from year to year is large, waiting does not help: more places do.",
            f"A plan asks to tell the fall with a chance of {formats.share(POWER)}, so it names a larger fall than the tables above, "
            "which ask only that the interval would just have left out 1.",
        ),
    )
