"""Slides where there is little to show: no area, one month, no record, another force, a page alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.drawing.answer import Unanswered
from analysis.model.periods import Period
from pages.pack.slides import write
from tests.made import slides_read
from tests.pages.slides.conftest import contents_of
from tests.pages.test_other_forces_hotspots import FOREIGN, other_force  # noqa: F401 -- the fixture of another force


def titles(path) -> list[str]:
    shown = slides_read.opened(path)
    assert slides_read.overfull(shown) == []
    assert slides_read.overlapping(shown) == []
    return [slide.shapes.title.text for slide in shown.slides]


def test_without_an_area_the_slides_say_so(invented, tmp_path):
    overview = invented.chapter("overview")
    board = overview.get("board")
    empty = replace(board, columns=(), cells=tuple(() for _ in board.rows))
    sections = tuple(
        replace(s, parts=tuple(p._replace(part=empty) if p.name == "board" else p for p in s.parts))
        for s in overview.sections
    )
    facts = replace(invented.facts, areas=(), has_review=False)
    contents = replace(invented, chapters=(replace(overview, sections=sections),), facts=facts)
    write(contents, tmp_path / "deck.pptx")
    said = [
        w for slide in slides_read.opened(tmp_path / "deck.pptx").slides for w in slides_read.texts(slide)
    ]
    assert any(words.startswith("No area is chosen") for words in said)
    assert not [
        title for title in titles(tmp_path / "deck.pptx") if "Town Centre: " in title or "of 0" in title
    ]


def test_one_month_is_no_comparison_and_the_slides_say_what_is_missing(demonstration_store, tmp_path):
    month = Period.parse("2023-07:2023-07")
    contents = contents_of(demonstration_store, baseline=month, comparison=month)
    write(contents, tmp_path / "deck.pptx")
    shown = slides_read.opened(tmp_path / "deck.pptx")
    assert titles(tmp_path / "deck.pptx")
    board = contents.chapter("overview").get("board") or contents.chapter("overview").get("why")
    assert isinstance(board, Unanswered)
    said = "\n".join(w for slide in shown.slides for w in slides_read.texts(slide))
    assert board.sentence.split(". ")[0] in said


def test_another_force_has_the_board_its_areas_method_and_caveats(other_force, tmp_path):  # noqa: F811
    write(contents_of(other_force), tmp_path / "deck.pptx")
    shown = slides_read.opened(tmp_path / "deck.pptx")
    assert titles(tmp_path / "deck.pptx")[-1].startswith("Keep in mind")
    said = "\n".join(w for slide in shown.slides for w in slides_read.texts(slide))
    said += "\n".join(slide.notes_slide.notes_text_frame.text for slide in shown.slides)
    assert not [word for word in FOREIGN if word in said]


def test_a_page_alone_gives_its_own_slides(invented, tmp_path):
    retail = replace(invented, chapters=tuple(c for c in invented.chapters if c.key == "retail_crime"))
    write(retail, tmp_path / "deck.pptx")
    said = titles(tmp_path / "deck.pptx")
    assert any("shoplifting" in title for title in said)
    assert not [title for title in said if "changes are more than" in title]


@pytest.mark.parametrize("left_out", ["overview", "hotspots", "nte"])
def test_a_page_left_out_takes_its_slides_with_it(invented, tmp_path, left_out):
    rest = replace(invented, chapters=tuple(c for c in invented.chapters if c.key != left_out), land=None)
    write(rest, tmp_path / "deck.pptx")
    said = titles(tmp_path / "deck.pptx")
    begins = {"overview": "2 of 24", "hotspots": "1,066 patrols", "nte": "Night-time economy"}[left_out]
    assert not [title for title in said if title.startswith(begins)]
