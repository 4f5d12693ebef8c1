"""Where names may stand: none covers another, the first ones are placed before the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.maps.shown import Name

LETTER_WIDTH = 0.58
"""Width of a letter on average, as a share of its height (Source Sans and its like)."""

ROOM = 4.0
"""Pixels left free round a name."""


def placed(names: Iterable[Name], metres_a_pixel: float, letter: int, lean: float = 1.0) -> tuple[Name, ...]:
    """Return the names that can stand without covering one placed before; first ones, then in the order given.

    Names are centred on their points. ``letter`` is the size in pixels. Names that are drawn in metres up to this
    size never meet at any zoom when they do not meet here. ``lean`` is how much shorter the ground is upwards on a
    tilted screen.
    """
    boxes: list[tuple[float, float, float, float]] = []
    found = []
    for name in sorted(names, key=lambda each: not each.first):
        box = box_of(name, metres_a_pixel, letter, lean)
        if not any(_meet(box, other) for other in boxes):
            boxes.append(box)
            found.append(name)
    return tuple(found)


def box_of(
    name: Name, metres_a_pixel: float, letter: int, lean: float = 1.0
) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a name with its room, in metres of ground."""
    size = letter * (1.1 if name.first else 1.0)
    across = (len(name.text) * size * LETTER_WIDTH / 2 + ROOM) * metres_a_pixel
    up = (size * 0.6 + ROOM) * metres_a_pixel / lean
    middle = name.northing + name.over + name.above * metres_a_pixel / lean
    return name.easting - across, middle - up, name.easting + across, middle + up


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
