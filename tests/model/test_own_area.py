"""An area of one's own: what it is made of, what its key tells, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area
from analysis.model.errors import AreaError
from analysis.model.own_area import DEFAULT_NAME, own_area

A, B, C, OUT = "E01000001", "E01000002", "E01000003", "E01000009"
GROUND = pd.DataFrame(
    {
        "ground_code": [A, B, C, OUT],
        "ground_name": ["Town 001A", "Town 001B", "City 001A", "Far 001A"],
        "district_name": ["Town", "Town", "City", "Far"],
        "codes_2011": [(A,), (B,), (C,), (OUT,)],
        "codes_2021": [("E01033801", "E01033802"), (B,), (C,), (OUT,)],
        "in_force": [True, True, True, False],
    }
)
TREATED = Area("centre", "The Centre", "town centre", "made", frozenset({A}), treated=True, district="town")
AREAS = {"centre": TREATED}


def test_it_is_an_untreated_area_of_both_vintages_in_its_district():
    area = own_area("Yarm", [B, A], GROUND, {}, "made")
    assert (area.name, area.kind, area.district, area.treated) == ("Yarm", "own", "town", False)
    assert area.ground == {A, B}
    assert area.codes == {A, B, "E01033801", "E01033802"}
    assert area.lsoa == "Town 001A, Town 001B"
    assert area.note == ""


def test_over_two_districts_it_has_none_so_that_the_force_stands_for_it():
    assert own_area("Both", [A, C], GROUND, {}, "made").district == ""


def test_ground_that_had_the_patrols_is_said():
    assert own_area("All", [A], GROUND, AREAS, "made").note.startswith("All of it is ground of The Centre")
    assert own_area("Part", [A, B], GROUND, AREAS, "made").note.startswith(
        "1 of its 2 units is ground of The Centre"
    )
    assert own_area("Other", [B], GROUND, AREAS, "made").note == ""


@given(st.sets(st.sampled_from([A, B, C]), min_size=1), st.sets(st.sampled_from([A, B, C]), min_size=1))
def test_the_key_tells_the_ground_so_no_answer_is_mistaken_for_another(one, other):
    keys = [own_area("Yarm", units, GROUND, {}, "made").key for units in (sorted(one), sorted(other))]
    assert (keys[0] == keys[1]) is (one == other)


def test_a_blank_name_is_the_default_and_a_name_is_kept_on_one_line():
    assert own_area("  ", [A], GROUND, {}, "made").name == DEFAULT_NAME
    assert own_area(" High \n Street ", [A], GROUND, {}, "made").name == "High Street"


@pytest.mark.parametrize(
    ("name", "units", "told"),
    [
        ("Yarm", [], "none chosen"),
        ("Yarm", [A, OUT], OUT),
        ("Yarm", ["E01999999"], "E01999999"),
        ("the centre", [B], "already the name of an area"),
        ("!!!", [B], "has no letter"),
    ],
)
def test_what_makes_no_area_is_a_sentence(name, units, told):
    with pytest.raises(AreaError, match=told):
        own_area(name, units, GROUND, AREAS, "made")
