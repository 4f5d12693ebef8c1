"""Files put in place in one step: whoever reads, and whoever is killed, leaves the old file or the new, never half of one.

A file is written under a hidden name and flushed to the disk; then it takes its name. What writes several files at once
writes all of them first (`hidden_beside`) and moves them (`move_into_place`) when nothing more can go wrong.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_file(target: Path, content: bytes | str, *, folder: Path | None = None) -> None:
    """Write a file whole under its name, or not at all; text is UTF-8. Its own folder must be there.

    It is written in ``folder`` first (on the same disk; by default its own), where a kill may leave it.
    """
    with hidden_beside([target], folder=folder) as hidden:
        hidden[target].write_bytes(content.encode() if isinstance(content, str) else content)
        move_into_place(hidden[target], target)


@contextmanager
def hidden_beside(targets: Iterable[Path], *, folder: Path | None = None) -> Iterator[dict[Path, Path]]:
    """Give a hidden name to write each of these files under; what was not moved from there by the end is deleted.

    The names belong to this process and thread: two that write the same file do not write into each other's.
    """
    mine = f"{os.getpid()}.{threading.get_ident()}"
    hidden = {target: (folder or target.parent) / f".{target.name}.{mine}" for target in targets}
    try:
        yield hidden
    finally:
        for path in hidden.values():
            path.unlink(missing_ok=True)


def move_into_place(written: Path, target: Path) -> None:
    """Let a written file take its name, over the file that had it. Its content is on the disk before its name is."""
    with written.open("r+b") as stream:
        os.fsync(stream.fileno())
    written.replace(target)


def sweep_hidden(target: Path) -> None:
    """Delete what writers that were killed left of this file. Only for who holds the lock of its writers."""
    for left_over in target.parent.glob(f".{target.name}.*"):
        left_over.unlink(missing_ok=True)
