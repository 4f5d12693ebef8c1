"""Packs made for readers: in processes of their own, two at once, cancelled without a trace; offered to whoever may read."""

from __future__ import annotations

import time
import zipfile

import pytest

from data.access import Role, Visitor
from data.desk import Desk
from pages.frame import access
from pages.pack import jobs, manifest
from pages.pack.making import ZIP

PAGES = ("perceptions",)


@pytest.fixture
def asked(real_store):
    desk = Desk(real_store)
    return manifest.selection_plain(desk.default_selection("cleveland"), PAGES)


def test_two_packs_at_once_both_finish_and_a_third_waits_for_its_turn(real_store, asked):
    made = [jobs.start(f"reader {at}", real_store.path, asked, PAGES, ("csv",)) for at in range(3)]
    states = [job.wait(600) for job in made]
    assert [state.ok for state in states] == [True] * 3
    for job in made:
        with zipfile.ZipFile(job.pack / ZIP) as packed:
            names = packed.namelist()
            assert packed.testzip() is None
        assert manifest.NAME in names and any(name.endswith(".csv") for name in names)
        job.forget()
        assert not job.folder.exists()


def test_a_pack_that_is_cancelled_ends_at_once_and_leaves_nothing(real_store, asked):
    job = jobs.start("reader", real_store.path, asked)
    until = time.monotonic() + 600
    while job.state.of == 0 and time.monotonic() < until:  # until it is being made
        time.sleep(0.05)
    assert job.state.ok is None
    job.cancel()
    state = job.wait(60)
    assert (state.ok, state.said, state.files) == (False, ("Cancelled; nothing was kept.",), ())
    assert not job.folder.exists()


def test_one_that_is_cancelled_before_its_turn_is_never_begun(real_store, asked):
    job = jobs.PackJob(real_store.path, asked, PAGES, ())
    job.cancel()
    job.begin()
    assert job.wait(60).said == ("Cancelled; nothing was kept.",)
    assert not job.folder.exists()


def test_what_cannot_be_made_is_its_sentence(real_store, asked):
    job = jobs.start("reader", real_store.path, asked | {"areas": ["atlantis"]}, PAGES, ("csv",))
    state = job.wait(600)
    assert (state.ok, len(state.said)) == (False, 1)
    assert state.said[0].startswith("The area “atlantis” is not held any more.")
    job.forget()


def test_a_process_that_ends_without_a_word_is_told(real_store, asked, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    job = jobs.start("reader", real_store.path, asked, PAGES, ("csv",))
    assert job.wait(60).said == (jobs.ENDED_BADLY,)
    job.forget()


def test_whoever_may_read_gets_the_pack_of_a_page_with_its_own_filters(run_app, real_store, monkeypatch):
    app = run_app(real_store, "pages/review/perceptions.py", baseline="2022-07..2022-12")
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.READER, "reader", "there"))
    app.run()
    next(button for button in app.button if button.label == "Make the files of this page").click().run()
    [job] = [each for key, each in jobs._jobs.items() if key.endswith("-perceptions")]
    assert job.wait(600).ok, job.state.said
    assert job.asked["pages"] == ["perceptions"]
    app.run()
    assert not app.exception
    labels = [each.proto.label for each in app.get("download_button")]
    assert {"Download all of it (zip)", "Workbook", "HTML page, opens without a network"} <= set(labels)
    job.forget()
