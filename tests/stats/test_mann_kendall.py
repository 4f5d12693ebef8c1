from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from analysis.model.errors import AnalysisError
from analysis.stats.mann_kendall import mann_kendall, mann_kendall_rows

SERIES = st.lists(st.integers(0, 6), min_size=4, max_size=30)


def test_the_published_example():
    got = mann_kendall(np.array([1.0, 2, 3, 4, 5]))
    assert (got.s, got.slope, got.months) == (10, 1, 5)
    assert (got.z, got.p) == pytest.approx((2.2045407685, 0.0274863361), abs=1e-9)


def test_ties_reduce_the_variance_as_in_pymannkendall():
    # pymannkendall 1.4.3, original_test([1, 1, 2, 2, 2, 5, 4, 4]): s 19, var_s 59.6667, z 2.330272
    got = mann_kendall(np.array([1.0, 1, 2, 2, 2, 5, 4, 4]))
    assert got.s == 19
    assert got.z == pytest.approx(2.3302720008, abs=1e-9)


def test_a_gap_is_left_out_and_keeps_its_place_in_the_slope():
    got = mann_kendall(np.array([1.0, 2, np.nan, 4, 5]))
    assert (got.s, got.months, got.slope) == (6, 4, 1)


def test_a_flat_series_has_no_trend():
    assert mann_kendall(np.ones(8)).p == 1


def test_too_few_months_are_refused():
    with pytest.raises(AnalysisError, match="at least 4 months; 3 are"):
        mann_kendall(np.array([1.0, 2, np.nan, 3]))


@given(SERIES)
def test_s_is_the_numerator_of_scipys_kendall_tau(series):
    values = np.array(series, float)
    n = len(values)
    _, sizes = np.unique(values, return_counts=True)
    pairs, tied = n * (n - 1) / 2, (sizes * (sizes - 1) / 2).sum()
    tau = kendalltau(np.arange(n), values).statistic if pairs > tied else 0
    assert mann_kendall(values).s == pytest.approx(tau * np.sqrt(pairs * (pairs - tied)))


@given(SERIES)
def test_turned_round_in_time_the_trend_turns_its_sign(series):
    values = np.array(series, float)
    assert mann_kendall(values[::-1]).z == -mann_kendall(values).z


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=5))
def test_many_series_at_once_are_the_same_as_one_by_one(table):
    values = np.array(table, float)
    s, z = mann_kendall_rows(values)
    one = [mann_kendall(row) for row in values]
    assert list(s) == [m.s for m in one]
    assert list(z) == pytest.approx([m.z for m in one])
