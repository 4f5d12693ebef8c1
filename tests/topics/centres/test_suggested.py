"""Suggestions of town centres from thefts: ranked by hand on made ground, and stated on the real months."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis.model.contiguity import Contiguity
from analysis.model.proposed_area import Cover, Held, ProposedArea
from analysis.topics import centres
from analysis.topics.centres import CentresCase, suggestions
from analysis.topics.centres.answer import suggested_areas

PLACES = pd.DataFrame(
    {
        "ground_code": ["A", "B", "C", "D"],
        "ground_name": ["North 001A", "North 001B", "North 001C", "South 001A"],
        "district_name": ["North", "North", "North", "South"],
    }
)
# A: a street of three points; B: one supermarket; C: two points near each other; D: of another district
THEFTS = pd.DataFrame(
    [(0, 0, "A", 5), (100, 0, "A", 5), (200, 0, "A", 5), (5000, 0, "B", 400), (9000, 0, "C", 4), (9000, 100, "C", 3), (20000, 0, "D", 9),
     (20000, 50, "D", 9)],
    columns=["easting", "northing", "ground_code", "incidents"],
)  # fmt: skip
WARDS = {"A": "Market", "B": "Market", "C": "Harbour", "D": "Market"}


def test_wards_are_ranked_by_pairs_and_one_busy_point_makes_none():
    first, second, third = suggestions(THEFTS, PLACES, WARDS)
    # three points of 5, each within reach of the two others: 3 × 5 × 10
    assert (first.name, first.district, first.pairs, first.incidents, first.points) == (
        "Market",
        "South",
        162,
        18,
        2,
    )
    assert (second.name, second.district, second.pairs, second.ground) == ("Market", "North", 150, ("A",))
    assert (second.incidents, second.points) == (415, 4)
    assert (third.name, third.pairs) == ("Harbour", 24)


def test_a_district_keeps_to_its_own_ground():
    assert [each.name for each in suggestions(THEFTS, PLACES, WARDS, district="South")] == ["Market"]
    assert [each.name for each in suggestions(THEFTS, PLACES, WARDS, district="North")] == [
        "Market",
        "Harbour",
    ]
    assert suggestions(THEFTS, PLACES, WARDS, district="West") == ()


def test_without_wards_a_unit_and_what_touches_it_stand_for_one():
    touching = Contiguity({"A": frozenset({"B"}), "B": frozenset({"A"}), "C": frozenset()})
    found = suggestions(THEFTS, PLACES, {}, touching, "North")
    assert [(each.name, each.incidents) for each in found] == [
        ("North 001A and neighbours", 415),
        ("North 001C", 7),
    ]
    assert [each.name for each in suggestions(THEFTS, PLACES, {}, None, "North")] == [
        "North 001A",
        "North 001C",
    ]


def test_order_is_total_whatever_the_order_of_the_rows():
    even = pd.concat(
        [THEFTS.assign(incidents=1), THEFTS.assign(incidents=1, easting=THEFTS["easting"] + 90_000)]
    )
    there = suggestions(even, PLACES, WARDS)
    assert there == suggestions(even.iloc[::-1], PLACES.iloc[::-1], WARDS)


def test_no_theft_gives_no_suggestion():
    assert suggestions(THEFTS.iloc[:0], PLACES, WARDS) == ()


@pytest.fixture(scope="module")
def with_wards(real_store, shared, tmp_path_factory):
    """A store of Cleveland's 24 months, with wards."""
    from data.store import open_store

    folder = tmp_path_factory.mktemp("suggested") / "store"
    shutil.copytree(real_store.path, folder)
    store = open_store(folder)
    store.import_geography(shared / "geography" / "wards_2025_cleveland.geojson")
    return store


def case_of(store) -> CentresCase:
    """Return the case that a page asks of a store."""
    from data.desk import Desk

    desk = Desk(store)
    return desk.centres(desk.case(desk.default_selection("cleveland")))


@pytest.fixture(scope="module")
def asked(with_wards):
    """The case of Cleveland's 24 months, with wards."""
    return case_of(with_wards)


SIX = {
    "Stockton": {"E01012266", "E01012267", "E01033477"}, "Billingham": {"E01012276"}, "Thornaby": {"E01012284"},
    "Norton": {"E01012260"}, "Yarm": {"E01012299"}, "Ingleby Barwick": {"E01033474"},
}  # fmt: skip


def among(found: tuple[centres.Suggestion, ...]) -> dict[str, int]:
    """Return the rank of the first suggestion that has ground of each of the six centres."""
    ranks = {
        town: rank
        for rank, each in reversed(list(enumerate(found, 1)))
        for town, ground in SIX.items()
        if ground & set(each.ground)
    }
    return dict(sorted(ranks.items()))


