"""Areas that an office defines for itself, kept in the store's own areas file and never in the project's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import filelock

from analysis.model.areas import Area, key_of
from analysis.model.errors import NeedsInputError, RefusedError
from data.areas import read_areas, resolve_areas
from data.areas.area_files import PROPOSED
from data.atomic import hidden_beside, move_into_place
from data.geography.geography_importer import AREAS_FILE
from data.police_uk.importer import DEMONSTRATION
from data.state import changing
from data.store import Store

MOST_KEPT = 30
"""Areas of the office's own that a store keeps. Each stands in the filters of every page and is judged there when it is
chosen (about 1.6 MB of memory that the server keeps), and a longer list is one that nobody reads."""

_LOCK = ".areas.lock"
_HEAD = "# Areas of the office's own, in the form of the project's data/areas.toml.\n"


def kept_areas(store: Store) -> dict[str, str]:
    """Return the names of the areas kept by their keys, in order of name; those of the project's file are not among them."""
    ours = _project_keys()
    kept = {
        key: each for key, each in store.definitions().areas.items() if key not in ours and each.kind == "own"
    }
    return {key: each.name for key, each in sorted(kept.items(), key=lambda item: item[1].name)}


@lru_cache(maxsize=1)
def _project_keys() -> frozenset[str]:
    # an office's own area of a proposal's key has taken its place
    return frozenset(key for key, each in read_areas().areas.items() if each.kind != PROPOSED)


def save_own_area(store: Store, area: Area) -> Path:
    """Add the area to the store's areas file under its name, and return the file; all else in it stays.

    The file is checked with the area in it before it takes the place of the one held. Raises RefusedError where
    the name's key is taken, `MOST_KEPT` are kept, the ground lies in two districts (a file of areas gives each its one), or the
    folder cannot be written; NeedsInputError where the LSOAs of the two vintages are not joined.
    """
    ground = store.ground(area.force)
    rows = ground.loc[ground["ground_code"].isin(list(area.ground))].sort_values("ground_code")
    districts = sorted(set(rows["district_name"]))
    if len(districts) != 1:
        raise RefusedError(
            f"{area.name} lies in several districts ({', '.join(districts)}), and a kept area lies in one. "
            "Keep the part in each district as an area of its own."
        )
    if not all(row.codes_2011 and row.codes_2021 for row in rows.itertuples()):
        raise NeedsInputError(
            "The LSOAs of the two vintages are not joined here, so the area cannot be kept. Import the ONS exact-fit lookup with: "
            "python -m data import-lookup FILE"
        )
    key = key_of(area.name)
    named = {known for known, each in store.definitions().areas.items() if each.kind != PROPOSED}
    if key in store.areas(area.force) or key in named:
        raise RefusedError(f"An area called {area.name} is already kept. Choose another name.")
    root = store.path / DEMONSTRATION if store.is_demonstration else store.path
    section = _section(key, area, districts[0], rows.itertuples())
    file = root / AREAS_FILE
    try:
        with filelock.FileLock(root / _LOCK), changing(root), hidden_beside([file]) as hidden:
            # counted under the lock: two who keep one at a time must not make one too many
            if len(kept_areas(store)) >= MOST_KEPT:
                raise RefusedError(
                    f"{MOST_KEPT} areas are kept, and no more can be: each stands in the filters of every page and takes "
                    "the server's memory. Remove one that is not needed, or use this one by its link."
                )
            kept = file.read_text(encoding="utf-8-sig") if file.exists() else _HEAD
            hidden[file].write_text(f"{kept.rstrip()}\n\n{section}", encoding="utf-8")
            resolve_areas(read_areas(extra=hidden[file]), store.crosswalk(), ground, area.force)
            move_into_place(hidden[file], file)
    except OSError as problem:
        raise RefusedError(
            f"The store cannot be written ({problem.strerror}), so {area.name} is not kept. Check the folder, its permissions and the "
            "space left."
        ) from problem
    return file


def _section(key: str, area: Area, district: str, units: Iterable[Any]) -> str:
    lines = [
        f"[areas.{key}]",
        f"name = {_text(area.name)}",
        'kind = "own"',
        f"force = {_text(area.force)}",
        f"district = {_text(district)}",
        f"lsoa = {_text(area.lsoa)}",
        *((f"note = {_text(area.note)}",) if area.note else ()),
        "ground = [",
        *(
            f"    {{ lsoa_2011 = {_list(unit.codes_2011)}, name = {_text(unit.ground_name)}, "
            f"lsoa_2021 = {_list(unit.codes_2021)} }},"
            for unit in units
        ),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    # a JSON string is a TOML string, once the one character that only TOML forbids is written out
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(codes: Iterable[str]) -> str:
    return f"[{', '.join(_text(code) for code in codes)}]"
