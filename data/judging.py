"""The verdict of every centre, made force by force beside each other by whatever engine holds the rows.

What a topic makes of a case is handed in: this room knows how a case is made of a force's counts, and no topic.
"""

from __future__ import annotations

import copyreg
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.model.areas import Area, town_centres
from analysis.model.case import Case
from analysis.model.cells import Cells
from analysis.model.contiguity import Contiguity, build_contiguity
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.ground import Crosswalk
from analysis.model.naming import Naming
from analysis.model.periods import Period
from analysis.model.selection import Selection
from data.areas import force_name
from data.areas.area_files import AreaDefinitions
from data.desk import Desk
from data.engines.port import AnswerType, RowsWanted
from data.police_uk.manifest import MonthRecord
from data.police_uk.place_counts import COUNT_KEYS, PlaceCounts, counts_of_table
from data.store import Store

Judge = Callable[[Case, Iterable[Area]], pd.DataFrame]

OWN_COLUMNS: dict[str, AnswerType] = {
    "force": "text",
    "force_name": "text",
    "origin": "text",
    "baseline": "text",
    "comparison": "text",
    "ground": "text",
    "rule": "text",
}
"""What is put before the evidence: whose it is, where its ground comes from (named, proposed or suggested), of which months,
on which common ground (codes apart by spaces), and by which version of the rule."""

MOST_KEPT = 60
"""Tables and cells of one force kept while it is judged: four areas' yardsticks of all crime types, each at most some MB."""

NAMED, PROPOSED, SUGGESTED = "named", "proposed", "suggested"
"""Origins of an area: files of areas name it; others' outlines propose it; only where thefts were recorded suggests it."""


@dataclass(frozen=True)
class Judging:
    """What is judged, and by what: ``judge`` makes a table of ``columns`` of a case and areas, whose index is the number of
    the area that a row is of; ``rule`` is its version.

    ``further`` are areas of a force beside those that the files name, each with its origin. Without ``periods`` a force's
    latest twelve months are set against the twelve before.
    """

    judge: Judge
    columns: Mapping[str, AnswerType]
    rule: str
    further: Mapping[str, tuple[tuple[str, Area], ...]] = field(default_factory=dict)
    periods: tuple[Period, Period] | None = None


@dataclass(frozen=True)
class CountryWork:
    """`data.engines.port.ForceWork`: one force's counts by `COUNT_KEYS` made into a case as the desk makes it, and judged."""

    judging: Judging
    records: Mapping[str, tuple[MonthRecord, ...]]
    crosswalk: Crosswalk
    definitions: AreaDefinitions
    contiguity: Contiguity | None
    patrolled: Mapping[str, frozenset[str]]
    naming: Naming

    @property
    def columns(self) -> Mapping[str, AnswerType]:
        """The columns that come out."""
        return OWN_COLUMNS | dict(self.judging.columns)

    def __call__(self, force: str, counts: pd.DataFrame) -> pd.DataFrame:
        """Return the table of one force; without an area to judge it has no row."""
        desk = _CountedDesk(self, force, counts)
        try:
            desk.needs_ground(force)
        except NeedsInputError:  # Northern Ireland, the railway police: no area of theirs can be told
            return pd.DataFrame(columns=list(self.columns))
        baseline, comparison = self.judging.periods or desk.default_pair(force)
        case = desk.case(Selection(force, (), (), baseline, comparison))
        centres = {**town_centres(case.areas), **case.proposed}
        named = [area for area in centres.values() if area.kind != "district"]
        listed = [(PROPOSED if area.kind == "proposed centre" else NAMED, area) for area in named]
        listed += self.judging.further.get(force, ())
        if not listed:
            return pd.DataFrame(columns=list(self.columns))
        table = self.judging.judge(case, [area for _, area in listed])
        return table.assign(
            origin=[listed[number][0] for number in table.index],
            ground=[" ".join(sorted(listed[number][1].ground)) for number in table.index],
            force=force,
            force_name=force_name(force),
            baseline=str(baseline),
            comparison=str(comparison),
            rule=self.judging.rule,
        )


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# read-only mappings of the ground, its neighbours and the files of areas travel as what they show
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


