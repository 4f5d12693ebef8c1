"""Which ground an outline stands for: sums by hand, and what holds whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.ground_cover import HALF, MOST_OF_IT, covers, held, taken


def test_the_worked_number():
    units = covers(
        ["A", "B", "C", "D"], np.array([6.0, 3.0, 1.0, 0.0]), np.array([20.0, 60.0, 1.5, 9.0]), 10.0
    )
    assert [(each.ground_code, each.of_outline) for each in units] == [("A", 0.6), ("B", 0.3), ("C", 0.1)]
    assert taken(units) == ("A", "B", "C")
    both = held(units, {"A", "B"})
    assert both.of_outline == pytest.approx(0.9) and both.of_ground == pytest.approx(9 / 80)
    assert both.confidence == "medium"


def test_an_edge_across_a_road_is_not_taken():
    units = covers(["A", "B"], np.array([8.0, 2.0]), np.array([40.0, 40.0]), 10.0)
    assert taken(units) == ("A",)


def test_a_city_centre_of_which_no_unit_holds_much_is_still_taken():
    units = covers([f"{at:02}" for at in range(10)], np.full(10, 1.0), np.full(10, 4.0), 10.0)
    assert taken(units) == tuple(f"{at:02}" for at in range(8))


def test_where_the_ground_holds_less_than_four_fifths_all_of_it_is_taken_with_low_confidence():
    units = covers(["A", "B"], np.array([3.0, 1.0]), np.array([4.0, 9.0]), 10.0)
    assert taken(units) == ("A", "B")
    assert held(units, taken(units)).confidence == "low"


def test_ground_added_that_the_outline_does_not_reach_lowers_the_share_of_ground():
    units = covers(["A"], np.array([9.0]), np.array([10.0]), 9.0)
    assert held(units, ["A"]).confidence == "high"
    assert held(units, ["A", "Z"], added_area=35.0).of_ground == pytest.approx(0.2)
    assert held(units, ["A", "Z"], added_area=35.0).confidence == "medium"
    assert held(units, []).confidence == "low"


shares = st.lists(st.tuples(st.floats(0.01, 50), st.floats(1.0, 5)), min_size=1, max_size=12)


@given(shares, st.floats(1.0, 2.0))
def test_what_is_taken_holds_most_of_it_and_none_of_it_could_be_left_out(parts, rest):
    inside = np.array([part for part, _ in parts])
    areas = inside * np.array([times for _, times in parts])
    units = covers([f"{at:02}" for at in range(len(parts))], inside, areas, inside.sum() * rest)
    chosen = taken(units)
    share = sum(unit.of_outline for unit in units if unit.ground_code in chosen)
    assert share >= min(MOST_OF_IT, sum(unit.of_outline for unit in units)) - 1e-6
    for unit in units:
        if unit.ground_code in chosen and unit.of_ground < HALF:
            larger = sum(each.of_outline for each in units if each.of_outline > unit.of_outline)
            assert larger < MOST_OF_IT + 1e-6
        if unit.of_ground >= HALF:
            assert unit.ground_code in chosen


@given(shares)
def test_the_order_of_the_units_changes_nothing(parts):
    inside = np.array([part for part, _ in parts])
    areas = inside * np.array([times for _, times in parts])
    codes = [f"{at:02}" for at in range(len(parts))]
    there = covers(codes, inside, areas, float(inside.sum()))
    back = covers(codes[::-1], inside[::-1], areas[::-1], float(inside.sum()))
    assert there == back and taken(there) == taken(back[::-1])
