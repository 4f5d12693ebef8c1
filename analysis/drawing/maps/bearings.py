"""What helps a reader find the way on every map: names of places, and borders of areas under review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd

from analysis.drawing.maps.palette import AROUND, TREATED
from analysis.drawing.maps.shown import Key, Name, Outline
from analysis.model import formats
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.contiguity import Contiguity
from analysis.model.land import Land

MOST_TIED = 3
"""So many places that tie for the most are named in a title; of more, their number."""

UNDER_REVIEW = Key("Chosen areas", TREATED, "dashes")
PROGRAMMES = Key("Programme areas", AROUND, "dots")
CLEAR = 12.0
"""Pixels from the upper edge of an area to the middle of its name: half a name and the outline's width."""

TWO_LINES = 20.0
"""Pixels that the middle of a name of two lines, a place and its figure, stands over its mark's edge."""

RINGS = Key("Ground next to them", AROUND, "dots")


@dataclass(frozen=True, eq=False)
class Bearings:
    """What a map has besides its subject.

    ``names`` is what each unit of ground is called, ``outlines`` and ``labels`` are borders and names drawn over it,
    ``focus`` is the ground that it opens on (all of it where empty).
    """

    names: Mapping[str, str]
    outlines: tuple[Outline, ...] = ()
    labels: tuple[Name, ...] = ()
    focus: frozenset[str] = frozenset()


def bearings(case: Case, areas: tuple[Area, ...]) -> Bearings:
    """Return the bearings of a map that outlines these areas and opens on all of their districts."""
    land = case.land
    labels = case.cell("labels", areas, make=lambda: names_on(land, areas, wards=land.wards))
    return Bearings(case.names, outlined(areas), labels, case.districts_round(*areas))


def outlined(areas: Iterable[Area], key: Key = UNDER_REVIEW) -> tuple[Outline, ...]:
    """Return the border of each area that has ground, in the order given."""
    return tuple(Outline(key, area.ground) for area in areas if area.ground)


def ring_outlines(contiguity: Contiguity | None, areas: Iterable[Area]) -> tuple[Outline, ...]:
    """Return the border of the ground that touches these areas, as one outline; none without boundaries."""
    if contiguity is None:
        return ()
    own = frozenset().union(*(area.ground for area in areas))
    return (Outline(RINGS, contiguity.ring(own)),)


def names_on(land: Land, areas: Iterable[Area], *, wards: gpd.GeoDataFrame | None = None) -> tuple[Name, ...]:
    """Return the names a map may bear: the areas' first, then districts, then wards inside the force.

    An area's name stands over its ground, because a town centre is often smaller than its name. Which of them find
    room is decided where they are drawn (`analysis.drawing.maps.placing`).
    """
    candidates = [
        Name(area.name, *middle, first=True, above=CLEAR, over=land.bounds_of(area.ground)[3] - middle[1])
        for area in areas
        if (middle := land.middle_of(area.ground)) is not None
    ]
    for table, column in ((land.districts, "district_name"), (wards, "ward_name")):
        if table is not None and len(table):
            inside = table.geometry.representative_point()
            candidates += [
                Name(str(name), float(point.x), float(point.y))
                for name, point in zip(table[column], inside, strict=True)
            ]
    # one name once: a ward called like its town centre would only crowd it out elsewhere
    once: dict[str, Name] = {}
    for name in candidates:
        once.setdefault(name.text, name)
    return tuple(once.values())


def named(code: str, names: Mapping[str, str]) -> str:
    """Return what a unit of ground is called, its code where it has no name."""
    return names.get(code, code)


def tied(names: Iterable[str]) -> str:
    """Return who comes first, with all who tie for it: ``A``, ``A and B``, ``4 places alike``."""
    shown = [str(name) for name in names]
    if len(shown) > MOST_TIED:
        return f"{formats.number(len(shown))} places alike"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
