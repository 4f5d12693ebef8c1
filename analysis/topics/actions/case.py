"""What the topic of actions alone needs: the office's own actions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from analysis.model.case import Case
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class ActionsCase:
    """A case with the office's records of the kind “Actions”."""

    case: Case
    records: Records

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.case.key, self.records.key)
