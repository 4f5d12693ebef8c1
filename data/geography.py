"""Boundaries of LSOAs, read from ONS GeoJSON, checked, and joined to common ground.

Source: ONS Open Geography Portal, "Lower layer Super Output Areas (December 2011)" and "(December 2021)" boundaries,
England and Wales. What was read is kept by LSOA too, so that a lookup imported later joins it anew.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from analysis.errors import RefusedError
from analysis.ground import LSOA_CODE, Crosswalk
from data.store_errors import reading

BOUNDARIES_FILE, READ_FILE = "boundaries.parquet", "boundaries_read.parquet"
"""One row a unit of common ground, and one row an LSOA of either vintage as read."""

METRES = "EPSG:27700"
EXTENT = (-6.7, 49.8, 2.0, 56.0)
"""West, south, east and north of England and Wales in degrees (WGS84), from Scilly to Lowestoft and Berwick.

West of it lies the origin of the National Grid, where degrees taken for metres end up."""

WANTED = "Give the ONS boundaries of LSOAs (2011 or 2021) as GeoJSON in WGS84"
_CODE_COLUMNS = {"LSOA11CD": 2011, "LSOA21CD": 2021}
_COLUMNS = ["vintage", "lsoa_code", "geometry"]


@dataclass(frozen=True, eq=False)
class LsoaBoundaries:
    """Boundaries as read: ``table`` has vintage (2011 or 2021), lsoa_code and geometry (EPSG:27700), sorted.

    ``remarks`` say what was mended.
    """

    table: gpd.GeoDataFrame
    remarks: tuple[str, ...] = ()


def read_boundaries(paths: Iterable[Path | str]) -> LsoaBoundaries:
    """Return the boundaries of LSOAs in these GeoJSON files, one row an LSOA and vintage.

    The vintage is known by the column (LSOA11CD or LSOA21CD). Invalid outlines are repaired and counted in the
    remarks. Raises RefusedError, naming file and row, for what is no GeoJSON or empty, has no such column or
    both, holds a malformed code, an LSOA twice or without an outline, states no coordinate system that can be
    used, has its axes swapped, or lies outside England and Wales.
    """
    frames, remarks = [], []
    for path in map(Path, paths):
        frame, remark = _read(path)
        frames.append(frame)
        remarks += remark
    if not frames:
        raise RefusedError(f"No file of boundaries is named. {WANTED}.")
    table = pd.concat(frames, ignore_index=True)
    twice = table.duplicated(["vintage", "lsoa_code"])
    if twice.any():
        row = table.loc[twice].iloc[0]
        raise RefusedError(
            f"{row['lsoa_code']} of {row['vintage']} stands in more than one file, with perhaps another outline. "
            "Give each vintage once."
        )
    table = table.sort_values(["vintage", "lsoa_code"], ignore_index=True)
    return LsoaBoundaries(gpd.GeoDataFrame(table, geometry="geometry", crs=METRES), tuple(remarks))


def dissolve_to_ground(boundaries: gpd.GeoDataFrame, crosswalk: Crosswalk) -> gpd.GeoDataFrame:
    """Return the outline of each unit of common ground: ground_code, geometry (EPSG:27700), sorted.

    ``boundaries`` is the table of `LsoaBoundaries`. Every unit is drawn from the vintage that covers more units
    (2021 where they cover as many), since outlines of one drawing meet exactly; from the other where that one
    lacks an LSOA of it. An outline of several LSOAs is their union; units of which part is missing in both are
    left out, see `without_boundary`. An LSOA that the crosswalk does not name is its own ground.
    """
    outline = {
        vintage: dict(zip(rows["lsoa_code"], rows.geometry, strict=True))
        for vintage, rows in boundaries.groupby("vintage")
    }
    units = list(_units(crosswalk, outline))
    whole = {
        vintage: [
            bool(codes[vintage]) and codes[vintage] <= outline.get(vintage, {}).keys() for _, codes in units
        ]
        for vintage in (2011, 2021)
    }
    first, second = (2021, 2011) if sum(whole[2021]) >= sum(whole[2011]) else (2011, 2021)
    found: dict[str, BaseGeometry] = {}
    for number, (ground, codes) in enumerate(units):
        vintage = first if whole[first][number] else second if whole[second][number] else None
        if vintage is not None:
            parts = [outline[vintage][code] for code in sorted(codes[vintage])]
            found[ground] = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    codes_found = sorted(found)
    return gpd.GeoDataFrame(
        {"ground_code": pd.Series(codes_found, dtype="str")},
        geometry=[found[code] for code in codes_found],
        crs=METRES,
    )


def without_boundary(boundaries: gpd.GeoDataFrame, ground: Iterable[str]) -> tuple[str, ...]:
    """Return the ground that has no boundary, sorted."""
    return tuple(sorted(set(ground) - set(boundaries["ground_code"])))


def missing_sentence(missing: Sequence[str]) -> str:
    """Say which ground has no boundary, or nothing where all has one."""
    if not missing:
        return ""
    named = ", ".join(missing[:5]) + (f" and {len(missing) - 5:,} more" if len(missing) > 5 else "")
    return (
        f"{len(missing):,} unit{'s' * (len(missing) != 1)} of ground without a boundary ({named}): left blank on "
        "maps and out of neighbours. Import the boundaries of both vintages."
    )


def write_boundaries(root: Path, read: LsoaBoundaries, crosswalk: Crosswalk) -> gpd.GeoDataFrame:
    """Keep these boundaries in the store at ``root`` and return the ground they give.

    An LSOA that is held already is replaced, others stay. Each file is replaced in one step.
    """
    held = root / READ_FILE
    table = read.table
    if held.exists():
        with reading(held, "the boundaries"):
            before = gpd.read_parquet(held)
        both = pd.concat([before, table]).drop_duplicates(["vintage", "lsoa_code"], keep="last")
        table = gpd.GeoDataFrame(both, geometry="geometry", crs=METRES).sort_values(
            ["vintage", "lsoa_code"], ignore_index=True
        )
    root.mkdir(parents=True, exist_ok=True)
    _replace(held, table)
    ground = dissolve_to_ground(table, crosswalk)
    _replace(root / BOUNDARIES_FILE, ground)
    return ground


def rebuild_boundaries(root: Path, crosswalk: Crosswalk) -> gpd.GeoDataFrame | None:
    """Join the boundaries held to the ground of this crosswalk anew (after a lookup came in); None without."""
    held = root / READ_FILE
    if not held.exists():
        return None
    with reading(held, "the boundaries"):
        table = gpd.read_parquet(held)
    ground = dissolve_to_ground(table, crosswalk)
    _replace(root / BOUNDARIES_FILE, ground)
    return ground


def _units(
    crosswalk: Crosswalk, outline: dict[int, dict[str, BaseGeometry]]
) -> Iterable[tuple[str, dict[int, set[str]]]]:
    """Yield each unit with its codes by vintage: those of the crosswalk, then codes that it does not name."""
    table = crosswalk.table
    for ground, old, new in zip(table["ground_code"], table["codes_2011"], table["codes_2021"], strict=True):
        yield str(ground), {2011: set(old), 2021: set(new)}
    unknown = {code for codes in outline.values() for code in codes if code not in crosswalk.ground_of}
    for code in sorted(unknown):
        yield code, {2011: {code}, 2021: {code}}


def _replace(path: Path, table: gpd.GeoDataFrame) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        table.to_parquet(temporary, index=False)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _read(path: Path) -> tuple[gpd.GeoDataFrame, list[str]]:
    if not path.is_file():
        raise RefusedError(f"{path}: there is no such file. Check the path.")
    if not path.stat().st_size:
        raise RefusedError(f"{path.name}: the file is empty. {WANTED}.")
    try:
        with warnings.catch_warnings():
            # what it warns of is refused below, in a sentence
            warnings.simplefilter("ignore", RuntimeWarning)
            table = gpd.read_file(path)
    except (DataSourceError, DataLayerError, ValueError, shapely.errors.ShapelyError) as error:
        # a driver's first words; what follows is advice for programmers and the path on this machine
        why = " ".join(str(error).replace(f"'{path}'", "it is").split(";")[0].split()).rstrip(".")
        raise RefusedError(f"{path.name}: it is no GeoJSON that can be read ({why}). {WANTED}.") from error
    if not isinstance(table, gpd.GeoDataFrame) or table.empty:
        raise RefusedError(f"{path.name}: it holds no outline. {WANTED}.")
    column, vintage = _code_column(path, [str(name) for name in table.columns])
    table = gpd.GeoDataFrame(
        {"vintage": vintage, "lsoa_code": table[column].astype("str").str.strip()},
        geometry=table.geometry.to_numpy(),
        crs=table.crs,
    )
    _check_codes(path, column, table)
    _check_place(path, table)
    return _mend(path, table.to_crs(METRES))


def _code_column(path: Path, columns: list[str]) -> tuple[str, int]:
    found = [name for name in columns if name.upper() in _CODE_COLUMNS]
    if len(found) != 1:
        what = (
            "both LSOA11CD and LSOA21CD" if found else f"neither LSOA11CD nor LSOA21CD ({', '.join(columns)})"
        )
        raise RefusedError(f"{path.name}: it has {what}, so the vintage of its LSOAs is not known. {WANTED}.")
    return found[0], _CODE_COLUMNS[found[0].upper()]


def _check_codes(path: Path, column: str, table: gpd.GeoDataFrame) -> None:
    good = table["lsoa_code"].str.fullmatch(LSOA_CODE)
    twice = table["lsoa_code"].duplicated()
    shape = table.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~table.geometry.is_empty
    for wrong, what in (
        (~good, "is no LSOA code"),
        (twice, "stands there twice"),
        (~shape, "has no outline"),
    ):
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            raise RefusedError(
                f"{path.name}, feature {row + 1}: {column} “{table['lsoa_code'].iloc[row]!s}” {what}. {WANTED}."
            )


def _check_place(path: Path, table: gpd.GeoDataFrame) -> None:
    if table.crs is None:
        raise RefusedError(f"{path.name}: it states no coordinate system that is known. {WANTED}.")
    west, south, east, north = table.to_crs("EPSG:4326").total_bounds
    left, bottom, right, top = EXTENT
    if left <= west and east <= right and bottom <= south and north <= top:
        return
    if bottom <= west and east <= top and left <= south and north <= right:
        raise RefusedError(
            f"{path.name}: its axes are swapped (latitude stands before longitude). Save it with longitude first, "
            "as GeoJSON asks."
        )
    raise RefusedError(
        f"{path.name}: it reaches outside England and Wales (from {west:.8g}, {south:.8g} to {east:.8g}, "
        f"{north:.8g}), so its coordinate system is not the one it states or implies (WGS84). {WANTED}."
    )


def _mend(path: Path, table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    invalid = ~table.geometry.is_valid
    if not invalid.any():
        return table[_COLUMNS], []
    mended = [_polygons(shapely.make_valid(shape)) for shape in table.geometry[invalid]]
    for code, shape in zip(table["lsoa_code"][invalid], mended, strict=True):
        if shape.is_empty:
            raise RefusedError(f"{path.name}: the outline of {code} encloses nothing. {WANTED}.")
    table.loc[invalid, "geometry"] = gpd.GeoSeries(mended, index=table.index[invalid], crs=METRES)
    count = int(invalid.sum())
    named = ", ".join(table["lsoa_code"][invalid].head(5))
    return table[_COLUMNS], [
        f"{path.name}: {count:,} outline{'s' * (count != 1)} crossed {'itself' if count == 1 else 'themselves'} and "
        f"{'was' if count == 1 else 'were'} repaired ({named}{' and others' if count > 5 else ''})."
    ]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return the parts of a repaired outline that have an area; a stray line or point is dropped."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
