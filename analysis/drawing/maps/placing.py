"""Where names may stand: none covers another, the first ones are placed before the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.drawing.maps.shown import Name

LETTER_WIDTH = 0.58
"""Width of a letter on average, as a share of its height (Source Sans and its like)."""

LINE = 1.2
"""Height of a line of letters, in heights of a letter."""

ROOM = 4.0
"""Pixels left free round a name."""

Box = tuple[float, float, float, float]
"""West, south, east and north, in metres of ground."""


def placed(
    names: Iterable[Name], metres_a_pixel: float, letter: int, lean: float = 1.0, avoid: Sequence[Box] = ()
) -> tuple[Name, ...]:
    """Return the names that can stand without covering one placed before; first ones, then in the order given.

    Names are centred on their points. ``letter`` is the size in pixels. Names that are drawn in metres up to this
    size never meet at any zoom when they do not meet here. ``lean`` is how much shorter the ground is upwards on a
    tilted screen. What is to be seen in the boxes to ``avoid`` is covered by no name but first ones.
    """
    boxes: list[Box] = []
    found = []
    for name in sorted(names, key=lambda each: not each.first):
        box = box_of(name, metres_a_pixel, letter, lean)
        if not any(_meet(box, other) for other in (*boxes, *(() if name.first else avoid))):
            boxes.append(box)
            found.append(name)
    return tuple(found)


def box_of(name: Name, metres_a_pixel: float, letter: int, lean: float = 1.0) -> Box:
    """Return the box of a name with its room; a name of several lines is as wide as the longest."""
    size = letter * (1.1 if name.first else 1.0)
    lines = name.text.split("\n")
    across = (max(map(len, lines)) * size * LETTER_WIDTH / 2 + ROOM) * metres_a_pixel
    up = (len(lines) * size * LINE / 2 + ROOM) * metres_a_pixel / lean
    middle = name.northing + name.over + name.above * metres_a_pixel / lean
    return name.easting - across, middle - up, name.easting + across, middle + up


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
