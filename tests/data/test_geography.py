"""Outlines: what a layer is taken for, and the sentence that another gets, naming file and feature."""

from __future__ import annotations

import json
import re
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from analysis.model.errors import RefusedError
from data.geography import read_geography
from tests.data.made_outlines import BESIDE, BOW_TIE, GRID, SQUARE, WGS84, geojson, grid

METRES = box(440000, 520000, 441000, 521000)


def refused(*paths, **limits) -> str:
    with pytest.raises(RefusedError) as error:
        read_geography(paths, **limits)
    sentence = str(error.value)
    assert "\n" not in sentence and str(paths[0].parent) not in sentence if paths else True
    return sentence


def test_outlines_come_in_metres_with_their_vintage(tmp_path):
    old = geojson(tmp_path / "old.geojson", {"E01000001": SQUARE}, "LSOA11CD")
    new = geojson(tmp_path / "new.geojson", {"E01000002": BESIDE, "E01000001": SQUARE}, "lsoa21cd", crs=None)
    read = read_geography([new, old])
    assert read.lsoas[["vintage", "lsoa_code"]].to_numpy().tolist() == [
        [2011, "E01000001"],
        [2021, "E01000001"],
        [2021, "E01000002"],
    ]
    assert read.lsoas.crs.to_epsg() == 27700
    # a tenth of a degree each way is 11.1 km by 6.5 km at this latitude
    assert read.lsoas.geometry.area.iloc[0] == pytest.approx(11.13e3 * 6.47e3, rel=0.01)
    assert read.remarks == ()


def test_a_file_on_the_national_grid_is_taken_when_it_says_so(tmp_path):
    path = geojson(tmp_path / "grid.geojson", {"E01000001": METRES}, crs=GRID)
    assert read_geography([path]).lsoas.geometry.area.iloc[0] == pytest.approx(1e6, rel=1e-6)


def test_heights_are_dropped(tmp_path):
    path = geojson(tmp_path / "high.geojson", {"E01000001": shapely.force_3d(SQUARE, 7.0)})
    assert not read_geography([path]).lsoas.geometry.has_z.any()


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path):
    read = read_geography([geojson(tmp_path / "b.geojson", {"E01000001": BOW_TIE, "E01000002": BESIDE})])
    assert read.lsoas.geometry.is_valid.all()
    assert read.lsoas.geometry.area.iloc[0] == pytest.approx(read.lsoas.geometry.area.iloc[1] / 2, rel=0.01)
    assert read.remarks == ("b.geojson: 1 outline crossed itself and was repaired (E01000001).",)


# what a layer is taken for


@pytest.mark.parametrize("year", ["11", "19", "25"])
def test_wards_and_districts_of_any_year_are_known_by_their_columns(tmp_path, year):
    wards = geojson(
        tmp_path / "w.geojson", {"E05000001": SQUARE}, f"WD{year}CD",
        **{f"WD{year}NM": "Châtelet", f"LAD{year}CD": "E06000004", f"LAD{year}NM": "Stockton-on-Tees"},
    )  # fmt: skip
    districts = geojson(
        tmp_path / "d.geojson", {"W06000004": SQUARE}, f"LAD{year}CD", **{f"LAD{year}NM": "Sir Ddinbych"}
    )
    read = read_geography([districts, wards])
    assert read.lsoas is None
    assert read.wards.drop(columns="geometry").to_numpy().tolist() == [
        ["E05000001", "Châtelet", "Stockton-on-Tees"]
    ]
    assert list(read.wards.columns) == ["ward_code", "ward_name", "district_name", "geometry"]
    assert list(read.districts.columns) == ["district_code", "district_name", "geometry"]
    assert read.districts["district_name"].tolist() == ["Sir Ddinbych"]
    assert (read.ward_year, read.district_year) == (year, year)


def test_a_ward_file_without_districts_leaves_them_missing(tmp_path):
    path = geojson(tmp_path / "w.geojson", {"E05000001": SQUARE}, "WD25CD", WD25NM="Made")
    assert read_geography([path]).wards["district_name"].isna().all()


