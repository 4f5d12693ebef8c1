"""The one table of every centre judged, kept in the store: derived, and made anew force by force when what it rests on changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.atomic import hidden_beside, move_into_place
from data.damage import reading, writing

JUDGED_FILE = "judged.parquet"
"""In the store's folder. It can be deleted at any time: `python -m pages.judge` makes it anew."""

_KEY = b"town centres: states"


@dataclass(frozen=True, eq=False)
class JudgedTable:
    """The table, and by force the state (`data.judging.state_of`) of what each force's rows rest on.

    A force that has no area to judge has a state and no rows.
    """

    table: pd.DataFrame
    states: Mapping[str, str]


def read_judged(root: Path) -> JudgedTable | None:
    """Return the table kept, None where there is none. RefusedError where its file is damaged."""
    file = root / JUDGED_FILE
    if not file.exists():
        return None
    with reading(file, "the table of every centre judged"):
        held = pq.read_table(file)
        states = json.loads(held.schema.metadata[_KEY])
        return JudgedTable(held.to_pandas(), states)


def keep_judged(root: Path, judged: JudgedTable) -> None:
    """Keep the table in place of the one held, whole or not at all. RefusedError where the store cannot be written."""
    table = pa.Table.from_pandas(judged.table, preserve_index=False)
    known = {**(table.schema.metadata or {}), _KEY: json.dumps(dict(judged.states)).encode()}
    target = root / JUDGED_FILE
    with writing(root), hidden_beside([target]) as hidden:
        pq.write_table(table.replace_schema_metadata(known), hidden[target], compression="zstd")
        move_into_place(hidden[target], target)


def renewed(held: JudgedTable | None, made: JudgedTable, forces: tuple[str, ...]) -> JudgedTable:
    """Return the table with the rows of the forces just judged in place of those held, in the order of ``forces``.

    Forces that are held no more are left out.
    """
    parts, states = [], {}
    for force in forces:
        source = made if force in made.states else held
        if source is not None and force in source.states:
            states[force] = source.states[force]
            parts.append(source.table.loc[source.table["force"] == force])
    rows = [part for part in parts if len(part)]
    table = pd.concat(rows, ignore_index=True) if rows else made.table.head(0)
    return JudgedTable(table, states)
