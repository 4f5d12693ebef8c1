"""Rose, fell or about the same: the plain word for two counts, which claims nothing about why.

A word of direction is not a verdict. Still it must not make a rise of 3 in 1,588, and such words are what a
headline is made of.
"""

from __future__ import annotations

import math
from typing import Literal

from analysis.model.vocabulary import SMALL_BASE

Direction = Literal["rose", "fell", "about the same", "not known"]

SAME_PERCENT = 5.0
"""From so many per cent on a change is never called "about the same" where its percentage is shown."""


FAR_PERCENT = 25.0
"""From so many per cent on nobody who sees both counts would call them about the same, though chance alone makes as much."""


def direction(baseline: float, comparison: float) -> Direction:
    """Return whether a count rose, fell or was about the same; "not known" where either is missing.

    About the same: the two differ by no more than one standard deviation of what chance alone makes of two
    such counts, the root of their sum (Poisson; real counts vary more, so this errs towards naming a change),
    and, where the baseline is `SMALL_BASE` or more so that a percentage is shown, by less than `SAME_PERCENT`
    per cent. Equal counts always are. Null: both periods have one rate. Not a test: one change in three of
    those that chance alone makes is larger. Reference: Przyborowski and Wilenski 1940 (Biometrika 31:313).
    Worked: 1,588 to 1,591 differ by 3, the root of 3,179 is 56, and 3 is 0.2%: about the same; 346 to 378
    differ by 32, the root of 724 is 27: rose.
    """
    if not (math.isfinite(baseline) and math.isfinite(comparison)):
        return "not known"
    change = comparison - baseline
    by_chance = change**2 <= baseline + comparison
    small = baseline < SMALL_BASE or 100 * abs(change) < SAME_PERCENT * baseline
    if by_chance and small:
        return "about the same"
    return "rose" if change > 0 else "fell"


def moved_by_few(baseline: float, comparison: float) -> bool:
    """Return whether two counts that chance alone readily makes so unlike lie a quarter or more apart: 14 and 19.

    Such counts are too few to tell a change from chance, which is not the same as no change.
    """
    if direction(baseline, comparison) != "about the same":
        return False
    return baseline != comparison and 100 * abs(comparison - baseline) >= FAR_PERCENT * baseline
