"""The slides of the outcomes: the answer in short, the board, a slide an area, and where a review's figures differ."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.drawing.answer import SIMULATED_SOURCE, DrawnFigure, Unanswered
from analysis.drawing.board import GLYPHS, SHORT_WORDS, Board, Cell, board_sentence
from analysis.drawing.board import Column as Place
from analysis.drawing.figure import SOURCE, Table
from analysis.model.english import counted, first_of, lower_first
from analysis.model.formats import MISSING
from pages.pack.contents import Contents
from pages.pack.slides.blocks import (
    Piece,
    coverage_lines,
    grid_of,
    key_of_lines,
    on_slides,
    piece,
    said_of,
    said_once,
    sentences,
    source_of,
    unplaced,
)
from pages.pack.slides.deck import Block, Chart, Charts, Column, Grid, GridCell, Line, Slide, Words, bullets
from pages.pack.slides.kinds import native

SMALL = "No percentage is given on a base under 50."

NO_AREA = "No area is chosen, so no change can be shown. Choose areas and make the pack again."

HIDDEN = "not given"
"""What stands for a percentage on a small base: the source line says why in the same words."""

MOST_BOARDS = 12
"""Slides of one board: some forty places of three to a slide."""

BESIDE = (1.6, 1.0)
"""Shares of a centre's slide for its table, and for its chart."""


def in_short(contents: Contents) -> list[Slide]:
    """Return the answer that a chair could read out."""
    of = _board_of(contents)
    if of is None:
        return []
    if not isinstance(of.part, Board):
        return [_why(contents, of)]
    board = of.part
    if not board.by_key:
        return [_none(contents, of)]
    first, *named = sentences(board.sentence)
    lines = [*named, *sentences(board.rest), board.compared]
    return [
        Slide(
            first.rstrip("."),
            (Column((bullets(*lines),)),),
            _source(contents, board),
            (board.sentence, board.rest, board.compared, *_said(of)),
        )
    ]


def board(contents: Contents) -> list[Slide]:
    """Return the board as a table: the areas chosen on one slide, proposed centres on the next."""
    of = _board_of(contents)
    if of is None or not isinstance(of.part, Board):
        return []
    shown = of.part
    chosen = [at for at, place in enumerate(shown.columns) if not place.proposed]
    proposed = [at for at, place in enumerate(shown.columns) if place.proposed]
    slides = []
    for columns, what in ((chosen, ""), (proposed, "Proposed centres: ")):
        if not columns:
            continue
        cells = [row[at] for row in shown.cells for at in columns]
        if not cells:
            continue
        sentence = board_sentence(cells, names_in(shown))
        proposals = _proposals(shown, columns)
        source = " ".join((*proposals, SMALL, source_of_board(contents))) if what else ""
        slides.append(
            Slide(
                f"{what}{lower_first(sentence) if what else sentence}",
                (Column((board_grid(shown, columns),)),),
                source or f"{shown.compared} {SMALL} {source_of_board(contents)}",
                (sentence, shown.compared, *proposals, *_said(of)),
                short=f"{what}{counted_first(sentence)}",
                most=MOST_BOARDS,
            )
        )
    return slides


def board_grid(shown: Board, columns: list[int]) -> Grid:
    """Return these places of a board as a table: counts and percentage over the verdict in each cell."""
    heads = ("Crime type", *(shown.columns[at].short for at in columns))
    rows = tuple(
        (GridCell(crime_type, bold=True), *(_board_cell(row[at]) for at in columns))
        for crime_type, row in zip(shown.rows, shown.cells, strict=True)
    )
    return Grid(heads, rows, tight=True)


def areas(contents: Contents) -> list[Slide]:
    """Return a slide for each area chosen: its changes with their verdicts, and the months of the one that stands out."""
    of = _board_of(contents)
    if of is None or not isinstance(of.part, Board):
        return []
    return [
        _area(contents, of, of.part, at) for at, place in enumerate(of.part.columns) if not place.proposed
    ]


def published(contents: Contents) -> list[Slide]:
    """Return where a review's printed figures and the months held differ; nothing without a review."""
    of = piece(contents.chapter("overview"), "differing")
    if of is None or not isinstance(of.part, Table):
        return []
    table = of.part
    if table.shown.empty:
        blocks: tuple[Block, ...] = (bullets(*table.notes),)
    else:
        period = said_once(table, "Period")
        without = ("Period",) if period else ()
        grid = grid_of(table, names={"Crime / Incident Type": "Crime type"}, without=without)
        blocks = (grid, *((bullets(period),) if period else ()))
    return [Slide(table.title, (Column(blocks),), source_of(table), said_of(of))]


