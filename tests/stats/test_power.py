import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError
from analysis.stats.power import (
    months_needed,
    places_needed,
    plan,
    power_of,
    smallest_planned_fall,
    spread_of_phi,
)

FALLS = st.floats(0.05, 0.9)
RATES = st.floats(0.5, 500)
SPREADS = st.floats(0, 0.8)


def test_worked_number_seven_places_of_twenty_a_month_tell_a_fall_of_30_per_cent_in_a_year():
    assert places_needed(0.3, 20, 0.3) == 7


def test_one_place_with_ordinary_variation_of_03_never_tells_a_fall_of_30_per_cent():
    assert months_needed(0.3, 20, 0.3) is None
    assert plan(0.3, 20, 0.3).floor == pytest.approx(1 - math.exp(-2.801585 * 0.3), abs=1e-6)


def test_without_ordinary_variation_the_months_follow_from_poisson_alone():
    # (1 + 1/0.7) / (20 x (0.356675/2.801585)²) = 7.49
    assert months_needed(0.3, 20, 0) == 8


def test_stating_the_fall_beforehand_needs_fewer_places():
    assert places_needed(0.3, 20, 0.3, stated_fall=True) == 5  # 0.10012 x 2.486475² / 0.127217 = 4.87


def test_spread_of_a_phi_at_its_own_counts():
    assert spread_of_phi(9.34, 201, 88) == pytest.approx(math.sqrt(8.34 * (1 / 201 + 1 / 88)))
    assert spread_of_phi(0.9, 201, 88) == 0


@given(FALLS, RATES, SPREADS)
def test_the_places_asked_for_give_the_power_and_one_fewer_do_not(fall, monthly, spread):
    places = places_needed(fall, monthly, spread)
    assert power_of(fall, monthly, spread, places=places) >= 0.8 - 1e-6
    if places > 1:
        assert power_of(fall, monthly, spread, places=places - 1) < 0.8 + 1e-6


@given(FALLS, RATES, SPREADS, st.integers(1, 9))
def test_the_months_asked_for_give_the_power(fall, monthly, spread, places):
    months = months_needed(fall, monthly, spread, places=places)
    if months is None:
        # no plan within the limit: the longest allowed falls short too
        assert power_of(fall, monthly, spread, months=60, places=places) < 0.8 + 1e-6
    else:
        assert power_of(fall, monthly, spread, months=months, places=places) >= 0.8 - 1e-6


@given(RATES, SPREADS)
def test_more_places_never_need_a_larger_fall(monthly, spread):
    one, four = smallest_planned_fall(monthly, spread), smallest_planned_fall(monthly, spread, places=4)
    if not math.isnan(one):
        assert four <= one
        assert power_of(one, monthly, spread) >= 0.8 - 1e-9


def test_a_place_with_one_a_month_tells_no_fall_at_all():
    assert math.isnan(smallest_planned_fall(1, 0.3))
    assert smallest_planned_fall(20, 0) == 0.241


@pytest.mark.parametrize(
    ("fall", "monthly", "spread"), [(0, 20, 0.3), (1, 20, 0.3), (0.3, 0, 0.3), (0.3, 5, math.nan)]
)
def test_a_plan_that_makes_no_sense_is_refused_with_a_sentence(fall, monthly, spread):
    with pytest.raises(AnalysisError, match=r"\.$"):
        plan(fall, monthly, spread)
