"""Lists that are only added to: a line at a time, whole on the disk, in files that are put aside when they are full.

Lines are JSON. A line that was cut off (the disk was full, the file was changed by hand) is left out by whoever reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock

_LOCK_SECONDS = 10


@dataclass(frozen=True)
class AppendOnlyFiles:
    """Lists in one folder, by name. A file of ``largest`` bytes is put aside under a number; ``most`` so put aside are kept.

    The oldest go first.
    """

    folder: Path
    largest: int
    most: Mapping[str, int]

    def append(self, name: str, line: dict[str, Any]) -> None:
        """Add one line to the list of this name, in one write that has reached the disk."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._file(name)
        # ASCII with control characters written out: a name cannot end the line and begin another's
        text = json.dumps(line, ensure_ascii=True).encode() + b"\n"
        with filelock.FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS, mode=0o600):
            if file.exists() and file.stat().st_size + len(text) > self.largest:
                self._put_aside(name, file)
            handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, (b"\n" if _cut_off(handle) else b"") + text)
                os.fsync(handle)
            finally:
                os.close(handle)

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of this list that can be read, the oldest first."""
        for file in [*self._aside(name), self._file(name)]:
            if not file.exists():
                continue
            for text in file.read_bytes().splitlines():
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict):
                    yield line

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"

    def _put_aside(self, name: str, file: Path) -> None:
        old = self._aside(name)
        number = int(old[-1].stem.rpartition("-")[2]) + 1 if old else 1
        file.rename(self.folder / f"{name}-{number:06d}.jsonl")
        for gone in [*old, None][: -self.most[name]]:
            if gone is not None:
                gone.unlink(missing_ok=True)

    def _aside(self, name: str) -> list[Path]:
        return sorted(self.folder.glob(f"{name}-[0-9]*.jsonl"))


def _cut_off(handle: int) -> bool:
    """Return whether the last line has no end, as where the disk was full: the next begins a line of its own."""
    size = os.fstat(handle).st_size
    if not size:
        return False
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) != b"\n"
