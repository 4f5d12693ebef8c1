import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.stats.thresholds import leave_out_reach
from analysis.stats.verdict_area import Untreated, area_estimate, measured
from analysis.stats.verdict_months import Months, Surroundings
from analysis.stats.verdict_panel import Expected, yardstick
from tests.exhaustive import examples
from tests.stats.verdict_worlds import MONTHS, SIDE, made, setting, singles

PLACES = SIDE * SIDE


def area(history: float, before: float, after: float) -> Months:
    return Months(*(np.full((1, MONTHS), each) for each in (history, before, after)))


def own() -> Surroundings:
    return Surroundings(np.array([500.0]), np.array(["East"]))


def against(months: Months):
    return measured(Untreated(months, setting(len(months)), singles(len(months))))


def test_worked_number_places_that_stayed():
    steady = np.tile([4.0, 4, 4, 5, 4, 4, 4, 4, 5, 4, 4, 4], (40, 1))
    months = Months(np.zeros((40, 0)), steady, steady)
    made_of = yardstick(months, setting(40))
    assert made_of.expected.count == pytest.approx(50, abs=0.1)
    assert made_of.z == pytest.approx(0, abs=0.01)
    assert made_of.history_weight is None
    assert made_of.district_spread == 0


def test_z_by_hand():
    expected = Expected(np.array([100.0]), np.array([0.01]), np.array([100.0]), 1.0, 2.0)
    # 2 / 0.1 asinh(0.1 sqrt(100.375)) = 17.6540; at 50: 13.2128; at 150: 20.6537
    assert expected.z(np.array([50.0]))[0] == pytest.approx(13.2128 - 17.6540, abs=2e-4)
    assert expected.z(np.array([150.0]))[0] == pytest.approx((20.6537 - 17.6540) / 2, abs=2e-4)


@examples(30)
@given(st.floats(1, 500), st.floats(0.001, 1), st.floats(0.1, 4))
def test_counts_at_a_reach_have_that_z(count, spread, far):
    expected = Expected(np.array([count]), np.array([spread]), np.array([count]), 0.9, 1.2)
    low, high = expected.counts_at(far)
    assert expected.z(high)[0] == pytest.approx(far, rel=1e-6)
    if low[0] > 0:
        assert expected.z(low)[0] == pytest.approx(-far, rel=1e-6)
    assert low[0] <= count <= high[0]


@examples(15)
@given(st.integers(0, 100), st.floats(2, 12), st.integers(0, 11))
def test_fewer_recorded_never_raises_z(seed, before, fewer):
    expected = against(made(seed, spread=0.1)).yardstick.expect(area(before, before, 1.0), own())
    counts = np.array([[float(12 - fewer)], [12.0]]) * before
    z = expected.z(counts)[:, 0]
    assert z[0] <= z[1]


@pytest.mark.parametrize(("spread", "excess"), [(0.0, 0.0), (0.25, 0.0), (0.15, 0.1)])
def test_false_alarms_on_made_months_are_near_the_level_either_way(spread, excess):
    fell, rose = 0.0, 0.0
    for seed in range(8):
        found = yardstick(made(seed, spread=spread, excess=excess), setting(PLACES))
        edge = leave_out_reach(np.abs(found.z), found.judged, singles(PLACES))
        fell += float((found.z < -edge).mean()) / 8
        rose += float((found.z > edge).mean()) / 8
    assert 0.03 <= fell + rose <= 0.05
    assert abs(fell - rose) < 0.02


@pytest.mark.parametrize("spread", [0.0, 0.25])
def test_z_of_an_area_from_outside_is_one_more_draw(spread):
    told = []
    for seed in range(6):
        months = made(seed, spread=spread)
        for place in range(0, PLACES, 12):
            rest = np.delete(np.arange(PLACES), place)[:, None]
            yard = measured(Untreated(months.of(rest), setting(PLACES).of(rest), singles(PLACES - 1)))
            found = area_estimate(
                months.of(np.array([[place]])), setting(PLACES).of(np.array([[place]])), yard
            )
            told.append(found.told != 0)
    assert np.mean(told) <= 0.12


