"""How much can be told at all: the verdict's own yardstick tried on every untreated place.

Each untreated unit of ground is treated as if it had been patrolled and judged by the RIRR against the rest
of its own district, with the phi of its similar places in a 95 % interval. What is flagged with nothing
planted is a false alarm; what is flagged after a known share of the comparison incidents is removed at random
(binomial thinning, seeded) is the power. phi and similar places stay those of the counts as recorded.

The placebo rank of the verdict is not asked for here: on the real files it never withheld a fall that
the interval flagged. When not to trust it: places are not independent (one district's fall is in all of its places),
and a planted fall of one share everywhere is tidier than a patrol. Compare `design_comparison`, which tries
other designs on the same places.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.model.case import Case
from analysis.model.vocabulary import CRIME_TYPES, CrimeType
from analysis.topics.calibration.measure.calibration_designs import plain
from analysis.topics.calibration.measure.design_comparison import Planting, compare_designs

REPEATS = 200
"""Times that each fall is planted: shares then hold to about a tenth of a point over 300 places."""

CALIBRATION_COLUMNS = (
    "crime_type",
    "places",
    "fall_by_itself",
    "either_by_itself",
    "fall_30_planted",
    "fall_50_planted",
)


def calibration(
    case: Case, *, crime_types: Sequence[CrimeType] = CRIME_TYPES, repeats: int = REPEATS, seed: int = 1
) -> pd.DataFrame:
    """Return `CALIBRATION_COLUMNS`, one row a crime type with a place to judge, shares as fractions; kept as a cell.

    The places are the force's own ground without what is treated or was patrolled. Those counted have n of 20 or more
    and 20 similar places. fall_by_itself and either_by_itself are the shares flagged with nothing planted;
    fall_30_planted and fall_50_planted with that share of the comparison incidents removed, the mean over ``repeats``.
    Raises NeedsInputError where the two vintages are not joined, and as `compare_designs` does.
    """
    case.needs_joined()

    def make() -> pd.DataFrame:
        planting = Planting(repeats, seed)
        table = compare_designs(case.setting, {"plain": plain}, crime_types, planting=planting)
        return table[list(CALIBRATION_COLUMNS)]

    asked = (case.baseline, case.comparison, case.like_for_like)
    return case.cell("calibration", *asked, tuple(crime_types), repeats, seed, make=make)
