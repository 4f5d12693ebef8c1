"""The pack as one HTML file: opens without a network, prints on A4, charts and maps inside it as pictures.

Nothing in it is a script but its manifest, which no browser runs; its policy lets no browser fetch or run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from analysis.drawing.answer import DrawnFigure, Part, Text, Unanswered
from analysis.drawing.board import GLYPHS, SHORT_WORDS, WORDS, Board, Reason
from analysis.drawing.cards import Cards
from analysis.drawing.certificate import Certificate
from analysis.drawing.encoded import html_text, json_in_html
from analysis.drawing.figure import Table
from analysis.drawing.line import CARD, CELL
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.small import SmallMap
from pages.frame import document_pieces
from pages.frame.html_table import html_table
from pages.pack import manifest, pictures, written
from pages.pack.contents import Chapter, Contents, NamedPart, Section
from pages.pack.plain import CERTIFICATE, certificate_key, plain_table

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

WIDE = 9
"""From so many columns on a table is set small enough for the width of A4."""

MOST_ROWS = 120
"""Rows of numbers behind a chart that stand in the page; the workbook and the CSV files have all of all."""

BASELINE, COMPARISON = "#767E86", "#12436D"


def write(contents: Contents, path: Path) -> None:
    """Write the page of a pack."""
    path.write_text(page(contents), encoding="utf-8")


def page(contents: Contents) -> str:
    """Return the page of a pack."""
    return "\n".join(_Page(contents).all())


class _Page:
    """A page being written."""

    def __init__(self, contents: Contents) -> None:
        self._contents, self._seen = contents, set[tuple[str, ...]]()

    def all(self) -> Iterator[str]:
        contents = self._contents
        title = html_text(contents.title)
        yield f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        yield f'<meta name="viewport" content="width=device-width"><style>{_style()}</style></head><body>'
        yield from self._cover(title)
        for at, chapter in enumerate(contents.chapters):
            first = ' class="print-first"' if len(contents.chapters) == 1 and at == 0 else ""
            yield f"<section{first}>"
            yield from self._chapter(chapter)
            yield "</section>"
        yield from self._footer()
        plain = json_in_html(manifest.text(contents.manifest))
        yield f'<script type="application/json" id="manifest">{plain}</script>'
        yield "</body></html>"

    def _cover(self, title: str) -> Iterator[str]:
        contents = self._contents
        yield f"<header><h1>{title}</h1>"
        if contents.body:
            yield f"<p>{html_text(contents.body)}</p>"
        yield self._mark()
        yield '<dl class="facts">'
        yield "".join(
            f"<dt>{html_text(name)}</dt><dd>{html_text(words)}</dd>"
            for name, words in written.facts(contents)
        )
        yield "</dl>"
        yield _list(written.reminders())
        if len(contents.chapters) > 1:
            links = "".join(
                f'<li><a href="#{html_text(chapter.key)}">{html_text(chapter.name)}: {html_text(chapter.question)}</a></li>'
                for chapter in contents.chapters
            )
            yield f'<nav aria-label="Contents"><ol>{links}</ol></nav>'
        yield "</header>"

    def _mark(self) -> str:
        mark = written.mark(self._contents)
        return f'<p class="mark">{html_text(mark)}</p>' if mark else ""

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        yield f'<h2 id="{html_text(chapter.key)}">{html_text(chapter.question)}</h2>'
        yield f'<p class="page">{html_text(chapter.name)}</p>'
        yield self._mark()
        if chapter.document:
            yield f'<div class="document">{_document(chapter.document)}</div>'
        for section in chapter.sections:
            yield from self._section(section)
        if chapter.notes:
            yield "<h3>Keep in mind</h3>"
            yield _list(chapter.notes)

    def _section(self, section: Section) -> Iterator[str]:
        if section.key == CERTIFICATE:
            said = {certificate_key(each.part) for each in section.parts}
            if said <= self._seen:
                return
            self._seen |= said
        if section.title:
            yield f"<h3>{html_text(section.title)}</h3>"
        for words in section.said:
            yield f"<p>{html_text(words)}</p>"
        for place, words in section.leads:
            yield f'<p class="lead"><strong>{html_text(place)}.</strong> {html_text(words)}</p>'
        for named in section.parts:
            yield from self._part(named)
        for words in section.below:
            yield f'<p class="fine">{html_text(words)}</p>'

    def _part(self, named: NamedPart) -> Iterator[str]:
        part: Part = named.part
        if isinstance(part, Text):
            yield f"<p>{html_text(part.text)}</p>"
        elif isinstance(part, Unanswered):
            yield f'<p class="why">{html_text(part.sentence)}</p>'
        elif isinstance(part, Board):
            yield from _board(part)
        elif isinstance(part, Reason):
            yield from _reason(part)
        elif isinstance(part, Cards):
            yield from _cards(part)
        elif isinstance(part, Table):
            yield from _table(part)
        elif isinstance(part, DrawnFigure):
            yield from _figure(part)
        else:
            yield from self._map(part)
        if not isinstance(part, Text):
            yield from _coverage(named.whole)

    def _map(self, part: Shown) -> Iterator[str]:
        png = pictures.map_png(self._contents, part)
        lines = (pictures.map_subtitle(self._contents, part), *pictures.map_lines(self._contents, part))
        said = "".join(f'<p class="fine">{html_text(line)}</p>' for line in lines)
        yield _heads(part.title, "")
        if png is None:
            yield said
            return
        # what stands in the picture is not printed twice
        yield _picture(pictures.data_address(png, "png"), f"Map. {part.alt}")
        yield f"<details><summary>What is said in the picture</summary>{said}</details>"

    def _footer(self) -> Iterator[str]:
        contents = self._contents
        lines = (contents.body, contents.release, written.source(contents), written.mark(contents))
        yield f"<footer>{'<br>'.join(html_text(line) for line in lines if line)}</footer>"


def _heads(title: str, subtitle: str) -> str:
    under = f'<p class="subtitle">{html_text(subtitle)}</p>' if subtitle else ""
    return f"<h4>{html_text(title)}</h4>{under}"


def _picture(address: str, alt: str, kind: str = "map") -> str:
    return f'<figure class="{kind}"><img src="{address}" alt="{html_text(alt)}"></figure>'


def _list(sentences: Iterable[str]) -> str:
    return f'<ul class="notes">{"".join(f"<li>{html_text(each)}</li>" for each in sentences)}</ul>'


def _coverage(whole: Certificate | None) -> Iterator[str]:
    if whole is not None:
        yield f'<p class="coverage">{html_text(whole.line)}</p>'


def _table(part: Table) -> Iterator[str]:
    yield _heads(part.title, part.subtitle)
    if not part.shown.empty:
        columns = part.shown.shape[1] + part.shown.index.nlevels
        table = html_table(part.shown)
        if columns >= WIDE:
            table = table.replace('class="numbers"', 'class="numbers wide"', 1)
        yield f'<div class="scroll">{table}</div>'
    for note in part.notes:
        if note:
            yield f'<p class="fine">{html_text(note)}</p>'


def _figure(part: DrawnFigure) -> Iterator[str]:
    yield _heads(part.title, part.subtitle)
    yield _picture(pictures.data_address(pictures.chart_svg(part), "svg+xml"), part.alt, "chart")
    if part.caveat:
        yield f'<p class="fine">{html_text(part.caveat)}</p>'
    table = plain_table(part)
    if table is not None and 0 < len(table.rows) <= MOST_ROWS:
        heads = "".join(f'<th scope="col">{html_text(head)}</th>' for head in table.heads)
        rows = "".join(
            f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in row)}</tr>" for row in table.rows
        )
        numbers = f'<table class="numbers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        yield f'<details><summary>Numbers behind the figure</summary><div class="scroll">{numbers}</div></details>'


def _board(part: Board) -> Iterator[str]:
    yield f'<p class="headline">{html_text(part.sentence)}</p>'
    if part.rest:
        yield f"<p>{html_text(part.rest)}</p>"
    heads = "".join(
        f'<th scope="col" class="words">{html_text(each.name)}'
        f"{f' ({html_text(each.proposed)})' if each.proposed else ''}</th>"
        for each in part.columns
    )
    rows = []
    for name, line in zip(part.rows, part.cells, strict=True):
        cells = []
        for cell in line:
            word = " ".join(filter(None, (GLYPHS[cell.standing], SHORT_WORDS[cell.standing])))
            numbers = " ".join(filter(None, (cell.counts, cell.percent)))
            lines = _lines(cell.baseline, cell.comparison, CELL)
            cells.append(
                f'<td>{lines}{html_text(numbers)}<span class="standing">{html_text(word)}</span></td>'
            )
        rows.append(f'<tr><th scope="row">{html_text(name)}</th>{"".join(cells)}</tr>')
    yield f'<table class="numbers board"><thead><tr><td></td>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    yield f'<p class="fine">{html_text(part.compared)} Dotted line: the earlier year. No percentage on fewer than 50.</p>'


def _lines(baseline: str, comparison: str, size: tuple[float, float]) -> str:
    if not (baseline or comparison):
        return ""
    width, height = size
    return (
        f'<svg width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" aria-hidden="true" fill="none" '
        f'stroke-width="1.6"><path d="{html_text(baseline)}" stroke="{BASELINE}" stroke-dasharray="2 2"/>'
        f'<path d="{html_text(comparison)}" stroke="{COMPARISON}"/></svg>'
    )


def _reason(part: Reason) -> Iterator[str]:
    word = " ".join(filter(None, (GLYPHS[part.standing], WORDS[part.standing])))
    yield _heads(part.title, word)
    yield f"<p>{html_text(part.sentence)}</p>"
    strip = part.strip if isinstance(part.strip, str) else f"{part.strip.title}. {part.strip.note}"
    for words in (strip, part.inside, *(f"{event.month}: {event.words}" for event in part.events)):
        if words:
            yield f'<p class="fine">{html_text(words)}</p>'
    if isinstance(part.where, SmallMap) and part.where.shapes:
        yield _small_map(part.where)
        yield f'<p class="fine">{html_text(part.where.words)} {html_text(part.where.legend)}</p>'
    table = plain_table(part)
    if table is not None:
        heads = "".join(f'<th scope="col">{html_text(head)}</th>' for head in table.heads)
        rows = "".join(
            f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in row)}</tr>" for row in table.rows
        )
        numbers = f'<table class="numbers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        yield f"<details><summary>Month by month</summary>{numbers}</details>"


def _small_map(where: SmallMap) -> str:
    shapes = "".join(
        f'<path d="{html_text(each.path)}" fill="{html_text(each.colour) or "url(#few)"}" fill-rule="evenodd" '
        'stroke="#8A949E" stroke-width="0.6"/>'
        for each in where.shapes
    )
    stripes = (
        '<defs><pattern id="few" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#FFFFFF"/><rect width="1.6" height="5" fill="#C3C9CF"/></pattern></defs>'
    )
    return (
        f'<svg class="small-map" viewBox="0 0 {where.width} {where.height}" role="img" aria-label="{html_text(where.words)}">'
        f'{stripes}{shapes}<path d="{html_text(where.own)}" fill="none" stroke="#16191D" stroke-width="2.6"/></svg>'
    )


def _cards(part: Cards) -> Iterator[str]:
    items = []
    for card in part.cards:
        figures = "".join(
            f'<div><span class="value">{html_text(each.value)}</span> {html_text(each.words)}</div>'
            for each in card.figures
        )
        word = html_text(" ".join(filter(None, (card.glyph, card.word))))
        more = "".join(f'<p class="fine">{html_text(each)}</p>' for each in (card.note, *card.also) if each)
        items.append(
            f"<li><strong>{html_text(card.place)}</strong>{html_text(card.subject)}"
            f'<div class="word">{word}</div>{_lines(card.baseline, card.comparison, CARD)}{figures}{more}</li>'
        )
    yield f'<ul class="cards">{"".join(items)}</ul>'
    if part.compared:
        yield f'<p class="fine">{html_text(part.compared)}</p>'


@lru_cache(maxsize=2)
def _document(text: str) -> str:
    """Return a document of the project as HTML, its headings a level below those of a page's parts."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False})
    out = []
    for piece in document_pieces.pieces(text):
        if isinstance(piece, document_pieces.DocumentTable):
            out.append(document_pieces.html_of(piece))
            continue
        tokens = reader.parse(piece)
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        out.append(reader.renderer.render(tokens, reader.options, {}))
    return "".join(out)


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("html_page.css").read_text(encoding="utf-8")
