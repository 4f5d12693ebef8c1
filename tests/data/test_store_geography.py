"""Boundaries, the lookup and an office's own areas beside the months of a store."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import box

from analysis.model.contiguity import build_contiguity
from analysis.model.errors import RefusedError
from analysis.model.ground import crosswalk_without_lookup
from data.__main__ import main
from data.geography import Geography, rebuild_boundaries, write_geography
from data.store import open_store
from data.store.status import read_status, status_text
from tests.data.made_outlines import GRID, geojson, grid
from tests.exhaustive import some
from tests.made import forked

PROJECT = Path(__file__).parents[2]
SPLIT = crosswalk_without_lookup([("E01000001", "A", "D", ("E01000001",), ("E01033801", "E01033802"))])
LEFT, RIGHT = box(440000, 520000, 441000, 521000), box(441000, 520000, 442000, 521000)

OWN = """
[areas.portrack]
name = "Portrack"
kind = "own"
force = "cleveland"
district = "Stockton-on-Tees"
ground = [{ lsoa_2011 = "E01012266", lsoa_2021 = ["E01035197", "E01035198"] }]
"""


def test_boundaries_before_the_lookup_are_joined_when_it_comes_and_missing_ground_is_said(shared, tmp_path):
    folder = shared / "geography"
    store = open_store(tmp_path)
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    bare = store.import_geography(folder / "lsoa_2021_cleveland.geojson")
    assert "No lookup is held" in bare.sentence
    before = store.fingerprint()
    store.import_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    assert store.fingerprint() != before
    outlines = store.boundaries()
    assert outlines is not None
    own = store.ground("cleveland").query("in_force")["ground_code"]
    assert set(outlines["ground_code"]) == set(own)
    assert len(own) == 351
    again = store.import_geography(folder / "lsoa_2011_cleveland.geojson")
    assert again.rows == 351
    assert "without a boundary" not in again.sentence


def test_an_office_s_own_area_is_there_as_soon_as_its_file_is(shared, tmp_path):
    store = open_store(tmp_path)
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    assert "portrack" not in store.areas("cleveland")
    before = store.fingerprint()
    (tmp_path / "areas.toml").write_text(OWN)
    assert store.areas("cleveland")["portrack"].ground == {"E01012266"}
    assert store.fingerprint() != before


def lsoas(shapes: dict, vintage: int = 2021) -> gpd.GeoDataFrame:
    rows = {"vintage": vintage, "lsoa_code": list(shapes), "file": "made"}
    return gpd.GeoDataFrame(rows, geometry=list(shapes.values()), crs="EPSG:27700")


def tables(store) -> dict:
    """What the store shows of its outlines, by the name of the method."""
    names = ("boundaries", "screen_boundaries", "districts", "wards")
    return {name: getattr(store, name)() for name in names}


def same(one: dict, other: dict) -> bool:
    return all(
        (table is None and other[name] is None) or (table is not None and table.equals(other[name]))
        for name, table in one.items()
    )


def test_what_is_held_is_replaced_lsoa_by_lsoa_and_joined_anew_by_a_later_lookup(tmp_path):
    bare = crosswalk_without_lookup([])
    assert rebuild_boundaries(tmp_path, bare) == {}
    write_geography(tmp_path, Geography(lsoas({"E01033801": LEFT})), bare)
    ground, said = write_geography(tmp_path, Geography(lsoas({"E01033802": RIGHT, "E01033801": LEFT})), bare)
    assert ground["ground_code"].tolist() == ["E01033801", "E01033802"] and said == []
    files = rebuild_boundaries(tmp_path, SPLIT)
    assert {name: table["ground_code"].tolist() for name, table in files.items()} == {
        "boundaries.parquet": ["E01000001"],
        "screen.parquet": ["E01000001"],
    }
    assert gpd.read_parquet(tmp_path / "boundaries.parquet").crs.to_epsg() == 27700
    held = {path.name for path in tmp_path.iterdir()}
    assert held == {"boundaries.parquet", "boundaries_read.parquet", "screen.parquet"}


def test_outlines_that_lie_over_those_held_are_refused_and_nothing_is_lost(tmp_path, store):
    cells = grid(2, 2)
    cells.to_file(tmp_path / "first.gpkg")
    store.import_geography(tmp_path / "first.gpkg")
    before, stamp = tables(store), store.fingerprint()
    middle = shapely.union_all(cells.geometry.to_numpy()).centroid.buffer(200)
    gpd.GeoDataFrame({"LSOA21CD": ["E01009999"]}, geometry=[middle], crs=cells.crs).to_file(
        tmp_path / "over.gpkg"
    )
    with pytest.raises(
        RefusedError, match=r"^over\.gpkg: the outline of E01009999 lies over that of E01\d+ held already"
    ):
        store.import_geography(tmp_path / "over.gpkg")
    assert store.fingerprint() == stamp and same(tables(store), before)
    # the same outlines in full take the place of those held
    assert store.import_geography(tmp_path / "first.gpkg").rows == 4


def test_each_table_comes_back_and_each_changes_the_fingerprint(tmp_path, store):
    assert tables(store) == dict.fromkeys(tables(store))
    cells = grid(2, 1, edge=20, jitter=0.3)
    cells.to_file(tmp_path / "lsoa.gpkg")
    ward = geojson(tmp_path / "w.geojson", {"E05000001": LEFT}, "WD25CD", GRID, WD25NM="Made")
    district = geojson(tmp_path / "d.geojson", {"E06000001": RIGHT}, "LAD25CD", GRID, LAD25NM="Hartlepool")
    stamps = [store.fingerprint()]
    for path, said in (
        (tmp_path / "lsoa.gpkg", "the outlines of 2 units of ground are held."),
        (ward, "the outlines of 1 ward of 2025 are held."),
        (district, "the outlines of 1 district of 2025 are held."),
    ):
        assert said in store.import_geography(path).sentence
        stamps.append(store.fingerprint())
    assert len(set(stamps)) == 4
    found = tables(store)
    assert all(table.crs.to_epsg() == 27700 for table in found.values())
    assert_geodataframe_equal(
        found["boundaries"], cells.rename(columns={"LSOA21CD": "ground_code"}), check_dtype=False
    )
    corners = {name: shapely.get_num_coordinates(found[name].geometry.to_numpy()).sum() for name in found}
    assert corners["screen_boundaries"] < corners["boundaries"]
    assert found["wards"][["ward_code", "ward_name"]].to_numpy().tolist() == [["E05000001", "Made"]]
    assert found["districts"]["district_name"].tolist() == ["Hartlepool"]
    assert same(tables(open_store(store.path)), found)


def test_wards_and_districts_are_replaced_as_a_whole(tmp_path, store):
    for code in ("E05000001", "E05000002"):
        store.import_geography(geojson(tmp_path / "w.geojson", {code: LEFT}, "WD25CD", GRID, WD25NM="Made"))
    assert store.wards()["ward_code"].tolist() == ["E05000002"]


def test_a_table_that_a_caller_writes_to_is_not_the_one_kept(real_store):
    kept = real_store.boundaries()
    mine = real_store.boundaries()
    mine["colour"] = "red"
    mine.loc[0, "ground_code"] = "x"
    mine.loc[1, "geometry"] = LEFT
    assert real_store.boundaries().equals(kept) and "colour" not in real_store.boundaries()


def test_a_store_of_an_older_version_gets_ground_for_the_screen_when_asked(tmp_path, store):
    grid(3, 3, edge=20).to_file(tmp_path / "lsoa.gpkg")
    store.import_geography(tmp_path / "lsoa.gpkg")
    before = store.screen_boundaries()
    (store.path / "screen.parquet").unlink()
    assert store.screen_boundaries().equals(before)


def test_a_damaged_table_is_named(tmp_path, store):
    grid(1, 1).to_file(tmp_path / "lsoa.gpkg")
    store.import_geography(tmp_path / "lsoa.gpkg")
    for name, ask in (
        ("screen", store.screen_boundaries),
        ("wards", store.wards),
        ("districts", store.districts),
    ):
        (store.path / f"{name}.parquet").write_bytes(b"PAR1")
        with pytest.raises(RefusedError, match=rf"^{name}\.parquet: .* Delete it and import it again"):
            ask()


# imports again and again into a copy of the store, and dies one moment later each time: at each table written, each
# file put away and each moved into place
DYING = """
import os, shutil, signal, sys
from pathlib import Path
import geopandas as gpd
from data.store import open_store
held, copies, *files = sys.argv[1:]

