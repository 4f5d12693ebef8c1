"""What readers leave behind in the server: no session, and their own areas in the bounded caches alone."""

from __future__ import annotations

import gc
from dataclasses import replace

from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from analysis.drawing.maps.palette import look
from analysis.model.areas import Area
from analysis.model.own_area import own_area
from analysis.topics import change
from data.access import Role, Visitor
from pages.frame import access, asking, map_view
from tests.pages.test_own_area import UNIT

SMALL = 300_000
"""Bytes of the answers kept in this test: fewer than its areas make."""


def runs() -> set[int]:
    gc.collect()
    return {id(each) for each in gc.get_objects() if isinstance(each, ScriptRunContext)}


def test_a_reader_who_has_gone_leaves_no_run_of_a_page_behind(run_app, demonstration_store):
    before = runs()
    app = run_app(demonstration_store, own=UNIT, own_name="![x](http://evil.example/x.png)")
    assert not app.exception
    app.switch_page("pages/explore/incidents.py").run()
    del app
    assert runs() <= before


def test_areas_of_readers_own_are_in_the_bounded_caches_and_nowhere_else(demonstration_store, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(demonstration_store.path))
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.OWNER, "test", "here"))
    desk = asking.desk()
    force = desk.forces()[0]
    asking.forget()
    desk._cells.clear()
    gc.collect()
    before = map_view._drawn.weight  # maps that other tests still look at
    units = list(desk.ground_labels(force))
    chosen = desk.default_selection(force)
    monkeypatch.setattr(asking._answers, "most", SMALL)
    for number in range(8):
        mine = own_area(
            f"Mine {number}", units[number : number + 3], desk.places(force), desk.areas(force), force
        )
        case = desk.case(replace(chosen, own=mine, areas=(mine.key,)))
        shown = asking.ask(change.where, case, "Burglary")["map"]
        map_view._deck(shown, case.land, (), look(dark=False), (300, 200))
    assert 0 < asking._answers.weight <= SMALL
    assert 0 < map_view._drawn.weight <= map_view.MOST_DRAWN_BYTES
    del mine, case, shown
    asking.forget()
    desk._cells.clear()
    gc.collect()
    assert map_view._drawn.weight == before
    # outlines of areas, by their ground alone, are a land's; whoever keeps an area itself keeps all that was made of it
    assert not [each for each in gc.get_objects() if isinstance(each, Area) and each.name.startswith("Mine ")]
