"""The months as they were before an update, put aside until what changed has been told.

They are links to the files held, so they take no room; what an update replaces is let go of with them. They outlast a
kill: the next update tells what that one changed, too. Records of an office are not among them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from data.police_uk.importer import alone
from data.police_uk.kept_counts import COUNTS_FOLDER
from data.police_uk.manifest import month_file, read_record, sidecars
from data.store import Store
from data.store.store_folder import SIDE_FILES

FOLDER = ".before"
_TRIED = ".tried"
"""In that folder, where what changed could not be told once."""

_PART = ".before.part"


def keep_before(root: Path) -> None:
    """Put the months held aside, unless those from before an update that was killed are still there.

    Raises RefusedError while an import into this store is running.
    """
    target, part = root / FOLDER, root / _PART
    if target.is_dir():
        return
    shutil.rmtree(part, ignore_errors=True)
    with alone(root):
        part.mkdir()
        for entry in sidecars(root):
            record = read_record(entry.path)
            _link(Path(entry.path), part / Path(entry.path).relative_to(root))
            if record.kind == "street":  # the others are told apart by their records alone
                file = month_file(root, record)
                _link(file, part / file.relative_to(root))
        for file in (root / COUNTS_FOLDER).glob("[!.]*.parquet"):
            _link(file, part / file.relative_to(root))
        for name in SIDE_FILES:
            if (root / name).exists():
                _link(root / name, part / name)
        part.rename(target)


def read_before(root: Path) -> Store:
    """Return the store of the months put aside."""
    return Store(root / FOLDER)


def tried_before(root: Path) -> bool:
    """Return whether it was tried to tell what changed since these months, and failed."""
    return (root / FOLDER / _TRIED).exists()


def try_again(root: Path) -> None:
    """Keep the months put aside for the next update, which is then the last that tries to tell what changed since."""
    (root / FOLDER / _TRIED).touch()


def forget_before(root: Path) -> None:
    """Let go of the months put aside."""
    (root / FOLDER).rename(root / _PART)  # at once: half of them would be taken for what was held
    shutil.rmtree(root / _PART, ignore_errors=True)


def _link(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".toml":  # edited in place, by hand
        shutil.copy2(file, to)
        return
    try:
        os.link(file, to)
    except FileNotFoundError:
        return  # a month whose data are gone, which whoever asks for it is told
    except OSError:  # a disk that knows no links
        shutil.copy2(file, to)
