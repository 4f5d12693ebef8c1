"""LSOAs joined to common ground, and ground to districts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from analysis.model.ground import Crosswalk
from analysis.model.outlines import united
from data.geography.checks import METRES


def dissolve_to_ground(boundaries: gpd.GeoDataFrame, crosswalk: Crosswalk) -> gpd.GeoDataFrame:
    """Return the outline of each unit of common ground: ground_code, geometry (EPSG:27700), sorted.

    ``boundaries`` has vintage, lsoa_code and geometry. Every unit is drawn from the vintage that covers more units
    (2021 where they cover as many), since outlines of one drawing meet exactly; from the other where that one
    lacks an LSOA of it. An outline of several LSOAs is their union; units of which part is missing in both are
    left out, see `without_boundary`. An LSOA that the crosswalk does not name is its own ground.
    """
    outline = {
        vintage: dict(zip(rows["lsoa_code"], rows.geometry, strict=True))
        for vintage, rows in boundaries.groupby("vintage")
    }
    units = list(_units(crosswalk, outline))
    whole = {
        vintage: [
            bool(codes[vintage]) and codes[vintage] <= outline.get(vintage, {}).keys() for _, codes in units
        ]
        for vintage in (2011, 2021)
    }
    first, second = (2021, 2011) if sum(whole[2021]) >= sum(whole[2011]) else (2011, 2021)
    found: dict[str, BaseGeometry] = {}
    for number, (ground, codes) in enumerate(units):
        vintage = first if whole[first][number] else second if whole[second][number] else None
        if vintage is not None:
            parts = [outline[vintage][code] for code in sorted(codes[vintage])]
            found[ground] = parts[0] if len(parts) == 1 else united(parts)
    codes_found = sorted(found)
    return gpd.GeoDataFrame(
        {"ground_code": pd.Series(codes_found, dtype="str")},
        geometry=[found[code] for code in codes_found],
        crs=METRES,
    )


def without_boundary(boundaries: gpd.GeoDataFrame, ground: Iterable[str]) -> tuple[str, ...]:
    """Return the ground that has no boundary, sorted."""
    return tuple(sorted(set(ground) - set(boundaries["ground_code"])))


def missing_sentence(missing: Sequence[str]) -> str:
    """Say which ground has no boundary, or nothing where all has one."""
    if not missing:
        return ""
    named = ", ".join(missing[:5]) + (f" and {len(missing) - 5:,} more" if len(missing) > 5 else "")
    return (
        f"{len(missing):,} unit{'s' * (len(missing) != 1)} of ground without a boundary ({named}): left blank on "
        "maps and out of neighbours. Import the boundaries of both vintages."
    )


def dissolve_to_districts(
    ground: gpd.GeoDataFrame, districts: pd.DataFrame, codes: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Return the outline of each district as the union of its ground: district_code, district_name, geometry, sorted.

    ``districts`` names the district_name of each ground_code; ``codes`` gives a district's code by its name, which is
    missing where it does not. A district of which any unit has no outline is left out: it would be drawn too small.
    """
    named = districts.loc[districts["district_name"] != ""].drop_duplicates("ground_code")
    shapes = named["ground_code"].map(dict(zip(ground["ground_code"], ground.geometry, strict=True)))
    whole = shapes.notna().groupby(named["district_name"]).all()
    kept = named["district_name"].map(whole).astype(bool)
    whole_shapes = {
        str(name): united(parts.to_numpy())
        for name, parts in shapes.loc[kept].groupby(named["district_name"], sort=True)
    }
    table = gpd.GeoDataFrame(
        {
            "district_code": pd.Series([codes.get(name) for name in whole_shapes], dtype="str"),
            "district_name": pd.Series(list(whole_shapes), dtype="str"),
        },
        geometry=list(whole_shapes.values()),
        crs=METRES,
    )
    return table.sort_values(["district_code", "district_name"], ignore_index=True)


def _units(
    crosswalk: Crosswalk, outline: dict[int, dict[str, BaseGeometry]]
) -> Iterable[tuple[str, dict[int, set[str]]]]:
    """Yield each unit with its codes by vintage: those of the crosswalk, then codes that it does not name."""
    table = crosswalk.table
    for ground, old, new in zip(table["ground_code"], table["codes_2011"], table["codes_2021"], strict=True):
        yield str(ground), {2011: set(old), 2021: set(new)}
    unknown = {code for codes in outline.values() for code in codes if code not in crosswalk.ground_of}
    for code in sorted(unknown):
        yield code, {2011: {code}, 2021: {code}}
