"""The last slides: questions that the data held cannot answer, how sure one can be, and what to keep in mind."""

from __future__ import annotations

from analysis.drawing.answer import Unanswered
from analysis.drawing.figure import Table
from pages.pack.contents import Contents
from pages.pack.slides.blocks import coverage_lines, on_slides, piece, said_of, text_of
from pages.pack.slides.deck import Column, Slide, bullets

MOST_QUESTIONS = 8
"""Questions on the slide; the notes have them all, each with why it has no answer."""


def questions(contents: Contents) -> list[Slide]:
    """Return the questions of the pages that have no answer in what is held, and why in the notes."""
    why: dict[str, str] = {}
    for chapter in contents.chapters:
        for section, each in chapter.named():
            if isinstance(each.part, Unanswered):
                title = section.title or chapter.question
                if title.endswith("?"):
                    why.setdefault(title, on_slides(each.part.sentence))
    if not why:
        return [Slide("Questions", (), "", ())]
    asked = list(why)[:MOST_QUESTIONS]
    return [
        Slide(
            "Questions, first those that the data held cannot answer",
            (Column((bullets(*asked),)),),
            "Why each has no answer, and which records would give one, stands in the notes.",
            tuple(f"{title} {sentence}" for title, sentence in why.items()),
        )
    ]


def method(contents: Contents) -> list[Slide]:
    """Return how a verdict comes about, in the words that stand under the page's own tables."""
    chapter = contents.chapter("overview")
    of = piece(chapter, "evidence", "every_change")
    lines = [text_of(chapter, "chance")]
    if of is not None and isinstance(of.part, Table):
        lines = [*of.part.notes, *lines]
    lines = [on_slides(each) for each in lines if each]
    if not lines:
        return []
    return [Slide("How sure are we?", (Column((bullets(*lines),)),), "", said_of(of))]


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
