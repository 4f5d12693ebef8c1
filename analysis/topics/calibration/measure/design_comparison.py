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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.contiguity import Contiguity
from analysis.model.errors import NeedsInputError
from analysis.model.setting import Setting
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


@dataclass(frozen=True)
class Planting:
    """How many times each fall is planted, and the seed of the chance by which incidents are removed."""

    repeats: int = 50
    seed: int = 1


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
    judge: Judge, comparison: np.ndarray, among: np.ndarray, planting: Planting
) -> tuple[float, float, float, float]:
    """Return the shares flagged among these places: as a fall and either way by themselves, at 30 %, at 50 %."""
    by_itself = judge.statistic(comparison[None])[0][among]
    low, high = judge.low[among], judge.high[among]
    falls = by_itself < low
    planted = [
        float(
            (
                judge.statistic(thinned(comparison, share, planting.repeats, planting.seed))[:, among] < low
            ).mean()
        )
        for share in PLANTED
    ]
    return float(falls.mean()), float((falls | (by_itself > high)).mean()), planted[0], planted[1]


def compare_designs(
    setting: Setting,
    designs: Mapping[str, Design],
    crime_types: Sequence[CrimeType] = CRIME_TYPES,
    *,
    report: Callable[[int], np.ndarray] | None = None,
    planting: Planting = Planting(),
) -> pd.DataFrame:
    """Return `COMPARISON_COLUMNS`, one row a crime type and design, shares as fractions.

    Every design has the setting's months and its ground without what was treated. ``report`` says which of so many
    places are counted (all still serve as yardstick). Crime types without a place that can be judged have no row. Raises PeriodError as
    `compared_months` does, NeedsInputError when the force has no untreated ground.
    """
    panel = setting.panel
    usable = setting.joined_ground.set_index("ground_code")["district_name"]
    codes = panel.ground[panel.ground.isin(usable.index.difference(pd.Index(sorted(setting.treated))))]
    if not len(codes):
        raise NeedsInputError(
            "There is no untreated ground in the force to try designs on. Import its lookup."
        )
    rows = panel.ground.get_indexer(codes)
    counted = report(len(codes)) if report else np.ones(len(codes), bool)
    touching = _touching(setting.contiguity, codes) if setting.contiguity else None
    found = []
    for crime_type in crime_types:
        months = setting.months(crime_type)
        if not months.baseline or not months.comparison:
            continue
        before, after = panel.columns(months.baseline), panel.columns(months.comparison)
        values = panel.values[rows]
        counts = values[:, :, panel.column(crime_type)]
        known = Known(
            usable.reindex(codes).to_numpy(str),
            np.nansum(values[:, before], axis=(1, 2)) - counts[:, before].sum(axis=1),
            touching,
        )
        among = judged_places(counts[:, before], counts[:, after]) & counted
        if not among.any():
            continue
        for name, design in designs.items():
            shares = flags(
                design(counts[:, before], counts[:, after], known),
                counts[:, after],
                among,
                planting,
            )
            found.append((crime_type, name, int(among.sum()), *shares))
    return pd.DataFrame(found, columns=list(COMPARISON_COLUMNS))


def _touching(contiguity: Contiguity, codes: pd.Index) -> np.ndarray:
    """Return 1 where two of these places touch."""
    matrix = np.zeros((len(codes), len(codes)))
    for at, code in enumerate(codes):
        near = codes.get_indexer(sorted(contiguity.of(code)))
        matrix[at, near[near >= 0]] = 1
    return matrix
