"""Work that goes on while pages are read: one job a store, in a process of its own, with its role and its log."""

from __future__ import annotations

import shutil

import pytest

from analysis.model.errors import RefusedError
from data import jobs
from data.access import Role, Visitor
from data.audit import AuditLog
from data.jobs import FilesStep, How, MonthsStep, UpdateStep
from data.store import open_store

OWNER = Visitor(Role.OWNER, "test", "here")
READER = Visitor(Role.READER, "somebody", "there", "Ask whoever runs it.")
GUARD = 120
"""Seconds: a guard against hanging."""


def test_months_come_and_are_imported_and_both_are_said(two_editions, service, tmp_path):
    store = open_store(tmp_path / "store")
    job = jobs.start(OWNER, store.path, [MonthsStep("cleveland", "2024-05", "2024-06")])
    state = job.wait(GUARD)
    assert state.ok, state.said
    assert [str(month) for month in open_store(store.path).months("cleveland")] == ["2024-05", "2024-06"]
    assert any("2 files" in sentence for sentence in state.said)
    log = AuditLog(store.path).table()
    assert list(log["outcome"]) == ["done"]
    assert set(log["who"]) == {"test"}


def test_a_reader_starts_nothing_and_the_log_says_who_asked(tmp_path):
    store = open_store(tmp_path / "store")
    with pytest.raises(RefusedError, match="You may not import data"):
        jobs.start(READER, store.path, [MonthsStep("cleveland")])
    assert jobs.current(store.path) is None
    assert list(AuditLog(store.path).table()["outcome"]) == ["refused"]


def test_a_second_job_waits_for_the_first_and_a_stopped_one_keeps_what_it_has(
    two_editions, service, tmp_path
):
    store = open_store(tmp_path / "store")
    job = jobs.start(OWNER, store.path, [MonthsStep("cleveland")])
    with pytest.raises(RefusedError, match="already"):
        jobs.start(OWNER, store.path, [MonthsStep("cleveland")])
    with pytest.raises(RefusedError):
        job.stop(READER)
    job.stop(OWNER)
    state = job.wait(GUARD)
    assert state.ended
    again = jobs.start(OWNER, store.path, [MonthsStep("cleveland")]).wait(GUARD)
    assert again.ok, again.said
    assert len(open_store(store.path).months("cleveland")) == 4


def test_a_service_that_cannot_be_reached_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", "ftp://nowhere")
    state = jobs.start(OWNER, tmp_path / "store", [MonthsStep("cleveland")]).wait(GUARD)
    assert state.ok is False
    assert "TOWN_CENTRES_ARCHIVE" in state.said[0]


def test_given_files_are_imported_in_order_and_taken_away_and_the_first_refusal_ends_the_job(
    archives, tmp_path
):
    store, given = open_store(tmp_path / "store"), tmp_path / "given"
    given.mkdir()
    for name, text in archives.street("2024-05").items():
        (given / name.split("/")[1]).write_bytes(text)
    (given / "lookup.csv").write_text("no,lookup\n1,2\n")
    files = sorted(map(str, given.glob("*street.csv")))
    steps = [
        FilesStep("months", tuple(files)),
        FilesStep("lookup", (str(given / "lookup.csv"),)),
        MonthsStep("cleveland"),
    ]
    state = jobs.start(OWNER, store.path, steps, How(given)).wait(GUARD)
    assert (state.ok, state.at) == (False, 1)
    assert "lookup.csv" in state.said[-2]
    assert state.said[-1] == "Not begun: getting the months."
    log = AuditLog(store.path).table()
    assert list(log["outcome"]) == ["failed"]
    assert list(log["subject"]) == ["files, files, months cleveland"]
    assert len(open_store(store.path).months("cleveland")) == 1
    assert not given.exists()


def test_a_worker_that_dies_is_said_and_what_was_held_stays(two_editions, service, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    state = jobs.start(OWNER, tmp_path / "store", [MonthsStep("cleveland")]).wait(GUARD)
    assert state.ok is False
    assert "ended without a word" in state.said[-1]


def test_an_update_compares_verdicts_where_the_worker_knows_them_and_is_refused_where_not(
    two_editions, service, tmp_path
):
    store = open_store(tmp_path / "store")
    months = MonthsStep("cleveland", "2024-04", "2024-05")
    assert jobs.start(OWNER, store.path, [months]).wait(GUARD).ok
    refused = jobs.start(OWNER, store.path, [UpdateStep()]).wait(GUARD)
    assert (refused.ok, refused.said[0][:33]) == (False, "An update compares verdicts, whic")
    state = jobs.start(OWNER, store.path, [UpdateStep()], How(worker="pages.update.worker")).wait(GUARD)
    assert state.ok, state.said
    assert any("1 month new (Jun 2024)" in sentence for sentence in state.said), state.said


def test_each_role_at_the_call_that_starts_and_the_one_that_stops(tmp_path, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", "ftp://nowhere")  # it ends with a sentence, and asks nobody
    path, below = tmp_path / "store", [role for role in Role if role < Role.OWNER]
    visitors = [Visitor(role, role.name, "192.0.2.7", "Why.") for role in below]
    for visitor in visitors:
        for steps in ([MonthsStep("cleveland")], [UpdateStep()], [FilesStep("months", (str(tmp_path),))]):
            with pytest.raises(RefusedError, match="You may not import data"):
                jobs.start(visitor, path, steps)
            assert jobs.current(path) is None
    job = jobs.start(OWNER, path, [MonthsStep("cleveland")])
    for visitor in visitors:
        with pytest.raises(RefusedError):
            job.stop(visitor)
    refused = AuditLog(path).table().query("outcome == 'refused'")
    assert refused["who"].value_counts().to_dict() == {role.name: 4 for role in below}
    assert set(refused["where"]) == {"192.0.2.7"}
    job.stop(OWNER)
    job.wait(GUARD)