class _CountedStore(Store):
    """A store of one force whose rows were counted elsewhere: every figure is made of the counts as a store on disk makes it."""

    def __init__(self, work: CountryWork, force: str, counts: pd.DataFrame) -> None:
        super().__init__(Path("counted elsewhere"))
        self._work, self._force, self._rows = work, force, counts

    @property
    def _root(self) -> Path:
        return self.path

    def state(self) -> str:
        return "counted"

    def mark(self) -> str:
        return "counted"

    def fingerprint(self) -> str:
        return "counted"

    def _scan(self) -> list[object]:
        return []

    def _records(self) -> list[MonthRecord]:
        return list(self._work.records[self._force])

    def _records_of(self, force: str) -> list[MonthRecord]:
        return list(self._work.records.get(force, ()))

    def _keys(self) -> list[tuple[str, str, str]]:
        return [(record.kind, record.force, record.month) for record in self._records()]

    def place_counts(self, force: str) -> PlaceCounts:
        return counts_of_table(self._rows, [record.key.period for record in self._held(force, "street")])

    def crosswalk(self) -> Crosswalk:
        return self._work.crosswalk

    def definitions(self) -> AreaDefinitions:
        return self._work.definitions


class _CountedDesk(Desk):
    """The desk of such a store: what lies beside the months comes with the work."""

    def __init__(self, work: CountryWork, force: str, counts: pd.DataFrame) -> None:
        super().__init__(_CountedStore(work, force, counts))
        self._work = work
        # by number, not by weight: to weigh what is used once takes a fourteenth of judging it
        self._tables, self._cells = Cells(MOST_KEPT), Cells(MOST_KEPT)

    def naming(self) -> Naming:
        return self._work.naming

    def contiguity(self) -> Contiguity | None:
        return self._work.contiguity

    def patrolled_ground(self, force: str) -> frozenset[str]:
        return self._work.patrolled.get(force, frozenset())

    def _elsewhere(self, force: str) -> str:
        return ""


def judge_forces(desk: Desk, judging: Judging, forces: Sequence[str]) -> pd.DataFrame:
    """Return the table of these forces (`OWN_COLUMNS`, then the judge's), in their order. An engine does one beside another.

    AnalysisError where no force is named, or the rows of one cannot be read.
    """
    if not forces:
        raise AnalysisError("No force is held whose areas could be judged. Import months first.")
    store = desk.store
    work = CountryWork(
        judging,
        {force: tuple(store._records_of(force)) for force in forces},
        store.crosswalk(),
        store.definitions(),
        _contiguity(desk, forces),
        {force: desk.patrolled_ground(force) for force in forces},
        desk.naming(),
    )
    return store.each_force(forces, COUNT_KEYS, work, RowsWanted())


def _contiguity(desk: Desk, forces: Sequence[str]) -> Contiguity | None:
    """Return which ground of these forces touches which: no set of an area reaches into another force's ground."""
    boundaries = desk.store.boundaries()
    if boundaries is None or set(forces) == set(desk.forces()):
        return desk.contiguity()
    ground = pd.concat([desk.places(force)["ground_code"] for force in forces])
    return build_contiguity(boundaries.loc[boundaries["ground_code"].isin(ground)])


def state_of(desk: Desk, judging: Judging, force: str) -> str:
    """Return a text that changes with anything that a force's verdicts rest on.

    First the mark of its months, ground and outlines (`Desk.months_mark`), then that of areas, patrols, rule and periods.
    """
    definitions = desk.store.definitions()
    known = [
        [repr(area) for area in definitions.areas.values() if area.force == force],
        repr(definitions.forces.get(force)),
        [(origin, _told_apart(area)) for origin, area in judging.further.get(force, ())],
        sorted(desk.patrolled_ground(force)),
        judging.rule,
        [str(period) for period in judging.periods or ()],
    ]
    mark = hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]
    return f"{desk.months_mark(force)} {mark}"


def located(desk: Desk, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with easting and northing of each row's area: the middle of its ground, missing without outlines."""
    outlines = desk.store.screen_boundaries()
    if outlines is None or table.empty:
        return table.assign(easting=float("nan"), northing=float("nan"))
    middles = outlines.geometry.representative_point()
    at = {code: (point.x, point.y) for code, point in zip(outlines["ground_code"], middles, strict=True)}
    places = {}
    for text in table["ground"].unique():
        known = [at[code] for code in text.split() if code in at]
        places[text] = tuple(map(fmean, zip(*known, strict=True))) if known else (float("nan"), float("nan"))
    return table.assign(
        easting=[places[text][0] for text in table["ground"]],
        northing=[places[text][1] for text in table["ground"]],
    )


def _told_apart(area: Area) -> tuple[str, ...]:
    """Return what tells an area from another, in an order that is the same in every process."""
    return (area.key, area.name, area.kind, area.district, *sorted(area.ground))
