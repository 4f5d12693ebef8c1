"""Boundaries: what is read, what is refused, and how LSOAs become ground."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Polygon, box, mapping

from analysis.contiguity import build_contiguity
from analysis.errors import RefusedError
from analysis.ground import build_crosswalk, crosswalk_without_lookup
from data.geography import (
    LsoaBoundaries,
    dissolve_to_ground,
    missing_sentence,
    read_boundaries,
    rebuild_boundaries,
    without_boundary,
    write_boundaries,
)
from data.lookup import read_lookup

SQUARE = box(-1.3, 54.5, -1.2, 54.6)
BOW_TIE = Polygon([(-1.3, 54.5), (-1.2, 54.6), (-1.2, 54.5), (-1.3, 54.6)])
WGS84, GRID = "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::27700"


def geojson(path: Path, shapes: dict[str, object], column: str = "LSOA21CD", crs: str | None = WGS84) -> Path:
    features = [
        {"type": "Feature", "properties": {column: code}, "geometry": shape and mapping(shape)}
        for code, shape in shapes.items()
    ]
    document: dict = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(document))
    return path


def test_outlines_come_in_metres_with_their_vintage(tmp_path):
    old = geojson(tmp_path / "old.geojson", {"E01000001": SQUARE}, "LSOA11CD")
    new = geojson(tmp_path / "new.geojson", {"E01000002": SQUARE, "E01000001": SQUARE}, "lsoa21cd", crs=None)
    read = read_boundaries([new, old])
    assert read.table[["vintage", "lsoa_code"]].to_numpy().tolist() == [
        [2011, "E01000001"],
        [2021, "E01000001"],
        [2021, "E01000002"],
    ]
    assert read.table.crs.to_epsg() == 27700
    # a tenth of a degree each way is 11.1 km by 6.5 km at this latitude
    assert read.table.geometry.area.iloc[0] == pytest.approx(11.13e3 * 6.47e3, rel=0.01)
    assert read.remarks == ()


def test_a_file_on_the_national_grid_is_taken_when_it_says_so(tmp_path):
    path = geojson(tmp_path / "grid.geojson", {"E01000001": box(440000, 520000, 441000, 521000)}, crs=GRID)
    assert read_boundaries([path]).table.geometry.area.iloc[0] == pytest.approx(1e6, rel=1e-6)


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path):
    read = read_boundaries([geojson(tmp_path / "b.geojson", {"E01000001": BOW_TIE, "E01000002": SQUARE})])
    assert read.table.geometry.is_valid.all()
    assert read.table.geometry.area.iloc[0] == pytest.approx(read.table.geometry.area.iloc[1] / 2, rel=0.01)
    assert read.remarks == ("b.geojson: 1 outline crossed itself and was repaired (E01000001).",)


@pytest.mark.parametrize(
    ("shapes", "column", "crs", "said"),
    [
        ({}, "LSOA21CD", WGS84, "holds no outline"),
        ({"E01000001": SQUARE}, "MSOA21CD", WGS84, r"neither LSOA11CD nor LSOA21CD \(MSOA21CD"),
        ({"E0100001": SQUARE}, "LSOA21CD", WGS84, "feature 1: LSOA21CD “E0100001” is no LSOA code"),
        ({"E01000001": SQUARE, "E01000001 ": SQUARE}, "LSOA21CD", WGS84, "feature 2: .* stands there twice"),
        ({"E01000001": SQUARE, "E01000002": None}, "LSOA21CD", WGS84, "E01000002” has no outline"),
        ({"E01000001": SQUARE.centroid}, "LSOA21CD", WGS84, "has no outline"),
        ({"E01000001": box(54.5, -1.3, 54.6, -1.2)}, "LSOA21CD", WGS84, "axes are swapped"),
        ({"E01000001": box(440000, 520000, 441000, 521000)}, "LSOA21CD", None, "outside England and Wales"),
        ({"E01000001": box(-1.3, 54.5, -1.2, 54.6)}, "LSOA21CD", GRID, "outside England and Wales"),
        ({"E01000001": box(10, 50, 11, 51)}, "LSOA21CD", WGS84, "outside England and Wales"),
        (
            {"E01000001": Polygon([(-1.3, 54.5), (-1.2, 54.6), (-1.3, 54.5)])},
            "LSOA21CD",
            WGS84,
            "encloses nothing",
        ),
    ],
)
def test_another_file_gets_a_sentence_that_names_it(tmp_path, shapes, column, crs, said):
    with pytest.raises(RefusedError, match=said) as error:
        read_boundaries([geojson(tmp_path / "b.geojson", shapes, column, crs)])
    assert "b.geojson" in str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "no GeoJSON"),
        (b'{"type": "FeatureColl', "no GeoJSON"),
        (b"{}", "GeoJSON"),
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path, content, said):
    path = tmp_path / "b.geojson"
    path.write_bytes(content)
    with pytest.raises(RefusedError, match=said):
        read_boundaries([path])


def test_absent_files_none_at_all_and_both_codes_are_refused(tmp_path):
    with pytest.raises(RefusedError, match="no such file"):
        read_boundaries([tmp_path / "absent.geojson"])
    with pytest.raises(RefusedError, match="No file"):
        read_boundaries([])
    path = geojson(tmp_path / "b.geojson", {"E01000001": SQUARE})
    with pytest.raises(RefusedError, match="more than one file"):
        read_boundaries([path, path])
    path.write_text(path.read_text().replace('"LSOA21CD"', '"LSOA11CD": "E01000001", "LSOA21CD"'))
    with pytest.raises(RefusedError, match="both LSOA11CD and LSOA21CD"):
        read_boundaries([path])


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


def test_what_is_held_is_replaced_lsoa_by_lsoa_and_joined_anew_by_a_later_lookup(tmp_path):
    bare = crosswalk_without_lookup([])
    assert rebuild_boundaries(tmp_path, bare) is None
    write_boundaries(tmp_path, LsoaBoundaries(outlines(v2021={"E01033801": LEFT})), bare)
    ground = write_boundaries(
        tmp_path, LsoaBoundaries(outlines(v2021={"E01033802": RIGHT, "E01033801": LEFT})), bare
    )
    assert ground["ground_code"].tolist() == ["E01033801", "E01033802"]
    joined = rebuild_boundaries(tmp_path, SPLIT)
    assert joined is not None
    assert joined["ground_code"].tolist() == ["E01000001"]
    assert gpd.read_parquet(tmp_path / "boundaries.parquet").crs.to_epsg() == 27700
    assert {path.name for path in tmp_path.iterdir()} == {"boundaries.parquet", "boundaries_read.parquet"}


@pytest.fixture(scope="module")
def cleveland(shared):
    folder = shared / "geography"
    crosswalk = build_crosswalk(read_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv"))
    both = [folder / "lsoa_2011_cleveland.geojson", folder / "lsoa_2021_cleveland.geojson"]
    return crosswalk, read_boundaries(both).table


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
