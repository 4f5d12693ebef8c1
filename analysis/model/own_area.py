"""An area of one's own: LSOAs chosen from a list, under a name, as an area like any town centre."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping

import pandas as pd

from analysis.model.areas import Area, key_of
from analysis.model.contiguity import Contiguity
from analysis.model.english import upper_first
from analysis.model.errors import AreaError
from analysis.model.names import NameRefusedError, checked_name

DEFAULT_NAME = "My area"
_FEW = 6
"""So many LSOAs are named beside an area; more are counted."""


def own_area(
    name: str, units: Collection[str], ground: pd.DataFrame, areas: Mapping[str, Area], force: str
) -> Area:
    """Return the area of these units of common ground; a blank name is `DEFAULT_NAME`.

    ``ground`` is the force's ground (`analysis.model.ground.GROUND_COLUMNS` and in_force), ``areas`` what the files name.
    The key tells name and ground, so that an answer kept under it is never that of another area. The district
    is empty where the units lie in several; the force then stands for it. The area is not treated, whatever
    ground it shares with treated areas: it is judged, and never a comparator. Raises AreaError without a unit,
    with one that is not the force's, and for a name that another area has or that may not stand (`analysis.model.names`).
    """
    try:
        title = checked_name(name) or DEFAULT_NAME
    except NameRefusedError as problem:
        raise AreaError(f"{upper_first(str(problem))}.") from problem
    rows = ground.loc[ground["ground_code"].isin(list(units)) & ground["in_force"]].sort_values("ground_code")
    unknown = sorted(set(units) - set(rows["ground_code"]))
    if unknown or rows.empty:
        raise AreaError(
            f"“{title}” has no LSOA of this force ({', '.join(unknown) or 'none chosen'}). Choose LSOAs from the list."
        )
    taken = next(
        (area for area in areas.values() if key_of(title) in (key_of(area.name), key_of(area.filed_name))),
        None,
    )
    if taken is not None or not key_of(title):
        raise AreaError(f"“{title}” is already the name of an area, or has no letter. Choose another name.")
    codes = tuple(rows["ground_code"])
    mark = hashlib.blake2s(" ".join(codes).encode(), digest_size=4).hexdigest()
    districts = set(rows["district_name"])
    found = Area(
        key=f"own-{key_of(title)}-{mark}",
        name=title,
        kind="own",
        force=force,
        ground=frozenset(codes),
        district=key_of(next(iter(districts))) if len(districts) == 1 else "",
        lsoa=_named(rows["ground_name"]),
        codes=frozenset(code for row in rows.itertuples() for code in (*row.codes_2011, *row.codes_2021)),
    )
    return Area(**{**vars(found), "note": overlap_note(found, areas.values())})


def extended(
    units: Collection[str],
    own_ground: Collection[str],
    contiguity: Contiguity | None,
    wards: Mapping[str, Hashable],
) -> dict[str, tuple[str, ...]]:
    """Return the ground that an area could be made of from these units, by what it is called, each that differs.

    The units alone; with their neighbours, where boundaries are held; and the whole wards (``wards``: the ward of each unit by
    code) that they lie in. Ground of others is in none of them.
    """
    chosen = frozenset(units) & frozenset(own_ground)
    offered: dict[str, frozenset[str]] = {"Use as my area": chosen}
    if contiguity is not None:
        offered["Use with its neighbours"] = chosen | contiguity.ring(chosen)
    theirs = {wards[code] for code in chosen if code in wards}
    if theirs:
        whole = {code for code, ward in wards.items() if ward in theirs}
        offered[f"Use all of its {'ward' if len(theirs) == 1 else 'wards'}"] = chosen | whole
    known: set[frozenset[str]] = set()
    kept = {}
    for name, ground in offered.items():
        own = ground & frozenset(own_ground)
        if own and own not in known:
            known.add(own)
            kept[name] = tuple(sorted(own))
    return kept


def overlap_note(area: Area, others: Iterable[Area]) -> str:
    """Say which ground of the area is treated, or nothing where none is."""
    shared = [other for other in others if other.treated and other.ground & area.ground]
    if not shared:
        return ""
    units = sum(len(other.ground & area.ground) for other in shared)
    named = " and ".join(other.name for other in shared)
    part = "All of it" if units == len(area) else f"{units} of its {len(area)} units"
    return f"{part} is ground of {named}, which had the patrols: what was recorded there counts in both."


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) > _FEW:
        return f"{len(listed)} small areas"
    return ", ".join(listed)
