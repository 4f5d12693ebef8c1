"""What an office, who asks and its districts are called: words that no key, ground or record is found by."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area, rest_of
from analysis.model.errors import AreaError, RefusedError
from analysis.model.naming import BODY_LETTERS, Naming, check_free, checked_naming, renamed
from analysis.model.own_area import own_area
from tests.hostile import NAMES

AY = Area("ay", "Ay", "district", "made", frozenset({"A1", "A2"}), district="ay")
BEE = Area("bee", "Bee", "district", "made", frozenset({"B1"}), district="bee")
CENTRE = Area("centre", "Ay centre", "town centre", "made", frozenset({"A1"}), treated=True, district="ay")
AREAS = {each.key: each for each in (CENTRE, AY, BEE, rest_of(AY, [CENTRE]))}


def test_without_names_nothing_is_said_but_the_office():
    naming = checked_naming("", " ", {"Ay": ""})
    assert naming == Naming()
    assert (naming.credit, naming.mark) == ("", "")
    assert naming.own("patrol log") == "the office’s own patrol log"
    assert naming.district("Ay") == "Ay"
    assert renamed(AREAS, naming) == AREAS


def test_the_names_stand_where_they_are_said():
    naming = checked_naming("Mersea Policing Board", "the Board", {"Ay": "the borough of Ay"})
    assert naming.credit == "Prepared for the Board, Mersea Policing Board."
    assert naming.own("patrol log") == "own patrol log of Mersea Policing Board"
    assert checked_naming("", "the Mayor", {}).credit == "Prepared for the Mayor."
    assert len({naming.mark, checked_naming("Mersea Policing Board", "", {}).mark, ""}) == 3


def test_a_district_and_its_rest_have_the_offices_name_and_keep_key_and_ground():
    shown = renamed(AREAS, checked_naming("", "", {"Ay": "the borough of Ay"}))
    assert [area.name for area in shown.values()] == [
        "Ay centre",
        "the borough of Ay",
        "Bee",
        "Rest of the borough of Ay",
    ]
    assert list(shown) == list(AREAS)
    for key, area in AREAS.items():
        assert (shown[key].key, shown[key].ground, shown[key].district) == (
            area.key,
            area.ground,
            area.district,
        )
        assert shown[key].filed_name == area.name


def test_two_districts_never_have_one_name():
    with pytest.raises(RefusedError, match="Ay and Bee would both be called west"):
        checked_naming("", "", {"Ay": "West", "Bee": "west"})
    swapped = Naming(districts={"Ay": "Bee"})
    assert renamed(AREAS, swapped)["ay"].name == "Ay"
    with pytest.raises(RefusedError, match="Ay cannot be called Bee: that is the name of Bee"):
        check_free(swapped, AREAS.values())
    with pytest.raises(RefusedError, match="the name of Ay centre"):
        check_free(Naming(districts={"Bee": "AY-CENTRE"}), AREAS.values())
    check_free(Naming(districts={"Ay": "AY"}), AREAS.values())  # the same name in capitals


def test_neither_name_of_a_district_is_free_for_an_area_of_ones_own():
    shown = renamed(AREAS, checked_naming("", "", {"Ay": "the borough of Ay"}))
    ground = pd.DataFrame(
        {
            "ground_code": ["B1"], "ground_name": "Bee 001A", "district_name": "Bee", "codes_2011": [("B1",)],
            "codes_2021": [("B1",)], "joined": True, "in_force": True,
        }
    )  # fmt: skip
    for name in ("Ay", "The Borough of Ay"):
        with pytest.raises(AreaError, match="already the name of an area"):
            own_area(name, ["B1"], ground, shown, "made")


def test_a_body_may_be_long_and_a_name_no_longer_than_names_are():
    devon = "Office of the Police and Crime Commissioner for Devon, Cornwall and the Isles of Scilly"
    assert len(devon) == 87
    assert checked_naming(devon, "", {}).body == devon
    with pytest.raises(RefusedError, match="100 are the most"):
        checked_naming("x" * (BODY_LETTERS + 1), "", {})
    with pytest.raises(RefusedError, match="60 are the most"):
        checked_naming("", "x" * 61, {})
    with pytest.raises(RefusedError, match="60 are the most"):
        checked_naming("", "", {"Ay": "x" * 61})


@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "\u200b", "a\x1bb", "—", "…", "***"])
def test_a_name_that_cannot_be_seen_or_read_is_refused(bad):
    for given_names in ((bad, "", {}), ("", bad, {}), ("", "", {"Ay": bad})):
        with pytest.raises(RefusedError):
            checked_naming(*given_names)


@given(st.one_of(st.sampled_from(NAMES), st.text(max_size=80)))
def test_whatever_is_given_stands_in_one_form_or_is_refused(text):
    try:
        naming = checked_naming(text, text, {"Ay": text})
    except RefusedError as problem:
        assert str(problem).endswith(".")
        return
    for name in (naming.body, naming.asks, *naming.districts.values()):
        assert name == unicodedata.normalize("NFC", " ".join(name.split()))
        assert len(name) <= BODY_LETTERS
    assert checked_naming(naming.body, naming.asks, naming.districts) == naming