def test_how_many_of_the_six_centres_are_among_the_first_ten_suggestions_of_their_district(asked):
    found = suggested_areas(asked, "Stockton-on-Tees")
    # four of six: Norton's ward and Ingleby Barwick's are not there
    assert among(found[:10]) == {"Billingham": 6, "Stockton": 1, "Thornaby": 7, "Yarm": 10}
    # Stockton's centre lies in two wards, and old 014E is in neither suggestion
    assert set(found[0].ground) | set(found[1].ground) == SIX["Stockton"] - {"E01012266"}
    # a retail park and two parades of local shops stand before Billingham
    assert [each.name for each in found[2:5]] == [
        "Mandale & Victoria",
        "Roseworth",
        "Hardwick & Salters Lane",
    ]


def test_six_months_more_take_yarm_out_of_the_first_ten(with_wards, shared, tmp_path_factory):
    from data.store import open_store

    folder = tmp_path_factory.mktemp("longer") / "store"
    shutil.copytree(with_wards.path, folder)
    store = open_store(folder)
    assert store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip").ok
    found = suggested_areas(case_of(store), "Stockton-on-Tees")
    assert among(found) == {"Billingham": 7, "Stockton": 1, "Thornaby": 8, "Yarm": 12}
    # Norton's ward is the tenth, by two units beside that of its High Street
    assert found[9].name == "Norton Central" and not SIX["Norton"] & set(found[9].ground)


def test_how_many_are_among_the_first_ten_where_no_wards_are_held(asked):
    case = asked.case
    found = suggestions(asked.read_thefts(), case.own_places, {}, case.contiguity, "Stockton-on-Tees")
    assert among(found[:10]) == {"Billingham": 4, "Stockton": 1, "Thornaby": 5, "Yarm": 8}


def test_the_answer_shows_suggestions_until_outlines_are_held(asked):
    answer = centres.answer(asked, "Stockton-on-Tees")
    # the list is cut at ten, so that its length is no number of town centres
    assert answer["number"].text == (
        "Stockton-on-Tees: suggestions of where a town centre may be, going by thefts recorded close together."
    )
    table = answer.parts["suggested"]
    assert table.title == "10 suggestions of where a town centre may be"
    assert "Jul 2022 – Jun 2024" in table.subtitle and "suggestions from what was recorded" in table.notes[0]
    unit = Cover("E01012260", 1.0, 0.05, 600_000.0)
    made = ProposedArea("1", "Norton", "", "a.gpkg", (unit,), ("E01012260",), Held(1.0, 0.05, "low"))
    answer = centres.answer(CentresCase(asked.case, (made,), asked.read_thefts))
    assert list(answer.parts) == ["number", "proposed"]
    assert answer["number"].text == (
        "Cleveland Police: 1 place is proposed as a town centre, from outlines that others drew."
    )
    table = answer.parts["proposed"]
    assert table.shown.loc["Norton", "LSOAs"] == "Norton Central ward (007C)"
    assert (
        table.shown.loc["Norton", "Confidence"] == "low" and table.shown.loc["Norton", "Sort"] == "not given"
    )


def test_a_proposal_is_shown_on_the_map_with_the_ground_that_it_would_take(asked):
    code = "E01012260"
    unit = Cover(code, 1.0, 0.05, 600_000.0)
    made = ProposedArea("1", "Norton", "", "a.gpkg", (unit,), (code,), Held(1.0, 0.05, "low"))
    case = CentresCase(asked.case, (made,), asked.read_thefts)
    (norton,) = centres.candidates(case, "Stockton-on-Tees")
    assert centres.candidates(case, "Hartlepool") == ()
    shown = centres.where(case, norton, (code,))["map"]
    assert shown.title.startswith("Norton would take Norton Central ward (007C)")
    assert code in shown.focus and len(shown.focus) > 1
    gone = replace(norton, code="2")
    assert "No centre held has the code “2”" in str(centres.where(case, gone, (code,))["map"])


def test_a_suggestion_is_shown_on_the_map_by_the_thefts_of_its_district(asked):
    first, *_, last = centres.candidates(asked, "Stockton-on-Tees")
    assert first.label.startswith("Suggestion 1: ") and last.label.startswith("Suggestion 10: ")
    shown = centres.where(asked, first, first.ground, "Stockton-on-Tees")["map"]
    own = asked.case.own_places
    inside = own.loc[own["district_name"] == "Stockton-on-Tees", "ground_code"]
    assert set(shown.data["ground_code"]) == set(inside)
    thefts = asked.read_thefts().groupby("ground_code")["incidents"].sum()
    assert shown.data["thefts"].sum() == thefts.reindex(inside, fill_value=0).sum() > 0
