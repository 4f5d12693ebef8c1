"""All that a store holds, written as one zip."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import stat
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import filelock

from analysis.model.errors import NeedsInputError, RefusedError
from data.atomic import hidden_beside, move_into_place
from data.backup.contents import FORMAT, LIST, PROGRAM, SUFFIX, BackupReport, held_files, held_in_words
from data.download.values import megabytes
from data.police_uk.archive import CHUNK, plain_name
from data.police_uk.coming import Coming
from data.police_uk.file_names import FORMAT as MONTH_FORMAT
from data.police_uk.importer import alone

_OWN = (stat.S_IFREG | 0o600) << 16
_LOCK_SECONDS = 30


def write_backup(store_path: Path | str, target: Path | str) -> BackupReport:
    """Write all that a store holds into one file, whole or not at all.

    Months, lookup, outlines, centres, areas, settings, the office's records with their versions, the list of updates and the
    log. Simulated months, locks, and what an update or a download put aside are left out. Nobody imports meanwhile.
    NeedsInputError where nothing is held; RefusedError where the file is there already, would lie in the store, or cannot
    be written.
    """
    root, file = Path(store_path), Path(target)
    shown = plain_name(file.name)
    if file.suffix.lower() != SUFFIX:
        raise RefusedError(f"{shown}: a back-up is a zip. Give it a name that ends in {SUFFIX}.")
    if file.exists():
        raise RefusedError(f"{shown} is there already. Name another file, or move that one away.")
    if root.resolve() in file.resolve().parents:
        raise RefusedError(f"{shown} would lie in the store itself. Name a file elsewhere.")
    if not any(name.split("/")[0] != "audit" for name, _ in held_files(root)):
        raise NeedsInputError("Nothing is held yet, so there is nothing to back up.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _undisturbed(root), hidden_beside([file]) as hidden:
            members = _write(root, hidden[file])
            move_into_place(hidden[file], file)
            size = file.stat().st_size
    except filelock.Timeout as busy:
        raise RefusedError("Records are being written. Back up again in a minute.") from busy
    except OSError as problem:
        raise RefusedError(
            f"{shown} cannot be written ({problem.strerror}). Check its folder, its permissions and the space left."
        ) from problem
    said = f"{shown}: {held_in_words(list(members))} are in it, with all that lies beside them; {megabytes(size)}."
    return BackupReport(shown, len(members), size, said)


def _undisturbed(root: Path) -> ExitStack:
    """Return what keeps months, tables and records as they are while they are copied."""
    with ExitStack() as stack:
        stack.enter_context(alone(root))
        Coming(root)  # months of an import that was killed while they took their place, do so first
        stack.enter_context(filelock.FileLock(root / ".side.lock", timeout=_LOCK_SECONDS))
        if (root / "records").is_dir():
            stack.enter_context(filelock.FileLock(root / "records" / ".lock", timeout=_LOCK_SECONDS))
        return stack.pop_all()


def _write(root: Path, target: Path) -> dict[str, dict[str, Any]]:
    now = dt.datetime.now(dt.UTC)
    members: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(target, "x") as archive:
        for name, path in held_files(root):
            info = zipfile.ZipInfo(name, now.timetuple()[:6])
            info.external_attr = _OWN
            # Parquet is packed already
            info.compress_type = zipfile.ZIP_STORED if path.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            mark, size = hashlib.sha256(), 0
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as out:
                while piece := source.read(CHUNK):
                    mark.update(piece)
                    size += len(piece)
                    out.write(piece)
            members[name] = {"bytes": size, "sha256": mark.hexdigest()}
        listed = {
            "program": PROGRAM,
            "format": FORMAT,
            "months": MONTH_FORMAT,
            "made_at": now.isoformat(timespec="seconds"),
            "members": members,
        }
        archive.writestr(LIST, json.dumps(listed, indent=1), zipfile.ZIP_DEFLATED)
    return members
