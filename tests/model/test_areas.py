"""Areas: named sets of ground, and what each is compared with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area, check_comparator, key_of, rest_of, town_centres, union, yardsticks
from analysis.model.errors import AreaError

A, B, C, D, X, Y = (f"E0100000{n}" for n in range(1, 7))
ground_sets = st.sets(st.sampled_from([A, B, C, D, X, Y]))


def area(
    key: str, ground: set[str], kind: str = "town centre", *, treated: bool = False, district: str = "town"
) -> Area:
    return Area(key, key.title(), kind, "force", frozenset(ground), treated=treated, district=district)


@given(st.lists(ground_sets, min_size=1, max_size=5))
def test_a_union_never_counts_ground_twice(sets):
    joined = union([area(f"a{i}", ground) for i, ground in enumerate(sets)], key="all", name="All")
    assert sorted(joined.ground) == sorted(set().union(*sets))


def test_the_rest_is_the_district_less_every_treated_area():
    district = area("town", {A, B, C, D}, "district")
    rest = rest_of(district, [area("centre", {A}, treated=True), area("other", {B, X}, treated=True)])
    assert (rest.key, rest.ground) == ("rest-of-town", frozenset({C, D}))


def test_a_comparator_that_contains_the_area_is_refused():
    with pytest.raises(AreaError, match="contains ground of Centre"):
        check_comparator(area("centre", {A}), area("rest", {A, B}))


def test_a_districts_yardstick_is_its_force_without_it():
    held = {
        "town": area("town", {A, B}, "district"),
        "city": area("city", {C, D}, "district", district="city"),
        "centre": area("centre", {A}, treated=True),
    }
    found = yardsticks(held["city"], held, "Made Police")
    assert (found.district.name, found.rest.ground) == ("Made Police", frozenset({B}))
    assert yardsticks(held["centre"], held, "Made Police").rest.ground == {B}


def test_a_force_without_town_centres_is_chosen_by_its_districts():
    held = {"town": area("town", {A}, "district"), "rest": area("rest", {B}, "rest")}
    assert list(town_centres(held)) == ["town"]
    assert key_of("Redcar and Cleveland") == "redcar-and-cleveland"
