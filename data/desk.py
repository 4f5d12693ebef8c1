"""The desk: the only reader for answers. A store and a selection become the case that every topic is asked about.

What one topic alone needs (records of an office, points, weights) is a small value of that topic, made here too. What is
read is kept until the store changes; nothing that is handed out may be written to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.model.areas import Area, town_centres
from analysis.model.case import NEEDS_LOOKUP, Case
from analysis.model.cells import Cells, bytes_of
from analysis.model.contiguity import Contiguity, build_contiguity
from analysis.model.cube import Panel
from analysis.model.english import counted
from analysis.model.errors import NeedsInputError, RefusedError
from analysis.model.formats import number
from analysis.model.ground_names import ground_labels, names_of
from analysis.model.land import Land, land_of
from analysis.model.naming import Naming, renamed
from analysis.model.patrolled import Patrolled, patrolled_places
from analysis.model.periods import Period, default_pair, month_label
from analysis.model.place_search import NamedPlace, find_places, named_places
from analysis.model.publishing import Published, publish
from analysis.model.review import Review
from analysis.model.selection import Selection
from analysis.model.vocabulary import SHOPLIFTING, SLIDE_CRIME_TYPES
from analysis.records import RECORD_KINDS
from analysis.records.given import Records, refused_sentence
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
from data.areas import area_of, force_name, resolve_proposals
from data.areas.area_files import AreaDefinitions
from data.demo.demo_records import demo_report
from data.engines.port import RowsWanted
from data.exports import csv_bytes
from data.geography.footprint_points import POINT_KEYS, read_points
from data.judged import JUDGED_FILE, read_judged
from data.police_uk.file_names import RAILWAYS
from data.records import RecordVersion, current_records, current_version, published_records, record_kind
from data.reference.harm import read_harm_weights
from data.review import review_of
from data.state import read_stamp
from data.store import Store
from data.store.centres import held_centres, proposed_areas
from data.store.settings import read_naming
from data.store.wholeness import by_type_table
from data.update.history import read_updates

T = TypeVar("T")

MOST_TABLE_BYTES = 150_000_000
"""Panels, ground tables and the like: 6 MB for a force of 345 LSOAs, so that the largest, of 5,000, has room. Each stands once
for a state of the store."""

MOST_CELL_BYTES = 30_000_000
"""What similar places did in one crime type and pair of periods weighs 0.2 MB, evidence of an area some kilobytes: all
crime types of the named areas over some pairs of periods, or a hundred areas of readers' own."""

MOST_ROW_BYTES = 20_000_000
"""Counts by point and lists of rows, the ones used last: two years of a large force weigh some 10 MB."""

FEW_FILES = 3
"""A line on the source names so many files; more are counted."""

PATROL_LOG = "patrol-log"

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


