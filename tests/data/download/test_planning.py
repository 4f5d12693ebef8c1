"""What would be fetched, from which release, and what is held: told by lists of files alone, nothing written."""

from __future__ import annotations

import dataclasses
import zipfile

import pytest

from analysis.model.errors import RefusedError
from data.download import DownloadRequest, download, plan_download
from data.police_uk.manifest import find_record, write_record
from tests.made.archive_server import write_edition

ASKED = DownloadRequest("cleveland", "2024-03", "2024-06")


def taken(plan) -> dict[str, tuple[str, str]]:
    """Release and state by month of street-level data."""
    return {
        c.offer.key.month: (c.offer.release, c.state) for c in plan.choices if c.offer.key.kind == "street"
    }


def test_a_plan_names_each_file_and_its_bytes_and_writes_nothing(two_editions, service, store):
    plan = plan_download(store, ASKED)
    assert taken(plan) == {f"2024-0{month}": ("2024-06", "new") for month in (3, 4, 5, 6)}
    assert plan.bytes_to_fetch == sum(choice.offer.packed for choice in plan.choices) > 0
    assert str(plan).splitlines()[1].startswith("4 files to fetch, ")
    assert not store.path.exists()
    fetched = [wanted for _, path, wanted in service.storage.requests if path.endswith(".zip")]
    assert all(wanted == "bytes=-65536" for wanted in fetched)  # small archives: no other part was asked for


def test_the_default_is_all_months_of_the_newest_archive(two_editions, service, store):
    plan = plan_download(store, DownloadRequest("cleveland"))
    assert (plan.newest, plan.first, plan.last) == ("2024-06", "2021-07", "2024-06")
    assert (
        "No archive has street-level data of Cleveland Police for 2021-07 to 2024-02: a gap, and never a zero."
        in str(plan)
    )


def test_a_month_cut_in_the_newest_release_is_taken_from_the_one_before(archives, service, store):
    months = [archives.street(f"2024-0{month}") for month in (2, 3, 4, 5)]
    archives.write("2024-06", *months[:3], archives.street("2024-05", 60), archives.street("2024-06"))
    archives.write("2024-05", *months)
    archives.latest("2024-06")
    plan = plan_download(store, DownloadRequest("cleveland", "2024-02", "2024-06"))
    assert taken(plan)["2024-05"] == ("2024-05", "new")
    assert taken(plan)["2024-04"] == ("2024-06", "new")
    assert [line for line in plan.remarks if "2024-05: release 2024-06 has" in line]


def test_a_month_that_the_newest_release_lacks_is_found_in_any_older_one(archives, service, store):
    archives.write("2024-06", archives.street("2024-05"), archives.street("2024-06"))
    archives.write("2024-05", archives.street("2024-05"))
    archives.write("2024-03", archives.street("2024-03"))
    archives.latest("2024-06")
    plan = plan_download(store, ASKED)
    assert taken(plan) == {
        "2024-03": ("2024-03", "new"),
        "2024-05": ("2024-06", "new"),
        "2024-06": ("2024-06", "new"),
    }
    assert plan.not_offered[0] == (
        "No archive has street-level data of Cleveland Police for 2024-04: a gap, and never a zero."
    )


def test_months_before_the_newest_archives_span_come_from_an_older_archive(archives, service, store):
    archives.write("2024-06", archives.street("2024-06"))
    archives.write("2023-10", archives.street("2021-01"), archives.street("2021-02"))
    archives.latest("2024-06")
    plan = plan_download(store, DownloadRequest("cleveland", "2021-01", "2021-02"))
    assert taken(plan) == {"2021-01": ("2023-10", "new"), "2021-02": ("2023-10", "new")}
    # an archive has 36 months: none after 2024-01 can have January or February 2021 but the newest, which is always read
    asked = {path.rsplit("/", 1)[-1] for _, path, _ in service.requests}
    assert "2024-02.zip" not in asked and "2024-01.zip" in asked


