"""Where names stand on a still: measured in pixels, none on another, none out of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STEPS = (0.0, 1.0, 1.6, 2.2)
"""How far from its point a name may stand, in heights of it; farther off it would be another place's."""

WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Above, below, right and left, then the corners."""


FAR = 0.3
"""Share of a mark or a small area that a name may hide rather than be moved by its own height."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; what only touches does not overlap."""

    left: float
    low: float
    right: float
    high: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """Return how many pixels it is across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how many pixels it is high."""
        return self.high - self.low

    def overlaps(self, other: Box) -> bool:
        """Return whether both cover one pixel or part of one."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )

    def holds(self, other: Box) -> bool:
        """Return whether all of another is in this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.low <= other.low
            and other.high <= self.high
        )


@dataclass(frozen=True)
class Label:
    """A name to be placed: its point and its width and height with its halo, in pixels. First ones go first."""

    x: float
    y: float
    width: float
    height: float
    first: bool = False


def place(
    labels: Sequence[Label], panel: Box, *, avoid: Sequence[Box] = (), most: float = 1.0
) -> dict[int, Box]:
    """Return the box of each name that found room, by its position in ``labels``.

    First ones are placed before the others, each group in the order given. A name stands on its point, or as near
    it as it can without covering a name, without leaving the panel, and covering little of what else is to be seen
    (``avoid``: marks, and areas not much larger than a name). One whose point is outside the panel, or
    that finds no room, is left out. So is every other name once others cover ``most`` of the panel: names help to find
    the way, and the map is what is to be seen.
    """
    room = most * panel.width * panel.height
    taken: list[Box] = []
    found: dict[int, Box] = {}
    seen = np.array([(box.left, box.low, box.right, box.high) for box in avoid]).reshape(-1, 4)
    for at in sorted(range(len(labels)), key=lambda at: not labels[at].first):
        label = labels[at]
        if not panel.holds(Box(label.x, label.y, label.x, label.y)):
            continue
        free = [
            box
            for box in _candidates(label)
            if panel.holds(box) and not any(box.overlaps(other) for other in taken)
        ]
        if free and (label.first or room > 0):
            room -= 0 if label.first else label.width * label.height
            found[at] = min(free, key=lambda box: _cost(box, label, seen))
            taken.append(found[at])
    return found


def _candidates(label: Label) -> list[Box]:
    boxes = []
    # another place's name stays over its own middle or just above or below: beside it, it would name the next place
    for step in STEPS if label.first else STEPS[:2]:
        for across, up in (WAYS if label.first else WAYS[:2]) if step else ((0, 0),):
            # beside its point a name begins as far from it as it would stand above it
            x = label.x + across * (label.width / 2 + (step - 0.5) * label.height)
            y = label.y + up * step * label.height
            boxes.append(
                Box(x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)
            )
    return boxes


def _cost(box: Box, label: Label, seen: np.ndarray) -> float:
    """Return how many things a name would hide (in parts of them), and `FAR` for each height it is from its point."""
    across = np.minimum(seen[:, 2], box.right) - np.maximum(seen[:, 0], box.left)
    up = np.minimum(seen[:, 3], box.high) - np.maximum(seen[:, 1], box.low)
    whole = (seen[:, 2] - seen[:, 0]) * (seen[:, 3] - seen[:, 1])
    hidden = float((across.clip(0) * up.clip(0) / whole.clip(1)).sum())
    x, y = label.x, label.y
    off = max(box.left - x, x - box.right, box.low - y, y - box.high, -label.height / 2)
    # rounded, so that dust breaks no tie: min then keeps the first of equals
    return round(hidden + FAR * (off / label.height + 0.5), 6)
