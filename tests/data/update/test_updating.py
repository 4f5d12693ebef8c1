"""An update fetches what is new or revised, and tells what that changed in figures already shown: both numbers, dated."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import filelock
import pytest

from analysis.model.errors import NeedsInputError, RefusedError
from analysis.model.revision import RevisedVerdict, RevisedVerdicts
from data.access import Role, Visitor
from data.audit import AuditLog
from data.demo import build_demonstration
from data.permitted import command_line, update_months
from data.store import Store
from data.update import read_updates, update
from data.update.before import FOLDER, keep_before
from data.update.updating import LOCK
from pages.update.__main__ import main
from tests.conftest import PROJECT
from tests.made import forked, hindered
from tests.made.archive_server import Fault

JULY = [f"2024-0{month}" for month in (3, 4, 5, 6, 7)]
NONE_CHANGED = RevisedVerdicts(24)


KILLED = """
import os, sys
from data.store import open_store
from data.update import update, updating
from tests.data.update.test_updating import judge
updating._tell = lambda *_: os._exit(9)
update(open_store(sys.argv[1]), judge)
"""


def judge(before: Store, after: Store, force: str) -> RevisedVerdicts:
    """Stands in for the verdicts, which are not for this room: tests/pages has the real ones."""
    assert before.path != after.path and force == "cleveland"
    return NONE_CHANGED


def revise(archives, **thornaby: int) -> None:
    """Publish July, in which these months have another number of burglaries in Thornaby: ``m05=1``."""
    archives.publish("2024-07", *(archives.month(month, thornaby.get(f"m{month[-2:]}", 2)) for month in JULY))


def test_a_revision_that_changes_two_counts_is_told_with_both_numbers_of_each(archives, held):
    revise(archives, m04=1, m05=5)
    [entry] = update(held, judge).entries
    assert (entry.new, entry.revised) == (("2024-07",), ("2024-04", "2024-05"))
    assert [str(each) for each in entry.counts if each.area == "Thornaby Town Centre"] == [
        "Thornaby Town Centre burglary, April 2024: 2 became 1.",
        "Thornaby Town Centre burglary, May 2024: 2 became 5.",
    ]
    assert {each.area for each in entry.counts} == {"Thornaby Town Centre", "Stockton-on-Tees"}
    assert "1 month new (Jul 2024); 2 months revised (Apr 2024 to May 2024)" in entry.heading
    assert "No verdict changed, of 24 verdicts compared." in str(entry)


def test_a_revision_that_changes_nothing_that_is_shown_says_so(archives, held):
    months = [archives.month(month) for month in JULY]
    name = "2024-05/2024-05-cleveland-street.csv"
    months[2][name] = months[2][name].replace(b"Under investigation", b"Local resolution", 1)
    archives.publish("2024-07", *months)
    [entry] = update(held, judge).entries
    assert (entry.revised, entry.counts) == (("2024-05",), ())
    assert "No count of a named area or district changed; outcomes are not compared." in entry.sentences()


def test_a_new_month_alone_revises_nothing(archives, held):
    revise(archives)
    [entry] = update(held, judge).entries
    assert (entry.new, entry.revised, entry.counts) == (("2024-07",), (), ())
    assert held.count("cleveland") == 5 * 202
    assert "No count" not in str(entry)


def test_nothing_new_is_said_and_stands_in_no_list(held):
    report = update(held, judge)
    assert report.ok and report.entries == () and read_updates(held.path) == ()
    assert str(report).endswith("Nothing is new or revised, so no figure changed.")


def test_a_verdict_that_changed_is_named_with_both_words(archives, held):
    revise(archives, m05=1)
    changed = RevisedVerdict(
        "Thornaby", "Burglary", "A", "B", "fell more than similar places", "too few to say"
    )
    report = update(held, lambda *_: RevisedVerdicts(24, (changed,)))
    assert "“fell more than similar places” became “too few to say”." in str(report)


def test_the_list_is_dated_latest_first_and_read_as_it_was_written(archives, held):
    revise(archives, m05=1)
    first = update(held, judge).entries
    archives.publish("2024-08", *(archives.month(month) for month in [*JULY, "2024-08"]))
    second = update(held, judge).entries
    assert read_updates(held.path) == (*second, *first)
    assert read_updates(held.path, 1) == second
    assert second[0].revised == ("2024-05",) and second[0].when >= first[0].when
    assert second[0].releases == ("2024-07", "2024-08")


def test_months_before_the_first_held_are_not_fetched_and_those_older_than_the_archive_not_called_gaps(
    archives, straight, store, made
):
    made.street("2019-01")
    store.import_police_uk(made.folder)
    archives.publish("2024-06", *(archives.month(month) for month in JULY[:4]))
    report = update(store, judge)
    assert report.ok, str(report)
    assert "2019" not in str(report.downloads[0]) and len(store.months("cleveland")) == 5
    asked = {path.rsplit("/", 1)[-1] for _, path, _ in straight.requests}
    assert "2019-02.zip" not in asked


def test_outcomes_that_are_new_are_counted_and_change_no_figure(archives, held):
    files = [archives.month(f"2024-0{month}") for month in (3, 4, 5, 6)]
    archives.publish("2024-07", *files, archives.outcomes("2024-05"))
    [entry] = update(held, judge).entries
    assert (entry.new, entry.revised, entry.other_files) == ((), (), 1)
    assert "1 file of outcomes or searches new or revised" in entry.heading


def test_what_cannot_be_compared_is_said_and_the_months_are_held(archives, held):
    def refuses(*_) -> RevisedVerdicts:
        raise NeedsInputError("No lookup is held.")

    revise(archives, m05=1)
    [entry] = update(held, refuses).entries
    assert entry.verdicts.note == "Verdicts could not be compared. No lookup is held."
    assert len(entry.counts) == 2


# killed, stopped, two at once, trouble


def test_an_update_that_was_killed_before_it_told_is_told_by_the_next(archives, held):
    revise(archives, m05=1)
    # a process of its own: a fork of this one, in which Arrow's threads have run, may fall over by itself
    assert forked.python(KILLED, held.path).returncode == 9
    assert (held.path / FOLDER).is_dir() and read_updates(held.path) == ()
    assert held.count("cleveland") == 4 * 202 + 201
    report = update(held, judge)
    assert report.downloads[0].plan.to_fetch == ()
    assert str(report.entries[0].counts[0]) == "Thornaby Town Centre burglary, May 2024: 2 became 1."
    assert not (held.path / FOLDER).exists()


def test_months_put_aside_are_links_and_leave_no_trace_when_all_is_told(archives, held):
    keep_before(held.path)
    months = sorted((held.path / FOLDER / "street").rglob("*.parquet"))
    assert len(months) == 4 and all(file.stat().st_nlink == 2 for file in months)
    (held.path / "areas.toml").write_text("")
    revise(archives, m05=1)
    update(held, judge)
    names = {path.name for path in held.path.iterdir()}
    assert names == {
        ".download.lock",
        ".lock",
        ".state",
        ".update.lock",
        "areas.toml",
        "counts",
        "street",
        "updates",
    }


def test_records_of_the_office_are_never_put_aside(held):
    (held.path / "records").mkdir()
    (held.path / "records" / "log.csv").write_text("a person")
    keep_before(held.path)
    assert not (held.path / FOLDER / "records").exists()


def test_a_disk_that_knows_no_links_keeps_copies(archives, held, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    revise(archives, m05=1)
    assert len(update(held, judge).entries[0].counts) == 2


def test_whoever_asked_can_stop_it_and_what_was_finished_is_told(archives, held, cancel):
    revise(archives, m05=1)
    report = update(held, judge, lambda told: cancel.set() if told.doing == "downloading" else None, cancel)
    assert report.stopped and not report.ok
    assert not (held.path / FOLDER).exists()
    assert update(held, judge).ok


def test_a_service_that_cannot_be_read_is_one_sentence_and_nothing_is_lost(straight, held, cancel):
    straight.always = Fault(status=500)
    with pytest.raises(RefusedError, match="the answer was 500"):
        update(held, judge, cancel=cancel)
    assert held.count("cleveland") == 4 * 202 and not (held.path / FOLDER).exists()


def test_a_month_that_every_release_spoils_is_the_importer_s_sentence_and_the_rest_is_told(archives, held):
    months = [archives.month(month, 1 if month == "2024-05" else 2) for month in JULY]
    name = "2024-07/2024-07-cleveland-street.csv"
    months[4][name] = months[4][name].replace(b"Crime type", b"Type of crime")
    archives.publish("2024-07", *months)
    report = update(held, judge)
    assert not report.ok and "lacks the column Crime type" in str(report)
    assert report.entries[0].revised == ("2024-05",)


def test_two_updates_at_once_are_one_sentence(held):
    with (
        filelock.FileLock(held.path / LOCK),
        pytest.raises(RefusedError, match=r"^Another update of this store"),
    ):
        update(held, judge)


def test_an_update_while_an_import_runs_is_one_sentence_and_puts_nothing_aside(held):
    with filelock.FileLock(held.path / ".lock"), pytest.raises(RefusedError, match=r"^Another import into"):
        update(held, judge)
    assert not (held.path / FOLDER).exists()


def test_without_a_month_there_is_nothing_to_keep_up_to_date(store, tmp_path):
    with pytest.raises(NeedsInputError, match="python -m data download --force"):
        update(store, judge)
    build_demonstration(store.path)
    with pytest.raises(NeedsInputError, match="No month is held"):
        update(Store(store.path), judge)


def test_progress_says_which_force_is_fetched_and_then_compared(archives, held):
    revise(archives, m05=1)
    told = []
    update(held, judge, told.append)
    assert list(dict.fromkeys(each.doing for each in told)) == ["downloading", "comparing"]
    assert {(each.force, each.forces) for each in told} == {("cleveland", 1)}


# who may, and the command


def test_only_the_owner_updates_and_each_call_is_written_down(archives, straight, held):
    reader = Visitor(Role.READER, "somebody", "the office", "Only the list of owners may.")
    straight.requests.clear()
    with pytest.raises(RefusedError, match=r"^You may not import data"):
        update_months(reader, held, judge)
    assert not straight.requests
    assert update_months(command_line(), held, judge).ok
    log = AuditLog(held.path).table()
    assert log[["subject", "outcome"]].to_numpy().tolist() == [["update", "done"], ["update", "refused"]]


def run_command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", "update", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_what_changed_and_lists_it_again(archives, held, capsys):
    revise(archives, m04=1, m05=5)
    ran = run_command("--store", str(held.path))
    assert ran.returncode == 0, ran.stderr
    assert "Thornaby Town Centre burglary, April 2024: 2 became 1." in ran.stdout
    assert "Thornaby Town Centre burglary, May 2024: 2 became 5." in ran.stdout
    assert main(["--store", str(held.path), "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["revised"] for each in listed] == [["2024-04", "2024-05"]]
    assert AuditLog(held.path).table()["subject"].tolist() == ["update"]


def test_the_command_says_why_not_in_a_sentence_and_gives_one(tmp_path, capsys):
    assert main(["--store", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith("No month is held that could be kept up to date.")
    assert main(["--store", str(tmp_path / "none"), "--list"]) == 0
    assert capsys.readouterr().out == "No update has changed anything yet.\n"


STOPPABLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pages.update.__main__ import main
sys.exit(main())
"""
"""The command, also where a shell that started this run in the background lets it and its children ignore the signal."""


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_the_command_stopped_at_the_keyboard_ends_with_a_sentence(straight, held):
    started = []
    straight.before = lambda path: started.append(path) or program.send_signal(signal.SIGINT)
    straight.bytes_a_second = 1
    with subprocess.Popen(
        [sys.executable, "-c", STOPPABLE, "--store", str(held.path)],
        cwd=PROJECT, stderr=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        _, said = program.communicate()
    assert program.returncode == 1 and said.startswith("Stopped. The months finished so far are held;")


def test_a_full_disk_is_one_sentence_and_the_months_held_stay(archives, held):
    revise(archives, m05=1)
    said = hindered.on_a_full_disk(20_000, "--store", str(held.path), module="pages.update.__main__")
    assert "cannot be written: File too large" in said
    assert held.count("cleveland") == 4 * 202
    assert update(held, judge).ok and held.count("cleveland") == 4 * 202 + 201


@hindered.only_root
def test_a_store_of_another_user_is_one_sentence_and_stays_as_it_is(archives, held):
    revise(archives, m05=1)
    with hindered.open_folder() as folder:
        shutil.copytree(held.path, folder / "store")
        for each in (folder / "store", *folder.rglob("*")):
            each.chmod(0o755)
        said = hindered.as_another_user(
            "from data.store import open_store\nfrom data.update import update",
            "update(open_store(sys.argv[1]), None)",
            str(folder / "store"),
        )
        assert said.startswith("The store “store” cannot be written: Permission denied"), said
        assert not (folder / "store" / FOLDER).exists()


def test_verdicts_that_cannot_be_compared_are_told_by_the_next_update(archives, held):
    def failing(before: Store, after: Store, force: str) -> RevisedVerdicts:
        raise RefusedError("No memory is left.")

    revise(archives, m05=1)
    report = update(held, failing)
    assert report.refused[0].endswith("could not be told. No memory is left. The next update tries again.")
    assert not report.ok and not report.entries and read_updates(held.path) == ()
    assert held.count("cleveland") == 4 * 202 + 201
    # nothing is new any more, and what the last one changed is told with both numbers
    [entry] = update(held, judge).entries
    assert "Thornaby Town Centre burglary, May 2024: 2 became 1." in map(str, entry.counts)
    assert entry.verdicts == NONE_CHANGED and len(read_updates(held.path)) == 1
    assert update(held, judge).entries == ()


def test_verdicts_that_fail_twice_are_told_without_them(archives, held):
    def failing(before: Store, after: Store, force: str) -> RevisedVerdicts:
        raise RefusedError("No ground is known.")

    revise(archives, m05=1)
    update(held, failing)
    [entry] = update(held, failing).entries
    assert "Verdicts could not be compared. No ground is known." in entry.verdicts.note
    assert not (held.path / FOLDER).exists()


def test_months_put_aside_that_are_damaged_are_one_sentence_once(archives, held):
    keep_before(held.path)
    (held.path / FOLDER / "street" / "cleveland" / "2024-05.json").unlink()
    (held.path / FOLDER / "street" / "cleveland" / "2024-05.json").write_text("{")
    revise(archives, m05=1)
    report = update(held, judge)
    assert "what they changed could not be told. street/cleveland/2024-05.json" in report.refused[0]
    assert not (held.path / FOLDER).exists() and held.count("cleveland") == 4 * 202 + 201
    assert update(held, judge).ok
