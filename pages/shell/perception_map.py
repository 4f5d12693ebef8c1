"""The perception map: each place of the survey by its quadrant, where the survey or its ground says it lies."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.wgs84 import to_metres
from analysis.stats.ground_counts import ground_counts
from analysis.topics.perceptions.measure.perception import Perceptions
from analysis.topics.perceptions.show.perception_map import perception_map
from pages.shell import land, maps, perceptions, tables
from pages.shell.choice import Selection
from pages.shell.records import Records


def draw(chosen: Selection, answers: Records, found: Perceptions) -> None:
    """Draw the places of the survey."""
    areas = tables.chosen_areas(chosen)
    where = _where(chosen, answers)
    maps.show(
        perception_map(
            found,
            where,
            what=perceptions.counted(chosen),
            source=answers.source,
            recorded=ground_counts(
                tables.cube(chosen.force),
                land.own_ground(chosen.force),
                chosen.crime_types,
                chosen.comparison,
            ),
            names=land.names(chosen.force),
            outlines=outlined(areas),
            labels=names_on(land.land(chosen.force), (), wards=None),
            focus=_focus(chosen, answers),
            simulated=answers.state == "demonstration",
        ),
        chosen,
        "perceptions",
    )


def _where(chosen: Selection, answers: Records) -> dict[str, tuple[float, float]]:
    """Return a point in metres for each place: the first that the survey gives, else inside its ground."""
    drawn = land.land(chosen.force)
    inside = (
        (place, drawn.middle_of(ground)) for place, ground in perceptions.ground(chosen, answers).items()
    )
    found = {place: middle for place, middle in inside if middle is not None}
    given = answers.needed.dropna(subset=["longitude", "latitude"]).drop_duplicates("place")
    points = zip(*to_metres(given["longitude"], given["latitude"]), strict=True)
    return found | _by_name(given["place"], points)


def _by_name(places: Iterable[str], points: Iterable[tuple[float, float]]) -> dict[str, tuple[float, float]]:
    return {str(place): (float(x), float(y)) for place, (x, y) in zip(places, points, strict=True)}


def _focus(chosen: Selection, answers: Records) -> frozenset[str]:
    return frozenset().union(*perceptions.ground(chosen, answers).values())
