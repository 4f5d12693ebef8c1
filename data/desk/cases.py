"""From a store and a selection to the case that every topic is asked about, and to what one topic alone needs beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import NEEDS_LOOKUP, Case
from analysis.model.cells import Cells, bytes_of
from analysis.model.errors import NeedsInputError, PeriodError
from analysis.model.old_types import left_out, types_of_periods
from analysis.model.periods import Period
from analysis.model.selection import Selection
from analysis.model.vocabulary import SHOPLIFTING
from analysis.records import RECORD_KINDS
from analysis.records.given import Records
from analysis.topics.centres.case import THEFTS, CentresCase
from analysis.topics.country.case import CountryCase
from analysis.topics.coverage.case import Beside, Holdings
from analysis.topics.evaluation.case import EvaluationCase
from analysis.topics.funding.case import FundingCase
from analysis.topics.guarantee.case import COUNTED, GuaranteeCase
from analysis.topics.incidents.case import (
    NO_OUTCOME,
    ForcesCase,
    ForcesCounted,
    IncidentCase,
    IncidentQuestion,
    IncidentRows,
)
from analysis.topics.night_time.case import NightCase
from analysis.topics.patrols.case import PatrolCase
from analysis.topics.perceptions.case import PerceptionsCase
from analysis.topics.programmes.case import ProgrammeArea, ProgrammeCase
from analysis.topics.retail.case import RetailCase
from data.areas import area_of, force_name
from data.areas.area_files import AreaDefinitions
from data.desk.office import PATROL_LOG, OfficeRecords
from data.engines.port import First, RowsWanted
from data.exports import csv_bytes
from data.geography.footprint_points import POINT_KEYS, read_points
from data.judged import JUDGED_FILE, read_judged
from data.reference.harm import read_harm_weights
from data.state import read_stamp
from data.store import Store
from data.store.centres import held_centres, proposed_areas
from data.store.wholeness import by_type_table
from data.update.history import read_updates

MOST_CELL_BYTES = 30_000_000
"""What similar places did in one crime type and pair of periods weighs 0.2 MB, evidence of an area some kilobytes: all
crime types of the named areas over some pairs of periods, or a hundred areas of readers' own."""

MOST_ROW_BYTES = 20_000_000
"""Counts by point and lists of rows, the ones used last: two years of a large force weigh some 10 MB."""

_LISTED = (
    "month",
    "crime_type",
    "location",
    "lsoa_name",
    "lsoa_code",
    "last_outcome",
    "longitude",
    "latitude",
)
_ORDER = ("month", "crime_type", "lsoa_code", "location", "source_row")
_AT_A_POINT = ("location", "longitude", "latitude", "lsoa_code", "crime_type", "month")


