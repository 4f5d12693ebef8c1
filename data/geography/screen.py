"""Ground simplified once for the screen, so that a map need not send what nobody can see."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from data.geography.checks import METRES

SCREEN_TOLERANCE = 20.0
"""Metres: corners that span a triangle of less than its square (400 m²) are taken out.

It is what the ONS's generalised boundaries were drawn to, so those hardly change (7 % of Cleveland's vertices go, no
LSOA's area changes by over 0.4 %), and full-resolution ones come down to about their weight. On a map of a district, 25
km on 1,000 pixels, it is under a pixel. At 50 m an LSOA's area changes by up to 7 %."""


ACROSS = 1 / 3000
"""Of a map of districts 820 pixels across, a quarter of a pixel."""


def simplify_for_screen(
    ground: gpd.GeoDataFrame, tolerance: float = SCREEN_TOLERANCE
) -> tuple[gpd.GeoDataFrame, int]:
    """Return ground (ground_code, geometry) simplified so that borders shared still meet, and how many were left as is.

    Method: Visvalingam and Whyatt's on the edges of the coverage (`shapely.coverage_simplify`; GEOS 3.12). It asks for
    outlines that meet edge by edge. Units that do not (overlaps, or corners on one side only, as where outlines of
    both vintages stand beside each other) are left as they are, and so are the borders of the others with them;
    where that does not make a coverage either, everything is left as it is.
    """
    shapes = ground.geometry.to_numpy()
    simplified = shapes
    if len(shapes):
        faulty = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        simplified = shapes.copy()
        # the outer edge of what is left also borders on what is left out, so then it stays
        simplified[~faulty] = shapely.coverage_simplify(
            shapes[~faulty], tolerance, simplify_boundary=not faulty.any()
        )
        if not _sound(simplified[~faulty]):
            simplified = shapes
    table = gpd.GeoDataFrame({"ground_code": ground["ground_code"].array}, geometry=simplified, crs=METRES)
    left = len(shapes) if simplified is shapes else int(faulty.sum())
    return table, left


def simplify_districts(districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return districts simplified so that their borders still meet, for a map that takes them all in.

    The tolerance is `ACROSS` of the longer side of all of them, as far as that is more than `SCREEN_TOLERANCE`: a map of
    the country has 800 m to a pixel, and outlines to 20 m would be megabytes that nobody can see.
    """
    if districts.empty:
        return districts
    west, south, east, north = districts.total_bounds
    tolerance = max(max(east - west, north - south) * ACROSS, SCREEN_TOLERANCE)
    simplified, _ = simplify_for_screen(districts.assign(ground_code=districts["district_name"]), tolerance)
    return districts.set_geometry(simplified.geometry.array)


def _sound(shapes: np.ndarray) -> bool:
    return bool(
        shapely.is_valid(shapes).all()
        and not shapely.is_empty(shapes).any()
        and shapely.coverage_is_valid(shapes)
    )


def left_sentence(left: int) -> str:
    """Say how much ground was not simplified, or nothing where all was."""
    if not left:
        return ""
    return (
        f"{left:,} unit{'s' * (left != 1)} of ground {'does' if left == 1 else 'do'} not meet "
        f"{'its' if left == 1 else 'their'} neighbours edge by edge and {'is' if left == 1 else 'are'} drawn in full."
    )
