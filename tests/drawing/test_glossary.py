"""Terms are marked once a block, as whole words and never inside a mark; a block stays the block that it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.encoded import html_text
from analysis.drawing.glossary import TERMS, Term, found, marked, with_more
from tests.hostile import NAMES

MARK = re.compile(r"<dfn [^>]*>|</dfn>")
SPELLINGS = [spelling for term in TERMS for spelling in term.spellings]
PIECES = st.one_of(
    st.sampled_from(SPELLINGS), st.sampled_from(NAMES), st.text(max_size=12), st.sampled_from(" ,.-&<>\"'")
)


def terms_of(markup: str) -> list[str]:
    return re.findall(r"<dfn [^>]*>([^<]*)</dfn>", markup)


def test_terms_stand_a_to_z_each_once_with_an_address_of_its_own():
    names = [term.name.lower() for term in TERMS]
    assert names == sorted(names)
    assert len({term.anchor for term in TERMS}) == len(TERMS) >= 30
    assert len({spelling.lower() for spelling in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.anchor)
def test_a_meaning_is_two_short_sentences_at_the_most(term):
    sentences = re.split(r"(?<=[^A-Z]\.)\s(?=[A-Z])", term.meaning)
    assert len(sentences) <= 2
    assert all(len(sentence.split()) <= 25 for sentence in sentences)
    assert term.meaning.endswith(".")


def test_the_first_mention_in_a_block_has_its_meaning_and_the_others_none():
    markup = marked("<li>Wards and LSOAs.</li><li>An LSOA in a ward.</li>")
    assert terms_of(markup) == ["Wards", "LSOAs"]
    meaning = next(term.meaning for term in TERMS if term.name == "LSOA")
    assert f'<dfn class="term" tabindex="0" aria-description="{html_text(meaning)}">LSOAs</dfn>' in markup


def test_the_longest_term_wins_and_no_part_of_a_word_is_one():
    assert terms_of(marked("a synthetic comparator, a comparator")) == ["synthetic comparator", "comparator"]
    assert marked("onward, ringing, step, p-value, re-recorded, gapless, pcc") == (
        "onward, ringing, step, p-value, re-recorded, gapless, pcc"
    )
    assert terms_of(marked("Gi* (p 0.04), ASB.")) == ["Gi*", "p", "ASB"]


def test_nothing_is_marked_in_a_tag_a_link_a_name_or_a_mark():
    for markup in (
        '<p title="ward">x</p>',
        '<a href="/glossary#ward">the ward <em>recorded</em></a>',
        "<strong>Central ward.</strong>",
        "<button>ward</button>",
        "&p; &ward;",
    ):
        assert marked(markup) == markup
    once = marked("<p>a ward</p>")
    assert marked(once) == once
    assert terms_of(marked("<a>ward</a> ward")) == ["ward"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("word", ["ward", "Gi*", "p", "LSOA"])
def test_a_hostile_name_with_a_terms_word_stays_text(name, word):
    text = html_text(f'{name} {word} "><dfn onfocus=x>{word}</dfn> {name}')
    markup = marked(f"<li>{text}</li>")
    assert MARK.sub("", markup) == f"<li>{text}</li>"
    assert set(re.findall(r"<(\w+)", markup)) <= {"li", "dfn"}
    assert "<dfn onfocus" not in markup


@given(st.lists(PIECES, max_size=20).map("".join))
def test_without_the_marks_it_is_the_same_block(text):
    block = f"<li>{html_text(text)}</li>"
    markup = marked(block)
    assert MARK.sub("", markup) == block
    assert len(terms_of(markup)) == len({word.lower() for word in terms_of(markup)})


def test_words_are_found_in_names_first_and_then_in_meanings():
    assert found("") == TERMS
    assert found(" asb ")[0].name == "Anti-social behaviour"
    assert found("overdispersed nonsense") == ()
    names = [term.name for term in found("hexagon")]
    assert names == ["Hexagon", "Density"]


def test_terms_of_content_are_marked_beside_the_programs_own_and_never_in_their_place():
    more = with_more(
        [Term("Quango", "A body.", ("Quango", "QGO")), Term("Ward", "Another meaning.", ("ward",))]
    )
    assert [term.name for term in more if term.name in ("Quango", "Ward")] == ["Quango", "Ward"]
    assert next(term.meaning for term in more if term.name == "Ward") != "Another meaning."
    assert terms_of(marked("the QGO in a ward", more)) == ["QGO", "ward"]
    assert terms_of(marked("the QGO in a ward")) == ["ward"]
