"""Made months of a force: a seeded negative binomial fitted place by place to the real ones, a bad year planted.

Each place keeps its level (mean month), its month-to-month variation beyond Poisson (relative, shrunk to the
force's where its months are few) and the force's season; years differ by nothing but chance, except in the
places that are given a bad or a good year. So what a rule says of those places is known to be an error.

Worked number: a place of 10 a month with g = 0.1 has a monthly variance of 10 + 0.1 * 100 = 20.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.stats.arrays import Floats, Ints

PRIOR_WEIGHT = 10.0
LEAST_EXCESS = 1e-3


@dataclass(frozen=True)
class Planted:
    """A year planted: in ``share`` of the places counts times ``times``, in as many divided by it.

    ``months`` are the made months from the first to before the second number. The same places in every crime
    type, as when a place is chosen for its bad year.
    """

    months: tuple[int, int]
    times: float = 1.5
    share: float = 0.2


def made_months(
    counts: Floats, calendar: Ints, planted: Planted, *, months: int = 48, seed: int = 1
) -> Floats:
    """Return made counts, places x ``months`` x types, the first made month being that of ``calendar``.

    ``counts`` are the real ones, places x months x types without a gap; ``calendar`` the calendar month (1 to
    12) of each real month, each of the twelve at least once. A type that is never recorded stays at none.
    """
    random = np.random.default_rng(seed)
    places, held, types = counts.shape
    order, some = random.permutation(places), round(planted.share * places)
    years = np.ones((places, months))
    years[order[:some], slice(*planted.months)] = planted.times
    years[order[some : 2 * some], slice(*planted.months)] = 1 / planted.times
    made = np.zeros((places, months, types))
    season_of = (calendar[0] - 1 + np.arange(months)) % 12
    for each in range(types):
        real = counts[:, :, each]
        total = real.sum(axis=0)
        if not total.any():
            continue
        season = np.array([total[calendar == month].mean() for month in range(1, 13)])
        level = real.mean(axis=1)
        followed = level[:, None] * total / total.mean()
        excess = ((real - followed) ** 2).sum(axis=1) / (held - 1) - level
        prior = max(float(excess.sum() / (level**2).sum()), 0.0)
        relative = np.maximum((excess + PRIOR_WEIGHT * prior) / (level**2 + PRIOR_WEIGHT), LEAST_EXCESS)[
            :, None
        ]
        mean = level[:, None] * (season / season.mean())[season_of] * years
        made[:, :, each] = random.poisson(random.gamma(1 / relative, np.maximum(mean * relative, 1e-12)))
    return made
