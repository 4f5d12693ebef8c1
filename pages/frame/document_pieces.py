"""A document of the project in pieces: what Streamlit draws as Markdown, and tables that scroll by themselves.

Streamlit's own tables of Markdown scroll in a box that no key reaches; ours are those of every other page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.drawing import encoded

_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+\s*\Z")
"""The line under the headings of a table of Markdown."""
_PART = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_STRONG, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class DocumentTable:
    """A table of a document: the heading it stands under, the headings of its columns, and its rows of cells."""

    under: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of a document: its title, and its text without it."""

    title: str
    text: str


def chapters(text: str) -> list[Chapter]:
    """Return what stands before the first heading of the second level, then what stands under each of them."""
    first, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    parts = [each.partition("\n") for each in rest]
    return [Chapter("", first), *(Chapter(title.strip(), body) for title, _, body in parts)]


@lru_cache(maxsize=64)
def pieces(text: str) -> tuple[str | DocumentTable, ...]:
    """Return the document's Markdown and its tables, in order."""
    return tuple(_pieces(text.split("\n")))


def _pieces(lines: list[str]) -> Iterator[str | DocumentTable]:
    kept: list[str] = []
    under, at = "", 0
    while at < len(lines):
        heading = _HEADING.match(lines[at])
        if heading:
            under = heading[1]
        if not (lines[at].startswith("|") and at + 1 < len(lines) and _RULE.match(lines[at + 1])):
            kept.append(lines[at])
            at += 1
            continue
        end = at + 2
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        if "\n".join(kept).strip():
            yield "\n".join(kept)
        kept = []
        yield DocumentTable(under, _cells(lines[at]), tuple(_cells(line) for line in lines[at + 2 : end]))
        at = end
    if "\n".join(kept).strip():
        yield "\n".join(kept)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _PART.split(line.strip().strip("|")))


def html_of(table: DocumentTable) -> str:
    """Return a table of a document as HTML in a box that scrolls, with the marks that its cells bear."""
    heads = "".join(f'<th scope="col">{_marked(cell)}</th>' if cell else "<td></td>" for cell in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{_marked(first)}</th>{"".join(f"<td>{_marked(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in table.rows
    )
    label = encoded.html_text(f"Table under “{_plain(table.under)}”")
    return (
        f'<div class="table document" tabindex="0" role="group" aria-label="{label}"><table class="numbers">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _marked(cell: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", encoded.html_text(cell)))


def _plain(words: str) -> str:
    return re.sub(r"[*`]", "", words)
