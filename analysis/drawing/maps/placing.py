"""Where names may stand: none covers another, the first ones are placed before the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    tilted screen. What is to be seen in the boxes to ``avoid`` is covered by no name but first ones; these stand under
    or beside their point where over it they would cover another's.
    """
    boxes: list[Box] = []
    found = []
    for name in sorted(names, key=lambda each: not each.first):
        way, seen = name, list(avoid)
        if name.first:
            seen = []
            others = [*boxes, *(box for box in avoid if not _holds(box, name))]
            ways = _ways(name, box_of(name, metres_a_pixel, letter, lean))
            way = next(
                (each for each in ways if _free(box_of(each, metres_a_pixel, letter, lean), others)), name
            )
        box = box_of(way, metres_a_pixel, letter, lean)
        if _free(box, [*boxes, *seen]):
            boxes.append(box)
            found.append(way)
    return tuple(found)


def _free(box: Box, others: Iterable[Box]) -> bool:
    return not any(_meet(box, other) for other in others)


def _ways(name: Name, box: Box) -> list[Name]:
    """Return a first name over its point, as it came; under it; and to its right and left, on its own level."""
    aside = (box[2] - box[0]) / 2 + name.over
    return [
        name,
        replace(name, above=-name.above, over=-name.over),
        *(replace(name, easting=name.easting + way * aside, above=0.0, over=0.0) for way in (1, -1)),
    ]


def _holds(box: Box, name: Name) -> bool:
    return box[0] <= name.easting <= box[2] and box[1] <= name.northing <= box[3]


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
