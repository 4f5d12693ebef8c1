"""A case: what every topic is asked about. The desk makes it from a store and a selection; answers are made of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pandas as pd

from analysis.model.areas import Area, Yardsticks, yardsticks
from analysis.model.breaks import Break, breaks
from analysis.model.cells import Cells
from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.errors import NeedsInputError
from analysis.model.ground_names import names_of, ward_names_of
from analysis.model.land import Land
from analysis.model.month_file import MonthFile
from analysis.model.naming import Naming
from analysis.model.patrolled import without_patrolled
from analysis.model.periods import Period, check_two
from analysis.model.review import GENERAL_PROGRAMMES, Programme, Review
from analysis.model.selection import Selection
from analysis.model.setting import Setting

T = TypeVar("T")

NEEDS_LOOKUP = (
    "The ground of the two LSOA vintages cannot be joined without the ONS exact-fit lookup, so places are not compared. "
    "Import it with: python -m data import-lookup FILE"
)

MOST_CELLS = 500
"""Cells of a case that no desk made: enough for every area and crime type of one answer."""


def _no_land() -> Land:
    raise NeedsInputError("No outlines are at hand, so no map can be drawn.")


@dataclass(frozen=True, eq=False)
class Case:
    """A force's months and ground, and what of them was asked.

    ``places`` is the force's ground (`analysis.model.ground.GROUND_COLUMNS` and in_force), ``areas`` every area of it by
    key, the reader's own among them; ``patrolled`` is ground that the office's own log names. ``review`` is that of the
    force, None where none is held. ``state`` is a text that changes whenever anything the case is made of does: with it
    and the values asked, and never with the tables, cells are kept. ``simulated`` months describe no real place.
    ``force_names`` are all forces held, by key; ``files`` the force's months of street-level data; ``elsewhere`` says whose
    records are not in its counts. ``proposed`` are the force's proposed centres by key: they are in none of ``areas``, so
    that no figure, comparator or menu knows them. ``naming`` is what the office calls itself and its districts.
    """

    selection: Selection
    panel: Panel
    places: pd.DataFrame
    areas: Mapping[str, Area]
    force_name: str = ""
    contiguity: Contiguity | None = None
    patrolled: frozenset[str] = frozenset()
    review: Review | None = None
    simulated: bool = False
    release: str = ""
    state: str = ""
    cells: Cells = field(default_factory=lambda: Cells(MOST_CELLS))
    read_land: Callable[[], Land] = _no_land
    force_names: Mapping[str, str] = field(default_factory=dict)
    files: tuple[MonthFile, ...] = ()
    elsewhere: str = ""
    proposed: Mapping[str, Area] = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)

    # what was asked

    @property
    def force(self) -> str:
        """The force, by its name in police.uk's file names."""
        return self.selection.force

    @property
    def chosen(self) -> tuple[Area, ...]:
        """The areas chosen, in the order of the menu."""
        return tuple(self.areas[key] for key in self.selection.areas)

    @property
    def proposed_beside(self) -> tuple[Area, ...]:
        """The proposed centres that stand beside the areas on the board."""
        return tuple(self.proposed[key] for key in self.selection.proposed if key in self.proposed)

    @property
    def crime_types(self) -> tuple[str, ...]:
        """The crime types chosen."""
        return self.selection.crime_types

    @property
    def baseline(self) -> Period:
        """The earlier period."""
        return self.selection.baseline

    @property
    def comparison(self) -> Period:
        """The later period."""
        return self.selection.comparison

    @property
    def like_for_like(self) -> bool:
        """Whether a month missing on one side leaves the other too."""
        return self.selection.like_for_like

    @property
    def show_small(self) -> bool:
        """Whether percentages on bases under 50 are written out."""
        return self.selection.show_small

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.state, self.selection)

    def asking(self, **changes: object) -> Case:
        """Return the same case with other values asked (fields of `Selection`)."""
        return replace(self, selection=replace(self.selection, **changes))  # type: ignore[arg-type]

    def cell(self, *key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, kept by the state and these values."""
        return self.cells.get((self.state, self.force, *key), make)

    # what a review says

    def programme(self, key: str) -> Programme:
        """Return a programme by key: as the review names it, else by its general name.

        Raises NeedsInputError for a key of neither.
        """
        if key in GENERAL_PROGRAMMES and (self.review is None or key not in self.review.programmes):
            return GENERAL_PROGRAMMES[key]
        if self.review is None:
            raise NeedsInputError(f"No programme of the kind {key} is known.")
        return self.review.programme(key)

    def text(self, key: str, otherwise: str = "") -> str:
        """Return a sentence of the review; ``otherwise`` where none is held, or it has none of this key."""
        return (self.review.text(key) if self.review else "") or otherwise

    def under_review(self, words: str) -> str:
        """Return words that speak of the review, nothing for a force without one."""
        return words if self.review else ""

    # what follows from what is held

    @property
    def span(self) -> Period:
        """The months from the first to the last held."""
        return self.panel.span

    @property
    def treated(self) -> frozenset[str]:
        """All ground that is never a comparator: the treated areas', and what a log says was patrolled."""
        return self.patrolled.union(*(area.ground for area in self.areas.values() if area.treated))

    @property
    def setting(self) -> Setting:
        """The months, ground and periods that a change is judged in, for a statistic that knows no case."""
        return Setting(
            self.panel,
            self.places,
            self.baseline,
            self.comparison,
            self.treated,
            self.like_for_like,
            self.contiguity,
        )

    @property
    def own_places(self) -> pd.DataFrame:
        """The rows of ``places`` in the force's own districts."""
        return self.places.loc[self.places["in_force"]]

    @property
    def own_ground(self) -> frozenset[str]:
        """The ground of the force's own districts."""
        return frozenset(self.own_places["ground_code"])

    @property
    def joined(self) -> bool:
        """Whether the lookup joins all of the force's ground between the two vintages."""
        return bool(self.own_places["joined"].all())

    def needs_two_periods(self) -> None:
        """Raise PeriodError, which says how many months are missing, where one period stands for both."""
        check_two(self.baseline, self.comparison)

    def needs_joined(self) -> None:
        """Raise NeedsInputError where the two vintages are not joined."""
        if not self.joined:
            raise NeedsInputError(NEEDS_LOOKUP)

    def yardsticks(self, area: Area) -> Yardsticks:
        """Return the district of any area, listed or not, and the rest of it without patrolled ground."""
        return without_patrolled(yardsticks(area, self.areas, self.force_name), self.patrolled)

    def districts_round(self, *areas: Area) -> frozenset[str]:
        """Return the ground of every district that these areas lie in: what a map of them opens on."""
        inside = frozenset().union(*(area.ground for area in areas))
        own = self.own_places
        districts = set(own.loc[own["ground_code"].isin(list(inside)), "district_name"])
        return frozenset(own.loc[own["district_name"].isin(list(districts)), "ground_code"])

    def breaks(self, crime_types: tuple[str, ...] | None = None) -> tuple[Break, ...]:
        """Return the breaks of the series between the first and the last month chosen."""
        whole = Period(self.baseline.first, max(self.comparison.last, self.baseline.last))
        own = self.review.breaks if self.review else ()
        return breaks(whole, self.crime_types if crime_types is None else crime_types, own=own)

    def review_text(self, key: str, otherwise: str = "") -> str:
        """Return a sentence of the force's review, ``otherwise`` where none is held or it has none of this key."""
        return (self.review.text(key) if self.review else "") or otherwise

    @property
    def land(self) -> Land:
        """The ground with its outlines. Raises NeedsInputError where it has none."""
        return self.cell("land", make=self.read_land)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each unit of ground by its ward, with the town centre or programme area it is in."""
        return self.cell("names", make=lambda: self.names_with(self.filed_areas))

    def names_with(self, areas: Mapping[str, Area]) -> Mapping[str, str]:
        """Return the same with these areas; without outlines no ward can be told, and the LSOA's own name stands."""
        try:
            land = self.land
        except NeedsInputError:
            return names_of(self.places, areas, self.force_name)
        return ward_names_of(land, self.places, areas, self.force_name)

    @property
    def filed_areas(self) -> dict[str, Area]:
        """The areas that files name, without the reader's own."""
        own = self.selection.own
        return {key: area for key, area in self.areas.items() if own is None or key != own.key}
