"""Records as an answer is given them: whose they are, the table, and the line that stands under what is made of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.model.errors import NeedsInputError
from analysis.records.contract import RecordKind

State = Literal["published", "demonstration", "given"]


@dataclass(frozen=True, eq=False)
class Records:
    """The records of a kind that an answer rests on.

    ``table`` is None in the state "published": the office has given none, and what a review published is shown, or
    nothing. ``source`` is the line under each table and figure made of them. ``version`` tells one table from another.
    """

    kind: RecordKind
    state: State
    table: pd.DataFrame | None
    source: str
    version: str = ""

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
                f"Give them below, under “{self.folder}”."
            )
        return self.table

    @property
    def folder(self) -> str:
        """The words of the fold where records of this kind are given."""
        return f"{self.kind.title}: template, upload, versions"
