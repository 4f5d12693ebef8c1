"""Areas of a force: what the files define, resolved to common ground, with its districts and their rests.

Nothing is joined by name: nine LSOAs of Stockton kept their code in 2021 and changed their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.model.areas import Area, key_of, rest_of
from analysis.model.errors import AreaError, ContractError
from analysis.model.ground import Crosswalk
from data.areas.area_files import DEFINED_KINDS, PROPOSED, AreaDefinition, AreaDefinitions, read_areas
from data.police_uk.file_names import OWN_NAMES

__all__ = ["area_of", "force_name", "known_units", "read_areas", "resolve_areas", "resolve_proposals"]


def known_units(
    definitions: AreaDefinitions,
) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return each defined unit once, as `analysis.model.ground.crosswalk_without_lookup` takes it, by ground code.

    Ground code, name, district name, 2011 codes, 2021 codes. A unit that stands in two areas keeps the name
    it has in the first. Those of proposals are not among them: what is joined without a lookup must not rest on one.
    """
    units: dict[str, tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = {}
    for area in definitions.areas.values():
        if area.kind == PROPOSED:
            continue
        for unit in area.units:
            code = unit.ground_code
            units.setdefault(code, (code, unit.name, area.district, unit.codes_2011, unit.codes_2021))
    return [units[code] for code in sorted(units)]


def resolve_areas(
    definitions: AreaDefinitions, crosswalk: Crosswalk, ground: pd.DataFrame, force: str
) -> dict[str, Area]:
    """Return the areas of one force by key: town centres, other defined areas, districts, rests of districts; no proposals.

    ``ground`` is the ground table with ``in_force`` (True where the unit's district is the force's). The
    districts are those of the force's section, with or without ground in the data; a force without a
    section has the districts of its ground. A rest is given for each district that holds treated areas.
    An untreated area that the lookup does not cover at all keeps its own codes and finds no data. Raises
    AreaError where a file and the lookup disagree about an area, and ContractError on another table.
    """
    if "in_force" not in ground.columns:
        raise ContractError("The ground table lacks the column in_force. Take it from Store.ground.")
    section = definitions.forces.get(force)
    names: Iterable[str] = section.districts if section else ()
    if not names:
        names = sorted(
            {name for name in ground.loc[ground["in_force"].astype(bool), "district_name"] if name}
        )
    districts = {key_of(name): _district(name, ground, force) for name in names}
    chosen = [area for area in definitions.areas.values() if area.force == force and area.kind != PROPOSED]
    resolved: dict[str, Area] = {}
    for definition in sorted(chosen, key=lambda area: DEFINED_KINDS.index(area.kind)):
        if definition.key in districts:
            raise AreaError(
                f"The area key “{definition.key}” is also a district's. Rename the area in areas.toml."
            )
        resolved[definition.key] = _resolve(definition, crosswalk, districts)
    treated = [area for area in resolved.values() if area.treated]
    rests = [
        rest_of(district, inside)
        for key, district in districts.items()
        if (inside := [area for area in treated if area.district == key])
    ]
    return {**resolved, **districts, **{rest.key: rest for rest in rests}}


def resolve_proposals(
    definitions: AreaDefinitions, crosswalk: Crosswalk, ground: pd.DataFrame, force: str
) -> dict[str, Area]:
    """Return the proposed centres of one force by key, in the order of the files.

    ``ground`` is as in `resolve_areas`. A proposal of which any ground is not the force's own in it is left out: without a
    lookup, or in the demonstration, its LSOAs are not known, and no count may pass for it.
    """
    own = ground.loc[ground["in_force"].astype(bool)]
    districts = {key_of(name): _district(name, own, force) for name in sorted(set(own["district_name"]))}
    chosen = [area for area in definitions.areas.values() if area.force == force and area.kind == PROPOSED]
    known = set(own["ground_code"])
    return {
        each.key: _resolve(each, crosswalk, districts)
        for each in chosen
        if crosswalk.ground(code for unit in each.units for code in unit.codes) <= known
        and all(code in crosswalk.ground_of for unit in each.units for code in unit.codes)
    }


def area_of(definition: AreaDefinition, crosswalk: Crosswalk) -> Area:
    """Return an area on its ground by the lookup alone, whatever of it is held; AreaError where the two disagree."""
    return _resolve(definition, crosswalk, {})


def _resolve(definition: AreaDefinition, crosswalk: Crosswalk, districts: Mapping[str, Area]) -> Area:
    codes = frozenset().union(*(unit.codes for unit in definition.units))
    unknown = sorted(codes - set(crosswalk.ground_of))
    elsewhere = len(unknown) == len(codes) and not definition.treated
    if unknown and not elsewhere:
        raise AreaError(
            f"The lookup held does not cover {', '.join(unknown)} of {definition.name}. "
            "Import the ONS exact-fit lookup for England and Wales, or mend the codes in areas.toml."
        )
    ground = (
        frozenset(unit.ground_code for unit in definition.units) if elsewhere else crosswalk.ground(codes)
    )
    wider = {code for code, unit in crosswalk.ground_of.items() if unit in ground} - codes
    if wider:
        raise AreaError(
            f"{definition.name} is defined by {', '.join(sorted(codes))}, but the lookup joins that ground "
            f"with {', '.join(sorted(wider))}. Write the codes of both vintages in areas.toml."
        )
    key = key_of(definition.district)
    district = districts.get(key)
    outside = ground - district.ground if district is not None and not elsewhere else frozenset()
    if district is not None and outside:
        raise AreaError(
            f"{definition.name} is defined as part of {district.name}, but {', '.join(sorted(outside))} lies "
            "outside it by the lookup. Mend the district or the codes in areas.toml."
        )
    return Area(
        key=definition.key,
        name=definition.name,
        kind=definition.kind,
        force=definition.force,
        ground=ground,
        treated=definition.treated,
        district=key,
        lsoa=definition.lsoa,
        note=definition.note,
        codes=codes,
        confidence=definition.confidence,
    )


def _district(name: str, ground: pd.DataFrame, force: str) -> Area:
    rows = ground.loc[ground["district_name"] == name]
    codes = {code for column in ("codes_2011", "codes_2021") for row in rows[column] for code in row}
    key = key_of(name)
    return Area(
        key=key,
        name=name,
        kind="district",
        force=force,
        ground=frozenset(rows["ground_code"]),
        district=key,
        codes=frozenset(codes),
    )


def force_name(slug: str) -> str:
    """Return a force's name for the screen: areas.toml's, else its own (`data.police_uk.file_names.OWN_NAMES`).

    One that police.uk does not have is named by its slug in words.
    """
    section = read_areas().forces.get(slug)
    if section:
        return section.name
    if slug in OWN_NAMES:
        return OWN_NAMES[slug]
    return " ".join(word if word == "and" else word.capitalize() for word in slug.split("-"))
