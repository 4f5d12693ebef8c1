from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError
from analysis.stats import contiguous
from analysis.stats.contiguous import contiguous_sets
from tests.exhaustive import examples
from tests.stats.verdict_worlds import grid


def row_of(units: int) -> np.ndarray:
    return np.abs(np.arange(units)[:, None] - np.arange(units)[None]) == 1


def hangs_together(touching: np.ndarray, units: tuple[int, ...]) -> bool:
    reached, edge = {units[0]}, [units[0]]
    while edge:
        unit = edge.pop()
        fresh = {other for other in units if touching[unit, other]} - reached
        reached |= fresh
        edge += list(fresh)
    return len(reached) == len(units)


@pytest.mark.parametrize(("k", "sets"), [(1, 4), (2, 3), (3, 2), (4, 1)])
def test_worked_number_four_units_in_a_row(k, sets):
    found = contiguous_sets(row_of(4), np.ones(4, bool), k)
    assert len(found.members) == sets
    assert found.all_listed


@examples(25)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_every_connected_set_is_listed_once(seed, k):
    random = np.random.default_rng(seed)
    half = np.triu(random.random((8, 8)) < 0.35, 1)
    touching, eligible = half | half.T, random.random(8) < 0.8
    units = np.flatnonzero(eligible).tolist()
    expected = [each for each in combinations(units, k) if hangs_together(touching, each)]
    assert [tuple(each) for each in contiguous_sets(touching, eligible, k).members.tolist()] == expected


def test_a_draw_stands_in_where_sets_are_too_many_and_is_the_same_each_time(monkeypatch):
    monkeypatch.setattr(contiguous, "MOST_LISTED", 100)
    monkeypatch.setattr(contiguous, "DRAWN", 60)
    touching, every = grid(6), np.ones(36, bool)
    once, again = contiguous_sets(touching, every, 4), contiguous_sets(touching, every, 4)
    assert not once.all_listed
    assert (once.members == again.members).all()
    assert len(np.unique(once.members, axis=0)) == len(once.members) == 60
    assert all(hangs_together(touching, tuple(each)) for each in once.members.tolist())


def test_no_set_and_a_table_that_does_not_fit_are_refused():
    with pytest.raises(AnalysisError, match=r"0 units"):
        contiguous_sets(row_of(3), np.ones(3, bool), 0)
    with pytest.raises(AnalysisError, match=r"does not fit"):
        contiguous_sets(row_of(3), np.ones(4, bool), 2)
    assert contiguous_sets(row_of(3), np.zeros(3, bool), 2).members.shape == (0, 2)
