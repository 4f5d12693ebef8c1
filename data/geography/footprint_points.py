"""The points of which approximate footprints are made (see `analysis.model.footprints`), from a force's own rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from analysis.model.footprints import METRES
from analysis.model.ground import Crosswalk

DEGREES = "EPSG:4326"
"""The coordinates of a police.uk row: WGS84."""


@dataclass(frozen=True, eq=False)
class FootprintPoints:
    """The points of a force and what was left out of them; the counts are incidents and add up to all held.

    ``table`` has easting, northing (EPSG:27700, metres), ground_code and incidents, one row a point and ground,
    sorted. ``drawn`` stand on the force's own ground. Left out: ``without_point``; ``without_lsoa`` but with a
    point; ``elsewhere``, on ground that is not the force's (points snapped over its border, mistaken codes).
    """

    table: pd.DataFrame
    drawn: int
    without_point: int
    without_lsoa: int
    elsewhere: int


POINT_KEYS = ("longitude", "latitude", "lsoa_code")
"""What incidents are counted by for `read_points`."""


def read_points(counted: pd.DataFrame, crosswalk: Crosswalk, own: Collection[str]) -> FootprintPoints:
    """Return the anonymised points of these rows of street-level data, each with the ground its rows name.

    ``counted`` has `POINT_KEYS` and incidents, in the order of the keys (`data.store.Store.count_by`). ``own`` is the
    ground of the force. The ground is that of the row's LSOA code, of either vintage, by the crosswalk; a code that it
    does not name is its own. It is never found from the point. All months held count.
    """
    placed = counted[["longitude", "latitude"]].notna().all(axis=1)
    coded = counted["lsoa_code"].notna()
    located = counted.loc[placed & coded].reset_index(drop=True)
    codes = located["lsoa_code"].map(crosswalk.ground_of).fillna(located["lsoa_code"]).astype("str")
    inside = codes.isin(list(own))
    places = gpd.GeoSeries(gpd.points_from_xy(located["longitude"], located["latitude"]), crs=DEGREES)
    places = places.to_crs(METRES)
    table = pd.DataFrame(
        {
            "easting": places.x.astype("float64"),
            "northing": places.y.astype("float64"),
            "ground_code": codes,
            "incidents": located["incidents"],
        }
    ).loc[inside]
    place = ["easting", "northing", "ground_code"]
    return FootprintPoints(
        table=table.groupby(place, as_index=False)["incidents"].sum(),
        drawn=int(located.loc[inside, "incidents"].sum()),
        without_point=int(counted.loc[~placed, "incidents"].sum()),
        without_lsoa=int(counted.loc[placed & ~coded, "incidents"].sum()),
        elsewhere=int(located.loc[~inside, "incidents"].sum()),
    )
