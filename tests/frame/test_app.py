"""app.py is script and app in one; the log-in stands in place of every page for whoever may see none."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from data.access import Role, Visitor
from pages.frame import access, login
from tests.conftest import PROJECT

APP = PROJECT / "app.py"


def drawn(app: AppTest) -> str:
    return " ".join(str(element.proto) for element in app.main if getattr(element, "proto", None) is not None)


@pytest.fixture
def run(demonstration_store, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(demonstration_store.path))

    def start(visitor: Visitor | None = None) -> AppTest:
        if visitor is not None:
            monkeypatch.setattr(access, "visitor", lambda: visitor)
        return AppTest.from_file(str(APP), default_timeout=600).run()

    return start


def test_streamlit_run_finds_the_app():
    assert discover_asgi_app(Path(APP)).import_string == "app:app"


def test_a_test_of_app_py_draws_the_overview(run):
    app = run()
    assert not app.exception
    assert "Overview" in drawn(app) or "town centre" in drawn(app)
    assert app.selectbox or app.multiselect, "the filters"
    assert len(app.main) > 5


def test_a_test_without_a_connection_is_a_reader(run, monkeypatch):
    seen = []
    kept = access.visitor
    monkeypatch.setattr(access, "visitor", lambda: seen.append(kept()) or seen[-1])
    run()
    assert {visitor.role for visitor in seen} == {Role.READER}


@pytest.mark.parametrize(
    ("who", "button"), [("anybody", "Log in"), ("ana@office.example", "Log out")], ids=["out", "in"]
)
def test_whoever_is_on_no_list_sees_the_log_in_and_nothing_else(run, who, button):
    app = run(Visitor(Role.NOBODY, who, "192.0.2.7", "Not <b>you</b>."))
    assert [b.label for b in app.button] == [button]
    assert "Not &lt;b&gt;you&lt;/b&gt;." in drawn(app)
    assert not app.selectbox
    assert not app.multiselect
    assert len(app.main) == 2


def test_a_missing_authlib_is_a_sentence(run, monkeypatch):
    monkeypatch.setattr(login, "can_log_in", lambda: False)
    app = run(Visitor(Role.NOBODY, "anybody", "192.0.2.7", "Log in."))
    assert "Authlib is not installed" in drawn(app)
    assert not app.button
