"""The high-crime map: where high counts lie together (Gi*), or what becomes of them over the months.

Colours are Esri's for Gi* and near its for emerging classes. Gi* marks by false discovery rate, so the three levels
of Esri's legend stand here for p after that control: 0.01, 0.05 and 0.10.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import named
from analysis.drawing.maps.palette import EMERGING, HIGH_LOW
from analysis.drawing.maps.shown import Ground, Key, Name, Outline, Shown
from analysis.model import formats
from analysis.stats.gi_star import GiStar
from analysis.topics.high_crime.measure.emerging import EMERGING_CLASSES, Emerging

LEVELS = (0.01, 0.05, 0.10)
"""p after false-discovery control up to which ground is in the strongest, the second and the weakest class."""

_GI_LABELS = (
    "High (1 in 100)",
    "High (1 in 20)",
    "High (1 in 10)",
    "Not marked",
    "Low (1 in 10)",
    "Low (1 in 20)",
    "Low (1 in 100)",
)


def gi_star_map(
    found: GiStar,
    *,
    crime_type: str,
    when: str,
    names: Mapping[str, str],
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
) -> Shown:
    """Return the ground by Gi*: high or low together with its neighbours, at three levels."""
    table = found.table
    p, z = table["discovery"].to_numpy(), np.nan_to_num(table["gi_star"].to_numpy())
    strength = np.select([p <= level for level in LEVELS], [0, 1, 2], default=3)
    key = np.where(strength == 3, 3, np.where(z > 0, strength, 6 - strength))
    drawn = pd.DataFrame(
        {
            "ground_code": table["ground_code"],
            "name": [named(code, names) for code in table["ground_code"]],
            "key": key,
            "text": [
                f"{formats.number(row.incidents)} recorded\nGi* {formats.number(row.gi_star, 1)}: {_GI_LABELS[at].lower()}"
                for row, at in zip(table.itertuples(), key, strict=True)
            ],
        }
    )
    high = int(table["high"].sum())
    what = crime_type.lower()
    title = f"{formats.number(high)} of {formats.number(len(table))} places lie high with their neighbours, {what}"
    return Shown(
        title=title,
        subtitle=f"Getis-Ord Gi* of recorded {what}, {when}, false discovery rate controlled (high: 5%). {SOURCE}",
        alt=f"{title}. The table below names them.",
        data=table.assign(name=drawn["name"]),
        ground=Ground(
            f"High or low together with the ground beside it, {when} (how likely by chance)",
            tuple(Key(*each) for each in zip(_GI_LABELS, HIGH_LOW, strict=True)),
            drawn,
        ),
        outlines=outlines,
        names=labels,
        focus=focus,
        caveat="High together with the ground beside it: the place itself may have few or none. One very high place lights up "
        "all that touch it. It is a count, not a place designated for patrol, and large ground is not more incidents. "
        "False discovery rate: of all places marked at 5% or 1%, about 5 in 100 or fewer are expected to be chance. The "
        "approximation is rough for skewed counts." + _left_out(found.left_out),
    )


def emerging_map(
    found: Emerging,
    *,
    crime_type: str,
    when: str,
    names: Mapping[str, str],
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
) -> Shown:
    """Return the ground by emerging class: new, lasting or fading high-crime ground."""
    table = found.table.sort_values("ground_code", ignore_index=True)
    classes = table["emerging"].astype("str")
    months = formats.number(len(found.months))
    drawn = pd.DataFrame(
        {
            "ground_code": table["ground_code"],
            "name": [named(code, names) for code in table["ground_code"]],
            "key": [EMERGING_CLASSES.index(each) for each in classes],
            "text": [
                f"{each[:1].upper()}{each[1:]}\nHigh in {formats.number(high)} of {months} months"
                for each, high in zip(classes, table["months_high"], strict=True)
            ],
        }
    )
    last = int(
        classes.isin(["new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic"]).sum()
    )
    what = crime_type.lower()
    title = (
        f"{formats.number(last)} of {formats.number(len(table))} places were high in the last month, {what}"
    )
    return Shown(
        title=title,
        subtitle=f"Emerging classes from monthly Gi* and Mann-Kendall, recorded {what}, {when}. {SOURCE}",
        alt=f"{title}. The table below names them.",
        data=table.assign(name=drawn["name"], emerging=classes, last_high=table["last_high"].astype("str")),
        ground=Ground(
            f"High-crime ground over the months, {when}",
            tuple(Key(f"{each[:1].upper()}{each[1:]}", EMERGING[each]) for each in EMERGING_CLASSES),
            drawn,
        ),
        outlines=outlines,
        names=labels,
        focus=focus,
        caveat="Every month is one draw: the last month alone moves ground between sporadic and past."
        + _left_out(found.left_out),
    )


def _left_out(codes: tuple[str, ...]) -> str:
    return f" Not judged, for want of a boundary: {formats.counted(len(codes), 'place')}." if codes else ""
