"""What a reader asked to see: the one value that filters, links and command lines make, and answers are kept by."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model.areas import Area
from analysis.model.periods import Period


@dataclass(frozen=True)
class Selection:
    """A force, areas of it by key, crime types and two periods; hashable, so that answers can be kept by it.

    ``own`` is the reader's own area, which no file names; its key may stand among ``areas``. ``show_small`` writes out
    percentages on bases under 50. ``proposed`` are proposed centres that the board shows beside the areas, by key; nothing
    else does.
    """

    force: str
    areas: tuple[str, ...]
    crime_types: tuple[str, ...]
    baseline: Period
    comparison: Period
    like_for_like: bool = True
    show_small: bool = False
    own: Area | None = None
    proposed: tuple[str, ...] = ()
