"""Made forces for the second verdict: places in a grid of two districts, Poisson or negative binomial."""

from __future__ import annotations

import numpy as np

from analysis.stats.verdict_months import Months, Surroundings

SIDE = 12
MONTHS = 12


def grid(side: int = SIDE) -> np.ndarray:
    """Which of side x side squares touch (rook)."""
    at = np.indices((side, side)).reshape(2, -1).T
    return np.abs(at[:, None] - at[None]).sum(axis=2) == 1


def setting(places: int, other: float = 500.0) -> Surroundings:
    return Surroundings(np.full(places, other), np.where(np.arange(places) < places // 2, "East", "West"))


def made(seed: int, *, spread: float = 0.0, excess: float = 0.0, history: int = MONTHS) -> Months:
    """Places of 3 to 15 a month; ``spread`` from period to period, ``excess`` from month to month."""
    random = np.random.default_rng(seed)
    places = SIDE * SIDE
    level = random.uniform(3, 15, places)
    runs = []
    for months in (history, MONTHS, MONTHS):
        mean = np.repeat((level * np.exp(random.normal(0, spread, places)))[:, None], months, axis=1)
        if excess:
            mean = random.gamma(1 / excess, mean * excess)
        runs.append(random.poisson(mean).astype(float))
    return Months(*runs)


def singles(places: int) -> np.ndarray:
    return np.arange(places)[:, None]
