"""Contiguity on a chessboard whose neighbours a reader can count."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from analysis.model.contiguity import Contiguity, build_contiguity, contiguous_sets
from analysis.model.errors import AnalysisError, ContractError
from tests.exhaustive import examples


def board(n: int = 4) -> gpd.GeoDataFrame:
    """n x n squares a1 (south west) to d4, and an island far away."""
    cells = {f"{'abcdef'[x]}{y + 1}": box(x, y, x + 1, y + 1) for x in range(n) for y in range(n)}
    cells["island"] = box(90, 90, 91, 91)
    return gpd.GeoDataFrame({"ground_code": list(cells)}, geometry=list(cells.values()), crs="EPSG:27700")


BOARD = build_contiguity(board())
CELLS = sorted(set(BOARD.neighbours) - {"island"})


def test_squares_that_share_an_edge_or_a_corner_are_neighbours():
    assert BOARD.of("a1") == {"a2", "b1", "b2"}
    assert len(BOARD.of("b2")) == 8
    assert BOARD.of("island") == BOARD.of("no such ground") == frozenset()
    assert sum(map(len, BOARD.neighbours.values())) == 2 * (24 + 18)
    assert all(a in BOARD.of(b) for a in CELLS for b in BOARD.of(a))


def test_rings_are_steps_away_and_hold_nothing_of_the_area():
    assert BOARD.ring({"a1"}) == {"a2", "b1", "b2"}
    assert BOARD.ring({"a1"}, 2) == {"a3", "b3", "c1", "c2", "c3"}
    assert BOARD.ring({"a1", "a2"}) == {"a3", "b1", "b2", "b3"}
    assert len(BOARD.ring({"a1"}, 3)) == 7
    assert BOARD.ring({"a1"}, 4) == BOARD.ring({"island"}) == frozenset()
    with pytest.raises(AnalysisError, match="order 0"):
        BOARD.ring({"a1"}, 0)


def test_ground_hangs_together_or_does_not():
    assert BOARD.is_connected({"a1", "b2", "c3"})
    assert BOARD.is_connected({"island"})
    assert not BOARD.is_connected({"a1", "c1"})
    assert not BOARD.is_connected(set())
    assert not BOARD.is_connected({"a1", "no such ground"})


def test_boundaries_in_two_rows_or_without_codes_are_refused():
    with pytest.raises(ContractError, match="a1"):
        build_contiguity(board().assign(ground_code="a1"))
    with pytest.raises(ContractError, match="ground_code"):
        build_contiguity(board().rename(columns={"ground_code": "code"}))
    assert build_contiguity(board().iloc[:0]).neighbours == {}


@examples(25)
@given(
    k=st.integers(2, 6),
    draws=st.integers(0, 60),
    seed=st.integers(0, 99),
    left_out=st.sets(st.sampled_from(CELLS)),
)
def test_sets_are_contiguous_of_the_size_asked_eligible_distinct_sorted_and_reproducible(
    k, draws, seed, left_out
):
    eligible = [*(set(BOARD.neighbours) - left_out), "no such ground"]
    sets = contiguous_sets(BOARD, k, eligible, draws, seed)
    assert len(sets) <= draws
    assert all(len(units) == k and units <= set(eligible) and BOARD.is_connected(units) for units in sets)
    assert sets == sorted(set(sets), key=sorted)
    assert sets == contiguous_sets(BOARD, k, eligible[::-1], draws, seed)


def test_one_unit_a_set_is_every_eligible_unit_with_a_boundary():
    assert contiguous_sets(BOARD, 1, ["b1", "a1", "island", "nowhere"], 0, 1) == [{"a1"}, {"b1"}, {"island"}]


def test_every_start_takes_part_and_seeds_differ():
    sets = contiguous_sets(BOARD, 3, CELLS, 400, 1)
    assert frozenset().union(*sets) == set(CELLS)
    assert len(sets) > 50
    assert sets != contiguous_sets(BOARD, 3, CELLS, 400, 2)
    assert contiguous_sets(BOARD, 2, ["a1", "c1"], 50, 1) == []
    assert contiguous_sets(BOARD, 2, [], 50, 1) == []
    with pytest.raises(AnalysisError, match="0 units"):
        contiguous_sets(BOARD, 0, CELLS, 5, 1)


def test_pairs_are_drawn_from_a_line_without_a_favourite():
    line = Contiguity({"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b")})
    assert contiguous_sets(line, 2, "abc", 30, 5) == [{"a", "b"}, {"b", "c"}]
    assert contiguous_sets(line, 3, "abc", 3, 5) == [{"a", "b", "c"}]


@given(st.integers(0, 1000), st.integers(2, 30), st.integers(0, 300), st.integers(2, 4))
def test_sets_are_those_that_grow_one_unit_after_the_other_by_the_same_chances(seed, units, draws, k):
    dice = np.random.default_rng(seed)
    touching = dice.random((units, units)) < 0.15
    touching |= touching.T
    codes = [f"E{at:02d}" for at in range(units)]
    near = {
        code: frozenset(codes[other] for other in np.flatnonzero(row) if other != at)
        for at, (code, row) in enumerate(zip(codes, touching, strict=True))
    }
    random = np.random.default_rng(seed)
    order, grown = random.permutation(units), set()
    for draw in range(draws):
        start = codes[order[draw % units]]
        members, edge = {start}, set(near[start])
        while len(members) < k and edge:
            added = sorted(edge)[random.integers(len(edge))]
            members.add(added)
            edge = (edge | near[added]) - members
        if len(members) == k:
            grown.add(frozenset(members))
    assert contiguous_sets(Contiguity(near), k, codes, draws, seed) == sorted(grown, key=sorted)
