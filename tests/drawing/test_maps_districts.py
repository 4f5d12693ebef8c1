"""All forces held by district: means of the months each published, and what cannot be compared is hatched."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from analysis.drawing.maps.districts import district_map, districts_land
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.ground import LOOKUP_COLUMNS, build_crosswalk
from analysis.model.naming import Naming
from analysis.model.periods import Period
from analysis.topics.incidents.measure.district_counts import district_counts

NEUTRAL = Naming()
YEAR = Period.parse("2023-07:2024-06")
TYPES = ("Anti-social behaviour", "Burglary")
LOOKUP = build_crosswalk(
    pd.DataFrame(
        [
            ("E01000001", "Ay 001A", "U", "E01000001", "Ay 001A", "E07000001", "Ay"),
            ("E01000002", "Ay 001B", "S", "E01000021", "Ay 001B", "E07000001", "Ay"),
            ("E01000002", "Ay 001B", "S", "E01000022", "Ay 001C", "E07000001", "Ay"),
            ("E01000003", "Bee 001A", "U", "E01000003", "Bee 001A", "E07000002", "Bee"),
        ],
        columns=list(LOOKUP_COLUMNS),
    )
)


def counted(*rows: tuple[str, str | None, str, int], months=None) -> pd.DataFrame:
    return district_counts(
        pd.DataFrame(rows, columns=["force", "lsoa_code", "crime_type", "incidents"]),
        LOOKUP,
        crime_types=TYPES,
        months=months or {"one": 12, "two": 6},
        period=YEAR,
    )


WHOLE = (
    ("one", "E01000001", "Burglary", 7),
    ("one", "E01000002", "Burglary", 5),  # the old code of a split LSOA
    ("one", "E01000022", "Anti-social behaviour", 12),  # and a new one: the same ground
    ("two", "E01000003", "Burglary", 12),
    ("two", None, "Burglary", 99),
    ("one", "E01009999", "Burglary", 99),
)


def test_incidents_are_a_mean_of_the_months_that_each_force_published():
    table = counted(*WHOLE).set_index("district_name")
    assert table["incidents"].to_dict() == {"Ay": 24, "Bee": 12}
    assert table["a_month"].to_dict() == {"Ay": 2.0, "Bee": 2.0}
    assert table["months"].to_dict() == {"Ay": 12, "Bee": 6}


def test_a_type_that_a_force_publishes_nowhere_is_named_and_not_counted_as_none():
    table = counted(*WHOLE).set_index("district_name")
    assert table["unpublished"].to_dict() == {"Ay": "", "Bee": "Anti-social behaviour"}


def test_a_few_incidents_snapped_over_a_border_do_not_move_a_district_to_another_force():
    table = counted(*WHOLE, ("two", "E01000001", "Burglary", 3)).set_index("district_name")
    assert table.loc["Ay", "force"] == "one" and table.loc["Ay", "incidents"] == 24


def test_without_a_month_of_the_period_a_sentence_says_so():
    with pytest.raises(AnalysisError, match="No force held has a month of Jul 2023"):
        counted(*WHOLE, months={"one": 0, "two": 0})


def land():
    outlines = gpd.GeoDataFrame(
        {"district_name": ["Ay", "Bee", "Far"]},
        geometry=[shapely.box(at, 500_000, at + 9_000, 509_000) for at in (430_000, 440_000, 500_000)],
        crs="EPSG:27700",
    )
    return districts_land(outlines, ["Ay", "Bee"])


def shown(*rows, naming=NEUTRAL):
    return district_map(
        counted(*rows),
        land=land(),
        crime_types=TYPES,
        period=YEAR,
        forces={"one": "One Police", "two": "Two Police"},
        naming=naming,
    )


def test_districts_are_shaded_and_those_that_cannot_be_compared_are_hatched():
    drawn = shown(*WHOLE)
    at = dict(zip(drawn.ground.table["ground_code"], drawn.ground.table["key"], strict=True))
    assert drawn.ground.keys[at["Bee"]].mark == "hatch"
    assert drawn.ground.keys[at["Ay"]].mark == "fill"
    assert drawn.title == "Most in Ay: 2 recorded a month (anti-social behaviour, burglary)"
    texts = drawn.ground.table["text"].tolist()
    assert texts[0] == "One Police\n24 recorded in 12 months, 2 a month"
    assert texts[1].endswith("Not published: Anti-social behaviour")


def test_only_districts_of_the_forces_held_are_ground_and_each_can_be_named():
    assert land().outlines["ground_code"].tolist() == ["Ay", "Bee"]
    assert {name.text for name in shown(*WHOLE).names} == {"Ay", "Bee"}


def test_a_district_is_named_as_its_office_calls_it_and_found_by_its_own_name():
    drawn = shown(*WHOLE, naming=Naming(districts={"Ay": "the borough of Ay"}))
    assert drawn.title.startswith("Most in the borough of Ay: 2")
    assert {name.text for name in drawn.names} == {"the borough of Ay", "Bee"}
    assert drawn.ground.table["ground_code"].tolist() == ["Ay", "Bee"]
    assert drawn.ground.table["name"].tolist() == ["the borough of Ay", "Bee"]


def test_without_an_outline_a_sentence_says_what_to_import():
    for outlines in (None, land().districts.iloc[:0]):
        with pytest.raises(NeedsInputError, match="Import boundaries of districts"):
            districts_land(outlines, ["Ay"])
