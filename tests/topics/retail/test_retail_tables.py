"""The retail and perception tables: what is hidden, what is said, and sums a reader can do by hand."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.locations import UNNAMED
from analysis.model.periods import Period
from analysis.topics.night_time.measure.night_hours import hours_of_week
from analysis.topics.night_time.show.night_figures import hours_figure
from analysis.topics.night_time.show.night_tables import places_table
from analysis.topics.perceptions.measure.perception import perceptions
from analysis.topics.perceptions.show.perception_table import perception_table, safe
from analysis.topics.retail.measure.register import shop_counts
from analysis.topics.retail.measure.repeat_points import point_label, repeat_points, shoplifting_outcomes
from analysis.topics.retail.measure.small_shops import exposed_districts, small_shops
from analysis.topics.retail.show.open_tables import outcomes_table, points_table
from analysis.topics.retail.show.pareto_figure import pareto_data, pareto_figure
from analysis.topics.retail.show.register_tables import (
    districts_table,
    passed_table,
    repeat_table,
    top_table,
    value_table,
)

NOW, BEFORE = Period.parse("2024-01:2024-06"), Period.parse("2023-01:2023-06")


def register(*shops: tuple[str, str, int], when: str = "2024-03-05") -> pd.DataFrame:
    """Return so many offences a (shop, district), £10 each, evidence passed for every second two days later."""
    rows = [
        {
            "date": pd.Timestamp(when),
            "shop": shop,
            "locality": "High Street",
            "district": district,
            "offence": "Shoplifting",
            "value": 10.0,
            "evidence_passed": at % 2 == 0,
            "evidence_passed_on": pd.Timestamp(when) + pd.Timedelta(days=2) if at % 2 == 0 else pd.NaT,
            "outcome": "",
        }
        for shop, district, times in shops
        for at in range(times)
    ]
    return pd.DataFrame(rows).astype({"evidence_passed": "boolean", "evidence_passed_on": "datetime64[us]"})


def words(table) -> str:
    return table.title + table.shown.to_csv() + " ".join(table.notes) + table.data.to_csv()


@pytest.mark.parametrize(
    ("small", "exposed"),
    [
        ([3], True),  # the sum may be one shop's
        ([1, 2], True),
        ([4, 4], True),  # 8 at two shops: both have 4
        ([1, 1, 1, 1, 1, 1], True),  # 6 at six shops: all have 1
        ([4, 3], False),  # 7 at two shops: which has 4 is not known
        ([], False),
    ],
)
def test_a_district_is_exposed_where_number_and_sum_of_its_small_shops_give_one_away(small, exposed):
    shops = [(f"S{at}", "Town", n) for at, n in enumerate([9, *small])]
    counts = shop_counts(register(("Z", "City", 9), ("Y", "City", 4), ("X", "City", 2), *shops), NOW)
    assert exposed_districts(counts) == ({"Town"} if exposed else set())
    found = small_shops(counts)
    assert (found.shops, found.offences, found.safe) == (2 + len(small), 6 + sum(small), not exposed)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_a_reader_who_tries_every_way_finds_two_counts_for_each_shop_of_a_district_that_is_shown(small):
    counts = shop_counts(register(*[(f"S{at}", "Town", n) for at, n in enumerate(small)]), NOW)
    ways = [w for w in product(range(1, 5), repeat=len(small)) if sum(w) == sum(small)]
    known = any(len({way[at] for way in ways}) == 1 for at in range(len(small)))
    assert bool(exposed_districts(counts)) == (known or sum(small) < 5)


def test_the_sums_that_would_give_a_small_shop_away_are_hidden_and_the_rest_stands():
    held = register(("A", "Town", 8), ("B", "Town", 3), ("C", "City", 9))
    table = districts_table(held, NOW, threshold=6, source="")
    assert table.shown["All offences"].tolist() == ["9", "hidden"]
    assert table.shown["Share there"].tolist() == ["100%", "–"]
    value = value_table(held, NOW, source="").shown
    assert value["Offences"].tolist() == ["9", "hidden", "hidden"]
    assert value["Value lost"].tolist() == ["£90", "£110", "£200"]
    passed = passed_table(held, NOW, source="").shown
    assert passed.loc["Town", "Passed"] == "hidden"
    assert passed.loc["Total", "Passed"] == "hidden"


@settings(max_examples=25, deadline=None)  # each example solves small linear programmes
@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=6), st.lists(st.integers(1, 12), min_size=1, max_size=6)
)
def test_no_table_shows_a_shop_or_district_with_1_to_4(town, city):
    shops = [(f"T{at}", "Town", n) for at, n in enumerate(town)] + [
        (f"C{at}", "City", n) for at, n in enumerate(city)
    ]
    held = register(*shops)
    tables = [
        repeat_table(held, NOW, BEFORE, threshold=5, source=""),
        top_table(held, None, NOW, source=""),
        value_table(held, NOW, source=""),
        passed_table(held, NOW, source=""),
        districts_table(held, NOW, threshold=5, source=""),
    ]
    small = {"1", "2", "3", "4"}
    for table, columns in zip(
        tables,
        (
            ["Offences", "Period before"],
            ["Offences"],
            ["Offences"],
            ["Passed", "Not passed", "Not said"],
            ["All offences"],
        ),
        strict=True,
    ):
        assert not small & {cell for column in columns for cell in table.shown[column]}
    # what is left of a district after its listed shops is never a number of 1 to 4
    listed = {"Town": sum(n for n in town if n >= 5), "City": sum(n for n in city if n >= 5)}
    for district, text in tables[4].shown["All offences"].items():
        if text not in ("hidden", "fewer than 5"):
            assert int(text) - listed[district] not in (1, 2, 3, 4)


def test_new_stayed_and_gone_are_counted_in_the_title():
    held = pd.concat(
        [
            register(("A", "Town", 8), ("B", "Town", 7)),
            register(("B", "Town", 6), ("C", "Town", 9), when="2023-03-05"),
        ]
    )
    table = repeat_table(held, NOW, BEFORE, threshold=6, source="")
    assert table.title == "2 shops with 6 or more offences: 1 new, 1 stayed, 1 gone"
    assert any("The register begins in Mar 2023" in note for note in table.notes)


def test_a_top_shop_without_a_plan_says_so_and_one_with_a_plan_has_its_contact():
    plans = pd.DataFrame(
        {
            "district": ["Town"],
            "shop": ["A"],
            "contact": ["Retail officer"],
            "plan_status": ["in place"],
            "review_date": [pd.Timestamp("2024-09-01")],
        }
    )
    table = top_table(register(("A", "Town", 8), ("B", "Town", 6)), plans, NOW, source="")
    assert table.title == "1 of 2 top shops have a plan in place"
    assert table.shown.loc[("Town", "A")].tolist() == ["8", "£80", "Retail officer", "in place", "1 Sep 2024"]
    assert table.shown.loc[("Town", "B"), "Plan"] == "no plan held"


def test_small_shops_are_in_the_total_and_in_the_curve_as_one_group():
    held = register(
        ("A", "Town", 30),
        ("B", "Town", 10),
        ("C", "Town", 3),
        ("D", "Town", 2),
        ("E", "Town", 4),
        ("F", "Town", 1),
    )
    data = pareto_data(shop_counts(held, NOW))
    assert data.to_numpy().tolist() == [
        [1, "one shop", 30, 0.6],
        [2, "one shop", 10, 0.8],
        [6, "shops together", 10, 1.0],
    ]
    figure = pareto_figure(held, NOW, "")
    assert figure.title == "The top 2 shops have 80% of all offences in the register"
    assert "Shops with fewer than 5 offences: 4 shops together, 10 offences" in figure.caveat
    figure.chart.to_dict()


def test_small_shops_whose_counts_could_be_worked_out_are_left_out_and_it_is_said():
    held = register(("A", "Town", 30), ("B", "Town", 10), ("C", "Town", 3))
    data = pareto_data(shop_counts(held, NOW))
    assert data["share_of_offences"].tolist() == [0.75, 1.0]
    figure = pareto_figure(held, NOW, "")
    assert figure.title == "The top 2 shops have 100% of the offences at shops with 5 or more"
    assert "could be worked out" in figure.caveat
    with pytest.raises(AnalysisError, match="No shop of the register has 5"):
        pareto_figure(register(("A", "Town", 4)), NOW, "")


def test_without_small_shops_the_curve_is_of_all_and_nothing_is_said_to_be_left_out():
    figure = pareto_figure(register(("A", "Town", 30), ("B", "Town", 10)), NOW, "")
    assert figure.title == "The top 2 shops have 100% of all offences in the register"
    assert "fewer than" not in figure.caveat


def test_an_approximate_point_is_called_so_and_the_rest_is_counted():
    points = pd.DataFrame(
        {
            "location": ["On or near Park", None],
            "longitude": [-1.3, None],
            "latitude": [54.5, None],
            "incidents": [7, 2],
        }
    )
    table = points_table(repeat_points(points), {(-1.3, 54.5): "Town 001A"}, NOW)
    assert table.shown.iloc[0].tolist() == ["Approximate point on or near Park, Town 001A", "7"]
    assert any("no shop is meant" in note and "stands for many addresses" in note for note in table.notes)
    assert "2 recorded incidents have no point at all." in table.notes


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Petrol Station", "approximate point near a petrol station, Town 001A"),
        ("Park/Open Space", "approximate point near a park or open space, Town 001A"),
        ("Willow Court", "approximate point on or near Willow Court, Town 001A"),
        (UNNAMED, "approximate point without a name, Town 001A"),
    ],
)
def test_a_label_never_reads_as_if_one_business_were_meant(name, label):
    assert point_label(name, "Town 001A") == label


def test_neither_the_table_of_points_nor_its_file_has_a_bare_name():
    points = pd.DataFrame(
        {
            "location": ["On or near Petrol Station", "On or near "],
            "longitude": [-1.3, -1.2],
            "latitude": [54.5, 54.6],
            "incidents": [9, 8],
        }
    )
    table = points_table(repeat_points(points), {(-1.3, 54.5): "Town 001A"}, NOW)
    assert table.data["approximate_point"].tolist() == [
        "approximate point near a petrol station, Town 001A",
        "approximate point without a name, no LSOA given",
    ]
    assert "Petrol Station" not in words(table)


def test_outcomes_of_unlike_releases_show_the_later_period_alone_with_the_reason():
    rows = pd.DataFrame(
        {
            "month": pd.PeriodIndex(["2023-02", "2024-02"], freq="M"),
            "outcome": ["Charged", "No suspect"],
            "incidents": [10, 12],
            "release": ["2023-06", "2024-06"],
        }
    )
    table = outcomes_table(shoplifting_outcomes(rows, BEFORE, NOW), BEFORE, NOW)
    assert list(table.shown.columns) == [NOW.label, "Share"]
    assert list(table.shown.index) == ["No suspect"]
    assert "different releases" in table.notes[0]
    assert "baseline" not in table.data


def survey(*places: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(places, columns=["place", "respondents", "felt_unsafe"]).astype(
        "Int64", errors="ignore"
    )


def test_the_list_begins_with_felt_unsafe_and_few_incidents_and_hides_small_counts():
    answers = survey(("Path", 20, 15), ("Square", 40, 8), ("Lane", 9, 9), ("Gate", 30, 2))
    recorded = pd.DataFrame({"place": ["Path", "Square", "Lane", "Gate"], "incidents": [3, 90, 50, 4]})
    table = perception_table(safe(perceptions(answers, recorded)), "recorded incidents", "")
    assert table.shown.index[0] == ("felt unsafe, lower half of incidents", "Path")
    assert table.shown.loc[("hidden", "Lane")].tolist() == ["fewer than 10", "hidden", "–", "–", "hidden"]
    gate = table.shown.xs("Gate", level="Place").iloc[0]
    assert gate.tolist() == ["30", "fewer than 5", "–", "–", "4"]
    assert table.data.loc[table.data["place"] == "Gate", ["felt_unsafe", "share"]].isna().all(axis=None)


def timed(**places: int) -> pd.DataFrame:
    names = [name for name, times in places.items() for _ in range(times)]
    at = pd.Series(pd.to_datetime(["2024-01-05 23:30"] * len(names))).dt.tz_localize("Europe/London")
    nothing = pd.Series(pd.NaT, index=at.index, dtype=at.dtype)
    return pd.DataFrame({"place": names, "date_time": at, "earliest": nothing, "latest": nothing})


def test_timed_incidents_of_few_are_hidden_with_what_would_give_them_away():
    shown = places_table(timed(Pub=3, Square=12, Park=9), "Jan 2024", "").shown
    assert shown.loc["Pub", "Incidents"] == "fewer than 5"
    assert shown.loc["Park", "Incidents"] == "hidden"
    assert shown.loc["All places"].tolist() == ["24", "100%"]
    with pytest.raises(NeedsInputError, match="Fewer than 5"):
        hours_figure(hours_of_week(timed(Pub=3)), what="timed incidents", period="", source="", caveat="")
