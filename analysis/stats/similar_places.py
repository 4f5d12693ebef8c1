"""Comparators: similar places, over-dispersion phi and the placebo rank.

Counts in one LSOA vary far more from year to year than a Poisson process would: phi says how much more, in
places like the area, and the placebo rank says how many of them changed as much with nobody looking. Both
rest on *similar places*, defined once here. The ratio that carries phi (`rirr`, `smallest_tellable_fall`)
lives in `analysis.stats.rate_ratio` and can be had from here too.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import betainc, betaincc

from analysis.model.contiguity import Contiguity, drawn_sets
from analysis.model.cube import Panel
from analysis.model.errors import NeedsInputError
from analysis.stats.poisson import LEVEL
from analysis.stats.rate_ratio import rirr, smallest_tellable_fall

__all__ = [
    "DRAWS",
    "LIKE_SIZE",
    "MIN_PLACES",
    "SEED",
    "Candidates",
    "ComparableGround",
    "SimilarPlaces",
    "candidates",
    "comparable_ground",
    "dispersion",
    "rirr",
    "similar_places",
    "smallest_tellable_fall",
]

LIKE_SIZE = 2.0
"""A place is similar when its n lies between the area's divided by this and the area's times this."""

MIN_PLACES = 20
"""Fewer similar places than this give neither phi nor a rank: a share of one in ten needs ten, twice over."""

DRAWS = 6000
"""Contiguous sets drawn for an area of several units; in a force of 350 units most sets of three come up."""

SEED = 20240630
"""The seed of the draws: fixed, so that a figure quoted today is found again tomorrow."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """The places of k units that may serve as similar places for one area, before their size is looked at.

    ``members`` has one row a place and k panel row numbers; ``rows`` are all the comparable units (the ground
    of the force outside every treated area and outside the area itself); ``touched`` (place x district) says
    in which districts a place lies and ``district_of`` gives the district number of each of ``rows``.
    """

    members: np.ndarray
    rows: np.ndarray
    touched: np.ndarray
    district_of: np.ndarray

    @property
    def k(self) -> int:
        """Units of ground in one place."""
        return int(self.members.shape[1])


@dataclass(frozen=True, eq=False)
class ComparableGround:
    """The ground of a force that may be compared with, before any is left out: the same for each of its areas.

    By panel row: the ground code, whether it is in the force and joined (``usable``), and the number of its district (-1
    without one). ``unjoined`` is how many units of the force have codes of two vintages that are not joined.
    """

    ground: pd.Index
    usable: np.ndarray
    district: np.ndarray
    unjoined: int

    def rows(self, excluded: Collection[str] = ()) -> np.ndarray:
        """Return the panel rows of usable ground that is not excluded."""
        left = self.usable.copy()
        at = self.ground.get_indexer(pd.Index(list(excluded), dtype="str"))
        left[at[at >= 0]] = False
        return np.flatnonzero(left)


def comparable_ground(panel: Panel, places: pd.DataFrame) -> ComparableGround:
    """Return what may be compared with of ``places`` (ground_code, district_name, in_force, joined)."""
    in_force, joined = places["in_force"].astype(bool), places["joined"].astype(bool)
    usable = panel.ground.isin(places.loc[in_force & joined, "ground_code"])
    district = places.set_index("ground_code")["district_name"].reindex(panel.ground)
    number, _ = pd.factorize(district, sort=True)
    return ComparableGround(panel.ground, usable, number, int((in_force & ~joined).sum()))


def candidates(
    comparable: ComparableGround,
    ground: Collection[str],
    *,
    excluded: Collection[str] = frozenset(),
    contiguity: Contiguity | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Candidates:
    """Return the places that could stand beside an area on this ground.

    An area of one unit is set against single units; one of k units against contiguous sets of k, drawn with the seed (they
    overlap). No place comes back for an area so large that `MIN_PLACES` sets of its size would not fit side by side into
    the force. Raises NeedsInputError where the two LSOA vintages are not joined, or an area of several units has no
    boundaries.
    """
    if comparable.unjoined:
        raise NeedsInputError(
            f"{comparable.unjoined:,} units of ground have LSOA codes of 2011 and 2021 that are not joined, so places "
            "cannot be followed from one year to the next. Import the ONS exact-fit lookup "
            "(python -m data import-lookup FILE)."
        )
    rows = comparable.rows({*excluded, *ground})
    k = len(ground)
    if k == 1:
        members = rows[:, None]
    elif contiguity is None:
        raise NeedsInputError(
            f"An area of {k} units of ground is judged against sets of {k} neighbouring units, and that "
            "needs boundaries. Import them (python -m data import-geography FILE…)."
        )
    elif k * MIN_PLACES > len(rows):
        members = np.empty((0, k), int)
    else:
        codes, sets = drawn_sets(contiguity, k, list(comparable.ground[rows]), draws, seed)
        members = comparable.ground.get_indexer(pd.Index(codes, dtype="str"))[sets]
    number = comparable.district
    touched = np.zeros((len(members), max(number.max(), 0) + 1), bool)
    for column in range(k):
        touched[np.arange(len(members)), number[members[:, column]]] = True
    return Candidates(members, rows, touched, number[rows])


@dataclass(frozen=True, eq=False)
class SimilarPlaces:
    """The similar places of one area for one crime type: counts of each, and of the rest of its district.

    ``members`` are panel row numbers (place x unit); ``share`` is pi, the comparison period's share of the
    incidents of all comparable ground.
    """

    members: np.ndarray
    baseline: np.ndarray
    comparison: np.ndarray
    elsewhere_baseline: np.ndarray
    elsewhere_comparison: np.ndarray
    share: float

    def __len__(self) -> int:
        return len(self.baseline)

    @property
    def units(self) -> int:
        """The number of different units of ground behind the places."""
        if not self.members.size:
            return 0
        behind = np.zeros(int(self.members.max()) + 1, bool)
        behind[self.members] = True
        return int(behind.sum())

    @property
    def enough(self) -> bool:
        """Whether there are the `MIN_PLACES` that phi and the rank need."""
        return len(self) >= MIN_PLACES

    @cached_property
    def dispersion(self) -> np.ndarray:
        """z squared of each place against pi: 1 on average where counts are Poisson."""
        return dispersion(self.baseline, self.comparison, self.share)

    @property
    def phi(self) -> float:
        """Mean dispersion of the places, at least 1; NaN with fewer than `MIN_PLACES` places."""
        return max(1.0, float(self.dispersion.mean())) if self.enough else math.nan

    @property
    def percent_change(self) -> np.ndarray:
        """Change of each place in per cent; infinite where its baseline is 0."""
        with np.errstate(divide="ignore"):
            return np.asarray(100 * (self.comparison / self.baseline - 1))

    @property
    def relative_change(self) -> np.ndarray:
        """Each place's ratio to the comparable rest of its own district; NaN where that recorded none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(
                (self.comparison / self.baseline) / (self.elsewhere_comparison / self.elsewhere_baseline)
            )

    def as_much(self, baseline: float, comparison: float) -> float:
        """Return how many changed at least as much in the same direction, by percent change.

        NaN where the area did not change.         Cross-multiplied, so that equal changes are equal and a
        baseline of 0 needs no exception.
        """
        if baseline == comparison:
            return math.nan
        theirs, own = self.comparison * baseline, comparison * self.baseline
        return float((theirs <= own).sum() if comparison < baseline else (theirs >= own).sum())

    def as_much_relative(self, ratio: float) -> float:
        """Return how many changed at least as much relative to their own district, this way."""
        relative = self.relative_change
        return float((relative <= ratio).sum() if ratio < 1 else (relative >= ratio).sum())

    def flagged_by_exact(self, odds: float = 1.0, level: float = LEVEL) -> float:
        """Return the share of places whose own change an exact Poisson test would call significant.

        ``odds`` is the exposure of the comparison to the baseline period. Significant: the Clopper-Pearson
        interval leaves out 1. NaN with fewer than `MIN_PLACES` places.
        """
        if not self.enough:
            return math.nan
        # many places have the same two counts: each pair is tried once
        total = self.baseline + self.comparison
        pairs, many = np.unique(total * (total.max() + 1) + self.comparison, return_counts=True)
        total, after = np.divmod(pairs, total.max() + 1)
        null = odds / (1 + odds)
        # the chance of at most and of at least so many after: binomial tails by the beta distribution
        at_most = np.where(after < total, betaincc(after + 1, np.maximum(total - after, 1), null), 1.0)
        at_least = np.where(after > 0, betainc(np.maximum(after, 1), total - after + 1, null), 1.0)
        tail = np.minimum(at_most, at_least)
        return float(many[tail <= (1 - level) / 2].sum() / len(self))


