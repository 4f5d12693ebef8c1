"""A card as a panel of a slide: what it says, line by line, and how high that is."""

from __future__ import annotations

from analysis.drawing.cards import Card
from pages.pack.slides import measure
from pages.pack.slides.deck import QUIET, Line
from pages.pack.slides.page import GAP

NARROWEST = 200.0
"""Points that a panel is wide at least: “within ordinary ups and downs” in one line or two."""

INSIDE = 12.0
"""Points between a panel's edge and its words."""

FIGURE = 36.0
"""Points of a panel's first number."""

AFTER = 5.0


def panels_in(width: float) -> int:
    """Return how many panels stand beside each other in this width."""
    return max(1, int((width + GAP) // (NARROWEST + GAP)))


def panel_lines(card: Card) -> list[Line]:
    """Return what a card says in large type, from above; what else it says is a list of its own (`said_besides`)."""
    verdict = f"{card.glyph} {card.word}".strip()
    lines = [Line(card.place, bold=True, size=20.0), Line(_capital(verdict), bold=True)]
    if card.subject:
        lines.append(Line(_capital(card.subject), colour=QUIET))
    for at, figure in enumerate(card.figures):
        lines.append(Line(figure.value, bold=True, size=FIGURE if at == 0 else 24.0))
        lines.append(Line(figure.words, colour=QUIET))
    return lines


def said_besides(card: Card) -> list[str]:
    """Return what else of a place stands out, and its note, each with the place before it."""
    return [f"{card.place}: {each}" for each in (*card.also, card.note) if each]


def panel_height(card: Card, width: float, many: int) -> float:
    """Return how high a card is as one of so many panels in this width, in points."""
    room = (width - GAP * (many - 1)) / max(many, 1) - 2 * INSIDE - 6
    return (
        sum(measure.height_of(line.text, line.size, room, line.bold) + AFTER for line in panel_lines(card))
        + 2 * INSIDE
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