def test_lsoas_that_carry_ward_and_district_codes_are_lsoas(tmp_path):
    path = geojson(
        tmp_path / "l.geojson", {"E01000001": SQUARE}, LAD22CD="E06000001", LAD22NM="A", WD22CD="E05000001"
    )
    read = read_geography([path])
    assert len(read.lsoas) == 1 and read.wards is None and read.districts is None


@pytest.mark.parametrize(
    ("column", "named", "said"),
    [
        ("MSOA21CD", {}, r"neither LSOA11CD nor LSOA21CD, WDnnCD or LADnnCD \(MSOA21CD\)"),
        ("MSOA21CD", {"LAD22CD": "E06000001", "LAD22NM": "A"}, "what it draws is not known"),
        ("LSOA21CD", {"LSOA11CD": "E01000001"}, "both LSOA21CD and LSOA11CD, so the vintage"),
        ("WD24CD", {"WD25CD": "E05000001", "WD25NM": "A"}, "both WD24CD and WD25CD, so the year"),
        ("WD24CD", {}, "WD24CD and no column with the names of its wards"),
        ("LAD24CD", {"LAD25NM": "A"}, "no column with the names of its districts"),
        ("name", {}, "what it draws is not known"),
    ],
)
def test_columns_that_do_not_say_what_is_drawn_are_named(tmp_path, column, named, said):
    sentence = refused(geojson(tmp_path / "b.geojson", {"E01000001": SQUARE}, column, **named))
    assert sentence.startswith("b.geojson: it has ")
    assert re.search(said, sentence), sentence


def test_wards_of_two_years_and_codes_in_two_files_are_refused(tmp_path):
    one = geojson(tmp_path / "one.geojson", {"E05000001": SQUARE}, "WD24CD", WD24NM="A")
    two = geojson(tmp_path / "two.geojson", {"E05000002": BESIDE}, "WD25CD", WD25NM="B")
    assert refused(one, two).startswith("two.geojson: it holds wards of 2025, and one.geojson wards of 2024.")
    assert "E05000001 stands in more than one file" in refused(one, one)
    lsoa = geojson(tmp_path / "l.geojson", {"E01000001": SQUARE})
    assert refused(lsoa, lsoa).startswith("l.geojson: E01000001 of 2021 stands in more than one file")


# codes and shapes


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ({}, "holds no outline"),
        ({"E0100001": SQUARE}, "feature 1: LSOA21CD “E0100001” is no LSOA code of England or Wales"),
        ({"E01000001": BESIDE, "": SQUARE}, "feature 2: LSOA21CD “” is missing"),
        ({"E01000001": SQUARE, "E02000001": BESIDE}, "feature 2: LSOA21CD “E02000001” is no LSOA code"),
        ({"E01000001": SQUARE, "E01000001 ": SQUARE}, "feature 2: LSOA21CD “E01000001” stands there twice"),
        ({"E01000001": SQUARE, "E01000002": None}, "feature 2: E01000002 has no outline"),
        ({"E01000001": Polygon()}, "feature 1: E01000001 has no outline"),
        ({"E01000001": SQUARE.centroid}, r"feature 1: E01000001 is no polygon \(Point\)"),
        (
            {"E01000001": LineString(SQUARE.exterior.coords)},
            r"feature 1: E01000001 is no polygon \(LineString\)",
        ),
        ({"E01000001": Polygon([(-1.3, 54.5), (-1.2, 54.6), (-1.3, 54.5)])}, "E01000001 encloses nothing"),
        ({"S01000001": SQUARE}, "is a code of Scotland or Northern Ireland, and so are all others"),
        ({"95AA01S1": SQUARE}, "is a code of Scotland or Northern Ireland"),
    ],
)
def test_codes_and_outlines_that_cannot_be_used_are_named(tmp_path, shapes, said):
    sentence = refused(geojson(tmp_path / "b.geojson", shapes))
    assert sentence.startswith("b.geojson")
    assert re.search(said, sentence), sentence


