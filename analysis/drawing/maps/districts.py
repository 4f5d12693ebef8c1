"""The map of all forces held, by district: where one begins before choosing a force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.classes import count_class, count_edges, count_keys
from analysis.drawing.maps.incident_map import what_is_counted
from analysis.drawing.maps.shown import Ground, Key, Name, Shown
from analysis.model import formats
from analysis.model.errors import NeedsInputError
from analysis.model.land import Land
from analysis.model.naming import Naming
from analysis.model.periods import Period


def districts_land(districts: gpd.GeoDataFrame | None, wanted: Sequence[str]) -> Land:
    """Return the districts as the ground of a map: each is a unit under its own name.

    Raises NeedsInputError where none of them has an outline.
    """
    if districts is not None:
        own = districts.loc[districts["district_name"].isin(list(wanted))].sort_values(
            "district_name", ignore_index=True
        )
        if len(own):
            units = own.assign(ground_code=own["district_name"], name=own["district_name"])
            # one table for both: the browser is served the outlines once, as ground and as what lies under it
            return Land(units, units, approximate=False)
    raise NeedsInputError(
        "No district of the forces held has an outline. Import boundaries of districts, or of LSOAs with the lookup "
        "(python -m data import-geography FILE…)."
    )


def district_map(
    table: pd.DataFrame,
    *,
    land: Land,
    crime_types: Sequence[str],
    period: Period,
    forces: Mapping[str, str],
    naming: Naming,
) -> Shown:
    """Return districts shaded by recorded incidents a month (`analysis.topics.incidents.measure.district_counts`).

    A district whose force publishes none of one of the crime types is hatched: its count is not comparable. ``forces``
    gives each force's name, ``naming`` what a district is called. Names stand on the districts with most incidents first.
    """
    whole = table["unpublished"] == ""
    values = table["a_month"].where(whole)
    edges = count_edges(np.ceil(values.to_numpy(float)))
    keys = count_keys(edges)
    position = count_class(np.ceil(values), edges)
    drawn = pd.DataFrame(
        {
            "ground_code": table["district_name"],
            "name": [naming.district(name) for name in table["district_name"]],
            "key": position.to_numpy(),
            "text": [_text(row, forces) for row in table.itertuples()],
        }
    ).sort_values("ground_code", ignore_index=True)
    last = Key("Not all of these types published", keys[-1].colour, "hatch")
    names = []
    inside = land.points_of(table["district_name"]).set_index("ground_code")
    for name in table.sort_values("incidents", ascending=False)["district_name"]:
        if name in inside.index:
            at = (float(inside.loc[name, "easting"]), float(inside.loc[name, "northing"]))
            names.append(Name(naming.district(name), *at))
    what = what_is_counted(list(crime_types))
    most = table.loc[whole].sort_values(["a_month", "district_name"], ascending=[False, True])
    title = (
        f"Most in {naming.district(most['district_name'].iloc[0])}: {formats.number(most['a_month'].iloc[0])} recorded a month ({what})"
        if len(most)
        else f"No force held publishes all of these: {what}"
    )
    return Shown(
        title=title,
        subtitle=f"Recorded incidents a month by district, {what}, mean of the months published in {period.label}, "
        f"{formats.number(len(forces))} force{'s' * (len(forces) != 1)} held. {SOURCE}",
        alt=f"{title}. Districts are shaded from few to most; the numbers stand below.",
        data=table,
        ground=Ground("Recorded a month", (*keys[:-1], last) if not whole.all() else keys[:-1], drawn),
        names=tuple(names),
        caveat="Counts, not rates: a district with more residents and visitors has more of everything.",
    )


def _text(row: Any, forces: Mapping[str, str]) -> str:
    force = forces.get(row.force, row.force)
    counted = (
        f"{formats.number(row.incidents)} recorded in {formats.number(row.months)} month{'s' * (row.months != 1)}, "
        f"{formats.number(row.a_month)} a month"
    )
    missing = f"\nNot published: {row.unpublished}" if row.unpublished else ""
    return f"{force}\n{counted}{missing}"
