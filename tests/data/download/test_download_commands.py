"""Who may download, by which words, and what is written down of it."""

from __future__ import annotations

import json
import threading

import pytest

from analysis.model.errors import RefusedError
from data.__main__ import main
from data.access import Role, Visitor
from data.audit import AuditLog
from data.download import DownloadRequest
from data.permitted import command_line, download_months, plan_months

ASKED = DownloadRequest("cleveland", "2024-03", "2024-06")
COMMAND = ["download", "--force", "cleveland", "--from", "2024-03", "--to", "2024-06", "--store"]


def test_the_command_fetches_prints_and_writes_its_line_in_the_log(two_editions, service, store, capsys):
    assert main([*COMMAND, str(store.path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(
        "cleveland, 2024-03 to 2024-06; the newest release is 2024-06.\n4 files imported."
    )
    log = AuditLog(store.path).table()
    assert log[["what", "subject", "outcome"]].to_numpy().tolist() == [["import data", "download", "done"]]


def test_a_dry_run_says_what_would_be_fetched_and_writes_nothing(two_editions, service, store, capsys):
    assert main([*COMMAND, str(store.path), "--dry-run", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [each["month"] for each in plan["files"]] == ["2024-03", "2024-04", "2024-05", "2024-06"]
    assert plan["bytes_to_fetch"] == sum(each["packed"] for each in plan["files"])
    assert main([*COMMAND, str(store.path), "--dry-run"]) == 0
    assert "4 files to fetch" in capsys.readouterr().out
    assert not store.path.exists()


def test_the_command_says_in_json_what_became_of_each_file(two_editions, service, store, capsys):
    assert main([*COMMAND, str(store.path), "--json", "--with-btp"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["stopped"], len(report["files"])) == (True, False, 4)
    assert report["plan"]["forces"] == ["cleveland", "btp"]


def test_a_command_that_is_refused_gives_one_and_a_sentence(two_editions, service, store, capsys):
    assert main(["download", "--force", "clevland", "--store", str(store.path)]) == 1
    assert capsys.readouterr().err.startswith("“clevland” is no force of data.police.uk.")


def test_only_the_owner_downloads_and_each_call_is_written_down(two_editions, service, store):
    reader = Visitor(Role.READER, "somebody", "the office", "Only the list of owners may.")
    with pytest.raises(RefusedError, match=r"^You may not import data"):
        download_months(reader, store, ASKED)
    with pytest.raises(RefusedError, match=r"^You may not import data"):
        plan_months(reader, store, ASKED)
    assert not service.requests
    assert len(plan_months(command_line(), store, ASKED).to_fetch) == 4
    assert download_months(command_line(), store, ASKED, cancel=threading.Event()).ok
    log = AuditLog(store.path).table()
    assert log[["subject", "outcome"]].to_numpy().tolist() == [
        ["download cleveland", "done"],
        ["plan cleveland", "refused"],
        ["download cleveland", "refused"],
    ]
    assert (store.path / "street").stat().st_mode & 0o077 == 0
