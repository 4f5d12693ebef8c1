"""The designs and the months that METHOD.md of this topic has tables of, by the names that stand in them.

Each design is the panel with one thing changed (`calibration_designs.variant`). They did no better than the one kept;
they stand here so that its tables are made by a command and none of their figures is copied by hand.
"""

from __future__ import annotations

import numpy as np

from analysis.model.periods import Period
from analysis.topics.calibration.measure.calibration_designs import (
    Extra,
    district_change,
    donors,
    mean_root,
    neighbours_change,
    other_types_level,
    panel_either_way,
    panel_stated_fall,
    plain,
    plain_stated_fall,
    synthetic,
    variant,
    without_highest,
)
from analysis.topics.calibration.measure.design_comparison import Design, Known

KEPT = "+ own and other crime's level (regression to the mean)"
"""The design that was kept: `analysis.stats.panel`."""

HALF_YEARS = (
    (Period.parse("2022-01:2022-06"), Period.parse("2023-01:2023-06")),
    (Period.parse("2023-01:2023-06"), Period.parse("2024-01:2024-06")),
)
"""The half-years of Cleveland's months before and after those of the review."""

OTHER_MONTHS = (
    HALF_YEARS[0],
    (Period.parse("2022-01:2022-11"), Period.parse("2023-01:2023-11")),
    (Period.parse("2022-07:2022-11"), Period.parse("2023-07:2023-11")),
    HALF_YEARS[1],
)
"""Interruptions that the kept design was not chosen on; December 2022 is not published, so none holds one."""


def _beside(*extras: Extra) -> Extra:
    def extra(baseline: np.ndarray, comparison: np.ndarray, known: Known) -> np.ndarray:
        return np.column_stack([each(baseline, comparison, known) for each in extras])

    return extra


TRIED_EITHER_WAY: dict[str, Design] = {
    "plain": plain,
    "phi replaced by a variance fitted to size (n + n² tau²), threshold by placebo rank": variant(
        fall=False, own_months=False
    ),
    "+ the place's own monthly variation, shrunk": variant(fall=False),
    "+ change of its district": variant(fall=False, extra=district_change),
    "+ change of the ground that touches it": variant(fall=False, extra=neighbours_change),
    "+ 20 donors of like level": variant(fall=False, extra=donors(20, "level")),
    "+ 20 donors of like course": variant(fall=False, extra=donors(20, "course")),
    "+ synthetic weights over donors": variant(fall=False, extra=synthetic),
    "+ baseline shrunk towards the force": variant(fall=False, towards_mean=True),
    "months without the highest quarter (outbreaks)": variant(fall=False, level_of=without_highest(0.25)),
    "mean of the months' roots": variant(fall=False, level_of=mean_root),
    KEPT: panel_either_way,
}

TRIED_FALL_STATED: dict[str, Design] = {
    "plain, below −1.645": plain_stated_fall,
    "size and own months": variant(),
    "+ change of the ground that touches it": variant(extra=neighbours_change),
    "+ 20 donors of like level": variant(extra=donors(20, "level")),
    "+ synthetic weights over donors": variant(extra=synthetic),
    "months without the highest quarter": variant(level_of=without_highest(0.25)),
    KEPT: panel_stated_fall,
    "+ the same, district and touching ground": variant(
        extra=_beside(other_types_level, district_change, neighbours_change)
    ),
}
