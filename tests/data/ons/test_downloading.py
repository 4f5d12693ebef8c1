"""What a download of geography leaves in the store: the force's own, whole or not at all, and the edition of each layer."""

from __future__ import annotations

import json

import filelock
import pandas as pd
import pytest

from analysis.model.errors import RefusedError
from data.__main__ import main
from data.access import Role, Visitor
from data.audit import AuditLog
from data.ons import GeographyRequest, download_geography, read_editions
from data.ons import layers as table
from data.ons.downloading import LOCK
from data.ons.police_force_areas import WITHOUT_AREA, force_of
from data.permitted import command_line
from data.permitted import download_geography as permitted_download
from data.police_uk.file_names import FORCES
from data.store import open_store
from data.store.status import read_status, status_text
from tests.made import hindered, ons_server
from tests.made.ons_server import Fault

CLEVELAND, DURHAM = GeographyRequest(("cleveland",)), GeographyRequest(("durham",))


def lookup_of(store) -> list[str]:
    return sorted(set(pd.read_parquet(store.path / "lookup.parquet")["LAD22NM"]))


def test_lookup_lsoas_wards_and_districts_of_the_force_alone_are_held(ons, store):
    report = download_geography(store, CLEVELAND)
    assert report.ok, str(report)
    assert lookup_of(store) == ["Hartlepool", "Stockton-on-Tees"]
    assert len(store.boundaries()) == 4
    assert set(store.wards()["district_name"]) == {"Hartlepool", "Stockton-on-Tees"}
    assert list(store.districts()["district_name"]) == ["Hartlepool", "Stockton-on-Tees"]
    assert "4 units of ground" in str(report) and "2 districts of 2025" in str(report)
    assert not any(path.name.startswith(".b") for path in store.path.iterdir())


def test_each_layer_has_its_edition_and_the_day_in_the_store_and_in_the_status(ons, store, made):
    download_geography(store, CLEVELAND)
    editions = {each.key: each.layer for each in read_editions(store.path)}
    assert editions == {
        "lookup": ons_server.LOOKUP, "LSOAs of 2011": ons_server.LSOA_11, "LSOAs of 2021": ons_server.LSOA_21,
        "wards": ons_server.WARDS, "districts": ons_server.DISTRICTS,
    }  # fmt: skip
    made.street("2024-03")
    store.import_police_uk(made.folder)
    assert [each["key"] for each in read_status(store)["geography"]] == sorted(editions, key=str.lower)
    assert f"Wards: {ons_server.WARDS}, fetched " in status_text(read_status(store))


def test_a_table_imported_by_hand_since_has_no_edition(ons, store, tmp_path):
    download_geography(store, CLEVELAND)
    wards = tmp_path / "wards.geojson"
    rows = ons.layers[ons_server.WARDS][:1]
    features = [
        {
            "type": "Feature",
            "properties": {k: v for k, v in row.items() if k != "geometry"},
            "geometry": row["geometry"],
        }
        for row in rows
    ]
    wards.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    store.import_geography(wards)
    assert "wards" not in {each.key for each in read_editions(store.path)}
    assert "districts" in {each.key for each in read_editions(store.path)}


def test_editions_that_cannot_be_read_tell_nothing_and_stop_nothing(ons, store):
    download_geography(store, CLEVELAND)
    (store.path / "geography.json").write_text("[{")
    assert read_editions(store.path) == ()
    assert download_geography(store, CLEVELAND).ok
    assert len(read_editions(store.path)) == 5


def test_without_a_force_those_whose_months_are_held_are_taken(ons, store, made):
    made.street("2024-03")
    made.street("2024-03", made.rows("2024-03", force="British Transport Police"), slug="btp")
    store.import_police_uk(made.folder)
    assert download_geography(store).forces == ("cleveland",)


def test_a_second_force_takes_nothing_from_the_first(ons, store):
    download_geography(store, CLEVELAND)
    report = download_geography(store, DURHAM)
    assert report.ok, str(report)
    assert lookup_of(store) == ["Darlington", "Hartlepool", "Stockton-on-Tees"]
    assert len(store.boundaries()) == 6 and len(store.wards()) == 6 and len(store.districts()) == 3
    assert "those of Cleveland Police were fetched, too" in str(report)
    assert len(ons.asked(ons_server.LSOA_21)) == 2  # of codes, one question a force


