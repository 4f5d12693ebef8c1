"""What each unit of ground is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd
import shapely

from analysis.model.areas import Area
from analysis.model.land import Land


def names_of(places: pd.DataFrame, areas: Mapping[str, Area], force_name: str = "") -> dict[str, str]:
    """Return a name for each ground code: the LSOA's, with the town centre, programme or own area it is in.

    Ground outside the force's own districts says who recorded there: what ``force_name`` counts is not all of it.
    """
    inside: dict[str, list[str]] = {}
    for area in areas.values():
        if area.kind in ("town centre", "programme area", "own"):
            for code in area.ground:
                inside.setdefault(code, []).append(area.name)
    return {
        row.ground_code: row.ground_name
        + (f" ({', '.join(inside[row.ground_code])})" if row.ground_code in inside else "")
        + (f" (recorded by {force_name})" if force_name and not row.in_force else "")
        for row in places.itertuples()
    }


def ground_labels(places: pd.DataFrame) -> dict[str, str]:
    """Return each unit of a force's own ground with its label, by name: ``Stockton-on-Tees 020C (E01012284)``.

    A unit of several LSOAs of 2021 names their codes too.
    """
    own = places.loc[places["in_force"]].sort_values(["ground_name", "ground_code"])
    return {
        unit.ground_code: f"{unit.ground_name} ({', '.join(_codes(unit.ground_code, unit.codes_2021))})"
        for unit in own.itertuples()
    }


def _codes(ground_code: str, codes_2021: tuple[str, ...]) -> list[str]:
    return [ground_code, *(code for code in codes_2021 if code != ground_code)]


def ward_of(land: Land) -> dict[str, str]:
    """Return the ward that a point inside each unit of ground lies in; nothing for a unit in none, or without wards held."""
    if land.wards is None or not len(land.wards):
        return {}
    inside = land.outlines.geometry.representative_point().to_numpy()
    point, ward = shapely.STRtree(land.wards.geometry.to_numpy()).query(inside, predicate="within")
    codes = land.outlines["ground_code"].to_numpy()[point]
    return dict(zip(codes, land.wards["ward_name"].to_numpy()[ward], strict=True))


def ward_names(land: Land, places: pd.DataFrame) -> dict[str, str]:
    """Return each unit of ground by the ward that it lies in, with the end of its LSOA's name: ``Central ward (001G)``.

    A unit is in the ward that a point inside it is in. Where no wards are held, or none is under the point, the LSOA's
    own name stands.
    """
    names = dict(zip(places["ground_code"], places["ground_name"], strict=True))
    wards = ward_of(land)
    short = {
        code: f"{ward_name} ward ({names.get(code, code).rsplit(' ', 1)[-1]})"
        for code, ward_name in wards.items()
    }
    # wards of two districts may have one name, and so may their LSOAs' last letters: then the LSOA's whole name parts them
    often = Counter(short.values())
    whole = {code: f"{ward_name} ward ({names.get(code, code)})" for code, ward_name in wards.items()}
    return names | {code: short[code] if often[short[code]] == 1 else whole[code] for code in short}


def ward_names_of(
    land: Land, places: pd.DataFrame, areas: Mapping[str, Area], force_name: str = ""
) -> dict[str, str]:
    """Return what `names_of` does, with the ward's name in place of the LSOA's where it is known."""
    wards = ward_names(land, places)
    named = places.assign(ground_name=[wards[code] for code in places["ground_code"]])
    return names_of(named, areas, force_name)
