"""Names and words from files that would be more than text: on every page no link, picture or directive is made of one."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from data.store import open_store
from pages.frame.your_data import WHERE_FROM
from tests import hostile
from tests.pages.conftest import SCRIPTS

MARKED = {"body", "label", "help", "text"}
"""Fields that Streamlit's browser reads as Markdown, of whatever element."""


@pytest.fixture(scope="module")
def hostile_store(demonstration_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    shutil.copytree(demonstration_store.path, folder)
    store = open_store(folder)
    hostile.fill(store)
    return store


def strings(message, kind: str = ""):
    """Yield each text of a message with its element's kind and its field's name."""
    for field, value in message.ListFields():
        values = value if isinstance(value, (list, tuple)) or hasattr(value, "append") else [value]
        for each in values:
            if hasattr(each, "ListFields"):
                yield from strings(each, type(each).__name__)
            elif isinstance(each, str):
                yield kind or type(message).__name__, field.name, each


def elements(node):
    for child in getattr(node, "children", {}).values():
        yield child
        yield from elements(child)


def sent(app):
    for element in elements(app._tree):
        proto = getattr(element, "proto", None)
        if proto is not None and hasattr(proto, "ListFields"):
            yield from strings(proto, type(proto).__name__)


def deck_texts(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from deck_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from deck_texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_name_is_more_than_text_on_this_page(run_app, hostile_store, script):
    areas = [
        name for name in hostile.NAMES if name in {a.name for a in hostile_store.areas("cleveland").values()}
    ]
    assert len(areas) > 5
    app = run_app(
        hostile_store, script, area=areas, own="E01012266", own_name="[x](http://evil.example) mine"
    )
    assert not app.exception
    assert [error.value for error in app.error] == []
    seen = 0
    for kind, field, text in sent(app):
        if kind == "DeckGlJsonChart" and field == "json":
            for layer in json.loads(text)["layers"]:
                if isinstance(layer.get("data"), list):
                    seen += 1
                    assert not [each for each in deck_texts(layer["data"]) if each.lstrip().startswith("@@")]
        elif kind == "Html":
            own = "|".join(re.escape(address) for _, address, _ in WHERE_FROM)  # written by us
            assert not re.search(
                rf'<(?!a href="({own})"|img alt="[^"<>]*" src="data:image/png;base64,)(?:img|a|script|iframe)\b',
                text,
            ), text[:200]
            seen += "evil" in text
        elif field in MARKED and "METHOD" not in text and "evil.example" in text:
            seen += 1
            assert not re.search(r"(?<!\\)(?:\]\(|!\[|\]\[)", text), (kind, field, text)
            assert not re.search(r"https?://|www\.", text), (kind, field, text)
    assert seen or script.startswith("pages/about/")  # their pages show no name of an area or record