def dispersion(baseline: np.ndarray, comparison: np.ndarray, share: float) -> np.ndarray:
    """Return z squared = (a - n pi)^2 / (n pi (1 - pi)) of each place; NaN where n is 0.

    Null: a is binomial(n, pi), that is, the place changed as all comparable ground did, with Poisson counts;
    the mean is then 1. Compare Marchant on the evaluation of street lighting. a 30, b 50, pi 0.5 gives 5.
    """
    total = baseline + comparison
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((comparison - total * share) ** 2 / (total * share * (1 - share)))


def similar_places(
    found: Candidates, baseline: np.ndarray, comparison: np.ndarray, total: float
) -> SimilarPlaces:
    """Return the candidates whose n lies between half and twice ``total``, the area's own n.

    ``baseline`` and ``comparison`` are incidents of one crime type by panel row, over the months compared.
    """
    before, after = baseline[found.rows], comparison[found.rows]
    both = before.sum() + after.sum()
    districts = found.touched.shape[1]
    district_before = np.bincount(found.district_of, before, districts)
    district_after = np.bincount(found.district_of, after, districts)
    own_before, own_after = baseline[found.members].sum(axis=1), comparison[found.members].sum(axis=1)
    size = own_before + own_after
    like = (size >= total / LIKE_SIZE) & (size <= total * LIKE_SIZE) & (size > 0)
    return SimilarPlaces(
        members=found.members[like],
        baseline=own_before[like],
        comparison=own_after[like],
        elsewhere_baseline=(found.touched @ district_before - own_before)[like],
        elsewhere_comparison=(found.touched @ district_after - own_after)[like],
        share=float(after.sum() / both) if both > 0 else math.nan,
    )
