"""The store: checked months of police.uk data on disk, and the questions the analysis asks of them.

Months lie as Parquet, ``<kind>/<force>/<YYYY-MM>.<hash>.parquet``, each with a record beside it that says
what it is and where it came from. Only files that a record names are held, so read through this class, not
by wildcard. What is asked of the rows goes through `data.engines.port`, so another engine can take DuckDB's place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from analysis.model.areas import Area
from analysis.model.cube import MonthOfType, Panel, build_panel, cube_of
from analysis.model.errors import AnalysisError, NeedsInputError, RefusedError
from analysis.model.footprints import footprints
from analysis.model.ground import Crosswalk
from analysis.model.month_file import MonthFile
from analysis.model.partly import Partly
from analysis.model.periods import Period
from analysis.model.vocabulary import LAST_OLD_MONTH, OLD_CRIME_TYPES
from analysis.stats.coverage import Coverage
from data.areas import force_name, read_areas, resolve_areas
from data.areas.area_files import AreaDefinitions
from data.geography import BOUNDARIES_FILE, read_held, simplify_districts
from data.geography.footprint_points import POINT_KEYS, FootprintPoints, read_points
from data.geography.geography_importer import (
    AREAS_FILE,
    held_crosswalk,
    held_districts,
    held_screen,
    held_wards,
    keep_geography,
    keep_lookup,
    not_in_lookup,
)
from data.police_uk.importer import Progress, import_files
from data.police_uk.place_counts import PlaceCounts
from data.police_uk.report import ImportReport, SideReport
from data.store import holdings
from data.store.force_tables import counted_places, force_ground
from data.store.one_vintage import run_of_one_vintage
from data.store.store_place import default_store_path
from data.store.store_rows import StoreRows
from data.store.swapping import finish_swap
from data.store.wholeness import far_off, month_file_of, partly_cells, type_coverage

__all__ = ["ImportReport", "Store", "open_store"]

_OWN = ["ground_code", "district_name"]

T = TypeVar("T")


def open_store(path: Path | str | None = None) -> Store:
    """Return the store in this folder; without one, the one in `default_store_path`.

    The folder need not be there yet: it is made by the first import. Its name is `Store.path`. A back-up that was being
    put back by a process that was killed is put back whole first.
    """
    store = Store(Path(path or default_store_path()))
    finish_swap(store.path)
    return store


class Store(StoreRows):
    """A folder of imported months, with the lookup and the boundaries that belong to them.

    Tables that are returned are kept in memory until something held changes; to change one, change your copy.
    """

    # what is held

    def manifest(self, force: str = "") -> pd.DataFrame:
        """Return one row a kind, force and month held, of one force where it is named: where it came from, what was refused.

        The columns are in ``dictionary.csv``. ``rows_refused`` is the total, ``refused`` says it by reason.
        """

        def make() -> pd.DataFrame:
            return holdings.manifest_table(self._records_of(force) if force else self._records())

        return self._cached(("manifest", force), make).copy(deep=False)

    def coverage(self, force: str) -> pd.DataFrame:
        """Return one row a kind and month of the force's span: published, partly published or a gap.

        The span runs from the first to the last month held of any kind; only kinds of which a month is held
        are in it. A month of street-level data is partly published where a crime type of it is (`partly`); the other kinds
        are not judged. ``incidents``, ``without_lsoa`` and ``without_point`` are NaN in a gap.
        """
        return self._cached(
            ("coverage", force),
            lambda: holdings.coverage_table(
                self._records_of(force),
                self.partly(force) if force in self.forces() else {},
            ),
        ).copy(deep=False)

    def vintages(self, force: str) -> pd.DataFrame:
        """Return one row a month of street-level data: rows whose LSOA code is of 2011 only, of 2021 only,
        of both.

        Columns month, rows_2011, rows_2021, rows_both, vintage (in words).
        """

        def make() -> pd.DataFrame:
            return holdings.vintage_table(self._counts(force), self.crosswalk())

        return self._cached(("vintages", force), make).copy(deep=False)

    # what is counted of it

    def _counts(self, force: str) -> PlaceCounts:
        """Return incidents by place, month and crime type: those kept beside the months, else counted from their rows."""
        return self._cached(("counts", force), lambda: self.place_counts(force))

    def wholeness(self, force: str) -> Coverage:
        """Return how whole each month of each crime type is, from the first to the last month held (`analysis.stats.coverage`).

        Rows without an LSOA are counted too; repeated Crime IDs are those counted at import.
        """

        def make() -> Coverage:
            records = self._held(force, "street")
            return type_coverage(self._counts(force).table("month", "crime_type"), records)

        return self._cached(("wholeness", force), make)

    def partly(self, force: str) -> dict[MonthOfType, Partly]:
        """Return the months of crime types that are only partly published, which the cube leaves out."""
        return self._cached(("partly", force), lambda: partly_cells(self.wholeness(force)))

    def one_vintage(self, force: str, *periods: Period) -> Period | None:
        """Return the run of months round these periods whose LSOA codes are of one vintage, so that no lookup is needed."""

        def make() -> Period | None:
            counts = self._counts(force).table("month", "lsoa_code", "lsoa_name", located=True)
            return run_of_one_vintage(counts, periods)

        return self._cached(("one vintage", force, *map(str, periods)), make)

    def month_files(self, force: str) -> tuple[MonthFile, ...]:
        """Return the force's months of street-level data as figures name them, in order."""
        return tuple(month_file_of(record) for record in self._held(force, "street"))

    def unlocated(self, force: str) -> pd.DataFrame:
        """Return incidents without an LSOA, which the cube cannot hold: month, crime_type, incidents."""
        return self._counts(force).table("month", "crime_type", located=False)

    def crosswalk(self) -> Crosswalk:
        """Return which common ground each LSOA code stands on, by the lookup held, else by areas.toml."""

        return self._cached(("crosswalk",), lambda: held_crosswalk(self._root))

    def ground(self, force: str | None = None) -> pd.DataFrame:
        """Return the ground of one force: all of its districts', and whatever else its rows name.

        Columns are `analysis.model.ground.GROUND_COLUMNS` and ``in_force`` (its district belongs to the force). The
        districts are those of areas.toml, else those that the force records in (`data.store.force_tables`).
        """
        force = self.one_force(force)

        def make() -> pd.DataFrame:
            counts = self._counts(force).table("lsoa_code", "lsoa_name", located=True)
            return force_ground(counts, self.crosswalk(), self.definitions(), force)

        return self._cached(("ground", force), make).copy(deep=False)

    def panel(self, force: str | None = None) -> Panel:
        """Return incidents by ground, month and crime type of one force (see `analysis.model.cube`).

        Zero where published and none, NaN where the month (or that crime type in it) is a gap or only partly published
        (`partly` says which); incidents without an LSOA stand beside. No row is read where the counts of all months are
        kept. Without a force, the only one held.
        """
        force = self.one_force(force)

        def make() -> Panel:
            ground = self.ground(force)["ground_code"]
            if ground.empty:
                raise NeedsInputError(
                    f"No row of {force} names an LSOA (Northern Ireland's never do), so nothing can be counted by "
                    "area. Choose or import a force of England or Wales."
                )
            counted = counted_places(self._counts(force), self.crosswalk())
            return build_panel(counted, ground, self.partly(force))

        return self._cached(("panel", force), make)

    def cube(self, force: str | None = None) -> pd.DataFrame:
        """Return `panel` as a table: ground_code, month, crime_type, incidents. Incidents without an LSOA: `unlocated`."""
        return cube_of(self.panel(force))

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

    # outlines, all in metres (EPSG:27700)

    def boundaries(self) -> gpd.GeoDataFrame | None:
        """Return the outline of each unit of ground in full (ground_code, geometry), None where not held."""
        return self._outlines("boundaries", lambda: read_held(self._root / BOUNDARIES_FILE))

    def screen_boundaries(self) -> gpd.GeoDataFrame | None:
        """Return `boundaries` simplified for the screen to `data.geography.SCREEN_TOLERANCE`; borders still meet."""
        return self._outlines("screen", lambda: held_screen(self._root))

    def districts(self) -> gpd.GeoDataFrame | None:
        """Return the outline of each district (district_code, district_name, geometry), None where none can be had.

        Those imported, else the union of the ground of each district that belongs to a force held or stands in the
        lookup, and of which no outline is missing; their codes are then the lookup's, missing without one.
        """
        return self._outlines(
            "districts", lambda: held_districts(self._root, self._own_ground, self.crosswalk())
        )

    def screen_districts(self) -> gpd.GeoDataFrame | None:
        """Return `districts` simplified for a map of all of them (`data.geography.simplify_districts`)."""

        def make() -> gpd.GeoDataFrame | None:
            held = self.districts()
            return None if held is None else simplify_districts(held)

        return self._outlines("screen districts", make)

    def wards(self) -> gpd.GeoDataFrame | None:
        """Return the outline of each ward imported (ward_code, ward_name, district_name, geometry), else None.

        ``district_name`` is missing where the file does not say.
        """
        return self._outlines("wards", lambda: held_wards(self._root))

    def _outlines(self, name: str, make: Callable[[], gpd.GeoDataFrame | None]) -> gpd.GeoDataFrame | None:
        table = self._cached((name,), make)
        return None if table is None else table.copy(deep=False)

    def _own_ground(self) -> pd.DataFrame:
        """Return ground_code and district_name of the ground of all forces held."""
        tables = [table.loc[table["in_force"], _OWN] for table in map(self.ground, self.forces())]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_OWN)

    def footprint_points(self, force: str | None = None) -> FootprintPoints:
        """Return the points of a force's own ground, of all months held, and counts of what was left out."""
        force = self.one_force(force)

        def make() -> FootprintPoints:
            ground = self.ground(force)
            own = set(ground.loc[ground["in_force"], "ground_code"])
            return read_points(self.count_by(force, POINT_KEYS), self.crosswalk(), own)

        return self._cached(("footprint points", force), make)

    def footprints(self, force: str | None = None) -> gpd.GeoDataFrame:
        """Return approximate footprints of a force's own ground (ground_code, geometry; EPSG:27700).

        Made of police.uk's points, so no boundaries need be held. For maps only, never for neighbours: see
        `analysis.model.footprints.footprints`. Ground without a point has none.
        """
        force = self.one_force(force)
        return self._cached(
            ("footprints", force), lambda: footprints(self.footprint_points(force).table)
        ).copy(deep=False)

    def one_force(self, force: str | None) -> str:
        """Return this force or, without one, the only one held. Raises AnalysisError where it is not one of those held."""
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
        self,
        *paths: Path | str,
        release: str = "",
        replace: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import zips, folders and CSV files of data.police.uk and return what became of each file.

        A month is replaced whole; what is refused is said in the report and never raises. A file with far fewer or far
        more rows than the month held is refused unless ``replace`` asks for it; one that is far off the other months is
        taken, and said. ``release`` is the edition the files came from (``2024-08``), where a zip's own name does not say
        it. ``progress`` is called with bytes done, bytes of all files and the name of the file just finished.
        """
        if not all(os.fspath(path).strip() for path in paths):
            raise RefusedError("A path is empty. Name the zip, folder or CSV files to import.")
        files = [Path(path) for path in paths]
        report = import_files(self.path, files, release=release, replace=replace, progress=progress)
        # asked of the folder anew: what this store keeps in memory is read when somebody asks for it
        return report.remarking([*Store(self.path).far_off(report), *_of_old_months(report)])

    def far_off(self, report: ImportReport) -> list[str]:
        """Return a sentence for each force of whose months just taken some are only partly published.

        None of a force of which another month is damaged: who asks for that month is told.
        """
        taken = {
            (each.key.force, each.key.period)
            for each in report.files
            if each.key and each.key.kind == "street" and each.outcome in ("imported", "replaced")
        }
        said = []
        for force in sorted({force for force, _ in taken}):
            with suppress(RefusedError):
                months = {month for each, month in taken if each == force}
                said.append(far_off(force_name(force), self.partly(force).values(), months))
        return [sentence for sentence in said if sentence]

    def import_lookup(self, path: Path | str) -> SideReport:
        """Keep the ONS exact-fit lookup of 2011 and 2021 LSOAs in this file, in place of the one held.

        Raises RefusedError, with its sentence, for a file that is not that lookup (see `data.geography.lookup.read_lookup`).
        """
        report = keep_lookup(self.path, Path(path))
        own = set(self._own_or_none()["ground_code"])
        said = not_in_lookup(own, set(self.crosswalk().ground_of.values())) if own else ""
        return replace(report, sentence=" ".join(filter(None, [report.sentence, said])))

    def import_geography(self, *paths: Path | str) -> SideReport:
        """Keep the outlines of LSOAs, wards and districts in these files: GeoJSON, GeoPackage or zipped shapefile.

        LSOAs take the place of those held of the same code and vintage, wards and districts of all that were held. The
        sentence of the report says what was mended and what of the forces held has no outline. Raises RefusedError,
        with its sentence, for other files (see `data.geography.read_geography`); then nothing held is changed.
        """
        return keep_geography(self.path, [Path(path) for path in paths], self._own_or_none())

    def _own_or_none(self) -> pd.DataFrame:
        """Return `_own_ground`; none for the demonstration, whose forces are not those that files are imported for."""
        return pd.DataFrame(columns=_OWN) if self.is_demonstration else self._own_ground()


def _of_old_months(report: ImportReport) -> list[str]:
    """Say what the crime types of months before May 2013 are, where such months were taken."""
    taken = [each for each in report.files if each.key and each.outcome in ("imported", "replaced")]
    if not any(each.key and each.key.kind == "street" and each.key.month <= LAST_OLD_MONTH for each in taken):
        return []
    names = " and ".join(f"“{name}”" for name in OLD_CRIME_TYPES)
    return [
        f"Until April 2013 police.uk had other crime types. {names} are held as they were published and never counted as any of "
        "today’s types; a type that meant something else then, or was none, is missing in those months and not zero."
    ]