class Desk(OfficeRecords):
    """What is asked of one store, for answers."""

    def __init__(self, store: Store, office: Store | None = None) -> None:
        super().__init__(store, office)
        self._cells = Cells(MOST_CELL_BYTES, weigh=bytes_of)
        self._rows = Cells(MOST_ROW_BYTES, weigh=lambda rows: int(rows.memory_usage(deep=True).sum()))

    def case(self, chosen: Selection) -> Case:
        """Return the case that this selection makes of the store. PeriodError for a crime type that ended before its months."""
        force = chosen.force
        known = types_of_periods(chosen.baseline, chosen.comparison)
        if ended := left_out(each for each in chosen.crime_types if each not in known):
            raise PeriodError(f"{ended} Choose other crime types, or earlier months.")
        filed = self.areas(force)
        areas = filed if chosen.own is None else filed | {chosen.own.key: chosen.own}
        patrolled = self.patrolled_ground(force)
        version = self._version(PATROL_LOG)
        months, places = self._ground_of(chosen)
        return Case(
            selection=chosen,
            panel=months,
            places=places,
            areas=areas,
            force_name=force_name(force),
            contiguity=self.contiguity(),
            patrolled=patrolled,
            review=self.review(force),
            simulated=self.simulated,
            release=self.release_line(force),
            # without the lookup each pair of periods may have ground of its own, and row numbers with it
            state=f"{self.state()} {version.fingerprint if patrolled and version else ''} {months.span}",
            cells=self._cells,
            read_land=lambda: self._land(force),
            force_names={key: force_name(key) for key in self.store.forces()},
            files=self._table("files", force, make=lambda: self.store.month_files(force)),
            elsewhere=self._elsewhere(force),
            proposed=self.proposed_centres(force),
            naming=self.naming(),
        )

    def incidents(self, case: Case, question: IncidentQuestion) -> IncidentCase:
        """Return the incidents wanted of a case's force; rows are read when an answer asks for them."""
        force, own = question.force, case.selection.own

        def by_point() -> pd.DataFrame:
            rows = self.store.count_by(force, _AT_A_POINT, self._wanted(case, question))
            ground_of = self.store.crosswalk().ground_of
            return rows.assign(
                ground_code=[
                    ground_of.get(code, code) if pd.notna(code) else None for code in rows["lsoa_code"]
                ]
            )

        def listed() -> pd.DataFrame:
            return self.store.rows(force, _LISTED, self._wanted(case, question), order=_ORDER)

        def first(number: int) -> pd.DataFrame:
            # of each type, asked once for all: the first of some types are among them
            whole = replace(self._wanted(case, question), crime_types=None)
            each = kept(
                (f"first {number} of each", replace(question, crime_types=()), own),
                lambda: self.store.rows(
                    force, _LISTED, whole, order=_ORDER, first=First(number, "crime_type")
                ),
            )
            return each.loc[each["crime_type"].isin(question.crime_types)].head(number).reset_index(drop=True)

        def by_month() -> pd.DataFrame:
            keys, wanted = ("month", "crime_type"), self._wanted(case, question)
            if wanted.lsoa_codes is not None or wanted.last_outcomes is not None:
                return kept(("months", question, own), lambda: self.store.count_by(force, keys, wanted))
            # asked once for all types: whoever adds a type to the filter has its months already
            whole = RowsWanted(period=question.period)
            every = kept(("months", force, question.period), lambda: self.store.count_by(force, keys, whole))
            return every.loc[every["crime_type"].isin(question.crime_types)].reset_index(drop=True)

        def kept(key: tuple[Hashable, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
            if not case.state.startswith(
                self.state()
            ):  # another month lies there by now: what it has is not this state's
                return make()
            return self._rows.get((case.state, *key), make)

        return IncidentCase(
            case,
            question,
            IncidentRows(
                by_month,
                lambda: kept(("points", question, own), by_point),
                first,
                lambda lines: csv_bytes(_with_plain_months(listed()), lines),
            ),
        )

    def last_outcomes(self, force: str) -> tuple[str, ...]:
        """Return the last outcomes that rows of a force have, by name, and what stands for having none."""

        def read() -> tuple[str, ...]:
            values = self.store.distinct(force, "last_outcome")
            return (*(each for each in values if each is not None), NO_OUTCOME)

        return self._table("outcomes", force, make=read)

    def every_force(self, case: Case, question: IncidentQuestion) -> ForcesCase:
        """Return what the months and crime types of a question gave in every force held."""
        wanted = RowsWanted(period=question.period, crime_types=question.crime_types)

        def read() -> ForcesCounted:
            forces, crosswalk = self.store.forces(), self.store.crosswalk()
            if not crosswalk.complete:
                raise NeedsInputError(NEEDS_LOOKUP)
            counts = [
                self.store.count_by(force, ("lsoa_code", "crime_type"), wanted).assign(force=force)
                for force in forces
            ]
            months = {
                force: sum(month in question.period for month in self.store.months(force)) for force in forces
            }
            return ForcesCounted(pd.concat(counts, ignore_index=True), months, crosswalk)

        return ForcesCase(case, question.crime_types, question.period, read, self.store.screen_districts)

    def night_time(self, case: Case, timed: Records) -> NightCase:
        """Return a case with the office's timed incidents and the force's stops and searches."""
        return NightCase(case, timed, lambda period: self._searched_at(case.force, period))

    def perceptions(self, case: Case, survey: Records) -> PerceptionsCase:
        """Return a case with the office's perception survey and what tells the ground of its places."""
        return PerceptionsCase(case, survey, self.store.crosswalk, self.store.boundaries)

    def with_log(self, case: Case, log: pd.DataFrame) -> Case:
        """Return the case as it would be with this patrol log in use: its ground is no comparator any more."""
        ground = self.patrolled(case.force, log).ground
        mark = hashlib.blake2s(" ".join(sorted(ground)).encode(), digest_size=8).hexdigest()
        return replace(case, patrolled=ground, state=f"{self.state()} tried {mark}")

    def holdings(self) -> Holdings:
        """Return what is held of every force: coverage and monthly files."""

        def coverage() -> pd.DataFrame:
            parts = [self.store.coverage(force).assign(force=force_name(force)) for force in self.forces()]
            return pd.concat(parts, ignore_index=True)

        def by_type() -> pd.DataFrame:
            parts = [
                by_type_table(self.store.wholeness(force)).assign(force=force_name(force))
                for force in self.forces()
            ]
            return pd.concat(parts, ignore_index=True)

        table = self._table("coverage", make=coverage)
        types = self._table("coverage by type", make=by_type)
        return Holdings(table, self.store.manifest(), types, self.simulated, self.state(), self._beside())

    def _beside(self) -> Beside:
        """Return what is held beside months; of simulated months nothing counts as held."""

        def make() -> tuple[bool, bool, bool, int]:
            if self.simulated:
                return False, False, False, 0
            centres = held_centres(self.store)
            outlines, wards = self.store.boundaries() is not None, self.store.wards() is not None
            return self.store.crosswalk().complete, outlines, wards, 0 if centres is None else len(centres)

        given = [
            kind.title
            for kind in RECORD_KINDS
            if (version := self._version(kind.key)) is not None and not version.simulated
        ]
        return Beside(*self._table("beside months", make=make), tuple(given), len(RECORD_KINDS))

    def revisions(self) -> tuple[str, ...]:
        """Return what updates changed in figures already shown, a sentence each, the latest update first."""
        entries = () if self.simulated else read_updates(self.store.path)
        return tuple(sentence for entry in entries for sentence in (entry.heading, *entry.sentences()))

    def evaluation(self, case: Case) -> EvaluationCase:
        """Return the case with the weights of the harm index."""
        return EvaluationCase(case, self._tables.get("harm weights", read_harm_weights))

    def retail(self, case: Case, register: Records, plans: Records) -> RetailCase:
        """Return what the retail topic needs: the case, the records, and recorded shoplifting of the rows held."""
        return RetailCase(
            case,
            register,
            plans,
            lambda: self._shoplifting_points(case.force, case.comparison),
            lambda: self._shoplifting_outcomes(case.force),
            lambda: self._published(register),
        )

    def _shoplifting_points(self, force: str, period: Period) -> pd.DataFrame:
        def read() -> pd.DataFrame:
            keys = ["location", "longitude", "latitude", "lsoa_name", "crime_type", "month"]
            return self.store.count_by(force, keys, RowsWanted(crime_types=(SHOPLIFTING,), period=period))

        return self._table("shoplifting points", force, period, make=read)

    def _shoplifting_outcomes(self, force: str) -> pd.DataFrame:
        def read() -> pd.DataFrame:
            counted = self.store.count_by(
                force, ["month", "last_outcome"], RowsWanted(crime_types=(SHOPLIFTING,))
            )
            files = self.store.manifest(force)
            own = files.loc[files["kind"] == "street"]
            release = dict(zip(own["month"], own["release"], strict=True))
            return counted.rename(columns={"last_outcome": "outcome"}).assign(
                release=[release.get(month) or None for month in counted["month"]]
            )

        return self._table("shoplifting outcomes", force, make=read)

    def guarantee(self, case: Case) -> GuaranteeCase:
        """Return the case of the Guarantee's town-centre crimes, with what came of them as the months held have it."""
        force = case.force

        def read() -> pd.DataFrame:
            keys = ["month", "lsoa_code", "crime_type", "last_outcome"]
            rows = self.store.count_by(force, keys, RowsWanted(crime_types=COUNTED))
            ground_of = self.store.crosswalk().ground_of
            rows["ground_code"] = [
                ground_of.get(code, code) if pd.notna(code) else None for code in rows["lsoa_code"]
            ]
            summed = rows.groupby(
                ["month", "ground_code", "crime_type", "last_outcome"], dropna=False, sort=True
            )["incidents"].sum()
            return summed.reset_index().rename(columns={"last_outcome": "outcome"})

        return GuaranteeCase(case, lambda: self._table("guarantee", force, make=read))

    def funding(self, case: Case, records: Records) -> FundingCase:
        """Return the case of what was granted, with the funding records that are shown."""
        return FundingCase(case, records)

    def patrols(self, case: Case, log: Records, grants: Records | None = None) -> PatrolCase:
        """Return the case of the patrols of a log or, without one, of those that the review of the force published."""
        return PatrolCase(case, log, self._places_of(case, log), self._at_hand("deliverables"), grants)

    def centres(self, case: Case) -> CentresCase:
        """Return the case of town centres that nobody has named: others' outlines, and where thefts were recorded."""
        force = case.force

        def read() -> pd.DataFrame:
            places = self.places(force)
            own = set(places.loc[places["in_force"], "ground_code"])
            counted_at = self.store.count_by(force, POINT_KEYS, RowsWanted(crime_types=THEFTS))
            return read_points(counted_at, self.store.crosswalk(), own).table

        proposed = self._table("proposed centres", force, make=lambda: proposed_areas(self.store, force))
        return CentresCase(case, proposed, lambda: self._table("thefts", force, make=read))

    def country(self) -> CountryCase:
        """Return every centre judged, as far as it is, with the forces whose data changed since; see `data.judged`."""
        kept = None if self.simulated else read_judged(self.store.path)
        mark = read_stamp(self.store.path / JUDGED_FILE)
        forces = {force: force_name(force) for force in self.store.forces()}
        table = pd.DataFrame(columns=["force", "verdict", "area_key"]) if kept is None else kept.table
        states = {} if kept is None else kept.states
        return CountryCase(
            table=table.loc[table["force"].isin(list(forces))].reset_index(drop=True),
            forces=forces,
            older=tuple(force for force in forces if force in states and self._moved(force, states[force])),
            waiting=tuple(force for force in forces if force not in states),
            read_outlines=self.store.screen_districts,
            naming=self.naming(),
            simulated=self.simulated,
            state=f"{self.state()} {mark}",
        )

    def areas_of_file(
        self, definitions: AreaDefinitions, forces: Iterable[str]
    ) -> dict[str, tuple[tuple[str, Area], ...]]:
        """Return the areas that a file names, by force, each with its origin: named, or proposed. No row is read for it."""
        ground_of = self.store.crosswalk()
        chosen: dict[str, tuple[tuple[str, Area], ...]] = {}
        for force in forces:
            own = [each for each in definitions.areas.values() if each.force == force]
            chosen[force] = tuple(
                ("proposed" if each.kind == "proposed centre" else "named", area_of(each, ground_of))
                for each in own
            )
        return chosen

    def _moved(self, force: str, months: str) -> bool:
        """Return whether a force's months are others than those that its centres were judged on."""
        return months.partition(" ")[0] != self.months_mark(force)

    def programmes(self, case: Case, deliverables: Records | None = None) -> ProgrammeCase:
        """Return the case of programmes with ground of their own; none is delivered where no records are given."""
        force = case.force

        def areas() -> tuple[ProgrammeArea, ...]:
            resolved = self.areas(force)
            return tuple(
                ProgrammeArea(resolved[key], each.programme, each.rule, each.confidence)
                for key, each in self.store.definitions().areas.items()
                if key in resolved and each.programme
            )

        return ProgrammeCase(
            case,
            deliverables or self.no_records("deliverables"),
            self._table("programme areas", force, make=areas),
            self._at_hand("funding"),
        )

    def _wanted(self, case: Case, question: IncidentQuestion) -> RowsWanted:
        """Return the rows of a question: places are the LSOA codes of either vintage that they stand on."""
        codes = None
        if question.places:
            ground = frozenset().union(
                *(case.areas[key].ground if key in case.areas else {key} for key in question.places)
            )
            listed = self.store.crosswalk().ground_of
            codes = tuple(sorted({code for code, unit in listed.items() if unit in ground} | ground))
        outcomes = tuple(None if each == NO_OUTCOME else each for each in question.outcomes)
        return RowsWanted(
            period=question.period,
            crime_types=question.crime_types,
            lsoa_codes=codes,
            last_outcomes=outcomes or None,
        )

    def _searched_at(self, force: str, period: Period) -> pd.Series:
        """Return the moments (UTC) of the stops and searches in the months of a period."""
        wanted = RowsWanted(kind="stop-and-search", period=period)
        return self.store.rows(force, ["searched_at"], wanted)["searched_at"]


def _with_plain_months(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(month=rows["month"].astype("str"))
