"""How whole the data of a row are, beside its count: the share without a location, months only partly published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.english import counted, listed, lower_first
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.vocabulary import LOCATIONS_MISSING

COLUMN = "Without a location"

LEAST_SHOWN = 0.0005
"""A share under this in every row is not worth a column: it would be "0.0%" everywhere."""


def with_shares(table: Table, rows: Sequence[Evidence]) -> Table:
    """Return a table of one line a row of evidence with the share of rows without a location in both periods.

    Where none has any the table stays as it is, and the coverage line says that every row has a location.
    """
    if not any(_worth_saying(row) for row in rows):
        return table
    shown = table.shown.assign(**{COLUMN: [_shares(row) for row in rows]})
    note = (
        f"“{COLUMN}”: the force’s rows of that crime type in the first and in the second period which have no LSOA and are in no "
        "area’s count. Where the difference could make the change there is no verdict: locations missing."
    )
    return replace(table, shown=shown, notes=(*table.notes, note))


MOST_MONTHS = 0.75
"""Share of a period's months that a headline needs where some are only partly published: nine of twelve."""


def led(rows: Sequence[Evidence], period: Period) -> list[Evidence]:
    """Return the rows that the first sentence on an area may be made of.

    Left out is a crime type of which too few months (under `MOST_MONTHS` of the period) are compared because some are only
    partly published: its verdict stands in the table, over the months that are whole.
    """
    return [row for row in rows if not row.partly or row.months_compared >= MOST_MONTHS * len(period)]


def lead_notes(rows: Sequence[Evidence], period: Period) -> str:
    """Return what must be said with the first sentence on an area: of which types locations or months are missing."""
    return " ".join(filter(None, (_locations(rows), _months(rows, period))))


def board_notes(rows: Sequence[Evidence], period: Period) -> str:
    """Return what must be said with the sentence over all changes: how many lack locations, of which types months are cut."""
    gone = [row for row in rows if row.verdict == LOCATIONS_MISSING]
    share = max((max(row.baseline_unlocated, row.comparison_unlocated) for row in gone), default=0.0)
    locations = (
        f"Locations are missing for {counted(len(gone), 'change')}: up to {formats.share(share)} of the rows of one period "
        "have none, and more of them than in the other."
        if gone
        else ""
    )
    return " ".join(filter(None, (locations, _months(rows, period))))


def missing_sentence(shares: str, design: str) -> str:
    """Return that rows without a location could make the change, so that a design tells nothing."""
    return (
        f"Locations missing: without a location, and so in no area’s count, are {shares}. Where they lie could make the "
        f"change, so {design} is not shown."
    )


def _locations(rows: Sequence[Evidence]) -> str:
    gone = [row for row in rows if row.verdict == LOCATIONS_MISSING]
    if not gone:
        return ""
    share = max(max(row.baseline_unlocated, row.comparison_unlocated) for row in gone)
    return (
        f"Locations missing: of {listed(lower_first(row.crime_type) for row in gone)} nothing is told, because up to "
        f"{formats.share(share)} of the rows of one period have no location and more of them than in the other."
    )


def _months(rows: Sequence[Evidence], period: Period) -> str:
    partly = [row for row in rows if row.partly]
    if not partly:
        return ""
    kept = led(partly, period)
    silent = list(dict.fromkeys(lower_first(row.crime_type) for row in partly if row not in kept))
    types = listed(dict.fromkeys(lower_first(row.crime_type) for row in partly))
    said = f"Some months of {types} are only partly published, and are left out of both years"
    return f"{said}; too few are left to lead with {listed(silent)}." if silent else f"{said}."


def _worth_saying(row: Evidence) -> bool:
    shares = (row.baseline_unlocated, row.comparison_unlocated)
    return any(pd.notna(share) and share >= LEAST_SHOWN for share in shares)


def _shares(row: Evidence) -> str:
    if pd.isna(row.baseline_unlocated) or pd.isna(row.comparison_unlocated):
        return formats.MISSING
    return f"{formats.share(row.baseline_unlocated)}, {formats.share(row.comparison_unlocated)}"
