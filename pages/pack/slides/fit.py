"""What is too much for a slide: parted over further slides, or shortened to where the rest is; never clipped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.model import formats
from pages.pack.slides import measure
from pages.pack.slides.deck import (
    TEXT,
    Block,
    Charts,
    Column,
    Grid,
    GridCell,
    Legend,
    Line,
    Panels,
    Picture,
    Slide,
    Words,
)
from pages.pack.slides.legend import height_of, parted
from pages.pack.slides.page import GAP, TITLE_LINES, TITLE_SIZES, Box, Page, beside
from pages.pack.slides.panel import panel_height, panels_in
from pages.pack.slides.table import Laid, column_parts, lay_out

HANG = 16.0
"""Points that the text of a bullet stands in."""

AFTER = 7.0
"""Points between two paragraphs."""

MOST_LINES = 7
"""Lines of one paragraph; more is shortened, and stands whole in the notes."""

SIZES = (24.0, 22.0, 20.0, TEXT)
"""Points that text is tried in, from the largest."""

LARGEST_CELL, FEW_COLUMNS = 20.0, 4
"""Points of the largest cell, and columns of a table that has room for it: in more, larger letters make more lines."""

CHART_HEIGHT, CHART_WIDTH = 190.0, 200.0
"""Points that a chart needs at least for its axes in 18 points."""

SHORT = "What ends in “…” stands whole in the notes."


@dataclass(frozen=True)
class Placed:
    """A block with its box; for a table the widths of its columns and the heights of its rows, headings first."""

    block: Block
    box: Box
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """A slide whose blocks have their boxes."""

    slide: Slide
    title: str
    title_size: float
    blocks: tuple[Placed, ...]


def fitted(slide: Slide, page: Page) -> list[Fitted]:
    """Return the slide, and further ones where its text does not fit; with little on it, its letters are larger."""
    slide = _stacked(slide, page)
    title, size = title_of(slide.title, page, slide.short)
    for letters in SIZES:
        ready = _ready(_larger(slide, letters), page)
        placed, over = _placed(ready.columns, page, "")
        if not over or letters == TEXT:
            break
    if title != slide.title.strip().removesuffix("."):
        ready = replace(ready, notes=(slide.title, *ready.notes))
    made = [Fitted(ready, title, size, tuple(placed))]
    name, size = title_of(f"{title.rstrip(' …')} (continued)", page)
    while over:
        last = len(made) + 1 == slide.most
        placed, over = _placed((Column(tuple(over)),), page, slide.rest if last else "")
        if last and over:
            ready = replace(ready, notes=(*ready.notes, slide.rest))
        made.append(Fitted(ready, name, size, tuple(placed)))
        if last:
            break
    return made


def _larger(slide: Slide, letters: float) -> Slide:
    """Return a slide of words and tables alone with letters of this size; one with charts or panels as it is."""
    blocks = [block for column in slide.columns for block in column.blocks]
    if not all(isinstance(block, Words) or (isinstance(block, Grid) and not block.tight) for block in blocks):
        return slide

    def larger(block: Block) -> Block:
        if isinstance(block, Grid):
            few = len(block.heads) <= FEW_COLUMNS
            return replace(block, size=min(letters, LARGEST_CELL)) if few else block
        if isinstance(block, Words):
            return Words(tuple(replace(line, size=max(letters, line.size)) for line in block.lines))
        return block

    columns = (replace(column, blocks=tuple(map(larger, column.blocks))) for column in slide.columns)
    return replace(slide, columns=tuple(columns))


def _boxes(columns: tuple[Column, ...], page: Page) -> list[Box]:
    if not columns:
        return []
    return beside(page.body, tuple(each.share for each in columns), tuple(each.least for each in columns))


def _stacked(slide: Slide, page: Page) -> Slide:
    """Return the slide with its columns under each other where a table finds no room beside what else is on it."""
    whole: list[str] = []
    for column, box in zip(slide.columns, _boxes(slide.columns, page), strict=True):
        grids = [block for block in column.blocks if isinstance(block, Grid)]
        if any(len(column_parts(grid, box.width, whole)) > 1 for grid in grids):
            return replace(slide, columns=(Column(tuple(b for c in slide.columns for b in c.blocks)),))
    return slide


def title_of(title: str, page: Page, short: str = "") -> tuple[str, float]:
    """Return a title as it fits its box, and its size: the whole, else the ``short`` one, else as much as there is room for."""
    title = title.strip().removesuffix(".")
    room = page.title.width / page.wide
    lines = min(TITLE_LINES, int(page.title.height // (TITLE_SIZES[-1] * measure.LINE)) or 1)
    for size in TITLE_SIZES:
        deep = len(measure.wrapped(title, size, room, bold=True))
        if deep <= lines and deep * size * measure.LINE <= page.title.height:
            return title, size
    # half of what stands out would mislead: the first sentence alone, or as much of it as there is room for
    first = short or first_sentence(title)
    if first != title:
        return title_of(first, page)
    size = TITLE_SIZES[-1]
    return measure.shortened(title.strip(), size, room, lines, bold=True), size


def first_sentence(words: str) -> str:
    """Return the first sentence of a title, without its full stop."""
    return re.split(r"(?<=[a-z)%0-9])\. (?=[A-Z0-9“])", words.strip(), maxsplit=1)[0]


def _placed(columns: tuple[Column, ...], page: Page, rest: str) -> tuple[list[Placed], list[Block]]:
    """Return the blocks that fit with their boxes, and what is left over; with ``rest`` what is left is counted in its place."""
    placed: list[Placed] = []
    over: list[Block] = []
    for column, box in zip(columns, _boxes(columns, page), strict=True):
        left = box
        full = False
        waiting = list(column.blocks)
        while waiting:
            block = waiting.pop(0)
            if full:
                over.append(block)
                continue
            tail = f"{', and what follows' if waiting else ''}. {rest}" if rest else ""
            here, more = _place(block, left, page, tail)
            if here is not None:
                placed.append(here)
                used = here.box.height + GAP
                left = Box(left.left, left.top + used, left.width, left.height - used)
            if more is not None:
                over.append(more)
                full = True
    return placed, over


def _place(block: Block, box: Box, page: Page, rest: str) -> tuple[Placed | None, Block | None]:
    """Return a block with its box, and what of it is left over."""
    if isinstance(block, Words):
        return _place_words(block, box, rest)
    if isinstance(block, Grid):
        return _place_grid(block, box, rest)
    if isinstance(block, Panels):
        return _place_panels(block, box, page)
    return _place_legend(block, box, page) if isinstance(block, Legend) else _place_drawn(block, box, page)


def _place_drawn(block: Charts | Picture, box: Box, page: Page) -> tuple[Placed | None, Block | None]:
    if box.height < CHART_HEIGHT and not _is_whole(box, page):
        return None, block
    if isinstance(block, Picture):
        return Placed(block, box), None
    many = max(1, int(box.width // CHART_WIDTH))
    more = block.charts[many:]
    return Placed(Charts(block.charts[:many]), box), Charts(more) if more else None


def _is_whole(box: Box, page: Page) -> bool:
    """Return whether nothing stands above in this column: there is no more room on any other slide."""
    return box.height >= page.body.height - 1


def _place_panels(block: Panels, box: Box, page: Page) -> tuple[Placed | None, Block | None]:
    many = panels_in(box.width)
    cards, more = block.cards[:many], block.cards[many:]
    height = max((panel_height(card, box.width, len(cards)) for card in cards), default=0.0)
    if height > box.height and not _is_whole(box, page):
        return None, block
    return Placed(Panels(cards), replace(box, height=height)), Panels(more) if more else None


def _place_legend(block: Legend, box: Box, page: Page) -> tuple[Placed | None, Block | None]:
    height = height_of(block, box.width)
    if height <= box.height:
        return Placed(block, replace(box, height=height)), None
    if not _is_whole(box, page):
        return None, block
    here, more = parted(block, box)
    return Placed(here, box), more


# paragraphs


def line_height(line: Line, width: float) -> float:
    """Return how high a paragraph is in a box of this width, in points."""
    room = width - (HANG if line.bullet else 0.0)
    return measure.height_of(line.text, line.size, room, line.bold) + AFTER


def _place_words(block: Words, box: Box, rest: str) -> tuple[Placed | None, Words | None]:
    used = 0.0
    kept: list[Line] = []
    for at, line in enumerate(block.lines):
        height = line_height(line, box.width)
        if used + height > box.height:
            more = block.lines[at:]
            if rest:
                kept = _told(kept, len(more), rest, box)
                used = sum(line_height(each, box.width) for each in kept)
                told = Placed(Words(tuple(kept)), replace(box, height=used))
                return (told if used <= box.height else None), Words(tuple(more))
            # a heading does not stay behind alone
            while kept and kept[-1].bold:
                more = (kept.pop(), *more)
            if not kept:
                return None, Words(tuple(more))
            used = sum(line_height(each, box.width) for each in kept)
            return Placed(Words(tuple(kept)), replace(box, height=used)), Words(tuple(more))
        kept.append(line)
        used += height
    return Placed(block, replace(box, height=used)), None


def _told(kept: list[Line], more: int, rest: str, box: Box) -> list[Line]:
    """Return the lines with one at their end that says how many more there are, and where."""
    kept = list(kept)
    while True:
        last = Line(f"{formats.number(more)} more{rest}", bold=True)
        together = [*kept, last]
        if not kept or sum(line_height(each, box.width) for each in together) <= box.height:
            return together
        kept.pop()
        more += 1


def _ready(slide: Slide, page: Page) -> Slide:
    """Return the slide with wide tables parted by columns, and with paragraphs and cells of at most so many lines.

    What was shortened stands whole in the notes.
    """
    whole: list[str] = []
    columns = []
    for column, box in zip(slide.columns, _boxes(slide.columns, page), strict=True):
        blocks: list[Block] = []
        for block in column.blocks:
            if isinstance(block, Words):
                blocks.append(Words(tuple(_short(line, box.width, whole) for line in block.lines)))
            elif isinstance(block, Grid):
                blocks += column_parts(block, box.width, whole)
            else:
                blocks.append(block)
        columns.append(replace(column, blocks=tuple(blocks)))
    source = slide.source
    if whole:
        source = f"{source} {SHORT}".strip()
    return replace(slide, columns=tuple(columns), notes=(*slide.notes, *whole), source=source)


def _short(line: Line, width: float, whole: list[str]) -> Line:
    text = measure.shortened(line.text, line.size, width - HANG, MOST_LINES, line.bold)
    if text != line.text:
        whole.append(line.text)
    return replace(line, text=text)


def _place_grid(block: Grid, box: Box, rest: str) -> tuple[Placed | None, Grid | None]:
    laid = lay_out(block, box.width)
    many = laid.rows_in(box.height)
    if many == len(block.rows):
        return _laid(laid, box), None
    if rest:
        told = _told_rows(block, many, rest, box)
        return (_laid(told, box) if told.height <= box.height else None), block
    if many == 0:
        return None, block
    return _laid(laid.first(many), box), replace(block, rows=block.rows[many:])


def _laid(laid: Laid, box: Box) -> Placed:
    return Placed(laid.grid, replace(box, height=laid.height), laid.widths, laid.heights)


def _told_rows(block: Grid, many: int, rest: str, box: Box) -> Laid:
    """Return the first rows with one at their end that says how many more there are, and where."""
    while True:
        left = len(block.rows) - many
        last = (
            GridCell(f"{formats.number(left)} more{rest}", bold=True),
            *(GridCell("") for _ in block.heads[1:]),
        )
        laid = lay_out(replace(block, rows=(*block.rows[:many], last)), box.width)
        if laid.height <= box.height or not many:
            return laid
        many -= 1
