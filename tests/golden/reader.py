"""What the elements of a run show, read from their messages: the one reader of the present form.

`READERS` has a function for each type of element. When elements are sent in another form, a reader for that form is
put beside the one of the old form, and the two make equal rows of equal figures: a chart is its data sets as rows
(`chart_rows` takes a specification with its data inline, or by name beside it), a map is the JSON of its deck
(`maps.deck_rows`), a table is rows, columns and cells, everything else is sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from numbers import Real
from typing import Any

from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from tests.golden.html_text import Html
from tests.golden.maps import deck_rows, pointed_texts
from tests.golden.rows import Row
from tests.golden.values import canonical, digest, numbered, short, text

Line = tuple[str, str, str, str]
"""Kind, row label, column, value."""

NOT_A_FIGURE = {"Imported (UTC)"}
"""Columns that say when a file was brought in: another at each making of a store."""

_UNSHOWN_FORM = {"$schema", "config", "data", "datasets", "width", "height", "autosize", "usermeta", "name"}
_MOST_OPTIONS = 40


@dataclass
class Run:
    """One run of a page as it is read: the part that is being read, and what stands outside of any element."""

    texts: dict[str, str] = field(default_factory=dict)
    part: str = ""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def name(self, kind: str) -> str:
        """Return the name of this kind of thing in this part, with its number from the second on."""
        turn = self.counts[(self.part, kind)] = self.counts.get((self.part, kind), 0) + 1
        return kind if turn == 1 else f"{kind} {turn}"


def page_rows(tree: Any, page: str, selection: str, unwanted: Sequence[tuple[str, str]] = ()) -> list[Row]:
    """Return all rows of a run's element tree, sorted; ``unwanted`` are texts of the machine, and what to put there."""
    run = Run(pointed_texts(each.proto.body for each, _ in _elements(tree) if each.type == "html"))
    rows, block = [], None
    for element, within in _elements(tree):
        if within != block:
            block, run.part = within, f"({within})"
        for kind, row, column, value in READERS.get(element.type, _other)(element, run):
            shown = text(reduce(lambda words, pair: words.replace(*pair), unwanted, value))
            rows.append(Row(page, selection, run.part, kind, text(row), text(column), shown))
    return sorted(rows)


def _elements(tree: Any, within: str = "") -> Iterator[tuple[Any, str]]:
    """Yield elements and blocks in the order that they are shown in, with main or sidebar."""
    for child in tree.children.values():
        place = within or child.type
        if within:
            yield child, place
        if hasattr(child, "children"):
            yield from _elements(child, place)


# --- words


def _heading(element: Any, run: Run) -> Iterator[Line]:
    run.part = text(element.proto.body)
    yield "heading", element.proto.tag, "", run.part


def _markdown(element: Any, run: Run) -> Iterator[Line]:
    for block in re.split(r"\n\s*\n|\n(?=#)", element.proto.body):
        if found := re.match(r"#+\s+(.*)", block.strip()):
            run.part = text(found[1])
            rest = block.strip()[found.end() :]
            yield "heading", "markdown", "", run.part
        else:
            rest = block
        if text(rest):
            yield "sentence", "", "", rest


def _html(element: Any, run: Run) -> Iterator[Line]:
    shown = Html(element.proto.body)
    for line in shown.lines:
        yield "sentence", "", "", line
    for each in shown.tables:
        named = each.named()
        names = numbered(name for name, _ in named)
        columns = [cell.words for line in each.head for cell in line]
        yield from _table_lines(run.name("table"), columns, names, [values for _, values in named])


def _table_lines(
    kind: str, heads: list[str], names: list[str], lines: list[list[tuple[str, str]]]
) -> Iterator[Line]:
    yield kind, "", "(columns)", " | ".join(heads)
    # the order is told apart from the rows, so that one row more does not move all others
    yield kind, "", "(rows in order)", f"{len(names)}, sha256 {digest(names)}"
    for name, values in zip(names, lines, strict=True):
        columns = numbered(column for column, _ in values)
        for column, (_, value) in zip(columns, values, strict=True):
            yield kind, name, column, "(a moment)" if column in NOT_A_FIGURE else value


