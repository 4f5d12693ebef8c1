"""The two small pictures that maps draw with: stripes for hatching, and the shapes of marks in each of their colours."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

SIZE = 64
"""Pixels across a stripe's tile and a shape; `analysis.drawing.maps.layers` cuts them out by it."""

FINER = 4
"""Drawn so many times larger and made smaller, so that edges are smooth."""

ROUND = 0.33
"""The circle's radius as a share of its tile: the diamond and the triangle of the same area just fit in theirs."""

RIM = 0.07
"""A white rim round each shape, as a share of its tile: marks stay apart, and stand off dark ground."""


def hatch() -> bytes:
    """Return a tile of slanting stripes as PNG; tiles meet without a seam."""
    side = SIZE * FINER
    tile = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(tile)
    for start in range(-side, 2 * side, side // 4):
        pen.line([(start, side), (start + side, 0)], fill=255, width=side // 14)
    alpha = tile.reduce(FINER)
    return _png(Image.merge("LA", (Image.new("L", alpha.size, 255), alpha)).convert("RGBA"))


def shapes(colours: Sequence[str]) -> bytes:
    """Return circle, diamond, square and triangle as PNG, in the order of `analysis.drawing.maps.shown.SHAPES`, a row a colour.

    All four have the same area, so that marks of different kinds and one size stand for the same count.
    """
    strip = _strip()
    grown = strip.filter(ImageFilter.MaxFilter(2 * round(RIM * SIZE * FINER) + 1))
    sheet = Image.new("RGBA", (4 * SIZE, len(colours) * SIZE), (255, 255, 255, 0))
    for row, colour in enumerate(colours):
        # round the rim too, where nothing is to be seen: a small mark is drawn from a smaller picture, in which that mixes in
        tiles = Image.new("RGB", (4 * SIZE, SIZE), colour)
        tiles.paste("white", (0, 0), grown.reduce(FINER))
        tiles.paste(colour, (0, 0), strip.reduce(FINER))
        tiles.putalpha(grown.reduce(FINER))
        sheet.paste(tiles, (0, row * SIZE))
    return _png(sheet)


def _strip() -> Image.Image:
    """Return where the four shapes are, side by side and large."""
    side = SIZE * FINER
    middle, radius = side / 2, ROUND * side
    tip = radius * math.sqrt(math.pi / 2)
    half = radius * math.sqrt(math.pi) / 2
    foot = radius * math.sqrt(2 * math.pi) / 2  # as high as it is broad
    strip = Image.new("L", (4 * side, side), 0)
    pen = ImageDraw.Draw(strip)
    low, high = middle - radius, middle + radius
    pen.ellipse([low, low, high, high], fill=255)
    at = side + middle
    pen.polygon([(at, middle - tip), (at + tip, middle), (at, middle + tip), (at - tip, middle)], fill=255)
    at += side
    pen.rectangle([at - half, middle - half, at + half, middle + half], fill=255)
    at += side
    pen.polygon([(at, middle - foot), (at + foot, middle + foot), (at - foot, middle + foot)], fill=255)
    return strip


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
