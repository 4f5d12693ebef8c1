"""Outlines round the named shopping streets of Stockton-on-Tees, drawn from police.uk's points and from no LSOA's outline."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import pandas as pd
import shapely

STREETS = ("High Street", "Shopping Area", "Queensway", "Myton Road", "Billingham Shopping Centre",
           "Castlegate Shopping Centre", "Thornaby Shopping Centre")  # fmt: skip
"""Names of points taken, written down before any outline was drawn: the streets that shops are on, and what police.uk calls a
shopping area or centre. Supermarkets are not among them: each has a point of its own, in a centre or far from one."""

HEART = {
    "Stockton": ("High Street", 54.564, -1.313),
    "Billingham": ("Billingham Shopping Centre", 54.61, -1.29),
    "Thornaby": ("Thornaby Shopping Centre", 54.54, -1.29),
    "Norton": ("High Street", 54.59, -1.31),
    "Yarm": ("High Street", 54.51, -1.35),
    "Ingleby Barwick": ("Myton Road", 54.52, -1.32),
}
"""The name and rounded place of the points that tell which outline is which centre's."""

GAP = 50.0
"""Metres: outlines that lie up to twice as far apart are one, as shops on both ends of a street are."""


@lru_cache(maxsize=1)
def named_points(shared: Path) -> pd.DataFrame:
    """The points with one of these names in Stockton's latitudes, January 2022 to June 2024: location, longitude, latitude.

    All months at hand: police.uk renamed its points in between, and in the later 24 none of Stockton is called High Street.
    """
    frames = []
    for archive in sorted((shared / "real").glob("*.zip")):
        with ZipFile(archive) as held:
            for name in held.namelist():
                if name.endswith("-street.csv"):
                    with held.open(name) as file:
                        frames.append(pd.read_csv(file, usecols=["Location", "Longitude", "Latitude"]))
    points = pd.concat(frames).dropna().drop_duplicates().rename(columns=str.lower)
    points = points.assign(location=points["location"].str.removeprefix("On or near "))
    wanted = points["location"].isin(STREETS) & points["latitude"].between(54.48, 54.64)
    return points.loc[wanted].sort_values(list(points.columns), ignore_index=True)


def outlines(shared: Path, width: float) -> gpd.GeoDataFrame:
    """The outlines of the six centres, ``width`` metres round each point: RC_ID, RC_Name, Classification, geometry (WGS84)."""
    points = named_points(shared)
    places = gpd.GeoSeries(gpd.points_from_xy(points["longitude"], points["latitude"]), crs=4326)
    drawn = shapely.union_all(places.to_crs(27700).buffer(width).to_numpy()).buffer(GAP).buffer(-GAP)
    parts = gpd.GeoSeries(shapely.get_parts(drawn), crs=27700)
    found = {}
    for town, (street, latitude, longitude) in HEART.items():
        here = (
            (points["location"] == street)
            & (abs(points["latitude"] - latitude) < 0.006)
            & (abs(points["longitude"] - longitude) < 0.006)
        )
        heart = shapely.union_all(places.to_crs(27700)[here.to_numpy()].to_numpy())
        found[town] = shapely.union_all(parts[parts.intersects(heart)].to_numpy())
    return gpd.GeoDataFrame(
        {
            "RC_ID": [f"RC_{number}" for number in range(len(found))],
            "RC_Name": list(found),
            "Classification": "Town Centre",
        },
        geometry=list(found.values()),
        crs=27700,
    ).to_crs(4326)
