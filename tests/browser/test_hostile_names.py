"""Names that would call out or open another page, in every field that can hold one, in a real browser."""

from __future__ import annotations

import shutil
from urllib.parse import urlencode

import pytest

from data.store import open_store
from tests import hostile
from tests.browser.conftest import serving
from tests.pages.conftest import SCRIPTS

FOREIGN = """() => [...document.querySelectorAll('[href], [src]')]
    .map(e => new URL(e.getAttribute('href') || e.getAttribute('src'), location.href))
    .filter(a => a.host.includes('evil.example')).map(a => a.href)"""
"""Addresses that lead elsewhere; our own links carry the reader's choice, and so its words, in their query."""
FAILED = "() => document.body.innerText.includes('mistake in the program')"
BLANK = """() => [...document.querySelectorAll('[data-testid=stException], .stException, [role=alert]')]
    .map(e => e.innerText).filter(t => /Error|directive|undefined/.test(t))"""


@pytest.fixture(scope="module")
def hostile_app(demonstration_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    shutil.copytree(demonstration_store.path, folder)
    hostile.fill(open_store(folder))
    with serving(folder) as address:
        yield address


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_request_leaves_every_map_is_drawn_and_no_link_is_foreign(hostile_app, open_page, script):
    page_name = "" if script == SCRIPTS[0] else script.rsplit("/", 1)[1].removesuffix(".py")
    query = urlencode(
        {
            "area": list(hostile.NAMES),
            "own": "E01012266",
            "own_name": "![x](http://evil.example/y.png)",
            "folds": "open",
        },
        doseq=True,
    )
    page = open_page(f"{hostile_app}/{page_name}?{query}")
    assert page.outside == []
    assert page.evaluate(FOREIGN) == []
    assert not page.evaluate(FAILED)
    assert page.evaluate(BLANK) == []
    canvases = page.locator("[data-testid=stDeckGlJsonChart] canvas").count()
    maps = page.locator("[data-testid=stDeckGlJsonChart]").count()
    assert canvases >= maps
    unfolded = page.locator("[data-testid=stDeckGlJsonChart]:visible")
    for _ in range(unfolded.count() and 1):
        unfolded.first.hover()
    assert page.outside == []
