"""Records that an office gives: templates out, files in, versions kept. What pages and commands call.

A file is read and checked first (`read_upload`), shown, and only then kept (`keep_records`); until that
moment, and whenever a file is wrong, what was held stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePath

import pandas as pd

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from analysis.model.publishing import Published
from analysis.records import RECORD_KINDS, record_kind
from analysis.records.contract import RecordKind
from analysis.records.places import UnknownPlace, rename_places, sentence_of_renamed, unknown_places
from analysis.records.tidying import TidiedRecords, tidy_records
from data.exports.safe_cells import safe_csv
from data.records.record_files import read_raw_table
from data.records.record_templates import records_csv, template_csv, template_excel
from data.records.record_versions import RecordVersion, Versions

__all__ = [
    "RecordVersion",
    "RecordsReport",
    "current_records",
    "current_version",
    "keep_records",
    "published_records",
    "put_back",
    "read_upload",
    "record_kind",
    "record_kinds",
    "records_csv",
    "records_fingerprint",
    "remove",
    "template_csv",
    "template_excel",
    "versions",
]


@dataclass(frozen=True)
class RecordsReport(TidiedRecords):
    """What was found in one file: accepted rows, refused rows with reasons, dropped columns, sentences.

    ``unknown_places`` are names that no known place bears; while there are any, the report is not kept.
    """

    file_name: str
    simulated: bool = False
    unknown_places: tuple[UnknownPlace, ...] = ()

    @property
    def summary(self) -> str:
        """Say in a sentence how many rows were accepted and refused."""
        taken, refused = len(self.accepted), len(self.refused)
        return f"{self.kind.title}, {self.file_name}: {counted(taken, 'row')} accepted, {refused:,} refused."

    def as_is(self) -> RecordsReport:
        """Return the report with its unknown places taken as they stand."""
        return replace(self, unknown_places=())

    def with_places(self, names: Mapping[str, str]) -> RecordsReport:
        """Return the report with unknown places taken as known ones (unknown name to known name), and said."""
        left = tuple(place for place in self.unknown_places if place.name not in names)
        return replace(
            self,
            accepted=rename_places(self.kind, self.accepted, names),
            unknown_places=left,
            sentences=(*self.sentences, *([sentence_of_renamed(names)] if names else [])),
        )

    def unread_csv(self) -> bytes:
        """Return the cells that were taken as not known, with row, column, cell and reason, as CSV."""
        return safe_csv(self.unread)

    def refused_csv(self) -> bytes:
        """Return the refused rows' numbers and reasons as CSV."""
        return safe_csv(self.refused)


def record_kinds() -> tuple[RecordKind, ...]:
    """Return the kinds of record, in the order of the review."""
    return RECORD_KINDS


def read_upload(
    key: str,
    name: str,
    content: bytes,
    *,
    today: dt.date | None = None,
    known_places: Iterable[str] = (),
) -> RecordsReport:
    """Return what a file holds as records of this kind; nothing is kept yet.

    ``today`` (by default the clock's) is the last day that a record of the past can have. ``known_places`` (see
    `data.records.known_places`) are the names beside which those of the file are held; without any, no name is
    unknown. RefusedError when the file as a whole cannot be taken; a row that cannot is in the report instead.
    """
    kind = record_kind(key)
    plain_name = _plain_name(name)
    raw, of_file = read_raw_table(kind, plain_name, content)
    tidied = tidy_records(kind, raw, today=today or dt.date.today())
    return RecordsReport(
        kind,
        tidied.accepted,
        tidied.refused,
        tidied.unread,
        tidied.dropped,
        (*of_file, *tidied.sentences),
        file_name=plain_name,
        unknown_places=unknown_places(kind, tidied.accepted, known_places),
    )


def keep_records(
    store_path: str | Path,
    key: str,
    report: RecordsReport,
    delete_after: dt.date | None = None,
    *,
    now: dt.datetime | None = None,
) -> RecordVersion:
    """Keep a report's accepted rows as the version in use; it takes the place of the one before.

    ``delete_after`` is the last day on which they, and the versions before them, are held. RefusedError, with
    what was held untouched, when no row was accepted, the report is of another kind, a place in it is unknown
    (a caller decides first: `RecordsReport.as_is`, `RecordsReport.with_places`), or that day has passed.
    """
    kind = record_kind(key)
    moment = now or dt.datetime.now(dt.UTC)
    if report.kind != kind:
        raise RefusedError(f"The file was read as {report.kind.title.lower()}, not {kind.title.lower()}.")
    if report.accepted.empty:
        raise RefusedError(
            f"No row of {report.file_name} was accepted, so what was held is untouched. "
            "Correct the rows named and give the file again."
        )
    if report.unknown_places:
        raise RefusedError(" ".join(place.question for place in report.unknown_places))
    if delete_after is not None and delete_after < moment.date():
        raise RefusedError(f"The day of deletion, {delete_after:%Y-%m-%d}, has passed. Choose a later one.")
    return Versions(store_path, kind).keep(
        report.accepted,
        RecordVersion(
            version=0,
            file_name=report.file_name,
            kept_at=moment.isoformat(timespec="seconds"),
            rows=len(report.accepted),
            refused=len(report.refused),
            fingerprint="",
            delete_after=delete_after,
            simulated=report.simulated,
        ),
    )


def versions(store_path: str | Path, key: str, *, today: dt.date | None = None) -> tuple[RecordVersion, ...]:
    """Return the versions held of a kind, newest first. Those whose last day has passed are deleted first."""
    return Versions(store_path, record_kind(key)).all(today or dt.date.today())


def current_version(
    store_path: str | Path, key: str, *, today: dt.date | None = None
) -> RecordVersion | None:
    """Return the version in use, or None."""
    return next((v for v in versions(store_path, key, today=today) if v.current), None)


def current_records(store_path: str | Path, key: str, *, today: dt.date | None = None) -> pd.DataFrame | None:
    """Return the records in use of a kind, with the contract's columns as `HELD_AS` types them, or None."""
    version = current_version(store_path, key, today=today)
    return None if version is None else Versions(store_path, record_kind(key)).read(version)


def published_records(store_path: str | Path, key: str, table: pd.DataFrame, fingerprint: str) -> Published:
    """Return what may be shown of a version of a kind, given what the versions before it showed.

    RefusedError where the list of what they showed is damaged.
    """
    return Versions(store_path, record_kind(key)).shown.published(table, fingerprint)


def put_back(
    store_path: str | Path, key: str, version: int, *, today: dt.date | None = None
) -> RecordVersion:
    """Put an earlier version in use. RefusedError names those held when it is not among them."""
    versions(store_path, key, today=today)
    return Versions(store_path, record_kind(key)).put_back(version)


def remove(store_path: str | Path, key: str, version: int | None = None) -> None:
    """Delete one version of a kind, or every version, for good.

    When the one in use goes, none is in use until another is put back or given.
    """
    Versions(store_path, record_kind(key)).remove(version)


def records_fingerprint(store_path: str | Path, *, today: dt.date | None = None) -> str:
    """Return a text that changes whenever records in use change, for caches."""
    parts = [
        f"{kind.key}:{version.version}:{version.fingerprint}"
        for kind in RECORD_KINDS
        if (version := current_version(store_path, kind.key, today=today)) is not None
    ]
    return sha256("|".join(parts).encode()).hexdigest()[:16]


def _plain_name(name: str) -> str:
    """Return a file's name without folders and control characters, short enough for a sentence."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(character for character in last if character.isprintable()).strip()
    return (printable[:80]) or "the file"
