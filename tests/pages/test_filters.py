"""The shared filters on each page: each changes what it claims to, keeps its value for the next page, and is in the link."""

from __future__ import annotations

import shutil

import pytest

from data.store import open_store
from pages.frame.menu import MENU
from tests.golden.reader import page_rows
from tests.pages.conftest import SCRIPTS, text_of
from tests.pages.test_overview import choose, northumbria

ENTRIES = {f"pages/{script}.py": entry for section in MENU.values() for script, entry in section.items()}
INCIDENTS, HOTSPOTS, HIGH = (
    "pages/explore/incidents.py",
    "pages/review/hotspots.py",
    "pages/explore/high_crime.py",
)
EVALUATION, DATA = "pages/explore/evaluation.py", "pages/about/data.py"

ASKED = {"area": ["Billingham Town Centre", "Thornaby Town Centre"]}
OTHER = {
    "areas": {"area": ["Stockton Town Centre"]},
    "types": {"crime": ["Drugs", "Robbery"]},
    "periods": {
        "baseline_from": ["Jan 2023"],
        "baseline_to": ["Jun 2023"],
        "comparison_from": ["Jan 2024"],
        "comparison_to": ["Jun 2024"],
    },
    "like": {"like_for_like": ["false"]},
    "small": {"small_bases": ["true"]},
}
LABELS = {
    "areas": "Town centre",
    "types": "Crime types",
    "periods": "Periods",
    "like": "Like for like",
    "small": "Show percentages on small bases",
    "own": "Small areas, by name or code",
}
NEEDS_RECORDS = {"pages/review/perceptions.py", "pages/about/pack.py"}
"""Pages whose figures need an office's records, or stand in files: what changes them is tried with those (their own tests)."""

CONTROLS = ("control", "caption")


def shown(app) -> set:
    """Return what a page shows, without its filters and the outlines and names that its map shows the way by."""
    rows = page_rows(app._tree, "page", "selection")
    return {
        (row.part, row.kind, row.row, row.column, row.value)
        for row in rows
        if row.kind not in CONTROLS
        and row.column != "query"
        and not row.row.startswith(("(names", "(outlines"))
        and "You are looking at" not in row.value
        and row.column != "query"  # the menu's links carry every choice
    }


@pytest.mark.parametrize("script", [each for each in SCRIPTS if each not in NEEDS_RECORDS])
def test_a_page_draws_the_filters_that_change_it_and_no_other(run_app, real_store, script):
    uses = ENTRIES[script].uses or frozenset()
    app = run_app(real_store, script, **ASKED)
    labels = {each.label for each in [*app.multiselect, *app.selectbox, *app.toggle]}
    for use, label in LABELS.items():
        assert (label in labels) == (use in uses), label
    before = shown(app)
    # pickers of the page's own start from the shared ones, and a map of the whole force opens over the areas chosen
    own_pickers = {INCIDENTS: {"types", "periods", "areas"}, HIGH: {"areas"}}.get(script, set())
    used = [use for use in OTHER if use in uses | own_pickers]
    for use in used:
        assert shown(run_app(real_store, script, **ASKED | OTHER[use])) != before, use
    # none of the others changes anything, all of them together neither
    others = {name: value for use in OTHER if use not in used for name, value in OTHER[use].items()}
    if others:
        assert shown(run_app(real_store, script, **ASKED | others)) == before, sorted(others)


def test_a_filter_that_a_page_does_not_draw_keeps_its_value_and_stands_in_the_link(run_app, real_store):
    app = run_app(real_store)
    choose(app, "Crime types", ["Drugs"])
    app = app.switch_page(HOTSPOTS).run()
    assert "Crime types" not in [each.label for each in app.multiselect]
    assert app.query_params["crime"] == "Drugs"
    app = app.switch_page(DATA).run()
    assert app.query_params["crime"] == "Drugs"
    app = app.switch_page(HIGH).run()
    assert next(each for each in app.multiselect if each.label == "Crime types").value == ["Drugs"]
    assert "drugs" in text_of(app).lower()


def test_every_page_writes_out_what_depends_on_the_data_held(walk_app, real_store):
    app = walk_app(real_store)
    for script in SCRIPTS:
        app = app.switch_page(script).run()
        for name in ("force", "area", "crime", "baseline_from", "comparison_to", "held"):
            assert app.query_params[name], (script, name)


def test_the_link_of_a_page_opens_the_same_page_cold(run_app, real_store):
    app = run_app(real_store)
    choose(app, "Town centre", ["thornaby-town-centre"])
    choose(app, "Crime types", ["Drugs", "Shoplifting"])
    choose(app, "Show percentages on small bases", True)
    again = run_app(real_store, **app.query_params)
    assert shown(again) == shown(app)
    assert again.query_params == app.query_params


