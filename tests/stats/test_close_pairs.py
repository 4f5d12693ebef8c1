"""Pairs of incidents at different points: sums by hand, and what holds whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.close_pairs import close_pairs


def test_the_worked_number():
    pairs = close_pairs(np.array([0.0, 200.0, 400.0]), np.zeros(3), np.array([2, 3, 4]))
    assert pairs.tolist() == [6, 18, 12]


def test_one_point_has_no_pair_however_much_is_recorded_there():
    assert close_pairs(np.zeros(2), np.zeros(2), np.array([500, 300])).tolist() == [0, 0]
    assert close_pairs(np.array([]), np.array([]), np.array([])).tolist() == []


def test_the_reach_itself_is_near():
    assert close_pairs(np.array([0.0, 250.0]), np.zeros(2), np.array([1, 1])).tolist() == [1, 1]
    assert close_pairs(np.array([0.0, 250.1]), np.zeros(2), np.array([1, 1])).tolist() == [0, 0]


rows = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 9)), min_size=1, max_size=25)


@given(rows)
def test_it_is_what_two_loops_count(made):
    x, y, n = (np.array(column, dtype=float) for column in zip(*made, strict=True))
    x, y = 60 * x, 60 * y
    by_hand = [
        sum(
            n[i] * n[j]
            for j in range(len(n))
            if (x[i], y[i]) != (x[j], y[j]) and np.hypot(x[i] - x[j], y[i] - y[j]) <= 250
        )
        for i in range(len(n))
    ]
    assert close_pairs(x, y, n) == pytest.approx(by_hand)


@given(rows)
def test_a_row_split_in_two_changes_no_sum(made):
    x, y, n = (np.array(column, dtype=float) for column in zip(*made, strict=True))
    whole = close_pairs(60 * x, 60 * y, 2 * n).sum()
    halves = close_pairs(np.tile(60 * x, 2), np.tile(60 * y, 2), np.tile(n, 2)).sum()
    assert whole == pytest.approx(halves)
