from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.locations import UNNAMED
from analysis.model.periods import Period
from analysis.model.publishing import publish
from analysis.topics.retail.measure import register as retail
from analysis.topics.retail.measure.repeat_points import repeat_points, shoplifting_outcomes
from tests.exhaustive import examples

NOW, BEFORE = Period.parse("2024-01:2024-06"), Period.parse("2023-07:2023-12")


def offences(district: str, shop: str, day: str, n: int, value: float | None = 10.0, **more) -> pd.DataFrame:
    row = {
        "date": pd.Timestamp(day),
        "shop": shop,
        "locality": "High Street",
        "district": district,
        "offence": "Shoplifting",
        "value": value,
        "evidence_passed": None,
        "evidence_passed_on": pd.NaT,
        "outcome": "",
    }
    return pd.DataFrame([row | more] * n)


REGISTER = pd.concat(
    [
        offences("Stockton", "Ash", "2024-01-31", 7),
        offences("Stockton", "Ash", "2023-12-31", 6),
        offences("Stockton", "Birch", "2024-02-01", 6, value=None),
        offences("Stockton", "Cedar", "2023-08-01", 9),
        offences("Stockton", "Cedar", "2024-03-01", 2),
        offences("Hartlepool", "Elm", "2024-06-30", 5),
        offences("Hartlepool", "Elm", "2024-07-01", 5),
    ],
    ignore_index=True,
)
PLANS = pd.DataFrame(
    {
        "district": ["Stockton", "Stockton"],
        "shop": ["Ash", "Ash"],
        "contact": ["store manager", "security lead"],
        "plan_status": ["drafted", "in place"],
        "review_date": pd.to_datetime(["2024-01-01", "2024-05-01"]),
    }
)


SHOWN = publish(REGISTER)


def test_repeat_shops_are_those_with_six_offences_or_more():
    table = retail.repeat_shops(SHOWN, NOW, BEFORE)
    now = table.loc[table["offences"] >= 6]
    # 13 in the first quarter, and Cedar's 2 would be had by taking both from 15: Birch's 6 stand with it
    assert list(zip(now["shop"], now["offences"], strict=True)) == [("Ash", 7)]
    five = retail.repeat_shops(SHOWN, NOW, BEFORE, threshold=5)
    assert five.loc[five["offences"] >= 5, "shop"].tolist() == ["Ash", "Elm"]


def test_new_stayed_and_gone_since_the_period_before():
    table = retail.repeat_shops(SHOWN, NOW, BEFORE).set_index("shop")
    assert table["standing"].to_dict() == {"Ash": "stayed", "Cedar": "not known"}
    assert table.loc["Cedar", ["offences", "whole", "offences_before"]].tolist() == [0, False, 9]


def test_value_is_of_what_is_listed_and_what_is_not_known_is_counted():
    shops = retail.shop_counts(SHOWN, NOW).set_index("shop")
    # Ash's £70 would leave what was lost in two offences: the district's 90 less 70
    assert shops["value_whole"].to_dict() == {"Ash": False, "Elm": True}
    assert shops.loc["Elm", "value"] == 50
    table = retail.districts(SHOWN, NOW)
    assert table["district"].tolist() == ["Hartlepool", "Stockton", "Total"]
    assert table["value"].tolist() == [50, 90, 140]
    assert table["without_value"].tolist() == [0, 6, 6]
    assert table["offences"].tolist() == [5, 15, 20]
    assert table["value_whole"].all()
    assert retail.districts(publish(REGISTER.iloc[:0]), NOW).empty


def test_small_districts_are_hidden_with_what_would_give_them_away():
    register = pd.concat(
        [
            offences("A", "S", "2024-01-01", 3),
            offences("B", "S", "2024-01-01", 9),
            offences("C", "S", "2024-01-01", 8),
        ]
    )
    table = retail.districts(publish(register), NOW).set_index("district")["offences"]
    assert table.to_dict() == {"B": 9, "Total": 20}


def test_each_district_has_its_repeat_shops_and_their_share():
    table = retail.repeat_by_district(SHOWN, NOW).set_index("district")
    assert table.loc["Stockton", "repeat_shops"] == 1
    assert table.loc["Stockton", "share"] == pytest.approx(7 / 15)
    assert table.loc["Hartlepool", ["repeat_shops", "share"]].tolist() == [0, 0]


def test_top_shops_show_the_latest_plan_or_say_none_is_held():
    table = retail.top_shops(retail.shop_counts(SHOWN, NOW), PLANS, most=2)
    assert list(zip(table["district"], table["rank"], table["shop"], strict=True)) == [
        ("Hartlepool", 1, "Elm"),
        ("Stockton", 1, "Ash"),
    ]
    assert table["plan_status"].tolist() == ["no plan held", "in place"]
    assert table["contact"].tolist() == ["", "security lead"]


def test_days_to_passing_are_the_quarters_medians_and_a_day_before_the_offence_is_left_out():
    passed = {"evidence_passed": True}
    register = pd.concat(
        [
            offences("D", "A", day, n, evidence_passed_on=pd.Timestamp(on), **passed)
            for day, on, n in (
                ("2024-01-10 15:00", "2024-01-12", 5),
                ("2024-01-10", "2024-01-01", 6),
                ("2024-04-10", "2024-04-16", 7),
            )
        ]
    )
    assert retail.median_days(publish(register), NOW) == {"D": (2, 6)}


def test_empty_register_gives_empty_tables():
    empty = publish(REGISTER.iloc[:0])
    assert retail.shop_counts(empty, NOW).empty
    assert retail.repeat_shops(empty, NOW, BEFORE).empty
    assert retail.repeat_by_district(empty, NOW).empty
    assert retail.localities(empty, NOW).empty


