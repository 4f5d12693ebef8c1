"""The three forms outlines come in, whole and damaged: each damage gets a sentence that names the file."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal

from analysis.model.errors import RefusedError
from data.geography import read_geography, unpacking
from data.geography.files import list_layers
from tests.data.made_outlines import geojson, grid, shapefile, zipped

CELLS = grid(3, 2)
WARDS = CELLS.iloc[:2].assign(
    WD25CD=["E05000001", "W05000002"], WD25NM=["Ŵern", "Made"], LAD25NM="Stockton-on-Tees"
)
WARDS = WARDS[["WD25CD", "WD25NM", "LAD25NM", "geometry"]]


def refused(path, **limits) -> str:
    with pytest.raises(RefusedError) as error:
        read_geography([path], **limits)
    sentence = str(error.value)
    assert sentence.startswith(path.name)
    assert "\n" not in sentence and str(path.parent) not in sentence
    return sentence


def written(table: gpd.GeoDataFrame, folder, form: str):
    if form == "zip":
        return zipped(folder / "made.zip", shapefile(table, folder / "shp"))
    path = folder / f"made.{form}"
    table.to_file(path)
    return path


@pytest.mark.parametrize("form", ["geojson", "gpkg", "zip"])
@pytest.mark.parametrize("crs", [27700, 4326])
def test_the_same_outlines_come_back_from_each_form_and_system(tmp_path, form, crs):
    lsoas = read_geography([written(CELLS.to_crs(crs), tmp_path, form)]).lsoas
    assert lsoas["lsoa_code"].tolist() == CELLS["LSOA21CD"].tolist()
    off = [a.hausdorff_distance(b) for a, b in zip(lsoas.geometry, CELLS.geometry, strict=True)]
    assert (
        max(off) < 1e-3
    )  # GeoJSON keeps seven decimals of a degree, a centimetre, unless more are asked for


@pytest.mark.parametrize("form", ["geojson", "gpkg", "zip"])
def test_names_keep_their_accents_in_each_form(tmp_path, form):
    wards = read_geography([written(WARDS, tmp_path, form)]).wards
    assert wards["ward_name"].tolist() == ["Ŵern", "Made"]
    assert wards["district_name"].tolist() == ["Stockton-on-Tees"] * 2


def test_the_form_is_known_by_what_is_in_it_and_not_by_its_name(tmp_path):
    path = written(CELLS, tmp_path, "geojson")
    odd = path.rename(tmp_path / "outlines.txt")
    odd.write_bytes(b"\xef\xbb\xbf \n" + odd.read_bytes())
    assert len(read_geography([odd]).lsoas) == 6


def test_several_files_of_several_kinds_and_forms_in_one_command(tmp_path):
    old = geojson(
        tmp_path / "old.geojson",
        dict(zip(CELLS["LSOA21CD"], CELLS.to_crs(4326).geometry, strict=True)),
        "LSOA11CD",
    )
    read = read_geography([old, written(CELLS, tmp_path, "gpkg"), written(WARDS, tmp_path, "zip")])
    assert read.lsoas.groupby("vintage").size().to_dict() == {2011: 6, 2021: 6}
    assert len(read.wards) == 2
    assert read.files == ("old.geojson", "made.gpkg", "made.zip")


# several layers


def test_the_layers_that_fit_are_taken_from_a_geopackage(tmp_path):
    path = tmp_path / "both.gpkg"
    CELLS.rename(columns={"LSOA21CD": "MSOA21CD"}).to_file(path, layer="msoa")
    CELLS.to_file(path, layer="lsoa")
    WARDS.to_file(path, layer="wards")
    read = read_geography([path])
    assert len(read.lsoas) == 6 and len(read.wards) == 2 and read.districts is None


def test_two_layers_of_one_kind_or_none_are_refused_by_name(tmp_path):
    path = tmp_path / "two.gpkg"
    CELLS.to_file(path, layer="full")
    CELLS.to_file(path, layer="generalised")
    said = refused(path)
    assert "its layers “full” and “generalised” both hold LSOAs of 2021" in said
    none = tmp_path / "none.gpkg"
    for name in ("a", "b"):
        CELLS.rename(columns={"LSOA21CD": "code"}).to_file(none, layer=name)
    assert "none of its layers fits" in refused(none) and "“a”: code; “b”: code" in refused(none)


def test_the_shapefiles_that_fit_are_taken_from_a_zip_with_folders_and_what_a_mac_adds(tmp_path):
    files = {f"deep/er/{name}": content for name, content in shapefile(CELLS, tmp_path / "a", "lsoa").items()}
    files |= shapefile(WARDS, tmp_path / "b", "wards")
    files |= {
        "__MACOSX/deep/er/._lsoa.shp": b"x",
        "._wards.shp": b"x",
        "readme.txt": b"x",
        "../../lsoa.xml": b"x",
    }
    read = read_geography([zipped(tmp_path / "both.zip", files)])
    assert len(read.lsoas) == 6 and len(read.wards) == 2
    files |= shapefile(CELLS, tmp_path / "c", "again")
    said = refused(zipped(tmp_path / "three.zip", files))
    assert "its layers “again.shp” and “deep/er/lsoa.shp” both hold LSOAs of 2021" in said


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_a_zipped_geopackage_or_geojson_is_taken_too(tmp_path, form):
    path = written(CELLS, tmp_path, form)
    packed = zipped(tmp_path / "packed.zip", {f"x/{path.name}": path.read_bytes()})
    assert_geodataframe_equal(
        read_geography([packed]).lsoas.drop(columns="file"), read_geography([path]).lsoas.drop(columns="file")
    )


# damage


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.geojson", b"", "the file is empty"),
        ("b.geojson", b"LSOA21CD,x\n", "is no GeoJSON, GeoPackage or zip"),
        ("b.geojson", b"<OGRVRTDataSource/>", "is no GeoJSON, GeoPackage or zip"),
        ("b.geojson", b'{"type": "FeatureColl', "cannot be read, or only in part"),
        ("b.geojson", b"{}", "cannot be read, or only in part"),
        ("b.gpkg", b"not a database", "is no GeoPackage, whatever its name says"),
        ("b.gpkg", b"SQLite format 3\0", "cut short"),
        ("b.zip", b"PK\x03\x04", "cut short or damaged"),
        ("b.zip", b"not a zip", "is no GeoJSON, GeoPackage or zip"),
    ],
)
def test_what_is_no_file_of_outlines_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refused(path)


def test_an_absent_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "absent.gpkg", tmp_path):
        with pytest.raises(RefusedError, match="there is no such file"):
            read_geography([path])


@pytest.mark.parametrize("form", ["geojson", "gpkg", "zip"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_anywhere_is_refused_and_never_read_in_part(tmp_path, form, share):
    path = written(grid(8, 8, edge=12), tmp_path, form)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refused(path)


@pytest.mark.parametrize("suffix", [".shp", ".shx", ".dbf"])
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_shapefile_cut_short_before_it_was_zipped_is_refused(tmp_path, suffix, share):
    files = shapefile(CELLS, tmp_path / "shp")
    files[f"made{suffix}"] = files[f"made{suffix}"][: int(len(files[f"made{suffix}"]) * share)]
    assert f"its {suffix} is cut short or damaged" in refused(zipped(tmp_path / "cut.zip", files))


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".shp", "lacks its .shp (the outlines)"),
        (".shx", "lacks its .shx (their index)"),
        (".dbf", "lacks its .dbf (their codes)"),
        (".prj", "lacks its .prj (the coordinate system)"),
    ],
)
def test_a_zip_in_which_a_part_is_missing_says_which(tmp_path, suffix, said):
    files = shapefile(CELLS, tmp_path / "shp")
    del files[f"made{suffix}"]
    assert said in refused(zipped(tmp_path / "part.zip", files))


def test_a_zip_without_outlines_and_one_in_a_zip_are_refused(tmp_path):
    inner = zipped(tmp_path / "inner.zip", shapefile(CELLS, tmp_path / "shp"))
    for files in ({"readme.txt": b"x"}, {"inner.zip": inner.read_bytes()}, {}):
        assert "holds no shapefile (.shp), GeoPackage or GeoJSON" in refused(
            zipped(tmp_path / "none.zip", files)
        )


def test_a_locked_zip_a_damaged_member_and_an_unknown_packing_are_refused(tmp_path):
    path = written(CELLS, tmp_path, "zip")
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("made.shp")
    central, local = whole.index(b"PK\x01\x02"), entry.header_offset
    place = whole.index(b"made.shp", central) - 46
    for offset, mark, said in ((8, b"\x01", "locked with a password"), (10, b"\x63", "packed by a method")):
        changed = bytearray(whole)
        changed[place + offset : place + offset + 1] = mark
        changed[local + offset - 2 : local + offset - 1] = mark
        path.write_bytes(changed)
        assert said in refused(path)
    changed = bytearray(whole)
    middle = local + 30 + len("made.shp") + entry.compress_size // 2
    changed[middle : middle + 4] = b"\0\0\0\0"
    path.write_bytes(changed)
    assert "“made.shp” is damaged inside the zip" in refused(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    files = shapefile(CELLS, tmp_path / "shp")
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
        with out.open("huge.geojson", "w", force_zip64=True) as member:
            for _ in range(600):
                member.write(bytes(2**20))
    assert bomb.stat().st_size < 2**20
    monkeypatch.setattr(unpacking, "_extract", lambda *_: pytest.fail("unpacked"))
    said = refused(bomb)
    assert "600 MB unpacked, and the limit is 512 MB" in said
    many = zipped(tmp_path / "many.zip", {f"{n}.shp": b"" for n in range(1001)})
    assert "holds 1,001 files" in refused(many)


def test_a_database_that_is_no_geopackage_and_one_without_outlines_are_refused(tmp_path):
    with sqlite3.connect(tmp_path / "plain.gpkg") as plain:
        plain.execute("CREATE TABLE a (b)")
    plain.close()
    assert refused(tmp_path / "plain.gpkg")
    path = written(CELLS, tmp_path, "gpkg")
    table = tmp_path / "table.gpkg"
    CELLS.drop(columns="geometry").pipe(gpd.GeoDataFrame).to_csv(tmp_path / "unused.csv")
    import pyogrio

    pyogrio.write_dataframe(CELLS.drop(columns="geometry"), table, layer="codes")
    assert "no layer with outlines (its tables: “codes”)" in refused(table)
    # a layer that is listed and not there
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("DELETE FROM sqlite_master WHERE name = 'made' AND type = 'table'")
    database.close()
    assert refused(path)


def test_a_geopackage_damaged_in_the_middle_gives_a_sentence_or_all_of_it(tmp_path):
    path = written(grid(8, 8, edge=12), tmp_path, "gpkg")
    whole = path.read_bytes()
    for place in range(4096, len(whole), len(whole) // 25):
        changed = bytearray(whole)
        changed[place : place + 2048] = b"\xa5" * 2048
        path.write_bytes(changed)
        try:
            assert len(read_geography([path]).lsoas) == 64
        except RefusedError as refusal:
            assert str(refusal).startswith("made.gpkg")


def test_a_view_in_a_geopackage_is_not_read(tmp_path):
    path = written(CELLS, tmp_path, "gpkg")
    with closing(sqlite3.connect(path)) as database:
        (table,) = database.execute("SELECT table_name FROM gpkg_contents").fetchone()
        database.execute(f'CREATE VIEW endless AS SELECT a.* FROM "{table}" a, "{table}" b, "{table}" c')
        for listed in ("gpkg_contents", "gpkg_geometry_columns"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({listed})")]
            given = ", ".join(
                {"table_name": "'endless'", "identifier": "'endless'"}.get(c, c) for c in columns
            )
            database.execute(f"INSERT INTO {listed} SELECT {given} FROM {listed} LIMIT 1")
        database.commit()
    assert [layer.name for layer in list_layers(path, tmp_path)] == [table]
