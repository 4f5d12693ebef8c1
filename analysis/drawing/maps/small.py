"""A map as small as a stamp, beside words: the ground round an area as SVG paths, the area outlined among its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from analysis.model.land import Land

WIDTH, HEIGHT = 200, 84
ROOM = 0.55
"""Of the area's own size, so much is shown on each side of what it must hold."""

FINE = 0.7
"""Pixels: corners nearer than this to the line between their neighbours are left out."""

EDGE = 8
"""Pixels outside of the picture that shapes are cut at."""


@dataclass(frozen=True)
class Shape:
    """One unit of ground: its path (SVG's ``d``), its colour, and what is said of it."""

    path: str
    colour: str
    words: str


@dataclass(frozen=True)
class SmallMap:
    """The shapes of a small map, the area's own outline, and in words where it is and what the colours say."""

    shapes: tuple[Shape, ...]
    own: str
    words: str
    legend: str
    width: int = WIDTH
    height: int = HEIGHT


def small_map(
    land: Land, ground: frozenset[str], coloured: Mapping[str, tuple[str, str]], words: str, legend: str
) -> SmallMap:
    """Return the map of this ground and what lies round it; ``coloured`` has colour and words by code of ground.

    Ground without a colour is left white. Without an outline of the ground itself nothing is drawn (no shapes).
    """
    shape = land.shape_of(ground)
    if shape is None:
        return SmallMap((), "", words, legend)
    window = _window(shape.bounds)
    outlines = land.outlines
    near = outlines.sindex.query(shapely.box(*window), predicate="intersects")
    near.sort()
    codes, shapes = outlines["ground_code"].to_numpy(), outlines.geometry.to_numpy()
    drawn = []
    for at in near:
        colour, said = coloured.get(codes[at], ("", ""))
        drawn.append(Shape(_path(shapes[at], window), colour, said))
    return SmallMap(tuple(drawn), _path(shape, window), words, legend)


def _window(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the corners (metres) of the picture: the bounds with room round them, in the picture's proportion."""
    west, south, east, north = bounds
    across, up = (east - west) * (1 + 2 * ROOM), (north - south) * (1 + 2 * ROOM)
    across = max(across, up * WIDTH / HEIGHT)
    up = across * HEIGHT / WIDTH
    x, y = (west + east) / 2, (south + north) / 2
    return x - across / 2, y - up / 2, x + across / 2, y + up / 2


def _path(shape: shapely.Geometry, window: tuple[float, float, float, float]) -> str:
    west, south, east, north = window
    scale = WIDTH / (east - west)
    edge = EDGE / scale
    # a little outside of the picture, so that no cut edge is seen
    cut = shapely.intersection(shape, shapely.box(west - edge, south - edge, east + edge, north + edge))
    simple = shapely.simplify(cut, FINE / scale)
    pieces = []
    for ring in shapely.get_parts(shapely.get_rings(simple)):
        points = shapely.get_coordinates(ring)
        at = np.column_stack([points[:, 0] - west, north - points[:, 1]]) * scale
        pieces.append("M" + "L".join(f"{x:g} {y:g}" for x, y in np.round(2 * at[:-1]) / 2) + "Z")
    return "".join(pieces)
