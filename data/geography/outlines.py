"""One layer of outlines, read a batch at a time and checked: codes, place, shape.

Geographic coordinates are only read and checked here; what comes out is in metres.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from analysis.errors import RefusedError
from data.archive import plain_name
from data.geography.files import Layer, unreadable
from data.geography.kinds import CODES, Theme
from data.geography.unpacking import WANTED

METRES = "EPSG:27700"
EXTENT = (80_000.0, 5_000.0, 657_000.0, 658_000.0)
"""West, south, east and north of England and Wales on the National Grid, in metres: ONS gives its full-resolution
outlines, extent of the realm, as 82,643 to 655,989 and 5,333 to 657,600. Its origin, where degrees taken for metres
end up, lies outside."""

MAX_VERTICES = 6_250_000
"""100 MB of coordinates. The generalised LSOAs of Cleveland have 47 vertices each, so those of the country (35,672)
about 1.7 million; the full-resolution ones are over 250 MB even packed and draw nothing more at the scale of a town
centre. A file just under the limit is imported in 1.1 GB of memory."""

BATCH = 500
"""Features read at a time, so that what the library holds beside the outlines themselves stays small."""

_FOREIGN = re.compile(r"S\d{8}|N\d{8}|95[A-Z]{2}\d{2}\w*")
"""Codes of Scotland and Northern Ireland, which ONS's files for the United Kingdom hold too."""

_DEGREES = (-9.0, 49.0, 3.0, 61.0)
"""Degrees of longitude and latitude between which coordinates look like those of Great Britain."""


@dataclass
class _Read:
    """What the batches of a layer gave, a value a feature."""

    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    districts: list[str | None] = field(default_factory=list)
    shapes: list[np.ndarray] = field(default_factory=list)
    given: list[np.ndarray] = field(default_factory=list)
    """Bounds as given, before they became metres."""
    finite: list[np.ndarray] = field(default_factory=list)
    vertices: int = 0


