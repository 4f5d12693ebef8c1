"""Which ground was patrolled: the hotspots of a log joined to areas by name, or to ground by LSOA.

A hotspot is a few streets; what is given here is the LSOA ground that they lie in, which is more. It is the
ground that may not serve as a comparator, and on which recorded incidents are set beside the patrols.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.model.areas import Area, Yardsticks, key_of
from analysis.model.errors import AreaError
from analysis.model.ground import Crosswalk


@dataclass(frozen=True)
class PatrolledPlace:
    """An area and the hotspots of the log that lie in it."""

    area: Area
    hotspots: tuple[str, ...]


@dataclass(frozen=True)
class Patrolled:
    """The places of a log that have ground, in order of name, and the hotspots that have none."""

    places: tuple[PatrolledPlace, ...]
    unplaced: tuple[str, ...]

    @property
    def ground(self) -> frozenset[str]:
        """All ground with a hotspot in it."""
        return frozenset().union(*(place.area.ground for place in self.places))

    @property
    def note(self) -> str:
        """Say which hotspots stand in no place and what to do, or nothing."""
        if not self.unplaced:
            return ""
        return (
            f"No ground is known of {', '.join(self.unplaced)}: their patrols are counted, and not set beside "
            "recorded incidents. Give their LSOA in the log."
        )


def patrolled_places(
    log: pd.DataFrame,
    *,
    areas: Mapping[str, Area],
    names: Mapping[str, str],
    crosswalk: Crosswalk,
    ground: pd.DataFrame,
) -> Patrolled:
    """Return the places that the hotspots of a log lie in.

    A hotspot belongs to the area whose key or name it bears (spelling aside; districts are no hotspots), or to
    the one that ``names`` gives it (hotspot to area key), with any LSOAs of its rows added. Any other hotspot is
    a place of its own on the ground of its LSOAs, in the district that ``ground`` (ground_code, district_name)
    says. A hotspot without area or known LSOA is ``unplaced``.
    """
    # a district is too wide to be a hotspot, whatever a log calls its place
    areas = {key: area for key, area in areas.items() if area.kind not in ("district", "rest")}
    by_name = {key_of(area.name): key for key, area in areas.items()}
    given = {key_of(hotspot): key for hotspot, key in names.items()}
    districts = dict(zip(ground["ground_code"], ground["district_name"], strict=True))
    places: dict[str, Area] = {}
    hotspots: dict[str, list[str]] = {}
    unplaced = []
    for hotspot, rows in log.groupby(log["hotspot"].astype("str"), sort=True):
        name = str(hotspot)
        codes = crosswalk.ground(rows["lsoa"].dropna()) if "lsoa" in rows else frozenset()
        codes &= set(districts)
        spelled = key_of(name)
        key = next((k for k in (given.get(spelled), by_name.get(spelled), spelled) if k in areas), "")
        if key:
            area = places.get(key, areas[key])
            places[key] = replace(area, ground=area.ground | codes)
        elif codes:
            key = f"hotspot-{spelled}"
            force = next(iter(areas.values())).force if areas else ""
            district = key_of(districts[min(codes)])
            places[key] = Area(key, name, "own", force, codes, treated=True, district=district)
        else:
            unplaced.append(name)
            continue
        hotspots.setdefault(key, []).append(name)
    found = [PatrolledPlace(places[key], tuple(inside)) for key, inside in hotspots.items()]
    return Patrolled(tuple(sorted(found, key=lambda p: (p.area.name, p.area.key))), tuple(unplaced))


def without_patrolled(against: Yardsticks, patrolled: frozenset[str]) -> Yardsticks:
    """Return the yardsticks with patrolled ground taken out of the rest, which is then named so.

    Raises AreaError when nothing of the rest is left.
    """
    rest = against.rest
    if not rest.ground & patrolled:
        return against
    if rest.ground <= patrolled:
        raise AreaError(
            f"All of {rest.name} is entered as patrolled, so there is no comparator. Check the LSOAs in the "
            "patrol log."
        )
    name = f"{rest.name}, without patrolled ground"
    return Yardsticks(
        against.district,
        replace(rest, key=f"{rest.key}-unpatrolled", name=name, ground=rest.ground - patrolled),
    )
