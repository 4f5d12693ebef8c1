"""Outlines of centres, from one file: retail centres of the GeoDS, retail areas of the OS NGD, or any polygons with a name.

A file of the whole kingdom is read as one of a town: what lies outside England and Wales, or has no name, is left out and
counted. All else is read and checked as boundaries are (`data.geography.files`, `outlines`, `checks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from analysis.model.names import PUBLISHED_LETTERS, NameRefusedError, checked_name
from data.geography.checks import EXTENT, check_place, check_shapes, mend
from data.geography.files import Layer, list_layers
from data.geography.kinds import Theme
from data.geography.outlines import MAX_VERTICES, read_layer
from data.police_uk.archive import plain_name
from data.workspace import workspace

CENTRES_WANTED = (
    "Give polygons of centres with a column of names: GeoDS retail centres, OS NGD retail areas or your own, as GeoJSON, "
    "GeoPackage or zipped shapefile"
)

NAMES = ("rc_name", "centre_name", "center_name", "town_centre", "towncentre", "name", "name1_text", "site_name",
         "area_name", "label", "title", "description")  # fmt: skip
"""Columns that may name a centre, the first of them that a layer has, in any case. ``RC_Name`` is the GeoDS's; retail areas of
the OS NGD come with a ``description`` (read in their documentation, no file of them was at hand)."""

CODES = ("rc_id", "osid", "centre_id", "center_id", "centre_code")
"""Columns that may tell two centres of one name apart: ``RC_ID`` of the GeoDS, ``osid`` of the OS NGD."""

TIERS = ("classification", "retailhierarchy", "retailsetting", "centre_type", "tier")
"""Columns that may say what sort of centre it is."""


@dataclass(frozen=True, eq=False)
class Centres:
    """What was read of one file: ``table`` has centre_code, centre_name, tier, source and geometry (EPSG:27700), by code.

    ``outside`` centres lie outside England and Wales, ``nameless`` have no name: both are left out. ``remarks`` say what was mended.
    """

    table: gpd.GeoDataFrame
    outside: int
    nameless: int
    remarks: tuple[str, ...]


def read_centres(path: Path | str, *, max_vertices: int = MAX_VERTICES) -> Centres:
    """Return the centres in this file: GeoJSON, GeoPackage or zipped shapefile, with a column of `NAMES`.

    Where no column of `CODES` is there, a centre's code is its name, numbered where several have it. Raises RefusedError,
    naming file and feature, as `data.geography.files.list_layers` and `data.geography.outlines.read_layer` do, and where no
    layer or more than one has names, no feature has a name, a code stands there twice, an outline is no polygon, or all
    lie outside England and Wales.
    """
    given = Path(path)
    with workspace("safe-town-centres-centres-") as place:
        layer, theme = _fitting(list_layers(given, place, CENTRES_WANTED))
        read = read_layer(layer, theme, max_vertices)
    # told apart by name in sentences too, as a name says more than a code
    table = read.table.assign(code=[f"“{name}”" if name else "it" for name in read.table["name"]])
    check_shapes(layer, table, read.finite)
    named = table["name"] != ""
    if not named.any():
        raise RefusedError(f"{layer.file}: {theme.name} names none of its outlines. {CENTRES_WANTED}.")
    inside = _near_england_and_wales(table.geometry.to_numpy())
    if not (named & inside).any():  # says what is wrong with the coordinates, as far as it can be told
        check_place(layer, table.loc[named], read.crs, read.bounds[named.to_numpy()])
    kept = table.loc[named & inside].reset_index(drop=True)
    codes = _codes(layer, theme, read.table.loc[named & inside], kept["name"])
    kept, remarks = mend(layer, kept)
    kept = kept.assign(code=codes, source=layer.file).sort_values("code", ignore_index=True)
    return Centres(
        kept[["code", "name", "tier", "source", "geometry"]].rename(
            columns={"code": "centre_code", "name": "centre_name"}
        ),
        int((named & ~inside).sum()),
        int((~named).sum()),
        tuple(remarks),
    )


def left_out(centres: Centres) -> list[str]:
    """Say what of a file was not read, a sentence each."""
    said = []
    if centres.outside:
        said.append(f"{counted(centres.outside, 'centre')} outside England and Wales left out.")
    if centres.nameless:
        said.append(f"{counted(centres.nameless, 'outline')} without a name left out.")
    return said


def _near_england_and_wales(shapes: np.ndarray) -> np.ndarray:
    """Return which of these outlines (metres) reach into the square round England and Wales."""
    west, south, east, north = shapely.bounds(shapes).T
    return np.asarray((west < EXTENT[2]) & (south < EXTENT[3]) & (east > EXTENT[0]) & (north > EXTENT[1]))


def _fitting(layers: Sequence[Layer]) -> tuple[Layer, Theme]:
    """Return the one layer with names, and its columns."""
    fitting = [(layer, theme) for layer in layers if (theme := _theme(layer))]
    if len(fitting) == 1:
        return fitting[0]
    file = layers[0].file
    if fitting:
        labels = " and ".join(f"“{layer.label}”" for layer, _ in fitting[:3])
        raise RefusedError(
            f"{file}: its layers {labels} all have names, so it is not known which holds the centres. Keep one of them "
            "in the file."
        )
    columns = "; ".join(plain_name(", ".join(layer.columns)) or "no columns" for layer in layers[:3])
    raise RefusedError(
        f"{file}: no column of it is known to hold names (it has {columns}), such as RC_Name or name. {CENTRES_WANTED}."
    )


def _theme(layer: Layer) -> Theme | None:
    columns = {name.lower(): name for name in layer.columns}

    def first(wanted: Sequence[str]) -> str:
        # a shapefile cuts names after ten letters
        known = (cut for name in wanted for cut in (name, name[:10]) if cut in columns)
        return columns.get(next(known, ""), "")

    name = first(NAMES)
    return Theme("centre", "", first(CODES) or name, name, tier=first(TIERS)) if name else None


def _codes(layer: Layer, theme: Theme, read: gpd.GeoDataFrame, names: pd.Series) -> list[str]:
    """Return a code for each centre: the file's own, else its name, numbered where it is not the only one of the name."""
    if theme.code == theme.name:
        number = names.groupby(names).cumcount().to_numpy()
        return [f"{name} ({at + 1})" if at else name for name, at in zip(names, number, strict=True)]
    codes = []
    for feature, code in zip(read.index, read["code"], strict=True):
        try:
            codes.append(checked_name(code, PUBLISHED_LETTERS))
        except NameRefusedError as problem:
            raise RefusedError(f"{layer.file}, feature {feature + 1}: {theme.code}: {problem}.") from problem
    wrong = np.flatnonzero(pd.Series(codes).duplicated() | (pd.Series(codes) == ""))
    if len(wrong):
        at = int(wrong[0])
        what = f"“{codes[at]}” stands there twice" if codes[at] else "is missing"
        raise RefusedError(
            f"{layer.file}, feature {read.index[at] + 1}: {theme.code} {what}. {CENTRES_WANTED}."
        )
    return codes
