"""Names beside the marks of a chart: none over another, none over a mark, none outside the chart.

Vega-Lite has no such placement of its own (Vega's label transform cannot be reached from it), so it is done
here in pixels, before the chart is drawn. Greedy: each name takes the first free place near its mark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

FONT_SIZE = 12
LINE = 16
"""Height of a line of `FONT_SIZE`, in pixels."""

LONGEST = 270
"""A name wider than this is cut with an ellipsis; the tooltip and the table have it whole."""

GAP = 9
MARK = 6
"""Half the side of the square that a mark takes up."""

_NARROW, _WIDE = set("iljtfrI.,:;'’|!()[] -"), set("mwMW@%—…")


@dataclass(frozen=True)
class Label:
    """Where a name stands: its box in pixels from the top left corner of the chart."""

    left: float
    top: float
    width: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + LINE

    @property
    def middle(self) -> float:
        """The height at which the middle of the line stands."""
        return self.top + LINE / 2

    def meets(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether the box and another share more than an edge."""
        return self.left < right and left < self.right and self.top < bottom and top < self.bottom


def text_width(text: str) -> float:
    """Return a width in pixels that a name in a sans-serif `FONT_SIZE` does not exceed, cut at `LONGEST`.

    An upper estimate by kind of letter. The chart must limit the text to it, so that no font makes it wrong.
    """
    return float(min(math.ceil(sum(map(_letter, text)) * FONT_SIZE) + 2, LONGEST))


def place_labels(
    marks: Sequence[tuple[float, float]],
    names: Sequence[str],
    *,
    width: float,
    height: float,
    lines: Sequence[tuple[float, float, float, float]] = (),
) -> list[Label | None]:
    """Return where each name stands, or None where there is no room for it; the first names choose first.

    ``marks`` are pixels from the top left corner. A name stands beside, above or below its own mark, inside the
    chart, over no mark and no other name, and where there is a choice over the fewest ``lines`` (upright or level:
    left, top, right, bottom). Names left out are for the caller to count and say.
    """
    taken: list[Label] = []
    placed: list[Label | None] = []
    for (x, y), name in zip(marks, names, strict=True):
        free = [
            box
            for box in _near(x, y, text_width(name))
            if box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            if not any(box.meets(a - MARK, b - MARK, a + MARK, b + MARK) for a, b in marks)
            if not any(box.meets(o.left, o.top, o.right, o.bottom) for o in taken)
        ]
        # the first of those that cross the fewest: min keeps the order of the places
        found = min(free, key=lambda box: sum(box.meets(*line) for line in lines), default=None)
        placed.append(found)
        if found is not None:
            taken.append(found)
    return placed


def _near(x: float, y: float, width: float) -> list[Label]:
    """Return the boxes round a mark, the easiest to read first."""
    right, left, middle = x + GAP, x - GAP - width, x - width / 2
    level, above, below = y - LINE / 2, y - GAP - LINE, y + GAP
    corners = [(across, down) for down in (y - LINE, y) for across in (right, left)]
    ends = [(across, down) for down in (above, below) for across in (x - GAP, x + GAP - width)]
    places = [(right, level), (left, level), *corners, (middle, above), (middle, below), *ends]
    return [Label(across, down, width) for across, down in places]


def _letter(letter: str) -> float:
    """Return the width of a letter, in parts of the font size."""
    if east_asian_width(letter) in "WF":
        return 1.05
    if letter in _WIDE:
        return 1.0
    if letter in _NARROW:
        return 0.4
    return 0.75 if letter.isupper() else 0.62
