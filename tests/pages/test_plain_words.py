"""The first layer of each page, all that stands outside folds, has the words of a commissioner.

Words for analysts stand behind folds alone. Those that any reader may need explained have a meaning in the glossary, and
one that can be reached on each page where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict

from analysis.drawing import glossary
from pages.frame import menu
from tests.pages.conftest import SCRIPTS, text_of
from tests.pages.test_reading import END, leaves

FOR_ANALYSTS = (
    "LSOA", "lower layer super output area", "common ground", "unit", "vintage", "unlocated",
    "ratio", "interval", "confidence interval", "p", "p-value", "phi", "Gi*", "Getis-Ord", "null", "null hypothesis", "hypothesis",
    "dispersion", "over-dispersion", "variance", "standard deviation", "standard error", "percentile", "quantile", "median",
    "placebo", "comparator", "counterfactual", "synthetic", "synthetic control", "synthetic comparator", "regression",
    "regression to the mean", "interrupted series", "false discovery rate", "statistically significant", "significant",
    "Poisson", "binomial", "Mann-Kendall", "dosage", "displacement", "diffusion", "treated", "untreated", "harm weights",
    "treatment", "covariate", "coefficient", "confounder", "estimator", "outlier", "heteroscedastic", "stationarity",
)  # fmt: skip
"""Words that stand under “How sure are we?” and behind other folds, and nowhere else."""

FOR_ANALYSTS_THROUGHOUT = {"pages/about/methods.py", "pages/about/glossary.py"}
"""Pages whose subject these words are."""

ROUND_EVERY_PAGE = {"menu"}
"""Components that name other pages."""

DRAWN = {"deck_gl_json_chart"}
"""What is drawn, of which a reader has the alternative text alone; charts have their words in their message."""

STORES = ("real_store", "demonstration_store")


def first_layer(node: Any) -> Iterator[str]:
    """Yield each text of a page outside folds: words, accessible names and alternative texts; of a fold its title."""
    proto = getattr(node, "proto", None)
    if hasattr(node, "children"):
        if label := getattr(proto, "label", ""):
            yield label
        if node.type != "expander":
            for child in node.children.values():
                yield from first_layer(child)
        return
    if proto is None:
        return
    said = [proto.alt] if node.type in DRAWN else leaves(MessageToDict(proto))
    for text in said:
        bare = re.sub(r"<(style|script|path)\b.*?(?:</\1>|/>)", " ", text, flags=re.DOTALL)
        attributes = re.findall(r'(?:aria-label|title|alt)="([^"]+)"', bare)
        for piece in (*END.split(bare), *attributes):
            yield re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", piece))).strip()


def as_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds these as whole words, in any case and with an s behind them; the longest first."""
    spelt = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{spelt})s?(?![\w*-])", re.IGNORECASE)


ANALYSTS = as_words(FOR_ANALYSTS)


@pytest.mark.parametrize("script", [each for each in SCRIPTS if each not in FOR_ANALYSTS_THROUGHOUT])
@pytest.mark.parametrize("held", STORES)
def test_no_word_for_analysts_stands_outside_a_fold(drawn, request, held, script):
    texts = list(first_layer(drawn(request.getfixturevalue(held), script)._tree))
    assert sum(map(len, texts)) > 400, "no first layer was read at all"
    wrong = {text: words for text in texts if (words := ANALYSTS.findall(text))}
    assert not wrong


def test_a_word_for_analysts_is_found_in_a_text_a_name_and_a_title_of_a_fold_and_not_in_a_fold():
    from streamlit.testing.v1 import AppTest

    def script():
        import streamlit as st

        st.html('<p>An interval.</p><div aria-label="The placebos"></div>')
        st.text_input("Units")
        with st.expander("Gi* and p"):
            st.html("<p>Over-dispersion, phi.</p>")

    texts = list(first_layer(AppTest.from_function(script).run()._tree))
    found = [word for text in texts for word in ANALYSTS.findall(text)]
    assert sorted(found) == sorted(["interval", "placebos", "Units", "Gi*", "p"])
    assert ANALYSTS.findall("the community, united, 5 pm, shop, Phillips, ratios") == ["ratios"]


def terms_in(texts: list[str]) -> set[str]:
    """Return the names of the glossary's terms that stand in these texts by one of their spellings."""
    together = " ¶ ".join(texts)
    return {term.name for term in glossary.TERMS if as_words((term.name, *term.spellings)).search(together)}


def test_every_term_of_the_first_layer_and_every_word_for_analysts_that_needs_it_is_in_the_glossary():
    names = {term.name for term in glossary.TERMS}
    assert set(glossary.FIRST_LAYER) <= names
    assert not [name for name in glossary.FIRST_LAYER if ANALYSTS.fullmatch(name)]
    spellings = {spelling.lower() for term in glossary.TERMS for spelling in (term.name, *term.spellings)}
    assert {"lsoa", "interval", "p", "phi", "gi*", "comparator", "dosage", "displacement"} <= spellings


@pytest.mark.parametrize("script", [each for each in SCRIPTS if each not in FOR_ANALYSTS_THROUGHOUT])
@pytest.mark.parametrize("held", STORES)
def test_a_term_that_stands_outside_folds_has_its_meaning_behind_one_title_of_the_page(
    drawn, request, held, script
):
    page = drawn(request.getfixturevalue(held), script)
    assert terms_in(list(first_layer(page._tree))) <= set(glossary.FIRST_LAYER)
    assert [each.label for each in page.expander].count(menu.WORDS) == 1
    words = text_of(page)
    assert [
        term.name
        for term in glossary.TERMS
        if term.name in glossary.FIRST_LAYER and term.meaning not in words
    ] == []
