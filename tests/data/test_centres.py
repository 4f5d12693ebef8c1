"""Outlines of centres taken in: which files, which refusals, what is held, and what is proposed from it."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from analysis.model.errors import AreaError, NeedsInputError, RefusedError
from data.__main__ import main
from data.access import Role, Visitor
from data.geography.centre_files import read_centres
from data.permitted import import_centres as permitted_import
from data.store import open_store
from data.store.centres import (
    centre_area,
    centre_named,
    held_centres,
    import_centres,
    proposed_areas,
)
from tests.data.made_outlines import geojson, shapefile, zipped
from tests.made import hindered

HERE, NEXT = "E01012267", "E01012266"
GRID = {HERE: box(444000, 519000, 444400, 519400), NEXT: box(444400, 519000, 444800, 519400)}


def centres(*shapes, crs: int = 27700, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:27700").to_crs(crs)


@pytest.fixture
def filled(made, store):
    """A store with a month on two square LSOAs and their boundaries."""
    rows = made.rows("2023-07") + made.rows(
        "2023-07",
        count=1,
        **{"LSOA code": NEXT, "LSOA name": "Stockton-on-Tees 014E", "Crime ID": f"{9:064x}"},
    )
    made.street("2023-07", rows)
    assert store.import_police_uk(made.folder).ok
    table = gpd.GeoDataFrame({"LSOA11CD": list(GRID)}, geometry=list(GRID.values()), crs="EPSG:27700")
    table.to_file(made.folder / "lsoa.geojson")
    # 014E was split in 2021, so the older vintage alone gives it an outline
    store.import_geography(made.folder / "lsoa.geojson")
    return store


def refused(path, call=read_centres) -> str:
    with pytest.raises(RefusedError) as error:
        call(path)
    sentence = str(error.value)
    assert sentence.startswith(path.name) and str(path.parent) not in sentence and "LSOAs" not in sentence
    return sentence


@pytest.mark.filterwarnings("ignore")  # of what a shapefile does to names
@pytest.mark.parametrize("form", ["geojson", "gpkg", "zip"])
@pytest.mark.parametrize("crs", [27700, 4326])
def test_the_same_centres_come_back_from_each_form_and_system(tmp_path, form, crs):
    table = centres(
        box(444000, 519000, 444100, 519100), RC_ID=["RC_1"], RC_Name=["Ŷarm"], Classification=["Town Centre"], crs=crs
    )  # fmt: skip
    path = tmp_path / f"made.{form}"
    if form == "zip":
        zipped(path, shapefile(table, tmp_path / "shp"))
    else:
        table.to_file(path)
    read = read_centres(path).table
    assert read["centre_code"].tolist() == ["RC_1"] and read["centre_name"].tolist() == ["Ŷarm"]
    # a shapefile cuts the names of its columns after ten letters
    assert read["tier"].tolist() == ["Town Centre"]
    assert read.geometry.iloc[0].hausdorff_distance(table.to_crs(27700).geometry.iloc[0]) < 1e-2


@pytest.mark.parametrize("column", ["name", "NAME", "Name1_Text", "rc_name", "RC_NAME", "description"])
def test_the_column_of_names_is_known_in_any_case(tmp_path, column):
    path = geojson(tmp_path / "made.geojson", {"Norton": box(-1.32, 54.58, -1.31, 54.59)}, column)
    assert read_centres(path).table["centre_name"].tolist() == ["Norton"]


def test_centres_of_one_name_without_codes_are_numbered_in_the_order_of_the_file(tmp_path):
    path = tmp_path / "made.gpkg"
    square = box(444000, 519000, 444100, 519100)
    centres(square, square, square, name=["High Street", "Yarm", "High Street"]).to_file(path)
    assert read_centres(path).table["centre_code"].tolist() == ["High Street", "High Street (2)", "Yarm"]


def test_centres_outside_england_and_wales_and_without_a_name_are_left_out_and_counted(tmp_path):
    path = tmp_path / "made.gpkg"
    centres(
        box(444000, 519000, 444100, 519100), box(325000, 1_000_000, 325100, 1_000_100), box(444000, 519000, 444100, 519100),
        RC_Name=["Stockton", "Lerwick", ""],
    ).to_file(path)  # fmt: skip
    read = read_centres(path)
    assert (read.table["centre_name"].tolist(), read.outside, read.nameless) == (["Stockton"], 1, 1)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (centres(box(444000, 519000, 444100, 519100), postcode=["TS18"]), "no column of it is known to hold names"),
        (centres(Point(444000, 519000), RC_Name=["Stockton"]), "“Stockton” is no polygon (Point)"),
        (centres(box(444000, 519000, 444100, 519100), RC_Name=[""]), "RC_Name names none of its outlines"),
        (centres(box(0, 0, 10, 10), RC_Name=["Nowhere"]), "“Nowhere” reaches outside England and Wales"),
        (centres(*[box(444000, 519000, 444100, 519100)] * 2, RC_ID=["1", "1"], RC_Name=["a", "b"]), "“1” stands there twice"),
        (centres(*[box(444000, 519000, 444100, 519100)] * 2, RC_ID=["1", ""], RC_Name=["a", "b"]), "RC_ID is missing"),
        (centres(box(444000, 519000, 444100, 519100), RC_Name=["x" * 201]), "201 letters"),
        (centres(box(444000, 519000, 444100, 519100), RC_Name=["a\u202eb"]), "cannot be seen"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(tmp_path, table, said):
    path = tmp_path / "made.gpkg"
    table.to_file(path)
    assert said in refused(path)


def test_swapped_axes_are_told_from_a_file_of_another_country(tmp_path):
    path = geojson(tmp_path / "made.geojson", {"Norton": box(54.58, -1.32, 54.59, -1.31)}, "name")
    assert "axes swapped" in refused(path)


def test_what_is_no_file_of_outlines_asks_for_centres(tmp_path):
    for name, content in {
        "a.csv": b"name\nYarm\n",
        "b.zip": b"PK\x03\x04 cut",
        "c.gpkg": b"SQLite format 3\0",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert "Give polygons of centres" in refused(path)


def test_a_file_that_is_too_large_is_not_asked_for_as_boundaries(tmp_path):
    path = tmp_path / "made.gpkg"
    centres(*[box(444000, 519000, 444100, 519100)] * 9, name=["Yarm"] * 9).to_file(path)
    with pytest.raises(RefusedError, match="Give simplified outlines, or those of your own area"):
        read_centres(path, max_vertices=40)


def test_two_layers_with_names_are_not_guessed_between(tmp_path):
    path = tmp_path / "made.gpkg"
    for layer in ("towns", "parks"):
        centres(box(444000, 519000, 444100, 519100), name=["Yarm"]).to_file(path, layer=layer)
    assert "“towns” and “parks” all have names" in refused(path)


def test_only_centres_on_the_ground_of_the_forces_held_are_held(filled, made):
    path = made.folder / "retail.gpkg"
    centres(
        box(444100, 519100, 444300, 519300), box(500000, 300000, 500100, 300100), box(443900, 519000, 444000, 519400),
        RC_ID=["b", "c", "a"], RC_Name=["Stockton", "Elsewhere", "Only beside it"],
    ).to_file(path)  # fmt: skip
    report = import_centres(filled, path)
    assert held_centres(filled)["centre_name"].tolist() == ["Stockton"]
    assert report.rows == 1
    assert "1 centre on the ground of Cleveland Police is held" in report.sentence
    assert "2 others left out" in report.sentence


def test_centres_that_cannot_be_kept_are_one_sentence_and_those_held_stay(filled, made):
    path = made.folder / "retail.gpkg"
    centres(box(444100, 519100, 444300, 519300), RC_ID=["b"], RC_Name=["Stockton"]).to_file(path)
    import_centres(filled, path)
    centres(box(444100, 519100, 444300, 519300), RC_ID=["c"], RC_Name=["Other"]).to_file(path)
    said = hindered.on_a_full_disk(4_000, "import-centres", str(path), "--store", str(filled.path))
    assert "cannot be" in said and "File too large" in said
    assert held_centres(filled)["centre_name"].tolist() == ["Stockton"]


@hindered.only_root
def test_centres_given_by_another_user_than_the_stores_own_are_one_sentence_and_nothing_is_lost(filled, made):
    for name in ("Stockton", "Other"):
        centres(box(444100, 519100, 444300, 519300), RC_ID=["b"], RC_Name=[name]).to_file(
            made.folder / f"{name}.gpkg"
        )
    import_centres(filled, made.folder / "Stockton.gpkg")
    with hindered.open_folder() as folder:
        root, other = folder / "store", folder / "other.gpkg"
        shutil.copytree(filled.path, root)
        shutil.copy(made.folder / "Other.gpkg", other)
        root.chmod(0o755)
        for path in (other, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        call = "sys.stderr = sys.stdout; main(['import-centres', sys.argv[2], '--store', sys.argv[1]])"
        said = hindered.as_another_user(
            "from data.__main__ import main\nimport pyogrio, shapely", call, str(root), str(other)
        )
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
        assert held_centres(open_store(root))["centre_name"].tolist() == ["Stockton"]
    assert len(said.splitlines()) == 1 and "cannot be written" in said, said


def test_two_imports_of_centres_at_once_wait_for_each_other_and_the_last_stays(filled, made):
    files = []
    for name in ("One", "Two"):
        files.append(made.folder / f"{name}.gpkg")
        centres(box(444100, 519100, 444300, 519300), RC_ID=["b"], RC_Name=[name]).to_file(files[-1])
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda file: import_centres(open_store(filled.path), file), files))
    assert [report.rows for report in reports] == [1, 1]
    assert held_centres(filled)["centre_name"].tolist() in (["One"], ["Two"])


def test_a_centre_is_proposed_on_the_ground_that_holds_four_fifths_of_it(filled, made):
    path = made.folder / "retail.gpkg"
    # 160 by 200 m in one LSOA of 400 by 400 m, and 40 by 200 m in the next
    centres(box(444240, 519100, 444440, 519300), RC_ID=["b"], RC_Name=["Stockton"]).to_file(path)
    import_centres(filled, path)
    (proposed,) = proposed_areas(filled, "cleveland")
    assert proposed.ground == (HERE,)
    assert [
        (each.ground_code, round(each.of_outline, 6), round(each.of_ground, 6)) for each in proposed.units
    ] == [
        (HERE, 0.8, 0.2),
        (NEXT, 0.2, 0.05),
    ]
    assert proposed.held.confidence == "medium"
    assert proposed.words.endswith(
        "80% of the centre lies on this ground, and 20% of the ground is centre: confidence medium."
    )


def test_an_analyst_may_add_and_take_away_ground_and_the_note_says_so(filled, made):
    path = made.folder / "retail.gpkg"
    centres(box(444240, 519100, 444440, 519300), RC_ID=["b"], RC_Name=["Stockton"]).to_file(path)
    import_centres(filled, path)
    (proposed,) = proposed_areas(filled, "cleveland")
    plain = centre_area(filled, "cleveland", proposed)
    assert plain.name == "Stockton" and plain.ground == {HERE}
    assert "Taken are the fewest pieces of common ground" in plain.note
    other = centre_area(filled, "cleveland", proposed, "East side", units={NEXT})
    assert other.ground == {NEXT}
    assert "Added by hand: Stockton-on-Tees 014E. Taken away by hand: Stockton-on-Tees 014F." in other.note
    assert (
        "20% of the centre lies on this ground, and 5% of the ground is centre: confidence low." in other.note
    )
    with pytest.raises(AreaError):
        centre_area(filled, "cleveland", proposed, units=set())
    with pytest.raises(AreaError):
        centre_area(filled, "cleveland", proposed, units={"E01000001"})


def test_a_file_that_is_refused_leaves_the_centres_held(filled, made):
    path = made.folder / "retail.gpkg"
    centres(box(444100, 519100, 444300, 519300), RC_Name=["Stockton"]).to_file(path)
    import_centres(filled, path)
    before = held_centres(filled)
    elsewhere = made.folder / "elsewhere.gpkg"
    centres(box(500000, 300000, 500100, 300100), RC_Name=["Elsewhere"]).to_file(elsewhere)
    assert "none of its 1 centre lies on ground" in refused(
        elsewhere, lambda file: import_centres(filled, file)
    )
    pd.testing.assert_frame_equal(pd.DataFrame(held_centres(filled)), pd.DataFrame(before))


def test_another_file_takes_the_place_of_all_centres_held_and_is_seen_at_once(filled, made):
    for name in ("First", "Second"):
        path = made.folder / f"{name}.gpkg"
        centres(box(444100, 519100, 444300, 519300), RC_Name=[name]).to_file(path)
        state = filled.fingerprint()
        import_centres(filled, path)
        assert filled.fingerprint() != state
        assert [each.name for each in proposed_areas(filled, "cleveland")] == [name]


def test_without_months_or_boundaries_the_sentence_says_what_to_import_first(store, made):
    path = made.file("none.gpkg", "")
    with pytest.raises(NeedsInputError, match="Import months first"):
        import_centres(store, path)
    made.street("2023-07")
    store.import_police_uk(made.folder / "2023-07")
    with pytest.raises(NeedsInputError, match="import-geography"):
        import_centres(store, path)


def test_a_reader_may_not_import_centres(filled, made):
    path = made.folder / "retail.gpkg"
    centres(box(444100, 519100, 444300, 519300), RC_Name=["Stockton"]).to_file(path)
    with pytest.raises(RefusedError, match="needs the role “owner”"):
        permitted_import(Visitor(Role.READER, "somebody", "the screen", "Ask."), filled, path)
    assert held_centres(filled) is None


def test_centres_are_found_by_code_or_name_in_any_case(filled, made):
    path = made.folder / "retail.gpkg"
    square = box(444100, 519100, 444300, 519300)
    centres(
        square, square, square, RC_ID=["1", "2", "3"], RC_Name=["Yarm", "High Street", "High Street"]
    ).to_file(path)
    import_centres(filled, path)
    proposed = proposed_areas(filled, "cleveland")
    assert centre_named(proposed, "yarm").code == "1" and centre_named(proposed, "3").name == "High Street"
    with pytest.raises(AreaError, match="2 centres are called"):
        centre_named(proposed, "High Street")
    with pytest.raises(AreaError, match="Held: High Street, High Street and Yarm"):
        centre_named(proposed, "Norton")


def test_the_command_line_imports_and_lists_centres(filled, made, capsys):
    path = made.folder / "retail.gpkg"
    centres(box(444100, 519100, 444300, 519300), RC_Name=["Stockton"]).to_file(path)
    store = ["--store", str(filled.path)]
    assert main(["centres", *store]) == 0
    assert "No centres are held: python -m data import-centres FILE" in capsys.readouterr().out
    assert main(["import-centres", str(path), *store]) == 0
    assert "1 centre on the ground of Cleveland Police is held" in capsys.readouterr().out
    assert main(["centres", *store]) == 0
    out = capsys.readouterr().out
    assert "Stockton: Stockton-on-Tees 014F; confidence high" not in out  # 200 by 200 m of 400 by 400
    assert "Stockton: Stockton-on-Tees 014F; confidence medium (100% of the centre, 25% of the ground)" in out
    assert main(["centres", "--json", *store]) == 0
    assert json.loads(capsys.readouterr().out)["cleveland"][0]["ground"] == {HERE: "Stockton-on-Tees 014F"}
    assert main(["import-centres", str(made.folder / "absent.gpkg"), *store]) == 1
    assert "there is no such file" in capsys.readouterr().err
