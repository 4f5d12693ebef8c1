"""Periods, common ground, areas, the cube and number formats: what everything else counts on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import formats
from analysis.model.areas import Area, check_comparator, key_of, rest_of, town_centres, union, yardsticks
from analysis.model.cube import build_cube, panel
from analysis.model.errors import AnalysisError, AreaError, ContractError, PeriodError
from analysis.model.ground import (
    LOOKUP_COLUMNS,
    build_crosswalk,
    crosswalk_without_lookup,
    district_of,
    ground_table,
)
from analysis.model.periods import Period, check_held, check_two, compared_months, default_pair, parse_month
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES

MONTHS = [parse_month(f"2023-{m:02d}") for m in range(1, 7)]


def period(text: str) -> Period:
    return Period.parse(text)


# periods


def test_a_period_counts_both_ends_and_its_days():
    year = period("2023-07:2024-06")
    assert (len(year), year.days, year.label) == (12, 366, "Jul 2023 – Jun 2024")
    assert period("2022-07:2023-06").days == 365


@pytest.mark.parametrize("text", ["2022-13", "22-07", "2022/07", "2022-07-01", "", "2022-7", "2022-07:"])
def test_what_is_no_month_is_refused_with_a_sentence(text):
    with pytest.raises(PeriodError, match="is not a month"):
        Period.parse(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(PeriodError, match=r"ends .* before it begins"):
        Period.parse("2023-06:2022-07")


def test_like_for_like_takes_the_partner_of_a_missing_month_out_too():
    held = [m for m in period("2022-07:2024-06").months if str(m) != "2022-12"]
    found = compared_months(period("2022-07:2023-06"), period("2023-07:2024-06"), held)
    assert len(found.baseline) == len(found.comparison) == 11
    assert parse_month("2023-12") not in found.comparison
    assert found.comparable
    assert "Dec 2022 is not published here" in found.reason


def test_as_held_keeps_every_month_and_is_not_comparable():
    held = [m for m in period("2022-07:2024-06").months if str(m) != "2022-12"]
    found = compared_months(period("2022-07:2023-06"), period("2023-07:2024-06"), held, like_for_like=False)
    assert (len(found.baseline), len(found.comparison), found.comparable) == (11, 12, False)


@pytest.mark.parametrize(
    ("baseline", "comparison", "words"),
    [
        ("2022-07:2023-06", "2023-07:2024-05", "differ in length"),
        ("2022-07:2022-12", "2023-01:2023-06", "different calendar months"),
        ("2022-07:2023-12", "2023-07:2024-12", "overlap"),
    ],
)
def test_periods_that_cannot_be_compared_like_for_like_are_refused(baseline, comparison, words):
    with pytest.raises(PeriodError, match=words):
        compared_months(period(baseline), period(comparison), [])


def test_a_period_outside_what_is_held_names_the_span():
    with pytest.raises(PeriodError, match="Jul 2022 – Jun 2024"):
        check_held(period("2022-06:2022-12"), period("2022-07:2024-06"))


@pytest.mark.parametrize(
    ("span", "baseline", "comparison"),
    [
        ("2022-01:2024-06", "2022-07:2023-06", "2023-07:2024-06"),
        ("2023-01:2025-12", "2024-01:2024-12", "2025-01:2025-12"),
        ("2023-01:2024-06", "2023-01:2023-06", "2024-01:2024-06"),
        ("2023-01:2024-01", "2023-01:2023-01", "2024-01:2024-01"),
    ],
)
def test_a_page_opens_with_the_latest_months_that_can_be_compared(span, baseline, comparison):
    assert default_pair(period(span)) == (period(baseline), period(comparison))


def test_of_twelve_months_one_period_stands_for_both_and_a_comparison_says_what_is_missing():
    year = period("2023-01:2023-12")
    assert default_pair(year) == (year, year)
    with pytest.raises(PeriodError, match="13 months in a row, so 1 month is missing"):
        check_two(year, year)
    with pytest.raises(PeriodError, match="so 3 months are missing"):
        compared_months(period("2023-01:2023-10"), period("2023-01:2023-10"), [])


# common ground


def lookup(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (old, f"Town {old[-3:]}A", kind, new, f"Town {new[-3:]}A", "E06000004", "Town")
            for old, kind, new in rows
        ],
        columns=list(LOOKUP_COLUMNS),
    )


A, B, C, D, X, Y = (f"E0100000{n}" for n in range(1, 7))
NEW1, NEW2 = "E01034001", "E01034002"


def test_kept_split_merged_and_fragmented_ground_each_become_one_unit():
    walk = build_crosswalk(
        lookup((A, "U", A), (B, "S", NEW1), (B, "S", NEW2), (C, "M", "E01034003"), (D, "M", "E01034003"))
    )
    assert walk.ground_of[NEW1] == walk.ground_of[NEW2] == walk.ground_of[B] == B
    assert walk.ground_of[C] == walk.ground_of[D] == "E01034003"
    assert len(walk.table) == 3
    tangled = build_crosswalk(lookup((X, "X", "E01034004"), (X, "X", "E01034005"), (Y, "X", "E01034005")))
    assert set(tangled.ground_of.values()) == {X}


def test_the_ground_of_both_vintages_of_an_area_counts_once():
    walk = build_crosswalk(lookup((A, "U", A), (B, "S", NEW1), (B, "S", NEW2)))
    assert walk.ground([A, B, NEW1, NEW2]) == {A, B}


def test_without_a_lookup_other_ground_is_said_not_to_be_joined():
    walk = crosswalk_without_lookup([(A, "Town 001A", "Town", (A,), (A,))])
    seen = pd.DataFrame(
        {"lsoa_code": [A, B, NEW1], "lsoa_name": ["Town 001A", "Town 002B", "Other place 003C"]}
    )
    table = ground_table(walk, seen).set_index("ground_code")
    assert table["joined"].to_dict() == {A: True, B: False, NEW1: False}
    assert table.loc[NEW1, "district_name"] == "Other place"


@pytest.mark.parametrize(
    ("name", "district"),
    [("Stockton-on-Tees 014E", "Stockton-on-Tees"), ("Hull", ""), ("", ""), ("Bristol 001AB", "")],
)
def test_a_district_is_read_from_an_lsoas_name(name, district):
    assert district_of(name) == district


# areas


def area(
    key: str, ground: set[str], kind: str = "town centre", *, treated: bool = False, district: str = "town"
) -> Area:
    return Area(key, key.title(), kind, "force", frozenset(ground), treated=treated, district=district)


ground_sets = st.sets(st.sampled_from([A, B, C, D, X, Y]))


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


# the cube


def counts(rows: list[tuple[str, int, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    return frame.assign(month=[MONTHS[m] for m in frame["month"]])


def test_zero_where_published_and_none_missing_where_not():
    cube = build_cube(counts([(A, 0, "Robbery", 2), (B, 2, "Robbery", 1)]), [A, B, C], [MONTHS[0], MONTHS[2]])
    robbery = cube.loc[cube["crime_type"] == "Robbery"].set_index(["ground_code", "month"])["incidents"]
    assert robbery[(A, MONTHS[0])] == 2
    assert robbery[(C, MONTHS[0])] == 0
    assert np.isnan(robbery[(A, MONTHS[1])])  # between the first and the last month held: a gap
    assert len(cube) == 3 * 3 * 14


def test_a_crime_type_that_the_force_stops_publishing_is_a_gap_in_that_month():
    rows = [(A, m, "Anti-social behaviour", 20) for m in (0, 1, 3)] + [(A, m, "Robbery", 1) for m in range(4)]
    held = panel(build_cube(counts(rows), [A], MONTHS[:4]))
    assert held.held("Anti-social behaviour") == (MONTHS[0], MONTHS[1], MONTHS[3])
    assert held.held("Robbery") == tuple(MONTHS[:4])


def test_a_rare_crime_type_with_none_in_a_month_is_a_true_zero():
    rows = [(A, m, "Robbery", 3) for m in (0, 1, 3)] + [(A, m, "Burglary", 40) for m in range(4)]
    assert panel(build_cube(counts(rows), [A], MONTHS[:4])).series([A], "Robbery").tolist() == [3, 3, 0, 3]


def test_a_crime_type_never_published_is_a_gap_throughout():
    held = panel(build_cube(counts([(A, 0, "Robbery", 3)]), [A], MONTHS[:1]))
    assert held.held("Anti-social behaviour") == ()


def test_no_month_held_is_an_error_that_says_what_to_do():
    with pytest.raises(AnalysisError, match="Import a file first"):
        build_cube(counts([]), [A], [])


def test_a_filtered_cube_is_refused_rather_than_counted_wrong():
    cube = build_cube(counts([(A, 0, "Robbery", 2)]), [A, B], MONTHS[:1])
    with pytest.raises(ContractError, match="filter the results rather than the cube"):
        panel(cube.iloc[1:])


def test_an_area_without_ground_in_the_data_is_a_sentence():
    held = panel(build_cube(counts([(A, 0, "Robbery", 2)]), [A], MONTHS[:1]))
    with pytest.raises(AreaError, match="Yarm has no ground in the data held"):
        held.rows([D], name="Yarm")


incidents = st.lists(
    st.tuples(
        st.sampled_from([A, B, C]), st.integers(0, 3), st.sampled_from(CRIME_TYPES), st.integers(1, 60)
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60)
@given(incidents)
def test_roll_up_never_changes_a_total(rows):
    frame = counts(rows)
    cube = build_cube(frame, [A, B, C, D], MONTHS[:4])
    assert np.nansum(cube["incidents"]) == frame["incidents"].sum()
    held = panel(cube)
    by_area = sum(held.series([unit], t).fillna(0).sum() for unit in (A, B, C, D) for t in CRIME_TYPES)
    assert by_area == frame["incidents"].sum()


# words and numbers


def test_the_slides_eight_crime_types_come_first_in_its_order():
    assert CRIME_TYPES[:8] == SLIDE_CRIME_TYPES
    assert SLIDE_CRIME_TYPES[0] == "Anti-social behaviour"
    assert SLIDE_CRIME_TYPES[-1] == "Robbery"
    assert len(CRIME_TYPES) == len(set(CRIME_TYPES)) == 14


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (formats.number(1234567), "1,234,567"),
        (formats.number(2.5), "3"),
        (formats.number(-2.5), "−3"),
        (formats.number(float("nan")), "–"),
        (formats.number(float("inf")), "–"),
        (formats.signed(0), "0"),
        (formats.signed(-15), "−15"),
        (formats.signed(32), "+32"),
        (formats.signed(-0.4), "0"),
        (formats.percent(-11.19), "−11%"),
        (formats.percent(350), "+350%"),
        (formats.percent(-0.5), "−1%"),
        (formats.share(0.456), "46%"),
        (formats.share(0), "0%"),
        (formats.share(0.0049), "under 1%"),
        (formats.share(0.005), "1%"),
        (formats.share(0.9949), "99%"),
        (formats.share(0.995), "over 99%"),
        (formats.share(1), "100%"),
        (formats.share(0, 1), "0.0%"),
        (formats.share(0.0004, 1), "under 0.1%"),
        (formats.share(0.9996, 1), "over 99.9%"),
        (formats.share(sum([0.1] * 10)), "100%"),  # 0.9999999999999999
        (formats.share(float("nan")), "–"),
        (formats.ratio(0.4345), "0.43"),
        (formats.interval(0.2, float("nan")), "–"),
        (formats.pounds(135633), "£135,633"),
    ],
)
def test_a_number_is_written_one_way(text, shown):
    assert text == shown
