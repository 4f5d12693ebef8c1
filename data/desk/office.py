"""The office's own records as answers need them: in use, simulated or none, and the ground that a patrol log names."""

from __future__ import annotations

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.cells import Cells
from analysis.model.errors import RefusedError
from analysis.model.patrolled import Patrolled, patrolled_places
from analysis.model.publishing import Published, publish
from analysis.records.given import Records, refused_sentence
from data.demo.demo_records import demo_report
from data.desk.held import HeldMonths
from data.records import RecordVersion, current_records, current_version, published_records, record_kind
from data.store import Store

PATROL_LOG = "patrol-log"


class OfficeRecords(HeldMonths):
    """The records of the office beside the months of a store.

    ``office`` is the store that holds them: the store itself, also while its months are simulated, unless another is named
    (for months put aside, which have no records beside them).
    """

    def __init__(self, store: Store, office: Store | None = None) -> None:
        super().__init__(store)
        self._office = (office or store).path

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

    def _published(self, register: Records) -> Published:
        """Return what may be shown of a register; invented records have no earlier versions to be held beside."""

        def decide() -> Published:
            if not register.version:
                return publish(register.needed)
            return published_records(self._office, register.kind.key, register.needed, register.version)

        return self._tables.get(("published", *register.key), decide)

    def _version(self, key: str) -> RecordVersion | None:
        return current_version(self._office, key)

    def _record_table(self, key: str, version: RecordVersion) -> pd.DataFrame:
        def read() -> pd.DataFrame:
            table = current_records(self._office, key)
            return pd.DataFrame() if table is None else table

        return self._tables.get(("records", key, version.version, version.fingerprint), read)


_demonstrations = Cells(20)


def demonstration_records(key: str) -> pd.DataFrame:
    """Return the demonstration records of a kind, simulated and the same each time."""
    return _demonstrations.get(key, lambda: demo_report(key).accepted)
