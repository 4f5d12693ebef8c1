"""What is held of each force, by name: months, ground, areas, and the lines that say where they come from.

What is read is kept until the store changes; nothing that is handed out may be written to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.model.areas import Area, town_centres
from analysis.model.cells import Cells, bytes_of
from analysis.model.contiguity import Contiguity, build_contiguity
from analysis.model.cube import Panel
from analysis.model.english import counted
from analysis.model.errors import NeedsInputError, RefusedError
from analysis.model.formats import number
from analysis.model.ground_names import ground_labels, names_of
from analysis.model.land import Land, land_of
from analysis.model.naming import Naming, renamed
from analysis.model.periods import Period, default_pair, month_label
from analysis.model.place_search import NamedPlace, find_places, named_places
from analysis.model.review import Review
from analysis.model.selection import Selection
from analysis.model.vocabulary import SLIDE_CRIME_TYPES
from data.areas import force_name, resolve_proposals
from data.engines.port import RowsWanted
from data.police_uk.file_names import RAILWAYS
from data.review import review_of
from data.store import Store
from data.store.settings import read_naming

T = TypeVar("T")

MOST_TABLE_BYTES = 150_000_000
"""Panels, ground tables and the like: 6 MB for a force of 345 LSOAs, so that the largest, of 5,000, has room. Each stands once
for a state of the store."""

FEW_FILES = 3
"""A line on the source names so many files; more are counted."""


class HeldMonths:
    """What a store holds of each force, read once for each state of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._tables = Cells(MOST_TABLE_BYTES, weigh=bytes_of)

    def state(self) -> str:
        """Return a text that changes whenever months, lookup, outlines, areas or the office's names change."""
        return f"{self.store.mark()}{self.naming().mark}"

    def naming(self) -> Naming:
        """Return what the office calls itself, who asks, and its districts; neutral names where its settings are damaged."""
        try:
            return read_naming(self.store.path)
        except RefusedError:
            return Naming()

    def naming_problem(self) -> str:
        """Return why the settings of the store cannot be read, in a sentence, or nothing."""
        try:
            read_naming(self.store.path)
        except RefusedError as problem:
            return str(problem)
        return ""

    @property
    def simulated(self) -> bool:
        """Whether the months are those of the demonstration."""
        return self.store.is_demonstration

    def forces(self) -> tuple[str, ...]:
        """Return the forces held, by their key: first those that the files of areas name, in their order.

        Raises NeedsInputError where there is none.
        """
        held = self.store.forces()
        if not held:
            raise NeedsInputError(
                "No month of street-level data is held. Import a zip from data.police.uk first."
            )
        named = [force for force in self.store.definitions().forces if force in held]
        return (*named, *(force for force in held if force not in named))

    def one_force(self, force: str | None) -> str:
        """Return this force or, without one, the only one held. Raises AnalysisError where it is not one of those held."""
        return self.store.one_force(force)

    def force_name(self, force: str) -> str:
        """Return a force's name for the screen."""
        return force_name(force)

    def span(self, force: str) -> Period:
        """Return the months from the first to the last held."""
        months = self.store.months(force)
        return Period(months[0], months[-1])

    def panel(self, force: str) -> Panel:
        """Return the force's counts by ground, month and crime type."""
        return self._table("panel", force, make=lambda: self.store.panel(force))

    def places(self, force: str) -> pd.DataFrame:
        """Return the force's ground with names, districts and whether its codes could be joined."""
        return self._table("places", force, make=lambda: self.store.ground(force))

    def areas(self, force: str) -> dict[str, Area]:
        """Return the areas of the force that the files of areas name, and its districts, as the office calls them."""
        return self._table("areas", force, make=lambda: renamed(self.store.areas(force), self.naming()))

    def menu_areas(self, force: str) -> dict[str, Area]:
        """Return the areas that a reader chooses between."""
        return town_centres(self.areas(force))

    def proposed_centres(self, force: str) -> dict[str, Area]:
        """Return the proposed centres of a force that the files of areas name and whose ground is held, by key."""

        def make() -> dict[str, Area]:
            store = self.store
            return resolve_proposals(store.definitions(), store.crosswalk(), store.ground(force), force)

        return self._table("proposed", force, make=make)

    def ground_labels(self, force: str) -> dict[str, str]:
        """Return each unit of the force's own ground with its label for a list, by name."""
        return self._table("labels", force, make=lambda: ground_labels(self.places(force)))

    def find_places(self, force: str, words: str) -> tuple[NamedPlace, ...]:
        """Return the wards, LSOAs and streets of the force's own ground whose names begin with these words."""
        return find_places(words, self._table("named places", force, make=lambda: self._named_places(force)))

    def contiguity(self) -> Contiguity | None:
        """Return which ground touches which, or None while no boundaries are held."""
        return self._table("contiguity", make=self._contiguity)

    def needs_ground(self, force: str) -> None:
        """Raise NeedsInputError, which says why, where no area of a force can be chosen."""
        if self.places(force).empty:
            raise NeedsInputError(
                f"No row of {force_name(force)} names an LSOA, so nothing that it recorded can be counted by area. Its months "
                "are held, and About / Data lists them. Choose or import a force of England or Wales."
            )
        if not self.places(force)["in_force"].any():
            raise NeedsInputError(
                f"{force_name(force)} has no district of its own: what it recorded lies on the ground of other forces. Its "
                "months are held, and About / Data lists them. Choose or import the force whose ground it is."
            )

    def default_pair(self, force: str) -> tuple[Period, Period]:
        """Return the periods that a page opens with: the latest twelve months held against the twelve before.

        Under thirteen months one period stands for both. Raises NeedsInputError where no area of the force can be chosen.
        """
        self.needs_ground(force)
        return default_pair(self.span(force))

    def default_selection(self, force: str) -> Selection:
        """Return what a reader who chose nothing sees."""
        baseline, comparison = self.default_pair(force)
        areas = tuple(key for key, area in self.menu_areas(force).items() if area.kind != "own")
        proposed = tuple(self.proposed_centres(force))
        return Selection(force, areas, SLIDE_CRIME_TYPES, baseline, comparison, proposed=proposed)

    def review(self, force: str) -> Review | None:
        """Return the published review of a force, None where none is held."""
        return review_of(force)

    def release_line(self, force: str) -> str:
        """Say which releases the street-level months of a force came from, or the files where none is named."""
        return self._table("release", force, make=lambda: self._release_line(force))

    def held_line(self, force: str) -> str:
        """Return a force's months held, those not published, and their release, in a line for the foot of a page."""
        return self._table("held line", force, make=lambda: self._held_line(force))

    def months_mark(self, force: str) -> str:
        """Return a text that changes with the months of street-level data of a force, lookup, outlines and areas."""

        def make() -> str:
            files = [
                (each.month, each.sha256, each.rows, each.release) for each in self.store.month_files(force)
            ]
            text = repr((files, self.store.side_stamps()))
            return hashlib.sha256(text.encode()).hexdigest()[:16]

        return self._table("months mark", force, make=make)

    def _elsewhere(self, force: str) -> str:
        """Say that railway police are not in a territorial force's counts, with theirs on the same ground where held."""
        if force == RAILWAYS:
            return ""
        without = f"Crimes recorded by {force_name(RAILWAYS)} are not in these counts"
        if RAILWAYS not in self.store.forces():
            return f"{without}; its months are not held."

        def make() -> str:
            span, places = self.span(force), self.places(force)
            own = set(places.loc[places["in_force"], "ground_code"])
            rows = self.store.count_by(RAILWAYS, ["lsoa_code"], RowsWanted(period=span))
            ground_of = self.store.crosswalk().ground_of
            here = [pd.notna(code) and ground_of.get(code, code) in own for code in rows["lsoa_code"]]
            count = number(int(rows.loc[here, "incidents"].sum()))
            return f"{without}: on this force’s ground it recorded {count} in {span.label}, as far as its months are held."

        return self._table("railways", force, make=make)

    def _ground_of(self, chosen: Selection) -> tuple[Panel, pd.DataFrame]:
        """Return a force's counts and ground; without the lookup, where the periods need none, those of one vintage."""
        force, whole, places = chosen.force, self.panel(chosen.force), self.places(chosen.force)
        if places.loc[places["in_force"], "joined"].all():
            return whole, places
        span = self.store.one_vintage(force, chosen.baseline, chosen.comparison)
        if span is None:
            return whole, places

        def make() -> tuple[Panel, pd.DataFrame]:
            inside = whole.between(span)
            there = places["ground_code"].isin(list(inside.ground))
            return inside, places.loc[there].assign(joined=True).reset_index(drop=True)

        return self._table("one vintage", force, span, make=make)

    def _table(self, *key: Hashable, make: Callable[[], T]) -> T:
        return self._tables.get((self.state(), *key), make)

    def _named_places(self, force: str) -> tuple[NamedPlace, ...]:
        try:
            land: Land | None = self._land(force)
        except NeedsInputError:
            land = None  # no outline, so no ward can be told
        streets = self.store.count_by(force, ("location", "lsoa_code")).dropna(subset=["lsoa_code"])
        ground_of = self.store.crosswalk().ground_of
        codes = [ground_of.get(code, code) for code in streets["lsoa_code"]]
        places, naming = self.places(force), self.naming()
        called = places.assign(district_name=[naming.district(name) for name in places["district_name"]])
        return named_places(called, land, self.ground_labels(force), streets.assign(ground_code=codes))

    def _contiguity(self) -> Contiguity | None:
        boundaries = self.store.boundaries()
        return None if boundaries is None else build_contiguity(boundaries)

    def _land(self, force: str) -> Land:
        outlines = self.store.screen_boundaries()
        approximate, naming = outlines is None, self.naming()
        land = land_of(
            self.store.footprints(force) if outlines is None else outlines,
            self.places(force),
            districts=None if approximate else self.store.districts(),
            names=names_of(self.places(force), self.areas(force), force_name(force)),
            approximate=approximate,
            wards=self.store.wards(),
        )
        if not naming.districts:
            return land
        called = [naming.district(name) for name in land.districts["district_name"]]
        return replace(land, districts=land.districts.assign(district_name=called))

    def _held_line(self, force: str) -> str:
        coverage = self.store.coverage(force)
        street = coverage.loc[coverage["kind"] == "street"]
        gaps = [month_label(month) for month in street.loc[street["status"] == "gap", "month"]]
        months = int((street["status"] != "gap").sum())
        missing = f"not published here: {', '.join(gaps)}. " if gaps else "no month missing. "
        partly = dict.fromkeys(month_label(month) for month, _ in self.store.partly(force))
        if partly:
            missing += f"Only partly published: {', '.join(partly)}. "
        return (
            f"{force_name(force)}: {counted(months, 'month')} held of {self.span(force).label}; {missing}"
            f"{self.release_line(force)}{self._whose(force)}"
        )

    def _whose(self, force: str) -> str:
        """Say whose records are not in a force's counts, or why nothing of it can be counted by area."""
        try:
            self.needs_ground(force)
        except NeedsInputError as problem:
            return f" {problem}"
        return f" {self._elsewhere(force)}"

    def _release_line(self, force: str) -> str:
        files = self.store.manifest(force)
        street = files.loc[files["kind"] == "street"]
        releases = sorted(set(street["release"]) - {""})
        if releases:
            return f"Release{'s' * (len(releases) > 1)}: {', '.join(releases)}."
        sources = sorted(set(street["source"]))
        named = ", ".join(sources) if len(sources) <= FEW_FILES else f"{len(sources)} files"
        return f"From {named}; no release is named in them."
