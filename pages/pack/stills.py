"""Pictures for an e-mail: each board, row of cards, chart and map of a pack as a PNG with its title, period and source.

Boards and cards are set as SVG from their values and painted by vl-convert, as charts are; maps are `pages.pack.pictures`'.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from analysis.drawing import encoded
from analysis.drawing.answer import DrawnFigure, Part
from analysis.drawing.board import GLYPHS, SHORT_WORDS, Board
from analysis.drawing.cards import Card, Cards
from analysis.drawing.encoded import html_text
from analysis.drawing.line import CARD, CELL
from analysis.drawing.maps.shown import Shown
from pages.pack import pictures, written
from pages.pack.contents import Chapter, Contents

LETTERS = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, BASELINE, ACCENT = "#16191D", "#3D3D3D", "#767E86", "#12436D"

MARGIN, LINE = 24, 20
NAME, COLUMN, ROW = 190, 165, 62
"""Pixels of a board: its row names, a column, a row."""

CARD_WIDTH, CARD_HEIGHT, ACROSS = 300, 215, 3


def write(contents: Contents, folder: Path) -> None:
    """Write the pictures of a pack into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for chapter in contents.chapters:
        for section, named in chapter.named():
            picture = png(contents, chapter, named.part)
            if picture is not None:
                number += 1
                words = f"{chapter.key} {section.key} {named.name}"
                (folder / f"{number:02d}-{encoded.file_name(words, 'png')}").write_bytes(picture)


def png(contents: Contents, chapter: Chapter, part: Part) -> bytes | None:
    """Return a part as a picture, None for one that has none."""
    if isinstance(part, Shown):
        return pictures.map_png(contents, part)
    if isinstance(part, Board):
        return pictures.painted(board_svg(contents, part))
    if isinstance(part, Cards):
        return pictures.painted(cards_svg(contents, chapter, part))
    if isinstance(part, DrawnFigure):
        return pictures.chart_png(part)
    return None


def board_svg(contents: Contents, board: Board) -> str:
    """Return a board as SVG: its sentence, a row a crime type, a column a place, and what is compared."""
    width = 2 * MARGIN + NAME + COLUMN * len(board.columns)
    out, top = _lines(board.sentence, MARGIN, MARGIN + 18, (width, 20), bold=True)
    heads = [
        _lines(
            f"{each.name} ({each.proposed})" if each.proposed else each.name,
            MARGIN + NAME + COLUMN * at,
            top + 16,
            (COLUMN, 14),
            bold=True,
        )
        for at, each in enumerate(board.columns)
    ]
    out += [line for head, _ in heads for line in head]
    top = max((low for _, low in heads), default=top) + 4
    for row, (name, cells) in enumerate(zip(board.rows, board.cells, strict=True)):
        y = top + ROW * row
        out.append(f'<line x1="{MARGIN}" x2="{width - MARGIN}" y1="{y}" y2="{y}" stroke="#D5DADF"/>')
        out += _lines(name, MARGIN, y + 20, (NAME, 14))[0]
        for at, cell in enumerate(cells):
            x = MARGIN + NAME + COLUMN * at
            word = " ".join(filter(None, (GLYPHS[cell.standing], SHORT_WORDS[cell.standing])))
            out.append(_two_lines(cell.baseline, cell.comparison, (x + COLUMN - CELL[0] - 12, y + 6)))
            out.append(
                _text(
                    " ".join(filter(None, (cell.counts.replace(" → ", "→"), cell.percent))), (x, y + 50), 13
                )
            )
            out.append(_text(word, (x, y + 24), 13, bold=bool(GLYPHS[cell.standing])))
    foot = [f"{board.rest} {board.compared} Dotted line: the earlier year.", *_said(contents)]
    return _drawn(out, (width, top + ROW * len(board.rows)), foot)


def cards_svg(contents: Contents, chapter: Chapter, cards: Cards) -> str:
    """Return a row of cards as SVG, under the question that they answer."""
    across = max(1, min(ACROSS, len(cards.cards)))
    width = 2 * MARGIN + CARD_WIDTH * across
    out, top = _lines(chapter.question, MARGIN, MARGIN + 18, (width, 20), bold=True)
    for at, card in enumerate(cards.cards):
        corner = (MARGIN + CARD_WIDTH * (at % across), top + 6 + CARD_HEIGHT * (at // across))
        out += _card(card, corner)
    facts = contents.facts
    compared = cards.compared or f"{facts.comparison.label} against {facts.baseline.label}."
    low = top + 6 + CARD_HEIGHT * -(-len(cards.cards) // across)
    return _drawn(out, (width, low), [compared, *_said(contents)])


def _card(card: Card, corner: tuple[float, float]) -> Iterator[str]:
    x, y = corner
    yield f'<rect x="{x}" y="{y}" width="{CARD_WIDTH - 12}" height="{CARD_HEIGHT - 12}" fill="none" stroke="#B5BCC3"/>'
    room, left = CARD_WIDTH - 24, x + 10
    place, low = _lines(card.place, left, y + 22, (room, 15), bold=True)
    yield from place
    yield _text(card.subject, (left, low + 14), 13)
    word, low = _lines(" ".join(filter(None, (card.glyph, card.word))), left, low + 36, (room, 14), bold=True)
    yield from word
    yield _two_lines(card.baseline, card.comparison, (left, low - 2))
    low += CARD[1] + 12 if card.baseline or card.comparison else 8
    for each in card.figures:
        yield _text(f"{each.value} {each.words}", (left, low + 8), 16, bold=True)
        low += 22
    for words in filter(None, (card.note, *card.also)):
        small, low = _lines(words, left, low + 6, (room, 11))
        yield from small


def _said(contents: Contents) -> list[str]:
    said = (
        f"{contents.force_name}. Source: {written.source(contents)}",
        contents.body,
        written.mark(contents),
    )
    return [each for each in said if each]


def _drawn(out: list[str], size: tuple[float, float], foot: list[str]) -> str:
    width, low = size
    low += 8
    for words in foot:
        lines, low = _lines(words, MARGIN, low + 14, (width, 12))
        out += lines
        low -= 4
    height = low + MARGIN / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}"><rect width="100%" height="100%" fill="#FFFFFF"/>{"".join(out)}</svg>'
    )


def _lines(
    words: str, x: float, y: float, room: tuple[float, float], *, bold: bool = False
) -> tuple[list[str], float]:
    """Return a text in lines that fit a width at a size (``room``), and where the next line would begin."""
    width, size = room
    letters = max(int((width - MARGIN) / (size * (0.56 if bold else 0.5))), 8)
    lines = textwrap.wrap(encoded.picture_text(words), letters) or []
    drawn = [_text(line, (x, y + at * size * 1.25), size, bold=bold) for at, line in enumerate(lines)]
    return drawn, y + len(lines) * size * 1.25


def _text(words: str, at: tuple[float, float], size: float, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-family="{LETTERS}" font-size="{size}" fill="{INK}"{weight}>'
        f"{html_text(encoded.picture_text(words))}</text>"
    )


def _two_lines(baseline: str, comparison: str, at: tuple[float, float]) -> str:
    if not (baseline or comparison):
        return ""
    return (
        f'<g transform="translate({at[0]:.1f} {at[1]:.1f})" fill="none" stroke-width="1.6">'
        f'<path d="{html_text(baseline)}" stroke="{BASELINE}" stroke-dasharray="2 2"/>'
        f'<path d="{html_text(comparison)}" stroke="{ACCENT}"/></g>'
    )
