from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError
from analysis.stats.concentration import (
    concentration,
    generalised_gini,
    gini,
    gini_by_chance,
    lorenz,
    predictive_accuracy,
    top_share,
    underlying_gini,
)

COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any)


def series(counts) -> pd.Series:
    return pd.Series(np.array(counts, float), index=[f"{i:03d}" for i in range(len(counts))])


def test_the_worked_numbers():
    assert gini(np.array([10, 20, 30, 40])) == pytest.approx(0.25)
    sparse = np.array([3, 1, 1, *[0] * 7])
    assert gini(sparse) == pytest.approx(0.78)
    # the area between the steeper line of equality (1/4) and the curve (11/100), over that 1/4
    assert generalised_gini(sparse) == pytest.approx(0.56)


def test_the_example_of_bernasco_and_steenbeek_half_as_many_robberies_are_no_more_concentrated():
    assert generalised_gini(np.ones(10)) == pytest.approx(0)
    assert generalised_gini(np.array([1] * 5 + [0] * 5)) == pytest.approx(0)
    assert gini(np.array([1] * 5 + [0] * 5)) == pytest.approx(0.5)


@given(COUNTS)
def test_with_as_many_incidents_as_places_both_ginis_agree_else_the_generalised_is_lower(counts):
    values = np.array(counts, float)
    plain, general = gini(values), generalised_gini(values)
    if values.sum() >= len(values):
        assert general == pytest.approx(plain)
    else:
        assert general < plain
    assert -1e-9 <= general <= plain + 1e-9 <= 1


@given(COUNTS, st.integers(2, 9))
def test_gini_ignores_scale_and_order(counts, times):
    values = np.array(counts, float)
    assert gini(values[::-1] * times) == pytest.approx(gini(values))


@given(COUNTS)
def test_gini_is_twice_the_area_of_the_curve_beyond_the_diagonal(counts):
    curve = lorenz(series(counts))
    area = np.trapezoid(curve["incidents_share"], curve["places_share"])
    assert gini(np.array(counts)) == pytest.approx(2 * (area - 0.5))


@given(COUNTS)
def test_the_top_share_is_the_height_of_the_curve(counts):
    curve = lorenz(series(counts))
    n = len(counts) // 2 or 1
    assert top_share(series(counts), n) == pytest.approx(curve["incidents_share"].iloc[n])


@pytest.mark.parametrize("mean", [0.2, 1.0, 6.0])
def test_the_gini_by_chance_is_that_of_drawn_poisson_counts(mean):
    drawn = np.random.default_rng(4).poisson(mean, 200_000)
    assert gini(drawn) == pytest.approx(gini_by_chance(mean), abs=0.003)


@pytest.mark.parametrize("mean", [0.5, 20.0])
def test_the_underlying_gini_is_found_however_sparse_the_counts(mean):
    # a gamma of shape 1 is exponential, whose Gini is 1/2
    random = np.random.default_rng(8)
    counts = random.poisson(random.exponential(mean, 20_000))
    assert underlying_gini(counts) == pytest.approx(0.5, abs=0.02)
    assert gini(counts) > 0.5


def test_places_that_are_all_alike_are_not_concentrated_beyond_chance():
    got = concentration(series([2, 2, 2, 2]))
    assert np.isnan(got.underlying)
    assert not got.beyond_chance
    assert got.half == 2
    assert concentration(series([9, 0, 0, 1])).beyond_chance


def test_predictive_accuracy_by_hand():
    earlier, later = series([10, 8, 1, 0]), series([6, 2, 1, 1])
    assert predictive_accuracy(earlier, later, 1) == pytest.approx((6 / 10) / (1 / 4))
    size = pd.Series([3.0, 1, 1, 1], index=earlier.index)
    assert predictive_accuracy(earlier, later, 1, size=size) == pytest.approx((6 / 10) / (3 / 6))
    assert predictive_accuracy(earlier, later, 4) == 1


def test_ties_among_the_leaders_go_to_the_lower_code_whatever_the_order_given():
    earlier, later = series([5, 5, 1]), series([4, 0, 0])
    assert predictive_accuracy(earlier[::-1], later, 1) == pytest.approx(3)


@pytest.mark.parametrize("counts", [[0.0, 0], [1, np.nan]])
def test_nothing_recorded_and_gaps_are_refused(counts):
    with pytest.raises(AnalysisError, match=r"Nothing is recorded|not published"):
        concentration(series(counts))


def test_ground_that_differs_and_a_top_that_does_not_exist_are_refused():
    with pytest.raises(AnalysisError, match="different ground"):
        predictive_accuracy(series([1, 2]), series([1, 2, 3]), 1)
    with pytest.raises(AnalysisError, match="Choose 1 to 2"):
        top_share(series([1, 2]), 3)
