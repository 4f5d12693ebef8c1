"""Common ground: what both vintages of LSOA share, and what is said of ground that cannot be joined."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model.ground import (
    LOOKUP_COLUMNS,
    build_crosswalk,
    crosswalk_without_lookup,
    district_of,
    ground_table,
)

A, B, C, D, X, Y = (f"E0100000{n}" for n in range(1, 7))
NEW1, NEW2 = "E01034001", "E01034002"


def lookup(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (old, f"Town {old[-3:]}A", kind, new, f"Town {new[-3:]}A", "E06000004", "Town")
            for old, kind, new in rows
        ],
        columns=list(LOOKUP_COLUMNS),
    )


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