def test_a_force_s_own_name_will_do_and_one_asked_for_twice_is_one(ons, store):
    assert download_geography(store, GeographyRequest(("Cleveland Police", "cleveland"))).forces == (
        "cleveland",
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (GeographyRequest(), "^No force is named, and none with ground of its own is held"),
        (
            GeographyRequest(("clevland",)),
            "^“clevland” is no force of data.police.uk. Did you mean cleveland",
        ),
        (GeographyRequest(("btp",)), "^British Transport Police has no police force area"),
        (GeographyRequest(("kent",)), "^LAD25_CSP25_PFA25_EW_LU has no district of Kent Police"),
    ],
)
def test_a_force_that_cannot_be_is_refused_in_a_sentence(ons, store, asked, sentence):
    with pytest.raises(RefusedError, match=sentence):
        download_geography(store, asked)
    assert not (store.path / "lookup.parquet").exists()


def test_every_police_force_area_is_a_force_of_police_uk():
    areas = """Avon and Somerset;Bedfordshire;Cambridgeshire;Cheshire;Cleveland;Cumbria;Derbyshire;Devon & Cornwall;Dorset;
        Durham;Dyfed-Powys;Essex;Gloucestershire;Greater Manchester;Gwent;Hampshire;Hertfordshire;Humberside;Kent;Lancashire;
        Leicestershire;Lincolnshire;London, City of;Merseyside;Metropolitan Police;Norfolk;North Wales;North Yorkshire;
        Northamptonshire;Northumbria;Nottinghamshire;South Wales;South Yorkshire;Staffordshire;Suffolk;Surrey;Sussex;
        Thames Valley;Warwickshire;West Mercia;West Midlands;West Yorkshire;Wiltshire"""
    assert {force_of(area.strip()) for area in areas.split(";")} == FORCES - WITHOUT_AREA


# editions and codes that differ


def test_the_next_older_edition_is_taken_where_the_newest_is_not_there(ons, store):
    ons.layers[ons_server.OLDER_WARDS] = ons.layers.pop(ons_server.WARDS)
    report = download_geography(store, CLEVELAND)
    assert report.ok
    assert ons_server.OLDER_WARDS in {each.layer for each in report.editions}


def test_a_layer_that_is_not_there_is_a_sentence_with_the_address_and_the_rest_is_held(ons, store):
    del ons.layers[ons_server.WARDS]
    report = download_geography(store, CLEVELAND)
    assert not report.ok and len(report.refused) == 1
    [said] = report.refused
    assert said.startswith("The ONS service has no layer WD_DEC_2025_UK_BGC, WD_MAY_2025_UK_BGC_V2 or ")
    assert "https://geoportal.statistics.gov.uk" in said and said.endswith(
        "python -m data import-geography FILE."
    )
    assert store.wards() is None and len(store.districts()) == 2 and len(store.boundaries()) == 4


def test_without_the_lookup_no_lsoa_is_asked_for_and_it_is_said(ons, store):
    del ons.layers[ons_server.LOOKUP]
    report = download_geography(store, CLEVELAND)
    assert len(report.refused) == 2 and "python -m data import-lookup FILE" in report.refused[0]
    assert not ons.asked(ons_server.LSOA_21) and store.boundaries() is None and len(store.wards()) == 4


def test_without_the_districts_of_forces_nothing_can_be_known(ons, store):
    for layer in table.FORCES.layers:
        ons.layers.pop(layer.name, None)
    with pytest.raises(RefusedError, match=r"PFA25_EW_LU.*geoportal\.statistics\.gov\.uk"):
        download_geography(store, CLEVELAND)


def test_a_district_whose_code_changed_is_found_by_its_name(ons, store):
    for name in (ons_server.WARDS, ons_server.DISTRICTS):
        for row in ons.layers[name]:
            if row["LAD25NM"] == "Hartlepool":
                row["LAD25CD"] = "E06000099"
    report = download_geography(store, CLEVELAND)
    assert report.ok and len(store.wards()) == 4
    assert "E06000099" in set(store.districts()["district_code"])


def test_districts_that_were_merged_since_2022_are_asked_of_the_lookup_as_they_were(ons, store):
    ons.layers[ons_server.FORCES_22] = ons_server.districts_to_forces(
        "22", {"Cleveland": {"E07000001": "Old Hartlepool", "E06000004": "Stockton-on-Tees"}}
    )
    for row in ons.layers[ons_server.LOOKUP]:
        if row["LAD22NM"] == "Hartlepool":
            row |= {"LAD22CD": "E07000001", "LAD22NM": "Old Hartlepool"}
    report = download_geography(store, CLEVELAND)
    assert report.ok, str(report)
    assert lookup_of(store) == ["Old Hartlepool", "Stockton-on-Tees"] and len(store.boundaries()) == 4
    assert set(store.wards()["district_name"]) == {"Hartlepool", "Stockton-on-Tees"}


