"""The table of centres by name: what was recorded, what was expected, and the verdict. Never by how far out a centre is."""

from __future__ import annotations

import math

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.topics.country.show.places import ORIGINS, ordinary

MOST_ROWS = 40
"""Centres in the table on the screen; of more, the first by name, and the search finds the rest."""

_TAKEN = [
    "force", "force_name", "district", "area", "area_key", "origin", "crime_type", "baseline", "comparison",
    "baseline_incidents", "comparison_incidents", "expected", "ordinary_low", "ordinary_high", "verdict", "reason",
    "months_compared", "months_note", "partly", "rule",
]  # fmt: skip


def matching(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the rows whose centre, district or force has these words in its name; all without words."""
    sought = words.strip().casefold()
    text = table["area"] + "\n" + table["district"] + "\n" + table["force_name"]
    return table.loc[[sought in each.casefold() for each in text]] if sought else table


def centre_table(table: pd.DataFrame, crime_type: str, words: str, months: str) -> Table:
    """Return the centres found, by name; one that cannot be judged has the reason for its verdict."""
    rows = matching(table.loc[table["crime_type"].isin([crime_type, ""])], words).sort_values(
        ["area", "force", "area_key"], ignore_index=True
    )
    first = rows.head(MOST_ROWS)
    shown = pd.DataFrame(
        {
            "District": first["district"],
            "Force": first["force_name"],
            "Ground": [ORIGINS[each] for each in first["origin"]],
            "Recorded": [_count(each) for each in first["comparison_incidents"]],
            "Expected": [_count(each) for each in first["expected"]],
            "Ordinary": [
                ordinary(*edges) for edges in zip(first["ordinary_low"], first["ordinary_high"], strict=True)
            ],
            "Verdict": [
                word or "not judged: " + why
                for word, why in zip(first["verdict"], first["reason"], strict=True)
            ],
        }
    )
    shown.index = pd.Index(first["area"], name="Centre")
    found = f"{formats.number(len(rows))} centre{'s' * (len(rows) != 1)}"
    rest = len(rows) - len(first)
    notes = (
        [f"{formats.number(rest)} more by name: search for one, or take the numbers away."] if rest else []
    )
    return Table(
        title=f"{found}{f' with “{words.strip()}” in a name' if words.strip() else ''}, by name",
        subtitle=f"Recorded {crime_type.lower()} against what similar places led one to expect, {months}. {SOURCE}",
        shown=shown,
        data=rows[_TAKEN],
        notes=tuple(notes),
    )


def _count(value: float) -> str:
    return "" if math.isnan(value) else formats.number(value)
