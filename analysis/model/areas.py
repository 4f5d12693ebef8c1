"""Areas: named sets of common ground (a town centre, a programme area, a district, the rest of one)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from analysis.model.errors import AreaError
from analysis.model.vocabulary import AreaKind


@dataclass(frozen=True)
class Area:
    """A named set of common ground.

    ``ground`` holds ground codes, each once, whatever vintage the codes came in. ``treated`` marks ground that
    had the patrols or the programme that is being judged: it never serves as a comparator. ``lsoa`` says the
    LSOAs as the review names them; ``district`` is the key of the district the area lies in. ``confidence`` says how far
    the ground of a proposal can be trusted (high, medium or low), empty where nothing is proposed. ``name_in_files`` is
    given where the office calls the area otherwise than the files do.
    """

    key: str
    name: str
    kind: AreaKind
    force: str
    ground: frozenset[str]
    treated: bool = False
    district: str = ""
    lsoa: str = ""
    note: str = ""
    codes: frozenset[str] = field(default=frozenset(), compare=False)
    confidence: str = ""
    name_in_files: str = ""

    @property
    def filed_name(self) -> str:
        """The name by which records and links of any office find the area."""
        return self.name_in_files or self.name

    def __len__(self) -> int:
        return len(self.ground)


def key_of(name: str) -> str:
    """Return the key of a name as it stands in a link: ``Stockton-on-Tees`` is ``stockton-on-tees``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def union(areas: Iterable[Area], *, key: str, name: str) -> Area:
    """Return one area over the ground of several; ground in two of them counts once."""
    parts = list(areas)
    if not parts:
        raise AreaError("No area is chosen. Choose at least one town centre.")
    return replace(
        parts[0],
        key=key,
        name=name,
        ground=frozenset().union(*(part.ground for part in parts)),
        treated=any(part.treated for part in parts),
        lsoa="; ".join(part.lsoa for part in parts if part.lsoa),
        codes=frozenset().union(*(part.codes for part in parts)),
    )


def rest_of(district: Area, treated: Iterable[Area]) -> Area:
    """Return the district less the treated areas: the comparator for every judgement."""
    taken = frozenset().union(*(area.ground for area in treated))
    return Area(
        key=f"rest-of-{district.key}",
        name=f"Rest of {district.name}",
        kind="rest",
        force=district.force,
        ground=district.ground - taken,
        district=district.key,
    )


def check_comparator(area: Area, comparator: Area) -> None:
    """Raise AreaError when the comparator contains ground of the area that it should be the yardstick for."""
    shared = area.ground & comparator.ground
    if shared:
        raise AreaError(
            f"{comparator.name} contains ground of {area.name} ({', '.join(sorted(shared))}), so it cannot be "
            "its comparator. Take that ground out, or compare with the rest of the district."
        )


def town_centres(areas: Mapping[str, Area]) -> dict[str, Area]:
    """Return the areas that a reader chooses between: town centres, or districts where a force has none.

    An office's own areas follow.
    """
    chosen = {key: area for key, area in areas.items() if area.kind == "town centre"}
    chosen = chosen or {key: area for key, area in areas.items() if area.kind == "district"}
    return chosen | {key: area for key, area in areas.items() if area.kind == "own"}


@dataclass(frozen=True)
class Yardsticks:
    """What an area's change is held against: its district (as published), and the rest of it (to judge by)."""

    district: Area
    rest: Area


def whole_force(areas: Mapping[str, Area], force_name: str) -> Area:
    """Return all districts of a force as one area."""
    districts = [area for area in areas.values() if area.kind == "district"]
    return replace(union(districts, key="force", name=force_name), lsoa="", district="", treated=False)


def yardsticks(area: Area, areas: Mapping[str, Area], force_name: str) -> Yardsticks:
    """Return the district an area lies in and the rest of that district without any treated ground.

    For an area that is a district itself, the force stands for the district. Ground of the area is always taken
    out of the rest, treated or not. Raises AreaError when nothing is left to compare with.
    """
    treated = [other for other in areas.values() if other.treated]
    whole = (
        whole_force(areas, force_name) if area.kind == "district" else areas.get(area.district)
    ) or whole_force(areas, force_name)
    rest = areas.get(f"rest-of-{whole.key}")
    if rest is None or rest.ground & area.ground:
        rest = rest_of(whole, [area, *treated])
    if not rest.ground:
        raise AreaError(
            f"Nothing of {whole.name} is left outside {area.name}, so there is no comparator. "
            "Import the files of the whole force, or choose a smaller area."
        )
    return Yardsticks(whole, rest)