def dies(function):
    def wrapped(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given, **named)
    return wrapped

moment = 0
while True:
    copy = Path(copies) / f"{moment:02}"
    shutil.copytree(held, copy)
    child = os.fork()
    if not child:
        left = moment
        gpd.GeoDataFrame.to_parquet = dies(gpd.GeoDataFrame.to_parquet)
        Path.replace = dies(Path.replace)
        Path.unlink = dies(Path.unlink)
        open_store(copy).import_geography(*files)
        os._exit(0)
    if os.waitpid(child, 0)[1] != signal.SIGKILL:
        break
    moment += 1
"""


def test_a_kill_at_any_moment_leaves_each_table_and_the_screen_fits_its_ground(tmp_path, store):
    cells = grid(3, 3, edge=20)
    given = {}
    for name, table in (("old", cells.iloc[:4]), ("new", cells)):
        table.to_file(tmp_path / f"{name}.gpkg")
        shapes = dict(zip(["E05000001", "E05000002"], table.to_crs(4326).geometry, strict=False))
        given[name] = [
            tmp_path / f"{name}.gpkg",
            geojson(
                tmp_path / f"{name}.geojson",
                dict(list(shapes.items())[: 1 + (name == "new")]),
                "WD25CD",
                WD25NM="A",
            ),
        ]
    store.import_geography(*given["old"])
    copies = tmp_path / "copies"
    copies.mkdir()
    child = forked.python(DYING, store.path, copies, *given["new"])
    assert child.returncode == 0, child.stderr
    left = [open_store(path) for path in sorted(copies.iterdir())]
    seen = [len(each.boundaries()) for each in left]
    assert len(left) > 8 and set(seen) == {4, 9} and seen == sorted(seen)
    for each in left:
        assert len(each.wards()) in (1, 2)
        assert each.screen_boundaries()["ground_code"].tolist() == each.boundaries()["ground_code"].tolist()
    # and an import after it is whole: whatever was the last before the step, the first after it, and the first of all
    at = seen.index(9)
    for each in some((left[0], left[at - 1], left[at]), left):
        each.import_geography(*given["new"])
        assert len(each.boundaries()) == 9 and len(each.wards()) == 2
        assert not list(each.path.glob(".*parquet*"))


# real files


@pytest.fixture(scope="module")
def cleveland(shared, tmp_path_factory):
    """A store of six months of Cleveland with every real outline."""
    folder = shared / "geography"
    store = open_store(tmp_path_factory.mktemp("outlines") / "store")
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    store.import_geography(folder / "lsoa_2011_cleveland.geojson")
    return store, folder


def test_the_real_wards_and_districts_are_held_and_the_districts_dissolved_are_the_same_land(cleveland):
    store, folder = cleveland
    # without a lookup: by the names of the LSOAs in the months held, and no code
    bare = store.districts()
    assert bare["district_name"].tolist() == [
        "Hartlepool",
        "Middlesbrough",
        "Redcar and Cleveland",
        "Stockton-on-Tees",
    ]
    assert bare["district_code"].isna().all()
    store.import_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    dissolved = store.districts()
    assert dissolved["district_code"].tolist() == [f"E0600000{n}" for n in (1, 2, 3, 4)]
    report = store.import_geography(
        folder / "wards_2025_cleveland.geojson", folder / "districts_cleveland.geojson"
    )
    assert "83 wards of 2025 and 4 districts are held" in report.sentence and report.rows == 87
    districts, wards = store.districts(), store.wards()
    assert districts["district_name"].tolist() == dissolved["district_name"].tolist()
    for imported, made in zip(districts.geometry, dissolved.geometry, strict=True):
        # generalised each by itself, so borders and coast differ by some metres
        assert imported.symmetric_difference(made).area / made.area < 0.01
    assert len(wards) == 83 and set(wards["district_name"]) == set(districts["district_name"])
    assert wards.geometry.area.sum() == pytest.approx(districts.geometry.area.sum(), rel=0.01)


def test_the_screen_is_made_anew_by_a_lookup_imported_later(shared, tmp_path, store):
    folder = shared / "geography"
    store.import_geography(folder / "lsoa_2021_cleveland.geojson")
    assert len(store.screen_boundaries()) > 351
    store.import_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    screen = store.screen_boundaries()
    assert screen["ground_code"].tolist() == store.boundaries()["ground_code"].tolist()
    assert len(screen) == 351
    assert build_contiguity(screen).neighbours == build_contiguity(store.boundaries()).neighbours


def test_ground_and_districts_of_the_force_without_an_outline_are_said(shared, tmp_path):
    store = open_store(tmp_path / "store")
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    full = gpd.read_file(shared / "geography" / "lsoa_2011_cleveland.geojson")
    full.iloc[10:].to_file(tmp_path / "part.gpkg")
    said = store.import_geography(tmp_path / "part.gpkg").sentence
    assert "10 units of ground without a boundary (E01011949," in said
    # a district of which ground is missing would be drawn too small
    assert "Hartlepool" not in set(store.districts()["district_name"])
    gpd.read_file(shared / "geography" / "districts_cleveland.geojson").iloc[1:].to_file(tmp_path / "d.gpkg")
    assert (
        "No outline of Hartlepool: give the districts" in store.import_geography(tmp_path / "d.gpkg").sentence
    )


def test_the_demonstration_has_ground_a_district_and_invented_wards(demonstration_store):
    found = tables(demonstration_store)
    assert all(table is not None and table.crs.to_epsg() == 27700 for table in found.values())
    assert found["districts"][["district_code", "district_name"]].to_numpy().tolist() == [
        ["E06000004", "Stockton-on-Tees"]
    ]
    assert found["wards"]["ward_name"].str.fullmatch(r"Invented ward \d").all()
    assert found["wards"]["ward_code"].str.startswith("E05999").all()
    area = found["boundaries"].geometry.area.sum()
    for name, table in found.items():
        assert table.geometry.area.sum() == pytest.approx(area), name
    assert shapely.coverage_is_valid(found["wards"].geometry.to_numpy())
    assert "Boundaries are held, and wards." in status_text(read_status(demonstration_store))


def test_the_command_takes_several_files_and_says_in_json_what_is_held(tmp_path, capsys):
    grid(2, 2).to_file(tmp_path / "lsoa.gpkg")
    ward = geojson(tmp_path / "w.geojson", {"E05000001": LEFT}, "WD25CD", GRID, WD25NM="Made")
    command = [
        "import-geography",
        "--store",
        str(tmp_path / "store"),
        "--json",
        str(tmp_path / "lsoa.gpkg"),
        str(ward),
    ]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 5
    assert main([*command[:-1], str(tmp_path / "absent.zip")]) == 1
    assert "no such file" in json.loads(capsys.readouterr().out)["refused"][0]