def test_a_district_without_a_ward_is_refused_and_the_wards_held_stay(ons, store):
    download_geography(store, CLEVELAND)
    ons.layers[ons_server.WARDS] = [r for r in ons.layers[ons_server.WARDS] if r["LAD25NM"] != "Hartlepool"]
    report = download_geography(store, CLEVELAND)
    assert "WD_DEC_2025_UK_BGC has no wards of Hartlepool" in report.refused[0]
    assert len(store.wards()) == 4


def test_an_lsoa_without_an_outline_is_refused_by_its_code(ons, store):
    lost = ons.layers[ons_server.LSOA_21].pop(0)["LSOA21CD"]
    report = download_geography(store, CLEVELAND)
    assert f"no outline of 1 LSOA of 4 ({lost})" in report.refused[0]


def test_lsoas_joined_over_the_border_of_the_force_come_whole(ons, store):
    """An LSOA of 2011 in Stockton was split in two, one of them in Darlington: alone, its pair would be refused."""
    pairs = ons.layers[ons_server.LOOKUP]
    stockton = next(row for row in pairs if row["LAD22NM"] == "Stockton-on-Tees")
    darlington = next(row for row in pairs if row["LAD22NM"] == "Darlington")
    old = darlington["LSOA11CD"]
    darlington |= {"LSOA11CD": stockton["LSOA11CD"], "LSOA11NM": stockton["LSOA11NM"], "CHGIND": "S"}
    stockton["CHGIND"] = "S"
    ons.layers[ons_server.LSOA_11] = [r for r in ons.layers[ons_server.LSOA_11] if r["LSOA11CD"] != old]
    report = download_geography(store, CLEVELAND)
    assert report.ok, str(report)
    ground = store.crosswalk().ground_of
    assert ground[stockton["LSOA21CD"]] == ground[darlington["LSOA21CD"]]


def test_hundreds_of_lsoas_are_asked_for_in_addresses_that_pass_any_proxy(store, monkeypatch):
    layers = ons_server.made_layers({"Cleveland": {"E06000001": "Hartlepool"}}, per_district=250)
    with ons_server.OnsServer(layers) as server:
        monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", server.address)
        server.most = 40
        assert download_geography(store, CLEVELAND).ok
        assert max(len(each["where"]) for _, each in server.requests) < 2000
    assert len(store.boundaries()) == 250


# trouble, stopping, two at once


def test_what_the_importers_refuse_is_their_own_sentence(ons, store):
    ons.layers[ons_server.LOOKUP][0]["CHGIND"] = "Q"
    report = download_geography(store, CLEVELAND)
    assert "LSOA11_LSOA21_LAD22_EW_LU_v5.csv, row 2: CHGIND “Q” is none of U, S, M and X" in report.refused[0]
    assert store.boundaries() is not None


def test_a_service_that_fails_on_the_way_changes_nothing_held(ons, store, cancel):
    download_geography(store, CLEVELAND)
    before = store.fingerprint()
    ons.before = lambda layer: (
        setattr(ons, "always", Fault(status=500)) if layer == ons_server.WARDS else None
    )
    with pytest.raises(RefusedError, match="the answer was 500"):
        download_geography(store, DURHAM, cancel=cancel)
    assert store.fingerprint() == before and len(read_editions(store.path)) == 5


@pytest.mark.parametrize(
    "at", [ons_server.FORCES_25, ons_server.LOOKUP, ons_server.LSOA_21, ons_server.DISTRICTS]
)
def test_stopped_on_the_way_nothing_held_is_changed(ons, store, cancel, at):
    ons.before = lambda layer: cancel.set() if layer == at else None
    report = download_geography(store, CLEVELAND, cancel=cancel)
    assert (
        report.stopped and not report.ok and str(report).endswith("ask again to fetch it from the beginning.")
    )
    assert store.boundaries() is None and not (store.path / "lookup.parquet").exists()


def test_a_slow_service_that_redirects_gives_the_same(redirecting_ons, store):
    redirecting_ons.seconds = 0.01
    assert download_geography(store, CLEVELAND).ok
    assert len(store.boundaries()) == 4


