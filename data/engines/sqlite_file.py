"""What a file of SQLite says of itself, as a GeoPackage is one: asked read-only, and of its list of contents alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def views_of(path: Path) -> frozenset[str]:
    """Return the names in the file that are no tables (views). ValueError where the file is no whole database."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            listed = database.execute("SELECT name FROM sqlite_master WHERE type <> 'table'").fetchall()
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error
    return frozenset(str(name) for (name,) in listed)
