"""Files of outlines read together: LSOAs of both vintages, wards and districts, and which of them overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.model.errors import RefusedError
from data.geography.checks import METRES
from data.geography.files import list_layers
from data.geography.kinds import Theme, Unit, fitting_layers
from data.geography.outlines import MAX_VERTICES, read_outlines
from data.geography.unpacking import WANTED
from data.police_uk.archive import plain_name
from data.workspace import workspace

MAX_OVERLAP = 0.1
"""Share of the smaller of two outlines from which their overlap is refused. The outlines of one generation meet; at the
borders of two generations of the same place (full resolution and generalised to 20 m) slivers of a few per cent lie
over each other, and more is two outlines of the same ground."""

SLIVER = 1.0
"""Square metres of overlap that are worth a word."""


@dataclass(frozen=True, eq=False)
class Geography:
    """What was read, each table sorted by code and in EPSG:27700, None where no file held any.

    ``lsoas``: vintage (2011 or 2021), lsoa_code, geometry. ``wards``: ward_code, ward_name, district_name (missing
    where the file does not say), geometry. ``districts``: district_code, district_name, geometry. ``remarks`` say what
    was mended or left out; the years are two digits, empty where the columns do not say.
    """

    lsoas: gpd.GeoDataFrame | None = None
    wards: gpd.GeoDataFrame | None = None
    districts: gpd.GeoDataFrame | None = None
    remarks: tuple[str, ...] = ()
    ward_year: str = ""
    district_year: str = ""
    files: tuple[str, ...] = ()


def read_geography(paths: Iterable[Path | str], *, max_vertices: int = MAX_VERTICES) -> Geography:
    """Return the outlines in these files: GeoJSON, GeoPackage or zipped shapefile, of any unit, several at once.

    What a file draws is known by its columns: LSOA11CD or LSOA21CD, else WDnnCD (wards of any year), else LADnnCD
    (districts of any year). Raises RefusedError, naming file and feature, as `data.geography.files.list_layers`,
    `data.geography.kinds.fitting_layers` and `data.geography.outlines.read_outlines` do, for more than ``max_vertices``
    in all, and where a code stands in two files, wards or districts are of two years, or two outlines of one vintage
    lie over each other.
    """
    found: dict[Unit, list[tuple[str, Theme, gpd.GeoDataFrame]]] = {"LSOA": [], "ward": [], "district": []}
    remarks: list[str] = []
    left = max_vertices
    given = [Path(path) for path in paths]
    with workspace("safe-town-centres-outlines-") as place:
        for number, path in enumerate(given):
            folder = place / str(number)
            folder.mkdir()
            for layer, theme in fitting_layers(list_layers(path, folder)):
                table, said = read_outlines(layer, theme, max_vertices=left)
                left -= int(shapely.get_num_coordinates(table.geometry.to_numpy()).sum())
                found[theme.unit].append((layer.file, theme, table))
                remarks += said
    if not given:
        raise RefusedError(f"No file of boundaries is named. {WANTED}.")
    wards, ward_year = _one_year(found["ward"])
    districts, district_year = _one_year(found["district"])
    for unit, table in (("ward", wards), ("district", districts)):
        if table is not None:
            remarks += check_overlaps(table, table["file"], unit)
    return Geography(
        _lsoas(found["LSOA"]),
        _tidy(wards, {"code": "ward_code", "name": "ward_name", "district_name": "district_name"}),
        _tidy(districts, {"code": "district_code", "name": "district_name"}),
        tuple(remarks),
        ward_year,
        district_year,
        tuple(plain_name(path.name) for path in given),
    )


def _lsoas(read: list[tuple[str, Theme, gpd.GeoDataFrame]]) -> gpd.GeoDataFrame | None:
    if not read:
        return None
    table = pd.concat(
        [frame.assign(vintage=2000 + int(theme.year), file=file) for file, theme, frame in read],
        ignore_index=True,
    )
    twice = table.duplicated(["vintage", "code"])
    if twice.any():
        row = table.loc[twice].iloc[0]
        raise RefusedError(
            f"{row['file']}: {row['code']} of {row['vintage']} stands in more than one file, with perhaps another "
            "outline. Give each vintage once."
        )
    table = table.sort_values(["vintage", "code"], ignore_index=True).rename(columns={"code": "lsoa_code"})
    return gpd.GeoDataFrame(
        table[["vintage", "lsoa_code", "file", "geometry"]], geometry="geometry", crs=METRES
    )


def _one_year(read: list[tuple[str, Theme, gpd.GeoDataFrame]]) -> tuple[gpd.GeoDataFrame | None, str]:
    """Return the wards, or the districts, of all files: they must be of one year, for their codes change."""
    if not read:
        return None, ""
    years = {theme.year: (file, theme) for file, theme, _ in read}
    if len(years) > 1:
        (first, one), (second, other) = list(years.values())[:2]
        raise RefusedError(
            f"{second}: it holds {other.words}, and {first} {one.words}. Give the {one.unit}s of one year."
        )
    table = pd.concat([frame.assign(file=file) for file, _, frame in read], ignore_index=True)
    twice = table["code"].duplicated()
    if twice.any():
        row = table.loc[twice].iloc[0]
        raise RefusedError(f"{row['file']}: {row['code']} stands in more than one file. Give each once.")
    return gpd.GeoDataFrame(
        table.sort_values("code", ignore_index=True), geometry="geometry", crs=METRES
    ), next(iter(years))


def _tidy(table: gpd.GeoDataFrame | None, columns: dict[str, str]) -> gpd.GeoDataFrame | None:
    return None if table is None else table[[*columns, "geometry"]].rename(columns=columns)


def check_overlaps(table: gpd.GeoDataFrame, file: pd.Series, what: str) -> list[str]:
    """Return a sentence where outlines (code, geometry) lie over each other by slivers; none where they meet.

    ``file`` names each row's file, missing where it is held already. Raises RefusedError, naming file and codes, where
    two lie over each other by more than `MAX_OVERLAP` of the smaller.
    """
    shapes = table.geometry.to_numpy()
    faulty = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    if not len(faulty):
        return []
    # where one outline lies inside another, the library may name only one of the two
    one, other = shapely.STRtree(shapes).query(shapes[faulty], predicate="intersects")
    pairs = np.unique(np.sort(np.stack([faulty[one], other], axis=1), axis=1), axis=0)
    one, other = pairs[pairs[:, 0] < pairs[:, 1]].T
    over = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    over[file.isna().to_numpy()[one] & file.isna().to_numpy()[other]] = 0  # both were taken before
    if not (over > SLIVER).any():
        return []
    share = over / np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    codes = table["code"].to_numpy()
    if share.max() > MAX_OVERLAP:
        worst = int(share.argmax())
        pair = sorted((one[worst], other[worst]), key=lambda row: (pd.isna(file.iloc[row]), codes[row]))
        held = " held already" if pd.isna(file.iloc[pair[1]]) else ""
        clear = " (to begin anew, delete boundaries_read.parquet in the store)" if held else ""
        raise RefusedError(
            f"{file.iloc[pair[0]]}: the outline of {codes[pair[0]]} lies over that of {codes[pair[1]]}{held}, on "
            f"{share.max():.0%} of the smaller, so two generations of {what}s are mixed. Give the outlines of one{clear}."
        )
    widest = int(over.argmax())
    count = int((over > SLIVER).sum())
    return [
        f"{count:,} pair{'s' * (count != 1)} of {what}s lie over each other by slivers, the largest {over.max():,.0f} m² "
        f"({codes[one[widest]]} and {codes[other[widest]]}): two generations of outlines are mixed."
    ]
