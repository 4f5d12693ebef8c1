"""National Gi*: 35,000 units of a made grid, one month, beside the plain sum it cannot do without.

    python -m pytest tests/bench/test_bench_gi_star.py -n 0 --benchmark-only

The guide is 5 seconds. The plain equivalent is the same formula over the same neighbours in a Python loop.
Contiguity is held as sets here and made once, outside the timing, as the store does.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from analysis.model.contiguity import Contiguity
from analysis.stats.gi_star import gi_star
from analysis.topics.high_crime.measure.emerging import emerging
from tests.made.places import grid, made_panel

ROWS, COLUMNS = 175, 200
GUIDE = 5.0


@lru_cache(maxsize=1)
def nation() -> tuple[pd.Series, Contiguity]:
    near = grid(ROWS, COLUMNS)
    codes = sorted(near.neighbours)
    drawn = np.random.default_rng(1).negative_binomial(1, 0.3, len(codes)).astype(float)
    return pd.Series(drawn, index=codes), near


def plain(counts: pd.Series, near: Contiguity) -> list[float]:
    values = dict(counts)
    n, mean, spread = len(values), counts.mean(), counts.std(ddof=0)
    found = []
    for code, own in values.items():
        units = near.neighbours[code]
        k = len(units) + 1
        total = own + sum(values[other] for other in units)
        found.append((total - k * mean) / (spread * (k * (n - k) / (n - 1)) ** 0.5))
    return found


@pytest.mark.benchmark(group="national Gi*")
def test_gi_star_by_esda(benchmark):
    counts, near = nation()
    gi_star(counts.iloc[:100], near)  # esda is imported once in the life of a server
    got = benchmark.pedantic(gi_star, (counts, near), rounds=3)
    assert len(got.table) == ROWS * COLUMNS
    assert benchmark.stats.stats.min < GUIDE


@pytest.mark.benchmark(group="national Gi*")
def test_the_plain_loop(benchmark):
    counts, near = nation()
    got = benchmark.pedantic(plain, (counts, near), rounds=3)
    assert got == pytest.approx(list(gi_star(counts, near).table["gi_star"]))


@pytest.mark.benchmark(group="emerging classes, 351 units x 24 months")
def test_emerging_classes_of_a_force(benchmark):
    near = grid(13, 27)
    drawn = np.random.default_rng(2).negative_binomial(1, 0.3, (351, 24)).astype(float)
    panel = made_panel({code: list(row) for code, row in zip(sorted(near.neighbours), drawn, strict=True)})
    got = benchmark(lambda: emerging(panel, "Anti-social behaviour", panel.span, contiguity=near))
    assert len(got.table) == 351
