"""The glossary: every term with its meaning and address, a box to find one, and terms marked on other pages."""

from __future__ import annotations

from pages.frame.terms import all_terms
from tests.pages.conftest import text_of

SCRIPT = "pages/about/glossary.py"
TERMS = all_terms()


def names_of(app) -> list[str]:
    return [each.value.replace("\\", "") for each in app.subheader]


def test_every_term_stands_a_to_z_with_meaning_and_address(drawn, demonstration_store):
    app = drawn(demonstration_store, SCRIPT)
    assert names_of(app) == [term.name for term in TERMS]
    assert [each.anchor for each in app.subheader] == [term.anchor for term in TERMS]
    assert all(term.meaning in text_of(app) for term in TERMS)


def test_a_word_is_found_and_one_that_is_not_there_is_a_sentence(run_app, demonstration_store):
    app = run_app(demonstration_store, SCRIPT)
    app.text_input(key="sought").set_value(" over-dispersion ").run()
    assert names_of(app) == ["Phi"]
    app.text_input(key="sought").set_value("![x](http://evil.example)").run()
    assert not app.exception
    assert names_of(app) == []
    assert "in its name or its meaning" in app.info[0].value


def test_a_link_says_which_word_is_looked_up(drawn, demonstration_store):
    app = drawn(demonstration_store, SCRIPT, sought="ward")
    assert names_of(app)[0] == "Ward"
    assert len(names_of(app)) < len(TERMS)


def test_the_notes_of_a_page_mark_their_terms_once(drawn, demonstration_store):
    bodies = [
        getattr(each.proto, "body", "") for each in drawn(demonstration_store).main if hasattr(each, "proto")
    ]
    notes = next(body for body in bodies if '<ul class="notes">' in body)
    assert notes.count(">hotspots</dfn>") == 1
    assert notes.count('<dfn class="term" tabindex="0" aria-description="') >= 3


def test_a_word_of_a_reviews_texts_stands_among_the_terms_and_none_of_its_words_in_the_programs_own():
    from analysis.drawing.glossary import TERMS as OWN

    names = [term.name for term in TERMS]
    assert "PCC" in names
    assert names == sorted(names, key=str.lower)
    assert "PCC" not in [term.name for term in OWN]
