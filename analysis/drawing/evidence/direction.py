"""Rose, fell or about the same, for a row of evidence: the plain word, which is no verdict."""

from __future__ import annotations

import math

from analysis.model.evidence import Evidence
from analysis.stats.direction import FAR_PERCENT, SAME_PERCENT, Direction, direction, moved_by_few

__all__ = [
    "FAR_PERCENT",
    "SAME_PERCENT",
    "TOO_FEW_TO_TELL",
    "Direction",
    "direction",
    "direction_of",
    "way_of",
]

TOO_FEW_TO_TELL = "too few to tell"


def direction_of(row: Evidence) -> Direction:
    """Return the direction of a row of evidence; "not known" for unlike months, and where locations are missing.

    A percentage that is missing though there is a base says that the months cannot be compared: counts of 11
    months and of 12 would make a rise by themselves.
    """
    before, after = row.baseline_incidents, row.comparison_incidents
    if not row.direction_stands:
        return "not known"
    comparable = math.isfinite(row.percent_change) or (
        before == 0 and row.baseline_months == row.comparison_months
    )
    return direction(before, after) if comparable else "not known"


def way_of(row: Evidence) -> str:
    """Return what a sentence may say of a row: its direction, or `TOO_FEW_TO_TELL` for 14 against 19."""
    way = direction_of(row)
    few = way == "about the same" and moved_by_few(row.baseline_incidents, row.comparison_incidents)
    return TOO_FEW_TO_TELL if few else way
