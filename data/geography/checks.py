"""What is asked of outlines once they are in metres: their codes, their shape, and where they lie."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.model.errors import RefusedError
from data.geography.files import Layer
from data.geography.kinds import CODES, Theme
from data.police_uk.archive import plain_name

METRES = "EPSG:27700"
EXTENT = (80_000.0, 5_000.0, 657_000.0, 658_000.0)
"""West, south, east and north of England and Wales on the National Grid, in metres: ONS gives its full-resolution
outlines, extent of the realm, as 82,643 to 655,989 and 5,333 to 657,600. Its origin, where degrees taken for metres
end up, lies outside."""

FOREIGN = re.compile(r"S\d{8}|N\d{8}|95[A-Z]{2}\d{2}\w*")
"""Codes of Scotland and Northern Ireland, which ONS's files for the United Kingdom hold too."""

LABEL = ("BNG_E", "BNG_N")
"""ONS's columns with a point inside each outline, on the National Grid."""

NEAR = 5_000.0
"""Metres by which a label may lie outside its outline's bounds. Swapped axes move all but a few by far more."""

_DEGREES = (-9.0, 49.0, 3.0, 61.0)
"""Degrees of longitude and latitude between which coordinates look like those of Great Britain."""


def check_codes(layer: Layer, theme: Theme, table: gpd.GeoDataFrame) -> None:
    """Raise where a code is missing, malformed or there twice, or a ward or district has no name."""
    code = table["code"]
    checks = [
        (code == "", "is missing"),
        (~code.str.fullmatch(CODES[theme.unit]), f"is no {theme.unit} code of England or Wales"),
        (code.duplicated(), "stands there twice"),
    ]
    if theme.name:
        checks.append((table["name"] == "", f"has no name in {theme.name}"))
    for wrong, what in checks:
        if wrong.any():
            row = table.loc[wrong].iloc[0]
            raise RefusedError(
                f"{layer.file}, feature {row.name + 1}: {theme.code} “{plain_name(row['code'])}” {what}. {layer.wanted}."
            )


def check_shapes(layer: Layer, table: gpd.GeoDataFrame, finite: np.ndarray) -> None:
    """Raise where an outline is absent, no polygon, or has coordinates that are no numbers."""
    shape = table.geometry
    for wrong, what in (
        (shape.isna() | shape.is_empty, "has no outline"),
        (~shape.geom_type.isin(["Polygon", "MultiPolygon"]), "is no polygon"),
        (pd.Series(~finite, index=table.index), "has coordinates that are no numbers (NaN or infinite)"),
    ):
        if wrong.any():
            row = table.loc[wrong].iloc[0]
            drawn = f" ({row.geometry.geom_type})" if what == "is no polygon" else ""
            raise RefusedError(
                f"{layer.file}, feature {row.name + 1}: {row['code']} {what}{drawn}. {layer.wanted}."
            )


def check_place(layer: Layer, table: gpd.GeoDataFrame, crs: pyproj.CRS, given: np.ndarray) -> None:
    """Raise where an outline lies outside England and Wales; ``given`` are the bounds as the file has them."""
    outside = ~_inside(shapely.bounds(table.geometry.to_numpy()), EXTENT)
    if not outside.any():
        return
    row, bounds = table.iloc[int(outside.argmax())], given[int(outside.argmax())]
    where = f"{layer.file}, feature {row.name + 1}: {row['code']}"
    swapped = bounds[[1, 0, 3, 2]]
    stated = crs.to_string() if len(crs.to_string()) < 40 else crs.name
    if crs.is_geographic and _inside(swapped, _DEGREES):
        raise RefusedError(
            f"{where} has its axes swapped (latitude stands before longitude). Save the file with longitude first."
        )
    looks = (
        "degrees of longitude and latitude (WGS84, EPSG:4326)"
        if not crs.is_geographic and (_inside(bounds, _DEGREES) or _inside(swapped, _DEGREES))
        else "metres of the National Grid (EPSG:27700)"
        if crs.is_geographic and _inside(bounds, EXTENT)
        else None
    )
    west, south, east, north = bounds
    spread = f"from {west:.8g}, {south:.8g} to {east:.8g}, {north:.8g}"
    if looks:
        raise RefusedError(
            f"{where} lies outside England and Wales by the coordinate system that the file states or implies ({stated}): "
            f"its coordinates ({spread}) are {looks}. State the right one and import it again."
        )
    raise RefusedError(
        f"{where} reaches outside England and Wales ({spread} in {stated}), so its coordinate system is not the one it "
        f"states, or it is of another country. {layer.wanted}."
    )


def check_labels(layer: Layer, table: gpd.GeoDataFrame, labels: np.ndarray) -> None:
    """Raise where an outline lies far from the point that ONS gives for it: on the National Grid, England and Wales with
    easting and northing swapped lie mostly within their own bounds.
    """
    away = _away(table.geometry.to_numpy(), labels)
    if not (away > NEAR).any():
        return
    worst = int(np.nanargmax(away))
    row, (east, north) = table.iloc[worst], labels[worst]
    swapped = _away(table.geometry.to_numpy()[[worst]], labels[[worst], ::-1])[0] <= NEAR
    why = "so its axes are swapped" if swapped else "so its coordinate system is not the one it states"
    raise RefusedError(
        f"{layer.file}, feature {row.name + 1}: {row['code']} lies {away[worst] / 1000:,.0f} km from the point that the "
        f"file gives for it ({LABEL[0]} {east:,.0f}, {LABEL[1]} {north:,.0f}), {why}. Save it anew, easting first."
    )


def _away(shapes: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the metres from each label to the bounds of its outline, NaN where there is no label."""
    bounds = shapely.bounds(shapes)
    beyond = np.maximum(np.maximum(bounds[:, :2] - labels, labels - bounds[:, 2:]), 0)
    return np.asarray(np.hypot(beyond[:, 0], beyond[:, 1]))


def _inside(bounds: np.ndarray, extent: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = extent
    return (
        (bounds[..., 0] >= west)
        & (bounds[..., 1] >= south)
        & (bounds[..., 2] <= east)
        & (bounds[..., 3] <= north)
    )


def mend(layer: Layer, table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the outlines with those mended that cross themselves, and a sentence that counts them."""
    invalid = ~table.geometry.is_valid
    if not invalid.any():
        return table, []
    mended = [_polygons(shapely.make_valid(shape)) for shape in table.geometry[invalid]]
    for code, shape in zip(table["code"][invalid], mended, strict=True):
        if shape.is_empty:
            raise RefusedError(f"{layer.file}: the outline of {code} encloses nothing. {layer.wanted}.")
    table.loc[invalid, "geometry"] = gpd.GeoSeries(mended, index=table.index[invalid], crs=METRES)
    count = int(invalid.sum())
    named = ", ".join(table["code"][invalid].head(5))
    return table, [
        f"{layer.file}: {count:,} outline{'s' * (count != 1)} crossed {'itself' if count == 1 else 'themselves'} and "
        f"{'was' if count == 1 else 'were'} repaired ({named}{' and others' if count > 5 else ''})."
    ]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return the parts of a repaired outline that have an area; a stray line or point is dropped."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
