"""What is kept of an answer: what was made of the months held, and not what was made while they changed."""

from __future__ import annotations

import pytest

from analysis.drawing.answer import Text
from data.access import Role, Visitor
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