def test_inside_and_outside_agree():
    months = made(3, spread=0.2)
    inside = yardstick(months, setting(PLACES))
    rest = np.arange(1, PLACES)[:, None]
    outside = yardstick(months.of(rest), setting(PLACES).of(rest))
    first = np.array([[0]])
    z = outside.expect(months.of(first), setting(PLACES).of(first)).z(months.of(first).comparison.sum(axis=1))
    assert z[0] == pytest.approx(inside.z[0], abs=0.1)


def test_a_bad_year_that_goes_away_is_no_fall_once_history_is_seen():
    with_history = against(made(5, spread=0.15))
    without = against(made(5, spread=0.15, history=0))
    blind = Months(np.zeros((1, 0)), np.full((1, MONTHS), 12.0), np.full((1, MONTHS), 7.0))
    seen = area_estimate(area(7.0, 12.0, 7.0), own(), with_history)
    unseen = area_estimate(blind, own(), without)
    assert 0.2 < seen.history_weight < 0.8
    assert seen.told == 0
    assert unseen.told == -1
    assert seen.z > unseen.z


def test_falls_and_rises_are_told_and_the_ordinary_range_says_where():
    yard = against(made(5, spread=0.1))
    fell, rose = (area_estimate(area(9.0, 9.0, after), own(), yard) for after in (4.0, 17.0))
    assert (fell.told, rose.told) == (-1, 1)
    assert fell.p <= 0.05 and rose.p <= 0.05
    assert fell.ordinary_low == pytest.approx(rose.ordinary_low)
    assert fell.comparison < fell.ordinary_low < fell.ordinary_high < rose.comparison
    assert 0 < (1 - fell.smallest_fall) * fell.expected < fell.ordinary_low
    assert fell.by_course == pytest.approx(108, rel=0.05)


def test_too_few_is_said_and_not_judged():
    found = area_estimate(area(0.5, 1.0, 0.5), own(), against(made(5)))
    assert found.told is None
    assert found.baseline + found.comparison == 18


def test_a_count_on_the_other_side_of_the_course_is_not_told():
    expected = Expected(np.array([50.0]), np.array([0.01]), np.array([100.0]), 1.0, 1.0)
    assert expected.z(np.array([95.0]))[0] > 3
    assert expected.told(np.array([95.0]), 1.96)[0] == 0
    assert expected.told(np.array([150.0]), 1.96)[0] == 1


def test_a_district_that_changed_as_one_is_no_news_of_its_places():
    months = made(9, spread=0.05)
    comparison = months.comparison.copy()
    east = np.arange(PLACES) < PLACES // 2
    comparison[east] = np.random.default_rng(1).binomial(comparison[east].astype(int), 0.6)
    found = yardstick(Months(months.history, months.baseline, comparison), setting(PLACES))
    assert found.district_spread > 0.15
    assert abs(found.z[east].mean()) < 0.35


def test_a_missing_month_or_too_few_places_are_refused():
    gap = np.full((30, 12), np.nan)
    with pytest.raises(AnalysisError, match=r"not published"):
        Months(np.zeros((30, 0)), gap, np.ones((30, 12)))
    with pytest.raises(AnalysisError, match=r"either side"):
        Months(np.zeros((30, 0)), np.ones((30, 0)), np.ones((30, 12)))
    months = made(1).of(singles(10))
    with pytest.raises(NeedsInputError, match=r"Only 10"):
        yardstick(months, setting(10))


def test_the_smallest_fall_is_where_the_whole_rule_begins_to_tell():
    yard = against(made(5, spread=0.1))
    found = area_estimate(area(9.0, 9.0, 9.0), own(), yard)
    most = round((1 - found.smallest_fall) * found.expected)
    told = []
    for count in (most, most + 1):
        months = area(9.0, 9.0, 0.0)
        months.comparison[0, 0] = count
        told.append(area_estimate(months, own(), yard).told)
    assert told == [-1, 0]
    assert area_estimate(area(1.0, 1.0, 1.5), own(), yard).smallest_fall is None
