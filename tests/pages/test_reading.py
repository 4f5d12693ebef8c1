"""Every sentence of a page can be read once, aloud: at most 25 words, wherever it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SCRIPTS
from tests.reading import plain, sentences, words

MOST_WORDS = 25

PROSE = {"pages/about/methods.py", "pages/about/accessibility.py"}
"""The methods are a document for analysts, the statement one in the Government’s own words: no sentences of a screen."""

NAMES = (
    "Stockton-on-Tees", "Middlesbrough", "Redcar and Cleveland", "Hartlepool", "Cleveland Police", "Stockton Town Centre",
    "Thornaby Town Centre", "Billingham Town Centre", "Portrack & Tilery", "Cambridge Centre for Evidence-Based Policing",
    "Cambridge Crime Harm Index",
)  # fmt: skip
"""Names are one short word each, as they are when read aloud."""

NOT_WORDS = {
    "labelExpr", "cssContent", "jsContent", "mark", "id", "key", "data", "datasets", "values", "query", "queryString", "path", "d", "own",
    "shapes", "icon", "elementId", "arrowData", "href", "url", "config", "formId", "userKey", "baseline", "comparison",
}  # fmt: skip
"""Fields of messages that a reader never reads: programs, addresses, outlines, rows of a chart."""

END = re.compile(
    r"</(?:p|li|td|th|h\d|summary|div|figcaption|text|title|desc|button|dt|dd|caption)>|<span class=\"key\">|<br\s*/?>|\n\n|\n- |\n\|"
)


def read_aloud(app: AppTest) -> Iterator[str]:
    """Yield each sentence of a page: texts, tables' notes, titles and alternative texts of charts, maps and components."""
    for element in app:
        proto = getattr(element, "proto", None)
        if proto is None:
            continue
        for text in leaves(MessageToDict(proto)):
            bare = re.sub(r"<(style|script|path)\b.*?(?:</\1>|/>)", " ", text, flags=re.DOTALL)
            attributes = re.findall(r'(?:aria-label|title|alt)="([^"]+)"', bare)
            for piece in (*END.split(bare), *attributes):
                yield from sentences(re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", piece))))


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in NOT_WORDS or (name == "data" and not isinstance(each, list)):
                yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        if value.lstrip()[:1] in ("{", "["):
            try:
                yield from leaves(json.loads(value))
                return
            except ValueError:  # it only looked like JSON: Markdown may begin with a bracket
                pass
        yield value


@pytest.mark.parametrize("script", [script for script in SCRIPTS if script not in PROSE])
@pytest.mark.parametrize("held", ["real_store", "demonstration_store"])
def test_no_sentence_of_a_page_is_over_25_words(drawn, request, held, script):
    page = drawn(request.getfixturevalue(held), script)
    assert not page.exception
    assert [error.value for error in page.error] == [], "a part that fails has no sentences to read"
    said = list(read_aloud(page))
    assert any(len(words(each)) > 8 for each in said), "no sentence was read at all"
    long = {each: count for each in said if (count := len(words(plain(each, NAMES)))) > MOST_WORDS}
    assert not long


def test_a_long_sentence_would_be_found_in_a_note_and_in_a_chart():
    def script():
        import altair as alt
        import pandas as pd
        import streamlit as st

        said = "word " * 26 + "end."
        st.html(f"<p>{said}</p>")
        st.altair_chart(
            alt.Chart(pd.DataFrame({"x": [1]}), title="Of a chart " + said).mark_point().encode(x="x")
        )

    found = [
        each for each in read_aloud(AppTest.from_function(script).run()) if len(words(each)) > MOST_WORDS
    ]
    assert len(found) == 2
