"""What a download leaves in the store: each month from its release, what is held never lost, one sentence for trouble."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import zipfile
from pathlib import Path

import filelock
import pytest

from analysis.model.errors import RefusedError
from data.demo import build_demonstration
from data.download import DownloadRequest, download, plan_download
from data.download.staging import StagingFolder
from data.police_uk.file_checks import Job
from data.police_uk.manifest import find_record
from data.police_uk.months import MonthWriter
from data.store import open_store
from tests.made import forked
from tests.made.archive_server import Fault

ASKED = DownloadRequest("cleveland", "2024-03", "2024-06")


def releases(store) -> dict[str, str]:
    table = store.manifest()
    return dict(zip(table["month"].astype(str), table["release"], strict=True))


def outcomes_of(report) -> list[str]:
    return [each.outcome for each in report.imported.files]


def test_months_are_held_with_their_release_their_archive_and_their_check_sum(two_editions, service, store):
    report = download(store, ASKED)
    assert outcomes_of(report) == ["imported"] * 4
    assert releases(store) == {f"2024-0{month}": "2024-06" for month in (3, 4, 5, 6)}
    for choice in report.plan.choices:
        record = find_record(store.path, choice.offer.key)
        assert (record.source, record.crc32, record.rows_kept) == ("2024-06.zip", choice.offer.crc32, 200)
        assert record.member == f"{record.month}/{record.month}-cleveland-street.csv"
    assert sorted(path.name for path in store.path.iterdir()) == [
        ".download.lock",
        ".lock",
        ".state",
        "counts",
        "street",
    ]


def test_the_bytes_said_to_be_fetched_are_those_that_the_service_sent(two_editions, straight, store):
    report = download(store, ASKED)
    assert report.bytes_fetched == straight.bytes_sent
    assert report.bytes_fetched >= report.plan.bytes_to_fetch
    assert "MB were fetched, lists of files included" in str(report) or "kB were fetched" in str(report)


def test_a_second_download_fetches_only_lists_of_files(two_editions, straight, store):
    download(store, ASKED)
    straight.requests.clear()
    report = download(store, ASKED)
    assert outcomes_of(report) == []
    assert all(wanted == "bytes=-65536" for _, _, wanted in straight.requests)
    assert report.ok and "4 files held already as published." in str(report)


def test_a_file_that_is_changed_before_it_is_imported_is_fetched_again_by_the_next_download(
    two_editions, service, store
):
    def changed(staging, offer, take=StagingFolder.take):
        member = take(staging, offer)
        if offer.key.month == "2024-05":
            content = member.path.read_bytes()
            other = content.replace(b"E0101", b"E0102")
            assert other != content and len(other) == len(content)
            member.path.write_bytes(other)
        return member

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StagingFolder, "take", changed)
        download(store, ASKED)
    report = download(store, ASKED)
    assert outcomes_of(report) == ["replaced"]
    for choice in report.plan.choices:
        assert find_record(store.path, choice.offer.key).crc32 == choice.offer.crc32


def test_a_later_archive_brings_the_new_month_and_the_revised_one_and_confirms_the_others(
    two_editions, service, store
):
    download(store, ASKED)
    months = [two_editions.street(f"2024-0{month}") for month in (3, 4, 5)]
    two_editions.write(
        "2024-07", *months, two_editions.street("2024-06", 204), two_editions.street("2024-07")
    )
    two_editions.latest("2024-07")
    report = download(store, DownloadRequest("cleveland", "2024-03", "2024-07"))
    assert sorted(outcomes_of(report)) == ["imported", "replaced"]
    assert set(releases(store).values()) == {"2024-07"}
    revised = find_record(store.path, report.plan.to_fetch[0].offer.key)
    assert (revised.rows_kept, revised.revised_rows, revised.revised_release) == (204, 200, "2024-06")


def test_months_imported_by_hand_are_not_fetched_again_and_get_the_release_that_has_them(
    two_editions, straight, store, made
):
    for month in ("2024-03", "2024-04"):
        made.street(month, made.rows(month, count=200))
    assert store.import_police_uk(made.folder).ok
    assert set(releases(store).values()) == {""}
    report = download(store, DownloadRequest("cleveland", "2024-03", "2024-04"))
    assert outcomes_of(report) == [] and report.plan.bytes_to_fetch == 0
    assert releases(store) == {"2024-03": "2024-06", "2024-04": "2024-06"}


def test_a_file_that_the_importer_refuses_is_taken_from_the_release_before(archives, service, store):
    good, spoilt = archives.street("2024-05"), archives.street("2024-05")
    name = next(iter(spoilt))
    spoilt[name] = spoilt[name].replace(
        b"Crime type", b"Type of crime"
    )  # three bytes more: by size it looks whole
    archives.write("2024-06", spoilt, archives.street("2024-06"))
    archives.write("2024-05", good)
    archives.latest("2024-06")
    report = download(store, DownloadRequest("cleveland", "2024-05", "2024-06"))
    assert report.ok, str(report)
    assert releases(store) == {"2024-05": "2024-05", "2024-06": "2024-06"}
    [said] = [sentence for sentence in report.imported.remarks if "lacks the column Crime type" in sentence]
    assert said.endswith("Release 2024-05 was taken in its place.")


def test_what_the_importer_refuses_in_every_release_is_its_own_sentence_and_the_month_held_stays(
    archives, service, store
):
    archives.write("2024-05", archives.street("2024-05"))
    archives.latest("2024-05")
    download(store, DownloadRequest("cleveland", "2024-05", "2024-05"))
    (archives.folder / "2024-05.zip").unlink()
    archives.write("2024-06", archives.street("2024-05", 90))
    archives.latest("2024-06")
    report = download(store, DownloadRequest("cleveland", "2024-05", "2024-05"))
    assert not report.ok
    assert report.imported.refused[0].startswith(
        "2024-06.zip: 2024-05/2024-05-cleveland-street.csv: the file has 90 rows where 200 are held from 2024-05.zip"
    )
    assert store.count("cleveland") == 200


def test_the_demonstration_is_put_away_by_the_first_month(two_editions, service, store):
    build_demonstration(store.path)
    report = download(store, ASKED)
    assert report.imported.demonstration_put_away
    assert not store.is_demonstration and store.forces() == ("cleveland",)


def test_a_service_that_is_lost_on_the_way_leaves_what_came_and_says_how_to_go_on(
    two_editions, straight, store, cancel
):
    def lost(progress) -> None:
        if progress.file.endswith("2024-05-cleveland-street.csv"):
            straight.always = Fault(status=503)

    report = download(store, ASKED, lost, cancel)
    assert not report.ok and not report.stopped
    assert report.imported.refused[-1].startswith("127.0.0.1 cannot be read: the answer was 503")
    assert store.count("cleveland") == 600  # May had begun, and its bytes came
    straight.always = None
    assert download(store, ASKED).ok and store.count("cleveland") == 800


def test_a_network_faster_than_the_import_is_waited_with(two_editions, straight, store, monkeypatch):
    monkeypatch.setattr("data.download.importing.MOST_WAITING", 100_000)  # a made month has some 60,000 bytes
    assert download(store, ASKED).ok and store.count("cleveland") == 800


def test_a_file_that_was_fetched_and_not_begun_when_a_download_stops_stays_for_the_next(
    two_editions, straight, store, monkeypatch
):
    def slow(writer: MonthWriter, job: Job, own=MonthWriter.write):
        all_fetched.wait(60)
        return own(writer, job)

    def stop(progress) -> None:
        if progress.doing == "importing":
            cancel.set()
            all_fetched.set()

    all_fetched, cancel = threading.Event(), threading.Event()
    monkeypatch.setattr(MonthWriter, "write", slow)
    report = download(store, ASKED, stop, cancel)
    left = list((store.path / ".download").rglob("*.csv"))
    assert report.stopped and len(left) + len(store.manifest()) == 4 and left
    straight.requests.clear()
    assert download(store, ASKED).ok and len(store.manifest()) == 4
    assert not [wanted for wanted in straight.asked("2024-06.zip") if wanted != "bytes=-65536"]


def test_a_long_download_lets_what_is_imported_take_its_place_on_the_way(
    two_editions, straight, store, monkeypatch
):
    monkeypatch.setattr("data.download.importing.PLACED_AFTER", -1)  # after each file
    held: list[int] = []
    assert download(store, ASKED, lambda _: held.append(len(store.manifest()))).ok
    assert held[0] == 0 and len(set(held)) > 2 and store.count("cleveland") == 800


def test_a_file_left_by_a_run_that_was_killed_is_taken_up_only_where_it_is_whole(
    two_editions, straight, store
):
    whole, cut, other = "2024-03", "2024-04", "2024-05"
    folder = store.path / ".download/2024-06"
    folder.mkdir(parents=True)
    texts = {
        month: two_editions.street(month)[f"{month}/{month}-cleveland-street.csv"]
        for month in (whole, cut, other)
    }
    (folder / f"{whole}-cleveland-street.csv").write_bytes(texts[whole])
    (folder / f"{cut}-cleveland-street.csv").write_bytes(texts[cut][:-1])
    (folder / f"{other}-cleveland-street.csv").write_bytes(texts[other].swapcase())
    (folder / "2024-06-cleveland-street.csv.part").write_bytes(b"half")
    report = download(store, ASKED)
    assert report.ok and store.count("cleveland") == 800
    assert len([wanted for wanted in straight.asked("latest.zip") if wanted != "bytes=-65536"]) == 3
    assert not (store.path / ".download").exists()


def test_what_an_import_left_that_was_killed_with_all_months_in_place_goes_with_a_download_of_nothing(
    two_editions, straight, store
):
    assert download(store, ASKED).ok
    left = store.path / ".staging/one-month"
    left.mkdir(parents=True)
    assert outcomes_of(download(store, ASKED)) == []
    assert not left.parent.exists()
    left.mkdir(parents=True)
    with filelock.FileLock(store.path / ".lock"):  # an import that runs keeps its own
        assert download(store, ASKED).ok
    assert left.exists()


def test_what_was_killed_while_it_took_its_place_is_finished_by_a_download_of_nothing(
    two_editions, straight, store
):
    assert download(store, ASKED).ok
    build_demonstration(store.path)
    coming, month = store.path / ".coming", store.path / "street/cleveland/2024-05.00000000.parquet"
    (coming / "counts").mkdir(parents=True)
    (store.path / "counts/cleveland.parquet").rename(coming / "counts/cleveland.parquet")
    (coming / "whole").touch()
    month.write_bytes(b"of before")  # what was replaced goes last
    (store.path / ".state").unlink()
    assert outcomes_of(download(store, ASKED)) == []
    assert (store.path / "counts/cleveland.parquet").exists() and (store.path / ".state").exists()
    assert not coming.exists() and not month.exists() and not (store.path / "demonstration").exists()
    assert store.count("cleveland") == 800


def test_two_downloads_at_once_are_one_and_a_sentence(two_editions, service, store):
    sentences = []

    def second(progress) -> None:
        if not sentences:
            with pytest.raises(RefusedError) as refusal:
                download(store, ASKED)
            sentences.append(str(refusal.value))

    assert download(store, ASKED, second).ok
    assert sentences == [
        "Another download into this store is running. Wait until it has finished, then ask again for what is left."
    ]


def test_an_import_at_the_same_time_is_a_sentence_and_the_next_download_goes_on(
    two_editions, straight, store
):
    store.path.mkdir()
    with (
        filelock.FileLock(store.path / ".lock"),
        pytest.raises(RefusedError, match=r"^Another import into this store"),
    ):
        download(store, ASKED)
    straight.requests.clear()
    assert download(store, ASKED).ok and store.count("cleveland") == 800


def test_a_store_that_cannot_be_made_is_one_sentence_before_anything_is_asked(
    two_editions, service, tmp_path
):
    (tmp_path / "file").write_text("")
    with pytest.raises(RefusedError, match=r"^The store “store” cannot be written: "):
        download(open_store(tmp_path / "file/store"), ASKED)
    assert not service.requests


AS_NOBODY = """
import os, sys
from analysis.model.errors import AnalysisError
from data.download import DownloadRequest, download, plan_download
from data.download.staging import StagingFolder
from data.store import open_store
asked = DownloadRequest("cleveland", "2024-03", "2024-06")
assert download(open_store(sys.argv[1]), asked).ok  # everything is imported now: nobody may read no code
os.setgid(65534)
os.setuid(65534)
for path in sys.argv[2:]:
    try:
        download(open_store(path), asked)
    except AnalysisError as error:
        print(error)
