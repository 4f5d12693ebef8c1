"""What slides say: verdicts in one wording, source lines cut at sentences, nothing that points at what a slide has not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.drawing.cards import Card, Cards
from pages.pack.slides import measure
from pages.pack.slides.blocks import sentences, unplaced
from pages.pack.slides.closing import _of_areas
from pages.pack.slides.deck import FINE, Column, Line, Panels, Slide, Words
from pages.pack.slides.one_part import cards_sentence
from pages.pack.slides.paint import SIMULATED, source_line
from pages.pack.slides.plain import plain_words, without_commands_on
from pages.pack.slides.plan import plan

MAP = (
    "Cleveland Police area. Change in recorded anti-social behaviour by small area, Oct 2022 – Jun 2023 against Oct 2023 – "
    "Jun 2024. 8 months on each side (a gap is left out of both). Source: police.uk street-level data, Open Government "
    "Licence v3.0. Boundaries: ONS, OGL v3.0; contain OS data © Crown copyright and database right."
)


def test_a_change_in_a_wide_ordinary_range_is_not_said_to_be_much_as_elsewhere():
    assert plain_words("Much as similar places did") == "Within ordinary ups and downs"
    assert plain_words("−45 %, much as similar places did") == "−45 %, within ordinary ups and downs"


@pytest.mark.parametrize("room", [500.0, 620.0, 700.0, 820.0, 880.0])
def test_a_source_line_is_cut_at_a_sentence_and_keeps_its_licence(room):
    said = source_line(MAP, room, 2, bold=False)
    assert len(measure.wrapped(said, FINE, room)) <= 2
    plain = MAP.replace("Open Government Licence v3.0", "OGL v3.0")
    left = said.replace("Open Government Licence v3.0", "OGL v3.0")
    head, tail = plain[: plain.find("Source")], plain[plain.find("Source") :]
    if tail in left:
        kept = left.removesuffix(tail).strip()
        assert kept.endswith("…") or kept in {
            " ".join(sentences(head)[at:end]) for at in range(3) for end in range(at + 1, 4)
        }
        # an ellipsis stands behind a whole word
        assert not kept.endswith("…") or head.startswith(f"{kept.removesuffix('…')} ")
    else:
        assert said.startswith("Source: police.uk")


def test_the_licence_is_shortened_before_the_period_is_lost():
    room = 760.0
    said = source_line(MAP, room, 2, bold=False)
    assert said != MAP
    assert "Oct 2023 – Jun 2024." in said
    assert "OGL v3.0. Boundaries: ONS" in said


def test_the_sentence_with_the_period_outlives_the_others_and_the_mark_of_simulated_months_all():
    tail = "Source: the review."
    words = f"Cleveland Police area. Patrol hours by hotspot, Aug 2023 – Jun 2024. As published. {tail}"
    room = measure.width_of(f"Patrol hours by hotspot, Aug 2023 – Jun 2024. {tail}", FINE) * 1.1
    assert source_line(words, room, 1, bold=False) == f"Patrol hours by hotspot, Aug 2023 – Jun 2024. {tail}"
    marked = source_line(f"{SIMULATED} {words}", room, 2, bold=False)
    assert marked == f"{SIMULATED} Patrol hours by hotspot, Aug 2023 – Jun 2024. {tail}"


def test_sentences_that_point_at_a_page_are_left_out_and_numbers_that_are_above_others_kept():
    assert unplaced(
        "Each panel has its own scale. Over each bar stands how many. Why stands under the table."
    ) == ("Each panel has its own scale.")
    assert unplaced("Rates of 3.5 rose. The table below has every number.") == "Rates of 3.5 rose."
    assert unplaced("One panel a place with twelve months above or below 100.") == (
        "One panel a place with twelve months above or below 100."
    )


@pytest.mark.parametrize(
    ("standings", "sentence"),
    [
        (("ordinary", "ordinary"), "Not one of 2 changes is more than ordinary ups and downs."),
        (
            ("rose more", "ordinary"),
            "1 of 2 changes is more than ordinary ups and downs: shoplifting in North, up.",
        ),
        (
            ("too few", "missing"),
            "Not one of 2 changes can be told from ordinary ups and downs: too little is recorded, or held.",
        ),
    ],
)
def test_the_title_over_cards_is_counted_from_their_verdicts(standings, sentence):
    cards = Cards(
        tuple(
            Card(f"{name} Town Centre", "", standing, subject="shoplifting")
            for name, standing in zip(("North", "South"), standings, strict=True)
        )
    )
    assert cards_sentence(cards) == sentence
    # a card that is no verdict is none of the changes
    assert cards_sentence(replace(cards, cards=(*cards.cards, Card("What cannot be told", "")))) == sentence


def test_changes_of_a_table_are_said_with_whose_they_are_where_the_table_is_not():
    assert _of_areas("would call 3 of these 24 changes significant", 3) == (
        "would call 3 of the 24 changes of the 3 areas chosen significant"
    )
    assert _of_areas("would call 0 of this 1 change significant", 1) == (
        "would call 0 of the 1 change of the area chosen significant"
    )


def words_of(slide) -> str:
    lines = [
        line.text
        for column in slide.columns
        for block in column.blocks
        if isinstance(block, Words)
        for line in block.lines
    ]
    return "\n".join([slide.title, slide.under, *lines])


def test_the_slides_of_cleveland_name_whose_changes_they_count_and_ask_what_is_not_known(real):
    slides = plan(real)
    opening, short = slides[:2]
    assert "Beside them, proposed: Norton, Yarm, Ingleby Barwick" in opening.under
    assert short.source.startswith(
        "Billingham Town Centre, Thornaby Town Centre and Stockton Town Centre, and 3 proposed centres; Jul 2022 – Jun 2023"
    )
    asked = next(slide for slide in slides if slide.title.startswith("Questions"))
    assert asked.title == "Questions that the data held cannot answer"
    assert "What became of the review’s answers?" in words_of(asked)
    assert "How can OPCC" not in words_of(asked)
    sure = next(slide for slide in slides if slide.title == "How sure are we?")
    assert "of the 24 changes of the 3 areas chosen" in words_of(sure)
    months = next(slide for slide in slides if slide.title.startswith("Month by month"))
    assert (
        "by month, Billingham Town Centre, Thornaby Town Centre, Stockton Town Centre. Jul" in months.source
    )
    streets = next(slide for slide in slides if slide.title.startswith("Safer Streets: "))
    rows = real.chapter("safer_streets").get("evidence").data
    told = rows.loc[rows["verdict"].str.contains("than similar places")]
    assert sorted(told["crime_type"]) == ["Burglary", "Neighbourhood crime"]
    assert "neighbourhood crime contains burglary, so these are not separate findings" in words_of(streets)
    [cards] = [block for column in streets.columns for block in column.blocks if isinstance(block, Panels)]
    [figure] = cards.cards[-1].figures
    assert (figure.value, figure.words) == ("1 of 2", "areas was patrolled too")


def test_no_slide_points_at_what_stands_below_it(real, invented):
    pointing = re.compile(r"table below|stand below|Over each bar|under the table")
    for contents in (real, invented):
        for slide in plan(contents):
            for column in slide.columns:
                for block in column.blocks:
                    for each in (block, *getattr(block, "charts", ())):
                        assert not pointing.search(getattr(each, "alt", "")), slide.title


def test_a_command_stands_in_the_notes_and_on_no_slide():
    words = "It needs boundaries of v1.2. Import them (python -m data import-geography FILE…). Nothing is compared."
    alone = "Import it with: python -m data import-lookup FILE"
    slide = without_commands_on(Slide("How sure?", (Column((Words((Line(words), Line(alone))),)),)))
    assert [line.text for line in slide.columns[0].blocks[0].lines] == [
        "It needs boundaries of v1.2. Nothing is compared.",
        alone,  # there is nothing else to say
    ]
    assert slide.notes == (words, alone)


def test_of_two_sources_the_sentence_on_what_is_counted_gives_way_to_the_period():
    tail = "Source: the review, “Details”, as published. {}Source: police.uk street-level data, OGL v3.0."
    words = f"Cleveland Police area. Patrol hours by hotspot, Aug 2023 – Jun 2024. {tail.format('Ground: recorded ASB by LSOA. ')}"
    short = f"Cleveland Police area. Patrol hours by hotspot, Aug 2023 – Jun 2024. {tail.format('')}"
    [room] = [each for each in range(200, 900) if len(measure.wrapped(short, FINE, each)) <= 2][:1]
    assert source_line(words, room, 2, bold=False) == short
