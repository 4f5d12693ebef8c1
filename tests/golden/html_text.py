"""The words and tables of a piece of HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.golden.values import text

_BLOCKS = {"p", "li", "div", "section", "footer", "header", "br", "h1", "h2", "h3", "h4", "ul", "ol", "table"}
_UNSHOWN = {"style", "script"}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


@dataclass
class Cell:
    """One cell of a table."""

    heading: bool
    scope: str
    rows: int
    columns: int
    words: str = ""


@dataclass
class HtmlTable:
    """A table as rows of cells; those of its head first."""

    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)

    def named(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return a row's name, of its headings, and its columns with their values; row by row."""
        columns = [cell.words for line in self.head[-1:] for cell in line for _ in range(cell.columns)]
        spans: dict[int, tuple[Cell, int]] = {}
        out = []
        for line in self.body:
            cells, waiting = [], list(line)
            while waiting or len(cells) in spans:
                at = len(cells)
                if at in spans:
                    cell, left = spans.pop(at)
                    if left > 1:
                        spans[at] = (cell, left - 1)
                else:
                    cell = waiting.pop(0)
                    if cell.rows > 1:
                        spans[at] = (cell, cell.rows - 1)
                cells.extend([cell] * cell.columns)
            heads = columns + [""] * (len(cells) - len(columns))
            name = " / ".join(cell.words for cell in cells if cell.heading)
            values = [
                (head, cell.words) for head, cell in zip(heads, cells, strict=False) if not cell.heading
            ]
            out.append((name, values))
        return out


class Html(HTMLParser):
    """What a piece of HTML shows: lines of words in order, and tables."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.tables: list[HtmlTable] = []
        self._line: list[str] = []
        self._unshown = 0
        self._in_head = False
        self._cell: Cell | None = None
        self.feed(source)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._unshown += tag in _UNSHOWN
        if tag in _BLOCKS or given.get("class") == "key":
            self._end()
        if tag == "table":
            self.tables.append(HtmlTable())
        elif tag in ("thead", "tbody"):
            self._in_head = tag == "thead"
        elif tag == "tr" and self.tables:
            table = self.tables[-1]
            (table.head if self._in_head else table.body).append([])
        elif tag in ("td", "th") and self.tables:
            self._cell = Cell(
                tag == "th",
                given.get("scope", ""),
                int(given.get("rowspan") or 1),
                int(given.get("colspan") or 1),
            )
            table = self.tables[-1]
            (table.head if self._in_head else table.body)[-1].append(self._cell)
        elif "style" in given and (colour := _COLOUR.search(given["style"])):
            # a key of a legend is its colour as much as its words
            self._line.append(f"[{colour[0]}{' striped' if 'repeating' in given['style'] else ''}] ")

    def handle_endtag(self, tag: str) -> None:
        self._unshown -= tag in _UNSHOWN
        if tag in _BLOCKS:
            self._end()
        elif tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._unshown:
            return
        if self._cell is not None:
            self._cell.words = text(f"{self._cell.words}{data}")
        else:
            self._line.append(data)

    def _end(self) -> None:
        if words := text("".join(self._line)):
            self.lines.append(words)
        self._line = []