def test_progress_names_each_layer_and_ends_with_the_import(ons, store):
    told = []
    download_geography(store, CLEVELAND, told.append)
    words = list(dict.fromkeys(each.words for each in told))
    assert words == [*(subject.words for subject in table.SUBJECTS), ""]
    assert told[-1].doing == "importing" and told[-1].bytes_fetched == ons.bytes_sent
    assert all(each.rows_done <= each.rows_wanted for each in told)
    assert [each.layers_done for each in told] == sorted(each.layers_done for each in told)


def test_two_downloads_of_outlines_at_once_are_one_sentence(ons, store):
    store.path.mkdir()
    with (
        filelock.FileLock(store.path / LOCK),
        pytest.raises(RefusedError, match="Another download of outlines"),
    ):
        download_geography(store, CLEVELAND)


def test_an_address_that_is_none_is_refused(store, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", "file:///etc")
    with pytest.raises(
        RefusedError, match=r"^TOWN_CENTRES_GEOGRAPHY is “file:///etc”.*use services1\.arcgis\.com"
    ):
        download_geography(store, CLEVELAND)


@hindered.only_root
def test_a_store_that_cannot_be_written_is_one_sentence(ons):
    with hindered.open_folder() as folder:
        (folder / "store").mkdir(mode=0o755)
        said = hindered.as_another_user(
            "from data.ons import GeographyRequest, download_geography\nfrom data.store import open_store",
            "download_geography(open_store(sys.argv[1]), GeographyRequest(('cleveland',)))",
            str(folder / "store"),
        )
        assert said.startswith("The store “store” cannot be written: Permission denied"), said
        assert not list((folder / "store").iterdir())


def test_a_full_disk_is_one_sentence_and_the_outlines_held_stay(ons, store):
    download_geography(store, CLEVELAND)
    before = {path.name: path.read_bytes() for path in store.path.glob("*.parquet")}
    words = ["download-geography", "--force", "cleveland", "--store", str(store.path)]
    assert "File too large" in hindered.on_a_full_disk(2_000, *words)
    assert {path.name: path.read_bytes() for path in store.path.glob("*.parquet")} == before


# the command, and who may


def test_the_command_fetches_prints_and_writes_its_line_in_the_log(ons, store, capsys):
    assert main(["download-geography", "--force", "cleveland", "--store", str(store.path)]) == 0
    printed = capsys.readouterr().out
    assert f"Editions: {ons_server.DISTRICTS}, " in printed and "were fetched for cleveland." in printed
    log = AuditLog(store.path).table()
    assert log[["what", "subject", "outcome"]].to_numpy().tolist() == [
        ["import data", "download-geography", "done"]
    ]


def test_the_command_says_in_json_what_is_held_and_gives_one_where_a_layer_is_missing(ons, store, capsys):
    del ons.layers[ons_server.WARDS]
    assert main(["download-geography", "--force", "cleveland", "--json", "--store", str(store.path)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], len(report["editions"]), len(report["refused"])) == (False, 4, 1)


def test_only_the_owner_fetches_outlines_and_each_call_is_written_down(ons, store):
    reader = Visitor(Role.READER, "somebody", "the office", "Only the list of owners may.")
    with pytest.raises(RefusedError, match=r"^You may not import data"):
        permitted_download(reader, store, CLEVELAND)
    assert not ons.requests
    assert permitted_download(command_line(), store, CLEVELAND).ok
    assert AuditLog(store.path).table()["subject"].tolist() == ["download-geography cleveland"] * 2


# Cleveland's real files


def test_cleveland_s_real_files_come_as_they_do_by_hand(shared, tmp_path, monkeypatch, cancel):
    by_hand, store = open_store(tmp_path / "hand"), open_store(tmp_path / "fetched")
    folder = shared / "geography"
    by_hand.import_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    by_hand.import_geography(
        *(folder / name for name in ("lsoa_2011_cleveland.geojson", "lsoa_2021_cleveland.geojson"))
    )
    with ons_server.OnsServer(ons_server.real_layers(shared)) as server:
        monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", server.address)
        server.most, server.faults = 90, [Fault(), Fault(status=500), Fault(), Fault(cut_after=20)]
        report = download_geography(store, CLEVELAND, cancel=cancel)
    assert report.ok, str(report)
    assert store.boundaries().equals(by_hand.boundaries())
    assert pd.read_parquet(store.path / "lookup.parquet").equals(
        pd.read_parquet(by_hand.path / "lookup.parquet")
    )
    assert len(store.wards()) == 83 and len(store.districts()) == 4
