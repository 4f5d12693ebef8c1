"""Archives laid out as the service's, Cleveland's files the real ones: 36 months, 45 forces, 4,800 files, 857 MB."""

from __future__ import annotations

import zipfile

import pytest

from data.download import DownloadRequest, download, plan_download
from data.store import open_store
from tests.made.archive_server import CUT, LACKING, real_files, redirecting, write_three_editions

ASKED = DownloadRequest("cleveland", "2022-07", "2024-06")
GAP = "2022-12"


@pytest.fixture(scope="module")
def editions(shared, made_once):
    return made_once(
        "archive-editions", lambda folder: folder.mkdir() or write_three_editions(folder, real_files(shared))
    )


@pytest.fixture(scope="module")
def service(editions):
    with redirecting(editions) as (service, _), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOWN_CENTRES_ARCHIVE", service.address)
        yield service


@pytest.fixture(scope="module")
def downloaded(service, tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("downloaded") / "store")
    return store, download(store, ASKED)


def test_the_archives_are_as_large_as_those_of_the_service_in_files_forces_and_lists(editions):
    with zipfile.ZipFile(editions / "2024-06.zip") as archive:
        names = archive.namelist()
        assert (
            len(names) == 44 * 36 * 3 + 66 - 2
        )  # Cleveland has 66 real files from 2022-01 on; one is left out below
        assert len({name.split("/")[1][8:].rsplit("-street")[0] for name in names if "street" in name}) == 45
        size = (editions / "2024-06.zip").stat().st_size
        assert size - archive.start_dir > 400_000
        own = sum(entry.compress_size for entry in archive.infolist() if "-cleveland-" in entry.filename)
        assert 0.019 < own / size < 0.021


def test_the_24_months_of_the_review_are_those_of_the_real_zip_row_for_row(downloaded, bare_store):
    store, report = downloaded
    assert report.ok, str(report)
    mine, real = (s.manifest().set_index(["kind", "month"]) for s in (store, bare_store))
    assert mine["sha256"].to_dict() == real["sha256"].to_dict()
    assert store.count("cleveland") == bare_store.count("cleveland") == 185_582


def test_the_month_cut_to_200_rows_and_the_one_left_out_come_from_the_release_before(downloaded):
    store, report = downloaded
    table = store.manifest().set_index(["kind", "month"])["release"]
    older = table[table == "2024-05"]
    assert sorted((kind, str(month)) for kind, month in older.index) == [
        ("outcomes", "2024-02"),
        ("street", "2023-03"),
    ]
    assert (CUT[0][:7], LACKING[:7]) == ("2023-03", "2024-02")
    assert report.plan.remarks[0] == (
        "street of cleveland, 2023-03: release 2024-06 has 42 kB where release 2024-05 has 1.9 MB. "
        "It looks cut, so release 2024-05 is taken."
    )


def test_the_month_that_is_truly_missing_is_said_to_be_in_no_archive(downloaded):
    _, report = downloaded
    assert report.plan.not_offered[0] == (
        f"No archive has street-level data of Cleveland Police for {GAP}: a gap, and never a zero."
    )


def test_true_low_months_are_taken_from_the_newest_release(downloaded):
    store, _ = downloaded
    table = store.manifest().set_index(["kind", "month"])["release"]
    assert [table["street", month] for month in ("2023-12", "2024-01", "2024-02")] == ["2024-06"] * 3


def test_under_five_in_a_hundred_of_one_archives_bytes_are_fetched(downloaded, editions):
    _, report = downloaded
    assert report.bytes_fetched < 0.05 * (editions / "2024-06.zip").stat().st_size
    assert report.plan.bytes_to_fetch < report.bytes_fetched < report.plan.bytes_to_fetch + 1_200_000


def test_a_second_run_fetches_no_file_and_a_plan_of_all_months_has_those_before(downloaded, service):
    store, _ = downloaded
    assert plan_download(store, ASKED).to_fetch == ()
    plan = plan_download(store, DownloadRequest("cleveland"))
    assert {choice.offer.key.month for choice in plan.to_fetch} == {f"2022-0{month}" for month in range(1, 7)}
