"""The measured figures of METHOD.md: each generated block of it, made of a case. It takes some minutes.

The case holds the months of every interruption (`OTHER_MONTHS`) and boundaries, which one of the designs tried needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.vocabulary import CrimeType
from analysis.topics.calibration.measure import REPEATS, calibration, calibration_rows
from analysis.topics.calibration.measure.calibration_designs import DESIGNS
from analysis.topics.calibration.measure.design_comparison import Design, Planting, compare_designs, halves
from analysis.topics.calibration.measure.pairs_of_study import MADE_PAIR, REAL_PAIRS, asked, made_case
from analysis.topics.calibration.measure.tried_designs import (
    HALF_YEARS,
    OTHER_MONTHS,
    TRIED_EITHER_WAY,
    TRIED_FALL_STATED,
)
from analysis.topics.calibration.show import method_blocks as show

REPEATS_OF_DESIGNS = 100
"""Times that each fall is planted for a design: tenths of a point move from seed to seed, whole points do not."""


def blocks(
    case: Case, *, repeats: int = REPEATS, repeats_of_designs: int = REPEATS_OF_DESIGNS
) -> dict[str, str]:
    """Return each block by the name that it is marked with.

    Raises NeedsInputError where the vintages are not joined or no boundaries are held, AnalysisError where months of an
    interruption are not.
    """
    if case.contiguity is None:
        raise NeedsInputError(
            "No boundaries are held, and one of the designs tried needs them. Import them with: "
            "python -m data import-geography FILE"
        )
    every = {name: DESIGNS[name] for name in show.COLUMNS}

    def compared(
        designs: Mapping[str, Design],
        crime_types: Sequence[CrimeType],
        report: Callable[[int], np.ndarray] | None = None,
        of: Case = case,
    ) -> pd.DataFrame:
        planting = Planting(repeats_of_designs)
        return compare_designs(of.setting, designs, crime_types, report=report, planting=planting)

    whole = compared(every, tuple(show.SHORT))
    first, second = (compared(every, show.HALVED, half) for half in (halves, _other_half))
    either = [compared(TRIED_EITHER_WAY, show.MAIN, half) for half in (halves, _other_half)]
    stated = [compared(TRIED_FALL_STATED, show.MAIN, half) for half in (halves, _other_half)]
    months = {
        pair: compared(every, show.MAIN, _other_half, case.asking(baseline=pair[0], comparison=pair[1]))
        for pair in OTHER_MONTHS
    }
    tried = {
        pair.letter: calibration_rows(asked(case, pair), repeats=repeats, any_season=pair.any_season)
        for pair in REAL_PAIRS
    }
    tried[MADE_PAIR.letter] = calibration_rows(made_case(case), repeats=repeats)
    half_years = [
        calibration(case.asking(baseline=baseline, comparison=comparison), repeats=repeats)
        for baseline, comparison in HALF_YEARS
    ]
    return {
        "verdict": show.verdict_block(tried["A"]),
        "verdict-pairs": show.pairs_block(
            {pair.label: tried[pair.letter] for pair in (*REAL_PAIRS, MADE_PAIR)}
        ),
        "half-years": show.half_years_block(half_years),
        "one-line": show.one_line_block(whole),
        "designs": show.designs_block(whole),
        "halves": show.halves_block(first, second),
        "other-months": show.other_months_block(months),
        "tried-either-way": show.tried_block(either, list(TRIED_EITHER_WAY), "either_by_itself"),
        "tried-fall-stated": show.tried_block(stated, list(TRIED_FALL_STATED), "fall_by_itself"),
    }


def _other_half(places: int) -> np.ndarray:
    return ~halves(places)
