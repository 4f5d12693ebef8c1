"""One month's file of a force, as a figure that rests on it names it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class MonthFile:
    """A month of street-level data: where it came from, and what its record says of it.

    ``member`` is the CSV in ``source``; ``release`` is empty where it is not known; ``rows_repeating_id`` is None in
    records of before Crime IDs were counted. ``revised_rows`` are those of the file that this one took the place of, None
    where it is the first.
    """

    month: pd.Period
    member: str
    source: str
    release: str
    sha256: str
    rows: int
    without_lsoa: int
    rows_with_id: int | None = None
    rows_repeating_id: int | None = None
    revised_rows: int | None = None
    revised_release: str = ""
