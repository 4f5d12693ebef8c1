"""The settings of an office: its names, in ``settings.toml`` of the store, written on the screen or by hand.

    body = "Mersea Policing Board"
    asks = "the Board"

    [districts]
    "Mersea" = "the borough of Mersea"

The months, records and figures of a store do not depend on them. A file that cannot be read leaves every page with the
neutral names, and says so.
"""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import filelock

from analysis.model.errors import RefusedError
from analysis.model.naming import Naming, check_free, checked_naming
from data.atomic import write_file
from data.state import read_stamp
from data.store.own_folder import own_files
from data.store.store import Store

SETTINGS_FILE = "settings.toml"

MOST_BYTES = 200_000
"""All districts of England and Wales, each with two long names, are some 60 kB."""

LOCK = ".settings.lock"
_KEYS = ("body", "asks", "districts")
_HEAD = "# The names of this office, as the screen calls them. No figure depends on them.\n"


def read_naming(store_path: Path | str) -> Naming:
    """Return the names that a store's settings give, the neutral ones where it has none.

    Read again when the file changes. RefusedError, which names the file, for one that is not in this form.
    """
    file = Path(store_path) / SETTINGS_FILE
    stamp = read_stamp(file)
    return Naming() if stamp is None else _read(file, stamp)


def keep_naming(store: Store, naming: Naming) -> Path:
    """Write the names into the store's settings, in place of those that stand there, and return the file.

    RefusedError where a district would have another area's name, or the folder cannot be written; what stood there then
    stays.
    """
    for force in store.forces():
        check_free(naming, store.areas(force).values())
    file = store.path / SETTINGS_FILE
    try:
        with own_files():
            store.path.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(store.path / LOCK):
                write_file(file, _text(naming))
    except OSError as problem:
        raise RefusedError(
            f"The store cannot be written ({problem.strerror}), so the names are as they were. Check the folder, its permissions "
            "and the space left."
        ) from problem
    return file


@lru_cache(maxsize=8)
def _read(file: Path, _stamp: tuple[int, ...]) -> Naming:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise RefusedError(
                f"{SETTINGS_FILE} has more than {MOST_BYTES:,} bytes. Shorten it, or delete it."
            )
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as problem:
        raise RefusedError(
            f"{SETTINGS_FILE} cannot be read ({_why(problem)}). Mend it, or delete it."
        ) from problem
    if unknown := sorted(set(table) - set(_KEYS)):
        raise RefusedError(
            f"{SETTINGS_FILE} knows {', '.join(_KEYS)}, and not {_short(unknown[0])}. Take that out."
        )
    districts = table.get("districts", {})
    if not isinstance(districts, dict):
        raise RefusedError(
            f"districts of {SETTINGS_FILE} is a table: the district’s name, and what it is called."
        )
    for what, value in (*((key, table.get(key, "")) for key in _KEYS[:2]), *districts.items()):
        if not isinstance(value, str):
            raise RefusedError(
                f"{_short(what)} of {SETTINGS_FILE} is a text in quotation marks. Write it so."
            )
    try:
        return checked_naming(table.get("body", ""), table.get("asks", ""), districts)
    except RefusedError as problem:
        raise RefusedError(f"{SETTINGS_FILE}: {problem}") from problem


def _why(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return problem.strerror or type(problem).__name__
    return "not UTF-8" if isinstance(problem, UnicodeDecodeError) else f"not TOML: {_short(problem)}"


def _short(value: Any) -> str:
    return str(value)[:60]


def _text(naming: Naming) -> str:
    lines = [_HEAD, f"body = {_quoted(naming.body)}", f"asks = {_quoted(naming.asks)}"]
    if naming.districts:
        lines += ["", "[districts]"]
        lines += [f"{_quoted(filed)} = {_quoted(shown)}" for filed, shown in sorted(naming.districts.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    # a JSON string is a TOML string, once the one character that only TOML forbids is written out
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
