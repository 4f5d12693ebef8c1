"""The page of town centres: a proposal looked at, its ground changed by hand, kept as an area by whoever may."""

from __future__ import annotations

import shutil

import pytest

from data.access import Role, Visitor
from data.areas import read_areas
from data.permitted import command_line, import_centres
from data.store import open_store
from data.store.kept_areas import kept_areas
from pages.frame import access
from tests.made.real import BILLINGHAM
from tests.made.shopping_streets import outlines
from tests.pages.conftest import text_of

PAGE = "pages/explore/centres.py"
BESIDE = "E01012197"


@pytest.fixture(scope="module")
def with_centres(real_store, shared, tmp_path_factory):
    """Cleveland's months with outlines of the six centres, 100 m round the points of their streets."""
    folder = tmp_path_factory.mktemp("centres") / "store"
    shutil.copytree(real_store.path, folder)
    file = folder.parent / "centres.gpkg"
    outlines(shared, 100).to_file(file)
    import_centres(command_line(), open_store(folder), file)
    return open_store(folder)


def box(app, label: str):
    return next(each for each in (*app.selectbox, *app.multiselect) if each.label.startswith(label))


def button(app, label: str):
    return next(each for each in app.button if each.label.startswith(label))


def test_a_proposal_says_its_rule_and_confidence_and_is_kept_with_what_was_added(run_app, with_centres):
    app = run_app(with_centres, PAGE)
    assert not app.exception
    assert box(app, "District").value == "Stockton-on-Tees"
    assert box(app, "Centre").options[0] == "Billingham (medium confidence)"
    words = text_of(app)
    assert "that together hold four fifths of the centre" in words and "confidence medium" in words
    box(app, "Small areas").set_value([BILLINGHAM, BESIDE]).run()
    assert "Added by hand: Stockton-on-Tees 002A" in text_of(app)
    next(each for each in app.text_input if each.label == "Name of the area").set_value(
        "Billingham shops"
    ).run()
    button(app, "Keep it as an area").click().run()
    assert not app.exception
    assert [each.value for each in app.success] == [
        "Billingham shops is kept. It can be chosen on every page, as any town centre can."
    ]
    assert kept_areas(with_centres) == {"billingham-shops": "Billingham shops"}
    kept = with_centres.areas("cleveland")["billingham-shops"]
    assert kept.ground == {BILLINGHAM, BESIDE}
    # the file stays one that anybody can read and write by hand
    assert (
        "Added by hand" in read_areas(extra=with_centres.path / "areas.toml").areas["billingham-shops"].note
    )
    button(app, "Keep it as an area").click().run()
    assert "already the name of an area" in " ".join(each.value for each in app.warning)


def test_without_the_role_it_can_be_looked_at_and_not_kept(run_app, with_centres, monkeypatch):
    app = run_app(with_centres, PAGE, centre="Yarm (low confidence)")
    assert box(app, "Centre").value is not None and "“Yarm”" in text_of(app)
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.READER, "test", "here"))
    app.run()
    assert button(app, "Keep it as an area").disabled


def test_where_no_outlines_are_held_suggestions_are_called_so_and_may_be_kept(
    run_app, demonstration_store, tmp_path
):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    store = open_store(tmp_path / "store")
    app = run_app(store, PAGE)
    assert not app.exception
    assert box(app, "Centre").options[0].startswith("Suggestion 1: ")
    assert "It is a suggestion from thefts recorded close together" in text_of(app)
    button(app, "Keep it as an area").click().run()
    assert len(kept_areas(store)) == 1
    # no ground left is a sentence, and nothing to keep
    box(app, "Small areas").set_value([]).run()
    assert "No small area is chosen." in text_of(app)
    assert button(app, "Keep it as an area").disabled
