"""Each part as one plain table of text: what a sheet, a CSV file and the numbers under a picture have, rounded alike.

A page's table is as it stands there. Of a figure and a map it is their plain numbers, headings in words and rounded as
`ROUNDED` says; boards, reasons and cards are set out as tables, since their values are text already.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from analysis.drawing.answer import DrawnFigure, Part, Text, Unanswered
from analysis.drawing.board import GLYPHS, WORDS, Board, Reason
from analysis.drawing.cards import Cards
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.model import formats
from analysis.model.disclosure import HIDDEN
from analysis.model.periods import month_label
from analysis.model.vocabulary import SMALL_BASE
from pages.pack.contents import Chapter, Contents, NamedPart, Section

ROUNDED = "Numbers behind pictures: two decimals from 1 on, three significant digits below 1, whole numbers as they are."
"""Said on each sheet of the numbers behind a figure or a map."""

CERTIFICATE = "certificate"
"""The section of a chapter that says how whole its data are: the same one stands once in a pack."""

_NUMBER = re.compile(r"([+−-]?)(\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(\.\d+)?(%?)")
MOST_TYPED = 50_000
"""Texts of cells that are kept with what number they are: a pack has some 100,000 cells, most of them alike."""

_MOST_DIGITS = 15
"""Digits that a spreadsheet's number keeps; a longer one stays text."""


@dataclass(frozen=True, eq=False)
class PlainTable:
    """A part as text: ``heads`` over ``rows``, of which the first ``names`` columns say what a row is of.

    ``data`` are the numbers behind it in full, empty where the text is all there is. ``drawn`` marks the numbers behind a
    picture.
    """

    title: str
    subtitle: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1
    notes: tuple[str, ...] = ()
    data: pd.DataFrame | None = None
    drawn: bool = False


@dataclass(frozen=True, eq=False)
class Placed:
    """A table of the pack: its place among all of them (from 1), the chapter and section it stands in, and its part."""

    number: int
    chapter: Chapter
    section: Section
    named: NamedPart
    table: PlainTable


def tables(contents: Contents) -> tuple[Placed, ...]:
    """Return every table of a pack in its order; a part that is a sentence has none, and neither has one without a row.

    A part that several pages have (how whole the data are) stands once.
    """
    placed: list[Placed] = []
    seen: set[tuple[str, ...]] = set()
    for chapter in contents.chapters:
        for section, named in chapter.named():
            table = _kept_table(named.part)
            if table is None or not table.rows:
                continue
            if section.key == CERTIFICATE:
                said = certificate_key(named.part)
                if said in seen:
                    continue
                seen.add(said)
            placed.append(Placed(len(placed) + 1, chapter, section, named, table))
    return tuple(placed)


def certificate_key(part: Part) -> tuple[str, ...]:
    """Return what tells one table of how whole the data are from another."""
    if not isinstance(part, Table):
        return ()
    return (part.title, part.subtitle, *part.notes, part.shown.to_csv())


def sentences(contents: Contents) -> tuple[tuple[str, str, str, str], ...]:
    """Return what is said in words beside tables, in order: page, section, of what place, and the sentence."""
    said: list[tuple[str, str, str, str]] = []
    for chapter in contents.chapters:
        for section in chapter.sections:
            under = (chapter.name, section.title)
            said += [(*under, "", words) for words in section.said]
            said += [(*under, place, words) for place, words in section.leads]
            for named in section.parts:
                part = named.part
                if isinstance(part, Text | Unanswered):
                    said.append((*under, "", part.text if isinstance(part, Text) else part.sentence))
                elif isinstance(part, Board):
                    said += [(*under, "", words) for words in (part.sentence, part.rest) if words]
                elif isinstance(part, Reason):
                    said.append((*under, "", part.sentence))
            said += [(*under, "", words) for words in section.below]
        said += [(chapter.name, "Keep in mind", "", words) for words in chapter.notes]
    return tuple(said)


_tables: WeakKeyDictionary[Part, PlainTable | None] = WeakKeyDictionary()
"""What is made of parts that are held: manifest, workbook and CSV files each have all of them."""


def _kept_table(part: Part) -> PlainTable | None:
    if part not in _tables:
        _tables[part] = plain_table(part)
    return _tables[part]


def plain_table(part: Part) -> PlainTable | None:
    """Return a part as a plain table, None for a sentence."""
    if isinstance(part, Text | Unanswered):
        return None
    if isinstance(part, Table):
        return _of_table(part)
    if isinstance(part, Board):
        return _of_board(part)
    if isinstance(part, Reason):
        return _of_reason(part)
    if isinstance(part, Cards):
        return _of_cards(part)
    return _of_picture(part)