class Desk:
    """What is asked of one store, for answers.

    ``office`` is the store that holds the office's own records: the store itself, also while its months are simulated,
    unless another is named (for months put aside, which have no records beside them).
    """

    def __init__(self, store: Store, office: Store | None = None) -> None:
        self.store = store
        self._office = (office or store).path
        self._tables = Cells(MOST_TABLE_BYTES, weigh=bytes_of)
        self._cells = Cells(MOST_CELL_BYTES, weigh=bytes_of)
        self._rows = Cells(MOST_ROW_BYTES, weigh=lambda rows: int(rows.memory_usage(deep=True).sum()))

    # what is held

    def state(self) -> str:
        """Return a text that changes whenever months, lookup, outlines, areas or the office's names change."""
        return f"{self.store.mark()}{self.naming().mark}"

    def naming(self) -> Naming:
        """Return what the office calls itself, who asks, and its districts; neutral names where its settings are damaged."""
        try:
            return read_naming(self.store.path)
        except RefusedError:
            return Naming()

    def naming_problem(self) -> str:
        """Return why the settings of the store cannot be read, in a sentence, or nothing."""
        try:
            read_naming(self.store.path)
        except RefusedError as problem:
            return str(problem)
        return ""

    @property
    def simulated(self) -> bool:
        """Whether the months are those of the demonstration."""
        return self.store.is_demonstration

    def forces(self) -> tuple[str, ...]:
        """Return the forces held, by their key: first those that the files of areas name, in their order.

        Raises NeedsInputError where there is none.
        """
        held = self.store.forces()
        if not held:
            raise NeedsInputError(
                "No month of street-level data is held. Import a zip from data.police.uk first."
            )
        named = [force for force in self.store.definitions().forces if force in held]
        return (*named, *(force for force in held if force not in named))

    def one_force(self, force: str | None) -> str:
        """Return this force or, without one, the only one held. Raises AnalysisError where it is not one of those held."""
        return self.store.one_force(force)

    def force_name(self, force: str) -> str:
        """Return a force's name for the screen."""
        return force_name(force)

    def span(self, force: str) -> Period:
        """Return the months from the first to the last held."""
        months = self.store.months(force)
        return Period(months[0], months[-1])

    def panel(self, force: str) -> Panel:
        """Return the force's counts by ground, month and crime type."""
        return self._table("panel", force, make=lambda: self.store.panel(force))

    def places(self, force: str) -> pd.DataFrame:
        """Return the force's ground with names, districts and whether its codes could be joined."""
        return self._table("places", force, make=lambda: self.store.ground(force))

    def areas(self, force: str) -> dict[str, Area]:
        """Return the areas of the force that the files of areas name, and its districts, as the office calls them."""
        return self._table("areas", force, make=lambda: renamed(self.store.areas(force), self.naming()))

    def menu_areas(self, force: str) -> dict[str, Area]:
        """Return the areas that a reader chooses between."""
        return town_centres(self.areas(force))

    def proposed_centres(self, force: str) -> dict[str, Area]:
        """Return the proposed centres of a force that the files of areas name and whose ground is held, by key."""

        def make() -> dict[str, Area]:
            store = self.store
            return resolve_proposals(store.definitions(), store.crosswalk(), store.ground(force), force)

        return self._table("proposed", force, make=make)

    def ground_labels(self, force: str) -> dict[str, str]:
        """Return each unit of the force's own ground with its label for a list, by name."""
        return self._table("labels", force, make=lambda: ground_labels(self.places(force)))

    def find_places(self, force: str, words: str) -> tuple[NamedPlace, ...]:
        """Return the wards, LSOAs and streets of the force's own ground whose names begin with these words."""
        return find_places(words, self._table("named places", force, make=lambda: self._named_places(force)))

    def contiguity(self) -> Contiguity | None:
        """Return which ground touches which, or None while no boundaries are held."""
        return self._table("contiguity", make=self._contiguity)

    def needs_ground(self, force: str) -> None:
        """Raise NeedsInputError, which says why, where no area of a force can be chosen."""
        if self.places(force).empty:
            raise NeedsInputError(
                f"No row of {force_name(force)} names an LSOA, so nothing that it recorded can be counted by area. Its months "
                "are held, and About / Data lists them. Choose or import a force of England or Wales."
            )
        if not self.places(force)["in_force"].any():
            raise NeedsInputError(
                f"{force_name(force)} has no district of its own: what it recorded lies on the ground of other forces. Its "
                "months are held, and About / Data lists them. Choose or import the force whose ground it is."
            )

    def default_pair(self, force: str) -> tuple[Period, Period]:
        """Return the periods that a page opens with: the latest twelve months held against the twelve before.

        Under thirteen months one period stands for both. Raises NeedsInputError where no area of the force can be chosen.
        """
        self.needs_ground(force)
        return default_pair(self.span(force))

    def default_selection(self, force: str) -> Selection:
        """Return what a reader who chose nothing sees."""
        baseline, comparison = self.default_pair(force)
        areas = tuple(key for key, area in self.menu_areas(force).items() if area.kind != "own")
        proposed = tuple(self.proposed_centres(force))
        return Selection(force, areas, SLIDE_CRIME_TYPES, baseline, comparison, proposed=proposed)

    def review(self, force: str) -> Review | None:
        """Return the published review of a force, None where none is held."""
        return review_of(force)

    def release_line(self, force: str) -> str:
        """Say which releases the street-level months of a force came from, or the files where none is named."""
        return self._table("release", force, make=lambda: self._release_line(force))

    def held_line(self, force: str) -> str:
        """Return a force's months held, those not published, and their release, in a line for the foot of a page."""
        return self._table("held line", force, make=lambda: self._held_line(force))

    # the case

    def case(self, chosen: Selection) -> Case:
        """Return the case that this selection makes of the store."""
        force = chosen.force
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

    def _ground_of(self, chosen: Selection) -> tuple[Panel, pd.DataFrame]:
        """Return a force's counts and ground; without the lookup, where the periods need none, those of one vintage."""
        force, whole, places = chosen.force, self.panel(chosen.force), self.places(chosen.force)
        if places.loc[places["in_force"], "joined"].all():
            return whole, places
        span = self.store.one_vintage(force, chosen.baseline, chosen.comparison)
        if span is None:
            return whole, places

        def make() -> tuple[Panel, pd.DataFrame]:
            inside = whole.between(span)
            there = places["ground_code"].isin(list(inside.ground))
            return inside, places.loc[there].assign(joined=True).reset_index(drop=True)

        return self._table("one vintage", force, span, make=make)

    def _elsewhere(self, force: str) -> str:
        """Say that railway police are not in a territorial force's counts, with theirs on the same ground where held."""
        if force == RAILWAYS:
            return ""
        without = f"Crimes recorded by {force_name(RAILWAYS)} are not in these counts"
        if RAILWAYS not in self.store.forces():
            return f"{without}; its months are not held."

        def make() -> str:
            span, places = self.span(force), self.places(force)
            own = set(places.loc[places["in_force"], "ground_code"])
            rows = self.store.count_by(RAILWAYS, ["lsoa_code"], RowsWanted(period=span))
            ground_of = self.store.crosswalk().ground_of
            here = [pd.notna(code) and ground_of.get(code, code) in own for code in rows["lsoa_code"]]
            count = number(int(rows.loc[here, "incidents"].sum()))
            return f"{without}: on this force’s ground it recorded {count} in {span.label}, as far as its months are held."

        return self._table("railways", force, make=make)

    def incidents(self, case: Case, question: IncidentQuestion) -> IncidentCase:
        """Return the incidents wanted of a case's force; rows are read when an answer asks for them."""
        force = question.force

        def by_point() -> pd.DataFrame:
            rows = self.store.count_by(force, _AT_A_POINT, self._wanted(case, question))
            ground_of = self.store.crosswalk().ground_of
            return rows.assign(
                ground_code=[
                    ground_of.get(code, code) if pd.notna(code) else None for code in rows["lsoa_code"]
                ]
            )

        def listed(limit: int | None) -> pd.DataFrame:
            wanted = self._wanted(case, question)
            return self.store.rows(force, _LISTED, wanted, order=_ORDER, limit=limit)

        def by_month() -> pd.DataFrame:
            keys, wanted = ("month", "crime_type"), self._wanted(case, question)
            if wanted.lsoa_codes is not None or wanted.last_outcomes is not None:
                return self.store.count_by(force, keys, wanted)
            # asked once for all types: whoever adds a type to the filter has its months already
            every = self._rows.get(
                (case.state, "months", force, question.period),
                lambda: self.store.count_by(force, keys, RowsWanted(period=question.period)),
            )
            return every.loc[every["crime_type"].isin(question.crime_types)].reset_index(drop=True)

        def kept(name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
            if not case.state.startswith(
                self.state()
            ):  # another month lies there by now: what it has is not this state's
                return make()
            return self._rows.get((case.state, name, question, case.selection.own), make)

        return IncidentCase(
            case,
            question,
            IncidentRows(
                lambda: kept("months", by_month),
                lambda: kept("points", by_point),
                lambda number: kept(f"first {number}", lambda: listed(number)),
                lambda lines: csv_bytes(_with_plain_months(listed(None)), lines),
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

    def records(self, key: str, *, simulated: bool = False) -> Records:
        """Return the office's own records of a kind or, where it gave none and ``simulated`` asks for them, invented ones.

        Records kept as simulated are simulated, whoever asks. Raises RefusedError where what is held is damaged.
        """
        kind, version = record_kind(key), self._version(key)
        title = kind.title.lower()
        if version is not None and not version.simulated:
            refusals = refused_sentence(version.rows, version.refused, rows_said=kind.rows_said)
            source = f"Source: {self.naming().own(title)}, {version.file_name}, kept on {version.kept_at[:10]}. {refusals}"
            table = self._record_table(key, version)
            return Records(kind, "given", table, source.rstrip(), version.fingerprint, version.refused)
        if version is None and not simulated:
            return self.no_records(key)
        table = demonstration_records(key) if version is None else self._record_table(key, version)
        return Records(
            kind,
            "demonstration",
            table,
            f"SIMULATED {title}: no row of it is real.",
            version.fingerprint if version else "",
        )

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

    def no_records(self, key: str) -> Records:
        """Return what stands for records of a kind that are not held: what a review published, or nothing."""
        return Records(record_kind(key), "published", None, "Source: the review’s slides.")

    def record_version(self, key: str) -> RecordVersion | None:
        """Return the version in use of a kind of record, None where the office has given none."""
        return self._version(key)

    def forget_records(self) -> None:
        """Let go of every table held in memory, for when records are removed for good."""
        self._tables.clear()

    def patrolled(self, force: str, log: pd.DataFrame, areas: dict[str, Area] | None = None) -> Patrolled:
        """Return the places that the hotspots of a patrol log, or of a review's table of patrols, lie in."""
        review = self.review(force)
        named = review.tables["patrols"] if review else None
        return patrolled_places(
            log,
            areas=areas or self.areas(force),
            names={} if named is None else dict(zip(named["hotspot"], named["area"], strict=True)),
            crosswalk=self.store.crosswalk(),
            ground=self.places(force),
        )

    def patrolled_ground(self, force: str) -> frozenset[str]:
        """Return the ground that the office's own patrol log names; simulated records name none."""
        version = self._version(PATROL_LOG)
        if version is None or version.simulated:
            return frozenset()
        log = self._record_table(PATROL_LOG, version)
        return self._table(
            "patrolled", force, version.fingerprint, make=lambda: self.patrolled(force, log).ground
        )

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

    def _published(self, register: Records) -> Published:
        """Return what may be shown of a register; invented records have no earlier versions to be held beside."""

        def decide() -> Published:
            if not register.version:
                return publish(register.needed)
            return published_records(self._office, register.kind.key, register.needed, register.version)

        return self._tables.get(("published", *register.key), decide)

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

    # what one topic alone needs

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

    def months_mark(self, force: str) -> str:
        """Return a text that changes with the months of street-level data of a force, lookup, outlines and areas."""

        def make() -> str:
            files = [
                (each.month, each.sha256, each.rows, each.release) for each in self.store.month_files(force)
            ]
            text = repr((files, self.store.side_stamps()))
            return hashlib.sha256(text.encode()).hexdigest()[:16]

        return self._table("months mark", force, make=make)

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

    def _places_of(self, case: Case, log: Records) -> Patrolled:
        """Return the patrolled places: the log's, else the review's, else none."""
        table = log.table
        if table is None:
            if case.review is None:
                return Patrolled((), ())
            table = case.review.tables["patrols"]
        own = case.selection.own
        return self._table(
            "patrolled places",
            case.force,
            log.key,
            own,
            make=lambda: self.patrolled(case.force, table, dict(case.areas)),
        )

    def _at_hand(self, key: str) -> Records:
        """Return the office's own records of a kind; where they are damaged, which their page says, none."""
        try:
            return self.records(key)
        except RefusedError:
            return self.no_records(key)

    # how it is kept

    def _table(self, *key: Hashable, make: Callable[[], T]) -> T:
        return self._tables.get((self.state(), *key), make)

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

    def _named_places(self, force: str) -> tuple[NamedPlace, ...]:
        try:
            land: Land | None = self._land(force)
        except NeedsInputError:
            land = None  # no outline, so no ward can be told
        streets = self.store.count_by(force, ("location", "lsoa_code")).dropna(subset=["lsoa_code"])
        ground_of = self.store.crosswalk().ground_of
        codes = [ground_of.get(code, code) for code in streets["lsoa_code"]]
        places, naming = self.places(force), self.naming()
        called = places.assign(district_name=[naming.district(name) for name in places["district_name"]])
        return named_places(called, land, self.ground_labels(force), streets.assign(ground_code=codes))

    def _contiguity(self) -> Contiguity | None:
        boundaries = self.store.boundaries()
        return None if boundaries is None else build_contiguity(boundaries)

    def _land(self, force: str) -> Land:
        outlines = self.store.screen_boundaries()
        approximate, naming = outlines is None, self.naming()
        land = land_of(
            self.store.footprints(force) if outlines is None else outlines,
            self.places(force),
            districts=None if approximate else self.store.districts(),
            names=names_of(self.places(force), self.areas(force), force_name(force)),
            approximate=approximate,
            wards=self.store.wards(),
        )
        if not naming.districts:
            return land
        called = [naming.district(name) for name in land.districts["district_name"]]
        return replace(land, districts=land.districts.assign(district_name=called))

    def _version(self, key: str) -> RecordVersion | None:
        return current_version(self._office, key)

    def _record_table(self, key: str, version: RecordVersion) -> pd.DataFrame:
        def read() -> pd.DataFrame:
            table = current_records(self._office, key)
            return pd.DataFrame() if table is None else table

        return self._tables.get(("records", key, version.version, version.fingerprint), read)

    def _held_line(self, force: str) -> str:
        coverage = self.store.coverage(force)
        street = coverage.loc[coverage["kind"] == "street"]
        gaps = [month_label(month) for month in street.loc[street["status"] == "gap", "month"]]
        months = int((street["status"] != "gap").sum())
        missing = f"not published here: {', '.join(gaps)}. " if gaps else "no month missing. "
        partly = dict.fromkeys(month_label(month) for month, _ in self.store.partly(force))
        if partly:
            missing += f"Only partly published: {', '.join(partly)}. "
        return (
            f"{force_name(force)}: {counted(months, 'month')} held of {self.span(force).label}; {missing}"
            f"{self.release_line(force)}{self._whose(force)}"
        )

    def _whose(self, force: str) -> str:
        """Say whose records are not in a force's counts, or why nothing of it can be counted by area."""
        try:
            self.needs_ground(force)
        except NeedsInputError as problem:
            return f" {problem}"
        return f" {self._elsewhere(force)}"

    def _release_line(self, force: str) -> str:
        files = self.store.manifest(force)
        street = files.loc[files["kind"] == "street"]
        releases = sorted(set(street["release"]) - {""})
        if releases:
            return f"Release{'s' * (len(releases) > 1)}: {', '.join(releases)}."
        sources = sorted(set(street["source"]))
        named = ", ".join(sources) if len(sources) <= FEW_FILES else f"{len(sources)} files"
        return f"From {named}; no release is named in them."


def _with_plain_months(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(month=rows["month"].astype("str"))


_demonstrations = Cells(20)


def demonstration_records(key: str) -> pd.DataFrame:
    """Return the demonstration records of a kind, simulated and the same each time."""
    return _demonstrations.get(key, lambda: demo_report(key).accepted)
