"""Your data, the board and the meeting's bar beside somebody who sends what no browser would."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
import streamlit as st

from analysis.model.errors import RefusedError
from data import jobs
from data.access import Role, Visitor
from data.jobs import FilesStep, GeographyStep, JobState
from pages.frame import access, board, meeting, screens, your_data
from tests.hostile import NAMES

DATA = "pages/about/data.py"


def a_job(**state) -> SimpleNamespace:
    steps = (FilesStep("months", ("a",)), GeographyStep("cleveland"))
    return SimpleNamespace(state=JobState(steps, **state), stop=lambda visitor: None)


def test_what_a_job_says_and_what_files_are_called_is_text(run_app, demonstration_store, monkeypatch):
    running = a_job(share=0.5, words=f"Reading {NAMES[0]}")
    monkeypatch.setattr(jobs, "current", lambda path: running)
    app = run_app(demonstration_store, DATA)
    assert not app.exception
    (told,) = app.get("progress")
    assert r"\!\[x\]" in told.proto.text and "http://evil.example" not in told.proto.text
    # and when it has ended
    ended = a_job(ok=False, said=tuple(NAMES))
    monkeypatch.setattr(jobs, "current", lambda path: ended)
    app.run()
    html = [
        each.proto.body for each in app.get("html") if "Calc" in each.proto.body or "calc" in each.proto.body
    ]
    assert html
    assert not any("<img" in each for each in html)
    assert not any(name in box.value for box in app.markdown for name in NAMES[:2])


def test_whoever_lost_the_role_sees_no_more_of_a_job(run_app, demonstration_store, monkeypatch):
    monkeypatch.setattr(jobs, "current", lambda path: a_job(share=0.5, words="Reading secret.csv"))
    app = run_app(demonstration_store, DATA)
    assert len(app.get("progress")) == 1
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.RECORDS, "a", "b", "Your log-in does not."))
    # as the part that runs by itself would be run
    monkeypatch.setattr(your_data.st, "rerun", lambda: (_ for _ in ()).throw(LookupError("the whole page")))
    with pytest.raises(LookupError):
        your_data._progress.__wrapped__()
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/2024-01-cleveland-street.csv", "2024-01-cleveland-street.csv"),
        ("..", "file"),
        (".hidden", "hidden"),
        ("a\x00b\n\u202ec.csv", "a_b__c.csv"),
        ("x" * 5000 + ".csv", "x" * 116 + ".csv"),
        ("", "file"),
    ],
)
def test_no_name_of_a_file_given_leaves_its_folder(tmp_path, name, kept):
    file = io.BytesIO(b"content")
    file.name = name
    folder = your_data._kept(tmp_path, [file])
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [(kept, b"content")]
    assert [each.name for each in tmp_path.iterdir()] == [folder.name]


def test_two_files_of_one_name_leave_nothing_behind(tmp_path):
    files = [io.BytesIO(b"a"), io.BytesIO(b"b")]
    for file in files:
        file.name = "a.csv"
    with pytest.raises(RefusedError, match=r"called a\.csv"):
        your_data._kept(tmp_path, files)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sent", ["9" * 5000, "²", -1, 10**9, [], {}, "0x0", None, True, "𝟬" * 5])
def test_nonsense_from_a_browser_is_passed_over(monkeypatch, sent):
    state = {screens.BAR: {"go": sent, "scale": sent}, board.KEY: {"picked": sent}}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", {})
    monkeypatch.setattr(st, "switch_page", lambda *where, **how: pytest.fail("it went somewhere"))
    listed = [SimpleNamespace(url_path=str(at)) for at in range(len(list(meeting.entries())))]
    meeting.go(listed, listed[0])
    assert screens.scale() == 1.0
    first = SimpleNamespace(key="a")
    assert board._chosen(SimpleNamespace(by_key={"a": first}, first=first)) is first
    board._keep()
    assert all(isinstance(value, str) for value in st.query_params.values())
