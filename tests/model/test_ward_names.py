"""Ground by the name of its ward, with the end of its LSOA's name: each unit told from every other."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from analysis.model.ground_names import ward_names, ward_names_of
from analysis.model.land import Land

PLACES = pd.DataFrame(
    {
        "ground_code": ["E1", "E2", "E3", "E4"],
        "ground_name": ["Ayton 001A", "Ayton 001B", "Beeham 001A", "Beeham 002C"],
    }
)
OUTLINES = gpd.GeoDataFrame(
    PLACES.rename(columns={"ground_name": "name"}),
    geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 0, 6, 1), box(9, 0, 10, 1)],
    crs=27700,
)


def land(wards: gpd.GeoDataFrame | None) -> Land:
    return Land(OUTLINES, OUTLINES, False, wards)


WARDS = gpd.GeoDataFrame(
    {"ward_name": ["Central", "Central"]}, geometry=[box(-1, -1, 3, 2), box(4, -1, 7, 2)], crs=27700
)


def test_a_unit_is_called_by_its_ward_and_told_from_one_of_the_same_name():
    assert ward_names(land(WARDS), PLACES) == {
        "E1": "Central ward (Ayton 001A)",
        "E2": "Central ward (001B)",
        "E3": "Central ward (Beeham 001A)",
        "E4": "Beeham 002C",
    }


def test_without_wards_the_name_of_the_lsoa_stands():
    assert ward_names_of(land(None), PLACES, {}) == dict(
        zip(PLACES["ground_code"], PLACES["ground_name"], strict=True)
    )
