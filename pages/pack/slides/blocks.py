"""Parts of an answer as blocks of a slide, with the source that stands under them and what the speaker's notes say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from analysis.drawing.answer import DrawnFigure, Part, Text, Unanswered
from analysis.drawing.cards import Cards
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Key, Shown
from analysis.model.formats import MISSING
from analysis.model.land import Land
from pages.pack.contents import Chapter, NamedPart, Section
from pages.pack.pictures import chart_png
from pages.pack.slides.deck import (
    Block,
    Chart,
    Charts,
    Grid,
    GridCell,
    Legend,
    Line,
    Panels,
    Picture,
    Words,
    bullets,
)
from pages.pack.slides.kinds import native
from pages.pack.slides.panel import said_besides
from pages.pack.slides.pictures import bare_map_png

EMPTY = frozenset({"", MISSING, "not published", "not said"})
"""What says nothing where every row of a column has it: the column is left out, and the notes say so."""

DRAWN = (
    "This chart is a picture: PowerPoint has none of its kind. Its numbers are in the workbook of the pack."
)

PLACED = re.compile(
    r"\b(?:[Bb]elow|[Aa]bove)\b(?! (?:or below )?[£\d])|\bUpload|\bSwitch “|\b(?:under|beside) the table\b|\bOver each bar\b"
)
"""What points at something on the page, which a slide has not; “above 100” points at nothing."""

NUMBER = re.compile(r"[+−-]?£?[\d,.:]+%?|hidden|not given|–|")


@dataclass(frozen=True)
class Piece:
    """A part in its place: with its section and chapter, for what is said of it."""

    chapter: Chapter
    section: Section
    named: NamedPart

    @property
    def part(self) -> Part:
        """The part itself."""
        return self.named.part


def piece(chapter: Chapter | None, name: str, section: str = "") -> Piece | None:
    """Return the first part of this name (in this section, where one is given), None where there is none."""
    return next(iter(pieces(chapter, name, section)), None)


def pieces(chapter: Chapter | None, name: str, section: str = "") -> list[Piece]:
    """Return all parts of this name, in the order of the page."""
    if chapter is None:
        return []
    return [
        Piece(chapter, of, each)
        for of, each in chapter.named()
        if each.name == name and (not section or of.key == section)
    ]


def text_of(chapter: Chapter | None, name: str, section: str = "") -> str:
    """Return a sentence of a chapter, nothing where it has none of this name."""
    of = piece(chapter, name, section)
    return of.part.text if of is not None and isinstance(of.part, Text) else ""


def source_of(part: Part) -> str:
    """Return the statistic with its area, period and source."""
    return part.subtitle if isinstance(part, Table | DrawnFigure | Shown) else ""


def said_of(*of: Piece | None) -> tuple[str, ...]:
    """Return what the notes say of these parts: statistic and source, what it leaves out, how whole its data are."""
    lines: list[str] = []
    for each in filter(None, of):
        part = each.part
        if isinstance(part, Table | DrawnFigure | Shown):
            lines += [part.title, part.subtitle]
        if isinstance(part, DrawnFigure | Shown):
            lines.append(unplaced(part.caveat))
        if isinstance(part, Table):
            lines += part.notes
        if isinstance(part, Cards):
            lines.append(part.compared)
        lines += coverage_lines(each.named.whole or each.chapter.certificate)
        lines.append(
            f"On the screen: page “{each.chapter.name}”"
            + (f", “{each.section.title}”." if each.section.title else ".")
        )
    return tuple(filter(None, lines))


def coverage_lines(whole: Certificate | None) -> list[str]:
    """Return how whole the data are, as they head every file to take away."""
    return [whole.line, *whole.heads] if whole is not None else []


def on_slides(sentence: str) -> str:
    """Return a sentence of a page without what points at other places of the page; the whole where nothing would be left."""
    return unplaced(sentence) or sentence


def unplaced(words: str) -> str:
    """Return the sentences that point at no other place of the page; nothing where each one does."""
    return " ".join(each for each in sentences(words) if not PLACED.search(each))


def grid_of(
    table: Table,
    columns: Sequence[str] = (),
    names: dict[str, str] | None = None,
    without: Sequence[str] = (),
) -> Grid:
    """Return a table as on the page: these of its columns, where they are named; none that says the same nothing in each row.

    ``names`` are other headings, where the page's are too long or too learned for a slide.
    """
    shown = table.shown.reset_index()
    kept = [name for name in shown.columns if not columns or name in columns or name == shown.columns[0]]
    kept = [name for name in kept if name not in without]
    texts = shown[kept].astype(str)
    if len(texts):
        kept = [
            name for at, name in enumerate(kept) if at == 0 or not set(texts[name]) <= EMPTY or len(kept) < 3
        ]
    rows = tuple(
        tuple(GridCell(_cell(row[name]), bold=at == 0) for at, name in enumerate(kept))
        for _, row in texts.iterrows()
    )
    at_right = frozenset(
        at for at, name in enumerate(kept) if at and len(texts) and all(map(NUMBER.fullmatch, texts[name]))
    )
    return Grid(tuple((names or {}).get(str(name), str(name)) for name in kept), rows, at_right)


def said_once(table: Table, column: str) -> str:
    """Return what every row of a table has in this column; nothing where they differ."""
    shown = table.shown.reset_index()
    values = set(shown[column].astype(str)) if column in shown else set()
    return f"{column}: {values.pop()}." if len(values) == 1 else ""


def left_out(table: Table, grid: Grid) -> tuple[str, ...]:
    """Return what the notes say of columns that are left out because each row says the same nothing."""
    shown = table.shown.reset_index().astype(str)
    lines = []
    for name in shown.columns[1:]:
        values = set(shown[name])
        if name not in grid.heads and len(values) == 1 and values <= EMPTY - {""}:
            lines.append(f"{name}: {values.pop()} in each row, so the column is left out.")
    return tuple(lines)


def _cell(text: object) -> str:
    return "" if pd.isna(text) or text in ("nan", "None") else str(text)


def cards_of(cards: Cards) -> tuple[Block, ...]:
    """Return cards as panels, and under them as a list what else stands out."""
    besides = [each for card in cards.cards for each in said_besides(card)]
    return (Panels(cards.cards), *((bullets(*besides),) if besides else ()))


def chart_of(figure: DrawnFigure, wanted: Iterable[str] = ()) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return a figure as editable charts, else as a picture, and what the notes say of that.

    Of several panels those whose titles are ``wanted`` are taken, all of them for none.
    """
    alt = on_slides(figure.alt)
    charts = native(replace(figure, alt=alt))
    names = set(wanted)
    charts = tuple(each for each in charts if not names or getattr(each, "title", "") in names) or charts
    if charts:
        drawn = [each for each in charts if isinstance(each, Chart)]
        key = key_of_columns(drawn) if drawn else Legend(())
        if all(each.form == "lines" for each in drawn) and drawn:
            key = key_of_lines(drawn[0])
        many = sum(len(keys) for _, keys in key.parts) > (0 if drawn and drawn[0].form == "columns" else 1)
        return (*((key,) if many else ()), Charts(charts)), (alt,)
    return (Picture(partial(_chart, figure), alt),), (DRAWN, alt)


