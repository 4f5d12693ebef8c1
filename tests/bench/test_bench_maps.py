"""What travels for one change of a filter on a map of Cleveland, our way beside pydeck's plain way; and the time of both.

    python -m pytest tests/bench/test_bench_maps.py --benchmark-only -n 0 -s

Ours is the deck and the style sheet of the texts; the ground itself was served once. The plain way puts the same
outlines, colours and texts into one GeoJsonLayer, by pydeck's own to_json, as its documentation shows.
"""

from __future__ import annotations

import time
from statistics import median

import pytest

from tests.made.real_maps import ours, plain, real_ground

TURNS = 5


@pytest.fixture(scope="module")
def ground(real_store):
    return real_ground(real_store)


@pytest.mark.benchmark(group="one change of a filter")
def test_our_way(benchmark, ground):
    assert benchmark.pedantic(ours, (*ground, 1), rounds=TURNS, warmup_rounds=1)


@pytest.mark.benchmark(group="one change of a filter")
def test_the_plain_way(benchmark, ground):
    assert benchmark.pedantic(plain, (*ground, 1), rounds=TURNS, warmup_rounds=1)


@pytest.mark.benchmark(group="bytes and ratio")
def test_bytes_and_ratio_in_one_run(benchmark, ground):
    """Both ways turn by turn, so that a load on the machine meets them alike."""

    def taken(way, turn: int) -> tuple[float, int]:
        start = time.perf_counter()
        text = way(*ground, turn)
        return time.perf_counter() - start, len(text.encode())

    def both():
        return [(taken(ours, turn), taken(plain, turn)) for turn in range(TURNS)]

    both()
    found = benchmark.pedantic(both, rounds=1)
    (our_time, our_bytes), (plain_time, plain_bytes) = (
        (median(turn[way][0] for turn in found), max(turn[way][1] for turn in found)) for way in (0, 1)
    )
    print(
        f"\n{len(ground[0].outlines)} units: ours {our_bytes:,} bytes, plain {plain_bytes:,} bytes "
        f"({plain_bytes / our_bytes:.1f} times as many); "
        f"time ours/plain {our_time / plain_time:.2f} ({our_time * 1000:.0f} ms to {plain_time * 1000:.0f} ms)"
    )
