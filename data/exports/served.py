"""What the app itself serves to the browser: geometry, styles and pictures of maps, each under its content's name.

Streamlit serves the folder ``static`` beside ``app.py`` under ``/app/static`` (server.enableStaticServing). A name
that follows from the content means that a file never changes: the browser keeps it, and two servers may share it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from analysis.model.errors import RefusedError
from data.atomic import write_file

FOLDER = Path(__file__).parents[2] / "static" / "maps"
ADDRESS = "app/static/maps"

MOST_FILES = 400
"""So many files are kept: some forces in four looks with their outlines. The longest unused go first."""


def serve(content: str | bytes, suffix: str, folder: Path = FOLDER) -> str:
    """Write this content where the app serves it, and return its address without the host and a leading slash.

    A file that is there already is left as it is. It is written under another name and put in place in one step,
    so that no browser reads half of it. Raises RefusedError where the folder cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    name = f"{hashlib.blake2s(data, digest_size=12).hexdigest()}.{suffix}"
    target = folder / name
    try:
        if not _is_there(target):
            folder.mkdir(parents=True, exist_ok=True)
            write_file(target, data)
            _let_go(folder)
    except OSError as problem:
        raise RefusedError(
            f"The map cannot be drawn: its files cannot be written to static/{folder.name} beside app.py "
            f"({problem.strerror or problem}). Check the folder's permissions and the space left."
        ) from problem
    return f"{ADDRESS}/{name}"


def _is_there(target: Path) -> bool:
    """Return whether a file is there, and mark it as still wanted."""
    try:
        os.utime(target)
    except FileNotFoundError:  # never written, or let go of by another reader a moment ago
        return False
    return True


def _let_go(folder: Path) -> None:
    ages = {}
    for each in folder.iterdir():
        if not each.name.startswith("."):
            try:
                ages[each] = each.stat().st_mtime_ns
            except FileNotFoundError:  # another reader let go of it
                continue
    for each in sorted(ages, key=lambda path: (ages[path], path.name))[: max(len(ages) - MOST_FILES, 0)]:
        each.unlink(missing_ok=True)
