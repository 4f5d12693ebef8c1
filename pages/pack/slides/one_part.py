"""One slide of one part: cards, a table, a chart, months, a map with its legend, lists under their kinds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.drawing.answer import DrawnFigure
from analysis.drawing.board import Cell, board_sentence, short_names
from analysis.drawing.cards import Cards
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.model import formats
from analysis.model.english import lower_first, upper_first
from pages.pack.contents import Chapter, Contents
from pages.pack.pictures import map_lines
from pages.pack.slides.blocks import (
    EMPTY,
    cards_of,
    chart_of,
    first_sentences,
    grid_of,
    key_of_lines,
    left_out,
    map_of,
    on_slides,
    piece,
    said_of,
    source_of,
    unplaced,
)
from pages.pack.slides.deck import Block, Chart, Charts, Column, Legend, Line, Slide, Words, bullets
from pages.pack.slides.kinds import native

MAP_SHARES = (1.95, 1.0)
"""Shares of a slide for a map, and for what is said beside it."""

KEYS = 290.0
"""Points that a map’s legend needs for its longest words in one line."""

OUTLINES = "Boundaries: ONS, OGL v3.0; contain OS data © Crown copyright and database right."
"""What stands under a map of the ONS’s outlines, short; its notes have it whole."""

PANELS = 3
"""Places whose charts stand on one slide."""


def cards_slide(
    chapter: Chapter | None,
    titled: str,
    before: str,
    after: list[str] | None = None,
    said: tuple[str, ...] = (),
) -> list[Slide]:
    """Return the cards of a chapter; the title is that of another part of it, which says the finding."""
    of, title = piece(chapter, "cards"), piece(chapter, titled)
    if chapter is None or of is None or not isinstance(of.part, Cards):
        return []
    finding = (
        title.part.title
        if title is not None and isinstance(title.part, Table | DrawnFigure)
        else chapter.question
    )
    _, colon, short = finding.partition(": ")
    finding = short if colon and isinstance(title.part if title else None, DrawnFigure) else finding
    blocks = cards_of(of.part)
    words = [each for each in (_recorded(chapter) if after is None else after) if each]
    if words:
        blocks = (*blocks, bullets(*words))
    source = source_of(title.part) if title is not None else ""
    name = f"{before}{lower_first(finding)}" if before else upper_first(finding)
    return [Slide(name, (Column(blocks),), source, (*said, *said_of(of, title)))]


def cards_sentence(cards: Cards) -> str:
    """Return how many changes of the cards are more than ordinary ups and downs, as the board says it of its cells."""
    cells = [
        Cell(
            "",
            card.place,
            upper_first(card.subject),
            "",
            "",
            card.standing,
            rose=card.standing in ("rose more", "rose less"),
        )
        for card in cards.cards
        if card.standing is not None
    ]
    return board_sentence(cells, short_names([cell.place for cell in cells]))


def _recorded(chapter: Chapter) -> list[str]:
    """Return the first sentence said of each place."""
    leads = next((section.leads for section in chapter.sections if section.leads), ())
    names = short_names([place for place, _ in leads])
    return [f"{names[place]}: {lower_first(first_sentences(words))}" for place, words in leads]


@dataclass(frozen=True)
class Wanted:
    """How a table of a page stands on its slide: headings of other ``names``, columns it is ``without``, what is said ``after``.

    ``named`` puts the page's name before its title, where that does not say of what it is.
    """

    names: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    named: bool = False


AS_ON_THE_PAGE = Wanted()


def table_slide(
    chapter: Chapter | None, name: str, section: str = "", wanted: Wanted = AS_ON_THE_PAGE
) -> list[Slide]:
    """Return a table as on the page; nothing where the page has none, or why not in its place."""
    of = piece(chapter, name, section)
    if of is None or not isinstance(of.part, Table):
        return []
    table = of.part
    grid = grid_of(table, names=dict(wanted.names), without=wanted.without)
    blocks: list[Block] = [grid if grid.rows else bullets(*map(on_slides, table.notes))]
    if any(wanted.after):
        blocks.append(bullets(*wanted.after))
    return [
        Slide(
            with_page(chapter, table.title) if wanted.named else table.title,
            (Column(tuple(blocks)),),
            source_of(table),
            (*said_of(of), *left_out(table, grid)),
            rest=rest_on(chapter),
        )
    ]


def figure_slide(chapter: Chapter | None, name: str) -> list[Slide]:
    """Return a figure as editable charts or as a picture."""
    of = piece(chapter, name)
    if of is None or not isinstance(of.part, DrawnFigure):
        return []
    blocks, said = chart_of(of.part)
    return [Slide(of.part.title, (Column(blocks),), source_of(of.part), (*said, *said_of(of)))]


def months_slide(chapter: Chapter | None, name: str) -> list[Slide]:
    """Return the months of the first places as charts beside each other, one scale each."""
    of = piece(chapter, name)
    if of is None or not isinstance(of.part, DrawnFigure):
        return []
    figure = of.part
    charts = [each for each in native(figure) if isinstance(each, Chart)]
    if not charts:
        return figure_slide(chapter, name)
    shown, more = tuple(charts[:PANELS]), len(charts) - PANELS
    # the line of the page names every place that it draws, a slide those that stand on it
    drawn, here = (", ".join(dict.fromkeys(each.title for each in some)) for some in (charts, shown))
    rest = f"{formats.number(more)} more places are in the workbook of the pack." if more > 0 else ""
    return [
        Slide(
            figure.title,
            (Column((key_of_lines(shown[0]), Charts(shown))),),
            source_of(figure).replace(drawn, here),
            (rest, *(chart.alt for chart in shown), *said_of(of)),
        )
    ]


def map_slide(contents: Contents, chapter: Chapter | None, said: tuple[str, ...]) -> list[Slide]:
    """Return a map with its legend beside it, as shapes and words that can be edited."""
    of = piece(chapter, "map")
    if of is None or not isinstance(of.part, Shown) or contents.land is None:
        return []
    shown = of.part
    columns = (
        Column((map_of(shown, contents.land),), MAP_SHARES[0]),
        Column((Legend(shown.legend),), MAP_SHARES[1], KEYS),
    )
    source = f"{source_of(shown)} {OUTLINES if not (contents.simulated or contents.land.approximate) else ''}"
    notes = (on_slides(shown.alt), *map(unplaced, map_lines(contents, shown)), *said, *said_of(of))
    return [Slide(shown.title, columns, source.strip(), notes)]


def lists_slide(chapter: Chapter | None, name: str) -> list[Slide]:
    """Return a table of what is done, planned and worried about as lists under their kinds."""
    of = piece(chapter, name)
    if of is None or not isinstance(of.part, Table):
        return []
    table = of.part.shown.reset_index().astype(str)
    lines: list[Line] = []
    for kind in dict.fromkeys(table.iloc[:, 0]):
        rows = table.loc[table.iloc[:, 0] == kind]
        lines += [Line(kind, bold=True), *(Line(line_of(row), bullet=True) for _, row in rows.iterrows())]
    return [
        Slide(
            with_page(chapter, of.part.title),
            (Column((Words(tuple(lines)),)),),
            source_of(of.part),
            said_of(of),
            rest=rest_on(chapter),
        )
    ]


def lines_of(table: Table) -> list[str]:
    """Return the rows of a table as lines of a list."""
    return [line_of(row) for _, row in table.shown.reset_index().astype(str).iterrows()]


MEANT = ("When", "How many", "Delivered", "Status", "Note")
"""What stands behind the name of an action or a deliverable, in this order."""


def line_of(row: pd.Series) -> str:
    """Return a row as a line: what it is, and behind it when, how many, how it stands."""
    what = row.get("What") or row.get("Deliverable") or row.iloc[0]
    more = [
        row[name]
        for name in MEANT
        if name in row.index and row[name] not in (*EMPTY, "nan", "no number given")
    ]
    return f"{what}: {'; '.join(more)}" if more else str(what)


def with_page(chapter: Chapter | None, title: str) -> str:
    """Return a title with the page's name before it."""
    return f"{chapter.name}: {lower_first(title)}" if chapter is not None else title


def rest_on(chapter: Chapter | None) -> str:
    """Return the sentence that says where the rest of a long table is."""
    page = f"on the page “{chapter.name}” and " if chapter is not None else ""
    return f"The rest is {page}in the workbook of the pack."
