"""Which design tells a change best? Every untreated place treated as if it had been patrolled.

A design is a function of the months before and after (places x months, no gap) and of what is known of the
ground; it returns a `Judge`: a statistic that falls as the comparison months fall, and between which
thresholds each place counts as ordinary. The harness counts how many places it flags with nothing planted,
and how many when each place in turn has a share of its comparison incidents removed at random (binomial
thinning, each month by itself, seeded). All designs are counted over the same places: those the plain
design can judge. A place that a design cannot judge counts as not flagged.

When not to trust it: the same months serve to choose a design and to report it, unless ``report`` holds to
places that were not looked at (`halves`); and thinning is a fall of one share in every month, which patrols
need not be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.errors import NeedsInputError
from analysis.model.periods import Period, compared_months
from analysis.model.vocabulary import CRIME_TYPES, CrimeType

FEWEST_INCIDENTS = 20
FEWEST_SIMILAR = 20
PLANTED = (0.3, 0.5)
HALVES_SEED = 20240701

COMPARISON_COLUMNS = (
    "crime_type",
    "design",
    "places",
    "fall_by_itself",
    "either_by_itself",
    "fall_30_planted",
    "fall_50_planted",
)


@dataclass(frozen=True, eq=False)
class Judge:
    """What a design says of each place.

    ``statistic`` takes comparison counts (… x places x months) and returns … x places, each place judged as
    if it alone had those counts. A place is flagged as a fall below ``low``, as a rise above ``high``.
    """

    statistic: Callable[[np.ndarray], np.ndarray]
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, eq=False)
class Known:
    """What a design may use besides the counts: district, other crime types before, and which places touch."""

    districts: np.ndarray
    other_types: np.ndarray
    touching: np.ndarray | None = None


Design = Callable[[np.ndarray, np.ndarray, Known], Judge]


def halves(places: int, seed: int = HALVES_SEED) -> np.ndarray:
    """Return True for the half of the places to choose on; the other half is for reporting."""
    chosen = np.zeros(places, bool)
    chosen[np.random.default_rng(seed).permutation(places)[: places // 2]] = True
    return chosen


def judged_places(baseline: np.ndarray, comparison: np.ndarray) -> np.ndarray:
    """Return True where the plain design judges: n of 20 or more, and 20 places with half to twice as many."""
    n = baseline.sum(axis=1) + comparison.sum(axis=1)
    similar = (n[None] >= n[:, None] / 2) & (n[None] <= 2 * n[:, None])
    return np.asarray((n >= FEWEST_INCIDENTS) & (similar.sum(axis=1) - 1 >= FEWEST_SIMILAR))


def thinned(comparison: np.ndarray, share: float, repeats: int, seed: int) -> np.ndarray:
    """Return ``repeats`` copies of the counts, each incident removed with this chance."""
    draws = np.random.default_rng(seed).binomial(
        comparison.astype(int)[None], 1 - share, size=(repeats, *comparison.shape)
    )
    return draws.astype(float)


def flags(
    judge: Judge, comparison: np.ndarray, among: np.ndarray, *, repeats: int, seed: int = 1
) -> tuple[float, float, float, float]:
    """Return the shares flagged among these places: as a fall and either way by themselves, at 30 %, at 50 %."""
    by_itself = judge.statistic(comparison[None])[0][among]
    low, high = judge.low[among], judge.high[among]
    falls = by_itself < low
    planted = [
        float((judge.statistic(thinned(comparison, share, repeats, seed))[:, among] < low).mean())
        for share in PLANTED
    ]
    return float(falls.mean()), float((falls | (by_itself > high)).mean()), planted[0], planted[1]


def compare_designs(
    panel: Panel,
    designs: Mapping[str, Design],
    *,
    places: pd.DataFrame,
    excluded: Collection[str],
    baseline: Period,
    comparison: Period,
    crime_types: Sequence[CrimeType] = CRIME_TYPES,
    like_for_like: bool = True,
    touching: Callable[[pd.Index], np.ndarray] | None = None,
    report: Callable[[int], np.ndarray] | None = None,
    repeats: int = 50,
    seed: int = 1,
) -> pd.DataFrame:
    """Return `COMPARISON_COLUMNS`, one row a crime type and design, shares as fractions.

    ``places`` has ground_code, district_name, in_force and joined; ``excluded`` is treated ground. Like for
    like, a month missing on one side leaves the other side too, for every design. ``touching`` gives the
    matrix of which of the places touch; ``report`` which of so many places are counted (all still serve as
    yardstick). Crime types without a place that can be judged have no row. Raises PeriodError as
    `compared_months` does, NeedsInputError when the force has no untreated ground.
    """
    usable = places.loc[places["in_force"] & places["joined"]].set_index("ground_code")["district_name"]
    codes = panel.ground[panel.ground.isin(usable.index.difference(pd.Index(sorted(excluded))))]
    if not len(codes):
        raise NeedsInputError(
            "There is no untreated ground in the force to try designs on. Import its lookup."
        )
    rows = panel.ground.get_indexer(codes)
    counted = report(len(codes)) if report else np.ones(len(codes), bool)
    matrix = touching(codes) if touching else None
    found = []
    for crime_type in crime_types:
        months = compared_months(baseline, comparison, panel.held(crime_type), like_for_like=like_for_like)
        if not months.baseline or not months.comparison:
            continue
        before, after = panel.columns(months.baseline), panel.columns(months.comparison)
        values = panel.values[rows]
        counts = values[:, :, CRIME_TYPES.index(crime_type)]
        known = Known(
            usable.reindex(codes).to_numpy(str),
            np.nansum(values[:, before], axis=(1, 2)) - counts[:, before].sum(axis=1),
            matrix,
        )
        among = judged_places(counts[:, before], counts[:, after]) & counted
        if not among.any():
            continue
        for name, design in designs.items():
            shares = flags(
                design(counts[:, before], counts[:, after], known),
                counts[:, after],
                among,
                repeats=repeats,
                seed=seed,
            )
            found.append((crime_type, name, int(among.sum()), *shares))
    return pd.DataFrame(found, columns=list(COMPARISON_COLUMNS))
