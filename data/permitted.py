"""What changes a store or takes raw records out of it, for a visitor who has the role; the one way for pages.

Each call asks for its role and raises RefusedError with a sentence where the visitor has less, whatever buttons
were drawn; each takes a line in the store's log (`data.audit`), refused ones too. Ask who the visitor is anew at
each call (`pages.frame.access.visitor`): a name that was taken off a list has lost its role by then.
"""

from __future__ import annotations

import datetime as dt
import getpass
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.model.areas import Area, key_of
from analysis.model.errors import NeedsInputError, RefusedError
from analysis.model.naming import Naming
from analysis.stats.places_left import PlacesLeft, thinned_sentence
from data import records
from data.access import NEEDED, Action, Role, Visitor
from data.audit import AuditLog, Call, Outcome
from data.backup import BackupReport
from data.backup import restore as _restore
from data.backup import write_backup as _write_backup
from data.download import DownloadPlan, DownloadReport, DownloadRequest, download, plan_download
from data.download.values import Progress
from data.ons import GeographyReport, GeographyRequest
from data.ons import download_geography as _download_geography
from data.ons.values import Progress as GeographyTold
from data.police_uk.report import SideReport
from data.records import RecordsReport, RecordVersion
from data.store import Store
from data.store.centres import import_centres as _import_centres
from data.store.kept_areas import save_own_area as _save_own_area
from data.store.own_folder import make_own
from data.store.removed_areas import remove_own_area as _remove_own_area
from data.store.settings import keep_naming as _keep_naming
from data.update import Judge, UpdateReport, update
from data.update.values import Progress as UpdateTold

__all__ = [
    "back_up",
    "command_line",
    "download_geography",
    "download_months",
    "download_records",
    "import_centres",
    "keep_naming",
    "keep_records",
    "permitted",
    "plan_months",
    "put_back",
    "read_audit",
    "remove",
    "remove_own_area",
    "require",
    "restore",
    "save_own_area",
    "update_months",
]

PATROLLED_BY = frozenset({"patrol-log"})
"""Kinds of record whose ground may no longer serve as a comparator."""


def command_line() -> Visitor:
    """Return the visitor of ``python -m data``: the owner everywhere, since the store's files are at hand there."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        name = "unknown"
    return Visitor(Role.OWNER, name, "the command line")


def require(visitor: Visitor, action: Action, store_path: str | Path, subject: str = "") -> None:
    """Raise RefusedError, with a sentence and a line in the log, unless the visitor may do this."""
    if visitor.may(action):
        return
    AuditLog(store_path).refuse(visitor, action, subject)
    needed = NEEDED[action].name.lower()
    raise RefusedError(f"You may not {action.value}: that needs the role “{needed}”. {visitor.why}".rstrip())


@contextmanager
def permitted(visitor: Visitor, action: Action, store_path: str | Path, subject: str = "") -> Iterator[Call]:
    """Do what stands inside if the visitor may, with a line in the log before and after.

    RefusedError, and nothing inside is run, without the role or where the log cannot be written.
    """
    require(visitor, action, store_path, subject)
    call = AuditLog(store_path).begin(visitor, action, subject)
    outcome: Outcome = "failed"
    try:
        yield call
        outcome = "done"
    finally:
        call.end(outcome)


def keep_records(
    visitor: Visitor,
    store_path: str | Path,
    report: RecordsReport,
    delete_after: dt.date | None = None,
    *,
    places: Sequence[PlacesLeft] | None = None,
) -> RecordVersion:
    """Keep a report's rows as `data.records.keep_records` does; needs the role records.

    A patrol log takes comparators away, so ``places`` says for each area judged today how many similar places
    it has and would have (show `thinned_sentence` of it before). Where an area would be left without a verdict,
    or nobody counted, only the owner can keep the log.
    """
    key = report.kind.key
    if key in PATROLLED_BY and visitor.may(Action.KEEP_RECORDS) and not visitor.may(Action.KEEP_THINNING_LOG):
        if places is None:
            AuditLog(store_path).refuse(visitor, Action.KEEP_THINNING_LOG, key)
            raise RefusedError(
                "How many similar places this log would leave was not counted, so only the owner can keep it."
            )
        if sentence := thinned_sentence(places):
            AuditLog(store_path).refuse(visitor, Action.KEEP_THINNING_LOG, key)
            raise RefusedError(f"{sentence} Only the owner can keep it.")
    with permitted(visitor, Action.KEEP_RECORDS, store_path, key) as call:
        version = records.keep_records(store_path, key, report, delete_after)
        call.line["subject"] = f"{key} {version.version}"
    make_own(store_path)
    return version


def put_back(visitor: Visitor, store_path: str | Path, key: str, version: int) -> RecordVersion:
    """Put an earlier version in use, as `data.records.put_back` does; needs the role owner."""
    with permitted(visitor, Action.PUT_BACK_RECORDS, store_path, f"{_kind(key)} {version}"):
        return records.put_back(store_path, key, version)


def remove(visitor: Visitor, store_path: str | Path, key: str, version: int | None = None) -> None:
    """Delete one version of a kind, or all, for good, as `data.records.remove` does; needs the role owner."""
    which = "all" if version is None else version
    with permitted(visitor, Action.REMOVE_RECORDS, store_path, f"{_kind(key)} {which}"):
        records.remove(store_path, key, version)


def download_records(visitor: Visitor, store_path: str | Path, key: str) -> bytes:
    """Return the raw records in use of a kind as CSV; needs the role records. NeedsInputError where none are."""
    with permitted(visitor, Action.DOWNLOAD_RECORDS, store_path, _kind(key)):
        table = records.current_records(store_path, key)
        if table is None:
            raise NeedsInputError(f"No {records.record_kind(key).title.lower()} is in use.")
        return records.records_csv(key, table)


def plan_months(
    visitor: Visitor, store: Store, request: DownloadRequest, cancel: threading.Event | None = None
) -> DownloadPlan:
    """Return what `download_months` would fetch, as `data.download.plan_download` does; needs the role owner."""
    require(visitor, Action.IMPORT_DATA, store.path, f"plan {key_of(request.force)}")
    return plan_download(store, request, cancel)


def download_months(
    visitor: Visitor,
    store: Store,
    request: DownloadRequest,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> DownloadReport:
    """Fetch a force's months and import them, as `data.download.download` does; needs the role owner."""
    with _importing(visitor, store, f"download {key_of(request.force)}"):
        return download(store, request, progress, cancel)


