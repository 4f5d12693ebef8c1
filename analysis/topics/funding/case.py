"""What the topic alone needs: the office's funding records beside the case."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from analysis.model.case import Case
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class FundingCase:
    """A case, and the records of what was granted for when and where."""

    case: Case
    records: Records

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.case.key, self.records.key)
