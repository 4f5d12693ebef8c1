"""How wide words are in Arial, and how they wrap: what fits a box is known before a slide is drawn.

Arial, Helvetica and Liberation Sans have the same widths; those of Helvetica lie beside matplotlib as Adobe published them, so
nothing has to be installed. A letter they do not have counts as wide as the widest, so that words are never wider than thought.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

LINE = 1.2
"""Height of a line in sizes of its letters: Arial's own 1.15, and what programs differ by."""

SLACK = 0.97
"""Of a box's width, so much is filled: programs round each letter differently."""

WIDEST = 1.0
"""Ems of a letter without a known width: signs, other scripts."""

POINT = 12_700
"""English Metric Units, the unit of slides, in a point."""


@lru_cache(maxsize=2)
def _widths(bold: bool) -> dict[str, float]:
    """Return the width of each letter in ems."""
    import matplotlib
    from fontTools.afmLib import AFM
    from fontTools.agl import AGL2UV

    folder = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
    metrics = AFM(str(folder / f"Helvetica{'-Bold' if bold else ''}.afm"))
    named = {name: metrics[name][1] / 1000 for name in metrics.chars()}
    return {chr(AGL2UV[name]): width for name, width in named.items() if name in AGL2UV} | {
        "\N{NO-BREAK SPACE}": named["space"]
    }


@lru_cache(maxsize=20_000)
def width_of(words: str, size: float, bold: bool = False) -> float:
    """Return the width of words on one line, in points."""
    widths = _widths(bold)
    return size * sum(widths.get(letter, WIDEST) for letter in words)


def wrapped(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Return the lines that words make in ``room`` points; a word longer than a line is broken where the line ends."""
    room *= SLACK
    lines, line = [], ""
    for word in words.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined, size, bold) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, size, room, bold)
        lines += whole
    return [*lines, line]


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def height_of(words: str, size: float, room: float, bold: bool = False) -> float:
    """Return how high words are in ``room`` points of width, in points."""
    return len(wrapped(words, size, room, bold)) * size * LINE


def longest_word(words: str, size: float, bold: bool = False) -> float:
    """Return the width of the widest word, in points."""
    return max((width_of(word, size, bold) for word in words.split(" ")), default=0.0)


def shortened(words: str, size: float, room: float, lines: int, bold: bool = False) -> str:
    """Return words that make at most so many lines: whole, else whole sentences, else whole words; then an ellipsis.

    What was left out must be said whole elsewhere (the notes of the slide).
    """
    if len(wrapped(words, size, room, bold)) <= lines:
        return words
    # each longer beginning is tried from its end: sentences first
    for sign in (". ", "; "):
        pieces = words.split(sign)
        for many in range(len(pieces) - 1, 0, -1):
            short = f"{sign.join(pieces[:many])} …"
            if len(wrapped(short, size, room, bold)) <= lines:
                return short
    low, high = 1, len(words)
    while low < high:
        middle = math.ceil((low + high) / 2)
        if len(wrapped(f"{words[:middle].rstrip()}…", size, room, bold)) <= lines:
            low = middle
        else:
            high = middle - 1
    cut = words[:low].rstrip()
    whole_words = cut.rpartition(" ")[0]
    return f"{whole_words if len(whole_words) > low / 2 else cut}…"
