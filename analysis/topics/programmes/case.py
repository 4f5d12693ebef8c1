"""What the topic alone needs: what was delivered, the areas of programmes, and the sums that say when one began."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.records.given import Records


@dataclass(frozen=True)
class ProgrammeArea:
    """An area of a programme, with the rule that chose its ground and how far it can be trusted."""

    area: Area
    programme: str
    rule: str = ""
    confidence: str = ""


@dataclass(frozen=True, eq=False)
class ProgrammeCase:
    """A case, the office's records of what was delivered, and what else is known of programmes.

    ``areas`` are those that the files of areas name for the force, in their order: they change with the case's state.
    ``grants`` are the office's own funding records, None where they are not at hand.
    """

    case: Case
    records: Records
    areas: tuple[ProgrammeArea, ...] = ()
    grants: Records | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.case.key, self.records.key, self.grants.key if self.grants else None)