def _area(contents: Contents, of: Piece, shown: Board, at: int) -> Slide:
    place = shown.columns[at]
    cells = [row[at] for row in shown.cells]
    sentence = board_sentence(cells, names_in(shown))
    rows = tuple(
        (
            GridCell(cell.crime_type, bold=True),
            GridCell(_together(cell.counts)),
            GridCell(change_in(cell)),
            GridCell(_verdict(cell), cell.standing),
        )
        for cell in cells
    )
    table = Grid(("Crime type", "Recorded", "Change", "Verdict"), rows, frozenset({1, 2}))
    beside, said = _months(piece(of.chapter, "monthly"), place, cells)
    lead = next(
        (words for name, words in _leads(contents) if name == place.name),
        "",
    )
    columns = (Column((table,), BESIDE[0]), Column(beside, BESIDE[1])) if beside else (Column((table,)),)
    return Slide(
        f"{place.name}: {lower_first(sentence)}",
        columns,
        f"{shown.compared} {SMALL} {source_of_board(contents)}",
        notes=(sentence, lead, *(cell.named for cell in cells), shown.compared, *said, *_said(of)),
        short=f"{place.name}: {lower_first(counted_first(sentence))}",
    )


def _months(
    months: Piece | None, place: Place, cells: list[Cell]
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the chart of the crime type that stands out most in a place, by month; none where none can be drawn."""
    if months is None or not isinstance(months.part, DrawnFigure):
        return (), ()
    order = {"rose more": 0, "fell less": 1, "fell more": 2, "rose less": 3}
    first = min(cells, key=lambda cell: order.get(cell.standing, len(order)))
    charts = [
        each
        for each in native(months.part)
        if isinstance(each, Chart) and each.title == place.name and each.above == first.crime_type
    ]
    if not charts:
        return (), ()
    caveat = unplaced(months.part.caveat)
    blocks: tuple[Block, ...] = (
        Words((Line(f"{first.crime_type}, month by month", bold=True),)),
        key_of_lines(charts[0]),
        Charts((replace(charts[0], title=""),)),
    )
    return blocks, (charts[0].alt, caveat)


def counted_first(sentence: str) -> str:
    """Return how many changes stand out, without which: half of their names would be taken for all."""
    return re.split(r"(?<=ups and downs)[.:]", sentence, maxsplit=1)[0]


def _board_cell(cell: Cell) -> GridCell:
    return GridCell(
        _together(f"{cell.counts}  {cell.percent}".rstrip()) + f"\n{_verdict(cell)}", cell.standing
    )


def change_in(cell: Cell) -> str:
    """Return a change in per cent; “not given” on a small base, a dash where a count is missing."""
    return cell.percent or (MISSING if MISSING in cell.counts else HIDDEN)


def _verdict(cell: Cell) -> str:
    return _together(f"{GLYPHS[cell.standing]} {SHORT_WORDS[cell.standing]}".strip())


def _together(words: str) -> str:
    """Return words that are never parted at the end of a line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _board_of(contents: Contents) -> Piece | None:
    return piece(contents.chapter("overview"), "board")


def names_in(shown: Board) -> dict[str, str]:
    """Return the places of a board's cells as its sentence calls them."""
    return {
        cell.place: f"{place.short}{' (proposed)' if place.proposed else ''}"
        for row in shown.cells[:1]
        for cell, place in zip(row, shown.columns, strict=True)
    }


def _leads(contents: Contents) -> tuple[tuple[str, str], ...]:
    chapter = contents.chapter("overview")
    return chapter.leads if chapter is not None else ()


def _proposals(shown: Board, columns: list[int]) -> tuple[str, ...]:
    return tuple(
        f"{shown.columns[at].name}: {shown.columns[at].proposed}."
        for at in columns
        if shown.columns[at].proposed
    )


def _said(of: Piece) -> tuple[str, ...]:
    return (*coverage_lines(of.chapter.certificate), f"On the screen: page “{of.chapter.name}”.")


def _source(contents: Contents, shown: Board) -> str:
    """Return whose changes a board counts, of which months, and where they come from."""
    names = [place.name for place in shown.columns if not place.proposed]
    proposed = len(shown.columns) - len(names)
    beside = f"{', and ' if names else ''}{counted(proposed, 'proposed centre')}" if proposed else ""
    facts = contents.facts
    return (
        f"{first_of(names)}{beside}; "
        f"{facts.baseline.label} against {facts.comparison.label}. {source_of_board(contents)}"
    )


def source_of_board(contents: Contents) -> str:
    """Return where the counts of a board come from."""
    return SIMULATED_SOURCE if contents.simulated else SOURCE


def _none(contents: Contents, of: Piece) -> Slide:
    return Slide(of.chapter.question, (Column((bullets(NO_AREA),)),), "", (NO_AREA, *_said(of)))


def _why(contents: Contents, of: Piece) -> Slide:
    words = of.part.sentence if isinstance(of.part, Unanswered) else ""
    chapter = contents.chapter("overview")
    return Slide(
        chapter.question if chapter else contents.title,
        (Column((Words((Line(on_slides(words)),)),)),),
        "",
        (words, *_said(of)),
    )
