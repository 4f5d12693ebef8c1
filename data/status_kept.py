"""``python -m data status`` as it was answered last: told again at once while no file that it rests on has changed.

Nothing here imports a library: to load what works the status out takes longer than to tell it. What was answered lies in
``.status.json`` in the store with the stamps of all it rests on: of each force its folders, of the rest each file.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis.model.vocabulary import KINDS

STATUS_FILE = ".status.json"
TABLES = "TOWN_CENTRES_TABLES"
"""The variable that names tables in place of files (`data.engines.choosing`)."""

VERSION = 1
"""Raised when what the status says, or its form, changes."""

Stamps = dict[str, Any]


def stamps_of(store: Path, side_files: tuple[str, ...]) -> Stamps:
    """Return what tells two contents of a store apart without opening a file: of every force, and of the rest."""
    forces: dict[str, list[Any]] = {}
    rest: list[Any] = [VERSION, os.environ.get(TABLES, ""), *side_files]
    for root in (store, store / "demonstration"):
        rest += [_stamp(root / name) for name in side_files]
        for kind in KINDS:
            with suppress(OSError), os.scandir(root / kind) as folders:
                for folder in folders:
                    forces.setdefault(folder.name, []).append([root.name, kind, folder.stat().st_mtime_ns])
    return {"forces": {force: sorted(forces[force]) for force in sorted(forces)}, "rest": rest}


def _stamp(file: Path) -> list[int] | None:
    with suppress(OSError):
        found = file.stat()
        return [found.st_mtime_ns, found.st_size]
    return None


def read_answer(store: Path) -> dict[str, Any] | None:
    """Return the status answered last: stamps, side_files, status (plain values), text. None where there is none whole."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((store / STATUS_FILE).read_text(encoding="utf-8"))
        if all(name in kept for name in ("stamps", "side_files", "status", "text")):
            return dict(kept)
    return None


def told_again(words: list[str], default: str | None) -> str | None:
    """Return what ``status`` would print if it was answered before and still holds; None for anything else.

    ``words`` are those of the command line; ``default`` is the store where they name none.
    """
    as_json, store = "--json" in words, default
    rest = [word for word in words if word != "--json"]
    if len(rest) == 3 and rest[1] == "--store":
        store = rest.pop()
        rest.pop()
    # what a table of an engine holds can change without a file of ours
    if rest != ["status"] or not store or os.environ.get(TABLES):
        return None
    kept = read_answer(Path(store))
    if kept is None or kept["status"].get("store") != Path(store).name:
        return None
    if kept["stamps"] != stamps_of(Path(store), tuple(kept["side_files"])):
        return None
    return json.dumps(kept["status"], indent=1) if as_json else str(kept["text"])