def _chart(figure: DrawnFigure, _shape: float) -> bytes:
    return chart_png(figure)


def map_of(shown: Shown, land: Land) -> Picture:
    """Return a map as a picture; its title and statistic stand on the slide."""
    return Picture(partial(bare_map_png, shown, land), f"Map. {on_slides(shown.alt)}")


def key_of_lines(chart: Chart) -> Legend:
    """Return what the lines of a chart are, for charts without a legend of their own."""
    keys = tuple(
        Key(each.name, each.colour, "dashes" if each.dashed else "line")
        for each in chart.series
        if each.colour
    )
    return Legend((("", keys),), across=True)


def key_of_columns(charts: Iterable[Chart]) -> Legend:
    """Return what the parts of columns are, of all charts together in their order."""
    keys = dict.fromkeys(
        Key(each.name, each.colour) for chart in charts for each in chart.series if each.colour
    )
    return Legend((("", tuple(keys)),), across=True)


def under(heading: str, lines: Iterable[str]) -> Words:
    """Return a list under its heading, where it has one."""
    head = (Line(heading, bold=True),) if heading else ()
    return Words((*head, *(Line(each, bullet=True) for each in lines)))


def unanswered(*of: Piece | None) -> list[str]:
    """Return the sentences why parts cannot be answered, each once."""
    said = [
        on_slides(each.part.sentence) for each in of if each is not None and isinstance(each.part, Unanswered)
    ]
    return list(dict.fromkeys(said))


def first_sentences(words: str, many: int = 1) -> str:
    """Return the first sentences of a paragraph."""
    return " ".join(re.split(r"(?<=[.!?]) (?=[A-Z“])", words)[:many])


def sentences(words: str) -> list[str]:
    """Return the sentences of a paragraph, those that begin with a number among them."""
    return [each for each in re.split(r"(?<=[.!?]) (?=[A-Z0-9“])", words.strip()) if each]
