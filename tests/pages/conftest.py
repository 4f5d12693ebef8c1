"""The app run without a browser, over the real months or the demonstration."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import unescape

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

from analysis.drawing import answer
from analysis.drawing.figure import AnyChart, specification
from data.access import Role, Visitor
from pages.frame import access, folds, menu
from tests.conftest import PROJECT

SCRIPTS = tuple(f"pages/{script}.py" for section in menu.MENU.values() for script in section)
"""Every page of the menu, as the menu has it: a page that is added is tested."""

# Each run of AppTest reads what is written of every installed package, to find components: nine tenths of a warm page's
# time. A server does so once; the tests, once a process.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

ask_until_stopped = local_script_runner.require_widgets_deltas


def wait_until_stopped(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the run's thread to end. AppTest looks through all that the run has sent a thousand times a second."""
    if runner._script_thread is not None:
        runner._script_thread.join(timeout)
    if not runner.script_stopped():
        # this ends it and raises, and calls the tenth of a second its time
        ask_until_stopped(runner, 0.1)


local_script_runner.require_widgets_deltas = wait_until_stopped


_right: set[str] = set()
"""Specifications that the schema has found right: the same chart is drawn by many tests."""


def checked_specification(chart: AnyChart) -> tuple[dict, dict]:
    """Return a chart's specification once Vega-Lite's schema was asked, which the app itself leaves out for speed."""
    form, tables = specification(chart)
    if (words := json.dumps(form, sort_keys=True, default=str)) not in _right:
        chart.to_dict(validate=True)
        _right.add(words)
    return form, tables


answer.specification = checked_specification


def start(patch: pytest.MonkeyPatch, store, script: str = SCRIPTS[0], **query: str) -> AppTest:
    """Run the app over a store at the page asked for, and give back what it drew.

    What the app keeps in memory is kept from test to test, as a server keeps it from reader to reader: each answer
    stands under the store's fingerprint.
    """
    patch.setenv("TOWN_CENTRES_STORE", str(store.path))
    # a run without a browser has no connection, and nobody's role: its reader is at the machine itself
    patch.setattr(access, "visitor", lambda: Visitor(Role.OWNER, "test", "here"))
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=600)  # a guard against hanging only
    # every fold is open: what it holds is read as a reader who opens it would
    for key, value in ({folds.OPEN: folds.ALL} | query).items():
        app.query_params[key] = value
    return app.run() if script == SCRIPTS[0] else app.switch_page(script).run()


@pytest.fixture
def run_app(monkeypatch) -> Callable[..., AppTest]:
    """Return a function that starts the app over a store, for a test that goes on to do something with it."""
    return partial(start, monkeypatch)


@pytest.fixture(scope="module")
def walk_app() -> Iterator[Callable[..., AppTest]]:
    """The same for tests of one module that take turns with one reader, each going to a page of its own."""
    with pytest.MonkeyPatch.context() as patch:
        yield partial(start, patch)


@pytest.fixture(scope="session")
def pages_drawn() -> dict[tuple, AppTest]:
    """What ``drawn`` has drawn so far."""
    return {}


@pytest.fixture
def drawn(run_app, pages_drawn) -> Callable[..., AppTest]:
    """Return a function like ``run_app`` for tests that only look: a page is drawn once a run, and never clicked on."""

    def look(store, script: str = SCRIPTS[0], **query: str) -> AppTest:
        asked = (store.path, script, *sorted(query.items()))
        if asked not in pages_drawn:
            pages_drawn[asked] = run_app(store, script, **query)
        return pages_drawn[asked]

    return look


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
