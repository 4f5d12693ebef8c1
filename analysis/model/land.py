"""The ground of a force with its outlines: what maps are drawn on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.model.errors import NeedsInputError
from analysis.model.outlines import united

MOST_SHAPES = 300
"""Outlines of areas that a land keeps: every area and district of a large force, and what its readers chose."""

NO_GROUND = (
    "No ground of this force has an outline, so no map can be drawn. Import boundaries "
    "(python -m data import-geography FILE…) or months whose rows have points."
)


@dataclass(frozen=True, eq=False)
class Land:
    """The ground of a force that has an outline.

    ``outlines`` has ground_code, name and geometry (EPSG:27700), sorted by code: the order in which it is served.
    ``districts`` has district_name and geometry, ``wards`` ward_name and geometry where they are held. ``approximate``
    marks footprints made from points.
    """

    outlines: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    approximate: bool
    wards: gpd.GeoDataFrame | None = None

    @cached_property
    def _at(self) -> dict[str, int]:
        """Return the position of each unit by its code."""
        return {code: at for at, code in enumerate(self.outlines["ground_code"])}

    @cached_property
    def shape_of(self) -> Callable[[frozenset[str]], shapely.Geometry | None]:
        """Return the function that gives the outline of all of this ground in one; None where it has no outline.

        A map of a large force has the outlines of dozens of districts at each change of a filter, and neither ground nor
        outlines of a land ever change: the latest are kept.
        """
        return lru_cache(maxsize=MOST_SHAPES)(self._shape_of)

    def _shape_of(self, ground: frozenset[str]) -> shapely.Geometry | None:
        own = self._of(ground)
        return united(own) if len(own) else None

    def _of(self, ground: Iterable[str]) -> np.ndarray:
        """Return the outlines of these units, in the order served."""
        return np.asarray(
            self.outlines.geometry.to_numpy()[sorted(self._at[code] for code in ground if code in self._at)]
        )

    def bounds_of(self, ground: frozenset[str]) -> tuple[float, float, float, float]:
        """Return west, south, east and north (metres) of this ground, of all where none of it has an outline."""
        own = self._of(ground)
        found = shapely.total_bounds(own) if len(own) else self.outlines.total_bounds
        return tuple(map(float, found))  # type: ignore[return-value]

    def points_of(self, ground: Iterable[str]) -> pd.DataFrame:
        """Return a point inside each of these units: ground_code, easting, northing (metres); without outline, none."""
        own = self.outlines.loc[self.outlines["ground_code"].isin(list(ground))]
        inside = own.geometry.representative_point()
        return pd.DataFrame({"ground_code": own["ground_code"], "easting": inside.x, "northing": inside.y})

    def middle_of(self, ground: frozenset[str]) -> tuple[float, float] | None:
        """Return a point inside this ground (metres), in its largest part; None where it has no outline."""
        shape = self.shape_of(ground)
        if shape is None:
            return None
        parts = shapely.get_parts(shape)
        inside = shapely.point_on_surface(parts[shapely.area(parts).argmax()])
        return float(inside.x), float(inside.y)


def land_of(
    outlines: gpd.GeoDataFrame,
    places: pd.DataFrame,
    *,
    districts: gpd.GeoDataFrame | None,
    names: Mapping[str, str],
    approximate: bool,
    wards: gpd.GeoDataFrame | None = None,
) -> Land:
    """Return the land of a force from outlines of ground (ground_code, geometry; EPSG:27700).

    ``places`` is the ground table (ground_code, district_name, in_force): ground of other forces is left out.
    ``districts`` are the outlines held; those that are missing are put together from the ground. ``names`` is what
    each unit is called. Raises NeedsInputError where no ground of the force has an outline.
    """
    own = places.loc[places["in_force"], ["ground_code", "district_name"]]
    drawn = outlines.merge(own, on="ground_code").sort_values("ground_code", ignore_index=True)
    if drawn.empty:
        raise NeedsInputError(NO_GROUND)
    drawn["name"] = [names.get(code, code) for code in drawn["ground_code"]]
    wanted = sorted(drawn["district_name"].unique())
    outline_of = (
        {} if districts is None else dict(zip(districts["district_name"], districts.geometry, strict=True))
    )
    together = {
        name: united(rows.geometry.to_numpy())
        for name, rows in drawn.groupby("district_name")
        if name not in outline_of
    }
    whole = gpd.GeoDataFrame(
        {"district_name": wanted},
        geometry=[outline_of.get(name, together.get(name)) for name in wanted],
        crs=drawn.crs,
    )
    return Land(drawn[["ground_code", "name", "geometry"]], whole, approximate, wards)
