"""An area of one's own in the link: on every page like a town centre, and kept in the store when asked."""

from __future__ import annotations

import shutil

import pytest

from data.store import open_store
from pages.frame.menu import MENU
from tests.pages.conftest import SCRIPTS, text_of

UNIT = "Stockton-on-Tees 014E (E01012266, E01035197, E01035198)"
ELSEWHERE = "Hartlepool 009A"
CHANGED_BY_IT = {
    f"pages/{script}.py"
    for section in MENU.values()
    for script, entry in section.items()
    if "own" in (entry.uses or ())
}


@pytest.fixture(scope="module")
def one_area(walk_app, real_store):
    """A reader with an area of their own in the link."""
    return walk_app(real_store, own=UNIT, own_name="Portrack mine")


@pytest.fixture(scope="module")
def two_districts(walk_app, real_store):
    """A reader who looks at nothing but their own area, which lies in two districts."""
    app = walk_app(real_store, own=UNIT, own_name="Two districts")
    units = next(box for box in app.multiselect if box.label.startswith("Small areas"))
    code = next(option for option in units.options if option.startswith(ELSEWHERE))
    units.set_value([*units.value, code.split("(")[1].strip(")")]).run()
    next(box for box in app.multiselect if box.label == "Town centre").set_value([]).run()
    return app


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_page_draws_with_an_area_of_ones_own_beside_the_town_centres(one_area, script):
    app = one_area.switch_page(script).run()
    said = any("which had the patrols" in caption.value for caption in app.caption)
    assert said == (script in CHANGED_BY_IT)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert [warning.value for warning in app.warning] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_page_draws_with_an_area_over_two_districts_alone(two_districts, script):
    app = two_districts.switch_page(script).run()
    said = any(c.value.startswith("Two districts: 2 units") for c in app.caption)
    assert said == (script in CHANGED_BY_IT)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert [warning.value for warning in app.warning] == []


def test_it_has_an_answer_of_its_own_and_shared_ground_is_said(run_app, real_store):
    app = run_app(real_store, own=UNIT, own_name="Portrack mine")
    assert "Portrack mine." in text_of(app)
    assert any("which had the patrols" in caption.value for caption in app.caption)


def test_a_name_that_is_taken_is_a_sentence_and_the_page_stands(run_app, real_store):
    app = run_app(real_store, own=UNIT, own_name="Ropner")
    assert any("already the name of an area" in caption.value for caption in app.caption)
    assert "Thornaby Town Centre." in text_of(app)


def test_kept_in_the_store_it_can_be_chosen_like_a_town_centre(run_app, demonstration_store, tmp_path):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    store = open_store(tmp_path / "store")
    app = run_app(store, own=UNIT, own_name="Portrack mine")
    next(button for button in app.button if button.label == "Keep it in the store").click().run()
    assert not app.exception
    assert any("is kept in areas.toml" in caption.value for caption in app.caption)
    centres = next(box for box in app.multiselect if box.label == "Town centre")
    assert centres.options[-1] == "Portrack mine"
    assert "Portrack mine." not in text_of(app)
    centres.set_value(["portrack-mine"]).run()
    assert "Portrack mine." in text_of(app)
    assert "portrack-mine" in store.areas("cleveland")
    next(button for button in app.button if button.label == "Remove Portrack mine for good").click().run()
    assert not app.exception
    assert any("Portrack mine is removed from the store" in caption.value for caption in app.caption)
    assert "Portrack mine" not in next(box for box in app.multiselect if box.label == "Town centre").options
    assert "portrack-mine" not in store.areas("cleveland")


@pytest.mark.parametrize("name", ["x" * 61, "x" * 5_000, "abc\u202edef", "a\0b"])
def test_a_name_in_a_link_that_may_not_stand_is_refused_and_never_cut(run_app, demonstration_store, name):
    app = run_app(demonstration_store, own=UNIT, own_name=name)
    assert not app.exception
    assert any(caption.value.startswith("The name “") for caption in app.caption)
    # the box keeps what was written, for its writer to mend; nothing else repeats it
    others = [each for each in app if each.type != "text_input"]
    assert not any("x" * 60 in str(getattr(each, "value", "")) for each in others)


def test_a_place_is_found_by_its_name_added_to_an_area_and_stands_on_the_board(run_app, real_store):
    app = run_app(real_store)
    box = next(box for box in app.text_input if box.label == "Find a ward, small area or street")
    box.set_value("norton road").run()
    found = [button for button in app.button if button.label.startswith("Add ")]
    assert [button.label for button in found] == ["Add Norton Road, Stockton-on-Tees"]
    found[0].click().run()
    assert not app.exception
    assert "Norton Road, Stockton-on-Tees" in text_of(app)
    assert not [button for button in app.button if button.label.startswith("Add ")]


def test_a_place_that_nobody_knows_is_a_sentence(run_app, demonstration_store):
    app = run_app(demonstration_store)
    next(box for box in app.text_input if box.label.startswith("Find")).set_value("atlantis").run()
    assert any("is called so" in caption.value for caption in app.caption)
