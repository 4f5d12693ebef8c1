"""An office's names on the pages: its own words in place, and every number as it was."""

from __future__ import annotations

import re
import shutil
from collections import Counter

import pandas as pd
import pytest

from analysis.drawing.figure import Table
from analysis.model.naming import checked_naming
from data.access import Role, Visitor
from data.audit import AuditLog
from data.store import open_store
from data.store.settings import SETTINGS_FILE, keep_naming, read_naming
from pages.frame import access, figures
from tests.golden.reader import page_rows
from tests.pages.conftest import SCRIPTS, text_of

DATA = "pages/about/data.py"
BODY, ASKS = "Mersea Policing Board", "the Board"
STOCKTON, HARTLEPOOL = "Stockton-zyx-borough", "Hartlepool Zyx"
NAMING = checked_naming(BODY, ASKS, {"Stockton-on-Tees": STOCKTON, "Hartlepool": HARTLEPOOL})
LEFT_OUT = re.compile(r"sha256|^t hash|is called|Prepared for|The body:|Who asks:")
"""Digests are of names too; the lines that say what is called how are the settings themselves."""

FORM = re.compile(r"The body, in full|Who asks|is called|A district")
TURNED_BACK = {
    STOCKTON: "Stockton-on-Tees",
    HARTLEPOOL: "Hartlepool",
    f"No records of {BODY} are held": "No records of the office’s own are held",
    f"own actions of {BODY}": "the office’s own actions",
}
"""What stands for what; each sorts where the name in the files does, so that the rows of a chart keep their numbers."""


@pytest.fixture
def copy(demonstration_store, tmp_path):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    return open_store(tmp_path / "store")


@pytest.fixture(scope="module")
def renamed_store(real_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("names") / "store"
    shutil.copytree(real_store.path, folder)
    keep_naming(open_store(folder), NAMING)
    return open_store(folder)


def lines_of(app, store) -> Counter[str]:
    """Every row that a page sends, with the office's names turned back; form fields left out."""
    rows = []
    for row in page_rows(app._tree, "page", "default", [(str(store.path), "(store)")]):
        line = " | ".join([row.part, row.kind, row.row, row.column, row.value])
        for ours, files in TURNED_BACK.items():
            line = line.replace(ours, files)
        if not LEFT_OUT.search(f"{row.column} {row.value}") and not FORM.search(f"{row.row} {row.column}"):
            rows.append(line)
    return Counter(rows)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_figure_of_every_page_is_the_same_before_and_after(drawn, real_store, renamed_store, script):
    before, after = drawn(real_store, script), drawn(renamed_store, script)
    assert not after.exception
    old, new = lines_of(before, real_store), lines_of(after, renamed_store)
    gone, come = old - new, new - old
    assert not gone, list(gone)[:5]
    assert not come, list(come)[:5]
    assert sum(old.values()) > 5


def test_a_page_bears_the_names(drawn, renamed_store):
    words = text_of(drawn(renamed_store))
    assert STOCKTON in words
    assert f"Prepared for {ASKS}, {BODY}." in words


def test_a_file_to_take_away_says_for_whom_it_is_on_a_line_of_its_own(monkeypatch, copy):
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(copy.path))
    files = []
    monkeypatch.setattr(figures, "offer", lambda title, make, key="": files.append(make))
    table = Table("A title", "A subtitle", pd.DataFrame({"n": ["1"]}), pd.DataFrame({"n": [1]}))
    keep_naming(copy, checked_naming('=cmd|"x', "the Board", {}))
    figures.download(table, simulated=False)
    lines = files[0]().decode("utf-8-sig").splitlines()
    assert lines[:3] == ["# A title", "# A subtitle", "# Prepared for the Board, '=cmd|”x."]
    keep_naming(copy, checked_naming("", "", {}))
    figures.download(table, simulated=False)
    assert not [line for line in files[1]().decode("utf-8-sig").splitlines() if "Prepared" in line]


def test_without_names_no_page_says_for_whom_it_is(drawn, demonstration_store):
    assert "Prepared for" not in text_of(drawn(demonstration_store))


def test_the_owner_names_the_office_on_the_screen(run_app, copy):
    app = run_app(copy, DATA)
    app.text_input(key="names_body").set_value(f"  {BODY} ")
    app.text_input(key="names_asks").set_value(ASKS)
    app.selectbox(key="names_district").set_value("Stockton-on-Tees").run()
    app.text_input(key="names_called-Stockton-on-Tees").set_value(STOCKTON)
    app.button(key="names_keep").click().run()
    assert not app.exception
    assert read_naming(copy.path) == checked_naming(BODY, ASKS, {"Stockton-on-Tees": STOCKTON})
    words = text_of(app)
    assert f"Prepared for {ASKS}, {BODY}." in words
    assert "The names are kept." in words
    assert AuditLog(copy.path).table().iloc[0]["what"] == "change settings"


def test_a_name_that_may_not_stand_is_said_and_nothing_is_changed(run_app, copy):
    keep_naming(copy, NAMING)
    app = run_app(copy, DATA)
    app.text_input(key="names_asks").set_value("x" * 61)
    app.button(key="names_keep").click().run()
    assert "60 are the most" in text_of(app)
    assert read_naming(copy.path) == NAMING


def test_a_reader_sees_the_names_and_who_can_change_them(run_app, copy, monkeypatch):
    keep_naming(copy, NAMING)
    app = run_app(copy, DATA)
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.READER, "r", "there", "Why."))
    app.run()
    assert not [each for each in app.text_input if str(each.key).startswith("names_")]
    words = text_of(app)
    assert f"Stockton-on-Tees is called {STOCKTON}." in words
    assert "Whoever has the role “owner” can change these names" in words


def test_a_damaged_settings_file_is_said_on_every_page_and_stops_none(run_app, copy):
    (copy.path / SETTINGS_FILE).write_text("body = ", encoding="utf-8")
    app = run_app(copy)
    assert not app.exception
    words = text_of(app)
    assert "settings.toml cannot be read" in words
    assert "Stockton-on-Tees" in words