def test_a_ward_without_a_name_is_named_by_its_code(tmp_path):
    path = geojson(tmp_path / "w.geojson", {"E05000001": SQUARE}, "WD25CD", WD25NM=" ")
    assert refused(path).startswith("w.geojson, feature 1: WD25CD “E05000001” has no name in WD25NM")


def test_a_file_of_the_united_kingdom_loses_what_is_no_england_or_wales_and_says_so(tmp_path):
    shapes = {
        "S13000001": box(-4, 57, -3.9, 57.1),
        "E05000001": SQUARE,
        "N08000001": box(-6, 54.5, -5.9, 54.6),
    }
    read = read_geography([geojson(tmp_path / "uk.geojson", shapes, "WD25CD", WD25NM="A")])
    assert read.wards["ward_code"].tolist() == ["E05000001"]
    assert read.remarks == ("uk.geojson: 2 wards of Scotland and Northern Ireland left out.",)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_coordinates_that_are_no_numbers_are_refused(tmp_path, bad):
    corner = [(440000, 520000), (441000, 520000), (441000, 521000), (440500, bad), (440000, 521000)]
    table = gpd.GeoDataFrame(
        {"LSOA21CD": ["E01000001", "E01000002"]}, geometry=[METRES, Polygon(corner)], crs="EPSG:27700"
    )
    table.to_file(tmp_path / "n.gpkg")
    said = refused(tmp_path / "n.gpkg")
    assert said.startswith("n.gpkg, feature 2: E01000002 has coordinates that are no numbers")


# places


@pytest.mark.parametrize(
    ("shape", "crs", "said"),
    [
        (box(54.5, -1.3, 54.6, -1.2), WGS84, "has its axes swapped"),
        (METRES, None, r"states or implies \(.*\): its coordinates .* are metres of the National Grid"),
        (METRES, WGS84, "metres of the National Grid"),
        (
            SQUARE,
            GRID,
            r"states or implies \(EPSG:27700\): its coordinates .* are degrees of longitude and latitude",
        ),
        (box(54.5, -1.3, 54.6, -1.2), GRID, "are degrees"),
        (box(10, 50, 11, 51), WGS84, "reaches outside England and Wales"),
        (box(-3.3, 55.9, -3.2, 56.0), WGS84, "reaches outside England and Wales"),
    ],
)
def test_a_wrong_place_says_what_the_file_states_and_what_it_looks_like(tmp_path, shape, crs, said):
    sentence = refused(geojson(tmp_path / "b.geojson", {"E01000001": shape}, crs=crs))
    assert sentence.startswith("b.geojson")
    assert re.search(said, sentence), sentence


def test_the_first_feature_in_a_wrong_place_is_named(tmp_path):
    shapes = {"E01000001": SQUARE, "E01000002": box(0.5, 0.5, 0.6, 0.6)}
    said = refused(geojson(tmp_path / "b.geojson", shapes))
    assert said.startswith("b.geojson, feature 2: E01000002 reaches outside")


def test_swapped_axes_on_the_national_grid_are_told_by_the_point_that_ons_gives(tmp_path):
    swapped = box(520000, 440000, 521000, 441000)
    for shape, label, said in (
        (METRES, (440500, 520500), None),
        (METRES, (444000, 520500), None),
        (METRES, (None, None), None),
        (
            swapped,
            (440500, 520500),
            "lies 112 km from the point that the file gives for it (BNG_E 440,500, BNG_N 520,500), so its axes",
        ),
        (
            box(450000, 520000, 451000, 521000),
            (440500, 520500),
            "so its coordinate system is not the one it states",
        ),
    ):
        path = geojson(tmp_path / "b.geojson", {"E01000001": shape}, crs=GRID, BNG_E=label[0], BNG_N=label[1])
        if said:
            assert said in refused(path)
        else:
            assert len(read_geography([path]).lsoas) == 1


def test_a_file_without_a_coordinate_system_is_refused(tmp_path):
    gpd.GeoDataFrame({"LSOA21CD": ["E01000001"]}, geometry=[METRES]).to_file(tmp_path / "none.gpkg")
    assert refused(tmp_path / "none.gpkg").startswith(
        "none.gpkg: it states no coordinate system that is known"
    )


