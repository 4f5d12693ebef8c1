"""Cleveland's real files as a panel, read once in a run, without the store."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

import geopandas
import pandas as pd

from analysis.model.contiguity import Contiguity, build_contiguity
from analysis.model.cube import Panel, build_cube, panel
from analysis.model.ground import build_crosswalk, ground_table

BILLINGHAM, THORNABY = "E01012276", "E01012284"
STOCKTON = frozenset({"E01012266", "E01012267", "E01033477"})
TREATED = STOCKTON | {BILLINGHAM, THORNABY}
COLUMNS = ["Month", "LSOA code", "LSOA name", "Crime type"]


@lru_cache(maxsize=1)
def cleveland(shared: Path) -> tuple[Panel, pd.DataFrame]:
    """The panel of both zips (January 2022 to June 2024) and the force's own ground."""
    frames = []
    for archive in sorted((shared / "real").glob("*.zip")):
        with ZipFile(archive) as held:
            for name in held.namelist():
                if name.endswith("-street.csv"):
                    with held.open(name) as file:
                        frames.append(pd.read_csv(file, usecols=COLUMNS, dtype=str))
    rows = pd.concat(frames).dropna(subset=["LSOA code"])
    lookup = pd.read_csv(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    crosswalk = build_crosswalk(lookup)
    rows["ground_code"] = rows["LSOA code"].map(crosswalk.ground_of).fillna(rows["LSOA code"])
    counts = (
        rows.groupby(["ground_code", "Month", "Crime type"]).size().rename("incidents").reset_index()
    ).rename(columns={"Month": "month", "Crime type": "crime_type"})
    counts["month"] = pd.PeriodIndex(counts["month"], freq="M")
    seen = rows[["LSOA code", "LSOA name"]].drop_duplicates()
    seen.columns = ["lsoa_code", "lsoa_name"]
    ground = ground_table(crosswalk, seen)
    own = ground[ground["ground_code"].isin(crosswalk.table["ground_code"])].reset_index(drop=True)
    cube = build_cube(counts, own["ground_code"], set(counts["month"]))
    return panel(cube), own


@lru_cache(maxsize=1)
def touching(shared: Path) -> Contiguity:
    """Which common ground touches which, from the boundaries of 2011 (a merged pair is one unit)."""
    return build_contiguity(outlines_of(shared))


@lru_cache(maxsize=1)
def outlines_of(shared: Path) -> geopandas.GeoDataFrame:
    """The outlines of common ground, from the boundaries of 2011."""
    lookup = pd.read_csv(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    crosswalk = build_crosswalk(lookup)
    shapes = geopandas.read_file(shared / "geography" / "lsoa_2011_cleveland.geojson").to_crs(27700)
    shapes["ground_code"] = shapes["LSOA11CD"].map(crosswalk.ground_of)
    return shapes[["ground_code", "geometry"]].dissolve("ground_code").reset_index()
