"""A slide as values, before it is fitted and drawn: its finding, blocks in columns, its source, and what is said in its notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.drawing.board import Standing
from analysis.drawing.cards import Card
from analysis.drawing.maps.shown import Key

FONT = "Arial"
"""Of all text but titles, also in an office's template: what is measured is what is drawn, on every machine."""

INK, QUIET, WHITE = "#16191D", "#3D3D3D", "#FFFFFF"

TEXT = 18.0
"""Points of the smallest text but for the source: what is read at the back of a room."""

MOST_SLIDES = 3
"""Slides that one table or list is parted over; of a longer one the last says where the rest is."""

FINE = 12.0
"""Points of source lines and of the number of a slide."""


@dataclass(frozen=True)
class Line:
    """A paragraph. ``bullet`` hangs it behind a dot, ``bold`` makes a heading of it."""

    text: str
    bold: bool = False
    bullet: bool = False
    size: float = TEXT
    colour: str = INK


@dataclass(frozen=True)
class Words:
    """Paragraphs under each other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GridCell:
    """A cell of a table: its text (line feeds part paragraphs), and the look of a verdict, where it is one."""

    text: str
    standing: Standing | None = None
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: headings and rows. The first column names the row. ``at_right`` are the columns of numbers.

    ``tight`` rows stand as near as their letters allow: a board has as many as fit a slide so, and not otherwise.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    at_right: frozenset[int] = frozenset()
    tight: bool = False
    size: float = TEXT


@dataclass(frozen=True)
class Panels:
    """Cards beside each other: a place, its verdict, its numbers in large type, what else stands out."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Series:
    """A line or a sort of column of a chart: a value for each category, None where there is none to draw."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    dashed: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """An editable chart. ``form`` is “lines”, “columns” (stacked) or “spans” (bars over days); ``title`` stands over it."""

    form: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    above: str = ""


@dataclass(frozen=True)
class Scatter:
    """An editable scatter: groups of points with their names. ``across`` and ``up`` name the axes with their units."""

    across: str
    up: str
    groups: tuple[tuple[str, str, tuple[tuple[float, float, str], ...]], ...]
    alt: str


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as PNG, made when it is drawn for a box of this shape (width over height)."""

    make: Callable[[float], bytes]
    alt: str


@dataclass(frozen=True)
class Charts:
    """Charts beside each other, of one scale each."""

    charts: tuple[Chart | Scatter, ...]


@dataclass(frozen=True)
class Legend:
    """What colours, lines and marks mean: headings with their keys, in a row (``across``) or under each other."""

    parts: tuple[tuple[str, tuple[Key, ...]], ...]
    across: bool = False


Block = Words | Grid | Panels | Charts | Picture | Legend


@dataclass(frozen=True)
class Column:
    """Blocks under each other, in this share of the slide's width, and in no fewer points than ``least``."""

    blocks: tuple[Block, ...]
    share: float = 1.0
    least: float = 0.0


@dataclass(frozen=True)
class Slide:
    """One slide. ``title`` states the finding; ``source`` stands under it in small type; ``notes`` are the speaker's.

    ``rest`` says where the rest of what is parted over ``most`` slides is found; ``opening`` is the first slide of all, with
    lines ``under`` its title; ``short`` is said where the title finds no room.
    """

    title: str
    columns: tuple[Column, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    rest: str = "The rest is in the workbook of the pack."
    most: int = MOST_SLIDES
    opening: bool = False
    under: str = ""
    short: str = ""


def bullets(*lines: str) -> Words:
    """Return sentences as a list."""
    return Words(tuple(Line(each, bullet=True) for each in lines if each))
