"""Footprints: half planes and grids that a reader can add up, and what holds whatever the points."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, ContractError
from analysis.model.footprints import BUFFER, POINT_COLUMNS, footprints
from tests.exhaustive import examples

SQUARE_MILLIMETRE = 1e-6
EDGES = 32
CIRCLE = EDGES / 2 * np.sin(2 * np.pi / EDGES)
"""Area of the many-sided circle round a point of buffer 1: a little under pi."""


def points(*rows: tuple) -> pd.DataFrame:
    """Rows of easting, northing, ground and, where it is not 1, incidents."""
    return pd.DataFrame([(*row, 1)[:4] for row in rows], columns=list(POINT_COLUMNS))


def shapes(table: pd.DataFrame, buffer: float = BUFFER) -> dict[str, shapely.Geometry]:
    found = footprints(table, buffer=buffer)
    assert list(found.columns) == ["ground_code", "geometry"]
    assert found.crs.to_epsg() == 27700
    assert found["ground_code"].tolist() == sorted(set(found["ground_code"]))
    assert found["ground_code"].dtype == "str"
    assert found.geometry.is_valid.all() and not found.geometry.is_empty.any()
    assert found.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    return dict(zip(found["ground_code"], found.geometry, strict=True))


def test_two_points_share_the_ground_by_the_line_half_way_between_them():
    found = shapes(points((0, 0, "west"), (100, 0, "east")), buffer=100)
    assert found["west"].bounds == pytest.approx((-100, -100, 50, 100))
    assert found["east"].bounds[0] == pytest.approx(50)
    assert found["west"].area == pytest.approx(found["east"].area, rel=1e-9)
    # a circle less the cap beyond half the radius: r² (pi − (pi/3 − √3/4))
    assert found["west"].area == pytest.approx(100**2 * (2 * np.pi / 3 + 3**0.5 / 4), rel=0.01)


def test_on_a_grid_the_inner_cells_are_squares():
    table = points(*((x * 100, y * 100, f"G{x}{y}") for x in range(3) for y in range(3)))
    found = shapes(table)
    assert found["G11"].equals(shapely.box(50, 50, 150, 150))
    assert len(found) == 9
    assert shapely.union_all(list(found.values())).area == pytest.approx(
        sum(shape.area for shape in found.values())
    )


def test_points_of_one_ground_are_one_shape_and_a_point_far_away_is_a_circle_of_it():
    found = shapes(points((0, 0, "a"), (100, 0, "a"), (0, 100, "b"), (90_000, 0, "a")), buffer=100)
    assert found["a"].geom_type == "MultiPolygon" and len(found["a"].geoms) == 2
    far = found["a"].geoms[1]
    assert far.centroid.coords[0] == pytest.approx((90_000, 0))
    assert far.area == pytest.approx(100**2 * CIRCLE)


def test_no_point_gives_an_empty_table_and_one_a_circle():
    nothing = footprints(points())
    assert nothing.empty and nothing.crs.to_epsg() == 27700
    assert list(nothing.columns) == ["ground_code", "geometry"]
    assert shapes(points((5, 5, "a")), buffer=10)["a"].area == pytest.approx(10**2 * CIRCLE)


@pytest.mark.parametrize("step", [(100, 0), (0, 100), (70, 70), (33.3, 12.1)])
def test_three_points_in_a_row_are_cut_across_the_row(step):
    dx, dy = step
    found = shapes(points(*((i * dx, i * dy, code) for i, code in enumerate("abc"))))
    assert found["a"].area == pytest.approx(found["c"].area, rel=1e-3)
    # the one in the middle is a strip as wide as the step
    width = (dx**2 + dy**2) ** 0.5
    assert found["b"].area == pytest.approx(2 * BUFFER * width, rel=0.02)
    assert all(shapely.contains_xy(found[code], i * dx, i * dy) for i, code in enumerate("abc"))


def test_a_point_under_several_grounds_goes_to_the_one_with_most_incidents_then_by_code():
    rows = [(0, 0, "a", 2), (0, 0, "b", 1), (0, 0, "b", 2), (500, 0, "d", 4), (500, 0, "c", 4)]
    found = shapes(points(*rows))
    assert list(found) == ["b", "c"]
    again = shapes(points(*rows[::-1]))
    assert all(found[code].equals(again[code]) for code in found)


def test_duplicates_and_points_alike_to_a_decimetre_are_one_point():
    once = shapes(points((0, 0, "a"), (100, 0, "b")))
    many = shapes(points((0, 0, "a"), (0.04, -0.04, "a"), (-0.0, 0, "a"), (100, 0, "b"), (100.01, 0, "b")))
    assert all(once[code].equals(many[code]) for code in once)


def test_rows_that_lack_anything_are_left_out_and_nothing_is_given_to_them():
    whole = points((0, 0, "a"), (100, 0, "b"))
    lacking = points(
        (50, 0, None),
        (50, 0, ""),
        (np.nan, 0, "c"),
        (50, np.nan, "c"),
        (np.inf, 0, "c"),
        (50, 0, "c", np.nan),
        (50, 0, "c", 0),
    )
    found, expected = shapes(pd.concat([lacking, whole], ignore_index=True)), shapes(whole)
    assert list(found) == ["a", "b"]
    assert all(found[code].equals(expected[code]) for code in expected)
    assert footprints(lacking).empty


def test_what_cannot_be_drawn_is_said():
    table = points((0, 0, "a"))
    with pytest.raises(ContractError, match="columns easting, incidents"):
        footprints(table[["northing", "ground_code"]])
    with pytest.raises(ContractError, match="easting that is no number"):
        footprints(points(("here", 0, "a")))
    with pytest.raises(ContractError, match="Row 2 of the points counts -1"):
        footprints(points((0, 0, "a"), (1, 0, "a", -1)))
    for buffer in (0, -5, 0.5, float("nan"), float("inf")):
        with pytest.raises(AnalysisError, match="1 metre or more"):
            footprints(table, buffer=buffer)


def test_the_table_given_is_not_changed():
    table = points((0.04, 0, "b", 2), (0.04, 0, "a", 2))
    before = table.copy(deep=True)
    footprints(table)
    pd.testing.assert_frame_equal(table, before)


COORDINATE = st.one_of(
    st.integers(0, 40).map(lambda n: n * 25.0),  # rows and columns: many ties and lines
    st.floats(400_000, 401_500).map(lambda x: round(x, 2)),
    st.floats(-1e5, 7e5),
)
ROWS = st.lists(
    st.tuples(COORDINATE, COORDINATE, st.sampled_from("abcd"), st.integers(0, 3)), min_size=1, max_size=20
)


@examples(40)
@given(rows=ROWS, buffer=st.sampled_from([1.0, 40.0, BUFFER, 5_000.0]), seed=st.integers(0, 9))
@example(rows=[(0.0, 0.0, "a", 1), (0.1, 0.0, "b", 1), (700_000.0, 0.0, "c", 1)], buffer=BUFFER, seed=0)
@example(rows=[(0.0, y, "ab"[i % 2], 1) for i, y in enumerate((0.0, 0.1, 0.3, 9e4))], buffer=1.0, seed=0)
def test_whatever_the_points(rows, buffer, seed):
    table = points(*rows)
    found = shapes(table, buffer)
    counted = table.loc[table["incidents"] > 0]
    grid = counted.assign(easting=counted["easting"].round(1), northing=counted["northing"].round(1))
    own = (
        grid.groupby(["easting", "northing", "ground_code"], as_index=False)["incidents"]
        .sum()
        .sort_values(["incidents", "ground_code"], ascending=[False, True])
        .drop_duplicates(["easting", "northing"])
    )
    # every ground that has a point, and no other
    assert set(found) == set(own["ground_code"])
    if own.empty:
        return
    # every point lies in its own ground's footprint
    for row in own.itertuples():
        assert found[row.ground_code].distance(shapely.Point(row.easting, row.northing)) < 1e-6
    # no two overlap
    codes = list(found)
    for i, one in enumerate(codes):
        for other in codes[i + 1 :]:
            assert found[one].intersection(found[other]).area < SQUARE_MILLIMETRE
    # all of it lies within the buffer of a point, and is given to the nearest
    sites = np.column_stack([own["easting"], own["northing"]])
    random = np.random.default_rng(seed)
    for code, shape in found.items():
        corners = shapely.get_coordinates(shape)
        reach = np.sqrt(((corners[:, None] - sites[None]) ** 2).sum(axis=2))
        assert reach.min(axis=1).max() <= buffer + 1e-3
        mine = (own["ground_code"] == code).to_numpy()
        assert (reach[:, mine].min(axis=1) <= reach.min(axis=1) + 1e-3).all()
    # and whatever lies well within the buffer of a point is in the footprint of the nearest
    near = sites[random.integers(len(sites), size=20)] + random.uniform(-0.6, 0.6, size=(20, 2)) * buffer
    reach = np.sqrt(((near[:, None] - sites[None]) ** 2).sum(axis=2))
    nearest = own["ground_code"].to_numpy()[reach.argmin(axis=1)]
    for (x, y), code in zip(near, nearest, strict=True):
        assert found[code].distance(shapely.Point(x, y)) < 1e-3
    # the same rows in another order give the same footprints
    again = shapes(table.sample(frac=1, random_state=seed), buffer)
    assert all(found[code].equals(again[code]) for code in found)


def test_a_table_of_footprints_is_one_that_maps_take():
    found = footprints(points((440_000, 520_000, "E01012267")))
    assert isinstance(found, gpd.GeoDataFrame)
    west, south, east, north = found.to_crs("EPSG:4326").total_bounds
    assert -1.4 < west < east < -1.3 and 54.5 < south < north < 54.6
