"""A store from a back-up: all of the file is checked, then takes the place of what is held in one step."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.model.errors import AnalysisError, RefusedError
from data.alone import one_at_a_time
from data.audit import FOLDER as AUDIT
from data.backup.contents import FOLDERS, FORMAT, LIST, MONTHS, PROGRAM, BackupReport, belongs, held_in_words
from data.damage import writing
from data.download.values import megabytes
from data.police_uk.archive import CHUNK, plain_name
from data.police_uk.coming import COMING, count_store
from data.police_uk.file_names import FORMAT as MONTH_FORMAT
from data.police_uk.importer import DEMONSTRATION, alone
from data.police_uk.kept_counts import COUNTS_FOLDER
from data.police_uk.manifest import month_file, read_record, sidecars
from data.store import Store
from data.store.settings import LOCK as SETTINGS_LOCK
from data.store.settings import SETTINGS_FILE, read_naming
from data.store.swapping import NEW, RESTORE_LOCK, STAGED, finish_swap, swap_in
from data.update.before import FOLDER as BEFORE
from data.update.updating import LOCK as UPDATE_LOCK
from data.zips import DAMAGE, member

MOST_MEMBERS = 200_000
"""Files in a back-up: every force's months of fifteen years are 97,000."""

MOST_LIST_BYTES = 64 * 2**20
"""Of the list of a back-up, which is read into memory: 200,000 files need some 40 MB."""

MOST_UNPACKED = 50
"""Times its own size that a back-up may unpack to. Parquet is not packed again, and the records beside it shrink to a tenth."""

ROOM_LEFT = 50_000_000
"""Bytes that must be left on the disk when all lies beside what is held."""

_STAGED, _LOCK = STAGED, RESTORE_LOCK

_LOCK_SECONDS = 30
"""So long a restore waits for who writes a table, records, areas or settings."""
_BUSY = "Another back-up is being put back into this store. Wait until it has finished."
_ANEW = "What is held is unchanged. Give another copy of it, or another back-up."


@dataclass(frozen=True)
class _Contents:
    """What a back-up holds, checked: the size and SHA-256 of each file by name, and when it was made."""

    members: dict[str, tuple[int, str]]
    made_at: str

    @property
    def bytes(self) -> int:
        return sum(size for size, _ in self.members.values())


def restore(store_path: Path | str, path: Path | str) -> BackupReport:
    """Put what a back-up holds in the place of all that a store holds.

    Everything of the file is unpacked beside what is held and checked (names, sizes, SHA-256, that months, tables, records
    and settings can be read) before anything held is touched; stopped before that, nothing has changed, and after it, the
    step is finished by whoever opens the store next. The store's own log stays, with the file's lines before it. Raises
    RefusedError, with its sentence, for a file that cannot be taken, while an import or another restore is running, and
    where the store cannot be written or the disk is full.
    """
    root, file = Path(store_path), Path(path)
    shown = plain_name(file.name)
    with writing(root), one_at_a_time(root / _LOCK, _BUSY):
        finish_swap(root)
        staged = root / _STAGED
        shutil.rmtree(staged, ignore_errors=True)
        try:
            (staged / NEW).mkdir(parents=True)
            with _opened(shown, file) as archive:
                contents = _checked(shown, archive, file)
                _needs_room(shown, contents, root)
                _unpack(shown, archive, contents, staged / NEW)
            _check_store(shown, staged / NEW)
            count_store(staged / NEW)
            with _undisturbed(root):
                lost = _lines_of_log(root, staged / NEW)
                swap_in(root, staged, _away(root))
                _add_to_log(root, lost)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    said = f"{shown}, made on {contents.made_at[:10]}: {held_in_words(list(contents.members))} are held now, in place of what was."
    return BackupReport(shown, len(contents.members), contents.bytes, said)


