"""The last slides: questions that the data held cannot answer, how sure one can be, and what to keep in mind."""

from __future__ import annotations

import re

from analysis.drawing.answer import Unanswered
from analysis.drawing.figure import Table
from analysis.model.english import counted
from pages.pack.contents import Contents
from pages.pack.slides.blocks import coverage_lines, on_slides, piece, said_of, text_of
from pages.pack.slides.deck import Column, Slide, bullets

KEPT, BECAME = "kept", "What became of the review’s answers?"
"""The part of a page on actions kept, and what is asked where none are held."""

THESE = re.compile(r"of (?:these (\d+)|this (1)) changes?")
"""What a page says of the changes in the table over the sentence."""

MOST_QUESTIONS = 8
"""Questions on the slide; the notes have them all, each with why it has no answer."""


def questions(contents: Contents) -> list[Slide]:
    """Return the questions of the pages that have no answer in what is held, and why in the notes."""
    why: dict[str, str] = {}
    for chapter in contents.chapters:
        for section, each in chapter.named():
            if isinstance(each.part, Unanswered):
                title = section.title or chapter.question
                if each.name == KEPT and title.endswith("?"):
                    # the answers themselves are on a slide: not known is what became of them
                    title = BECAME
                if title.endswith("?"):
                    why.setdefault(title, on_slides(each.part.sentence))
    if not why:
        return [Slide("Questions", (), "", ())]
    asked = list(why)[:MOST_QUESTIONS]
    return [
        Slide(
            "Questions that the data held cannot answer",
            (Column((bullets(*asked),)),),
            "Why each has no answer, and which records would give one, stands in the notes.",
            tuple(f"{title} {sentence}" for title, sentence in why.items()),
        )
    ]


def method(contents: Contents) -> list[Slide]:
    """Return how a verdict comes about, in the words that stand under the page's own tables."""
    chapter = contents.chapter("overview")
    of = piece(chapter, "evidence", "every_change")
    lines = [_of_areas(text_of(chapter, "chance"), len(contents.facts.areas))]
    if of is not None and isinstance(of.part, Table):
        lines = [*of.part.notes, *lines]
    lines = [on_slides(each) for each in lines if each]
    if not lines:
        return []
    return [Slide("How sure are we?", (Column((bullets(*lines),)),), "", said_of(of))]


def _of_areas(sentence: str, areas: int) -> str:
    """Return a sentence on the changes of a page's table as it stands without the table."""
    whose = f"the {counted(areas, 'area')} chosen" if areas > 1 else "the area chosen"
    return THESE.sub(
        lambda found: f"of the {counted(int(found[1] or found[2]), 'change')} of {whose}", sentence
    )


def caveats(contents: Contents) -> list[Slide]:
    """Return what to keep in mind, how whole the data are, and where they come from."""
    chapter = contents.chapter("overview") or next(iter(contents.chapters), None)
    if chapter is None:
        return []
    lines = [*chapter.notes, *([chapter.certificate.line] if chapter.certificate else [])]
    return [
        Slide(
            "Keep in mind: what is recorded is not all that took place",
            (Column((bullets(*lines),)),),
            contents.release,
            (*chapter.notes, *coverage_lines(chapter.certificate), contents.release),
        )
    ]
