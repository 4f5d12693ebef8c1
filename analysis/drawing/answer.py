"""An answer: what is said of a question first, and its parts in order, drawn once and shown by whoever shows it.

Screen, slide, workbook and print compute nothing: titles, words, rows and specifications are all here. A part that
cannot be answered is the sentence that says why, in its place, so that the rest of the answer stands.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

import altair as alt
import pandas as pd
import pyarrow as pa

from analysis.drawing.board import Board, Reason
from analysis.drawing.cards import Cards
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import SOURCE, Figure, Table, specification
from analysis.drawing.maps.shown import Shown
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period

SIMULATED_SOURCE = "Simulated months."
"""What stands where police.uk would be named as the source of months that are simulated."""

DEMONSTRATION = "DEMONSTRATION DATA: months and places are simulated."
"""What stands over numbers of simulated months that are taken away."""

PLAIN_BYTES = 2_000
"""What a part weighs besides its data: titles, notes, objects."""

VALUES_BYTES = 30_000
"""About what a board, a reason or a row of cards weighs: some hundred short texts and paths."""


@dataclass(frozen=True, eq=False)
class DrawnFigure:
    """A chart as drawn: its Vega-Lite specification without the data, and the data by name.

    ``specification`` is JSON; ``datasets`` are the tables that it names; ``data`` are the plain numbers to
    take away. ``rests_on`` as in `Figure`.
    """

    title: str
    subtitle: str
    alt: str
    specification: str
    datasets: Mapping[str, pd.DataFrame]
    data: pd.DataFrame
    caveat: str = ""
    rests_on: tuple[Period, ...] = ()

    @cached_property
    def arrow(self) -> dict[str, bytes]:
        """The data sets in Arrow's stream format, as a browser is sent them."""
        return {name: _arrow(table) for name, table in self.datasets.items()}

    @property
    def spec(self) -> dict[str, Any]:
        """The whole specification with its data, for whoever draws it without a screen."""
        rows = {name: alt.to_values(table)["values"] for name, table in self.datasets.items()}
        whole: dict[str, Any] = json.loads(self.specification) | {"datasets": rows}
        return whole


@dataclass(frozen=True)
class Text:
    """A paragraph in reading size."""

    text: str


@dataclass(frozen=True)
class Unanswered:
    """The sentence that says why a part cannot be answered, and what to do."""

    sentence: str


ANSWER_BYTES = 30_000
"""About what an answer holds besides its parts: what its parts are made from, when they are asked for."""

Values = Board | Reason | Cards
"""Parts that whoever shows them draws from their values, without titles and downloads of their own."""

Part = Table | DrawnFigure | Shown | Values | Text | Unanswered
Made = Figure | Table | Shown | Values | str


Keeper = Callable[[str, Callable[[], Part]], Part]
"""Returns the part of this name: one that it holds, else the one that is made now."""


class Parts(Mapping[str, Part]):
    """The parts of an answer by name, in order, each made when it is first asked for: what nobody opens costs nothing.

    Which parts there are is known without making any. ``keeper`` holds what was made; without one the parts do.
    """

    def __init__(self, make: Mapping[str, Callable[[], Part]], keeper: Keeper | None = None) -> None:
        self._make = make
        self._keeper = keeper or self._own
        self._made: dict[str, Part] = {}
        self._making = threading.RLock()

    def __getitem__(self, name: str) -> Part:
        return self._keeper(name, self._make[name])

    def get(self, name: str, default: Any = None) -> Any:
        """Return a part, or ``default`` where there is none of this name; what making it raises is raised, KeyError too."""
        return self[name] if name in self._make else default

    def __contains__(self, name: object) -> bool:
        return name in self._make

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)

    def kept_by(self, keeper: Keeper) -> Parts:
        """Return the same parts, held by another keeper."""
        return Parts(self._make, keeper)

    def _own(self, name: str, make: Callable[[], Part]) -> Part:
        with self._making:
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]


@dataclass(frozen=True, eq=False)
class Answer:
    """What is said first, by place, and the parts by name, in order. ``simulated`` marks the demonstration.

    ``certificate`` says how whole the data behind the parts are, ``certify`` says it of other periods, for parts that rest
    on their own; whoever asks for an answer puts them in. ``compares`` is False where its figures set no period against
    another, like for like.
    """

    leads: tuple[tuple[str, str], ...] | Unanswered
    parts: Mapping[str, Part]
    simulated: bool = False
    certificate: Certificate | None = None
    compares: bool = True
    certify: Callable[..., Certificate | None] | None = None

    def __getitem__(self, name: str) -> Part:
        return self.parts[name]

    def kept_by(self, keeper: Keeper) -> Answer:
        """Return the answer with its parts held by this keeper, where they are made when asked for."""
        return replace(self, parts=self.parts.kept_by(keeper)) if isinstance(self.parts, Parts) else self

    def certificate_of(self, name: str) -> Certificate | None:
        """Return how whole the data behind one part are: over the months that it rests on."""
        periods = getattr(self.parts[name], "rests_on", ())
        return self.certify(*periods) if periods and self.certify else self.certificate


