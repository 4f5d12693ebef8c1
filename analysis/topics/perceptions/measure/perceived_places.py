"""The ground of the places that a survey asked about, and what was recorded on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.model.areas import Area, key_of
from analysis.model.cube import Panel
from analysis.model.ground import Crosswalk
from analysis.model.periods import Period

WGS84, NATIONAL_GRID = 4326, 27700


def place_ground(
    survey: pd.DataFrame, *, crosswalk: Crosswalk, areas: Iterable[Area], boundaries: Any = None
) -> dict[str, frozenset[str]]:
    """Return the common ground of each place of a survey; a place whose ground is not known is left out.

    ``survey`` follows its contract in `analysis.records`. The LSOAs of a place's rows come first (of either
    vintage); without any, the ground that its points lie in, by ``boundaries`` (a GeoDataFrame with ground_code,
    EPSG:27700, or None where no outline is held); without either, the area of the same name.
    """
    named = {key_of(area.filed_name): area.ground for area in areas}
    by_point = _ground_at(survey, boundaries)
    by_place: dict[str, frozenset[str]] = {}
    for place, rows in survey.groupby(survey["place"].astype("str"), sort=True):
        codes = rows["lsoa"].dropna()
        ground = crosswalk.ground(codes[codes != ""])
        ground = ground or frozenset(by_point.reindex(rows.index).dropna())
        ground = ground or named.get(key_of(str(place)), frozenset())
        if ground:
            by_place[str(place)] = ground
    return by_place


def recorded_on(
    counts: Panel, ground: Mapping[str, frozenset[str]], crime_types: Iterable[str], period: Period
) -> pd.DataFrame:
    """Return the incidents of these types recorded on each place's ground in the published months of a period.

    Columns place and incidents. A place of which no ground is in the data, and a period of which no month is
    held, are not rows: their count is not known.
    """
    types = tuple(crime_types)
    rows = []
    for place, units in ground.items():
        if not units <= set(counts.ground):
            continue
        series = pd.DataFrame({name: counts.series(units, name, name=place) for name in types})
        months = series.loc[[month in period for month in series.index]].dropna()
        if len(months):
            rows.append((place, float(months.to_numpy().sum())))
    return pd.DataFrame(rows, columns=["place", "incidents"])


def _ground_at(survey: pd.DataFrame, boundaries: Any) -> pd.Series:
    """Return the ground code that each row's point lies in, missing where it has none or lies outside."""
    import geopandas as gpd

    pointed = survey.loc[survey["longitude"].notna() & survey["latitude"].notna()]
    if boundaries is None or pointed.empty:
        return pd.Series(dtype="str")
    points = gpd.GeoDataFrame(
        index=pointed.index,
        geometry=gpd.points_from_xy(pointed["longitude"], pointed["latitude"], crs=WGS84),
    ).to_crs(NATIONAL_GRID)
    joined = points.sjoin(boundaries[["ground_code", "geometry"]], predicate="within")
    # a point on the line between two units lies in the first by code
    return joined.sort_values("ground_code")["ground_code"].loc[lambda s: ~s.index.duplicated()]
