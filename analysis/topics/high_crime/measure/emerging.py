"""Is this high-crime ground new, lasting or fading? Emerging classes from monthly Gi* and Mann-Kendall.

*Formula in words.* For each published month Gi* marks the ground whose counts lie high together (false
discovery rate 5 % within the month). A unit's months so marked, in order, give its class, and Mann-Kendall
over its monthly Gi* (p under 0.05, two-sided) says whether it rises or falls. The first rule that fits is
the class:

1. **never**: high in no month.
2. **new**: high in the last month and in no other.
3. **intensifying**: high in at least nine tenths of the months, the last among them, and Gi* rises.
4. **diminishing**: the same, and Gi* falls.
5. **persistent**: the same, and Gi* neither rises nor falls.
6. **historical**: high in at least nine tenths of the months, but not in the last.
7. **consecutive**: high in fewer, in one unbroken run of two months or more that ends with the last.
8. **sporadic**: high in the last month and in fewer than nine tenths, with a break among them.
9. **past**: high in some months, fewer than nine tenths, and not in the last.

*Null.* In each month the counts are dealt out over the ground at random; over the months Gi* has no trend.

*When not to trust it.* Every month is one draw: the last month alone moves a unit between sporadic and
past. A crime type with few incidents a month is marked by chance. Gaps are passed over, so a run may span
one. The season moves Gi* too, and 24 months hold it only twice. The names are of statistics, not of places
to patrol.

*Reference.* The class names and the nine tenths follow Esri's Emerging Hot Spot Analysis (ArcGIS Pro), which
counts over time neighbours too; here each month stands alone, and "oscillating" is not told from sporadic.

*Worked number.* Of 10 months high in 8, 9 and 10 only: consecutive; in 10 only: new; in 3, 9 and 10:
sporadic; in the first nine: historical; in all with Gi* rising: intensifying.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period, check_held
from analysis.model.vocabulary import CrimeType
from analysis.stats.gi_star import gi_star_columns, marked, with_boundary
from analysis.stats.mann_kendall import mann_kendall_rows
from analysis.stats.neighbours import adjacency, need_contiguity

EmergingClass = Literal[
    "new",
    "consecutive",
    "intensifying",
    "persistent",
    "diminishing",
    "sporadic",
    "historical",
    "past",
    "never",
]
EMERGING_CLASSES: tuple[EmergingClass, ...] = get_args(EmergingClass)

MOST_MONTHS = 0.9
"""The share of months from which ground counts as high throughout; Esri's figure."""

TREND_LEVEL = 0.05
FEWEST_MONTHS = 10
"""Under 10 months nine tenths would be all of them, and Mann-Kendall's normal approximation is rough."""


@dataclass(frozen=True)
class Emerging:
    """The class of each unit of ground with a boundary, over the published months of a period.

    ``table``: ground_code, emerging (the class), months_high, last_high (pd.Period or NaT), gi_star_last,
    trend_z, trend_p; sorted by class in the order of `EMERGING_CLASSES`, then most months, then code.
    ``left_out`` is ground without a boundary.
    """

    table: pd.DataFrame
    months: tuple[pd.Period, ...]
    left_out: tuple[str, ...]


def emerging(
    panel: Panel,
    crime_type: CrimeType,
    period: Period,
    *,
    contiguity: Contiguity | None,
    ground: Collection[str] | None = None,
) -> Emerging:
    """Return the emerging class of each unit of ground (of ``ground``, where it is given).

    Raises NeedsInputError without boundaries, PeriodError outside the span held, AnalysisError when fewer
    than `FEWEST_MONTHS` months are published.
    """
    touching = need_contiguity(contiguity, "Emerging high-crime ground")
    check_held(period, panel.span)
    held = set(panel.held(crime_type))
    months = tuple(month for month in period.months if month in held)
    if len(months) < FEWEST_MONTHS:
        raise AnalysisError(
            f"{crime_type}: {len(months)} of the months of {period.label} are published; emerging classes "
            f"need at least {FEWEST_MONTHS}. Choose a longer period, or import more months."
        )
    wanted = np.ones(len(panel.ground), bool) if ground is None else panel.ground.isin(list(ground))
    inside = with_boundary(panel.ground, touching)
    codes = panel.ground[wanted & inside]
    if len(codes) < 3:
        raise AnalysisError(
            "Fewer than three units of this ground have a boundary. Import boundaries of the force."
        )
    column = panel.column(crime_type)
    grid = np.ix_(wanted & inside, panel.columns(months), np.array([column]))
    values = panel.values[grid][:, :, 0]
    z = gi_star_columns(values, adjacency(touching, list(codes), itself=True))
    high = marked(z)[2]
    steady = np.nan_to_num(z)  # a month in which all counts are equal has no high ground: z 0
    trend_z = mann_kendall_rows(steady)[1]
    trend_p = 2 * ndtr(-np.abs(trend_z))
    last = np.where(high.any(axis=1), high.shape[1] - 1 - high[:, ::-1].argmax(axis=1), -1)
    table = pd.DataFrame(
        {
            "ground_code": codes,
            "emerging": pd.Categorical(classify(high, trend_z, trend_p), EMERGING_CLASSES, ordered=True),
            "months_high": high.sum(axis=1),
            "last_high": pd.PeriodIndex([months[at] if at >= 0 else pd.NaT for at in last], freq="M"),
            "gi_star_last": z[:, -1],
            "trend_z": trend_z,
            "trend_p": trend_p,
        }
    ).sort_values(
        ["emerging", "months_high", "ground_code"], ascending=[True, False, True], ignore_index=True
    )
    return Emerging(table, months, tuple(panel.ground[wanted & ~inside]))


def classify(high: np.ndarray, trend_z: np.ndarray, trend_p: np.ndarray) -> list[EmergingClass]:
    """Return the class of each row of ``high`` (ground x month, in order of time), by the rule above."""
    months = high.shape[1]
    count = high.sum(axis=1)
    last = high[:, -1]
    most = count >= MOST_MONTHS * months - 1e-9  # 0.9 of 10 is 9, whatever the binary fraction says
    # the length of the unbroken run that ends with the last month
    run = np.where(high.all(axis=1), months, (~high[:, ::-1]).argmax(axis=1))
    trending = trend_p < TREND_LEVEL
    rules: list[tuple[np.ndarray, EmergingClass]] = [
        (count == 0, "never"),
        (last & (count == 1), "new"),
        (most & last & trending & (trend_z > 0), "intensifying"),
        (most & last & trending & (trend_z < 0), "diminishing"),
        (most & last, "persistent"),
        (most, "historical"),
        (last & (run == count), "consecutive"),
        (last, "sporadic"),
    ]
    names = np.select([rule for rule, _ in rules], [name for _, name in rules], default="past")
    return [str(name) for name in names]  # type: ignore[misc]
