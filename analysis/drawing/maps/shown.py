"""What a map shows, before it is drawn: classes of ground, outlines, marks, names, and the legend of them all.

A deck for the screen (`analysis.drawing.maps.deck`) and a still for print (`analysis.drawing.maps.still`) are drawn from the same
values, so that legend, colours and words are the same in both, and can be tested without a picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.model.errors import ContractError
from analysis.model.periods import Period

Mark = Literal["fill", "hatch", "line", "dashes", "dots", "circle", "diamond", "square", "triangle"]
"""How a key is drawn: ground filled or hatched, an outline whole, dashed or dotted, a mark of one of four shapes."""

SHAPES: tuple[Mark, ...] = ("circle", "diamond", "square", "triangle")

GROUND_COLUMNS = ("ground_code", "name", "key", "text")
MARK_COLUMNS = ("name", "easting", "northing", "key", "size", "text")


@dataclass(frozen=True)
class Key:
    """One entry of the legend: its words, its colour (#RRGGBB) and how it is drawn."""

    label: str
    colour: str
    mark: Mark = "fill"


@dataclass(frozen=True, eq=False)
class Ground:
    """Ground by class. ``heading`` names the statistic with its unit; ``keys`` are the classes, in legend order.

    ``table`` has ground_code, name, key (a position in ``keys``) and text (what a reader sees on pointing at it;
    lines are parted by a line feed). Ground that is not in it is left blank. One row a unit, sorted by code.
    """

    heading: str
    keys: tuple[Key, ...]
    table: pd.DataFrame

    def __post_init__(self) -> None:
        _check(self.table, GROUND_COLUMNS, self.keys, "ground")
        if self.table["ground_code"].duplicated().any():
            raise ContractError("A unit of ground stands twice in a map. Aggregate it first.")


@dataclass(frozen=True)
class Outline:
    """An area whose border is drawn: its key (line, dashes or dots) and its ground."""

    key: Key
    ground: frozenset[str]


@dataclass(frozen=True, eq=False)
class Marks:
    """Marks at points. ``table`` has name, easting, northing (metres), key, size and text.

    Size is pixels across a circle; the other shapes have its area, so that one size is one count whatever its kind.

    Approximate points, hotspots or places of a survey; never a shop or a door. Larger marks are drawn first, so
    that no small one is lost under them. ``raised`` marks stand as columns, as high as their size.
    """

    heading: str
    keys: tuple[Key, ...]
    table: pd.DataFrame
    raised: bool = False

    def __post_init__(self) -> None:
        _check(self.table, MARK_COLUMNS, self.keys, "marks")


@dataclass(frozen=True, eq=False)
class Cells:
    """Incidents by hexagon. ``table`` has cell (an H3 index), key and text; ``radius`` is centre to corner, in metres."""

    heading: str
    keys: tuple[Key, ...]
    table: pd.DataFrame
    radius: float

    def __post_init__(self) -> None:
        _check(self.table, ("cell", "key", "text"), self.keys, "cells")


@dataclass(frozen=True)
class Name:
    """A name on the map; ``first`` ones are placed before the others, and larger.

    On a screen it stands ``above`` pixels and ``over`` metres over its point, so that neither a mark nor a small
    area is covered by its own name. A still looks for room by itself.
    """

    text: str
    easting: float
    northing: float
    first: bool = False
    above: float = 0.0
    over: float = 0.0


@dataclass(frozen=True, eq=False)
class Shown:
    """A map with all that belongs to it.

    ``title`` says the finding, ``subtitle`` the statistic with its area, period and source, ``alt`` what a person
    who cannot see it needs, ``data`` the numbers drawn, ``caveat`` what it does not show. ``focus`` is the ground
    that the view takes in at first (all of it where empty). ``rests_on`` are the periods of its months, one alone or two
    set against each other, where they are not those of its answer.
    """

    title: str
    subtitle: str
    alt: str
    data: pd.DataFrame
    ground: Ground | None = None
    outlines: tuple[Outline, ...] = ()
    marks: Marks | None = None
    cells: Cells | None = None
    names: tuple[Name, ...] = ()
    focus: frozenset[str] = frozenset()
    caveat: str = ""
    rests_on: tuple[Period, ...] = ()

    @property
    def legend(self) -> tuple[tuple[str, tuple[Key, ...]], ...]:
        """The headings with their keys, in the order of the legend: ground, cells, marks, outlines."""
        parts = [(part.heading, part.keys) for part in (self.ground, self.cells, self.marks) if part]
        lines = tuple(dict.fromkeys(outline.key for outline in self.outlines))
        return (*parts, *((("Outlined", lines),) if lines else ()))

    def opens_on_part_of(self, ground: Iterable[str]) -> bool:
        """Return whether the view takes in some of this ground at first, and not all."""
        codes = frozenset(ground)
        return bool(self.focus & codes) and not codes <= self.focus


def _check(table: pd.DataFrame, columns: Iterable[str], keys: tuple[Key, ...], what: str) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ContractError(f"The {what} of a map lack the column {', '.join(missing)}.")
    if len(table) and not table["key"].between(0, len(keys) - 1).all():
        raise ContractError(f"The {what} of a map name a class that its legend does not have.")
