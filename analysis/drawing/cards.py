"""Cards: the answer of a page by place, before anything else. A place, a word, two numbers, a line.

Values only; a card computes nothing, and its numbers are texts as `analysis.model.formats` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.board import GLYPHS, WORDS, Standing, counts_of, percent_of, standing
from analysis.drawing.evidence.sentences import verdict_words
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import TOLD


@dataclass(frozen=True)
class Figured:
    """A number of a card, as text, with the words under it."""

    value: str
    words: str


@dataclass(frozen=True)
class Card:
    """What is said of one place: its name, what of it is spoken of, a word on it, two numbers and two lines.

    ``standing`` gives the colour, None where the word is no verdict on a change. ``baseline`` and ``comparison`` are
    paths (`analysis.drawing.line`), empty where there is no line. ``note`` is one short sentence under the numbers,
    ``also`` what else of the place stands out, each as loud as the word.
    """

    place: str
    word: str
    standing: Standing | None = None
    figures: tuple[Figured, ...] = ()
    baseline: str = ""
    comparison: str = ""
    note: str = ""
    subject: str = ""
    also: tuple[str, ...] = ()

    @property
    def glyph(self) -> str:
        """The sign beside the word, so that colour is never alone."""
        return GLYPHS[self.standing] if self.standing else ""


@dataclass(frozen=True)
class Cards:
    """The cards of an answer, in order; ``compared`` names their months where the line over the page does not."""

    cards: tuple[Card, ...]
    compared: str = ""


def change_card(
    row: Evidence,
    lines: tuple[str, str] = ("", ""),
    *,
    show_small: bool = False,
    first: Figured | None = None,
    subject: str = "",
) -> Card:
    """Return the card of one row of evidence: its verdict, its counts and its percentage, or ``first`` and its counts.

    A percentage on a small base is not written out.
    """
    percent = percent_of(row, show_small=show_small)
    word = standing(row)
    counted = Figured(percent or counts_of(row), counts_of(row) if percent else "recorded")
    return Card(
        place=row.area,
        word=verdict_words(row) if row.verdict in TOLD else WORDS[word],
        standing=word,
        figures=(first, counted) if first else (counted,),
        baseline=lines[0],
        comparison=lines[1],
        subject=subject or row.crime_type.lower(),
    )
