"""Places are found by the beginnings of their words, and stand for the ground that they lie on."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from analysis.model.contiguity import Contiguity
from analysis.model.land import Land
from analysis.model.own_area import extended
from analysis.model.place_search import MOST_FOUND, find_places, named_places

PLACES = pd.DataFrame(
    {
        "ground_code": ["G1", "G2", "G3", "G4"],
        "ground_name": ["Northton 001A", "Northton 001B", "Southton 002A", "Elsewhere 001A"],
        "district_name": ["Northton", "Northton", "Southton", "Elsewhere"],
        "in_force": [True, True, True, False],
        "joined": [True, True, True, True],
    }
)
LABELS = dict(zip(PLACES["ground_code"], PLACES["ground_name"], strict=True))
STREETS = pd.DataFrame(
    {
        "location": ["On or near High Street", "On or near High Street", "On or near High Street", "On or near St John’s Way",
                     "On or near", "On or near Café Row", "On or near High Street"],
        "ground_code": ["G1", "G2", "G3", "G3", "G1", "G2", "G4"],
    }
)  # fmt: skip


def land() -> Land:
    outlines = gpd.GeoDataFrame(
        {"ground_code": ["G1", "G2", "G3"], "name": ["", "", ""]},
        geometry=[box(x, 0, x + 1, 1) for x in range(3)],
        crs=27700,
    )
    wards = gpd.GeoDataFrame(
        {"ward_name": ["Central", "Central"]}, geometry=[box(0, 0, 2, 1), box(2, 0, 3, 1)], crs=27700
    )
    return Land(outlines, None, False, wards)


@pytest.fixture(scope="module")
def places():
    return named_places(PLACES, land(), LABELS, STREETS)


def labels(words: str, places) -> list[str]:
    return [place.label for place in find_places(words, places)]


def test_a_name_of_two_districts_is_two_places_each_with_its_own_ground(places):
    found = find_places("high st", places)
    assert [(place.label, place.ground) for place in found] == [
        ("High Street, Northton", {"G1", "G2"}),
        ("High Street, Southton", {"G3"}),
    ]
    assert labels("central", places) == ["Central ward, Northton", "Central ward, Southton"]
    assert labels("central south", places) == ["Central ward, Southton"]


def test_capitals_accents_and_apostrophes_do_not_count(places):
    assert labels("ST JOHNS", places) == labels("st john's", places) == ["St John’s Way, Southton"]
    assert labels("cafe", places) == ["Café Row, Northton"]


def test_an_lsoa_is_found_by_its_name_and_ground_of_others_is_not(places):
    assert labels("northton 001", places) == ["Northton 001A", "Northton 001B"]
    assert labels("elsewhere", places) == []


def test_a_point_without_a_name_is_no_place(places):
    assert not [place for place in places if place.kind == "street" and not place.name.strip()]


@pytest.mark.parametrize("words", ["", " ", "h", "!!", "\0", "high zebra"])
def test_nothing_is_found_for_a_letter_or_for_what_no_name_has(words, places):
    assert labels(words, places) == []


def test_no_more_is_offered_than_a_screen_holds():
    streets = pd.DataFrame({"location": [f"On or near High {n}" for n in range(50)], "ground_code": "G1"})
    assert len(find_places("high", named_places(PLACES, None, {}, streets))) == MOST_FOUND


def test_a_name_that_stands_on_much_of_a_district_is_a_kind_of_place_and_none():
    many = pd.DataFrame(
        {
            "ground_code": [f"G{n}" for n in range(9)],
            "district_name": "Northton",
            "in_force": True,
            "joined": True,
        }
    )
    streets = pd.DataFrame({"location": "On or near Parking Area", "ground_code": many["ground_code"]})
    assert named_places(many, None, {}, streets) == ()
    assert len(named_places(many, None, {}, streets.head(8))) == 1


@given(st.text(max_size=30))
def test_any_words_give_places_that_have_them_or_none(words):
    places = named_places(PLACES, land(), LABELS, STREETS)
    assert len(find_places(words, places)) <= MOST_FOUND


CONTIGUITY = Contiguity({"G1": frozenset({"G2"}), "G2": frozenset({"G1", "G3"}), "G3": frozenset({"G2"})})
WARDS = {"G1": "Central", "G2": "Central", "G3": "South"}


def test_chosen_ground_grows_by_its_neighbours_or_to_its_ward():
    assert extended(["G2"], ["G1", "G2", "G3"], CONTIGUITY, WARDS) == {
        "Use as my area": ("G2",),
        "Use with its neighbours": ("G1", "G2", "G3"),
        "Use all of its ward": ("G1", "G2"),
    }


def test_what_would_be_the_same_ground_is_offered_once_and_ground_of_others_never():
    assert extended(["G1", "G9"], ["G1"], CONTIGUITY, WARDS) == {"Use as my area": ("G1",)}
    assert extended(["G9"], ["G1"], None, {}) == {}
