"""Night-time economy: the five crime types, what the money was for, and hours only where records have them."""

from __future__ import annotations

import pytest

from tests.pages.conftest import text_of
from tests.pages.test_overview import northumbria

PAGE = "pages/review/nte.py"


def test_the_page_speaks_of_the_five_crime_types_whatever_is_chosen(drawn, real_store):
    words = text_of(drawn(real_store, PAGE, crime="Shoplifting"))
    assert "Possession of weapons" in words
    assert "Stockton Town Centre Violence and sexual offences" in words
    assert "Stockton Town Centre Shoplifting" not in words


def test_the_reviews_own_words_are_on_the_page_of_its_force(drawn, real_store):
    words = text_of(drawn(real_store, PAGE))
    assert "For another place, Yarm for one, choose its ground as an area of your own" in words
    assert "What the NTE Funding 2022-23 money pays for" in words
    assert "What the Serious Violence Duty money pays for" in words
    assert "The review gives the two sums as lower limits" in words


def test_another_forces_page_stands_without_a_word_of_the_review(drawn, tmp_path):
    app = drawn(northumbria(tmp_path), PAGE)
    assert not app.exception and [error.value for error in app.error] == []
    words = text_of(app)
    assert "Night-time ground is here the areas chosen in the filters" in words
    assert "Gateshead." in words
    assert (
        "Funding. No records of the office’s own are held. So no sum of this office’s own is shown." in words
    )
    assert any("stop-and-search" in info.value for info in app.info)
    for local in ("Stockton", "Cleveland", "Yarm", "review", "Serious Violence Duty", "2022-23"):
        assert local not in words, words[max(0, words.find(local) - 80) :][:160]


@pytest.mark.parametrize("kind", ["funding", "deliverables"])
def test_another_forces_records_are_shown_under_the_names_that_they_give(drawn, tmp_path, kind):
    app = drawn(northumbria(tmp_path), PAGE, **{f"simulated_{kind}": "true"})
    assert not app.exception and [error.value for error in app.error] == []
    assert "Its rows are invented" in text_of(app)
