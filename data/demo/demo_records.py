"""Demonstration records, simulated: made up row by row, the same each time, marked as simulated.

Each kind makes its own (`analysis.records.kinds`) from seeded chance and the lines kept beside this module.
What the review names (the patrol table, sums of money, programmes, deliverables, actions) stands in those lines
as it printed it; the rest of them (planned numbers, due dates, statuses, answers) is made up.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random

import pandas as pd

from analysis.records import RECORD_KINDS, record_kind
from analysis.records.demonstration import DemoInputs, Draw
from data.exports.safe_cells import safe_csv
from data.records import RecordsReport, keep_records, read_upload

_SEED = 20240630
_TOWNS = "towns"


def demo_csv(key: str) -> bytes:
    """Return the demonstration records of a kind as a CSV file in the template's form."""
    kind = record_kind(key)
    inputs = DemoInputs(
        _stream,
        towns=tuple((line["town"], line["district"]) for line in _lines(_TOWNS)),
        lines=_lines(key),
    )
    rows = kind.demonstration(inputs) if kind.demonstration else []
    frame = pd.DataFrame([[row.get(name, "") for name in kind.names] for row in rows], columns=kind.names)
    return safe_csv(frame.rename(columns={column.name: column.heading for column in kind.columns}))


def demo_report(key: str) -> RecordsReport:
    """Return the demonstration records of a kind as they are read and checked, marked as simulated."""
    return replace(read_upload(key, f"demonstration-{key}.csv", demo_csv(key)), simulated=True)


def keep_demo_records(store_path: str | Path) -> None:
    """Keep the demonstration records of every kind in a store."""
    for kind in RECORD_KINDS:
        keep_records(store_path, kind.key, demo_report(kind.key))


def _stream(label: str) -> Draw:
    return Random(f"{_SEED} {label}").random


def _lines(name: str) -> tuple[dict[str, str], ...]:
    """Return the lines kept under this name; none where a kind has no need of them."""
    file = files("data.demo") / "lines" / f"{name}.csv"
    if not file.is_file():
        return ()
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
