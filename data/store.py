"""The store: checked months of police.uk data on disk, and the questions the analysis asks of them.

Months lie as Parquet, ``<kind>/<force>/<YYYY-MM>.<hash>.parquet``, each with a record beside it that says
what it is and where it came from. Only files that a record names are held, so read through this class, not
by wildcard. Queries are Ibis expressions over DuckDB; nothing in them is DuckDB's own, so another engine
can take its place.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import geopandas as gpd
import ibis
import pandas as pd

from analysis.areas import Area
from analysis.errors import AnalysisError, NeedsInputError, RefusedError
from analysis.footprints import footprints
from analysis.ground import Crosswalk
from analysis.vocabulary import Kind
from data import holdings
from data.area_files import AreaDefinitions
from data.areas import read_areas, resolve_areas
from data.footprints import FootprintPoints, read_points
from data.force_tables import count_street, force_cube, force_ground
from data.geography import BOUNDARIES_FILE
from data.importer import DEMONSTRATION, Progress, import_files
from data.manifest import MonthRecord, read_record, sidecars
from data.report import ImportReport, SideReport
from data.side_imports import AREAS_FILE, LOOKUP_FILE, held_crosswalk, keep_geography, keep_lookup
from data.store_errors import damaged_month, reading

__all__ = ["ImportReport", "Store", "open_store"]

ENVIRONMENT_VARIABLE = "TOWN_CENTRES_STORE"
PROJECT_STORE = Path(__file__).parent / "store"

RETRIES = 3
"""Times that a read which an import got in the way of is tried again."""

T = TypeVar("T")


def open_store(path: Path | str | None = None) -> Store:
    """Return the store in this folder; without one, ``$TOWN_CENTRES_STORE``, else ``data/store`` in the
    project.

    The folder need not be there yet: it is made by the first import.
    """
    return Store(Path(path or os.environ.get(ENVIRONMENT_VARIABLE) or PROJECT_STORE))


class Store:
    """A folder of imported months, with the lookup and the boundaries that belong to them.

    Tables that are returned are kept in memory until something held changes; to change one, change your copy.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._engine = threading.local()
        self._stamp: tuple[Any, ...] | None = None
        self._cache: dict[tuple[str, ...], Any] = {}

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    # what is held

    @property
    def is_demonstration(self) -> bool:
        """True while no real month is held and simulated ones stand in their place."""
        return self._root.name == DEMONSTRATION

    @property
    def _root(self) -> Path:
        inner = self.path / DEMONSTRATION
        if inner.is_dir() and next(sidecars(self.path), None) is None:
            return inner
        return self.path

    def fingerprint(self) -> str:
        """Return a text that changes whenever anything held changes: months, lookup, boundaries."""
        return self._cached(("fingerprint",), self._fingerprint)

    def _fingerprint(self) -> str:
        months = [f"{r.kind} {r.force} {r.month} {r.sha256} {r.format} {r.release}" for r in self._records()]
        sides = [f"{name} {_stat(self._root / name)}" for name in (LOOKUP_FILE, BOUNDARIES_FILE, AREAS_FILE)]
        text = "\n".join([str(self.is_demonstration), *months, *sides])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _records(self) -> list[MonthRecord]:
        def read() -> list[MonthRecord]:
            return [read_record(entry.path) for entry in sidecars(self._root)]

        return self._cached(("records",), read)

    def _cached(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        with self._lock:
            root = self._root
            files = (
                *((e.path, e.stat().st_mtime_ns, e.stat().st_size) for e in sidecars(root)),
                *(_stat(root / name) for name in (LOOKUP_FILE, BOUNDARIES_FILE, AREAS_FILE)),
            )
            if files != self._stamp:
                self._stamp, self._cache = files, {}
            if key not in self._cache:
                self._cache[key] = make()
            return self._cache[key]

    def forces(self, kind: Kind = "street") -> tuple[str, ...]:
        """Return the forces of which months of this kind are held, by name as in police.uk's file names."""
        return tuple(sorted({record.force for record in self._records() if record.kind == kind}))

    def months(self, force: str, kind: Kind = "street") -> tuple[pd.Period, ...]:
        """Return the months held of one force and kind, in order."""
        return tuple(r.key.period for r in self._records() if r.force == force and r.kind == kind)

    def manifest(self) -> pd.DataFrame:
        """Return one row a kind, force and month held: where it came from and what was refused.

        The columns are in ``dictionary.csv``. ``rows_refused`` is the total, ``refused`` says it by reason.
        """
        return self._cached(("manifest",), lambda: holdings.manifest_table(self._records())).copy(deep=False)

    def coverage(self, force: str) -> pd.DataFrame:
        """Return one row a kind and month of the force's span: published, partly published or a gap.

        The span runs from the first to the last month held of any kind; only kinds of which a month is held
        are in it. ``incidents``, ``without_lsoa`` and ``without_point`` are NaN in a gap.
        """
        return self._cached(
            ("coverage", force),
            lambda: holdings.coverage_table([r for r in self._records() if r.force == force]),
        ).copy(deep=False)

    def vintages(self, force: str) -> pd.DataFrame:
        """Return one row a month of street-level data: rows whose LSOA code is of 2011 only, of 2021 only,
        of both.

        Columns month, rows_2011, rows_2021, rows_both, vintage (in words).
        """

        def make() -> pd.DataFrame:
            return holdings.vintage_table(self._counts(force), self.crosswalk())

        return self._cached(("vintages", force), make).copy(deep=False)

    # what is asked of it

    def street(self, force: str) -> ibis.Table:
        """Return every row of street-level data of one force as an Ibis table."""
        return self._table(force, "street")

    def outcomes(self, force: str) -> ibis.Table:
        """Return every row of outcomes of one force as an Ibis table."""
        return self._table(force, "outcomes")

    def stop_and_search(self, force: str) -> ibis.Table:
        """Return every stop and search of one force as an Ibis table; its times are UTC."""
        return self._table(force, "stop-and-search")

    def _table(self, force: str, kind: Kind) -> ibis.Table:
        def read() -> ibis.Table:
            root = self._root
            files = [str(root / r.kind / r.force / r.data_file) for r in self._held(force, kind)]
            if not files:
                raise AnalysisError(
                    f"No {kind} month of {force} is held. Import a file of it from data.police.uk first."
                )
            # a DuckDB connection serves one thread, and Streamlit runs each reader in a thread of its own
            if not hasattr(self._engine, "connection"):
                self._engine.connection = ibis.duckdb.connect()
                self._engine.connection.raw_sql("SET enable_progress_bar = false")
            return self._engine.connection.read_parquet(files)

        return self._again(force, kind, read)

    def _held(self, force: str, kind: Kind) -> list[MonthRecord]:
        return [r for r in self._records() if r.force == force and r.kind == kind]

    def _again(self, force: str, kind: Kind, read: Callable[[], T]) -> T:
        """Return what ``read`` gives; where an import replaced a month just listed, list and read again."""
        for _ in range(RETRIES):
            try:
                return read()
            except duckdb.Error:
                self._cache.pop(("records",), None)
        try:
            return read()
        except duckdb.Error as problem:
            raise damaged_month(self._root, self._held(force, kind)) from problem

    def _counts(self, force: str) -> pd.DataFrame:
        """Return incidents by month, LSOA code and name (None where a row has none) and crime type."""

        def make() -> pd.DataFrame:
            return self._again(force, "street", lambda: count_street(self.street(force)))

        return self._cached(("counts", force), make)

    def unlocated(self, force: str) -> pd.DataFrame:
        """Return incidents without an LSOA, which the cube cannot hold: month, crime_type, incidents."""
        counts = self._counts(force)
        without = counts.loc[counts["lsoa_code"].isna()]
        return without.groupby(["month", "crime_type"])["incidents"].sum().reset_index()

    def crosswalk(self) -> Crosswalk:
        """Return which common ground each LSOA code stands on, by the lookup held, else by areas.toml."""

        return self._cached(("crosswalk",), lambda: held_crosswalk(self._root))

    def ground(self, force: str | None = None) -> pd.DataFrame:
        """Return the ground of one force: all of its districts', and whatever else its rows name.

        Columns are `analysis.ground.GROUND_COLUMNS` and ``in_force`` (its district belongs to the force). The
        districts are those of areas.toml, else those with `DISTRICT_SHARE` of the located incidents or more.
        """
        force = self._one_force(force)

        def make() -> pd.DataFrame:
            return force_ground(self._counts(force), self.crosswalk(), self.definitions(), force)

        return self._cached(("ground", force), make).copy(deep=False)

    def cube(self, force: str | None = None) -> pd.DataFrame:
        """Return incidents by ground, month and crime type of one force (see `analysis.cube.build_cube`).

        Zero where published and none, NaN where the month (or that crime type in it) is a gap. Incidents
        without an LSOA are not in it: see `unlocated`. Without a force, the only one held.
        """
        force = self._one_force(force)

        def make() -> pd.DataFrame:
            ground = self.ground(force)["ground_code"]
            if ground.empty:
                raise NeedsInputError(
                    f"No row of {force} names an LSOA (Northern Ireland's never do), so nothing can be counted by "
                    "area. Choose or import a force of England or Wales."
                )
            return force_cube(self._counts(force), self.crosswalk(), ground, self.months(force))

        return self._cached(("cube", force), make).copy(deep=False)

    def areas(self, force: str | None = None) -> dict[str, Area]:
        """Return the areas of a force by key; without a force, those of every force held."""
        forces = (force,) if force else self.forces()

        def make() -> dict[str, Area]:
            found: dict[str, Area] = {}
            for each in forces:
                found |= resolve_areas(self.definitions(), self.crosswalk(), self.ground(each), each)
            return found

        return dict(self._cached(("areas", *forces), make))

    def definitions(self) -> AreaDefinitions:
        """Return what the files of areas say, with the rule and confidence of each proposal."""
        return read_areas(extra=self._root / AREAS_FILE)

    def boundaries(self) -> gpd.GeoDataFrame | None:
        """Return the outline of each unit of ground (ground_code, geometry; EPSG:27700), None where not held."""

        def make() -> gpd.GeoDataFrame | None:
            file = self._root / BOUNDARIES_FILE
            with reading(file, "the boundaries"):
                return gpd.read_parquet(file) if file.exists() else None

        return self._cached(("boundaries",), make)

    def footprint_points(self, force: str | None = None) -> FootprintPoints:
        """Return the points of a force's own ground, of all months held, and counts of what was left out."""
        force = self._one_force(force)

        def make() -> FootprintPoints:
            ground = self.ground(force)
            own = set(ground.loc[ground["in_force"], "ground_code"])
            return self._again(
                force, "street", lambda: read_points(self.street(force), self.crosswalk(), own)
            )

        return self._cached(("footprint points", force), make)

    def footprints(self, force: str | None = None) -> gpd.GeoDataFrame:
        """Return approximate footprints of a force's own ground (ground_code, geometry; EPSG:27700).

        Made of police.uk's points, so no boundaries need be held. For maps only, never for neighbours: see
        `analysis.footprints.footprints`. Ground without a point has none.
        """
        force = self._one_force(force)
        return self._cached(
            ("footprints", force), lambda: footprints(self.footprint_points(force).table)
        ).copy(deep=False)

    def _one_force(self, force: str | None) -> str:
        held = self.forces()
        if force is None:
            if len(held) > 1:
                raise AnalysisError(f"More than one force is held ({', '.join(held)}). Choose one of them.")
            if not held:
                raise AnalysisError(
                    "No month of street-level data is held. Import a zip from data.police.uk first."
                )
            return held[0]
        if force not in held:
            raise AnalysisError(
                f"No street-level month of “{force}” is held (held: {', '.join(held) or 'none'}). "
                "Choose a force that is held, or import its files."
            )
        return force

    # what comes in

    def import_police_uk(
        self, *paths: Path | str, release: str = "", progress: Progress | None = None
    ) -> ImportReport:
        """Import zips, folders and CSV files of data.police.uk and return what became of each file.

        A month is replaced whole; what is refused is said in the report and never raises. ``release`` is
        the edition the files came from (``2024-08``), where a zip's own name does not say it. ``progress``
        is called with bytes done, bytes of all files and the name of the file just finished.
        """
        if not all(os.fspath(path).strip() for path in paths):
            raise RefusedError("A path is empty. Name the zip, folder or CSV files to import.")
        return import_files(self.path, [Path(path) for path in paths], release=release, progress=progress)

    def import_lookup(self, path: Path | str) -> SideReport:
        """Keep the ONS exact-fit lookup of 2011 and 2021 LSOAs in this file, in place of the one held.

        Raises RefusedError, with its sentence, for a file that is not that lookup (see `data.lookup.read_lookup`).
        """
        report = keep_lookup(self.path, Path(path))
        return replace(report, sentence=" ".join(filter(None, [report.sentence, self._not_in_lookup()])))

    def _not_in_lookup(self) -> str:
        """Say which LSOAs of the districts held the lookup does not name: one cut short looks whole by itself."""
        if self.is_demonstration:
            return ""
        known = self.crosswalk().ground_of
        missing: set[str] = set()
        for table in map(self.ground, self.forces()):
            missing |= set(table.loc[table["in_force"], "ground_code"]) - set(known.values())
        if not missing:
            return ""
        named = ", ".join(sorted(missing)[:3]) + (
            f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
        )
        return (
            f"It does not name {len(missing):,} LSOA{'s' * (len(missing) != 1)} of the districts held ({named}), so "
            "their two vintages are not joined. Give the lookup for the whole of England and Wales."
        )

    def import_geography(self, *paths: Path | str) -> SideReport:
        """Keep the LSOA boundaries in these GeoJSON files, in place of those held of the same LSOAs.

        The sentence of the report says what was mended and which ground of the forces held has no outline.
        Raises RefusedError, with its sentence, for other files (see `data.geography.read_boundaries`).
        """
        needed: set[str] = set()
        if not self.is_demonstration:  # else the forces held are those of the demonstration inside the store
            for table in map(self.ground, self.forces()):
                needed |= set(table.loc[table["in_force"], "ground_code"])
        return keep_geography(self.path, [Path(path) for path in paths], needed)


def _stat(path: Path) -> tuple[int, int] | None:
    if not path.exists():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size
