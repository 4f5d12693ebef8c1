"""Metres to degrees, for the screen alone: GeoJSON as the browser is served it, and the view that takes in an extent.

Everywhere else coordinates are metres of the National Grid (EPSG:27700).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pyproj
import shapely

DEGREES = "EPSG:4326"
METRES = "EPSG:27700"

PLACES = 5
"""Decimals of a degree that are served: 0.00001 degrees is a metre, and outlines are simplified to many."""

TILE = 512
"""Pixels across which the whole world is drawn at zoom 0 (deck.gl and MapLibre)."""

CLOSEST, FARTHEST = 15.0, 4.0
"""Zooms that a view opens at: nearer than 15 an anonymised point would look like a door."""


@dataclass(frozen=True)
class View:
    """Where a map opens: degrees, zoom, and how many metres of ground a pixel shows there."""

    longitude: float
    latitude: float
    zoom: float
    metres_a_pixel: float


_MIDDLE = (437_000, 290_000)
"""A point in metres amid England, where every way that is installed holds."""


def to_degrees(easting: Sequence[float], northing: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return longitudes and latitudes of points in metres, rounded as they are served."""
    longitude, latitude = _transformer().transform(np.asarray(easting, float), np.asarray(northing, float))
    return np.round(longitude, PLACES), np.round(latitude, PLACES)


def to_metres(longitude: Sequence[float], latitude: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return eastings and northings of points in degrees, to the metre; NaN stays NaN."""
    easting, northing = _transformer().transform(
        np.asarray(longitude, float), np.asarray(latitude, float), direction="INVERSE"
    )
    both = np.isfinite(easting) & np.isfinite(northing)
    return np.where(both, np.round(easting), np.nan), np.where(both, np.round(northing), np.nan)


def geojson(outlines: gpd.GeoDataFrame, properties: Iterable[Mapping[str, object]]) -> str:
    """Return outlines (EPSG:27700) as compact GeoJSON in degrees, one feature a row with its properties."""
    # GeoPandas' own way looks the two systems up, and PROJ does so anew in each click's thread
    in_degrees = shapely.transform(outlines.geometry.to_numpy(), _transformer().transform, interleaved=False)
    shapes = shapely.set_precision(in_degrees, 0)
    features = [
        {"type": "Feature", "properties": dict(own), "geometry": _rounded(shape)}
        for own, shape in zip(properties, shapes, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def view_of(bounds: tuple[float, float, float, float], width: int, height: int) -> View:
    """Return the view in which these bounds (metres: west, south, east, north) fill so many pixels.

    A twelfth of the width is left free on either side.
    """
    west, south, east, north = bounds
    longitude, latitude = _transformer().transform(
        np.array([west, west, east, east]), np.array([south, north, south, north])
    )
    left, right = float(longitude.min()), float(longitude.max())
    low, high = (_mercator(float(side)) for side in (latitude.min(), latitude.max()))
    room = 1 - 2 / 12
    across = max((right - left) / 360, 1e-9)
    up = max(high - low, 1e-9)
    zoom = math.log2(min(width * room / across, height * room / up) / TILE)
    zoom = round(min(max(zoom, FARTHEST), CLOSEST), 2)
    middle = _latitude((low + high) / 2)
    return View(round((left + right) / 2, PLACES), round(middle, PLACES), zoom, metres_a_pixel(middle, zoom))


def sight_of(view: View, width: int, height: int) -> tuple[float, float, float, float]:
    """Return the box (metres: west, south, east, north) that a view shows in so many pixels.

    Grid north is taken for true north: by a degree or two, in the corners.
    """
    (easting,), (northing,) = to_metres([view.longitude], [view.latitude])
    across, up = width / 2 * view.metres_a_pixel, height / 2 * view.metres_a_pixel
    return float(easting - across), float(northing - up), float(easting + across), float(northing + up)


def metres_a_pixel(latitude: float, zoom: float) -> float:
    """Return how many metres of ground one pixel shows: the equator is 40,075,017 m round."""
    return 40_075_017 * math.cos(math.radians(latitude)) / (TILE * 2**zoom)


def _mercator(latitude: float) -> float:
    """Return a latitude's height on a square map of the world, 0 to 1."""
    return 0.5 + math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp((height - 0.5) * 2 * math.pi)) - math.pi / 2)


@lru_cache(maxsize=1)
def _transformer() -> pyproj.Transformer:
    """Return the best way between the two that is installed, held by its steps.

    PROJ makes a transformer anew in each thread, and each click is one of its own: looking the two systems up takes 30 ms,
    their steps a fifth of one.
    """
    best = pyproj.Transformer.from_crs(METRES, DEGREES, always_xy=True)
    best.transform(*_MIDDLE)  # which way is best is known once it was asked
    return pyproj.Transformer.from_pipeline(best.get_last_used_operation().definition)


def _rounded(shape: shapely.Geometry) -> dict[str, object]:
    written = json.loads(shapely.to_geojson(shape), parse_float=lambda digits: round(float(digits), PLACES))
    return {"type": written["type"], "coordinates": written["coordinates"]}
