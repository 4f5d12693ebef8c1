"""What an import has done and nobody reads yet: it lies in ``.coming`` in the store and takes its place all at once.

So pages answer from the last whole state while a national archive comes in, and an import that was killed changed
nothing: what it had done is taken up by the next one. Putting it all in place is renaming files on one disk. Who is
killed even there leaves a mark, and the next import finishes that first.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.model.vocabulary import KINDS
from data.police_uk.file_names import FileKey
from data.police_uk.kept_counts import COUNTS_FOLDER, renew_counts
from data.police_uk.manifest import MonthRecord, find_record, folder_records, month_file, sweep
from data.police_uk.place_counts import PlaceCounts, counts_of_files
from data.state import changing, put_state_away

WORKERS = 2
"""Forces whose counts are renewed side by side, and files that are imported so."""

COMING, _MARK = ".coming", "whole"


def count_store(root: Path) -> None:
    """Keep the counts of every force of a store that nobody reads yet, such as one that is being restored."""

    def count(these: Sequence[MonthRecord]) -> PlaceCounts:
        files = [str(month_file(root, record)) for record in these]
        return counts_of_files(files, [record.key.period for record in these])

    for folder in sorted((root / "street").glob("*")):
        records = sorted(folder_records(folder), key=lambda record: record.month)
        renew_counts((root, root), folder.name, records, count)


def is_unfinished(root: Path) -> bool:
    """Return whether an import was killed while its months took their place: `Coming` finishes it."""
    return (root / COMING / _MARK).exists()


class Coming:
    """The months that an import into the store at ``root`` has written. For who holds the lock of imports."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / COMING
        if is_unfinished(root):
            self._move()

    def record(self, key: FileKey) -> MonthRecord | None:
        """Return the record of a month as it will be: the one written, else the one held, None where there is neither."""
        return find_record(self.path, key) or find_record(self.root, key)

    def data_file(self, record: MonthRecord) -> Path:
        """Return where the rows of a month lie now."""
        written = month_file(self.path, record)
        return written if written.exists() else month_file(self.root, record)

    def put_in_place(self) -> None:
        """Renew the counts of every force, and let everything written take its place."""
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._renew, sorted(self._forces())))
        self.path.mkdir(exist_ok=True)
        (self.path / _MARK).touch()
        self._move()

    def _forces(self) -> set[str]:
        return {
            folder.name
            for root in (self.root, self.path)
            for folder in (root / "street").glob("*")
            if folder.is_dir()
        }

    def _renew(self, force: str) -> None:
        records = {r.month: r for r in folder_records(self.root / "street" / force)}
        records |= {r.month: r for r in folder_records(self.path / "street" / force)}

        def count(these: Sequence[MonthRecord]) -> PlaceCounts:
            files = [str(self.data_file(record)) for record in these]
            return counts_of_files(files, [record.key.period for record in these])

        renew_counts((self.root, self.path), force, [records[month] for month in sorted(records)], count)

    def _move(self) -> None:
        with changing(self.root):
            # rows before the records that name them, counts last: they say themselves of which rows they are
            for suffix in (".parquet", ".json"):
                for kind in KINDS:
                    self._move_files(kind, suffix)
            for file in (self.path / COUNTS_FOLDER).glob("*.parquet"):
                (self.root / COUNTS_FOLDER).mkdir(exist_ok=True)
                file.replace(self.root / COUNTS_FOLDER / file.name)
            # what was replaced goes last, so that whoever reads meanwhile finds every file listed
            sweep(self.root)
            shutil.rmtree(self.path, ignore_errors=True)

    def _move_files(self, kind: str, suffix: str) -> None:
        by_folder: dict[Path, list[Path]] = defaultdict(list)
        for file in self._written(kind, suffix):
            by_folder[self.root / kind / file.parent.name].append(file)
        for folder, files in by_folder.items():
            folder.mkdir(parents=True, exist_ok=True)
            put_state_away(self.root)  # another change may have ended meanwhile, and have written it
            for file in sorted(files):
                file.replace(folder / file.name)

    def _written(self, kind: str, suffix: str) -> Iterator[Path]:
        return (file for file in (self.path / kind).glob(f"*/*{suffix}") if not file.name.startswith("."))
