"""Metres and degrees, the view that opens on an extent, and a scale bar that is as long as it says."""

from __future__ import annotations

import json
import math

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.maps.lettering import BAR, name_layers, round_length, scale_text
from analysis.drawing.maps.palette import LIGHT, PROJECTOR
from analysis.drawing.maps.wgs84 import CLOSEST, TILE, geojson, metres_a_pixel, to_degrees, to_metres, view_of
from tests.made.made_maps import CODES, Land, layers, made, squares

EAST, NORTH = st.floats(135_000, 640_000), st.floats(11_000, 420_000)
BORDERS = st.tuples(st.floats(290_000, 560_000), st.floats(420_000, 657_000))
"""England and Wales lie inside the two; further out at sea the grid has no transformation of its own."""


@given(st.tuples(EAST, NORTH) | BORDERS)
def test_metres_to_degrees_and_back_are_within_two_metres(at):
    east, north = at
    back = to_metres(*to_degrees([east], [north]))
    assert math.hypot(back[0][0] - east, back[1][0] - north) <= 2


def test_known_points_lie_where_ordnance_survey_says():
    # test points 1 and 2 of OSTN15, in ETRS89; without its grid the transformation is good to some five metres
    east, north = to_metres([-6.29977752014, -5.20304609998], [49.92226393730, 49.96006137820])
    assert np.abs(east - [91_492.146, 170_370.718]).max() < 8
    assert np.abs(north - [11_318.804, 11_572.405]).max() < 8


def test_what_has_no_point_has_none_in_metres():
    east, north = to_metres([np.nan, -1.3], [54.5, 54.5])
    assert np.isnan(east[0]) and np.isnan(north[0]) and np.isfinite(east[1])


def pixel(longitude: float, latitude: float, view, width: int, height: int) -> tuple[float, float]:
    """Where a point stands on the screen: web Mercator, 512 pixels a world at zoom 0, the view in the middle."""

    def world(x: float, y: float) -> tuple[float, float]:
        across = (x + 180) / 360
        up = 0.5 - math.asinh(math.tan(math.radians(y))) / (2 * math.pi)
        return across * 512 * 2**view.zoom, up * 512 * 2**view.zoom

    x, y = world(longitude, latitude)
    middle = world(view.longitude, view.latitude)
    return x - middle[0] + width / 2, y - middle[1] + height / 2


@given(EAST, NORTH, st.floats(500, 90_000), st.floats(500, 90_000), st.sampled_from([(820, 560), (355, 420)]))
def test_the_view_takes_the_bounds_in(east, north, wide, tall, screen):
    view = view_of((east, north, east + wide, north + tall), *screen)
    steps = np.linspace(0, 1, 5)
    edge = [
        *((x, y) for x in (0, 1) for y in steps),  # not the corners alone: grid north leans
        *((x, y) for x in steps for y in (0, 1)),
    ]
    transform = pyproj.Transformer.from_crs(27700, 4326, always_xy=True).transform
    for x, y in edge:
        at = pixel(*transform(east + x * wide, north + y * tall), view, *screen)
        assert 0 <= at[0] <= screen[0] and 0 <= at[1] <= screen[1]


@given(EAST, NORTH, st.floats(3_000, 90_000))
def test_the_view_does_not_lose_the_bounds_in_a_wide_land(east, north, side):
    view = view_of((east, north, east + side, north + side), 820, 560)
    assert side / view.metres_a_pixel > 0.7 * 560  # the shorter way of the screen is mostly filled


def test_one_point_opens_no_nearer_than_an_approximate_point_bears():
    assert view_of((440_000, 520_000, 440_000, 520_000), 820, 560).zoom == CLOSEST


def test_a_pixel_is_as_long_as_the_geodesic_says():
    view = view_of((440_000, 510_000, 455_000, 520_000), 820, 560)
    step = 360 / (512 * 2**view.zoom)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(
        view.longitude, view.latitude, view.longitude + step, view.latitude
    )
    assert metres_a_pixel(view.latitude, view.zoom) == pytest.approx(metres, rel=0.005)


def metres_said(text: str) -> float:
    figure, unit = text.split()
    return float(figure) * {"km": 1000, "m": 1}[unit]


@given(EAST, NORTH, st.floats(150, 30_000), st.sampled_from([LIGHT, PROJECTOR]))
def test_the_scale_bar_is_as_long_on_the_ground_as_it_says(east, north, side, look):
    ground = squares(side, (east, north))
    found = layers(
        made(), land=Land(ground.assign(name=CODES), ground.iloc[:0].rename(columns=str), False), look=look
    )
    _, bar = found["scale"]["data"]["features"]  # its light edge lies under it
    (x0, y0), (x1, y1) = bar["geometry"]["coordinates"]
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(x0, y0, x1, y1)
    said = metres_said(found["names"]["data"][0]["t"].replace("  ", " "))
    assert metres == pytest.approx(said, rel=0.01)
    assert y0 == y1
    assert said <= 3 * side / 4


def test_a_scale_bar_of_ground_that_is_narrow_for_its_map_is_as_long_as_its_text_at_the_least():
    view = view_of((440_000, 515_000, 441_000, 535_000), 820, 560)
    bar, _ = name_layers((), (440_000, 515_000, 441_000, 535_000), view, LIGHT, 0)
    (x0, _), (x1, _) = bar.data["features"][1]["geometry"]["coordinates"]
    pixels = (x1 - x0) / 360 * TILE * 2**view.zoom
    assert 2 * LIGHT.letter < pixels <= BAR * LIGHT.letter


@pytest.mark.parametrize(
    ("longest", "length", "text"),
    [(999, 500, "500 m"), (1000, 1000, "1 km"), (4999, 2000, "2 km"), (5000, 5000, "5 km"), (1, 1, "1 m")],
)
def test_lengths_are_round(longest, length, text):
    assert round_length(longest) == length and scale_text(length) == text


def test_served_outlines_are_compact_and_to_the_metre():
    text = geojson(squares(), ({"i": i} for i in range(6)))
    assert " " not in text and "\n" not in text
    held = json.loads(text)
    assert [feature["properties"] for feature in held["features"]] == [{"i": i} for i in range(6)]
    corners = np.array(held["features"][0]["geometry"]["coordinates"][0])
    assert all(len(str(figure).split(".")[1]) <= 5 for figure in corners.ravel())
    back = to_metres(corners[:, 0], corners[:, 1])
    own = shapely.get_coordinates(squares().geometry.iloc[0])
    assert np.hypot(back[0] - own[:, 0], back[1] - own[:, 1]).max() <= 2


def test_nothing_served_is_an_empty_collection():
    empty = gpd.GeoDataFrame(geometry=[], crs="EPSG:27700")
    assert json.loads(geojson(empty, [])) == {"type": "FeatureCollection", "features": []}
