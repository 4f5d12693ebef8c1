import math
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError
from analysis.stats.pooled import AreaEffect, effect_of_interval, pooled


def effects(*pairs):
    return [AreaEffect(f"area {i}", math.exp(log), error) for i, (log, error) in enumerate(pairs)]


def test_worked_number_by_hand():
    found = pooled(effects((-0.6, 0.2), (-0.2, 0.1), (0.0, 0.1)))
    assert found.q == pytest.approx(7.5556, abs=1e-4)
    assert found.tau**2 == pytest.approx(5.555556 / 133.333333, abs=1e-6)
    assert math.log(found.ratio) == pytest.approx(-0.220155, abs=1e-6)
    assert math.log(found.fixed_ratio) == pytest.approx(-35 / 225)
    assert math.log(found.high / found.ratio) == pytest.approx(1.959964 * 0.140090, abs=1e-5)
    assert found.i_squared == pytest.approx(1 - 2 / 7.555556, abs=1e-6)
    assert sum(found.weights) == pytest.approx(1)
    assert found.weights[1] == found.weights[2] > found.weights[0]


def test_with_three_areas_that_differ_hartung_and_knapp_is_wider():
    found = pooled(effects((-0.6, 0.2), (-0.2, 0.1), (0.0, 0.1)))
    assert math.log(found.few_high / found.ratio) == pytest.approx(4.302653 * 0.163152, abs=1e-5)


def test_areas_that_agree_have_no_spread_and_pool_as_one():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = pooled(effects((-0.2, 0.2), (-0.2, 0.2), (-0.2, 0.2), (-0.2, 0.2)))
    assert found.tau == 0
    assert found.ratio == pytest.approx(math.exp(-0.2))
    assert math.log(found.high / found.ratio) == pytest.approx(1.959964 * 0.1, abs=1e-6)
    assert (found.few_low, found.few_high) == pytest.approx((found.low, found.high))


def test_an_interval_gives_back_its_standard_error():
    effect = effect_of_interval("Thornaby", 0.654546, 0.365740, 1.171407)
    assert effect.standard_error == pytest.approx(0.296954, abs=1e-5)


def test_an_area_without_an_estimate_is_left_out_and_named():
    known = effects((-0.6, 0.2), (-0.2, 0.1))
    found = pooled([*known, effect_of_interval("Empty", math.nan, math.nan, math.nan)])
    assert found.left_out == ("Empty",)
    assert len(found.areas) == len(found.weights) == 2


@pytest.mark.parametrize("given", [[], effects((-0.2, 0.1)), effects((-0.2, 0.1)) * 2])
def test_fewer_than_two_areas_or_one_twice_is_refused(given):
    with pytest.raises(AnalysisError, match=r"\.$"):
        pooled(given)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 1)), min_size=2, max_size=8))
def test_the_pooled_ratio_lies_among_the_areas_and_is_never_surer_than_one_true_ratio_allows(pairs):
    found = pooled(effects(*pairs))
    ratios = [effect.ratio for effect in found.areas]
    assert min(ratios) - 1e-9 <= found.ratio <= max(ratios) + 1e-9
    fixed_error = 1 / math.sqrt(sum(1 / error**2 for _, error in pairs))
    assert math.log(found.high / found.ratio) >= 1.9599 * fixed_error - 1e-9
    assert found.few_low <= found.low * (1 + 1e-9)
    assert found.few_high >= found.high * (1 - 1e-9)