def test_what_is_held_from_the_same_file_is_not_fetched_again(two_editions, service, store):
    assert download(store, ASKED).ok
    plan = plan_download(store, ASKED)
    assert {state for _, state in taken(plan).values()} == {"held"}
    assert plan.bytes_to_fetch == 0
    assert "Nothing is to be fetched.\n4 files held already as published." in str(plan)


def test_a_revised_month_is_told_by_its_check_sum_though_its_length_is_the_same(two_editions, service, store):
    download(store, ASKED)
    months = [two_editions.street(f"2024-0{month}") for month in (3, 4, 5)]
    revised = two_editions.street("2024-06", Location="On or near Mill Street")  # as long as High Street
    assert {len(text) for text in revised.values()} == {
        len(t) for t in two_editions.street("2024-06").values()
    }
    two_editions.write("2024-06", *months, revised)
    assert {
        month for month, (_, state) in taken(plan_download(store, ASKED)).items() if state == "revised"
    } == {"2024-06"}


def test_a_month_whose_rows_were_damaged_in_the_store_is_fetched_again(two_editions, service, store):
    download(store, ASKED)
    next((store.path / "street/cleveland").glob("2024-04.*.parquet")).write_bytes(b"no table")
    assert taken(plan_download(store, ASKED))["2024-04"] == ("2024-06", "new")
    assert download(store, ASKED).imported.files[0].outcome == "replaced"
    assert store.count("cleveland") == 800


def test_a_record_of_before_check_sums_counts_as_held_by_its_release_and_length(
    two_editions, service, store, tmp_path
):
    download(store, ASKED)
    key = plan_download(store, ASKED).choices[0].offer.key
    (tmp_path / "staging").mkdir()
    write_record(
        store.path, dataclasses.replace(find_record(store.path, key), crc32=None), tmp_path / "staging"
    )
    assert plan_download(store, ASKED).bytes_to_fetch == 0


def test_railway_police_come_with_the_force_where_they_are_asked_for(archives, service, store):
    archives.write("2024-06", archives.street("2024-06"), archives.railways("2024-06"))
    archives.latest("2024-06")
    asked = DownloadRequest("cleveland", "2024-06", "2024-06")
    assert {c.offer.key.force for c in plan_download(store, asked).choices} == {"cleveland"}
    both = plan_download(store, dataclasses.replace(asked, with_railways=True))
    assert {c.offer.key.force for c in both.choices} == {"cleveland", "btp"}
    assert str(both).startswith("cleveland and btp, 2024-06 to 2024-06; the newest release is 2024-06.")


def test_a_force_by_its_own_name_is_the_one_of_its_files(two_editions, service, store):
    plan = plan_download(store, dataclasses.replace(ASKED, force="Cleveland Police"))
    assert plan.request.force == "cleveland"
    assert plan.bytes_to_fetch


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (DownloadRequest("clevland"), "“clevland” is no force of data.police.uk. Did you mean cleveland"),
        (DownloadRequest("../../etc"), "“../../etc” is no force of data.police.uk."),
        (DownloadRequest("cleveland", "2024-13"), "“2024-13” is not a month that police.uk publishes"),
        (DownloadRequest("cleveland", "2010-11"), "“2010-11” is not a month"),
        (DownloadRequest("cleveland", "", "2999-01"), "“2999-01” is not a month"),
        (
            DownloadRequest("cleveland", "2024-05", "2024-04"),
            "The months end before they begin (2024-05 to 2024-04).",
        ),
        (DownloadRequest("cleveland", "2024-07"), "The newest archive ends in 2024-06, before 2024-07."),
    ],
)
def test_a_request_that_cannot_be_met_is_one_sentence(two_editions, service, store, request_, sentence):
    with pytest.raises(RefusedError) as refusal:
        plan_download(store, request_)
    assert str(refusal.value).startswith(sentence)


