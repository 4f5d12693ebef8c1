"""Versions of each kind of record in the store: kept, put back, removed for good, deleted on their day.

One folder a kind under ``records``: a Parquet file a version and ``versions.json``, which names them and the
one in use. Each file is written beside its place and moved into it, so a reader sees the old or the new,
never a half. Writers hold one lock for the whole store.

The list is what counts: a version is held from the moment it names it, and gone from the moment it does not,
wherever a window is closed or a machine stops. The list also names what is being deleted until no file of it is
left, so that the next reader ends what was cut off.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordKind
from data.atomic import write_file
from data.records.shown_before import ShownBefore
from data.records.table_bytes import from_bytes, to_bytes
from data.state import changing

MOST_VERSIONS = 10
_LOCK_SECONDS = 30
_MANIFEST = "versions.json"


@dataclass(frozen=True)
class RecordVersion:
    """One version held: its number, the file it came from, when it was kept, and how it stands.

    ``delete_after`` is its last day; ``simulated`` marks demonstration records; ``current`` the one in use.
    """

    version: int
    file_name: str
    kept_at: str
    rows: int
    refused: int
    fingerprint: str
    delete_after: dt.date | None = None
    simulated: bool = False
    current: bool = False


class Versions:
    """The versions of one kind of record in one store."""

    def __init__(self, store_path: str | Path, kind: RecordKind) -> None:
        self.kind = kind
        self.records = Path(store_path) / "records"
        self.folder = self.records / kind.key
        self.shown = ShownBefore(self.records, kind)

    def all(self, today: dt.date) -> tuple[RecordVersion, ...]:
        """Return every version held, newest first; those whose last day has passed are deleted first."""
        held = self._read()
        if any(_over(version, today) for version in held) or self._manifest()["dropping"]:
            with self._locked():
                held = self._drop([v.version for v in self._read() if _over(v, today)])
        return tuple(sorted(held, key=lambda version: -version.version))

    def read(self, version: RecordVersion) -> pd.DataFrame:
        """Return the table of a version as it was kept."""
        path = self._path(version)
        try:
            return from_bytes(self.kind, path.read_bytes())
        except (OSError, pa.ArrowException, KeyError, ValueError, TypeError) as error:
            raise RefusedError(
                f"The {self.kind.title.lower()} in the store is damaged. Give the file again, or put an "
                "earlier version back."
            ) from error

    def keep(self, frame: pd.DataFrame, version: RecordVersion) -> RecordVersion:
        """Write a table as the newest version, put it in use, and drop the oldest beyond ten.

        Where it has a last day, earlier versions get it too (unless theirs comes sooner): they hold much the
        same rows, and a promise to delete covers them.
        """
        with self._locked():
            held = self._read()
            number = max((v.version for v in held), default=self._last_number()) + 1
            number = max(number, self._last_number() + 1)
            self.folder.mkdir(parents=True, exist_ok=True)
            content = to_bytes(self.kind, frame)
            kept = replace(
                version, version=number, current=True, fingerprint=sha256(content).hexdigest()[:16]
            )
            # before it is in use: cut off here, one is held to what nobody saw, never the other way about
            self._note(next((v for v in held if v.current), None))
            self.shown.note(frame, kept.fingerprint)
            write_file(self._path(kept), content)
            last_day = version.delete_after
            earlier = [
                replace(v, current=False, delete_after=_sooner(v.delete_after, last_day)) for v in held
            ]
            everything = sorted([*earlier, kept], key=lambda v: v.version)
            beyond = [v.version for v in everything[:-MOST_VERSIONS]]
            self._write_manifest(everything[-MOST_VERSIONS:], number, dropping=beyond)
            # from here on it is kept: what cannot be cleared away now is cleared by whoever comes next
            with suppress(OSError):
                self._clear(everything[-MOST_VERSIONS:], number)
        return kept

    def put_back(self, number: int) -> RecordVersion:
        """Put an earlier version in use; none is lost."""
        with self._locked():
            held = self._read()
            chosen = self._find(held, number)
            self._note(next((v for v in held if v.current), None))
            self._note(chosen)
            changed = [replace(v, current=v.version == chosen.version) for v in held]
            self._write_manifest(changed, self._last_number())
        return replace(chosen, current=True)

    def remove(self, number: int | None) -> None:
        """Delete one version, or all of them, for good. What remains is not put in use by itself."""
        if not self.folder.is_dir() and number is None:
            return
        with self._locked():
            if number is None:
                self._remove_all()
            else:
                self._drop([self._find(self._read(), number).version])

    def _note(self, version: RecordVersion | None) -> None:
        """Note what a version shows that was kept before there was such a list; a damaged one shows nothing."""
        if version is not None:
            with suppress(RefusedError):
                frame = self.read(version)
                self.shown.note(frame, version.fingerprint)

    def _find(self, held: list[RecordVersion], number: int) -> RecordVersion:
        for version in held:
            if version.version == number:
                return version
        known = ", ".join(str(version.version) for version in held) or "none"
        raise RefusedError(
            f"There is no version {number} of the {self.kind.title.lower()}. Versions held: {known}."
        )

    def _drop(self, numbers: list[int]) -> list[RecordVersion]:
        held, last = self._read(), self._last_number()
        left = [version for version in held if version.version not in numbers]
        # no longer held, and still known of, until every file is gone
        self._write_manifest(left, last, dropping=[*numbers, *self._manifest()["dropping"]])
        self._clear(left, last)
        return left

    def _clear(self, held: list[RecordVersion], last: int) -> None:
        """Delete files that no version names (what is dropped, and the leavings of a write that was cut off)."""
        named = {self._path(version).name for version in held} | {_MANIFEST}
        for path in self.folder.iterdir():
            if path.is_file() and path.name not in named:
                path.unlink(missing_ok=True)
        if self._manifest()["dropping"]:
            self._write_manifest(held, last)

    def _remove_all(self) -> None:
        """Delete the folder whatever state it is in; cut off anywhere, nothing is held and the rest goes next."""
        self._write_manifest([], 0, dropping=[0])
        for path in self.folder.iterdir():
            if path.name != _MANIFEST:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.rmtree(self.folder)

    def _path(self, version: RecordVersion) -> Path:
        return self.folder / f"{version.version:06d}.parquet"

    def _manifest(self) -> dict[str, Any]:
        try:
            text = (self.folder / _MANIFEST).read_text(encoding="utf-8")
        except FileNotFoundError:
            return {"last": 0, "versions": [], "dropping": []}
        try:
            listed = json.loads(text)
            return {
                "last": int(listed["last"]),
                "versions": list(listed["versions"]),
                "dropping": list(listed.get("dropping", [])),  # lists written before there was one have none
            }
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(self._damaged()) from error

    def _damaged(self) -> str:
        return (
            f"The list of versions of the {self.kind.title.lower()} is damaged. "
            f"Remove the folder {self.kind.key} from the store's records and give the file again."
        )

    def _last_number(self) -> int:
        return int(self._manifest()["last"])

    def _read(self) -> list[RecordVersion]:
        try:
            return [
                RecordVersion(**{**entry, "delete_after": _day(entry["delete_after"])})
                for entry in self._manifest()["versions"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise RefusedError(self._damaged()) from error

    def _write_manifest(
        self, versions: list[RecordVersion], last: int, *, dropping: Sequence[int] = ()
    ) -> None:
        if not self.folder.is_dir():
            return
        entries = [
            asdict(v) | {"delete_after": v.delete_after.isoformat() if v.delete_after else None}
            for v in versions
        ]
        listed: dict[str, Any] = {"last": last, "versions": entries}
        if dropping:
            listed["dropping"] = sorted(set(dropping))
        write_file(self.folder / _MANIFEST, json.dumps(listed, indent=1, ensure_ascii=False))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.records.mkdir(parents=True, exist_ok=True)
            with FileLock(self.records / ".lock", timeout=_LOCK_SECONDS), changing(self.records.parent):
                yield
        except Timeout as error:
            raise RefusedError("The store is in use by another import. Try again in a minute.") from error
        except OSError as error:
            raise RefusedError(
                f"The store cannot be written to ({error.strerror or 'no reason given'}). "
                "What was held is untouched; check the folder's rights and space."
            ) from error


def _over(version: RecordVersion, today: dt.date) -> bool:
    return version.delete_after is not None and today > version.delete_after


def _sooner(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(one, other) if one and other else one or other


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