def update_months(
    visitor: Visitor,
    store: Store,
    judge: Judge,
    progress: UpdateTold | None = None,
    cancel: threading.Event | None = None,
) -> UpdateReport:
    """Fetch what is new or revised and say what it changed, as `data.update.update` does; needs the role owner.

    ``judge`` is `pages.update.judging.judge`.
    """
    with _importing(visitor, store, "update"):
        return update(store, judge, progress, cancel)


def download_geography(
    visitor: Visitor,
    store: Store,
    request: GeographyRequest | None = None,
    progress: GeographyTold | None = None,
    cancel: threading.Event | None = None,
) -> GeographyReport:
    """Fetch lookup and outlines and import them, as `data.ons.download_geography` does; needs the role owner."""
    named = " ".join(key_of(force) for force in request.forces) if request else ""
    with _importing(visitor, store, f"download-geography {named}".rstrip()):
        return _download_geography(store, request, progress, cancel)


def save_own_area(visitor: Visitor, store: Store, area: Area) -> Path:
    """Keep an area in the store, as `data.store.kept_areas` does; needs the role owner."""
    with permitted(visitor, Action.KEEP_AREA, store.path, key_of(area.name)):
        return _save_own_area(store, area)


def import_centres(visitor: Visitor, store: Store, path: str | Path) -> SideReport:
    """Keep the centres in this file, as `data.store.centres` does; needs the role owner."""
    with _importing(visitor, store, "import-centres"):
        return _import_centres(store, path)


def remove_own_area(visitor: Visitor, store: Store, key: str) -> Path:
    """Take a kept area out of the store for good, as `data.store.removed_areas` does; needs the role owner."""
    with permitted(visitor, Action.REMOVE_AREA, store.path, key_of(key)):
        return _remove_own_area(store, key)


def keep_naming(visitor: Visitor, store: Store, naming: Naming) -> Path:
    """Keep what the office and its districts are called, as `data.store.settings` does; needs the role owner."""
    with permitted(visitor, Action.CHANGE_SETTINGS, store.path, "names"):
        return _keep_naming(store, naming)


def back_up(visitor: Visitor, store_path: str | Path, target: str | Path) -> BackupReport:
    """Write all that a store holds as one file, as `data.backup.write_backup` does; needs the role owner."""
    with permitted(visitor, Action.BACK_UP, store_path):
        return _write_backup(store_path, target)


def restore(visitor: Visitor, store_path: str | Path, path: str | Path) -> BackupReport:
    """Put a back-up in the place of what is held, as `data.backup.restore` does; needs the role owner."""
    with permitted(visitor, Action.RESTORE, store_path):
        report = _restore(store_path, path)
    make_own(store_path)
    return report


def read_audit(visitor: Visitor, store_path: str | Path) -> pd.DataFrame:
    """Return the log, the latest call first (`data.audit.COLUMNS`); needs the role owner."""
    require(visitor, Action.READ_AUDIT, store_path)
    return AuditLog(store_path).table()


@contextmanager
def _importing(visitor: Visitor, store: Store, subject: str) -> Iterator[None]:
    """Import what stands inside if the visitor may; a part may be held, whatever ended it, and is the user's alone."""
    with permitted(visitor, Action.IMPORT_DATA, store.path, subject):
        try:
            yield
        finally:
            make_own(store.path)


def _kind(key: str) -> str:
    return records.record_kind(
        key
    ).key  # RefusedError for a kind there is none of, before it stands in the log