"""


@pytest.fixture
def open_folder():
    """A folder that every user may enter (pytest's own are closed), so that it is the store that is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_a_store_that_belongs_to_another_user_is_one_sentence_and_stays_as_it_is(
    two_editions, service, open_folder
):
    held, empty = open_store(open_folder / "held"), open_folder / "empty"
    two_editions.write("2024-05", *[two_editions.street(f"2024-0{month}") for month in (3, 4)])
    two_editions.latest("2024-05")
    download(held, ASKED)
    two_editions.latest("2024-06")
    empty.mkdir(mode=0o755)
    done = forked.python(AS_NOBODY, open_folder / "own", held.path, empty)
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "The store “held” cannot be written",
        "The store “empty” cannot be written",
    ]
    assert "Permission denied" in done.stdout
    assert held.count("cleveland") == 400 and not list(empty.iterdir())


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from data.__main__ import main
sys.exit(main(sys.argv[2:]))
"""
COMMAND = ["download", "--force", "cleveland", "--from", "2024-03", "--to", "2024-06", "--store"]


def test_a_disk_that_is_full_is_one_sentence_and_the_months_held_stay(two_editions, service, store):
    two_editions.latest("2024-05")
    download(store, DownloadRequest("cleveland", "2024-03", "2024-03"))
    two_editions.latest("2024-06")
    done = forked.python(LIMITED, 20_000, *COMMAND, store.path)  # a made month has some 60,000 bytes
    assert done.returncode == 1
    assert done.stderr.startswith("The store “store” cannot be written: File too large. Check the folder")
    assert len(done.stderr.splitlines()) == 1
    assert store.count("cleveland") == 200
    assert download(store, ASKED).ok and store.count("cleveland") == 800


def test_a_small_disk_that_fills_up_is_one_sentence_and_the_months_held_stay(two_editions, service, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no small disk may be mounted here")
    try:
        store = open_store(disk / "store")
        assert download(store, DownloadRequest("cleveland", "2024-03", "2024-03")).ok
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(1024))
        with pytest.raises(RefusedError, match="cannot be written: No space left on device"):
            download(store, ASKED)
        assert store.count("cleveland") == 200
        filler.unlink()
        assert download(store, ASKED).ok and store.count("cleveland") == 800
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_what_two_releases_settle_comes_before_older_lists_are_read(two_editions, straight, store):
    report = download(store, ASKED)
    asked = [path.rpartition("/")[2] for _, path, _ in straight.requests]
    lists, files = ["latest.zip", "2024-05.zip"], "latest.zip"
    # what both have, then older archives for outcomes and stops that none has, then the month that the newest alone has
    assert asked == [*lists, *[files] * 3, "2024-04.zip", "2024-03.zip", files]
    assert report.ok and len(report.plan.choices) == 4 and len(store.months("cleveland")) == 4


MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")
SPAN = DownloadRequest("cleveland", MONTHS[0], MONTHS[-1])


def three_editions(archives, third: dict[str, bytes], newer: dict[str, bytes]) -> None:
    """Write an archive that has ``third`` in place of its months of that name, and two newer ones that have ``newer``."""
    whole = {name: text for month in MONTHS for name, text in archives.street(month).items()}
    for release in ("2024-06", "2024-05"):
        archives.write(release, whole | newer)
    archives.write("2024-04", whole | third)
    archives.latest("2024-06")


def test_a_month_cut_in_both_newest_is_taken_from_the_release_that_has_it_whole_as_the_plan_says(
    archives, service, store
):
    # two months are too few to say what is usual, so that only the third release shows the cut
    for release, rows in (("2024-06", 200), ("2024-05", 200), ("2024-04", 400)):
        archives.write(release, archives.street("2024-03", rows), archives.street("2024-04"))
    archives.latest("2024-06")
    asked = DownloadRequest("cleveland", "2024-02", "2024-04")
    planned = {each.offer.key.month: each.offer.release for each in plan_download(store, asked).choices}
    report = download(store, asked)
    assert planned == releases(store) == {"2024-03": "2024-04", "2024-04": "2024-06"}
    assert "so release 2024-04 is taken" in report.plan.remarks[0]
    assert plan_download(store, asked).to_fetch == ()


def test_a_file_that_the_importer_refuses_in_both_newest_is_taken_from_an_older_release(
    archives, service, store
):
    spoilt = archives.street("2024-02")
    name = next(iter(spoilt))
    spoilt[name] = spoilt[name].replace(b"Crime type", b"Type of crime")
    three_editions(archives, {}, spoilt)
    report = download(store, SPAN)
    assert report.ok, str(report)
    assert releases(store) == dict.fromkeys(MONTHS, "2024-06") | {"2024-02": "2024-04"}


def test_a_file_that_is_damaged_in_both_newest_is_taken_from_an_older_release(archives, service, store):
    three_editions(archives, {}, {})
    name = "2024-02/2024-02-cleveland-street.csv"
    for release in ("2024-06", "2024-05"):
        path = archives.folder / f"{release}.zip"
        with zipfile.ZipFile(path) as archive:
            begins = archive.getinfo(name).header_offset + 30 + len(name)
        content = bytearray(path.read_bytes())
        content[begins + 200] ^= 255
        path.write_bytes(content)
    report = download(store, SPAN)
    assert releases(store) == dict.fromkeys(MONTHS, "2024-06") | {"2024-02": "2024-04"}
    assert report.ok, str(report)


def test_an_archive_that_has_none_of_the_months_is_not_asked_for(archives, straight, store):
    archives.write("2024-06", archives.street("2024-06"))
    (archives.folder / "2024-05.zip").write_bytes(b"no zip")
    archives.latest("2024-06")
    report = download(store, DownloadRequest("cleveland", "2024-06", "2024-06"))
    assert report.ok and not report.plan.remarks and not straight.asked("2024-05.zip")
