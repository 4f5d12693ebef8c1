"""A table on a slide: how wide its columns and how high its rows are, in 18 points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.pack.slides import measure
from pages.pack.slides.deck import Grid, GridCell

ACROSS, UPRIGHT = 6.0, 3.5
"""Points between a cell's text and its edges."""

TIGHT = 0.2
"""The same above and below, where rows stand as near as they can."""

CELL_LINES = 7
"""Lines of a cell, for each of its paragraphs; more is shortened, and stands whole in the notes."""

TOLD = ("fell more", "rose more", "fell less", "rose less")
"""Verdicts that are written in bold."""

LONGEST = 0.34
"""Of the table's width that a single long word may ask for: a longer one is broken."""


@dataclass(frozen=True)
class Laid:
    """A table with the widths of its columns and the heights of its rows, the headings first, in points."""

    grid: Grid
    widths: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """The height of all of it."""
        return sum(self.heights)

    def rows_in(self, height: float) -> int:
        """Return how many of its rows fit under the headings into this height."""
        used, many = self.heights[0], 0
        for row in self.heights[1:]:
            used += row
            if used > height:
                break
            many += 1
        return many

    def first(self, rows: int) -> Laid:
        """Return its first rows."""
        return Laid(replace(self.grid, rows=self.grid.rows[:rows]), self.widths, self.heights[: rows + 1])


def lay_out(grid: Grid, width: float) -> Laid:
    """Return the table as wide as this, in points."""
    widths = _widths(grid, width)
    if widths is None:  # a name of one long word: its letters are broken over lines
        widths = (width / len(grid.heads),) * len(grid.heads)
    heads = tuple(GridCell(head, bold=True) for head in grid.heads)
    head, *rows = (
        max(_cell_height(grid, cell, each) for cell, each in zip(row, widths, strict=True))
        + 2 * upright(grid)
        for row in (heads, *grid.rows)
    )
    return Laid(grid, widths, (head, *rows))


def column_parts(grid: Grid, width: float, whole: list[str]) -> list[Grid]:
    """Return the table in parts whose columns fit beside each other, the first column in each, long cells shortened.

    What was shortened is added to ``whole``.
    """
    parts: list[Grid] = []
    columns = list(range(1, len(grid.heads)))
    while columns or not parts:
        many = len(columns)
        while many > 1 and _widths(_only(grid, columns[:many]), width) is None:
            many -= 1
        part = _only(grid, columns[:many])
        columns = columns[many:]
        widths = _widths(part, width) or (width / len(part.heads),) * len(part.heads)
        parts.append(_with_short_cells(part, widths, whole))
    return parts


def _only(grid: Grid, columns: list[int]) -> Grid:
    take = [0, *columns]
    return replace(
        grid,
        heads=tuple(grid.heads[at] for at in take),
        rows=tuple(tuple(row[at] for at in take) for row in grid.rows),
        at_right=frozenset(new for new, at in enumerate(take) if at in grid.at_right),
    )


def _with_short_cells(grid: Grid, widths: tuple[float, ...], whole: list[str]) -> Grid:
    rows = []
    for row in grid.rows:
        cells = []
        for cell, width in zip(row, widths, strict=True):
            room = width - 2 * ACROSS
            text = "\n".join(
                measure.shortened(each, grid.size, room, CELL_LINES, _is_bold(cell))
                for each in cell.text.split("\n")
            )
            if text != cell.text:
                whole.append(": ".join(filter(None, (row[0].text, cell.text))))
            cells.append(replace(cell, text=text))
        rows.append(tuple(cells))
    return replace(grid, rows=tuple(rows))


def upright(grid: Grid) -> float:
    """Return the points above and below the text of a table's cells."""
    return TIGHT if grid.tight else UPRIGHT


def _is_bold(cell: GridCell) -> bool:
    return cell.bold or cell.standing in TOLD


def _cell_height(grid: Grid, cell: GridCell, width: float) -> float:
    room = width - 2 * ACROSS
    return sum(measure.height_of(each, grid.size, room, _is_bold(cell)) for each in cell.text.split("\n"))


def _widths(grid: Grid, width: float) -> tuple[float, ...] | None:
    """Return the widths of the columns, None where their longest words do not fit beside each other.

    Each has what its longest word needs, and of what is left a share by how much wider it would like to be.
    """
    least, wanted = [], []
    for at, head in enumerate(grid.heads):
        cells = [(head, True), *((row[at].text, _is_bold(row[at])) for row in grid.rows)]
        lines = [(line, bold) for text, bold in cells for line in text.split("\n")]
        word = max(measure.longest_word(line, grid.size, bold) for line, bold in lines) / measure.SLACK
        line = max(measure.width_of(line, grid.size, bold) for line, bold in lines) / measure.SLACK
        least.append(min(word, LONGEST * width) + 2 * ACROSS + 1)
        wanted.append(max(line + 2 * ACROSS + 1, least[-1]))
    if sum(least) > width:
        return None
    if sum(wanted) <= width:
        spare = (width - sum(wanted)) / len(wanted)
        return tuple(each + spare for each in wanted)
    left, more = width - sum(least), sum(wanted) - sum(least)
    return tuple(low + left * (high - low) / more for low, high in zip(least, wanted, strict=True))
