import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.thresholds import allowed, leave_out_reach, rank_p, reach, sharing
from tests.exhaustive import examples
from tests.stats.verdict_worlds import singles


def test_worked_numbers_of_p():
    assert rank_p(4, 99, 99) == pytest.approx(0.05)
    assert rank_p(160, 4000, 115) == pytest.approx(5.6 / 116)
    assert rank_p(0, 0, 0) == 1


def test_twenty_places_are_the_fewest_for_five_per_cent():
    assert reach(np.arange(19.0), 19) == 18
    assert reach(np.arange(18.0), 18) == np.inf


@examples(50)
@given(st.integers(1, 400), st.floats(1, 400))
def test_what_is_allowed_is_where_p_crosses_the_level(others, separate):
    most = allowed(others, separate)
    if most >= 0:
        assert rank_p(most, others, separate) <= 0.05 + 1e-9
    assert rank_p(most + 1, others, separate) > 0.05 - 1e-9


def test_a_place_never_sets_its_own_threshold():
    sizes = np.arange(40.0)
    every = np.ones(40, bool)
    found = leave_out_reach(sizes, every, singles(40))
    # 39 others of which (0.05 * 40 - 1) = 1 may be as far out: the second largest of the others
    assert found[0] == 38
    assert found[39] == 37
    moved = sizes.copy()
    moved[39] = 1000
    assert leave_out_reach(moved, every, singles(40))[39] == 37


def test_sets_that_share_ground_are_left_out_of_a_threshold():
    members = np.array([[unit, unit + 1] for unit in range(99)])
    sizes = np.zeros(99)
    sizes[48:51] = 9.0
    every = np.ones(99, bool)
    found = leave_out_reach(sizes, every, members)
    # the three high ones share ground with the middle one: nothing is left that is as far out
    assert found[49] == 0
    near = sharing(members)
    assert near[49].indices.tolist() == [48, 49, 50]
    assert leave_out_reach(sizes, every, members, separate=10.0)[0] == np.inf


@examples(10)
@given(st.integers(0, 1000))
def test_five_per_cent_or_fewer_are_told_of_places_that_are_alike(seed):
    sizes = np.random.default_rng(seed).random(200)
    found = leave_out_reach(sizes, np.ones(200, bool), singles(200))
    assert 0.03 <= (sizes > found).mean() <= 0.05


def test_a_place_that_is_not_judged_serves_nobody():
    sizes = np.append(np.linspace(0, 1, 60), 50.0)
    judged = np.append(np.ones(60, bool), False)
    assert leave_out_reach(sizes, judged, singles(61)).max() <= 1
