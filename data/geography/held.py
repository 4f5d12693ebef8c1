"""The outlines in a store: which files they are, how they are written all at once, and how they are joined anew.

Each table is written under a name of its own beside the one held and moved into place when all are there, so a kill
leaves what was there. The ground for the screen is put away before the ground it was made from is replaced: where it
is absent, whoever asks makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd

from analysis.model.ground import Crosswalk
from data.atomic import hidden_beside, move_into_place, sweep_hidden
from data.damage import reading
from data.geography.checks import METRES
from data.geography.ground import dissolve_to_ground
from data.geography.reading import Geography, check_overlaps
from data.geography.screen import left_sentence, simplify_for_screen
from data.state import put_state_away

BOUNDARIES_FILE, READ_FILE = "boundaries.parquet", "boundaries_read.parquet"
"""One row a unit of common ground, and one row an LSOA of either vintage as read, so that a lookup imported later
joins it anew."""

SCREEN_FILE, DISTRICTS_FILE, WARDS_FILE = "screen.parquet", "districts.parquet", "wards.parquet"

CENTRES_FILE = "centres.parquet"
"""Outlines of centres on the ground of the forces held, as somebody else drew them."""

OUTLINE_FILES = (BOUNDARIES_FILE, SCREEN_FILE, DISTRICTS_FILE, WARDS_FILE)
"""What a store shows of its outlines."""


def read_held(file: Path, what: str = "the boundaries") -> gpd.GeoDataFrame | None:
    """Return a table of outlines in the store, None where it is not held; RefusedError where it is damaged."""
    if not file.exists():
        return None
    with reading(file, what):
        return gpd.read_parquet(file)


def write_geography(
    root: Path, read: Geography, crosswalk: Crosswalk
) -> tuple[gpd.GeoDataFrame | None, list[str]]:
    """Keep what was read in the store at ``root``; return the ground it gives (None without LSOAs) and remarks.

    An LSOA that is held already is replaced, others stay; wards and districts are replaced as a whole, for their codes
    change from year to year. Raises RefusedError where outlines read and outlines held lie over each other.
    """
    new: dict[str, pd.DataFrame] = {}
    remarks: list[str] = []
    ground = None
    if read.lsoas is not None:
        table = read.lsoas
        before = read_held(root / READ_FILE)
        if before is not None:
            both = pd.concat([before, table]).drop_duplicates(["vintage", "lsoa_code"], keep="last")
            table = both.sort_values(["vintage", "lsoa_code"], ignore_index=True)
            table = gpd.GeoDataFrame(table, geometry="geometry", crs=METRES)
        for vintage, rows in table.groupby("vintage"):
            remarks += check_overlaps(
                rows.rename(columns={"lsoa_code": "code"}), rows["file"], f"LSOA of {vintage}"
            )
        table = table[["vintage", "lsoa_code", "geometry"]]
        ground, files, left = ground_files(dissolve_to_ground(table, crosswalk))
        new |= {READ_FILE: table, **files}
        remarks.append(left)
    if read.wards is not None:
        new[WARDS_FILE] = read.wards
    if read.districts is not None:
        new[DISTRICTS_FILE] = read.districts
    replace_files(root, new)
    return ground, [remark for remark in remarks if remark]


def rebuild_boundaries(root: Path, crosswalk: Crosswalk) -> dict[str, pd.DataFrame]:
    """Return the files of the boundaries held, joined to the ground of this crosswalk anew; none without boundaries."""
    table = read_held(root / READ_FILE)
    return {} if table is None else ground_files(dissolve_to_ground(table, crosswalk))[1]


def ground_files(ground: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, dict[str, pd.DataFrame], str]:
    """Return this ground, the files that hold it in full and for the screen, and a sentence on what is drawn in full."""
    screen, left = simplify_for_screen(ground)
    return ground, {BOUNDARIES_FILE: ground, SCREEN_FILE: screen}, left_sentence(left)


def replace_files(root: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write these tables into the store under their names, each moved into place when all are written."""
    root.mkdir(parents=True, exist_ok=True)
    with hidden_beside([root / name for name in tables]) as hidden:
        for target, path in hidden.items():
            sweep_hidden(target)
            tables[target.name].to_parquet(path, index=False)
        put_state_away(root)
        if BOUNDARIES_FILE in tables:
            (root / SCREEN_FILE).unlink(missing_ok=True)
        for target, path in hidden.items():
            move_into_place(path, target)
