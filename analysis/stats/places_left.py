"""Similar places that a patrol log would leave: ground that was patrolled may not serve as a comparator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_NAMED = 3
"""Areas named in the sentence; the others are counted."""


@dataclass(frozen=True)
class PlacesLeft:
    """Similar places of one area: as they are today, and with the log in use."""

    area: str
    before: int
    after: int


def needed_places() -> int:
    """Return how many similar places a verdict needs: `analysis.stats.similar_places.MIN_PLACES`."""
    # its module takes SciPy's distributions along, for which the command line would wait at each start
    from analysis.stats.similar_places import MIN_PLACES

    return MIN_PLACES


def thinned(places: Iterable[PlacesLeft]) -> tuple[PlacesLeft, ...]:
    """Return the areas that are judged today and would not be: `needed_places` or more before, fewer after.

    Fewest left first, ties by name. An area with too few today loses nothing.
    """
    needed = needed_places()
    lost = [place for place in places if place.before >= needed > place.after]
    return tuple(sorted(lost, key=lambda place: (place.after, place.area)))


def thinned_sentence(places: Iterable[PlacesLeft]) -> str:
    """Say which areas could no longer be judged, or nothing where each still could be."""
    lost = thinned(places)
    if not lost:
        return ""
    named = ", ".join(f"{place.area} ({place.after} of {place.before})" for place in lost[:MOST_NAMED])
    others = len(lost) - MOST_NAMED
    more = f" and {others} other area{'s' * (others != 1)}" if others > 0 else ""
    return (
        f"With this log too few similar places are left for {named}{more}: {needed_places()} are needed for a "
        "verdict, and places that were patrolled are not among them. These verdicts would go, for everybody."
    )
