"""The app run without a browser, over the real months or the demonstration."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell import frame
from tests.conftest import PROJECT

SCRIPTS = tuple(f"pages/{script}.py" for section in frame.MENU.values() for script in section)
"""Every page of the menu, as the menu has it: a page that is added is tested."""


@pytest.fixture
def run_app(monkeypatch) -> Callable[..., AppTest]:
    """Return a function that runs one page of the app over a store and gives back what it drew."""

    def run(store, script: str = "pages/review/overview.py", **query: str) -> AppTest:
        monkeypatch.setenv("TOWN_CENTRES_STORE", str(store.path))
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        return app if script == SCRIPTS[0] else app.switch_page(script).run()

    yield run
    st.cache_resource.clear()


def text_of(app: AppTest) -> str:
    """Return all words on the page, without markup."""
    parts = [
        found
        for element in app.main
        for name in ("body", "value", "label")
        if isinstance(found := getattr(getattr(element, "proto", None), name, None), str)
    ]
    joined = " ".join(parts)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", joined)))
