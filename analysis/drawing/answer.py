"""An answer: what is said of a question first, and its parts in order, drawn once and shown by whoever shows it.

Screen, slide, workbook and print compute nothing: titles, words, rows and specifications are all here. A part that
cannot be answered is the sentence that says why, in its place, so that the rest of the answer stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.drawing.figure import SOURCE, Figure, Table
from analysis.drawing.maps.shown import Shown
from analysis.model.case import Case
from analysis.model.errors import AnalysisError

SIMULATED_SOURCE = "Simulated months."
"""What stands where police.uk would be named as the source of months that are simulated."""

DEMONSTRATION = "DEMONSTRATION DATA: months and places are simulated."
"""What stands over numbers of simulated months that are taken away."""

PLAIN_BYTES = 2_000
"""What a part weighs besides its data: titles, notes, objects."""


@dataclass(frozen=True, eq=False)
class DrawnFigure:
    """A chart as drawn: its Vega-Lite specification without the data, and the data by name.

    ``specification`` is JSON; ``datasets`` are the rows of each data set that it names; ``data`` are the plain numbers to
    take away.
    """

    title: str
    subtitle: str
    alt: str
    specification: str
    datasets: Mapping[str, list[dict[str, Any]]]
    data: pd.DataFrame
    caveat: str = ""

    @cached_property
    def arrow(self) -> dict[str, bytes]:
        """The data sets in Arrow's stream format, as a browser is sent them."""
        return {name: _arrow(rows) for name, rows in self.datasets.items()}

    @property
    def spec(self) -> dict[str, Any]:
        """The whole specification with its data, for whoever draws it without a screen."""
        return {**json.loads(self.specification), "datasets": dict(self.datasets)}


@dataclass(frozen=True)
class Text:
    """A paragraph in reading size."""

    text: str


@dataclass(frozen=True)
class Unanswered:
    """The sentence that says why a part cannot be answered, and what to do."""

    sentence: str


Part = Table | DrawnFigure | Shown | Text | Unanswered
Made = Figure | Table | Shown | str


@dataclass(frozen=True, eq=False)
class Answer:
    """What is said first, by place, and the parts by name, in order. ``simulated`` marks the demonstration."""

    leads: tuple[tuple[str, str], ...] | Unanswered
    parts: Mapping[str, Part]
    simulated: bool = False

    def __getitem__(self, name: str) -> Part:
        return self.parts[name]

    @cached_property
    def weight(self) -> int:
        """About how many bytes the answer holds in memory, data to take away included."""
        return sum(PLAIN_BYTES + _weight(part) for part in self.parts.values())


Leads = Iterable[tuple[str, str]]


def answered(
    case: Case, parts: Mapping[str, Callable[[], Made]], leads: Callable[[], Leads] | Leads = ()
) -> Answer:
    """Return the answer of these parts, each made now; one that raises AnalysisError is its sentence.

    Subtitles that name police.uk as their source say that the months are simulated where they are.
    """
    return Answer(
        _leads(leads),
        {name: part_of(make, case) for name, make in parts.items()},
        case.simulated,
    )


def part_of(make: Callable[[], Made], case: Case) -> Part:
    """Return one part as drawn, or the sentence that says why it cannot be made; a map says of which force it is.

    A case without a force's name is one of all forces.
    """
    try:
        made = make()
    except AnalysisError as problem:
        return Unanswered(str(problem))
    if isinstance(made, str):
        return Text(made)
    part: Table | DrawnFigure | Shown = drawn(made) if isinstance(made, Figure) else made
    if isinstance(part, Shown) and case.force_name:
        part = replace(part, subtitle=f"{case.force_name} area. {part.subtitle}")
    if case.simulated:
        part = replace(part, subtitle=part.subtitle.replace(SOURCE, SIMULATED_SOURCE))
    return part


def drawn(figure: Figure) -> DrawnFigure:
    """Return a figure with its chart as a specification."""
    # our own charts, whose form the tests check: checking each against the schema again would be half of the work
    specification = figure.chart.to_dict(validate=False)
    datasets = specification.pop("datasets", {})
    return DrawnFigure(
        figure.title,
        figure.subtitle,
        figure.alt,
        json.dumps(specification),
        datasets,
        figure.data,
        figure.caveat,
    )


def _leads(leads: Callable[[], Leads] | Leads) -> tuple[tuple[str, str], ...] | Unanswered:
    try:
        return tuple(leads() if callable(leads) else leads)
    except AnalysisError as problem:
        return Unanswered(str(problem))


def _arrow(rows: list[dict[str, Any]]) -> bytes:
    table = pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _weight(part: Part) -> int:
    if isinstance(part, Text | Unanswered):
        return 0
    data = int(part.data.memory_usage(deep=True).sum())
    if isinstance(part, DrawnFigure):
        rows = sum(len(each) for each in part.datasets.values())
        return data + len(part.specification) + 400 * rows
    if isinstance(part, Table):
        return data + int(part.shown.memory_usage(deep=True).sum())
    shown = [each.table for each in (part.ground, part.marks, part.cells) if each is not None]
    return data + sum(int(table.memory_usage(deep=True).sum()) for table in shown)
