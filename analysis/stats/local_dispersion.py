"""How much more than Poisson counts do untreated places, and rings round them, vary? Phi for displacement.

Formula, null and cautions of z squared stand in `analysis.stats.similar_places`; here it is averaged over
places about as large as the one judged, and over the rings round untreated places, whose units change
together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.model.contiguity import Contiguity
from analysis.stats.neighbours import adjacency
from analysis.stats.similar_places import dispersion

FEWEST_PLACES = 20
"""Phi rests on at least so many places, as everywhere in the project."""


def ordinary_variation(before: pd.Series, after: pd.Series, like: float) -> float:
    """Return phi of places about as large as ``like`` (incidents of both periods): mean z squared, at least 1.

    The places lie between half and twice that, and are at least the `FEWEST_PLACES` nearest to it (ties by
    code). z is the later count against its share of the place's total, were all places to share one change.
    Phi grows with size, which is why not all places serve. 1 where nothing is recorded anywhere.
    """
    total = (before + after).sort_index()
    total = total[total > 0]
    if total.empty or not after.sum() > 0 or not before.sum() > 0:
        return 1.0
    apart = np.abs(np.log(total / max(like, 1.0))).sort_values(kind="stable")
    chosen = apart.index[: max(FEWEST_PLACES, int((apart <= np.log(2)).sum()))]
    share = float(after.sum() / total.sum())
    z_squared = dispersion(before[chosen].to_numpy(), after[chosen].to_numpy(), share)
    return max(1.0, float(z_squared.mean()))


def joint_variation(
    pairs: pd.DataFrame, was: pd.Series, became: pd.Series, total: pd.Series, contiguity: Contiguity
) -> float:
    """Return phi of an area, its ring and their matched comparators together, weighted by incidents.

    ``pairs`` as in `Displacement`; ``was`` and ``became`` are the untreated ground's incidents in the two
    periods, ``total`` all ground's over both. Units of the area and all comparators have the phi of single
    places of their size; the ring has at least that of rings round untreated places, since neighbours
    change together.
    """
    around = adjacency(contiguity, list(was.index), itself=False)
    rings_before, rings_after = (pd.Series(around @ side.to_numpy(), side.index) for side in (was, became))
    in_ring = (pairs["role"] == "ring").to_numpy()
    own, partner = (total[pairs[column]].to_numpy() for column in ("ground_code", "comparator_code"))
    single = np.array([ordinary_variation(was, became, float(size)) for size in own])
    whole = ordinary_variation(rings_before, rings_after, float(own[in_ring].sum()))
    here = np.where(in_ring, np.maximum(whole, single), single)
    everything = float(own.sum() + partner.sum())
    return float((here @ own + single @ partner) / everything) if everything > 0 else 1.0
