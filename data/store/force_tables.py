"""From the rows of one force to its ground and its cube."""

from __future__ import annotations

import pandas as pd

from analysis.model.cube import CountedPlaces
from analysis.model.ground import Crosswalk, ground_table
from data.areas.area_files import AreaDefinitions
from data.police_uk.file_names import RAILWAYS
from data.police_uk.place_counts import PlaceCounts

OWN_LSOAS = 0.5
"""Share of a district's ground, by the lookup, on which a force records from which the district is the force's own.

A force records in nearly all of its own LSOAs within a year, and in few of a neighbour's: Cleveland's 41 rows of 185,582
outside its districts, or the 0.5 % and more that City of London Police has in Camden, Hackney and Islington."""

OWN_ROWS = 0.1
"""The same for a district that no lookup covers: its rows against those of the force's busiest district.

Against all of the force's rows a tenth would leave a county of thirteen districts with two or three."""


def force_ground(
    counts: pd.DataFrame, crosswalk: Crosswalk, definitions: AreaDefinitions, force: str
) -> pd.DataFrame:
    """Return the ground of a force's districts and whatever else its rows name, with ``in_force``.

    ``counts`` has lsoa_code, lsoa_name and incidents, in the order of the two. The districts are those of areas.toml, else
    those that the force records in at least `OWN_LSOAS` of, or, where no lookup covers them, at least `OWN_ROWS` of the rows
    of its busiest district; the railway police have none. Their ground without incidents is in the table as far as the
    crosswalk has it.
    """
    located = counts.loc[counts["lsoa_code"].notna()]
    seen = located[["lsoa_code", "lsoa_name"]].fillna("").drop_duplicates()
    table = ground_table(crosswalk, seen)
    by_unit = located.groupby(_ground_codes(located, crosswalk))["incidents"].sum()
    section = definitions.forces.get(force)
    if section and section.districts:
        districts = set(section.districts)
    else:
        districts = set() if force == RAILWAYS else _own_districts(by_unit, table, crosswalk)
    table["in_force"] = table["district_name"].isin(sorted(districts))
    return table.loc[table["in_force"] | table["ground_code"].isin(by_unit.index)].reset_index(drop=True)


def _own_districts(by_unit: pd.Series, table: pd.DataFrame, crosswalk: Crosswalk) -> set[str]:
    """Return the districts of the ground on which a force records (``by_unit``: its incidents by ground)."""
    district_of = table.set_index("ground_code")["district_name"]
    covered: set[str] = set()
    own: set[str] = set()
    if crosswalk.complete:
        units = crosswalk.table.set_index("ground_code")["district_name"]
        all_units = units.value_counts()
        recorded = units.loc[units.index.intersection(by_unit.index)].value_counts()
        share = (recorded / all_units).fillna(0)
        covered, own = set(all_units.index), set(share.index[share >= OWN_LSOAS])
    rows = by_unit.groupby(district_of).sum()
    busiest = float(rows.max()) if len(rows) else 0.0
    own |= {name for name, count in rows.items() if name not in covered and count >= OWN_ROWS * busiest}
    return own - {""}


def counted_places(counts: PlaceCounts, crosswalk: Crosswalk) -> CountedPlaces:
    """Return a force's counts with the common ground of each place; a code that no lookup names is its own."""
    ground_of = crosswalk.ground_of
    ground = [ground_of.get(code, code) if code is not None else "" for code in counts.codes]
    return CountedPlaces(counts.values, ground, counts.months, counts.crime_types)


def _ground_codes(located: pd.DataFrame, crosswalk: Crosswalk) -> pd.Series:
    codes = located["lsoa_code"]
    return codes.map(crosswalk.ground_of).fillna(codes).astype("str").rename("ground_code")
