"""What the night-time answers take from a review, from an office's records, and from neither."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest

from analysis.drawing.answer import Unanswered
from analysis.model.areas import Area
from analysis.model.cube import build_cube, panel
from analysis.model.errors import NeedsInputError
from analysis.records.given import Records
from analysis.topics import night_time
from analysis.topics.night_time.case import NightCase
from data.records import record_kind
from data.review import review_of
from tests.cases import case_of

MONTHS = list(pd.period_range("2022-07", "2024-06", freq="M"))
AREA = Area("square", "Square", "own", "made", frozenset({"A"}))


def case(**more):
    rows = [("A", month, "Robbery", 3) for month in MONTHS]
    counts = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    return case_of(panel(build_cube(counts, ["A"], MONTHS)), pd.DataFrame(), {"square": AREA}, **more)


def records(kind: str, table: pd.DataFrame | None) -> Records:
    return Records(
        record_kind(kind), "published" if table is None else "given", table, "Source: a file.", "1"
    )


def grants(*programmes: str) -> Records:
    return records("funding", pd.DataFrame({"programme": programmes}))


def timed(rows: int) -> Records:
    moment = pd.Series(pd.to_datetime(["2024-03-02 23:10"] * rows)).dt.tz_localize("Europe/London")
    nothing = moment.where(moment.isna())
    table = pd.DataFrame({"date_time": moment, "earliest": nothing, "latest": nothing, "place": "Bar"})
    return records("timed-incidents", table)


def no_searches(period):
    raise NeedsInputError("No stop-and-search month is held.")


def test_the_reviews_two_funds_come_first_and_the_offices_own_after_them():
    held = case(review=review_of("cleveland"))
    assert night_time.funds(held, grants("NTE Extra")) == ("NTE Funding 2022-23", "Serious Violence Duty")
    assert night_time.sums(held, grants("NTE Extra", "Hotspots", "NTE Extra")) == (
        "NTE Funding 2022-23",
        "Serious Violence Duty",
        "NTE Extra",
    )


def test_without_a_review_the_names_are_the_offices_own_or_the_one_to_give_a_sum_under():
    assert night_time.funds(case(), grants("Hotspots", "NTE Marshals")) == ("NTE Marshals",)
    assert night_time.sums(case(), grants("Hotspots", "NTE Marshals")) == ("NTE Marshals",)
    assert night_time.funds(case(), records("funding", None)) == ("NTE Funding",)


@pytest.mark.parametrize(
    ("rows", "parts"), [(4, ["timed", "searches"]), (5, ["timed", "places", "searches"])]
)
def test_too_few_timed_incidents_have_neither_hours_nor_places(rows, parts):
    hours = night_time.hours(NightCase(case(), timed(rows), no_searches))
    assert list(hours.parts) == parts
    assert isinstance(hours["timed"], Unanswered) is (rows < 5)
    assert hours["searches"] == Unanswered("No stop-and-search month is held.")


def test_without_timed_records_the_sentence_that_asks_for_them_stands_once():
    hours = night_time.hours(NightCase(case(), records("timed-incidents", None), no_searches))
    assert [type(part) for part in hours.parts.values()] == [Unanswered, Unanswered]
    assert "“Timed incidents”" in hours["timed"].sentence


def test_what_each_fund_paid_for_is_titled_by_the_fund():
    part = night_time.hours(NightCase(case(), timed(5), no_searches))
    paid = night_time.paid_for({"A fund": part})
    assert paid["A fund: places"].title == "What the A fund money pays for"
    assert paid["A fund: searches"] is part["searches"]


def test_december_and_the_pattern_of_months_are_kept_for_each_area(monkeypatch):
    held = case()
    first = night_time.answer(held)
    assert first["december"].title and first["pattern"].title
    monkeypatch.setattr(import_module("analysis.topics.night_time.answer"), "daily_rate", None)
    again = night_time.answer(held.asking(crime_types=("Robbery",)))
    assert first["december"].title == again["december"].title
    assert list(first["pattern"].data["area"].unique()) == ["Square"]
