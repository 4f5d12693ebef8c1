"""Explore / High-crime places: its parts, and a force without a review."""

from __future__ import annotations

from analysis.drawing.answer import Unanswered
from analysis.topics import high_crime
from data.desk import Desk
from tests.pages.conftest import text_of
from tests.pages.test_overview import northumbria

PAGE = "pages/explore/high_crime.py"


def answers(store, number: int = 10):
    desk = Desk(store)
    case = desk.case(desk.default_selection("cleveland"))
    return case, high_crime.answer(case, "Anti-social behaviour", number)


def test_the_number_of_places_is_that_of_the_tables(real_store):
    _, ten = answers(real_store)
    assert ten["ranking"].title == "10 places with the most recorded incidents"
    assert len(ten["ranking"].shown) == 10
    _, twenty = answers(real_store, 20)
    assert twenty["persistence"].title == "13 of the 20 places stayed among the first 20"
    assert twenty["stayed"].text.startswith(
        "13 of these 20 places were among the first 20 of Jul 2022 – Jun 2023 too; by chance about "
    )
    assert twenty["gi_star"].data is not None


def test_without_a_lookup_the_ranking_stands_and_the_rest_says_what_is_needed(bare_store):
    case, answer = answers(bare_store)
    assert answer["ranking"].title.startswith("10 places")
    for part in (
        answer["gi_star"],
        answer["emerging"],
        high_crime.where(case, "Anti-social behaviour", high_crime.HIGH_TOGETHER)["map"],
    ):
        assert isinstance(part, Unanswered)
        assert "python -m data import-lookup" in part.sentence


def test_a_force_without_a_review_has_its_places_and_no_word_of_another(run_app, tmp_path):
    app = run_app(northumbria(tmp_path), PAGE)
    words = text_of(app)
    assert not app.exception
    assert "2 places with the most recorded incidents" in words
    assert not [word for word in ("Stockton", "Cleveland", "Thornaby", "the review") if word in words]