@examples(30)
@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 9)), max_size=8), st.integers(5, 12))
def test_a_higher_threshold_never_adds_a_shop(rows, threshold):
    frames = [offences("D", shop, "2024-02-02", n) for shop, n in rows] or [REGISTER.iloc[:0]]
    shown = publish(pd.concat(frames))
    low, high = (retail.repeat_shops(shown, NOW, BEFORE, threshold=t) for t in (threshold, threshold + 1))
    assert set(high["shop"]) <= set(low["shop"])


def test_one_coordinate_is_one_approximate_point_under_its_real_name():
    points = pd.DataFrame(
        {
            "location": ["On or near ", "On or near Supermarket", "On or near ", "No Location"],
            "longitude": [-1.34, -1.34, -1.28, None],
            "latitude": [54.55, 54.55, 54.6, None],
            "incidents": [125, 92, 101, 3],
        }
    )
    found = repeat_points(points)
    assert found.table["approximate_point"].tolist() == ["Supermarket", UNNAMED]
    assert found.table["incidents"].tolist() == [217, 101]
    assert (found.without_point, found.share) == (3, 1)
    assert "shop" not in found.table.columns


def outcome_rows(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["month", "outcome", "incidents"])
    frame["month"] = pd.PeriodIndex(frame["month"], freq="M")
    return frame


def test_outcomes_of_one_release_stand_side_by_side():
    rows = outcome_rows(("2023-07", "Charged", 1), ("2023-07", "None", 3), ("2024-01", "Charged", 2))
    found = shoplifting_outcomes(rows.assign(release="2024-08"), BEFORE, NOW)
    assert found.comparable
    assert found.table["outcome"].tolist() == ["Charged", "None"]
    assert found.table["baseline_share"].tolist() == [0.25, 0.75]
    assert found.table["comparison"].tolist() == [2, 0]


def test_outcomes_of_two_releases_are_refused():
    rows = outcome_rows(("2023-07", "Charged", 1), ("2024-01", "Charged", 2)).assign(
        release=["2023-09", "2024-08"]
    )
    assert "2024-08 against 2023-09" in shoplifting_outcomes(rows, BEFORE, NOW).reason
    assert "No outcome is held" in shoplifting_outcomes(rows.iloc[:1], BEFORE, NOW).reason


def test_real_outcomes_of_2022_and_2023_are_refused_and_those_of_one_release_are_not(real_outcomes):
    refused = shoplifting_outcomes(
        real_outcomes, Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")
    )
    assert "Up to 24% of a month's shoplifting" in refused.reason
    assert shoplifting_outcomes(
        real_outcomes, Period.parse("2023-01:2023-06"), Period.parse("2024-01:2024-06")
    ).comparable


def register_with_points(*rows: tuple[str, float | None, bool | None]) -> pd.DataFrame:
    """A register of offences in one month: shop, longitude (latitude follows it), whether it may be shown."""
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2024-01-10"] * len(rows)),
            "shop": [shop for shop, _, _ in rows],
            "locality": "Yarm",
            "district": "Stockton-on-Tees",
            "longitude": [point for _, point, _ in rows],
            "latitude": [None if point is None else 54.5 for _, point, _ in rows],
            "show_on_map": pd.array([may for _, _, may in rows], dtype="boolean"),
        }
    )


JANUARY = Period.parse("2024-01:2024-03")


def on_the_map(register):
    whole = register.assign(value=1.0, evidence_passed=None, evidence_passed_on=pd.NaT)
    whole = whole.astype({"evidence_passed_on": "datetime64[us]"})
    return retail.shops_to_show(register, retail.shop_counts(publish(whole), JANUARY), JANUARY)


def test_a_shop_is_shown_only_where_every_pointed_row_says_that_it_may_be():
    yes = [("Grocer", -1.35, True)] * 5
    assert list(on_the_map(register_with_points(*yes))["shop"]) == ["Grocer"]
    for other in (False, None):
        mixed = register_with_points(*yes, ("Grocer", -1.35, other))
        assert on_the_map(mixed).empty
    unpointed = register_with_points(*yes, ("Grocer", None, None))
    assert list(on_the_map(unpointed)["offences"]) == [6]


def test_a_shop_with_fewer_than_five_offences_or_without_a_point_is_never_shown():
    assert on_the_map(register_with_points(*[("Grocer", -1.35, True)] * 4)).empty
    assert on_the_map(register_with_points(*[("Grocer", None, True)] * 9)).empty
    assert on_the_map(register_with_points(*[("Grocer", -1.35, True)] * 9).iloc[:0]).empty


def test_a_register_of_before_there_were_points_shows_no_shop():
    old = register_with_points(*[("Grocer", -1.35, True)] * 9).drop(
        columns=["longitude", "latitude", "show_on_map"]
    )
    assert on_the_map(old).empty


def test_localities_add_up_the_register_and_leave_out_blank_ones():
    register = register_with_points(*[("Grocer", None, None)] * 3, *[("Baker", None, None)] * 2)
    register.loc[4, "locality"] = None
    register = pd.concat([register, register.assign(locality="Norton")] * 5)
    register = register.assign(value=1.0, evidence_passed=None, evidence_passed_on=pd.NaT)
    register = register.astype({"evidence_passed_on": "datetime64[us]"})
    found = retail.localities(publish(register), JANUARY)
    assert found[["locality", "offences"]].to_numpy().tolist() == [["Norton", 25], ["Yarm", 20]]
