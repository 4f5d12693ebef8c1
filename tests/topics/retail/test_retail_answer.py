"""Retail answers: shoplifting by place with counts a reader can add up, and what stands without register or review."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.drawing.answer import Unanswered
from analysis.model.areas import Area
from analysis.model.review import Review
from analysis.records import record_kind
from analysis.records.given import Records
from analysis.topics import retail
from analysis.topics.retail.case import RetailCase
from analysis.topics.retail.measure import by_place, places
from tests.cases import YEARS, case_of
from tests.made.places import made_panel
from tests.topics.retail.test_retail_tables import register

SHOPLIFTING = made_panel(
    {"A1": [1] * 12 + [2] * 12, "A2": [5] * 24, "B1": [10] * 24}, crime_type="Shoplifting"
)
PLACES = pd.DataFrame(
    {
        "ground_code": ["A1", "A2", "B1"],
        "district_name": ["Ay", "Ay", "Bee"],
        "in_force": True,
        "joined": True,
    }
)
AREAS = {
    "centre": Area(
        "centre", "Ay centre", "town centre", "made", frozenset({"A1"}), district="ay", treated=True
    ),
    "ay": Area("ay", "Ay", "district", "made", frozenset({"A1", "A2"})),
    "bee": Area("bee", "Bee", "district", "made", frozenset({"B1"})),
    "rest-of-ay": Area("rest-of-ay", "Rest of Ay", "rest", "made", frozenset({"A2"})),
}
POINTS = pd.DataFrame(
    {
        "location": ["On or near Park", "On or near Park", None],
        "longitude": [-1.3, -1.3, None],
        "latitude": [54.5, 54.5, None],
        "lsoa_name": ["Ay 001A", "Ay 001a", None],
        "crime_type": "Shoplifting",
        "month": pd.PeriodIndex(["2024-01", "2024-02", "2024-02"], freq="M"),
        "incidents": [4, 3, 2],
    }
)
REVIEW = Review(
    "made", "made", "A review", *YEARS, {}, texts={"retail_plans": "The review: plans are in place."}
)


def case(**more):
    return case_of(SHOPLIFTING, PLACES, AREAS, force_name="Made Police", **more)


def records(key: str, table: pd.DataFrame | None) -> Records:
    if table is None:
        return Records(record_kind(key), "published", None, "Source: the review’s slides.")
    return Records(record_kind(key), "given", table, "Source: a register.")


def with_records(table: pd.DataFrame | None, **more) -> RetailCase:
    def outcomes() -> pd.DataFrame:
        return pd.DataFrame({"month": POINTS["month"], "outcome": "", "release": None, "incidents": 1})

    return RetailCase(
        case(**more), records("retail-register", table), records("shop-plans", None), lambda: POINTS, outcomes
    )


def test_chosen_areas_come_first_then_the_other_districts_then_the_force():
    assert [area.name for area in places(case())] == ["Ay centre", "Ay", "Bee", "Made Police"]
    assert [area.name for area in places(case(chosen=("bee",)))] == ["Bee", "Ay", "Made Police"]


def test_counts_add_up_and_only_chosen_areas_are_judged():
    rows = {row.area: row for row in by_place(case())}
    counts = {name: (row.baseline_incidents, row.comparison_incidents) for name, row in rows.items()}
    assert counts == {"Ay centre": (12, 24), "Ay": (72, 84), "Bee": (120, 120), "Made Police": (192, 204)}
    assert [row.verdict for name, row in rows.items() if name != "Ay centre"] == ["", "", ""]
    assert [row.kind for row in rows.values()] == ["town centre", "district", "district", "force"]
    assert all(row.crime_type == "Shoplifting" for row in rows.values())


def test_a_district_is_set_beside_the_rest_of_the_force_and_the_force_beside_nothing():
    rows = {row.area: row for row in by_place(case())}
    assert rows["Bee"].rest_baseline_incidents == 60  # A2 alone: the centre is treated
    assert np.isnan(rows["Made Police"].rest_percent_change)


def test_the_answer_has_a_sentence_an_area_and_its_parts_whatever_crime_types_are_chosen():
    whole = retail.answer(case(crime_types=("Drugs",)))
    assert [name for name, _ in whole.leads] == ["Ay centre"]
    assert list(whole.parts) == ["cards", "shoplifting", "monthly"]
    assert whole["shoplifting"].shown.loc["Made Police", ["Baseline", "Comparison"]].tolist() == [
        "192",
        "204",
    ]
    assert whole["monthly"].title.startswith("Month by month: ")


def test_without_a_register_what_asks_for_it_is_said_once_and_the_map_has_one_view():
    asking = retail.shops(with_records(None), 6)
    assert list(asking.parts) == ["repeat"]
    assert isinstance(asking["repeat"], Unanswered)
    assert retail.views(records("retail-register", None)) == (retail.POINTS,)
    assert retail.views(records("retail-register", register(("A", "Town", 8)))) == (
        retail.POINTS,
        retail.REGISTER,
    )


def test_the_reviews_sentence_on_plans_stands_only_where_there_is_a_review():
    held = register(("A", "Town", 8), ("B", "Town", 6))
    own = retail.shops(with_records(held), 6)
    assert list(own.parts) == ["repeat", "districts", "top", "value", "passed", "spread"]
    assert own["top"].notes == ()
    assert own["top"].subtitle.endswith("problem-solving plan. Source: a register.")
    reviewed = retail.shops(with_records(held, review=REVIEW), 6)
    assert reviewed["top"].notes == ("The review: plans are in place.",)
    assert reviewed["top"].subtitle.endswith("Source: a register. Source: the review’s slides.")


def test_one_point_under_two_spellings_is_one_point_and_those_without_are_counted():
    points = retail.approximate_points(with_records(None), 6)["points"]
    assert points.shown.iloc[0].tolist() == ["Approximate point on or near Park, Ay 001a", "7"]
    assert "2 recorded incidents have no point at all." in points.notes
    assert retail.approximate_points(with_records(None), 8)["points"].data.empty


def test_without_outlines_the_place_of_the_map_says_so():
    shown = retail.where(with_records(None), 6, retail.POINTS)["map"]
    assert isinstance(shown, Unanswered)
    assert "no map can be drawn" in shown.sentence


def test_outcomes_of_a_period_without_rows_are_not_set_beside_the_other():
    assert retail.last_outcomes(with_records(None))["outcomes"].title == (
        "The outcomes of the two periods cannot be compared"
    )