def test_reset_goes_back_to_what_the_force_opens_with(run_app, real_store):
    app = run_app(real_store, area="Thornaby Town Centre", crime="Drugs", like_for_like="false")
    next(each for each in app.button if each.label == "Reset").click().run()
    assert shown(app) == shown(run_app(real_store))


@pytest.mark.parametrize(
    ("script", "label", "first"),
    [(HIGH, "Crime type", "Burglary"), (EVALUATION, "Crime type", "Burglary")],
)
def test_a_pages_own_picker_follows_the_shared_filter_when_that_changes(
    run_app, real_store, script, label, first
):
    app = run_app(real_store, script)
    choose(app, label, "Shoplifting")
    assert next(each for each in app.selectbox if each.label == label).value == "Shoplifting"
    choose(app, "Crime types", ["Burglary", "Drugs"])
    assert next(each for each in app.selectbox if each.label == label).value == first
    assert "one_crime" not in app.query_params


def test_a_pick_that_came_by_the_link_stays(run_app, real_store):
    app = run_app(real_store, HIGH, one_crime="Drugs")
    assert next(each for each in app.selectbox if each.label == "Crime type").value == "Drugs"


@pytest.mark.parametrize("script", [EVALUATION, INCIDENTS])
def test_no_link_carries_a_type_that_nobody_chose(run_app, real_store, script):
    app = run_app(real_store)
    choose(app, "Crime types", ["Burglary", "Drugs"])
    app = app.switch_page(script).run()
    assert not {"one_crime", "type"} & set(app.query_params)


def test_the_lists_own_filters_follow_the_shared_ones(run_app, real_store):
    app = run_app(real_store, INCIDENTS)
    app = app.switch_page(SCRIPTS[0]).run()
    choose(app, "Crime types", ["Drugs"])
    app = app.switch_page(INCIDENTS).run()
    assert "Crime types: Drugs." in text_of(app)


def test_the_patrolled_place_stands_in_the_link_though_nobody_chose_it(run_app, real_store):
    assert run_app(real_store, HOTSPOTS).query_params["patrolled"]


def test_other_months_are_held_against_the_same_months_a_year_before(run_app, real_store):
    app = run_app(real_store)
    choose(app, "Periods", "Other months")
    choose(app, "Comparison from", "Jan 2024")
    assert [each.value for each in app.warning] == []
    assert app.query_params["baseline_from"] == "Jan 2023"
    assert "Jan 2024 – Jun 2024 against Jan 2023 – Jun 2023" in text_of(app)


def test_a_month_imported_later_leaves_an_old_link_as_it_was_and_is_said(run_app, tmp_path):
    store = northumbria(tmp_path)
    link = run_app(store).query_params
    before = shown(run_app(store, **link))
    text = (tmp_path / "files" / "2022-12-northumbria-street.csv").read_text().replace("2022-12", "2023-01")
    (tmp_path / "2023-01-northumbria-street.csv").write_text(text)
    assert store.import_police_uk(tmp_path / "2023-01-northumbria-street.csv").ok
    app = run_app(store, **link)
    assert app.query_params["comparison_to"] == "Dec 2022"
    assert any("Since this link was made, Jan 2023 was imported" in said.value for said in app.info)
    tables = {row for row in before if row[1] == "table"}
    assert tables <= shown(app)


def test_a_force_that_the_areas_file_names_opens_first_and_a_link_keeps_its_force(
    run_app, real_store, tmp_path
):
    alone = run_app(northumbria(tmp_path)).query_params
    shutil.copytree(real_store.path, tmp_path / "both")
    both = open_store(tmp_path / "both")
    assert both.import_police_uk(tmp_path / "files").ok
    assert next(box for box in run_app(both).selectbox if box.label == "Police force").value == "cleveland"
    app = run_app(both, **alone)
    assert next(box for box in app.selectbox if box.label == "Police force").value == "northumbria"
    assert app.query_params["baseline_from"] == alone["baseline_from"]


def test_another_force_brings_its_own_areas(run_app, real_store, tmp_path):
    northumbria(tmp_path)
    shutil.copytree(real_store.path, tmp_path / "both")
    both = open_store(tmp_path / "both")
    assert both.import_police_uk(tmp_path / "files").ok
    app = run_app(both)
    choose(app, "Police force", "northumbria")
    assert not app.exception
    assert [each.value for each in app.warning] == []
    assert app.query_params["force"] == "Northumbria Police"
    assert "Gateshead" in text_of(app)


def test_half_a_pair_of_months_is_said_and_the_page_shows_what_it_opens_with(run_app, real_store):
    app = run_app(real_store, comparison_from="Jan 2024")
    assert "Until then the page shows what it opens with" in app.warning[0].value
    assert shown(app) == shown(run_app(real_store)) | (shown(app) - shown(run_app(real_store)))
    assert app.query_params["comparison_from"] == "Jul 2023"