Leads = Iterable[tuple[str, str]]


def answered(
    case: Case, parts: Mapping[str, Callable[[], Made]], leads: Callable[[], Leads] | Leads = ()
) -> Answer:
    """Return the answer of these parts, each made when it is asked for; one that raises AnalysisError is its sentence.

    Subtitles that name police.uk as their source say that the months are simulated where they are.
    """
    return Answer(
        _leads(leads),
        Parts({name: partial(part_of, make, case) for name, make in parts.items()}),
        case.simulated,
    )


class Whose(Protocol):
    """Whose figures a part has: `Case`, or a value of several forces, whose name is then empty."""

    @property
    def force_name(self) -> str:
        """The force's name."""

    @property
    def simulated(self) -> bool:
        """Whether the months are made."""


def part_of(make: Callable[[], Made], case: Whose) -> Part:
    """Return one part as drawn, or the sentence that says why it cannot be made; a map says of which force it is.

    A case without a force's name is one of all forces.
    """
    try:
        made = make()
    except AnalysisError as problem:
        return Unanswered(str(problem))
    if isinstance(made, str):
        return Text(made)
    if isinstance(made, Values):
        return made
    part: Table | DrawnFigure | Shown = drawn(made) if isinstance(made, Figure) else made
    if isinstance(part, Shown) and case.force_name:
        part = replace(part, subtitle=f"{case.force_name} area. {part.subtitle}")
    if case.simulated:
        part = replace(part, subtitle=part.subtitle.replace(SOURCE, SIMULATED_SOURCE))
    return part


Resting = TypeVar("Resting", Figure, Table, Shown)


def resting_on(made: Resting, *periods: Period) -> Resting:
    """Return a part with the periods of the months that it rests on, where they are not those of its answer."""
    return replace(made, rests_on=periods)


def of_open_data(part: Part) -> bool:
    """Return whether a part rests on police.uk's months, real or simulated, and not on an office's records alone."""
    if isinstance(part, Values | Text | Unanswered):  # no subtitle: the page's coverage line speaks for them
        return False
    return SOURCE in part.subtitle or SIMULATED_SOURCE in part.subtitle


def drawn(figure: Figure) -> DrawnFigure:
    """Return a figure with its chart as a specification."""
    drawn_chart, tables = specification(figure.chart)
    return DrawnFigure(
        figure.title,
        figure.subtitle,
        figure.alt,
        json.dumps(drawn_chart),
        tables,
        figure.data,
        figure.caveat,
        figure.rests_on,
    )


def _leads(leads: Callable[[], Leads] | Leads) -> tuple[tuple[str, str], ...] | Unanswered:
    try:
        return tuple(leads() if callable(leads) else leads)
    except AnalysisError as problem:
        return Unanswered(str(problem))


def _arrow(frame: pd.DataFrame) -> bytes:
    plain = {name: str for name in frame if isinstance(frame[name].dtype, pd.PeriodDtype)}
    table = pa.Table.from_pandas(frame.astype(plain), preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def weight(part: Answer | Part) -> int:
    """Return about how many bytes an answer without its parts, or a part, holds in memory, data to take away included."""
    return ANSWER_BYTES if isinstance(part, Answer) else PLAIN_BYTES + _weight(part)


def _weight(part: Part) -> int:
    if isinstance(part, Text | Unanswered):
        return 0
    if isinstance(part, Values):
        return VALUES_BYTES
    data = _bytes(part.data)
    if isinstance(part, DrawnFigure):
        tables = (each for each in part.datasets.values() if each is not part.data)
        return data + len(part.specification) + sum(map(_bytes, tables))
    if isinstance(part, Table):
        return data + _bytes(part.shown)
    shown = [each.table for each in (part.ground, part.marks, part.cells) if each is not None]
    return data + sum(map(_bytes, shown))


def _bytes(table: pd.DataFrame) -> int:
    # the text columns are Arrow's, whose size is known without a look at each value
    return sum(int(column.array.nbytes) for _, column in table.items()) + int(table.index.nbytes)
