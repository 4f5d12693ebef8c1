"""The retail map: open data's points are never shops, and the register shows no small count."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.drawing.maps.bearings import Bearings
from analysis.model.errors import NeedsInputError
from analysis.topics.retail.show.retail_map import RegisterPlaces, locality_map, repeat_point_map
from tests.made.made_maps import NAMES, layers, made_counts

COUNTS = made_counts({"G00": [30], "G01": [10]})
POINTS = pd.DataFrame(
    [
        (442_000.0, 512_000.0, "High Street", 9, "Jan 2024: 9"),
        (443_000.0, 512_000.0, "", 6, "Jan 2024: 6"),
        (444_000.0, 512_000.0, "Parking Area", 5, "Jan 2024: 5"),
    ],
    columns=["easting", "northing", "near", "incidents", "months"],
).assign(crime_type="Shoplifting")


def points(threshold: int = 6, table: pd.DataFrame = POINTS):
    return repeat_point_map(table, COUNTS, Bearings(NAMES), threshold=threshold)


def test_points_at_the_threshold_are_drawn_and_said():
    drawn = points()
    assert (
        drawn.title
        == "Across the force 15 of 20 shoplifting incidents were recorded at 2 approximate points with 6 or more"
    )
    assert drawn.marks.table["incidents"].tolist() == [9, 6]
    assert "no shop and no door is meant" in drawn.caveat
    assert {row["name"] for row in layers(drawn)["marks"]["data"]} == {
        "Approximate point near High Street", "Approximate point",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "title"),
    [
        (
            9,
            "Across the force 9 of 20 shoplifting incidents were recorded at 1 approximate point with 9 or more",
        ),
        (10, "No approximate point had 10 or more shoplifting incidents recorded"),
    ],
)
def test_one_and_none_are_said_as_such(threshold, title):
    drawn = points(threshold)
    assert drawn.title == title
    assert ("marks" in layers(drawn)) == (threshold == 9)


def test_no_point_at_all_is_a_map_without_marks():
    assert points(table=POINTS.iloc[:0]).title.startswith("No approximate point")


OFFENCES = pd.DataFrame(
    [
        ("Thornaby", "Stockton", 20, True),
        ("Yarm", "Stockton", 20, True),
        ("Billingham", "Stockton", 7, True),
        ("Nowhere", "Stockton", 30, True),
    ],
    columns=["locality", "district", "offences", "whole"],
)
WHERE = {
    key: (442_000.0 + 100 * at, 512_000.0)
    for at, key in enumerate(("thornaby", "yarm", "billingham", "norton", "ingleby"))
}


def localities(offences=OFFENCES, where=WHERE, shops=None):
    return locality_map(
        RegisterPlaces(offences, where, shops, "Source: a register.", "Jan 2024 – Mar 2024"),
        COUNTS,
        Bearings(NAMES),
    )


def test_a_locality_with_a_hidden_quarter_has_so_many_or_more():
    drawn = localities(OFFENCES.assign(whole=[True, False, True, True]))
    assert {name.text for name in drawn.names} == {"Thornaby\n20", "Yarm\n20 or more", "Billingham\n7"}
    assert drawn.title.startswith("Most offences of the register that may be shown in Thornaby and Yarm")
    assert "Offences of the register by locality, Jan 2024 – Mar 2024." in drawn.subtitle


def test_a_locality_whose_name_is_no_ward_is_said_and_not_guessed():
    assert "no ward or area held bears the name: Nowhere." in localities().caveat


def test_all_who_tie_for_the_most_are_named():
    assert localities().title == "Most offences of the register in Thornaby and Yarm: 20 each"
    assert localities(OFFENCES.iloc[1:]).title == "Most offences of the register in Yarm: 20"


def test_the_name_of_a_locality_stands_over_its_mark_with_its_count():
    drawn = localities()
    assert {name.text for name in drawn.names} == {"Thornaby\n20", "Yarm\n20", "Billingham\n7"}
    sizes = drawn.marks.table.set_index("name")["size"]
    assert all(name.first and name.above > sizes[name.text.split("\n")[0]] / 2 for name in drawn.names)


def test_a_mark_stands_for_a_locality_and_not_for_a_shop():
    drawn = localities()
    assert [key.label for key in drawn.marks.keys] == ["Locality of the register"]
    assert "not at a shop" in drawn.caveat


def test_nothing_that_can_be_drawn_asks_for_what_is_missing():
    with pytest.raises(NeedsInputError, match="bears the name of a ward"):
        localities(where={})
    with pytest.raises(NeedsInputError):
        localities(OFFENCES.iloc[3:])


def test_shops_that_the_office_lets_be_shown_are_marks_of_their_own():
    shops = pd.DataFrame(
        {
            "shop": ["Corner"],
            "easting": [442_500.0],
            "northing": [512_500.0],
            "offences": [8],
            "whole": [True],
        }
    )
    drawn = localities(shops=shops)
    assert [key.mark for key in drawn.marks.keys] == ["square", "diamond"]
    assert drawn.marks.table["name"].tolist()[-1] == "Corner"