@lru_cache(maxsize=MOST_TYPED)
def typed(text: str) -> tuple[float | int, str] | None:
    """Return a text that is just a number, as that number and the format that shows it as it was written; else None.

    A number with a zero in front is a code, and one of more digits than a spreadsheet keeps stays text.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or sum(each.isdigit() for each in text) > _MOST_DIGITS:
        return None
    sign, whole, fraction, percent = match.groups()
    value: float | int = float(f"{whole.replace(',', '')}{fraction or ''}")
    if not fraction and not percent:
        value = int(value)
    value = -value if sign in ("−", "-") else value
    if sign and not value:  # a spreadsheet has no negative nothing
        return None
    shape = (
        ("#,##0" if "," in whole else "0") + (f".{'0' * (len(fraction) - 1)}" if fraction else "") + percent
    )
    return (round(value / 100, 12) if percent else value), _signed(shape, sign)


def _signed(shape: str, sign: str) -> str:
    if sign == "+":
        return f'"+"{shape}'
    return f'{shape};"{sign}"{shape}' if sign else shape


def _of_table(part: Table) -> PlainTable:
    shown = part.shown
    plain_index = shown.index.names == [None] and isinstance(shown.index, pd.RangeIndex)
    keys = [key if isinstance(key, tuple) else (key,) for key in shown.index]
    levels = () if plain_index else tuple(_head(name) for name in shown.index.names)
    columns = [shown.iloc[:, at].tolist() for at in range(shown.shape[1])]
    rows = tuple(
        (*(() if plain_index else map(str, key)), *(str(column[at]) for column in columns))
        for at, key in enumerate(keys)
    )
    return PlainTable(
        part.title,
        part.subtitle,
        (*levels, *map(str, shown.columns)),
        rows,
        len(levels),
        part.notes,
        part.data,
    )


def _head(name: object) -> str:
    return str(name) if name else "Row"


def _of_picture(part: DrawnFigure | Shown) -> PlainTable:
    data = part.data
    heads = tuple(head_of(str(name)) for name in data.columns)
    columns = [_texts(data.iloc[:, at]) for at in range(data.shape[1])]
    if isinstance(part, Shown) and {"percent_change", "baseline_incidents"} <= {*data.columns}:
        at = list(data.columns).index("percent_change")
        columns[at] = _hidden(columns[at], data["baseline_incidents"])
    rows = tuple(zip(*columns, strict=True)) if columns else ()
    notes = tuple(filter(None, [part.caveat]))
    return PlainTable(part.title, part.subtitle, heads, rows, 1, notes, data, drawn=True)


def _hidden(texts: list[str], bases: pd.Series) -> list[str]:
    """Return percentages of a map: of ground with incidents in the baseline one is missing only where its base is small."""
    return [
        HIDDEN if text == formats.MISSING and 0 < base < SMALL_BASE else text
        for text, base in zip(texts, bases, strict=True)
    ]


def head_of(name: str) -> str:
    """Return the name of a column in words: ``comparison_incidents`` is ``Comparison incidents``."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _texts(column: pd.Series) -> list[str]:
    return [text_of(value) for value in column.tolist()]


def text_of(value: object) -> str:
    """Return a value as text, rounded as `ROUNDED` says; a missing one is an en dash."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | float | np.integer | np.floating):
        return (
            _rounded(float(value)) if isinstance(value, float | np.floating) else formats.number(int(value))
        )
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(map(text_of, value if isinstance(value, list | tuple) else sorted(value)))
    if isinstance(value, pd.Period):
        return month_label(value)
    return formats.MISSING if value is None or pd.isna(value) else str(value)


def _rounded(value: float) -> str:
    if not math.isfinite(value):
        return formats.MISSING
    if value == int(value):
        return formats.number(value)
    size = abs(value)
    return formats.number(value, 2 if size >= 1 else 2 - math.floor(math.log10(size)))


def _of_board(part: Board) -> PlainTable:
    rows = tuple(
        (
            cell.place,
            cell.crime_type,
            *_two(cell.counts),
            cell.percent or (formats.MISSING if formats.MISSING in cell.counts else HIDDEN),
            WORDS[cell.standing],
        )
        for line in part.cells
        for cell in line
    )
    proposed = tuple(f"{each.name}: {each.proposed}" for each in part.columns if each.proposed)
    heads = ("Place", "Crime type", "Before", "After", "Change", "In words")
    return PlainTable(part.sentence, part.compared, heads, rows, 2, (*filter(None, [part.rest]), *proposed))


def _two(counts: str) -> tuple[str, str]:
    before, _, after = counts.partition(" → ")
    return before, after


def _of_reason(part: Reason) -> PlainTable:
    heads = ("Month", "Recorded", "Period", "Compared")
    rows = tuple(
        (
            month,
            formats.number(part.counts[at]),
            "baseline" if at < part.baseline_months else "comparison",
            "no" if at in part.left_out or not math.isfinite(part.counts[at]) else "yes",
        )
        for at, month in enumerate(part.months)
    )
    word = " ".join(filter(None, (GLYPHS[part.standing], WORDS[part.standing])))
    events = tuple(f"{event.month}: {event.words}" for event in part.events)
    strip = part.strip if isinstance(part.strip, str) else f"{part.strip.title}. {part.strip.note}"
    return PlainTable(
        part.title, word, heads, rows, 1, tuple(filter(None, (part.sentence, strip, part.inside, *events)))
    )


def _of_cards(part: Cards) -> PlainTable:
    most = max((len(card.figures) for card in part.cards), default=0)
    heads = ("Place", "Of what", "In words", *_heads_of(most), "Note", "Also")
    rows = tuple(
        (
            card.place,
            card.subject,
            " ".join(filter(None, (card.glyph, card.word))),
            *_filled((text for each in card.figures for text in (each.value, each.words)), 2 * most),
            card.note,
            "; ".join(card.also),
        )
        for card in part.cards
    )
    return PlainTable("In short, by place", part.compared, heads, rows)


def _heads_of(most: int) -> tuple[str, ...]:
    return tuple(head for at in range(1, most + 1) for head in (f"Figure {at}", f"What figure {at} is"))


def _filled(texts: Iterable[str], number: int) -> tuple[str, ...]:
    given = tuple(texts)
    return given + ("",) * (number - len(given))
