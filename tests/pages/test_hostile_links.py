"""Links and stores that no one meant: the page says so in a sentence, and never calls itself mistaken."""

from __future__ import annotations

import pytest
import streamlit as st

from analysis.drawing.encoded import JOINER
from data.store import open_store
from tests.data.conftest import OUTCOMES, MadeFiles
from tests.pages.conftest import SCRIPTS, text_of

BARE = {"LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": "", "Location": "No Location"}


@pytest.fixture(autouse=True)
def _cold():
    """Nothing read before the damage is remembered over it."""
    st.cache_resource.clear()


@pytest.fixture
def made(tmp_path) -> MadeFiles:
    """Made police.uk files in a folder of their own."""
    return MadeFiles(tmp_path / "files")


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return open_store(tmp_path / "store")


@pytest.mark.parametrize("script", [SCRIPTS[0], "pages/about/data.py"])
def test_a_store_of_outcomes_only(run_app, made, store, script):
    rows = [row | {"Outcome type": "Offender sent to prison"} for row in made.rows("2023-07")]
    assert store.import_police_uk(made.file("2023-07-cleveland-outcomes.csv", made.text(rows, OUTCOMES))).ok
    app = run_app(store, script)
    assert not app.error
    assert any("No month of street-level data is held" in said.value for said in app.warning)


@pytest.mark.parametrize("script", [SCRIPTS[0], "pages/about/data.py"])
def test_a_force_whose_rows_name_no_lsoa(run_app, made, store, script):
    for month in ("2022-07", "2023-07"):
        rows = made.rows(month, force="Police Service of Northern Ireland", **BARE)
        assert store.import_police_uk(made.street(month, rows, slug="northern-ireland")).ok
    app = run_app(store, script)
    assert not app.error
    assert "Northern Ireland" in text_of(app)


@pytest.mark.parametrize("damage", ["record", "data", "lookup"])
def test_a_damaged_store_is_named_on_the_page(run_app, made, store, damage):
    for number in range(14):
        month = f"{2022 + number // 12}-{number % 12 + 1:02d}"
        assert store.import_police_uk(made.street(month)).ok
    folder = store.path / "street/cleveland"
    if damage == "record":
        (folder / "2022-05.json").write_text("{")
    elif damage == "data":
        next(folder.glob("2022-05.*.parquet")).unlink()
    else:
        (store.path / "lookup.parquet").write_bytes(b"x")
    app = run_app(store)
    assert not app.error
    name = "lookup.parquet" if damage == "lookup" else "street/cleveland/2022-05."
    assert any(name in said.value for said in app.warning)


def test_what_a_link_says_is_shown_as_words(run_app, made, store):
    for month in ("2022-07", "2023-07"):
        assert store.import_police_uk(made.street(month)).ok
    app = run_app(store, area="![x](http://example.org/x.png) <b>y</b>")
    said = next(said.value for said in app.warning if "The link asks for" in said.value)
    assert r"“\!\[x\](http://example.org/x.png) \<b\>y\</b\>”" in said.replace(JOINER, "")
    assert "http:" not in said  # the address is parted, or the browser would make it a link


def test_a_force_that_is_not_held_is_said(run_app, made, store):
    for month in ("2022-07", "2023-07"):
        assert store.import_police_uk(made.street(month)).ok
        rows = made.rows(month, force="Durham Constabulary", **{"LSOA name": "County Durham 001A"})
        assert store.import_police_uk(made.street(month, rows, slug="durham")).ok
    app = run_app(store, force="Nowhere")
    assert any("police force “Nowhere”, which is not held" in said.value for said in app.warning)


def test_a_meeting_link_of_nonsense_opens_on_what_there_is(run_app, demonstration_store):
    for meeting, screen, cell in (("true", "why", "![x](http://example.org)"), ("![x]", "9" * 500, "\u202e")):
        app = run_app(demonstration_store, meeting=meeting, screen=screen, cell=cell)
        assert not app.exception
        assert not app.error
