"""The board: what each change is called, the sentence counted from its cells, and lines broken where a month is missing."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.board import (
    GLYPHS,
    SHORT_WORDS,
    WORDS,
    Cell,
    Standing,
    board_sentence,
    cell_key,
    counts_of,
    percent_of,
    rest_sentence,
    short_names,
    standing,
)
from analysis.drawing.cards import Figured, change_card
from analysis.drawing.line import line_path, top_of
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import VERDICTS
from tests.exhaustive import examples

NAMES = {"Ay": "Ay", "Bee": "Bee"}


def row(verdict: str, before: float = 100, after: float = 60, **more) -> Evidence:
    percent = 100 * (after - before) / before if before else math.nan
    values = {
        "baseline_incidents": before,
        "comparison_incidents": after,
        "change": after - before,
        "percent_change": percent,
        "small_base": before < 50,
        "baseline_months": 12,
        "comparison_months": 12,
        "months_compared": 12,
        "area": "Ay",
        "area_key": "ay",
        "crime_type": "Burglary",
        "verdict": verdict,
    }
    return Evidence(**values | more)


def cell(place: str, crime_type: str, word: Standing, *, rose: bool = False) -> Cell:
    return Cell(place.lower(), place, crime_type, "100 → 60", "−40%", word, rose)


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        ("too few to say", "too few"),
        ("", "missing"),
        ("fell more than similar places", "fell more"),
        ("rose more than similar places", "rose more"),
        ("fell less than similar places", "fell less"),
        ("rose less than similar places", "rose less"),
        ("much as similar places did", "ordinary"),
        ("months missing", "missing"),
        ("locations missing", "missing"),
    ],
)
def test_a_verdict_has_one_of_seven_words(verdict, word):
    assert standing(row(verdict)) == word


def test_every_verdict_has_a_word_and_every_word_its_texts():
    assert {standing(row(verdict)) for verdict in VERDICTS} <= set(get_args(Standing))
    assert set(WORDS) == set(SHORT_WORDS) == set(GLYPHS) == set(get_args(Standing))


def test_counts_of_unlike_months_are_missing_though_the_verdict_says_too_few():
    unlike = row("too few to say", percent_change=math.nan, baseline_months=11)
    assert standing(unlike) == "missing"


def test_a_percentage_stands_on_a_base_of_fifty_or_on_none_unless_it_is_asked_for():
    assert percent_of(row("", 50, 25), show_small=False) == "−50%"
    assert percent_of(row("", 49, 98), show_small=False) == ""
    assert percent_of(row("", 49, 98), show_small=True) == "+100%"
    assert percent_of(row("", 0, 9), show_small=True) == ""
    assert counts_of(row("", 1510, 1368)) == "1,510 → 1,368"


def test_the_sentence_names_rises_before_falls_and_says_both_of_two():
    cells = [
        cell("Ay", "Burglary", "fell more"),
        cell("Ay", "Criminal damage and arson", "fell more"),
        cell("Bee", "Shoplifting", "rose more", rose=True),
        cell("Bee", "Drugs", "ordinary"),
    ]
    assert board_sentence(cells, NAMES) == (
        "3 of 4 changes are more than ordinary ups and downs. Shoplifting in Bee, up. "
        "Burglary and criminal damage in Ay, both down."
    )
    assert rest_sentence(cells) == "1 is ordinary."


def test_a_change_that_is_told_but_not_by_its_own_direction_is_named_as_such():
    cells = [
        cell("Ay", "Burglary", "fell less"),
        cell("Ay", "Drugs", "rose less", rose=True),
        cell("Bee", "Shoplifting", "ordinary"),
    ]
    assert board_sentence(cells, NAMES) == (
        "2 of 3 changes are more than ordinary ups and downs. Drugs in Ay, which rose less than elsewhere. "
        "Burglary in Ay, which fell less than elsewhere."
    )


def test_where_nothing_stands_out_or_nothing_can_be_told_the_sentence_says_which():
    ordinary, few = cell("Ay", "Drugs", "ordinary"), cell("Ay", "Robbery", "too few")
    assert board_sentence([ordinary, few], NAMES) == (
        "Not one of 2 changes is more than ordinary ups and downs."
    )
    assert board_sentence([few], NAMES).startswith("Not one of 1 change can be told")
    assert rest_sentence([few, cell("Ay", "Drugs", "missing")]) == (
        "1 is too few to say; 1 lacks months, locations or inputs."
    )


def test_more_than_six_are_counted_by_place():
    cells = [cell("Ay", f"Type {n}", "fell more") for n in range(5)]
    cells += [cell("Bee", f"Type {n}", "rose more", rose=True) for n in range(2)]
    assert board_sentence(cells, NAMES).endswith("ups and downs. Ay (5 down) and Bee (2 up).")


@examples(40)
@given(st.lists(st.sampled_from(get_args(Standing)), min_size=1, max_size=30))
def test_the_counts_of_both_sentences_come_to_all_cells(words):
    cells = [cell("Ay", f"Type {at}", word, rose=word == "rose more") for at, word in enumerate(words)]
    first = board_sentence(cells, NAMES)
    out = int(first.split()[0]) if first[0].isdigit() else 0
    rest = sum(
        int(token)
        for token in rest_sentence(cells).split("Chance")[0].replace(";", "").split()
        if token.isdigit()
    )
    assert out + rest == len(cells)


def test_names_lose_town_centre_only_where_every_place_is_one():
    assert short_names(["Ay Town Centre", "Bee Town Centre"])["Ay Town Centre"] == "Ay"
    assert short_names(["Ay Town Centre", "Bee"])["Ay Town Centre"] == "Ay Town Centre"


def test_a_cell_is_called_in_a_link_by_place_and_crime_type():
    assert cell_key("thornaby-town-centre", "Anti-social behaviour") == (
        "thornaby-town-centre~anti-social-behaviour"
    )


def test_a_line_is_broken_at_a_missing_month_and_a_month_alone_is_a_point():
    # 3 months over 14 px with 2 px of margin: 5 px a step; 10 of 10 stands at 2, 0 at 12
    assert line_path([10, 0, 5], 10, 14, 14) == "M2.0 2.0L7.0 12.0L12.0 7.0"
    assert line_path([10, math.nan, 5], 10, 14, 14) == "M2.0 2.0h0M12.0 7.0h0"
    assert line_path([math.nan], 1, 14, 14) == ""
    assert top_of([math.nan, 0.0]) == 1.0


def test_a_card_has_the_percentage_with_its_counts_or_on_a_small_base_the_counts_alone():
    card = change_card(row("fell more than similar places"))
    assert (card.word, card.glyph) == ("fell more than similar places", "▼")
    assert card.figures == (Figured("−40%", "100 → 60"),)
    assert change_card(row("too few to say", 10, 5)).figures == (Figured("10 → 5", "recorded"),)
