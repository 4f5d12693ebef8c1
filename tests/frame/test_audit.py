"""The store's log: a line before and after each call, append only, put aside when full, nothing of the contents."""

from __future__ import annotations

import json
import stat

import pytest

from analysis.model.errors import RefusedError
from data import audit
from data.access import Action, Role, Visitor
from data.audit import AuditLog
from data.permitted import permitted, require

OWNER = Visitor(Role.OWNER, "ana@office.example", "192.0.2.7")
READER = Visitor(Role.READER, "anybody", "192.0.2.8", "Why.")


def lines(path, name="calls"):
    return [json.loads(line) for line in (path / "audit" / f"{name}.jsonl").read_text().splitlines()]


def test_a_call_takes_a_line_before_and_one_after(tmp_path):
    with permitted(OWNER, Action.REMOVE_AREA, tmp_path, "yarm"):
        assert [line["outcome"] for line in lines(tmp_path)] == ["begun"]
    assert [line["outcome"] for line in lines(tmp_path)] == ["begun", "done"]
    table = AuditLog(tmp_path).table()
    assert table.columns.tolist() == audit.COLUMNS
    row = table.iloc[0]
    assert row["what"] == "remove an area"
    assert (row["subject"], row["who"], row["role"], row["where"]) == (
        "yarm",
        "ana@office.example",
        "owner",
        "192.0.2.7",
    )
    assert row["when"].endswith("+00:00")


def test_a_call_that_fails_is_written_as_failed_and_one_cut_off_as_begun(tmp_path):
    with pytest.raises(KeyboardInterrupt), permitted(OWNER, Action.IMPORT_DATA, tmp_path):
        raise KeyboardInterrupt
    AuditLog(tmp_path).begin(OWNER, Action.KEEP_AREA, "yarm")
    assert AuditLog(tmp_path).table()["outcome"].tolist() == ["begun", "failed"]


def test_nothing_is_done_where_no_line_can_be_written(tmp_path):
    (tmp_path / "audit").write_text("a file in the folder's place")
    with pytest.raises(RefusedError, match="cannot be written"), permitted(OWNER, Action.KEEP_AREA, tmp_path):
        pytest.fail("the call was run")
    with pytest.raises(RefusedError, match="You may not"):  # and a refusal stays one
        require(READER, Action.KEEP_AREA, tmp_path)


def test_a_name_cannot_write_a_line_of_its_own(tmp_path):
    forged = Visitor(Role.OWNER, 'x"}\n{"call": "1", "when": "0"}\u2028\x00', "h\r\n")
    AuditLog(tmp_path).begin(forged, Action.KEEP_AREA, "\n" * 5 + "a" * 5000)
    assert len(lines(tmp_path)) == 1
    assert len(lines(tmp_path)[0]["subject"]) == 200
    assert (tmp_path / "audit" / "calls.jsonl").read_bytes().isascii()


def test_lines_are_only_added_and_a_line_cut_off_spoils_no_other(tmp_path):
    log, file = AuditLog(tmp_path), tmp_path / "audit" / "calls.jsonl"
    log.begin(OWNER, Action.KEEP_AREA, "one")
    with file.open("ab") as opened:
        opened.write(b'{"call": "cut o')
    before = file.read_bytes()
    log.begin(OWNER, Action.KEEP_AREA, "two")
    assert file.read_bytes().startswith(before)
    assert sorted(log.table()["subject"]) == ["one", "two"]


def test_a_full_file_is_put_aside_and_refusals_push_out_no_call(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "LARGEST", 700)
    monkeypatch.setattr(audit, "MOST_FILES", {"calls": 100, "refused": 3})
    log = AuditLog(tmp_path)
    for number in range(10):
        log.begin(OWNER, Action.KEEP_AREA, f"area-{number}").end("done")
    for number in range(60):
        log.refuse(READER, Action.REMOVE_AREA, f"area-{number}")
    table = log.table()
    assert (table["outcome"] == "done").sum() == 10
    kept = table.loc[table["outcome"] == "refused", "subject"].tolist()
    assert kept[0] == "area-59"
    assert len(kept) < 20
    assert len(list((tmp_path / "audit").glob("refused-*.jsonl"))) == 3
    assert all(file.stat().st_size <= 700 for file in (tmp_path / "audit").glob("*.jsonl"))


def test_the_log_is_its_owners_alone(tmp_path):
    AuditLog(tmp_path).begin(OWNER, Action.KEEP_AREA, "yarm")
    assert stat.S_IMODE((tmp_path / "audit").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "audit" / "calls.jsonl").stat().st_mode) == 0o600
