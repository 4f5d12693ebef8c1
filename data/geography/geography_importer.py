"""What a store holds beside its months: the lookup of both LSOA vintages, outlines, an office's own areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import filelock
import geopandas as gpd
import pandas as pd
import shapely

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from analysis.model.ground import Crosswalk, build_crosswalk, crosswalk_without_lookup
from data.areas import known_units, read_areas
from data.damage import reading, writing
from data.geography import (
    BOUNDARIES_FILE,
    CENTRES_FILE,
    DISTRICTS_FILE,
    SCREEN_FILE,
    WARDS_FILE,
    Geography,
    dissolve_to_districts,
    missing_sentence,
    read_geography,
    read_held,
    rebuild_boundaries,
    replace_files,
    simplify_for_screen,
    without_boundary,
    write_geography,
)
from data.geography.centre_files import Centres
from data.geography.lookup import read_lookup
from data.police_uk.report import SideReport
from data.state import changing

LOOKUP_FILE = "lookup.parquet"
AREAS_FILE = "areas.toml"
_LOCK = ".side.lock"
"""Held while files beside the months are read and replaced, so that of two imports neither loses what the other kept."""
"""An office's own areas, beside its months, in the form of the project's data/areas.toml."""


def held_crosswalk(root: Path) -> Crosswalk:
    """Return the crosswalk of the lookup in this store, else of the areas defined by hand."""
    lookup = root / LOOKUP_FILE
    if lookup.exists():
        with reading(lookup, "the lookup"):
            return build_crosswalk(pd.read_parquet(lookup))
    return crosswalk_without_lookup(known_units(read_areas(extra=root / AREAS_FILE)))


def keep_lookup(root: Path, path: Path) -> SideReport:
    """Keep the exact-fit lookup in this file, in place of the one held, and join the outlines held to it anew."""
    table = read_lookup(path)
    with writing(root), filelock.FileLock(root / _LOCK), changing(root):
        replace_files(root, {LOOKUP_FILE: table, **rebuild_boundaries(root, build_crosswalk(table))})
    return SideReport(
        path.name, len(table), f"{path.name}: the lookup of {len(table):,} pairs of LSOAs is held."
    )


def keep_centres(root: Path, centres: Centres, own: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    """Keep the centres that reach into this ground, in place of all held; return them, and how many others were left out.

    ``own`` has the outlines of the forces' ground. RefusedError where none of the centres reaches into it.
    """
    table = centres.table
    shapes, ground = table.geometry.to_numpy(), own.geometry.to_numpy()
    centre, unit = shapely.STRtree(ground).query(shapes, predicate="intersects")
    # a shared border or corner is no common land
    common = shapely.area(shapely.intersection(shapes[centre], ground[unit])) > 0
    kept = table.iloc[sorted(set(centre[common]))].reset_index(drop=True)
    if kept.empty:
        source = table["source"].iloc[0]
        raise RefusedError(
            f"{source}: none of its {counted(len(table), 'centre')} lies on ground of the forces held. Import the "
            "months of the force whose ground it is first, or give the file of your own area."
        )
    with writing(root), filelock.FileLock(root / _LOCK), changing(root):
        replace_files(root, {CENTRES_FILE: kept})
    return kept, len(table) - len(kept)


def held_centres(root: Path) -> gpd.GeoDataFrame | None:
    """Return the centres imported (centre_code, centre_name, tier, source, geometry), None where there are none."""
    return read_held(root / CENTRES_FILE, "the centres")


def not_in_lookup(own: set[str], known: set[str]) -> str:
    """Say which ground of the districts held a lookup does not name: one cut short looks whole by itself."""
    missing = sorted(own - known)
    if not missing:
        return ""
    named = ", ".join(missing[:3]) + (f" and {len(missing) - 3:,} more" if len(missing) > 3 else "")
    return (
        f"It does not name {len(missing):,} LSOA{'s' * (len(missing) != 1)} of the districts held ({named}), so "
        "their two vintages are not joined. Give the lookup for the whole of England and Wales."
    )


def keep_geography(root: Path, paths: Sequence[Path], own: pd.DataFrame) -> SideReport:
    """Keep the outlines in these files; say what was mended, and what of the forces' ``own`` ground has none.

    ``own`` has ground_code and district_name. The rows of the report are the outlines held of what was given.
    """
    read = read_geography(paths)
    with writing(root), filelock.FileLock(root / _LOCK), changing(root):
        ground, remarks = write_geography(root, read, held_crosswalk(root))
    counts = _counts(read, ground)
    names = ", ".join(read.files)
    sentences = [f"{names}: the outlines of {' and '.join(counts)} are held.", *read.remarks, *remarks]
    if ground is not None:
        if not (root / LOOKUP_FILE).exists():
            sentences.append(
                "No lookup is held, so each LSOA outside areas.toml is drawn under its own code: "
                "python -m data import-lookup FILE joins both vintages."
            )
        sentences.append(missing_sentence(without_boundary(ground, own["ground_code"])))
    if read.districts is not None:
        sentences.append(
            _without_district(set(own["district_name"]) - set(read.districts["district_name"]) - {""})
        )
    return SideReport(names, sum(counts.values()), " ".join(filter(None, sentences)))


def _counts(read: Geography, ground: gpd.GeoDataFrame | None) -> dict[str, int]:
    """Return how many outlines are held of each kind given, under their words."""
    counts = {}
    if ground is not None:
        counts[f"{len(ground):,} unit{'s' * (len(ground) != 1)} of ground"] = len(ground)
    for table, word, year in (
        (read.wards, "ward", read.ward_year),
        (read.districts, "district", read.district_year),
    ):
        if table is not None:
            when = f" of 20{year}" if year else ""
            counts[f"{len(table):,} {word}{'s' * (len(table) != 1)}{when}"] = len(table)
    return counts


def _without_district(missing: set[str]) -> str:
    if not missing:
        return ""
    return f"No outline of {' and '.join(sorted(missing))}: give the districts of the whole force."


def held_screen(root: Path) -> gpd.GeoDataFrame | None:
    """Return the ground for the screen; made here where an older version, or a kill, left ground without it."""
    outlines = read_held(root / SCREEN_FILE)
    if outlines is not None:
        return outlines
    ground = read_held(root / BOUNDARIES_FILE)
    return None if ground is None else simplify_for_screen(ground)[0]


def held_districts(
    root: Path, own: Callable[[], pd.DataFrame], crosswalk: Crosswalk
) -> gpd.GeoDataFrame | None:
    """Return the districts imported, else those of the forces' ``own`` ground and of the lookup, dissolved from ground."""
    districts = read_held(root / DISTRICTS_FILE, "the districts")
    ground = read_held(root / BOUNDARIES_FILE)
    if districts is not None or ground is None:
        return districts
    codes: dict[str, str] = {}
    tables = [own()]  # of every force held: not asked for where districts were imported
    if crosswalk.complete:
        with reading(root / LOOKUP_FILE, "the lookup"):
            lookup = pd.read_parquet(root / LOOKUP_FILE, columns=["LAD22CD", "LAD22NM"])
        codes = dict(zip(lookup["LAD22NM"], lookup["LAD22CD"], strict=True))
        tables.append(crosswalk.table)
    named = pd.concat([table[["ground_code", "district_name"]] for table in tables], ignore_index=True)
    return dissolve_to_districts(ground, named, codes)


def held_wards(root: Path) -> gpd.GeoDataFrame | None:
    """Return the wards imported, None where there are none."""
    return read_held(root / WARDS_FILE, "the wards")
