"""What a good import leaves in the store."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pandas as pd
import pytest

from data.__main__ import main
from data.police_uk.archive import Member, list_path
from data.police_uk.file_names import CHECKED_ONLY, COLUMNS, force_slug, key_from_name
from data.store import open_store


def frame(store, force="cleveland"):
    table = store.street(force).execute()
    return table.sort_values(["month", "source_row"], ignore_index=True)


def test_a_month_is_read_from_a_file_a_folder_and_a_zip_alike(made, tmp_path):
    path = made.street("2023-07")
    with zipfile.ZipFile(tmp_path / "one.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "2023-07/2023-07-cleveland-street.csv")
    tables = []
    for name, given in (("a", path), ("b", made.folder), ("c", tmp_path / "one.zip")):
        store = open_store(tmp_path / name)
        report = store.import_police_uk(given)
        assert report.ok and report.rows_kept == 3
        tables.append(frame(store))
    pd.testing.assert_frame_equal(tables[0], tables[1])
    pd.testing.assert_frame_equal(tables[0], tables[2])


def test_every_field_arrives_with_its_type(made, store):
    store.import_police_uk(made.street("2023-07", made.rows("2023-07", count=1)))
    row = frame(store).iloc[0]
    assert row["month"] == pd.Timestamp("2023-07-01")
    assert (row["force"], row["lsoa_code"], row["crime_type"]) == ("cleveland", "E01012267", "Burglary")
    assert (row["longitude"], row["latitude"], row["source_row"]) == (-1.31, 54.56, 2)
    assert bytes(row["crime_id"]).hex() == f"{1:064x}"
    assert row["location"] == "On or near High Street"


def test_identical_rows_are_all_kept(made, store):
    asb = made.rows("2023-07", count=7, **{"Crime ID": "", "Crime type": "Anti-social behaviour"})
    report = store.import_police_uk(made.street("2023-07", asb))
    assert report.rows_kept == 7
    cube = store.cube()
    assert cube["incidents"].sum() == 7


def test_rows_without_lsoa_or_point_are_kept_and_counted(made, store):
    nowhere = {"Longitude": "", "Latitude": "", "LSOA code": "", "LSOA name": "", "Location": "No Location"}
    rows = made.rows("2023-07", count=2) + made.rows("2023-07", count=3, **nowhere)
    assert store.import_police_uk(made.street("2023-07", rows)).ok
    month = store.manifest().iloc[0]
    assert (month["rows_kept"], month["without_lsoa"], month["without_point"]) == (5, 3, 3)
    assert store.cube()["incidents"].sum() == 2
    assert store.unlocated("cleveland")["incidents"].tolist() == [3]


def test_a_bare_on_or_near_is_no_location(made, store):
    store.import_police_uk(made.street("2023-07", made.rows("2023-07", count=2, Location="On or near ")))
    assert frame(store)["location"].isna().all()
    assert store.manifest()["without_location"].tolist() == [2]


def test_columns_in_another_order_and_line_ends_of_another_system_are_fine(made, store):
    text = made.text(made.rows("2023-07"), list(reversed(made.text([]).strip().split(","))))
    path = made.file("2023-07-cleveland-street.csv", text.replace("\n", "\r\n"))
    report = store.import_police_uk(path)
    assert report.ok and not report.remarks and report.rows_kept == 3
    assert frame(store)["crime_type"].tolist() == ["Burglary"] * 3


def test_the_manifest_says_where_a_month_came_from(made, store):
    path = made.street("2023-07")
    store.import_police_uk(path, release="2023-09")
    month = store.manifest().iloc[0]
    assert month["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (month["source"], month["release"], month["rows_read"]) == (path.name, "2023-09", 3)
    assert month["imported_at"].tz is not None
    assert str(made.folder) not in (store.path / "street/cleveland/2023-07.json").read_text()


def test_importing_the_same_file_again_changes_nothing_and_says_so(made, store):
    path = made.street("2023-07")
    store.import_police_uk(path)
    before = store.fingerprint(), (store.path / "street/cleveland/2023-07.json").read_text()
    report = store.import_police_uk(path)
    assert "already held and unchanged" in str(report)
    assert before == (store.fingerprint(), (store.path / "street/cleveland/2023-07.json").read_text())


def test_a_zip_whose_list_names_only_what_is_held_is_not_unpacked_and_a_changed_file_in_it_is(
    made, store, tmp_path, monkeypatch
):
    def zipped(name: str, rows: list[dict]):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("2023-07/2023-07-cleveland-street.csv", made.text(rows))
        return tmp_path / name

    three, four = made.rows("2023-07"), made.rows("2023-07", count=4)
    store.import_police_uk(zipped("first.zip", three), release="2023-09")
    unpacked = []
    monkeypatch.setattr(Member, "chunks", lambda self, own=Member.chunks: unpacked.append(self) or own(self))
    report = store.import_police_uk(zipped("again.zip", three), release="2023-10")
    assert [each.outcome for each in report.files] == ["unchanged"] and not unpacked
    assert store.manifest()["release"].tolist() == ["2023-10"]
    report = store.import_police_uk(zipped("revised.zip", four), release="2023-11")
    assert [each.outcome for each in report.files] == ["replaced"] and len(unpacked) == 1
    data = next((store.path / "street/cleveland").glob("*.parquet"))
    data.write_bytes(data.read_bytes()[:-40])  # what is damaged is read again
    assert store.import_police_uk(tmp_path / "revised.zip", release="2023-11").files[0].outcome == "replaced"


def test_the_fingerprint_changes_with_what_is_held(made, store):
    seen = {store.fingerprint()}
    store.import_police_uk(made.street("2023-07"))
    seen.add(store.fingerprint())
    store.import_police_uk(made.street("2023-07", made.rows("2023-07", count=4)))
    seen.add(store.fingerprint())
    assert len(seen) == 3


def test_a_file_of_another_name_says_what_it_is_by_its_rows(made, store):
    path = made.file("my download.csv", made.text(made.rows("2023-07")))
    assert store.import_police_uk(path).ok
    assert store.forces() == ("cleveland",)
    assert store.months("cleveland") == (pd.Period("2023-07", "M"),)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Cleveland Police", "cleveland"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Metropolitan Police Service", "metropolitan"),
        ("British Transport Police", "btp"),
        ("Avon and Somerset Constabulary", "avon-and-somerset"),
        ("West Yorkshire Police", "west-yorkshire"),
        ("City of London Police", "city-of-london"),
        ("Dyfed-Powys Police", "dyfed-powys"),
        ("", ""),
    ],
)
def test_a_force_is_named_as_in_file_names(name, slug):
    assert force_slug(name) == slug


def test_a_file_name_gives_kind_force_and_month():
    key = key_from_name("2024-05-devon-and-cornwall-stop-and-search.csv")
    assert (key.kind, key.force, key.month) == ("stop-and-search", "devon-and-cornwall", "2024-05")
    assert key_from_name("crime.csv") is None


def test_another_force_is_imported_and_counted_without_a_change_of_code(made, store):
    for month in ("2023-07", "2023-08"):
        rows = made.rows(
            month,
            count=5,
            force="Northumbria Police",
            **{"LSOA code": "E01008162", "LSOA name": "Gateshead 009A"},
        )
        store.import_police_uk(made.street(month, rows, slug="northumbria"))
    store.import_police_uk(made.street("2023-07"))
    assert store.forces() == ("cleveland", "northumbria")
    cube = store.cube("northumbria")
    assert cube.loc[cube["crime_type"] == "Burglary", "incidents"].tolist() == [5, 5]
    areas = store.areas("northumbria")
    assert areas["gateshead"].kind == "district"
    assert areas["gateshead"].ground == {"E01008162"}


def test_a_newer_release_wins_whichever_comes_first(made, tmp_path):
    old = made.street("2023-07", made.rows("2023-07", count=4), folder="old")
    new = made.street("2023-07", made.rows("2023-07", count=5), folder="new")
    for name, order in (
        ("a", [(old, "2023-09"), (new, "2023-10")]),
        ("b", [(new, "2023-10"), (old, "2023-09")]),
    ):
        store = open_store(tmp_path / name)
        reports = [store.import_police_uk(path, release=release) for path, release in order]
        assert store.manifest()["rows_kept"].tolist() == [5]
        assert all(report.ok for report in reports)
    assert "older than release" in str(reports[-1])


def test_without_releases_the_later_import_wins(made, store):
    store.import_police_uk(made.street("2023-07", made.rows("2023-07", count=4), folder="one"))
    report = store.import_police_uk(made.street("2023-07", made.rows("2023-07", count=2), folder="two"))
    assert report.files[0].outcome == "replaced"
    assert store.manifest()["rows_kept"].tolist() == [2]
    assert len(list((store.path / "street/cleveland").glob("*.parquet"))) == 1


def test_a_zip_named_after_a_month_gives_its_release(made, store, tmp_path):
    path = made.street("2023-07")
    with zipfile.ZipFile(tmp_path / "2023-09.zip", "w") as archive:
        archive.write(path, "2023-07/2023-07-cleveland-street.csv")
    store.import_police_uk(tmp_path / "2023-09.zip")
    assert store.manifest()["release"].tolist() == ["2023-09"]


def test_a_stop_and_search_file_may_begin_the_evening_before(made, store):
    columns = [c.source for c in COLUMNS["stop-and-search"]]
    rows = [
        {
            "Type": "Person search",
            "Date": "2023-06-30T23:00:00+00:00",
            "Latitude": "54.5",
            "Longitude": "-1.2",
        },
        {"Type": "Person search", "Date": "2023-07-31T10:00:00+00:00"},
        {"Type": "Person search", "Date": "2023-09-02T10:00:00+00:00"},
    ]
    path = made.file("2023-07-cleveland-stop-and-search.csv", made.text(rows, columns))
    report = store.import_police_uk(path)
    assert report.rows_refused == {"a time outside the file's month": 1}
    found = store.stop_and_search("cleveland").execute().sort_values("source_row", ignore_index=True)
    assert found["searched_at"].iloc[0] == pd.Timestamp("2023-06-30 23:00")
    assert found["latitude"].iloc[0] == 54.5 and found["longitude"].iloc[0] == -1.2
    assert (found["month"] == pd.Timestamp("2023-07-01")).all()
    assert store.manifest()["without_point"].tolist() == [1]


def test_the_first_real_month_puts_the_demonstration_away(made, store):
    simulated = open_store(store.path / "demonstration")
    simulated.import_police_uk(made.street("2023-01"))
    assert store.is_demonstration
    assert store.months("cleveland") == (pd.Period("2023-01", "M"),)
    report = store.import_police_uk(made.street("2023-07"))
    assert report.demonstration_put_away
    assert not store.is_demonstration
    assert not (store.path / "demonstration").exists()
    assert store.months("cleveland") == (pd.Period("2023-07", "M"),)


def test_every_column_of_a_real_file_is_kept_or_accounted_for(shared):
    for member in list_path(shared / "real" / "cleveland-2022-07-to-2024-06.zip").members:
        kind = key_from_name(member.file_name).kind
        with member.open() as stream:
            header = stream.readline().decode().strip().split(",")
        assert set(header) == {c.source for c in COLUMNS[kind]} | set(CHECKED_ONLY[kind])


def test_progress_ends_at_the_total(made, store):
    made.street("2023-07")
    made.street("2023-08")
    seen = []
    store.import_police_uk(made.folder, progress=lambda done, total, file: seen.append((done, total)))
    assert len(seen) == 2 and seen[-1][0] == seen[-1][1]


def test_status_in_words_and_as_json(made, store, capsys):
    for month, count in (("2023-07", 200), ("2023-09", 200), ("2023-10", 40)):
        made.street(month, made.rows(month, count=count))
    assert main(["import", str(made.folder), "--store", str(store.path)]) == 0
    assert "3 files imported." in capsys.readouterr().out
    assert main(["status", "--store", str(store.path)]) == 0
    words = capsys.readouterr().out
    assert "Gaps: Aug 2023." in words and "partly published" in words and "No lookup is held" in words
    assert main(["status", "--store", str(store.path), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)["holdings"][0]
    assert (held["force"], held["gaps"], held["partly_published"]) == ("cleveland", ["2023-08"], ["2023-10"])
    assert [month["rows"] for month in held["months"]] == [200, 200, 40]


def test_status_of_an_empty_store_says_what_to_do(store, capsys):
    assert main(["status", "--store", str(store.path)]) == 0
    assert "python -m data import" in capsys.readouterr().out
