"""A service that fails in every way that a server can: the same bytes in the end, or one sentence, and nothing lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from analysis.model.errors import RefusedError
from data.download import DownloadRequest, download, plan_download
from data.download.service import ATTEMPTS, LONGEST_ASKED_WAIT, LONGEST_WAIT
from tests.made.archive_server import ArchiveServer, Fault

ASKED = DownloadRequest("cleveland", "2024-03", "2024-06")


def fetched(store, cancel=None):
    report = download(store, ASKED, cancel=cancel)
    assert report.ok, str(report)
    assert store.count("cleveland") == 800
    return report


# redirects


def test_each_address_is_redirected_once_and_the_storage_host_asked_from_then_on(
    two_editions, service, store
):
    fetched(store)
    addresses = [path for _, path, _ in service.requests]
    assert len(addresses) == len(set(addresses))
    assert len(service.storage.asked("latest.zip")) == 1 + 4
    assert {command for command, _, _ in service.requests} == {
        "GET"
    }  # never HEAD, which has no length of the file


def test_one_connection_to_each_host_serves_a_whole_download(two_editions, service, store):
    fetched(store)
    assert (service.connections, service.storage.connections) == (1, 1)


def test_an_address_of_the_storage_host_that_has_run_out_is_asked_for_anew(
    two_editions, service, store, cancel
):
    lists = 2  # of 2024-06 and 2024-05, then those of 2024-04 and 2024-03, which are not there
    service.storage.faults = [Fault()] * lists + [Fault()] * 2 + [Fault(status=403)]
    report = download(store, ASKED, cancel=cancel)
    assert report.ok and store.count("cleveland") == 800
    assert len(service.asked("latest.zip")) == 2


def test_an_address_that_redirects_for_ever_is_one_sentence(two_editions, straight, store):
    straight.always = Fault(status=302, headers={"Location": "/archive/elsewhere.zip"})
    with pytest.raises(
        RefusedError, match=r"^127\.0\.0\.1 sends on from address to address, 3 times and more\."
    ):
        plan_download(store, ASKED)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/latest.zip", ""])
def test_a_redirect_to_anything_but_the_web_is_refused(two_editions, straight, store, to):
    straight.always = Fault(status=302, headers={"Location": to})
    with pytest.raises(RefusedError):
        plan_download(store, ASKED)


# ranges


def test_a_service_without_suffix_ranges_is_asked_for_the_length_first(two_editions, straight, store):
    straight.suffix_ranges = False
    fetched(store)
    assert straight.asked("latest.zip")[:2] == ["bytes=-65536", "bytes=0-0"]


def test_a_service_that_gives_whole_files_only_is_one_sentence_and_no_file_is_read(
    two_editions, straight, store
):
    straight.ranges = False
    with pytest.raises(
        RefusedError, match=r"^127\.0\.0\.1 gave whole files only where a part of latest\.zip was asked"
    ):
        plan_download(store, ASKED)


@pytest.mark.parametrize("status", [401, 407, 416, 418])
def test_an_answer_that_no_later_try_changes_is_one_sentence_with_its_number(
    two_editions, straight, store, cancel, status
):
    straight.always = Fault(status=status)
    with pytest.raises(
        RefusedError, match=f"^127.0.0.1 gave {status} .* where a part of latest.zip was asked for"
    ):
        plan_download(store, ASKED, cancel)
    assert cancel.waits == []


# tries again


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_service_in_trouble_is_asked_again_with_growing_waits(
    two_editions, straight, store, cancel, status
):
    straight.faults = [Fault(status=status)] * 3
    fetched(store, cancel)
    assert [0.5 * 2**i <= wait <= 2**i for i, wait in enumerate(cancel.waits)] == [True] * 3


def test_a_service_that_says_how_long_to_wait_is_obeyed(two_editions, straight, store, cancel):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    straight.faults = [
        Fault(429, {"Retry-After": "40"}),
        Fault(503, {"Retry-After": soon}),
        Fault(503, {"Retry-After": "x"}),
    ]
    fetched(store, cancel)
    assert cancel.waits[0] == 40
    assert 60 < cancel.waits[1] <= 100  # a date: what is left until then
    assert cancel.waits[2] <= LONGEST_WAIT  # neither a number nor a date


def test_a_service_that_wants_too_long_a_wait_is_one_sentence(two_editions, straight, store, cancel):
    straight.faults = [Fault(429, {"Retry-After": str(LONGEST_ASKED_WAIT + 1)})]
    with pytest.raises(
        RefusedError, match=r"^127\.0\.0\.1 asks to wait 6 minutes before the next try\. Try again later;"
    ):
        plan_download(store, ASKED, cancel)


def test_a_service_that_fails_every_time_is_one_sentence(two_editions, straight, store, cancel):
    straight.always = Fault(status=503)
    with pytest.raises(
        RefusedError, match=r"cannot be read: the answer was 503 Service Unavailable, 6 times in a row"
    ):
        plan_download(store, ASKED, cancel)
    assert len(straight.requests) == ATTEMPTS and len(cancel.waits) == ATTEMPTS - 1


def test_a_service_that_nobody_answers_at_is_one_sentence(two_editions, store, cancel, monkeypatch, archives):
    with ArchiveServer(archives.folder) as server:
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", server.address)
    with pytest.raises(
        RefusedError, match=r"^127\.0\.0\.1 cannot be read: the connection was refused, 6 times in a row"
    ):
        plan_download(store, ASKED, cancel)


def test_a_proxy_of_the_system_is_asked_in_place_of_the_service(two_editions, straight, store, monkeypatch):
    proxy = straight.address.removesuffix("/archive")
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", "http://archives.invalid/archive")
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    fetched(store)
    assert straight.requests[0][1] == "http://archives.invalid/archive/latest.zip"


# answers that are cut or lie


@pytest.mark.parametrize("after", [0, 1, 300])
def test_a_connection_cut_half_way_goes_on_at_the_byte_where_it_was_cut(
    two_editions, straight, store, cancel, after
):
    straight.faults = [Fault()] * 2 + [Fault(cut_after=after)]  # two lists of files, then a file
    fetched(store, cancel)
    first, again = (wanted.removeprefix("bytes=").split("-") for wanted in straight.asked("latest.zip")[1:3])
    assert int(again[0]) == int(first[0]) + after and again[1] == first[1]
    assert len(cancel.waits) == 1


def test_a_list_of_files_cut_half_way_goes_on_too(two_editions, straight, store, cancel):
    straight.faults = [Fault(cut_after=100)]
    fetched(store, cancel)


def test_a_connection_cut_again_and_again_ends_well_as_long_as_bytes_come(
    two_editions, straight, store, cancel
):
    straight.faults = [Fault()] * 4 + [Fault(cut_after=300)] * 9  # more often than tries without a byte
    fetched(store, cancel)


def test_a_service_that_announces_more_bytes_than_it_sends_is_asked_for_the_rest(
    two_editions, straight, store, cancel
):
    straight.faults = [Fault()] * 4 + [Fault(said=5000, cut_after=500)]
    fetched(store, cancel)


def test_a_service_that_says_the_archive_is_longer_than_it_is_ends_in_a_sentence(
    two_editions, straight, store, cancel
):
    straight.always = Fault(size=10**9)
    with pytest.raises(RefusedError):
        plan_download(store, ASKED, cancel)
    assert not store.path.exists()


def test_a_service_that_gives_another_part_than_was_asked_for_is_one_sentence(
    two_editions, straight, store, cancel
):
    straight.faults = [Fault()] * 4
    real = straight._http.RequestHandlerClass.send_header

    def lying(handler, name, value):
        shifted = name == "Content-Range" and len(straight.requests) > 4
        real(handler, name, value.replace("bytes ", "bytes 1", 1) if shifted else value)

    straight._http.RequestHandlerClass.send_header = lying
    report = download(store, ASKED, cancel=cancel)
    assert not report.ok
    assert report.imported.refused[-1].startswith("127.0.0.1 ")


def test_bytes_that_are_wrong_are_told_by_the_check_sum_and_another_release_is_taken(
    two_editions, straight, store
):
    newest, before = two_editions.folder / "2024-06.zip", two_editions.folder / "2024-05.zip"
    content = bytearray(newest.read_bytes())
    at = content.index(b"2024-04-cleveland-street.csv") + 200
    content[at] ^= 0xFF
    newest.write_bytes(content)
    report = fetched(store)
    assert store.manifest().set_index("month")["release"].to_dict() == dict(
        zip(store.months("cleveland"), ["2024-06", "2024-05", "2024-06", "2024-06"], strict=True)
    )
    assert report.imported.refused == ()
    assert report.imported.remarks[-1].endswith("Release 2024-05 was taken in its place.")
    assert before.exists()


def test_a_file_damaged_in_every_release_is_refused_and_the_others_are_held(two_editions, straight, store):
    for release in ("2024-06", "2024-05"):
        path = two_editions.folder / f"{release}.zip"
        content = bytearray(path.read_bytes())
        content[content.index(b"2024-04-cleveland-street.csv") + 200] ^= 0xFF
        path.write_bytes(content)
    report = download(store, ASKED)
    assert [sentence.split(":")[0] for sentence in report.imported.refused] == ["2024-06.zip", "2024-05.zip"]
    assert "damaged inside the zip" in report.imported.refused[0]
    assert store.count("cleveland") == 600


def test_an_archive_cut_short_at_the_service_is_one_sentence(two_editions, straight, store):
    path = two_editions.folder / "2024-06.zip"
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(
        RefusedError, match=r"^latest\.zip: its list of files cannot be read, so the archive is cut short"
    ):
        plan_download(store, ASKED)


# an archive that changes on the way


@pytest.mark.parametrize("weak", [False, True], ids=["strong ETag", "weak ETag"])
def test_an_archive_that_changes_between_two_requests_is_begun_anew(two_editions, straight, store, weak):
    straight.weak = weak
    changed = threading.Event()

    def change(path: str) -> None:
        if len(straight.asked("latest.zip")) == 3 and not changed.is_set():
            changed.set()
            months = [two_editions.street(f"2024-0{m}", 200 + (m == 6)) for m in (3, 4, 5, 6)]
            two_editions.write("2024-06", *months)

    straight.before = change
    report = download(store, ASKED)
    assert report.ok, str(report)
    assert changed.is_set() and store.count("cleveland") == 801  # the new file of June, and no mixture


def test_an_archive_that_changes_at_every_request_ends_in_a_sentence(two_editions, straight, store):
    def change(path: str) -> None:
        straight.etags["2024-06.zip"] = straight.etags["latest.zip"] = f'"{len(straight.requests)}"'

    straight.before = change
    with pytest.raises(RefusedError, match=r"^The archives changed 3 times while they were read"):
        download(store, ASKED)


# stopped and slow


def test_a_download_that_is_stopped_says_so_and_the_next_goes_on_from_the_last_whole_file(
    two_editions, straight, store
):
    stop = threading.Event()

    def halt(progress) -> None:
        if progress.file.endswith("2024-05-cleveland-street.csv"):
            stop.set()

    report = download(store, ASKED, halt, stop)
    assert report.stopped and not report.ok
    assert str(report).endswith(
        "Stopped. The months finished so far are held; the same download goes on from there."
    )
    straight.requests.clear()
    fetched(store)
    again = len([wanted for wanted in straight.asked("latest.zip") if wanted != "bytes=-65536"])
    assert again == 2  # May, which was on its way, and June
    assert not (store.path / ".download").exists()


def test_stopped_while_it_waits_to_try_again(two_editions, straight, store):
    stop = threading.Event()
    straight.always = Fault(status=503)
    straight.before = lambda path: stop.set()
    report = download(store, ASKED, cancel=stop)
    assert report.stopped and str(report).startswith("Stopped.")


def test_progress_never_falls_and_ends_with_everything_while_the_service_is_slow(
    two_editions, straight, store
):
    straight.bytes_a_second = 2_000_000
    seen = []
    report = download(store, ASKED, seen.append)
    done = [progress.bytes_done for progress in seen]
    assert done == sorted(done)
    assert seen[0].doing == "reading lists of files"
    assert [p.bytes_done for p in seen if p.doing == "importing"][-1:] in ([], [report.plan.bytes_to_fetch])
    assert all(progress.bytes_done <= progress.bytes_wanted for progress in seen)
    assert max(progress.files for progress in seen) == 4