# overlaps and size


def wards(path: Path, *shapes: Polygon) -> Path:
    return geojson(
        path, {f"E0500000{n}": shape for n, shape in enumerate(shapes, 1)}, "WD25CD", GRID, WD25NM="A"
    )


@pytest.mark.parametrize(
    ("over", "share"),
    [
        (box(440500, 520000, 441500, 521000), "50%"),
        (box(440100, 520100, 440200, 520200), "100%"),
        (METRES, "100%"),
        (box(440010, 519000, 442000, 522000), "99%"),
    ],
)
def test_two_outlines_of_the_same_ground_are_refused(tmp_path, over, share):
    said = refused(wards(tmp_path / "o.geojson", METRES, over))
    assert said.startswith("o.geojson: the outline of E05000001 lies over that of E05000002, on " + share)
    assert "two generations of wards are mixed" in said


def test_slivers_are_said_and_outlines_that_meet_are_not(tmp_path):
    (remark,) = read_geography(
        [wards(tmp_path / "s.geojson", METRES, box(440995, 520000, 441995, 521000))]
    ).remarks
    assert remark.startswith(
        "1 pair of wards lie over each other by slivers, the largest 5,000 m² (E05000001 and E05000002)"
    )
    beside = box(441000, 520500, 442000, 521500)  # a corner on one side only
    assert read_geography([wards(tmp_path / "m.geojson", METRES, beside)]).remarks == ()


def test_both_vintages_may_cover_the_same_ground(tmp_path):
    old = geojson(tmp_path / "old.geojson", {"E01000001": SQUARE}, "LSOA11CD")
    new = geojson(tmp_path / "new.geojson", {"E01000002": SQUARE})
    assert len(read_geography([old, new]).lsoas) == 2


def test_more_vertices_than_the_limit_are_refused_before_all_are_read(tmp_path, monkeypatch):
    from data.geography import outlines

    monkeypatch.setattr(outlines, "BATCH", 10)
    grid(20, 10).to_file(tmp_path / "g.gpkg")
    read = read_geography([tmp_path / "g.gpkg"])
    assert shapely.get_num_coordinates(read.lsoas.geometry.to_numpy()).sum() == 200 * 25
    seen: list[int] = []
    finite = outlines._finite
    monkeypatch.setattr(outlines, "_finite", lambda shapes: seen.append(len(shapes)) or finite(shapes))
    said = refused(tmp_path / "g.gpkg", max_vertices=1000)
    assert said.startswith(
        "g.gpkg: it has more than 1,000 vertices, the limit here. Give the generalised boundaries (BGC)"
    )
    assert sum(seen) == 40  # 25 corners each: the batch that passes the limit is the fifth
    assert len(read_geography([tmp_path / "g.gpkg"], max_vertices=5000).lsoas) == 200


def test_the_limit_is_for_all_files_of_a_command_together(tmp_path):
    cells = grid(4, 4)
    cells.iloc[:8].to_file(tmp_path / "one.gpkg")
    cells.iloc[8:].to_file(tmp_path / "two.gpkg")
    said = refused(tmp_path / "one.gpkg", tmp_path / "two.gpkg", max_vertices=300)
    assert said.startswith("two.gpkg: it has more than")


def test_codes_may_be_anything_without_a_bug(tmp_path):
    document = json.loads(geojson(tmp_path / "b.geojson", {"E01000001": SQUARE}).read_text())
    for code in (None, 1, 1.5, True, {"a": 1}, "“" * 500, "E01000001\nE01000002"):
        document["features"][0]["properties"]["LSOA21CD"] = code
        (tmp_path / "b.geojson").write_text(json.dumps(document))
        assert refused(tmp_path / "b.geojson").startswith("b.geojson, feature 1: LSOA21CD")


def test_no_file_is_refused():
    with pytest.raises(RefusedError, match="No file"):
        read_geography([])
