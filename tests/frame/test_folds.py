"""A fold is run where it is open, stays open while its title changes, and every page begins with its own closed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.drawing.answer import Parts, Text


def page():
    import streamlit as st

    from pages.frame import draw, folds

    folds.page_begins(st.session_state.get("page", "one"))
    months = st.selectbox("Months", ["22", "12"])

    @draw.fold(f"How whole the data are: {months} months")
    def whole() -> None:
        st.text(f"{months} of them")


def shown(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def opened(app: AppTest) -> AppTest:
    app.session_state["fold-whole"] = True
    return app.run()


@pytest.fixture
def app() -> AppTest:
    # a guard against hanging only: the first run imports the app
    return AppTest.from_function(page, default_timeout=600).run()


def test_what_is_in_a_closed_fold_is_not_run(app):
    assert shown(app) == []
    assert shown(opened(app)) == ["22 of them"]


def test_a_fold_stays_open_while_its_title_changes_and_can_be_closed_then(app):
    app = opened(app)
    app.selectbox[0].set_value("12").run()
    assert shown(app) == ["12 of them"]
    assert shown(app.run()) == ["12 of them"]
    app.session_state["fold-whole"] = False
    assert shown(app.run()) == []
    app.selectbox[0].set_value("22").run()
    assert shown(app) == []


def test_another_page_begins_with_its_folds_closed(app):
    app = opened(app)
    app.session_state["page"] = "two"
    app.selectbox[0].set_value("12").run()
    assert shown(app) == []


def test_the_link_opens_every_fold():
    app = AppTest.from_function(page)
    app.query_params["folds"] = "open"
    assert shown(app.run()) == ["22 of them"]


def test_a_part_that_fails_by_a_missing_key_is_a_mistake_and_not_a_part_that_is_absent():
    def broken() -> Text:
        raise KeyError("column")

    parts = Parts({"a": broken, "b": lambda: Text("b")})
    assert parts.get("c") is None
    assert parts.get("b") == Text("b")
    with pytest.raises(KeyError, match="column"):
        parts.get("a")


def test_a_part_is_made_once_and_only_when_it_is_asked_for():
    made = []

    def part() -> Text:
        made.append(1)
        return Text("a")

    parts = Parts({"a": part})
    assert "a" in parts
    assert list(parts) == ["a"]
    assert not made
    assert parts["a"] is parts["a"]
    assert len(made) == 1
