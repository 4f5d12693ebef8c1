"""What colours, lines and marks mean, in 18 points: a row over charts, a list beside a map."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.maps.shown import Key
from pages.pack.slides import measure
from pages.pack.slides.deck import TEXT, Legend
from pages.pack.slides.page import GAP, Box

SWATCH = 24.0
"""Points of the width of what is drawn beside the words."""

BETWEEN = 8.0
AFTER = 2.0


@dataclass(frozen=True)
class Entry:
    """A word or a heading of a legend in its box, and the box of what is drawn beside it (None for a heading)."""

    text: str
    box: Box
    key: Key | None = None
    swatch: Box | None = None


def laid_out(legend: Legend, box: Box) -> list[Entry]:
    """Return the entries of a legend in their boxes, from the box's upper left."""
    return _across(legend, box) if legend.across else _upright(legend, box)


def height_of(legend: Legend, width: float) -> float:
    """Return how high a legend is in this width."""
    entries = laid_out(legend, Box(0, 0, width, 0))
    return max((entry.box.bottom for entry in entries), default=0.0)


def parted(legend: Legend, box: Box) -> tuple[Legend, Legend | None]:
    """Return as much of an upright legend as the box holds, and the rest."""
    fits = [entry.key for entry in laid_out(legend, box) if entry.key and entry.box.bottom <= box.bottom]
    left = len(fits)
    here, more = [], []
    for heading, keys in legend.parts:
        kept, over = keys[:left], keys[left:]
        left -= len(kept)
        here += [(heading, kept)] if kept else []
        more += [(heading, over)] if over else []
    return Legend(tuple(here)), Legend(tuple(more)) if more else None


def _upright(legend: Legend, box: Box) -> list[Entry]:
    entries, top = [], box.top
    for heading, keys in legend.parts:
        if heading:
            high = measure.height_of(heading, TEXT, box.width, bold=True)
            entries.append(Entry(heading, Box(box.left, top, box.width, high)))
            top += high + AFTER
        for key in keys:
            room = box.width - SWATCH - BETWEEN
            high = measure.height_of(key.label, TEXT, room)
            swatch = Box(box.left, top + 4, SWATCH, TEXT - 3)
            entries.append(Entry(key.label, Box(box.left + SWATCH + BETWEEN, top, room, high), key, swatch))
            top += high + AFTER
        top += 2 * AFTER
    return entries


def _across(legend: Legend, box: Box) -> list[Entry]:
    entries, left, top = [], box.left, box.top
    line = TEXT * measure.LINE
    for _heading, keys in legend.parts:
        for key in keys:
            wanted = measure.width_of(key.label, TEXT) / measure.SLACK + 2
            room = min(wanted, box.width - SWATCH - BETWEEN)
            if left > box.left and left + SWATCH + BETWEEN + room > box.left + box.width:
                left, top = box.left, top + line + AFTER
            high = measure.height_of(key.label, TEXT, room)
            swatch = Box(left, top + 4, SWATCH, TEXT - 3)
            entries.append(Entry(key.label, Box(left + SWATCH + BETWEEN, top, room, high), key, swatch))
            left += SWATCH + BETWEEN + room + 2 * GAP
    return entries
