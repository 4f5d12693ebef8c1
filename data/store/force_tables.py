"""From the rows of one force to its ground and its cube."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import ibis
import pandas as pd

from analysis.model.cube import build_cube
from analysis.model.ground import Crosswalk, ground_table
from data.areas.area_files import AreaDefinitions

DISTRICT_SHARE = 0.005
"""Share of a force's located incidents from which a district counts as the force's own, where areas.toml does not
say. Points snapped over the border and mistaken codes are far rarer: in Cleveland 41 rows of 185,582 (0.0002)."""


def count_street(street: ibis.Table) -> pd.DataFrame:
    """Return incidents by month, LSOA code and name (missing where a row has none) and crime type."""
    keys = ["month", "lsoa_code", "lsoa_name", "crime_type"]
    found = street.group_by(keys).agg(incidents=street.count()).execute()
    found["month"] = pd.PeriodIndex(pd.to_datetime(found["month"]), freq="M")
    return found.sort_values(keys, ignore_index=True)


def force_ground(
    counts: pd.DataFrame, crosswalk: Crosswalk, definitions: AreaDefinitions, force: str
) -> pd.DataFrame:
    """Return the ground of a force's districts and whatever else its rows name, with ``in_force``.

    ``counts`` is `count_street`'s table. The districts are those of areas.toml, else those with `DISTRICT_SHARE`
    of the located incidents or more; their ground without incidents is in the table as far as the crosswalk has it.
    """
    located = counts.loc[counts["lsoa_code"].notna()]
    seen = located[["lsoa_code", "lsoa_name"]].fillna("").drop_duplicates()
    table = ground_table(crosswalk, seen)
    by_unit = located.groupby(_ground_codes(located, crosswalk))["incidents"].sum()
    section = definitions.forces.get(force)
    if section and section.districts:
        districts = set(section.districts)
    else:
        by_district = by_unit.groupby(table.set_index("ground_code")["district_name"]).sum()
        districts = set(by_district.index[by_district >= DISTRICT_SHARE * by_unit.sum()]) - {""}
    table["in_force"] = table["district_name"].isin(sorted(districts))
    return table.loc[table["in_force"] | table["ground_code"].isin(by_unit.index)].reset_index(drop=True)


def force_cube(
    counts: pd.DataFrame, crosswalk: Crosswalk, ground: Iterable[str], months: Collection[pd.Period]
) -> pd.DataFrame:
    """Return the cube of a force over this ground; incidents without an LSOA are left out."""
    located = counts.loc[counts["lsoa_code"].notna()]
    return build_cube(located.assign(ground_code=_ground_codes(located, crosswalk)), ground, months)


def _ground_codes(located: pd.DataFrame, crosswalk: Crosswalk) -> pd.Series:
    codes = located["lsoa_code"]
    return codes.map(crosswalk.ground_of).fillna(codes).astype("str").rename("ground_code")