def _alert(element: Any, run: Run) -> Iterator[Line]:
    yield element.type, "", "", element.proto.body


def _exception(element: Any, run: Run) -> Iterator[Line]:
    yield "exception", element.proto.type, "", element.proto.message


# --- tables as data


def _dataframe(element: Any, run: Run) -> Iterator[Line]:
    frame = convert_arrow_bytes_to_pandas_df(element.proto.arrow_data.data)
    kind = run.name("frame")
    settings = json.loads(element.proto.columns or "{}")
    hidden = settings.pop("_index", {}).get("hidden", False)
    if settings:
        yield kind, "", "(settings)", json.dumps(settings, sort_keys=True, ensure_ascii=False)
    names = [f"{at + 1:05d}" if hidden else canonical(each) for at, each in enumerate(frame.index)]
    columns = [text(column) for column in frame.columns]
    cells = [[canonical(value) for value in frame.iloc[:, at]] for at in range(frame.shape[1])]
    lines = [list(zip(columns, line, strict=True)) for line in zip(*cells, strict=True)] or [
        [] for _ in names
    ]
    yield from _table_lines(kind, columns, numbered(names), lines)


# --- charts


def _vega_lite(element: Any, run: Run) -> Iterator[Line]:
    proto = element.proto
    beside = {each.name: _records(each.data.data) for each in proto.datasets}
    alone = _records(proto.data.data) if proto.data.data else None
    yield from chart_rows(run.name("chart"), json.loads(proto.spec), beside, alone)
    if proto.alt:
        yield "sentence", "", "in place of a chart", proto.alt


def _records(arrow: bytes) -> list[dict[str, Any]]:
    frame = convert_arrow_bytes_to_pandas_df(arrow)
    columns = [str(column) for column in frame.columns]
    return [
        dict(zip(columns, line, strict=True))
        for line in zip(*(frame.iloc[:, i] for i in range(len(columns))), strict=True)
    ]


def chart_rows(
    kind: str,
    spec: dict[str, Any],
    beside: dict[str, list[dict[str, Any]]],
    alone: list[dict[str, Any]] | None = None,
) -> Iterator[Line]:
    """Yield the data sets of a chart, in the order in which its specification names them, and its form.

    ``beside`` are data sets sent beside the specification by name, ``alone`` one without a name. Those in the
    specification itself, by name or inline, are read the same, so that a data set sent in another way makes equal rows.
    Lines of a data set are sorted by their words, then their numbers, and equal data sets are told once.
    """
    named = {**beside, **spec.get("datasets", {})}
    sets = [alone] if alone is not None else []
    for data in _data_of(spec):
        values = data.get("values", named.get(data.get("name", "")))
        if values is None:
            yield kind, "", "(data by address)", canonical(data)
        else:
            sets.append(values)
    told: list[list[tuple[tuple[str, str], ...]]] = []
    for values in sets:
        lines = _canonical_set(values)
        if lines in told:
            continue
        told.append(lines)
        yield kind, f"data {len(told)}", "(rows)", str(len(lines))
        for at, line in enumerate(lines, 1):
            for column, value in line:
                yield kind, f"data {len(told)} {at:05d}", column, value
    for path, value in _form(spec, ""):
        yield f"{kind}, form", path, "", short(value)


def _canonical_set(values: Any) -> list[tuple[tuple[str, str], ...]]:
    records = [
        each if isinstance(each, dict) else {"data": each}
        for each in (values if isinstance(values, list) else [values])
    ]
    numeric = {
        key
        for record in records
        for key, value in record.items()
        if isinstance(value, Real) and not isinstance(value, bool)
    }
    lines = [
        tuple(sorted((text(key), canonical(value)) for key, value in record.items())) for record in records
    ]
    return sorted(lines, key=lambda line: ([each for each in line if each[0] not in numeric], line))


