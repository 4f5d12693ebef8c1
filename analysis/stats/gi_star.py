"""Where do high counts lie together? Getis-Ord Gi* on the contiguity of common ground.

*Formula in words.* The sum of counts over a unit and the units that touch it, less what that many units
would hold at the force's mean, over the standard deviation of such a sum were the counts dealt out at
random. Weights are binary and the unit itself is among its neighbours. The figure is read as a z: high
above, low below.

*Null.* The counts are dealt out over the ground at random. The p is two-sided and by formula (no
permutations), and the false discovery rate over all units is held at 5 % (Benjamini & Hochberg 1995, by
scipy).

*When not to trust it.* Counts are skewed and units at the edge of the force have fewer neighbours, so the
normal approximation is rough; one very high unit lights up all that touch it; the units are not of one
size, and residents of LSOAs are alike in number where visitors are not. A month with few incidents says
little. It marks counts that lie together, not a place designated for patrol.

*References.* Ord & Getis 1995, Geographical Analysis 27:286; de Castro & Singer 2006 for the false
discovery rate.

*Worked number.* Points (10,10) (20,10) (40,10) (15,20) (30,20) (30,30), values 2 3 3.2 5 8 7, neighbours
within 15: -1.397276, -0.289178, 0.650650, -0.289178, 1.234521, 2.024243.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import ndtr

from analysis.model.contiguity import Contiguity
from analysis.model.errors import AnalysisError
from analysis.stats.false_discovery import adjusted_p
from analysis.stats.neighbours import adjacency, need_contiguity

DISCOVERY = 0.05
"""The false discovery rate: of the units marked, about one in twenty may be marked by chance."""


@dataclass(frozen=True)
class GiStar:
    """Gi* of one table of counts.

    ``table`` has one row a unit with a boundary, sorted by ground_code: ground_code, incidents, touching
    (units beside it), gi_star, p (two-sided), discovery (p after Benjamini-Hochberg), high, low.
    ``left_out`` is the ground that has counts and no boundary.
    """

    table: pd.DataFrame
    left_out: tuple[str, ...]


def gi_star(incidents: pd.Series, contiguity: Contiguity | None) -> GiStar:
    """Return Gi* of counts by ground code, by esda.

    Raises NeedsInputError without boundaries; AnalysisError for a gap among the counts, for fewer than three
    units with a boundary and where all counts are equal, since nothing then lies higher than the rest.
    """
    touching = need_contiguity(contiguity, "Gi*")
    values, left_out = _with_boundary(incidents.astype(float), touching)
    if values.isna().any():
        raise AnalysisError("A month of these counts is not published. Choose months that are held.")
    if len(values) < 3 or values.min() == values.max():
        raise AnalysisError(
            "Gi* needs at least three units of ground with a boundary whose counts differ; "
            f"here {len(values)} have one and no count stands out. Choose another crime type or more months."
        )
    from esda.getisord import G_Local  # both take seconds to import, and few pages
    from libpysal.graph import Graph  # need Gi*

    weights = adjacency(touching, list(values.index), itself=True)
    # the weights carry the unit itself on the diagonal, so esda has nothing to add
    graph = Graph.from_sparse(weights)
    z = np.asarray(G_Local(values.to_numpy(), graph, transform="B", star=True, permutations=0).Zs)
    p, discovery, high, low = marked(z)
    table = pd.DataFrame(
        {
            "ground_code": values.index,
            "incidents": values.to_numpy(),
            "touching": (weights.sum(axis=1) - 1).astype(int),
            "gi_star": z,
            "p": p,
            "discovery": discovery,
            "high": high,
            "low": low,
        }
    )
    return GiStar(table, left_out)


def gi_star_columns(values: np.ndarray, weights: csr_array) -> np.ndarray:
    """Return Gi* of many tables of counts at once: values and result are ground x month.

    The same formula as esda's, as one matrix product, since esda takes one table at a time; a test holds
    the two together. ``weights`` is binary with the unit itself in it. A month in which all counts are
    equal is NaN.
    """
    units = values.shape[0]
    near = np.asarray(weights.sum(axis=1))[:, None]
    mean = values.mean(axis=0)
    spread = np.sqrt(np.maximum((values**2).mean(axis=0) - mean**2, 0))
    spread = np.where(values.max(axis=0) > values.min(axis=0), spread, np.nan)
    return np.asarray(
        (weights @ values - near * mean) / (spread * np.sqrt(near * (units - near) / (units - 1)))
    )


def marked(z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return p, p after false-discovery control, and which z are high and which low, down each column.

    Units whose z is NaN (a month without variation, a unit that touches all others) are neither: their p is
    1.
    """
    p = np.where(np.isnan(z), 1.0, 2 * ndtr(-np.abs(z)))
    discovery = adjusted_p(p)
    found = discovery <= DISCOVERY
    return p, discovery, found & (z > 0), found & (z < 0)


def with_boundary(codes: pd.Index, contiguity: Contiguity) -> np.ndarray:
    """Return which of these codes have a boundary."""
    return np.array([code in contiguity.neighbours for code in codes], bool)


def _with_boundary(incidents: pd.Series, contiguity: Contiguity) -> tuple[pd.Series, tuple[str, ...]]:
    ordered = incidents.sort_index()
    inside = with_boundary(ordered.index, contiguity)
    return ordered[inside], tuple(str(code) for code in ordered.index[~inside])
