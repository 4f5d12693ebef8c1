"""A table a screen reader can walk: headings with scope, row headings that span, words to the left."""

from __future__ import annotations

import re
from itertools import groupby

from analysis.drawing import encoded
from analysis.drawing.figure import Frame

_SHARE = r"((under|over) )?[\d.,]+%?"
_NUMBER = re.compile(
    rf"[^A-Za-z]*|gap|hidden|none|not comparable|[\d,]+ of [\d,]+( sets \([\d,]+ units\))?|(more|fewer) than \d+|{_SHARE}( to {_SHARE})?"
)
"""What reads as a figure and stands to the right; anything else is words and stands to the left."""


ONE_LINE = 14
"""The longest figure kept on one line: an interval such as 0.55 to 12.62."""


def html_table(frame: Frame, *, narrow: bool = False) -> str:
    """Return a frame of text as an HTML table; the index (one or two levels) gives the row headings.

    A heading that repeats down the first level of two spans its rows; where there is little width (``narrow``) it has
    a row of its own over them, so that one column stays while the others scroll. Every cell is escaped.
    """
    levels = [str(name or "") for name in frame.index.names]
    narrow = narrow and len(levels) > 1
    if narrow:
        levels = [", ".join(filter(None, levels))]
    # out of the frame once: a row of it at a time is most of the time that a table takes
    columns = [frame.iloc[:, at].tolist() for at in range(frame.shape[1])]
    words = [not all(_NUMBER.fullmatch(cell) for cell in column) for column in columns]
    # a heading without words is none: a screen reader would say nothing where it stands
    heads = [
        f'<th scope="col" class="row-name">{_text(name)}</th>' if name else '<td class="row-name"></td>'
        for name in levels
    ]
    heads += [
        f'<th scope="col"{_words(is_words)}>{_text(name)}</th>'
        for name, is_words in zip(frame.columns, words, strict=True)
    ]
    keys = [key if isinstance(key, tuple) else (key,) for key in frame.index]
    rows = []
    # a rank takes no more room than its figures
    figure = ' class="figure"' if all(_NUMBER.fullmatch(key[-1]) for key in map(_texts, keys)) else ""
    for _, group in groupby(range(len(frame)), key=lambda at: keys[at][0] if frame.index.nlevels > 1 else at):
        members = list(group)
        if narrow:
            wide = frame.shape[1] + 1
            rows.append(
                f'<tr><th scope="rowgroup" class="over" colspan="{wide}">{_text(keys[members[0]][0])}</th></tr>'
            )
        for at in members:
            spans = len(levels) > 1
            first = f'<th scope="rowgroup" rowspan="{len(members)}">{_text(keys[at][0])}</th>'
            cells = [first] if spans and at == members[0] else []
            cells += [
                f'<th scope="row"{figure}>{_text(key)}</th>'
                for key in keys[at][1 if spans or narrow else 0 :]
            ]
            cells += [
                f"<td{_words(is_words)}>{_text(column[at]) if is_words else _figure(column[at])}</td>"
                for column, is_words in zip(columns, words, strict=True)
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="numbers"><thead><tr>{"".join(heads)}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _texts(key: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, key))


def _words(is_words: bool) -> str:
    return ' class="words"' if is_words else ""


def _figure(cell: str) -> str:
    # a short figure is kept on one line; a long one may break where it must, so that no column is pushed out
    return _text(cell).replace(" ", "\N{NO-BREAK SPACE}") if len(cell) <= ONE_LINE else _text(cell)


def _text(value: object) -> str:
    return encoded.html_text(value)
