"""Areas that an office kept, taken out of the store's own areas file again."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import filelock

from analysis.model.errors import RefusedError
from data.atomic import write_file
from data.geography.geography_importer import AREAS_FILE
from data.police_uk.importer import DEMONSTRATION
from data.state import changing
from data.store.kept_areas import _LOCK
from data.store.store import Store

_HEADING = re.compile(r"^\s*\[")


def remove_own_area(store: Store, key: str) -> Path:
    """Take the area of this key out of the store's areas file for good, and return the file; all else in it stays.

    Raises RefusedError where no such area is kept here (those of the project's file are not the store's), where
    the file is written in a way that this cannot cut safely, or where the folder cannot be written.
    """
    root = store.path / DEMONSTRATION if store.is_demonstration else store.path
    file = root / AREAS_FILE
    try:
        with filelock.FileLock(root / _LOCK), changing(root):
            held = file.read_text(encoding="utf-8-sig") if file.exists() else ""
            write_file(file, _without(held, key))
    except OSError as problem:
        raise RefusedError(
            f"The store cannot be written ({problem.strerror}), so the area stays. Check the folder, its "
            "permissions and the space left."
        ) from problem
    return file


def _without(text: str, key: str) -> str:
    tables = _parsed(text)
    areas = tables.get("areas", {})
    if key not in areas:
        kept = ", ".join(sorted(areas)) or "none"
        raise RefusedError(f"No area “{key[:60]}” is kept in the store. Kept: {kept}.")
    heading = re.compile(rf"^\s*\[\s*areas\s*\.\s*(?:{re.escape(key)}|\"{re.escape(key)}\")\s*\]\s*(#.*)?$")
    lines, cut, inside = [], 0, False
    for line in text.splitlines(keepends=True):
        if heading.match(line.rstrip("\r\n")):
            inside, cut = True, cut + 1
        # a line of codes may begin with a bracket too, but is indented under its entry; what was cut is checked below
        elif inside and _HEADING.match(line) and not line[:1].isspace():
            inside = False
        if not inside:
            lines.append(line)
    left = "".join(lines).rstrip() + "\n"
    expected = {**tables, "areas": {name: entry for name, entry in areas.items() if name != key}}
    if not expected["areas"]:
        del expected["areas"]
    if cut != 1 or _parsed(left) != expected:
        raise RefusedError(
            f"The area “{key}” is written in {AREAS_FILE} in a way that cannot be cut out safely. Take its "
            "section out by hand."
        )
    return left


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RefusedError(
            f"{AREAS_FILE} in the store is not a TOML file that can be read ({error}). Mend that line first."
        ) from error
