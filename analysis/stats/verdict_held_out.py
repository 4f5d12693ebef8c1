"""Thresholds on places and months that did not set them: by size, by district, in time.

A threshold by rank tells 5 % of the places that set it, by construction. What matters is how many it tells
of others: of small places with the threshold of large ones, of a district with that of the rest of the
force, of one pair of periods with that of another.

Worked number: a threshold of 2.0 and 40 places of which 3 lie farther out: 7.5 %.
"""

from __future__ import annotations

import numpy as np

from analysis.model.errors import NeedsInputError
from analysis.stats.arrays import Bools, Floats, Ints
from analysis.stats.thresholds import LEAST_REACH, reach
from analysis.stats.verdict_months import FEWEST_INCIDENTS, Months, Surroundings
from analysis.stats.verdict_panel import Yardstick, yardstick


def size_thirds(size: Floats, judged: Bools) -> Ints:
    """Return 0, 1 or 2 for the small, middle and large third of the judged places, -1 for the others."""
    part = np.full(len(size), -1, dtype=np.int64)
    order = np.flatnonzero(judged)[np.argsort(size[judged], kind="stable")]
    for number, rows in enumerate(np.array_split(order, 3)):
        part[rows] = number
    return part


def by_part(measured: Yardstick, part: Ints) -> dict[int, float]:
    """Return per cent told either way in each part (none where -1), each with the threshold of the other parts."""
    sizes = np.abs(measured.z)
    percents = {}
    for number in np.unique(part[part >= 0]):
        here, there = measured.judged & (part == number), measured.judged & (part != number)
        if here.any() and there.any():
            edge = _edge(sizes[there])
            percents[int(number)] = 100 * float((sizes[here] > edge).mean())
    return percents


def by_district(units: Months, setting: Surroundings) -> dict[str, tuple[int, float]]:
    """Return each district's judged places and per cent told, judged by the rest of the force alone.

    Fit, variance and threshold come from the other districts. A district without 20 judged places elsewhere
    has no entry.
    """
    percents = {}
    for name in np.unique(setting.districts):
        here = np.flatnonzero(setting.districts == name)
        there = np.flatnonzero(setting.districts != name)
        others = setting.of(there[:, None])
        try:
            measured = yardstick(units.of(there[:, None]), others)
        except NeedsInputError:
            continue
        area = units.of(here[:, None])
        z = measured.expect(area, setting.of(here[:, None])).z(area.comparison.sum(axis=1))
        judged = area.size >= FEWEST_INCIDENTS
        edge = _edge(np.abs(measured.z[measured.judged]))
        if judged.any():
            percents[str(name)] = (int(judged.sum()), 100 * float((np.abs(z[judged]) > edge).mean()))
    return percents


def carried(from_pair: Yardstick, to_pair: Yardstick) -> float:
    """Return per cent told either way on one pair of periods with the threshold of another pair."""
    edge = _edge(np.abs(from_pair.z[from_pair.judged]))
    return 100 * float((np.abs(to_pair.z[to_pair.judged]) > edge).mean())


def _edge(sizes: Floats) -> float:
    return max(reach(sizes, float(len(sizes))), LEAST_REACH)
