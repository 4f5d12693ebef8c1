"""Records as an answer is given them: whose they are, the table, and the line that stands under what is made of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.model.english import plural
from analysis.model.errors import NeedsInputError
from analysis.model.formats import number
from analysis.records.contract import RecordKind

State = Literal["published", "demonstration", "given"]


@dataclass(frozen=True, eq=False)
class Records:
    """The records of a kind that an answer rests on.

    ``table`` is None in the state "published": the office has given none, and what a review published is shown, or
    nothing. ``source`` is the line under each table and figure made of them. ``version`` tells one table from another.
    ``refused`` is how many rows of the file were not taken: no figure has them.
    """

    kind: RecordKind
    state: State
    table: pd.DataFrame | None
    source: str
    version: str = ""
    refused: int = 0

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer made of them is kept by."""
        return (self.kind.key, self.state, self.version)

    @property
    def simulated(self) -> bool:
        """Whether no row of them is real."""
        return self.state == "demonstration"

    @property
    def needed(self) -> pd.DataFrame:
        """The table; NeedsInputError, with the sentence that asks for the records, where there is none."""
        if self.table is None:
            raise NeedsInputError(
                f"This needs records of the kind “{self.kind.title}”, and none are held. "
                f"Whoever has them can add them on the page, under “{self.folder}”."
            )
        return self.table

    @property
    def folder(self) -> str:
        """The words of the fold where records of this kind are given."""
        return f"{self.kind.title}: template, upload, versions"


def refused_sentence(taken: int, refused: int, *, rows_said: bool = True) -> str:
    """Return ``2 of 4 rows refused.``, nothing where none was; ``2 rows refused.`` of a kind whose rows are not said."""
    if not refused:
        return ""
    rows = taken + refused
    of = f" of {number(rows)}" if rows_said else ""
    return f"{number(refused)}{of} {plural(rows if rows_said else refused, 'row')} refused."
