"""One layer of outlines, read a batch at a time and checked: codes, place, shape.

Geographic coordinates are only read and checked here; what comes out is in metres.
"""

from __future__ import annotations

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

from analysis.model.errors import RefusedError
from analysis.model.names import PUBLISHED_LETTERS, NameRefusedError, checked_name
from data.geography.checks import (
    FOREIGN,
    LABEL,
    METRES,
    check_codes,
    check_labels,
    check_place,
    check_shapes,
    mend,
)
from data.geography.files import Layer, unreadable
from data.geography.kinds import Theme
from data.police_uk.archive import plain_name

MAX_VERTICES = 6_250_000
"""100 MB of coordinates. The generalised LSOAs of Cleveland have 47 vertices each, so those of the country (35,672)
about 1.7 million; the full-resolution ones are over 250 MB even packed and draw nothing more at the scale of a town
centre. A file just under the limit is imported in 1.1 GB of memory."""

BATCH = 500
"""Features read at a time, so that what the library holds beside the outlines themselves stays small."""


@dataclass
class _Read:
    """What the batches of a layer gave, a value a feature."""

    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    districts: list[str | None] = field(default_factory=list)
    tiers: list[str] = field(default_factory=list)
    shapes: list[np.ndarray] = field(default_factory=list)
    given: list[np.ndarray] = field(default_factory=list)
    """Bounds as given, before they became metres."""
    finite: list[np.ndarray] = field(default_factory=list)
    labels: list[np.ndarray] = field(default_factory=list)
    """The point that the file gives for the outline, easting and northing, NaN where it gives none."""
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
    given = read_layer(layer, theme, max_vertices)
    table = given.table.drop(columns="tier")
    foreign = table["code"].str.fullmatch(FOREIGN)
    if foreign.all():
        raise RefusedError(
            f"{layer.file}, feature 1: {theme.code} “{plain_name(table['code'].iloc[0])}” is a code of Scotland or Northern "
            f"Ireland, and so are all others. {layer.wanted}, of England or Wales."
        )
    check_codes(layer, theme, table.loc[~foreign])
    check_shapes(layer, table.loc[~foreign], given.finite[~foreign])
    check_place(layer, table.loc[~foreign], given.crs, given.bounds[~foreign])
    check_labels(layer, table.loc[~foreign], given.labels[~foreign])
    said = []
    if foreign.any():
        said.append(
            f"{layer.file}: {int(foreign.sum()):,} {theme.unit}{'s' * (int(foreign.sum()) != 1)} of Scotland and Northern "
            "Ireland left out."
        )
    table, mended = mend(layer, table.loc[~foreign].reset_index(drop=True))
    return table, said + mended


@dataclass(frozen=True, eq=False)
class Given:
    """One layer as it was read, nothing checked yet; a row or value a feature, in the order of the file.

    ``table`` has code, name, district_name (missing where the file does not say), tier and geometry (EPSG:27700). ``crs``
    and ``bounds`` are those of the file, ``finite`` whether all coordinates are numbers, ``labels`` the ONS's points.
    """

    table: gpd.GeoDataFrame
    crs: pyproj.CRS
    bounds: np.ndarray
    finite: np.ndarray
    labels: np.ndarray


def read_layer(layer: Layer, theme: Theme, max_vertices: int) -> Given:
    """Return all features of one layer in metres.

    RefusedError where it is empty, cut short, has more than ``max_vertices``, or states no coordinate system that is known.
    """
    read, crs = _read(layer, theme, max_vertices)
    if not read.codes:
        raise RefusedError(f"{layer.file}: it holds no outline. {layer.wanted}.")
    table = gpd.GeoDataFrame(
        {
            "code": pd.Series(read.codes, dtype="str"),
            "name": pd.Series(read.names, dtype="str"),
            "district_name": pd.Series(read.districts, dtype="str"),
            "tier": pd.Series(read.tiers, dtype="str"),
        },
        geometry=np.concatenate(read.shapes),
        crs=METRES,
    )
    return Given(
        table,
        crs,
        np.concatenate(read.given),
        np.concatenate(read.finite),
        np.concatenate(read.labels),
    )


def _read(layer: Layer, theme: Theme, max_vertices: int) -> tuple[_Read, pyproj.CRS]:
    read = _Read()
    wanted = list(dict.fromkeys(filter(None, (theme.code, theme.name, theme.district, theme.tier))))
    label = [name for name in LABEL if set(LABEL) <= set(layer.columns)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # what it warns of is refused, in a sentence
            with pyogrio.open_arrow(
                layer.path, layer=layer.name, columns=wanted + label, batch_size=BATCH, use_pyarrow=True
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
                            f"{layer.file}: it has more than {max_vertices:,} vertices, the limit here. Give "
                            f"{layer.lighter}."
                        )
                    columns = {name: batch.column(name).to_pylist() for name in wanted}
                    read.codes += map(_text, columns[theme.code])
                    names = columns[theme.name] if theme.name else [""] * len(shapes)
                    read.names += [_name(layer, value) for value in names]
                    inside = columns[theme.district] if theme.district else [None] * len(shapes)
                    read.districts += [_name(layer, value) or None for value in inside]
                    tiers = columns[theme.tier] if theme.tier else [""] * len(shapes)
                    read.tiers += [_name(layer, value) for value in tiers]
                    read.given.append(shapely.bounds(shapes))
                    read.finite.append(_finite(shapes))
                    read.labels.append(_labels(batch, label))
                    if to_metres:
                        shapes = shapely.transform(shapes, to_metres, interleaved=False)
                    read.shapes.append(shapes)
    except (DataSourceError, DataLayerError, OSError, ValueError, pa.ArrowException, ShapelyError) as error:
        raise unreadable(layer.file, layer.path, error, layer.wanted) from error
    if len(read.codes) < layer.features:
        raise RefusedError(
            f"{layer.file}: only {len(read.codes):,} of its {layer.features:,} features can be read. "
            f"Download it again. {layer.wanted}."
        )
    return read, crs


def _crs(layer: Layer, stated: str | None) -> pyproj.CRS:
    try:
        if stated:
            return pyproj.CRS(stated)
    except pyproj.exceptions.CRSError:
        pass
    raise RefusedError(f"{layer.file}: it states no coordinate system that is known. {layer.wanted}.")


def _shapes(batch: pa.RecordBatch, column: str) -> np.ndarray:
    shapes = shapely.from_wkb(batch.column(column).to_numpy(zero_copy_only=False))
    return np.asarray(shapely.force_2d(shapes))


def _labels(batch: pa.RecordBatch, columns: list[str]) -> np.ndarray:
    """Return the label of each feature as floats; NaN where there is none, or what stands there is no number."""
    given = [pd.to_numeric(batch.column(name).to_pandas(), errors="coerce") for name in columns]
    return np.column_stack(given).astype(float) if given else np.full((batch.num_rows, 2), np.nan)


def _finite(shapes: np.ndarray) -> np.ndarray:
    coordinates, feature = shapely.get_coordinates(shapes, return_index=True)
    good = np.ones(len(shapes), dtype=bool)
    good[feature[~np.isfinite(coordinates).all(axis=1)]] = False
    return good


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _name(layer: Layer, value: object) -> str:
    try:
        return checked_name(_text(value), PUBLISHED_LETTERS)
    except NameRefusedError as error:
        raise RefusedError(f"{layer.file}: {error}.") from error