def _data_of(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, list):
        for each in spec:
            yield from _data_of(each)
    elif isinstance(spec, dict):
        if isinstance(spec.get("data"), dict):
            yield spec["data"]
        for key in sorted(spec):
            if key not in ("data", "datasets", "config", "encoding"):
                yield from _data_of(spec[key])


def _form(spec: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield what is drawn of which column, with titles, scales and colours, a line each."""
    if isinstance(spec, dict):
        for key in sorted(set(spec) - _UNSHOWN_FORM):
            yield from _form(spec[key], f"{path}/{key}")
    elif isinstance(spec, list) and any(isinstance(each, (dict, list)) for each in spec):
        for at, each in enumerate(spec):
            yield from _form(each, f"{path}/{at}")
    else:
        yield path, canonical(spec)


# --- maps


def _deck(element: Any, run: Run) -> Iterator[Line]:
    kind = run.name("map")
    for row, column, value in deck_rows(json.loads(element.proto.json), run.texts):
        yield kind, row, column, value
    if element.proto.alt:
        yield "sentence", "", "in place of a map", element.proto.alt


# --- controls, and what no reader is written for


def _block(element: Any, run: Run) -> Iterator[Line]:
    if label := getattr(getattr(element, "proto", None), "label", ""):
        yield "control", element.type, "", label


def _nothing(element: Any, run: Run) -> Iterator[Line]:
    return iter(())


def _other(element: Any, run: Run) -> Iterator[Line]:
    proto = getattr(element, "proto", None)
    if hasattr(element, "children"):
        yield from _block(element, run)
    elif label := getattr(proto, "label", ""):
        yield "control", element.type, label, ""
        options = [str(getattr(each, "content", each)) for each in getattr(proto, "options", ())]
        if options:
            several = f"{len(options)} options, sha256 {digest(options)}"
            yield (
                "control",
                element.type,
                f"{label}: options",
                " | ".join(options) if len(options) <= _MOST_OPTIONS else several,
            )
        if "button" not in element.type:
            yield "control", element.type, f"{label}: value", canonical(getattr(element, "value", None))
    else:
        yield "unread", element.type, "", ""


_GEOMETRY = {"baseline", "comparison", "path", "own", "shapes", "changes"}
"""Of a component's data, what is drawn and not read: lines, outlines, ticks. They are told apart by a digest."""


def _component(element: Any, run: Run) -> Iterator[Line]:
    """Yield what a component of our own is sent: each text and figure under its place in the data."""
    name = run.name("component")
    for place, key, value in _leaves(json.loads(element.proto.json or "null")):
        yield name, place, key, value


def _leaves(data: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if key in _GEOMETRY and not isinstance(value, float):
            yield place, str(key), f"sha256 {digest([json.dumps(value)])}"
        elif isinstance(value, dict | list):
            yield from _leaves(value, f"{place}/{key}")
        else:
            yield place, str(key), "" if value is None else canonical(value)


READERS: dict[str, Callable[[Any, Run], Iterator[Line]]] = {
    "title": _heading,
    "header": _heading,
    "subheader": _heading,
    "html": _html,
    "markdown": _markdown,
    "caption": _markdown,
    "text": _markdown,
    "info": _alert,
    "warning": _alert,
    "error": _alert,
    "success": _alert,
    "exception": _exception,
    "dataframe": _dataframe,
    "vega_lite_chart": _vega_lite,
    "deck_gl_json_chart": _deck,
    "divider": _nothing,
    "bidi_component": _component,
}
"""Type of element, as Streamlit's tree of elements names it, and what reads it.

A reader for a new form has its place here: under its own type, or, for a form that has the type of the old one,
called by the reader of that type when the message shows that it is the new form."""
