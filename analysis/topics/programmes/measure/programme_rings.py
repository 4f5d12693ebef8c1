"""The ground round a programme's: counted, not judged, where patrolled ground lies too near to judge it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from analysis.model.areas import Area
from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.period_pairs import PeriodPair
from analysis.stats.neighbours import need_contiguity
from analysis.topics.programmes.measure.programme_ground import programme_counts


def ring_counts(
    counts: Panel,
    area: Area,
    contiguity: Contiguity | None,
    pair: PeriodPair,
    *,
    taken: Collection[str],
) -> pd.DataFrame:
    """Return counts before and after on the first and second ring of ground round an area, by group of types.

    Columns of `programme_counts`, and ring (1 or 2), units (counted) and left_out (units of the ring that are
    ``taken``: treated, patrolled or another programme's, whose change would be that work's, or not held). A
    ring of which nothing is left gives no row. Raises NeedsInputError without boundaries.
    """
    touching = need_contiguity(contiguity, "A ring of ground round an area")
    with_counts = set(counts.ground)
    parts = []
    for distance in (1, 2):
        ring = touching.ring(area.ground, distance)
        left = (ring - frozenset(taken)) & with_counts
        if left:
            around = replace(area, key=f"{area.key}-ring-{distance}", ground=left, treated=False)
            ring_table = programme_counts(counts, [around], pair)
            parts.append(ring_table.assign(ring=distance, units=len(left), left_out=len(ring) - len(left)))
    columns = [
        "area",
        "group",
        "baseline",
        "comparison",
        "difference",
        "percent",
        "ring",
        "units",
        "left_out",
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