def test_without_a_first_month_the_36_up_to_the_last_are_wanted(two_editions, service, store):
    plan = plan_download(store, DownloadRequest("cleveland", "", "2024-04"))
    assert (plan.first, plan.last) == ("2021-05", "2024-04")
    assert set(taken(plan)) == {"2024-03", "2024-04"}


def test_an_older_archive_that_cannot_be_read_is_a_remark_and_the_newest_serves(two_editions, service, store):
    path = two_editions.folder / "2024-05.zip"
    path.write_bytes(path.read_bytes()[:-500])
    plan = plan_download(store, ASKED)
    assert set(taken(plan).values()) == {("2024-06", "new")}
    assert plan.remarks[0].startswith(
        "2024-05.zip: its list of files cannot be read, so the archive is cut short"
    )


def test_a_newest_archive_that_no_file_may_be_taken_of_is_the_imports_sentence(
    two_editions, service, store, monkeypatch
):
    monkeypatch.setattr("data.police_uk.archive.MAX_MEMBERS", 100)
    with pytest.raises(RefusedError, match=r"^2024-06\.zip: the zip holds 112 files, and a full archive"):
        plan_download(store, ASKED)


def test_an_archive_without_a_file_of_police_uk_is_one_sentence(archives, service, store):
    with zipfile.ZipFile(archives.folder / "latest.zip", "w") as archive:
        archive.writestr("readme.csv", "a,b\n")
    with pytest.raises(RefusedError, match=r"^latest\.zip: no file of data\.police\.uk is in it\."):
        plan_download(store, ASKED)


def test_months_after_the_newest_archive_are_not_published_yet(two_editions, service, store):
    plan = plan_download(store, dataclasses.replace(ASKED, last="2024-09"))
    assert plan.not_offered[-1] == "Not published yet: 2024-07 to 2024-09; the newest archive is 2024-06."


def test_without_an_archive_called_latest_the_last_month_that_has_one_is_the_newest(
    archives, service, store, monkeypatch
):
    from datetime import UTC, datetime

    import pandas as pd

    month = str(pd.Period(f"{datetime.now(UTC):%Y-%m}", freq="M") - 2)
    archives.write(month, archives.street(month))
    assert plan_download(store, DownloadRequest("cleveland", month, month)).newest == month


def test_an_address_without_archives_is_one_sentence(service, store):
    with pytest.raises(
        RefusedError, match=r"^No archive is at http://127\.0\.0\.1:\d+/archive \(latest\.zip and those"
    ):
        plan_download(store, ASKED)


def test_a_password_in_the_address_stands_in_no_sentence(service, store, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", service.address.replace("//", "//somebody:secret@"))
    with pytest.raises(RefusedError) as refusal:
        plan_download(store, ASKED)
    assert "secret" not in str(refusal.value) and "No archive is at http://127.0.0.1:" in str(refusal.value)


@pytest.mark.parametrize("address", ["file:///etc", "archive", "ftp://127.0.0.1/x", "https://"])
def test_an_address_that_is_none_of_the_web_is_refused_before_anything_is_asked(store, monkeypatch, address):
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", address)
    with pytest.raises(RefusedError, match=r"^TOWN_CENTRES_ARCHIVE is .* which is no web address"):
        plan_download(store, ASKED)


def test_an_archive_with_a_month_twice_offers_neither(archives, service, store):
    files = archives.street("2024-06") | {
        f"again/{name.split('/')[1]}": text for name, text in archives.street("2024-06", 201).items()
    }
    target = archives.folder / "2024-06.zip"
    write_edition(
        target,
        "2024-06",
        {name: text for name, text in files.items() if name.startswith("2024")},
        ("durham",),
    )
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("again/2024-06-cleveland-street.csv", "Month\n")
    archives.latest("2024-06")
    plan = plan_download(store, DownloadRequest("cleveland", "2024-06", "2024-06"))
    assert not plan.choices
    assert plan.remarks == (
        "2024-06.zip: street of cleveland, 2024-06 stands in it 2 times, so none of them is taken.",
    )
