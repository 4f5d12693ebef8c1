"""Where things stand on a slide, in points: the title, the body under it, the source line at the foot."""

from __future__ import annotations

from dataclasses import dataclass

TITLE_SIZES = (30.0, 28.0, 26.0, 24.0)
"""Points of a title: as large as its box holds it, and never smaller than the last."""

TITLE_LINES = 3

MARGIN = 36.0
FOOT = 46.0
"""Points at the foot: two lines of source with the number of the slide beside them."""

GAP = 12.0

SMALLEST = (560.0, 380.0)
"""Points of the smallest slide that 18-point tables and a title fit on: a 4:3 slide of the common size is 720 by 540."""


@dataclass(frozen=True)
class Box:
    """A box of a slide, in points from its left and top edge."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Page:
    """The three boxes of every slide but the opening one, on a slide of this size.

    ``wide`` is how much wider than Arial the font of titles may be: 1 for one with Arial's measures.
    """

    width: float
    height: float
    title: Box
    body: Box
    source: Box
    wide: float = 1.0


def page_of(width: float, height: float, title: Box, wide: float = 1.0) -> Page:
    """Return the boxes of a slide whose title stands here: the body takes all that is left above the source line."""
    top = title.bottom + GAP
    source = Box(MARGIN, height - FOOT, width - 2 * MARGIN - 50, FOOT - 8)
    body = Box(title.left, top, width - 2 * title.left, source.top - 6 - top)
    return Page(width, height, title, body, source, wide)


def beside(box: Box, shares: tuple[float, ...], least: tuple[float, ...] = ()) -> list[Box]:
    """Return boxes of these shares of the width beside each other, with a gap between, each at least so many points wide."""
    whole = box.width - 2 * GAP * (len(shares) - 1)
    widths = [whole * share / sum(shares) for share in shares]
    for at, each in enumerate(least):
        if each > widths[at]:
            scale = (whole - each) / (whole - widths[at])
            widths = [each if other == at else width * scale for other, width in enumerate(widths)]
    boxes, left = [], box.left
    for width in widths:
        boxes.append(Box(left, box.top, width, box.height))
        left += width + 2 * GAP
    return boxes