@contextmanager
def _opened(shown: str, file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with contextlib.closing(zipfile.ZipFile(file)) as archive:
            yield archive
    except (FileNotFoundError, IsADirectoryError) as problem:
        raise RefusedError(f"{shown}: no such file. Check its name.") from problem
    except DAMAGE as problem:
        raise RefusedError(f"{shown}: the zip is cut short or damaged. {_ANEW}") from problem


def _refused(shown: str, why: str) -> RefusedError:
    return RefusedError(f"{shown}: {why}, so it is no back-up that can be taken. {_ANEW}")


def _checked(shown: str, archive: zipfile.ZipFile, file: Path) -> _Contents:
    """Return what the file holds. RefusedError unless its list names all members, and each of them may stand in a store."""
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        raise _refused(shown, f"it holds {len(entries):,} files, and {MOST_MEMBERS:,} are the most")
    own = {entry.filename: entry for entry in entries}
    if LIST not in own:
        raise _refused(shown, f"it has no {LIST}")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED * file.stat().st_size:
        raise _refused(shown, f"it unpacks to more than {MOST_UNPACKED} times its size")
    if len({name.lower() for name in own}) != len(entries):
        raise _refused(shown, "a name stands in it twice")
    for entry in entries:
        inner = plain_name(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.filename != LIST and not belongs(entry.filename):
            raise _refused(shown, f"“{inner}” has no place in a store")
        if entry.is_dir() or kind not in (0, stat.S_IFREG):
            raise _refused(shown, f"“{inner}” is a link or no file")
    listed = _list(shown, archive, own[LIST])
    sizes = {name: entry.file_size for name, entry in own.items() if name != LIST}
    if {name: size for name, (size, _) in listed.members.items()} != sizes:
        raise _refused(shown, f"it does not hold what its {LIST} names")
    return listed


def _list(shown: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Contents:
    if entry.file_size > MOST_LIST_BYTES:
        raise _refused(shown, f"its {LIST} has more than {megabytes(MOST_LIST_BYTES)}")
    try:
        with member(archive, entry) as source:
            said: Any = json.loads(source.read())
        program, form, months = said["program"], said["format"], said["months"]
        members = {
            str(name): (int(each["bytes"]), str(each["sha256"])) for name, each in said["members"].items()
        }
        contents = _Contents(members, str(said["made_at"]))
    except (TypeError, KeyError, AttributeError, RecursionError, *DAMAGE) as problem:
        raise _refused(shown, f"its {LIST} cannot be read") from problem
    if program != PROGRAM:
        raise _refused(shown, "it was made by another program")
    if (form, months) != (FORMAT, MONTH_FORMAT):
        raise RefusedError(
            f"{shown}: it was made by another version of this program (form {str(form)[:8]}.{str(months)[:8]}; this one reads "
            f"{FORMAT}.{MONTH_FORMAT}). What is held is unchanged. Restore it with that version."
        )
    return contents


def _needs_room(shown: str, contents: _Contents, root: Path) -> None:
    free = shutil.disk_usage(root).free
    if contents.bytes + ROOM_LEFT > free:
        raise RefusedError(
            f"{shown}: it unpacks to {megabytes(contents.bytes)}, and {megabytes(free)} are free. Make room; what is held is "
            "unchanged."
        )


def _unpack(shown: str, archive: zipfile.ZipFile, contents: _Contents, target: Path) -> None:
    for name, (_, mark) in contents.members.items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        found = hashlib.sha256()
        try:
            with member(archive, name) as source, file.open("xb") as out:
                while piece := source.read(CHUNK):
                    found.update(piece)
                    out.write(piece)
        except DAMAGE as problem:
            raise _refused(shown, f"“{plain_name(name)}” is damaged in it") from problem
        if found.hexdigest() != mark:
            raise _refused(shown, f"“{plain_name(name)}” is not what it was when it was backed up")


def _check_store(shown: str, new: Path) -> None:
    """Read what was unpacked as a store is read. RefusedError where something of it cannot be."""
    try:
        for entry in sidecars(new):
            record = read_record(entry.path)
            rows = pq.read_metadata(month_file(new, record)).num_rows
            if rows != record.rows_kept:
                raise _refused(
                    shown, f"{record.key} has {rows:,} rows, and {record.rows_kept:,} are said of it"
                )
        for path in new.rglob("*.parquet"):
            pq.read_metadata(path)
        for path in new.rglob("*.json"):
            json.loads(path.read_text(encoding="utf-8"))
        store = Store(new)
        store.crosswalk()
        store.definitions()
        if (new / SETTINGS_FILE).exists():
            read_naming(new)
    except (OSError, ValueError, pa.ArrowException, RecursionError) as problem:
        raise _refused(shown, f"what it holds cannot be read ({type(problem).__name__})") from problem
    except AnalysisError as problem:
        if shown in str(problem):
            raise
        raise RefusedError(f"{shown}: {problem} {_ANEW}") from problem


@contextmanager
def _undisturbed(root: Path) -> Iterator[None]:
    """Keep whoever writes into the store away: imports, updates, areas, settings and records. RefusedError where one is at it."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(alone(root))
        names = [".side.lock", ".areas.lock", SETTINGS_LOCK, UPDATE_LOCK]
        names += ["records/.lock"] if (root / "records").is_dir() else []
        try:
            for name in names:
                stack.enter_context(filelock.FileLock(root / name, timeout=_LOCK_SECONDS))
        except filelock.Timeout as busy:
            raise RefusedError(
                "Somebody is writing into the store: an update, records, areas or settings. Try again in a minute; what is held "
                "is unchanged."
            ) from busy
        yield


def _away(root: Path) -> set[str]:
    """Return what is held that goes: all that a back-up may hold, and what was made or put aside from it."""
    held = {path.name for path in root.iterdir() if not path.name.startswith(".") and belongs(path.name)}
    held |= {
        name
        for name in (*MONTHS, *FOLDERS, COUNTS_FOLDER, COMING, DEMONSTRATION, BEFORE)
        if (root / name).exists()
    }
    # the log is only added to
    return held - {AUDIT}


def _lines_of_log(root: Path, new: Path) -> dict[str, list[bytes]]:
    """Take the log out of what was unpacked; return its lines that the store's own does not have, by the log's name."""
    ours, theirs = root / AUDIT, new / AUDIT
    before: dict[str, list[bytes]] = {}
    for path in sorted(theirs.glob("*.jsonl")) if theirs.is_dir() else []:
        before.setdefault(path.stem.partition("-")[0], []).extend(path.read_bytes().splitlines())
    shutil.rmtree(theirs, ignore_errors=True)
    known = {line for path in ours.glob("*.jsonl") for line in path.read_bytes().splitlines()}
    return {name: [line for line in lines if line and line not in known] for name, lines in before.items()}


def _add_to_log(root: Path, lost: dict[str, list[bytes]]) -> None:
    """Put these lines before those of the store's own log, which stays as it is."""
    for name, lines in lost.items():
        if lines:
            (root / AUDIT).mkdir(exist_ok=True, mode=0o700)
            with (root / AUDIT / f"{name}-000000.jsonl").open("ab") as out:  # sorts before those put aside
                out.write(b"\n".join(lines) + b"\n")
