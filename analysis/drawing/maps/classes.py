"""Numbers into the few classes that a map can show apart: counts by fifths, changes by fixed steps round none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.drawing.maps.palette import DIVERGING, HATCH, NONE, SEQUENTIAL
from analysis.drawing.maps.shown import Key
from analysis.model import formats

NOT_PUBLISHED = Key("Not published", HATCH, "hatch")
NO_INCIDENT = Key("0", NONE)
FEW = Key("Fewer than 20, or none before", HATCH, "hatch")

STEPS = (-50.0, -25.0, -10.0, 10.0, 25.0, 50.0)
"""Per cent at which the classes of change part; under 10 either way is called no more than "within 10%"."""

_CHANGES = (
    "Fell by 50% or more",
    "Fell by 25% to under 50%",
    "Fell by 10% to under 25%",
    "Changed by less than 10%",
    "Rose by 10% to under 25%",
    "Rose by 25% to under 50%",
    "Rose by 50% or more",
)


def count_edges(counts: Sequence[float] | np.ndarray) -> tuple[int, ...]:
    """Return the lower ends of up to five classes of counts, each holding about a fifth of the counts above 0.

    Whole numbers from 1 up, each once; fewer where the counts are few or alike; (1,) where there is none. NaN and
    0 are left out. Give the counts of every month to be shown, so that one scale serves them all.
    """
    values = np.asarray(counts, float)
    values = values[np.isfinite(values) & (values > 0)]
    if not len(values):
        return (1,)
    fifths = np.quantile(values, np.arange(1, len(SEQUENTIAL)) / len(SEQUENTIAL), method="lower")
    return tuple(sorted({1, *(int(np.floor(at)) + 1 for at in fifths if at < values.max())}))


def count_keys(edges: tuple[int, ...]) -> tuple[Key, ...]:
    """Return the legend of these classes: none, few to many, then not published."""
    spread = np.linspace(0, len(SEQUENTIAL) - 1, len(edges)).round().astype(int)
    colours = [SEQUENTIAL[at] for at in spread] if len(edges) > 1 else [SEQUENTIAL[2]]
    labels = [_span(low, high - 1) for low, high in pairwise(edges)] + [
        f"{formats.number(edges[-1])} or more"
    ]
    return (NO_INCIDENT, *(Key(*each) for each in zip(labels, colours, strict=True)), NOT_PUBLISHED)


def count_class(counts: pd.Series, edges: tuple[int, ...]) -> pd.Series:
    """Return the position of each count in `count_keys`: 0 where it is 0, the last where it is a gap."""
    at = np.searchsorted(np.asarray(edges), counts.to_numpy(float), side="right")
    return pd.Series(
        np.where(counts.isna(), len(edges) + 1, np.where(counts == 0, 0, at)), index=counts.index
    )


def change_keys() -> tuple[Key, ...]:
    """Return the legend of changes: fell most to rose most, then too few to say."""
    return (*(Key(*each) for each in zip(_CHANGES, DIVERGING, strict=True)), FEW)


def change_class(percent: pd.Series, *, told: pd.Series) -> pd.Series:
    """Return the position of each per cent change in `change_keys`; the last where it is not ``told`` or missing.

    A fall of exactly 10, 25 or 50% stands in the stronger class, and so does a rise.
    """
    values = percent.to_numpy(float)
    # halves away from none: a fall counts by its lower end, a rise by its upper
    at = np.where(
        values < 0,
        np.searchsorted(STEPS, values, side="left"),
        np.searchsorted(STEPS, values, side="right"),
    )
    return pd.Series(np.where(told & percent.notna(), at, len(_CHANGES)), index=percent.index)


def _span(low: int, high: int) -> str:
    return formats.number(low) if low == high else f"{formats.number(low)} to {formats.number(high)}"
