"""What is kept of an answer: what was made of the months held, and not what was made while they changed."""

from __future__ import annotations

import pytest

from analysis.drawing.answer import Text
from data.access import Role, Visitor
from data.desk import Desk
from pages.frame import access, asking


@pytest.fixture(autouse=True)
def _at_the_machine(monkeypatch):
    monkeypatch.setattr(access, "visitor", lambda: Visitor(Role.OWNER, "test", "here"))
    asking.forget()
    yield
    asking.forget()


def make_of(made: list[Text]):
    def make() -> Text:
        made.append(Text(str(len(made))))
        return made[-1]

    return make


def test_a_part_is_kept_while_the_months_stay(monkeypatch):
    monkeypatch.setattr(asking, "_state", lambda: (0, "one"))
    made: list[Text] = []
    assert asking._kept("key", make_of(made), (0, "one")) == Text("0")
    assert asking._kept("key", make_of(made), (0, "one")) == Text("0")
    assert len(made) == 1


def test_a_part_made_after_another_month_came_is_shown_and_not_kept(monkeypatch):
    monkeypatch.setattr(asking, "_state", lambda: (0, "two"))
    made: list[Text] = []
    assert asking._kept("key", make_of(made), (0, "one")) == Text("0")
    assert asking._kept("key", make_of(made), (0, "one")) == Text("1")


def test_what_is_removed_for_good_changes_the_state_so_that_nothing_made_before_is_kept_after(monkeypatch):
    class Held:
        def state(self) -> str:
            return "one"

    monkeypatch.setattr(asking, "desk", Held)
    before = asking._state()
    asking.forget()
    assert asking._state() != before


def test_the_store_is_looked_for_once_in_a_run_and_anew_in_the_next(monkeypatch, real_store, bare_store):
    opened: list[str] = []

    def open_store(path=None):
        opened.append("looked for")
        return stores[0]

    stores = [real_store]
    monkeypatch.setattr(asking, "open_store", open_store)
    monkeypatch.setattr(asking, "_desk_at", {str(s.path): Desk(s) for s in (real_store, bare_store)}.get)
    with asking.one_run():
        assert asking.desk() is asking.desk() and asking.desk().store is real_store
        stores[0] = bare_store
        assert asking.desk().store is real_store
    assert len(opened) == 1
    with asking.one_run():
        assert asking.desk().store is bare_store
    # outside a run nothing is kept
    assert asking.desk().store is bare_store
    assert len(opened) == 3


def test_a_run_that_ends_in_an_error_keeps_no_desk(monkeypatch, real_store):
    monkeypatch.setattr(asking, "_desk_at", lambda path: Desk(real_store))
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(real_store.path))
    with pytest.raises(ZeroDivisionError), asking.one_run():
        asking.desk()
        raise ZeroDivisionError
    assert not hasattr(asking._run, "desk")