def read_outlines(
    layer: Layer, theme: Theme, *, max_vertices: int = MAX_VERTICES
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the outlines of one layer and sentences on what was mended or left out.

    The table has code, name, district_name (missing where the file does not say) and geometry (EPSG:27700), in the
    order of the file. Outlines of Scotland and Northern Ireland are left out and counted. One that crosses itself is
    mended and said. Raises RefusedError, naming file and feature, for a layer that is empty, has more vertices than
    ``max_vertices``, states no coordinate system that is known or another than its own, has its axes swapped, or holds
    a code that is missing, malformed or there twice, an outline that is no polygon, or one outside England and Wales.
    """
    read, crs = _read(layer, theme, max_vertices)
    if not read.codes:
        raise RefusedError(f"{layer.file}: it holds no outline. {WANTED}.")
    table = gpd.GeoDataFrame(
        {
            "code": pd.Series(read.codes, dtype="str"),
            "name": pd.Series(read.names, dtype="str"),
            "district_name": pd.Series(read.districts, dtype="str"),
        },
        geometry=np.concatenate(read.shapes),
        crs=METRES,
    )
    foreign = table["code"].str.fullmatch(_FOREIGN)
    if foreign.all():
        raise RefusedError(
            f"{layer.file}, feature 1: {theme.code} “{plain_name(table['code'].iloc[0])}” is a code of Scotland or Northern "
            f"Ireland, and so are all others. {WANTED}, of England or Wales."
        )
    _check_codes(layer, theme, table.loc[~foreign])
    _check_shapes(layer, table.loc[~foreign], np.concatenate(read.finite)[~foreign])
    _check_place(layer, table.loc[~foreign], crs, np.concatenate(read.given)[~foreign])
    said = []
    if foreign.any():
        said.append(
            f"{layer.file}: {int(foreign.sum()):,} {theme.unit}{'s' * (int(foreign.sum()) != 1)} of Scotland and Northern "
            "Ireland left out."
        )
    table, mended = _mend(layer, table.loc[~foreign].reset_index(drop=True))
    return table, said + mended


def _read(layer: Layer, theme: Theme, max_vertices: int) -> tuple[_Read, pyproj.CRS]:
    read = _Read()
    wanted = [name for name in (theme.code, theme.name, theme.district) if name]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # what it warns of is refused, in a sentence
            with pyogrio.open_arrow(
                layer.path, layer=layer.name, columns=wanted, batch_size=BATCH, use_pyarrow=True
            ) as (meta, batches):
                crs = _crs(layer, meta["crs"])
                to_metres = None
                if not crs.equals(pyproj.CRS(METRES), ignore_axis_order=True):
                    to_metres = pyproj.Transformer.from_crs(crs, METRES, always_xy=True).transform
                for batch in batches:
                    shapes = _shapes(batch, meta["geometry_name"] or "wkb_geometry")
                    read.vertices += int(shapely.get_num_coordinates(shapes).sum())
                    if read.vertices > max_vertices:
                        raise RefusedError(
                            f"{layer.file}: it has more than {max_vertices:,} vertices, the limit here. Give the generalised "
                            "boundaries (BGC) instead of those in full resolution, or those of your own area."
                        )
                    columns = {name: batch.column(name).to_pylist() for name in wanted}
                    read.codes += map(_text, columns[theme.code])
                    read.names += map(_text, columns[theme.name] if theme.name else [""] * len(shapes))
                    inside = columns[theme.district] if theme.district else [None] * len(shapes)
                    read.districts += [_text(value) or None for value in inside]
                    read.given.append(shapely.bounds(shapes))
                    read.finite.append(_finite(shapes))
                    if to_metres:
                        shapes = shapely.transform(shapes, to_metres, interleaved=False)
                    read.shapes.append(shapes)
    except (DataSourceError, DataLayerError, OSError, ValueError, pa.ArrowException, ShapelyError) as error:
        raise unreadable(layer.file, layer.path, error) from error
    if len(read.codes) < layer.features:
        raise RefusedError(
            f"{layer.file}: only {len(read.codes):,} of its {layer.features:,} features can be read. "
            f"Download it again. {WANTED}."
        )
    return read, crs


def _crs(layer: Layer, stated: str | None) -> pyproj.CRS:
    try:
        if stated:
            return pyproj.CRS(stated)
    except pyproj.exceptions.CRSError:
        pass
    raise RefusedError(f"{layer.file}: it states no coordinate system that is known. {WANTED}.")


def _shapes(batch: pa.RecordBatch, column: str) -> np.ndarray:
    shapes = shapely.from_wkb(batch.column(column).to_numpy(zero_copy_only=False))
    return shapely.force_2d(shapes)


def _finite(shapes: np.ndarray) -> np.ndarray:
    coordinates, feature = shapely.get_coordinates(shapes, return_index=True)
    good = np.ones(len(shapes), dtype=bool)
    good[feature[~np.isfinite(coordinates).all(axis=1)]] = False
    return good


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _check_codes(layer: Layer, theme: Theme, table: gpd.GeoDataFrame) -> None:
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
                f"{layer.file}, feature {row.name + 1}: {theme.code} “{plain_name(row['code'])}” {what}. {WANTED}."
            )


def _check_shapes(layer: Layer, table: gpd.GeoDataFrame, finite: np.ndarray) -> None:
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
                f"{layer.file}, feature {row.name + 1}: {row['code']} {what}{drawn}. {WANTED}."
            )


def _check_place(layer: Layer, table: gpd.GeoDataFrame, crs: pyproj.CRS, given: np.ndarray) -> None:
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
        f"states, or it is of another country. {WANTED}."
    )


def _inside(bounds: np.ndarray, extent: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = extent
    return (
        (bounds[..., 0] >= west)
        & (bounds[..., 1] >= south)
        & (bounds[..., 2] <= east)
        & (bounds[..., 3] <= north)
    )


def _mend(layer: Layer, table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    invalid = ~table.geometry.is_valid
    if not invalid.any():
        return table, []
    mended = [_polygons(shapely.make_valid(shape)) for shape in table.geometry[invalid]]
    for code, shape in zip(table["code"][invalid], mended, strict=True):
        if shape.is_empty:
            raise RefusedError(f"{layer.file}: the outline of {code} encloses nothing. {WANTED}.")
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
