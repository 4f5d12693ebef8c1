"""The two small pictures that maps draw with: stripes for hatching, and the four shapes of marks."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = 64
"""Pixels across a stripe's tile and a shape; `analysis.maps.deck` cuts them out by it."""

FINER = 4
"""Drawn so many times larger and made smaller, so that edges are smooth."""


def hatch() -> bytes:
    """Return a tile of slanting stripes as PNG; tiles meet without a seam."""
    side = SIZE * FINER
    tile = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(tile)
    for start in range(-side, 2 * side, side // 4):
        pen.line([(start, side), (start + side, 0)], fill=255, width=side // 14)
    return _png(tile, SIZE, SIZE)


def shapes() -> bytes:
    """Return circle, diamond, square and triangle side by side as PNG, in the order of `analysis.maps.shown.SHAPES`."""
    side, edge = SIZE * FINER, SIZE * FINER // 12
    strip = Image.new("L", (4 * side, side), 0)
    pen = ImageDraw.Draw(strip)
    low, middle, high = edge, side // 2, side - edge
    pen.ellipse([low, low, high, high], fill=255)
    pen.polygon(
        [(side + middle, low), (side + high, middle), (side + middle, high), (side + low, middle)], fill=255
    )
    pen.rectangle([2 * side + 2 * edge, 2 * edge, 3 * side - 2 * edge, side - 2 * edge], fill=255)
    pen.polygon([(3 * side + middle, low), (3 * side + high, high), (3 * side + low, high)], fill=255)
    return _png(strip, 4 * SIZE, SIZE)


def _png(mask: Image.Image, width: int, height: int) -> bytes:
    alpha = mask.resize((width, height), Image.Resampling.LANCZOS)
    picture = Image.merge("LA", (Image.new("L", alpha.size, 255), alpha)).convert("RGBA")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
