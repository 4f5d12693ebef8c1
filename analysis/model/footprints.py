"""Approximate footprints of common ground, made of police.uk's own points, for a map where no boundaries are held.

Every place within `BUFFER` metres of a point is given to the ground of the nearest point. Footprints are for
looking at. They are no boundaries: nothing is counted by them, and neighbours are not taken from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.model.errors import AnalysisError, ContractError

if TYPE_CHECKING:
    import geopandas
    import numpy.typing as npt

METRES = "EPSG:27700"

POINT_COLUMNS = ("easting", "northing", "ground_code", "incidents")

BUFFER = 300.0
"""Metres from a point to which its ground is drawn.

Measured on Cleveland, whose points lie 69 m from the next (median): over all 351 units the mean overlap with the
true outline is highest at 300 to 400 m. Of these the smaller, which draws less ground that no point vouches for.
"""

DECIMALS = 1
"""Of a metre: police.uk's six decimals of a degree are about as fine. Points alike to a decimetre are one point."""

SMALLEST_BUFFER = 1.0
"""Metres. Under it a footprint would be hardly larger than the decimetre that two points are told apart by."""

QUARTER_SEGMENTS = 8
"""Edges of a quarter of the circle round a point: it then lies at most 1.5 m inside a true circle of `BUFFER`,
less than the outlines of ONS are generalised by (20 m)."""


def footprints(points: pd.DataFrame, *, buffer: float = BUFFER) -> geopandas.GeoDataFrame:
    """Return the approximate footprint of each unit of ground that has a point, sorted by code.

    ``points`` has easting and northing (EPSG:27700, metres), ground_code and incidents; a point may stand in
    several rows. Columns returned: ground_code, geometry (EPSG:27700; a valid Polygon or MultiPolygon). No two
    overlap, save for rounding (under a square millimetre), and none reaches further than ``buffer`` metres from a
    point.

    Method: the Voronoi cell of each distinct point (to a decimetre), clipped to a circle of ``buffer`` round the
    point, goes to the point's ground; cells of one ground are joined. A point under several grounds goes to the
    one with most incidents there, ties to the lowest code. Left out: rows without an easting, a northing, a code
    or a number of incidents, and rows of no incident. Ground without a point of its own has no footprint, and a
    point far from all others is drawn as a circle.

    Not to be trusted where points are few: in the country a footprint is a string of blots round the roads, and a
    place of a few incidents is drawn small. Edges run half-way between two streets, not where the boundary runs.
    On real boundaries (Stockton-on-Tees, 23 months) the mean overlap, as intersection over union, is 0.61, median
    0.66, worst 0.08; of true neighbours they show 77%, so contiguity, Gi* and sets are never built on them.

    Raises ContractError when a column is missing, a coordinate or a count is no number, or a count is negative;
    AnalysisError when ``buffer`` is under `SMALLEST_BUFFER` or not finite.

    Source of the cells: shapely (GEOS).
    """
    import geopandas  # takes half a second to import, and most pages need no map
    import shapely

    if not (np.isfinite(buffer) and buffer >= SMALLEST_BUFFER):
        raise AnalysisError(
            f"Footprints cannot be drawn to {buffer:g} metres round a point. "
            f"Choose a buffer of {SMALLEST_BUFFER:g} metre or more."
        )
    sites = _sites(points)
    places = shapely.points(sites["easting"], sites["northing"])
    # a place in a cell is nearest to the cell's own point, so the circle round that point is all there is to clip by
    circles = shapely.buffer(places, buffer, quad_segs=QUARTER_SEGMENTS)
    drawn = shapely.intersection(_cells(places, buffer), circles)
    rows = sites.groupby("ground_code", sort=True).indices
    return geopandas.GeoDataFrame(
        {"ground_code": pd.Series(list(rows), dtype="str")},
        geometry=[shapely.union_all(drawn[row]) for row in rows.values()],
        crs=METRES,
    )


def _sites(points: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct points, each with the one ground it is given to."""
    missing = [column for column in POINT_COLUMNS if column not in points.columns]
    if missing:
        raise ContractError(f"The points lack the column{'s' * (len(missing) > 1)} {', '.join(missing)}.")
    table = points.loc[:, list(POINT_COLUMNS)].reset_index(drop=True)
    for column in ("easting", "northing", "incidents"):
        try:
            table[column] = pd.to_numeric(table[column]).astype("float64")
        except (ValueError, TypeError) as error:
            raise ContractError(
                f"The points hold a value of {column} that is no number ({error}). Give numbers."
            ) from error
    if (table["incidents"] < 0).any():
        row = int((table["incidents"] < 0).to_numpy().argmax())
        raise ContractError(
            f"Row {row + 1} of the points counts {table['incidents'].iloc[row]:g} incidents. Give counts of 0 or more."
        )
    numbers = table[["easting", "northing", "incidents"]]
    named = table["ground_code"].notna() & (table["ground_code"].astype("str") != "")
    table = table.loc[np.isfinite(numbers).all(axis=1) & (table["incidents"] > 0) & named]
    table = table.assign(
        # + 0.0, because -0.0 and 0.0 are one place
        easting=table["easting"].round(DECIMALS) + 0.0,
        northing=table["northing"].round(DECIMALS) + 0.0,
        ground_code=table["ground_code"].astype("str"),
    )
    place = ["easting", "northing"]
    counts = table.groupby([*place, "ground_code"], as_index=False)["incidents"].sum()
    first = counts.sort_values([*place, "incidents", "ground_code"], ascending=[True, True, False, True])
    return first.drop_duplicates(place).reset_index(drop=True)


def _cells(places: npt.NDArray[np.object_], buffer: float) -> npt.NDArray[np.object_]:
    """Return the Voronoi cell of each of these distinct points, in their order, wider than the buffer all round."""
    import shapely

    if not len(places):
        return places
    # GEOS cuts the outer cells at a frame round the points: it must lie outside every circle
    west, south, east, north = shapely.total_bounds(places)
    frame = shapely.box(west - 2 * buffer, south - 2 * buffer, east + 2 * buffer, north + 2 * buffer)
    if len(places) == 1:
        return np.array([frame])  # GEOS makes no diagram of one point
    diagram = shapely.voronoi_polygons(shapely.multipoints(places), extend_to=frame, ordered=True)
    return np.asarray(shapely.get_parts(diagram))
