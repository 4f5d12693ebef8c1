"""What the reader asked to see."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model.periods import Period


@dataclass(frozen=True)
class Selection:
    """What the reader asked to see; hashable, so answers can be cached by it."""

    force: str
    areas: tuple[str, ...]
    crime_types: tuple[str, ...]
    baseline: Period
    comparison: Period
    like_for_like: bool
    show_small: bool
