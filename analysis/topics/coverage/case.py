"""What the topic needs: what is held of every force, as the store tells it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Beside:
    """What is held beside months: lookup, outlines, wards, how many centres of others, and kinds of the office's records.

    ``records`` are the titles of the kinds that the office has given, ``kinds`` how many there are.
    """

    lookup: bool
    outlines: bool
    wards: bool
    centres: int
    records: tuple[str, ...]
    kinds: int


@dataclass(frozen=True, eq=False)
class Holdings:
    """Coverage of every force held (its name, kind, month, status, incidents, …) and every monthly file.

    ``by_type`` has a row a force, month and crime type of street-level data: force (its name), month, crime_type, status,
    incidents, ordinary (what the other months and types say), reasons (codes of `analysis.stats.coverage`, by commas).
    """

    coverage: pd.DataFrame
    manifest: pd.DataFrame
    by_type: pd.DataFrame
    simulated: bool
    state: str
    beside: Beside

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.state, self.beside)
