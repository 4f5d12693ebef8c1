"""Perceptions: a survey's places beside the record, and what is said without a survey or a review."""

from __future__ import annotations

from tests.pages.conftest import text_of
from tests.pages.test_overview import northumbria

PAGE = "pages/review/perceptions.py"


def test_the_places_of_a_survey_stand_in_table_chart_and_map(drawn, demonstration_store):
    words = text_of(drawn(demonstration_store, PAGE))
    assert "places felt unsafe, with recorded incidents in the lower half" in words
    assert "Felt unsafe, yet recorded incidents in the lower half: " in words
    assert "Simulated survey: felt unsafe, yet recorded incidents in the lower half: " in words


def test_without_a_survey_one_sentence_asks_for_it(drawn, real_store):
    app = drawn(real_store, PAGE)
    asking = [info.value for info in app.info if "“Perception survey”" in info.value]
    assert len(asking) == 1
    assert "The summit that the second answer names" in text_of(app)


def test_another_forces_page_stands_without_a_word_of_the_review(drawn, tmp_path):
    app = drawn(northumbria(tmp_path), PAGE)
    assert not app.exception and [error.value for error in app.error] == []
    words = text_of(app)
    assert "What is done where people feel unsafe?" in words
    for local in ("Stockton", "Cleveland", "review", "OPCC", "Safety of Women"):
        assert local not in words, words[max(0, words.find(local) - 80) :][:160]
