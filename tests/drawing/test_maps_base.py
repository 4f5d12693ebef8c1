"""The ground as it is served: in the order that classes are looked up by, with no figure in it."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from analysis.drawing.maps.base import districts_geojson, ground_geojson, outlines_geojson, style
from analysis.drawing.maps.bearings import UNDER_REVIEW, names_on, outlined
from analysis.drawing.maps.palette import DARK, LIGHT
from analysis.drawing.maps.shown import Key, Outline
from analysis.model.areas import Area
from analysis.model.errors import NeedsInputError
from analysis.model.land import NO_GROUND, land_of
from tests.made.made_maps import CODES, NAMES, made_land, made_places, squares

LINE = Key("Centre", "#16191D", "dashes")


def test_each_unit_is_served_at_its_own_position_with_code_and_name_alone():
    features = json.loads(ground_geojson(made_land()))["features"]
    assert [feature["properties"] for feature in features] == [
        {"i": at, "code": code, "name": NAMES[code]} for at, code in enumerate(CODES)
    ]


def test_the_order_is_by_code_whatever_order_the_outlines_come_in():
    mixed = squares().sample(frac=1, random_state=3)
    land = land_of(mixed, made_places(), districts=None, names=NAMES, approximate=True)
    assert ground_geojson(land) == ground_geojson(made_land()) and land.approximate


def test_ground_of_other_forces_is_left_out():
    places = made_places().assign(in_force=[True] * 4 + [False] * 2)
    land = land_of(squares(), places, districts=None, names={}, approximate=False)
    assert list(land.outlines["ground_code"]) == list(CODES[:4])
    assert list(land.outlines["name"]) == list(CODES[:4])  # a unit without a name is called by its code


def test_without_an_outline_of_its_ground_a_force_has_no_map():
    with pytest.raises(NeedsInputError, match="import-geography") as told:
        land_of(squares(), made_places().assign(in_force=False), districts=None, names={}, approximate=False)
    assert str(told.value) == NO_GROUND


def test_districts_are_those_held_and_else_put_together_from_their_ground():
    held = gpd.GeoDataFrame(
        {"district_name": ["South"]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:27700"
    )
    land = land_of(squares(), made_places(), districts=held, names={}, approximate=False)
    assert list(land.districts["district_name"]) == ["North", "South"]
    assert land.districts.geometry.area.tolist() == pytest.approx([75e6, 1.0])
    names = [each["properties"]["name"] for each in json.loads(districts_geojson(land))["features"]]
    assert names == ["North", "South"]


def test_a_border_is_one_feature_an_area_and_says_how_it_is_drawn():
    ground = frozenset({"G00", "G01"})
    text = outlines_geojson([Outline(LINE, ground), Outline(LINE, frozenset({"nowhere"}))], made_land())
    (feature,) = json.loads(text)["features"]
    assert feature["properties"] == {"colour": "#16191D", "pattern": "dashes"}
    assert feature["geometry"]["type"] == "Polygon"  # the line between the two units is gone
    assert json.loads(outlines_geojson([], made_land()))["features"] == []


def test_the_style_has_land_and_districts_in_the_colours_of_the_look():
    for look in (LIGHT, DARK):
        drawn = json.loads(style("/d.json", look))
        assert drawn["sources"] == {"districts": {"type": "geojson", "data": "/d.json"}}
        paints = {layer["id"]: layer["paint"] for layer in drawn["layers"]}
        assert paints["outside"]["background-color"] == look.outside
        assert paints["land"]["fill-color"] == look.land and "glyphs" not in drawn


def test_a_name_stands_inside_the_largest_part_of_its_area():
    x, y = made_land().middle_of(frozenset({"G00", "G04", "G05"}))
    assert 445_000 < x < 455_000 and 515_000 < y < 520_000
    assert made_land().middle_of(frozenset({"nowhere"})) is None


def test_names_are_the_areas_first_then_districts_then_wards_each_once():
    wards = gpd.GeoDataFrame(
        {"ward_name": ["Town", "Ward"]}, geometry=list(squares().geometry[:2]), crs="EPSG:27700"
    )
    areas = [
        Area("town", "Town", "town centre", "made", frozenset({"G00"})),
        Area("gone", "Gone", "town centre", "made", frozenset({"nowhere"})),
    ]
    names = names_on(made_land(), areas, wards=wards)
    assert [(name.text, name.first) for name in names] == [
        ("Town", True), ("North", False), ("South", False), ("Ward", False),
    ]  # fmt: skip
    assert isinstance(names[0].easting, float)


def test_only_areas_with_ground_are_outlined():
    areas = [Area("a", "A", "own", "made", frozenset({"G00"})), Area("b", "B", "own", "made", frozenset())]
    assert outlined(areas) == (Outline(UNDER_REVIEW, frozenset({"G00"})),)


def test_points_of_units_lie_inside_them():
    points = made_land().points_of(["G00", "G05", "nowhere"])
    assert list(points["ground_code"]) == ["G00", "G05"]
    assert isinstance(points, pd.DataFrame)
    boxes = squares().set_index("ground_code").geometry
    for row in points.itertuples():
        assert boxes[row.ground_code].contains(shapely.Point(row.easting, row.northing))


def test_the_outline_of_an_area_is_put_together_once():
    land = made_land()
    area = frozenset({"G00", "G01", "nowhere"})
    assert land.shape_of(area) is land.shape_of(frozenset({"G01", "G00", "nowhere"}))
    assert land.shape_of(area).equals(shapely.box(440_000, 510_000, 450_000, 515_000))
    assert land.shape_of(frozenset({"nowhere"})) is None
