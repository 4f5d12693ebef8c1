"""Files that were taken out of an archive are imported by its name and release, with the check sum its list gives."""

from __future__ import annotations

import json
import zlib

import pytest

from analysis.model.errors import RefusedError
from data.police_uk.archive import Member
from data.police_uk.arriving import arriving
from data.police_uk.file_names import FileKey
from data.police_uk.importer import confirm_releases
from data.police_uk.manifest import find_record, sidecar_path
from data.police_uk.report import ImportReport

KEY = FileKey("street", "cleveland", "2023-01")


def import_members(root, members):
    """Import files by the release that each came from, as a download does."""
    with arriving(root) as each:
        for release, files in members.items():
            for file in files:
                each.add(file, release)
        return each.finish()


def member(path, origin="2024-06.zip"):
    return Member(path, f"{path.name[:7]}/{path.name}", path.stat().st_size, origin=origin)


def test_a_file_taken_out_of_an_archive_bears_the_archives_name_and_release(made, store):
    path = made.street("2023-01")
    report = import_members(store.path, {"2024-06": [member(path)]})
    assert [each.outcome for each in report.files] == ["imported"]
    assert report.files[0].file == "2024-06.zip: 2023-01/2023-01-cleveland-street.csv"
    record = find_record(store.path, KEY)
    assert (record.source, record.release, record.rows_kept) == ("2024-06.zip", "2024-06", 3)
    assert record.member == "2023-01/2023-01-cleveland-street.csv"
    assert record.crc32 == zlib.crc32(path.read_bytes())


def test_files_of_two_releases_are_imported_in_one_go_each_with_its_own(made, store):
    paths = [made.street("2023-01"), made.street("2023-02")]
    members = {"2024-06": [member(paths[0])], "2024-05": [member(paths[1], "2024-05.zip")]}
    assert import_members(store.path, members).ok
    assert store.manifest()["release"].tolist() == ["2024-06", "2024-05"]


def test_a_record_of_before_check_sums_gets_one_when_the_same_file_comes_again(made, store):
    path = made.street("2023-01")
    store.import_police_uk(path)
    file = sidecar_path(store.path, KEY)
    old = json.loads(file.read_text())
    del old["crc32"]
    file.write_text(json.dumps(old))
    assert find_record(store.path, KEY).crc32 is None
    assert [each.outcome for each in store.import_police_uk(path).files] == ["unchanged"]
    assert find_record(store.path, KEY).crc32 == zlib.crc32(path.read_bytes())


def test_a_later_release_with_the_same_file_is_written_down_and_an_earlier_one_is_not(made, store):
    import_members(store.path, {"2024-05": [member(made.street("2023-01"))]})
    confirm_releases(store.path, {KEY: "2024-06", FileKey("street", "cleveland", "2023-09"): "2024-06"})
    assert store.manifest()["release"].tolist() == ["2024-06"]
    confirm_releases(store.path, {KEY: "2024-04"})
    assert store.manifest()["release"].tolist() == ["2024-06"]
    assert not (store.path / ".staging").exists()


def test_files_that_arrive_take_their_place_at_once_and_those_of_a_stopped_import_are_taken_up(made, store):
    paths = [made.street(month) for month in ("2023-01", "2023-02")]
    with arriving(store.path) as each:
        each.add(member(paths[0]), "2024-06")
        while each.wait(1):
            pass
        assert [result.outcome for result in each.results] == ["imported"]
        assert find_record(store.path, KEY) is None
    assert find_record(store.path, KEY) is None  # it was not finished
    with arriving(store.path) as each:
        each.add(member(paths[1]), "2024-06")
        assert each.finish().rows_kept == 3
    assert store.manifest()["month"].astype(str).tolist() == ["2023-01", "2023-02"]


def test_a_file_that_no_writer_has_begun_is_dropped_where_an_import_stops(made, store):
    with arriving(store.path) as each:
        for month in ("2023-01", "2023-02", "2023-03", "2023-04", "2023-05"):
            each.add(member(made.street(month)), "2024-06")
        dropped = each.drop_waiting()
        report = each.finish()
    assert [result.outcome for result in report.files] == ["imported"] * len(store.manifest())
    assert len(dropped) + len(report.files) == 5


def test_a_second_import_is_refused_while_files_arrive(made, store):
    with arriving(store.path), pytest.raises(RefusedError, match="Another import into this store is running"):
        store.import_police_uk(made.street("2023-01"))


def test_two_reports_joined_hold_every_file_and_every_sentence(made, store):
    first = import_members(store.path, {"2024-06": [member(made.street("2023-02"))]})
    second = import_members(store.path, {"2024-06": [member(made.file("2023-01-cleveland-street.csv", ""))]})
    joined = ImportReport().joined(first).joined(second)
    assert [each.outcome for each in joined.files] == ["refused", "imported"]
    assert (joined.ok, joined.rows_kept, len(joined.refused)) == (False, 3, 1)
    assert joined.refused[0].startswith(
        "2024-06.zip: 2023-01/2023-01-cleveland-street.csv: the file is empty."
    )


def test_a_store_that_is_a_file_is_one_sentence(made, tmp_path):
    (tmp_path / "store").write_text("no folder")
    with pytest.raises(RefusedError, match="cannot be written"):
        import_members(tmp_path / "store", {"2024-06": [member(made.street("2023-01"))]})
