"""Demonstration data: a simulated district in the form of data.police.uk, imported as real files are.

It stands in while no real month is held, so that a newcomer sees every page work. A marker file
says what it is.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import filelock
import numpy as np
import pandas as pd

from analysis.model.errors import RefusedError
from analysis.model.vocabulary import CRIME_TYPES
from data.demo.demo_counts import YEARS, simulate_counts
from data.demo.demo_ground import DemoGround, build_ground
from data.geography import WARDS_FILE, ground_files, replace_files
from data.geography.geography_importer import LOOKUP_FILE
from data.police_uk.importer import DEMONSTRATION, import_files
from data.state import changing

FORCE, FORCE_NAME = "cleveland", "Cleveland Police"
MARKER = "demonstration.json"
RECIPE = 2
"""Raised whenever the data change, so that a store made by an older version is made anew."""

SEED = 20240630
MIXED = (pd.Period("2022-12", "M"), pd.Period("2023-05", "M"))
"""From the first to the last of these, the real files mix both vintages; before, 2011 codes; after, 2021."""

LAST_EMPTY_LOCATION = pd.Period("2023-04", "M")
EMPTY_LOCATIONS = 0.1
"""Share of locations that are a bare “On or near ” in the real files up to that month: 9 to 12 %."""

_HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
_OUTCOMES = (
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Court result unavailable",
    "Local resolution",
    "Status update unavailable",
)
_OUTCOME_SHARES = (0.4, 0.4, 0.12, 0.04, 0.04)


def build_demonstration(store_path: Path | str) -> Path:
    """Make the demonstration data inside this store, unless they are there, and return the store's path.

    24 months of street-level data of one district of Cleveland, an exact-fit lookup, boundaries and invented wards, in the
    store's subfolder ``demonstration``, which `data.store.Store` reads while no real month is held. The same
    each time, save for the time of import. They appear all at once or not at all; of several processes one
    builds and the others wait. Raises RefusedError where the folder cannot be written to.
    """
    root = Path(store_path)
    target = root / DEMONSTRATION
    if _is_current(target):
        return root
    try:
        root.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(root / ".demonstration.lock"):
            if not _is_current(target):
                with changing(root):
                    _build(root, target)
    except OSError as error:
        raise RefusedError(
            f"The demonstration data cannot be written to {root} ({error.strerror}). "
            "Choose a store in a folder that may be written to ($TOWN_CENTRES_STORE or --store)."
        ) from error
    return root


def street_rows(
    ground: DemoGround, month: pd.Period, counts: np.ndarray, random: np.random.Generator
) -> pd.DataFrame:
    """Return one month's rows in police.uk's columns; ``counts`` is unit x crime type."""
    unit, kind = np.nonzero(counts)
    repeats = counts[unit, kind]
    unit, kind = np.repeat(unit, repeats), np.repeat(kind, repeats)
    # the points of a unit stand together, in the order of the units
    per_unit = len(ground.points) // len(ground.units)
    points = ground.points.iloc[unit * per_unit + random.integers(per_unit, size=len(unit))]
    pieces = ground.pieces.loc[points["piece"]]
    share_2021 = 0.5 if MIXED[0] <= month <= MIXED[1] else float(month > MIXED[1])
    new = random.random(len(unit)) < share_2021
    is_asb = kind == 0
    street = "On or near " + points["street"].to_numpy(dtype=object)
    if month <= LAST_EMPTY_LOCATION:
        street = np.where(random.random(len(unit)) < EMPTY_LOCATIONS, "On or near ", street)
    digest = random.bytes(32 * len(unit)).hex()
    identifiers = np.array([digest[i : i + 64] for i in range(0, len(digest), 64)], dtype=object)
    outcomes = np.array(_OUTCOMES, dtype=object)[
        random.choice(len(_OUTCOMES), size=len(unit), p=_OUTCOME_SHARES)
    ]
    columns = (
        np.where(is_asb, "", identifiers),
        str(month),
        FORCE_NAME,
        FORCE_NAME,
        points["longitude"].map("{:.6f}".format).to_numpy(),
        points["latitude"].map("{:.6f}".format).to_numpy(),
        street,
        np.where(new, pieces["LSOA21CD"], pieces["LSOA11CD"]),
        np.where(new, pieces["LSOA21NM"], pieces["LSOA11NM"]),
        np.array(CRIME_TYPES, dtype=object)[kind],
        np.where(is_asb, "", outcomes),
        "",
    )
    return pd.DataFrame(dict(zip(_HEADER, columns, strict=True)))


def _is_current(target: Path) -> bool:
    marker = target / MARKER
    return marker.exists() and json.loads(marker.read_text(encoding="utf-8")).get("recipe") == RECIPE


def _build(root: Path, target: Path) -> None:
    for left_over in root.glob(".demonstration-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".demonstration-", dir=root))
    try:
        files, store = work / "demonstration data", work / "store"
        ground = build_ground()
        _write_files(files, ground)
        report = import_files(store, [files])
        if not report.ok or report.rows_refused:
            raise RefusedError(f"The demonstration data were refused by their own importer: {report}")
        outlines = ground_files(ground.boundaries)[1] | {WARDS_FILE: ground.wards}
        replace_files(store, {LOOKUP_FILE: ground.lookup, **outlines})
        marker = {
            "recipe": RECIPE,
            "simulated": True,
            "note": "Simulated months and invented places. Nothing here was recorded by the police.",
        }
        (store / MARKER).write_text(json.dumps(marker, indent=1), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        store.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_files(folder: Path, ground: DemoGround) -> None:
    random = np.random.default_rng(SEED)
    counts = simulate_counts(ground.units, random)
    for number, month in enumerate([m for year in YEARS for m in year.months]):
        rows = street_rows(ground, month, counts[:, number, :], random)
        (folder / str(month)).mkdir(parents=True)
        rows.to_csv(folder / str(month) / f"{month}-{FORCE}-street.csv", index=False)
