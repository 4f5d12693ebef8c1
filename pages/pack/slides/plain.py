"""Words of the method as they are said on slides: learned ones stand under “How sure are we?” and in the notes alone."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.drawing.board import WORDS
from analysis.model.vocabulary import MUCH_AS
from pages.pack.slides.blocks import sentences
from pages.pack.slides.deck import Block, Column, Grid, Legend, Line, Slide, Words

_PLAIN = (
    (re.compile(r"\bLSOAs\b"), "small areas"),
    (re.compile(r"\bLSOA\b"), "small area"),
    (re.compile(r" \(common ground\)"), ""),
    (re.compile(r", with 95% interval"), ""),
    (re.compile(rf"\b{MUCH_AS}\b", re.IGNORECASE), WORDS["ordinary"]),
)


COMMAND = "python -m "
"""In a sentence for whoever keeps the months: in a room nobody can type a command, and the notes have it."""


def without_commands(words: str) -> str:
    """Return words without sentences that name a command; a text that is nothing else stays as it is."""
    return " ".join(each for each in sentences(words) if COMMAND not in each) or words


def plain_words(words: str) -> str:
    """Return words as a chair would read them out; a sentence still begins with a capital."""
    for sign, instead in _PLAIN:
        words = sign.sub(lambda found, put=instead: _cased(found, put), words)  # type: ignore[misc]
    return words


def _cased(found: re.Match[str], instead: str) -> str:
    before = found.string[: found.start()]
    starts = not before.strip() or before.rstrip().endswith((".", "!", "?"))
    return instead[:1].upper() + instead[1:] if starts else instead


def without_commands_on(slide: Slide) -> Slide:
    """Return a slide whose paragraphs name no command; its notes say them whole."""
    whole = [line.text for column in slide.columns for line in _lines(column) if COMMAND in line.text]
    columns = tuple(
        replace(
            column,
            blocks=tuple(
                Words(
                    tuple(
                        replace(line, text=without_commands(line.text)) if COMMAND in line.text else line
                        for line in block.lines
                    )
                )
                if isinstance(block, Words)
                else block
                for block in column.blocks
            ),
        )
        for column in slide.columns
    )
    return replace(slide, columns=columns, notes=(*slide.notes, *whole))


def _lines(column: Column) -> list[Line]:
    return [line for block in column.blocks if isinstance(block, Words) for line in block.lines]


def in_plain_words(slide: Slide) -> Slide:
    """Return a slide with all that is read on it in plain words; its notes say it as the pages do."""
    columns = tuple(
        replace(column, blocks=tuple(_block(block) for block in column.blocks)) for column in slide.columns
    )
    return replace(slide, title=plain_words(slide.title), columns=columns, source=plain_words(slide.source))


def _block(block: Block) -> Block:
    if isinstance(block, Words):
        return Words(tuple(replace(line, text=plain_words(line.text)) for line in block.lines))
    if isinstance(block, Grid):
        rows = tuple(tuple(replace(cell, text=plain_words(cell.text)) for cell in row) for row in block.rows)
        return replace(block, heads=tuple(map(plain_words, block.heads)), rows=rows)
    if isinstance(block, Legend):
        parts = tuple(
            (plain_words(heading), tuple(replace(key, label=plain_words(key.label)) for key in keys))
            for heading, keys in block.parts
        )
        return replace(block, parts=parts)
    return block
