"""What a store holds beside its months: the lookup of both LSOA vintages, outlines, an office's own areas."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.ground import Crosswalk, build_crosswalk, crosswalk_without_lookup
from data.areas import known_units, read_areas
from data.geography import (
    missing_sentence,
    read_boundaries,
    rebuild_boundaries,
    without_boundary,
    write_boundaries,
)
from data.lookup import read_lookup
from data.report import SideReport
from data.store_errors import reading, writing

LOOKUP_FILE = "lookup.parquet"
AREAS_FILE = "areas.toml"
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
    temporary = root / f".{LOOKUP_FILE}.{os.getpid()}"
    with writing(root):
        try:
            table.to_parquet(temporary, index=False)
            temporary.replace(root / LOOKUP_FILE)
        finally:
            temporary.unlink(missing_ok=True)
        rebuild_boundaries(root, build_crosswalk(table))
    return SideReport(
        path.name, len(table), f"{path.name}: the lookup of {len(table):,} pairs of LSOAs is held."
    )


def keep_geography(root: Path, paths: Sequence[Path], needed: set[str]) -> SideReport:
    """Keep the LSOA outlines in these files; say what was mended and which ``needed`` ground has none."""
    read = read_boundaries(paths)
    with writing(root):
        outlines = write_boundaries(root, read, held_crosswalk(root))
    names = ", ".join(path.name for path in paths)
    said = [f"{names}: the outlines of {len(outlines):,} units of ground are held.", *read.remarks]
    if not (root / LOOKUP_FILE).exists():
        said.append(
            "No lookup is held, so each LSOA outside areas.toml is drawn under its own code: "
            "python -m data import-lookup FILE joins both vintages."
        )
    said.append(missing_sentence(without_boundary(outlines, needed)))
    return SideReport(names, len(outlines), " ".join(filter(None, said)))
