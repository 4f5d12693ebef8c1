"""LSOAs become ground, ground districts, and both keep their borders when simplified for the screen."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon, box

from analysis.model.contiguity import build_contiguity
from analysis.model.ground import build_crosswalk, crosswalk_without_lookup
from data.geography import (
    SCREEN_TOLERANCE,
    dissolve_to_districts,
    dissolve_to_ground,
    missing_sentence,
    read_geography,
    simplify_districts,
    simplify_for_screen,
    without_boundary,
)
from data.geography.lookup import read_lookup
from data.geography.screen import left_sentence
from tests.data.made_outlines import grid
from tests.exhaustive import examples


def outlines(**by_vintage: dict[str, Polygon]) -> gpd.GeoDataFrame:
    rows = [(int(v[1:]), code, shape) for v, shapes in by_vintage.items() for code, shape in shapes.items()]
    table = pd.DataFrame(rows, columns=["vintage", "lsoa_code", "geometry"])
    return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:27700")


LEFT, RIGHT, FAR = box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)
SPLIT = crosswalk_without_lookup([("E01000001", "A", "D", ("E01000001",), ("E01033801", "E01033802"))])
MERGED = crosswalk_without_lookup([("E01033803", "M", "D", ("E01000002", "E01000003"), ("E01033803",))])


def test_a_split_unit_is_the_union_of_its_parts_or_its_2011_outline():
    parts = {"E01033801": LEFT, "E01033802": RIGHT}
    ground = dissolve_to_ground(outlines(v2021=parts), SPLIT)
    assert ground["ground_code"].tolist() == ["E01000001"]
    assert ground.geometry.iloc[0].equals(box(0, 0, 2, 1))
    whole = dissolve_to_ground(outlines(v2011={"E01000001": box(0, 0, 2, 1)}), SPLIT)
    assert whole.geometry.iloc[0].equals(box(0, 0, 2, 1))


def test_a_merged_unit_is_its_2021_outline_or_the_union_of_2011():
    for held in (
        {"v2021": {"E01033803": box(0, 0, 2, 1)}},
        {"v2011": {"E01000002": LEFT, "E01000003": RIGHT}},
    ):
        ground = dissolve_to_ground(outlines(**held), MERGED)
        assert ground["ground_code"].tolist() == ["E01033803"]
        assert ground.geometry.iloc[0].equals(box(0, 0, 2, 1))


def test_ground_with_a_part_missing_is_left_out_and_told():
    ground = dissolve_to_ground(outlines(v2021={"E01033801": LEFT}), SPLIT)
    assert len(ground) == 0
    missing = without_boundary(ground, ["E01000001"])
    assert missing == ("E01000001",)
    assert missing_sentence(missing).startswith("1 unit of ground without a boundary (E01000001)")
    assert missing_sentence(()) == ""


def test_the_other_vintage_fills_in_and_codes_without_a_crosswalk_are_their_own_ground():
    held = outlines(v2011={"E01000001": box(0, 0, 2, 1)}, v2021={"E01033801": LEFT, "E01000009": FAR})
    ground = dissolve_to_ground(held, SPLIT).set_index("ground_code").geometry
    assert list(ground.index) == ["E01000001", "E01000009"]
    assert ground["E01000001"].equals(box(0, 0, 2, 1))


@pytest.fixture(scope="module")
def cleveland(shared):
    folder = shared / "geography"
    crosswalk = build_crosswalk(read_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv"))
    both = [folder / "lsoa_2011_cleveland.geojson", folder / "lsoa_2021_cleveland.geojson"]
    return crosswalk, read_geography(both).lsoas


@pytest.mark.parametrize("vintages", [(2011, 2021), (2011,), (2021,)])
def test_either_file_of_cleveland_draws_all_351_units_and_they_hang_together(cleveland, vintages):
    crosswalk, table = cleveland
    ground = dissolve_to_ground(table.loc[table["vintage"].isin(vintages)], crosswalk)
    assert without_boundary(ground, crosswalk.table["ground_code"]) == ()
    assert len(ground) == 351
    contiguity = build_contiguity(ground)
    assert contiguity.is_connected(set(contiguity.neighbours))
    assert contiguity.is_connected({"E01012266", "E01012267", "E01033477"})
    assert not contiguity.is_connected({"E01012276", "E01012284"})


def test_districts_are_the_union_of_their_ground_and_one_with_a_part_missing_is_left_out():
    ground = gpd.GeoDataFrame({"ground_code": ["A", "B", "C"]}, geometry=[LEFT, RIGHT, FAR], crs="EPSG:27700")
    names = pd.DataFrame(
        {"ground_code": ["A", "B", "C", "D", "E"], "district_name": ["One", "One", "Two", "Two", ""]}
    )
    found = dissolve_to_districts(ground, names, {"One": "E06000001"})
    assert found[["district_code", "district_name"]].to_numpy().tolist() == [["E06000001", "One"]]
    assert found.geometry.iloc[0].equals(box(0, 0, 2, 1))
    whole = dissolve_to_districts(ground, names.iloc[:3], {})
    assert whole["district_name"].tolist() == ["One", "Two"]
    assert whole["district_code"].isna().all()
    none = dissolve_to_districts(ground.iloc[:0], names, {})
    assert len(none) == 0 and none.crs.to_epsg() == 27700


def as_ground(cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return cells.rename(columns={"LSOA21CD": "ground_code"})


@examples(25)
@given(
    seed=st.integers(0, 2**31),
    edge=st.integers(1, 12),
    jitter=st.floats(0, 0.9),
    size=st.floats(100, 2000),
    tolerance=st.floats(1, 60),
)
def test_simplified_ground_is_still_a_coverage_of_the_same_land(seed, edge, jitter, size, tolerance):
    full = as_ground(grid(4, 3, edge=edge, jitter=jitter, size=size, seed=seed))
    screen, _ = simplify_for_screen(full, tolerance)
    assert screen["ground_code"].tolist() == full["ground_code"].tolist()
    before, after = full.geometry.to_numpy(), screen.geometry.to_numpy()
    if not shapely.coverage_is_valid(
        before
    ):  # an edge moved so far that cells cross: nothing is promised but itself
        return
    assert shapely.coverage_is_valid(after) and shapely.is_valid(after).all()
    assert shapely.area(after).sum() == pytest.approx(shapely.area(shapely.union_all(after)), rel=1e-9)
    assert shapely.get_num_coordinates(after).sum() <= shapely.get_num_coordinates(before).sum()
    # each corner taken out moves less than the tolerance's square
    taken = shapely.get_num_coordinates(before).sum() - shapely.get_num_coordinates(after).sum()
    moved = abs(shapely.area(after).sum() - shapely.area(before).sum())
    assert moved <= (taken + 1) * tolerance**2


def test_a_border_of_small_steps_becomes_straight_on_both_sides():
    steps = [(1000, 0), (1002, 250), (998, 500), (1002, 750), (1000, 1000)]
    left, right = Polygon([(0, 0), *steps, (0, 1000)]), Polygon([*steps, (2000, 1000), (2000, 0)])
    ground = gpd.GeoDataFrame({"ground_code": ["A", "B"]}, geometry=[left, right], crs="EPSG:27700")
    screen, kept = simplify_for_screen(ground, 40)
    assert kept == 0 and left_sentence(kept) == ""
    assert [shapely.get_num_coordinates(shape) for shape in screen.geometry] == [5, 5]
    assert screen.geometry.iloc[0].intersection(screen.geometry.iloc[1]).length == pytest.approx(1000)


def test_units_that_overlap_are_left_as_they_are_and_so_are_the_borders_with_them():
    cells = as_ground(grid(5, 1, edge=12, jitter=0.5, seed=3))
    shapes = cells.geometry.to_numpy().copy()
    bridge = LineString([shapes[0].centroid, shapes[1].centroid]).buffer(5)
    shapes[0] = shapes[0].union(bridge)  # lies over its neighbour
    ground = gpd.GeoDataFrame({"ground_code": cells["ground_code"]}, geometry=shapes, crs="EPSG:27700")
    screen, kept = simplify_for_screen(ground, 60)
    assert kept == 2
    assert left_sentence(kept).startswith("2 units of ground do not meet their neighbours edge by edge")
    assert screen.geometry.iloc[0].equals(shapes[0]) and screen.geometry.iloc[1].equals(shapes[1])
    after = screen.geometry.to_numpy()
    assert shapely.get_num_coordinates(after[2:]).sum() < shapely.get_num_coordinates(shapes[2:]).sum()
    assert shapely.coverage_is_valid(after[1:])


@pytest.mark.parametrize(("size", "coarser"), [(800, False), (60_000, True)])
def test_districts_of_a_country_are_simplified_more_than_ground_and_their_borders_still_meet(size, coarser):
    cells = grid(3, 2, edge=40, jitter=0.8 * 800 / size, size=size)
    names = [f"Made {at}" for at in range(6)]
    districts = cells.rename(columns={"LSOA21CD": "district_code"}).assign(district_name=names)
    screen = simplify_districts(districts)
    assert list(screen.columns) == list(districts.columns) and screen["district_name"].tolist() == names
    after = screen.geometry.to_numpy()
    as_ground_is = simplify_for_screen(as_ground(cells))[0].geometry.to_numpy()
    corners = [int(shapely.get_num_coordinates(each).sum()) for each in (after, as_ground_is)]
    assert (corners[0] < corners[1]) if coarser else (corners[0] == corners[1])
    assert shapely.coverage_is_valid(after)
    assert np.abs(shapely.area(after) / cells.area - 1).max() < 0.03


def test_no_districts_are_none_for_the_screen():
    nothing = grid(1, 1).iloc[:0].assign(district_name="")
    assert simplify_districts(nothing).empty


def test_no_ground_is_no_screen():
    screen, kept = simplify_for_screen(as_ground(grid(1, 1)).iloc[:0])
    assert len(screen) == 0 and kept == 0 and screen.crs.to_epsg() == 27700


def test_the_screen_of_cleveland_keeps_borders_and_areas_to_four_in_a_thousand(cleveland):
    crosswalk, table = cleveland
    ground = dissolve_to_ground(table, crosswalk)
    screen, kept = simplify_for_screen(ground)
    assert kept == 0 and SCREEN_TOLERANCE == 20
    before, after = ground.geometry.to_numpy(), screen.geometry.to_numpy()
    assert shapely.coverage_is_valid(after)
    assert np.abs(shapely.area(after) / shapely.area(before) - 1).max() < 0.004
    assert shapely.area(after).sum() == pytest.approx(shapely.area(before).sum(), rel=1e-5)
    # already drawn to 20 m, so most corners stay
    assert 0.9 < shapely.get_num_coordinates(after).sum() / shapely.get_num_coordinates(before).sum() < 0.95
    neighbours = [build_contiguity(each).neighbours for each in (ground, screen)]
    assert neighbours[0] == neighbours[1]
