"""The districts of a force, from the lookup of districts to police force areas; police.uk and the ONS name forces apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.model.errors import RefusedError
from data.areas import force_name
from data.ons.asking import Row, value_of
from data.ons.layers import Layer
from data.police_uk import file_names

_OTHER_NAMES = {"london-city-of": "city-of-london", "metropolitan-police": "metropolitan"}
"""Police force areas whose names, written as in police.uk's files, are not the force's."""

WITHOUT_AREA = frozenset({file_names.RAILWAYS, "northern-ireland"})
"""Forces that have no police force area in England and Wales, and so no ground to fetch."""


@dataclass(frozen=True)
class District:
    """One district of a police force area, by the code and the name that the lookup's year has."""

    code: str
    name: str
    force: str


def read_districts(layer: Layer, rows: Iterable[Row]) -> tuple[District, ...]:
    """Return the districts that a lookup names, each with its force as in police.uk's file names, by code.

    RefusedError where a row has no code, name or police force area.
    """
    districts = []
    for row in rows:
        code, name, area = (
            value_of(row, each) for each in (layer.district, layer.district_name, layer.force_name)
        )
        if not (code and name and area):
            raise RefusedError(
                f"{layer.name}: a row of it lacks {layer.district}, {layer.district_name} or {layer.force_name}, so the "
                "districts of a force are not known. Nothing held was changed."
            )
        if code[0] in "EW":
            districts.append(District(code, name, force_of(area)))
    return tuple(sorted(districts, key=lambda each: each.code))


def force_of(area: str) -> str:
    """Return the force of a police force area, as in police.uk's file names: ``Devon & Cornwall`` is ``devon-and-cornwall``."""
    written = re.sub(r"[^a-z0-9]+", "-", area.lower().replace("&", " and ")).strip("-")
    return _OTHER_NAMES.get(written, written)


def districts_of(forces: Sequence[str], districts: Sequence[District], layer: Layer) -> list[District]:
    """Return the districts of these forces; RefusedError where the lookup has none of one of them."""
    for force in forces:
        if not any(each.force == force for each in districts):
            raise RefusedError(
                f"{layer.name} has no district of {force_name(force)}, so its ground is not known. Fetch the lookup and the "
                "outlines by hand, and import them."
            )
    return [each for each in districts if each.force in forces]
