"""What the topic alone needs: the patrol log, the places it names, and the office's plans and sums."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from analysis.model.case import Case
from analysis.model.patrolled import Patrolled
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class PatrolCase:
    """A case and its patrols: those of a log or, without one, those that a review published.

    ``patrolled`` are the places of either. ``plans`` are the office's records of deliverables, which may plan patrol
    hours, ``grants`` its funding records; None where they are not at hand.
    """

    case: Case
    log: Records
    patrolled: Patrolled
    plans: Records | None = None
    grants: Records | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        others = (records.key if records else None for records in (self.plans, self.grants))
        return (self.case.key, self.log.key, *others)

    @property
    def place_names(self) -> dict[str, str]:
        """The patrolled places that a reader chooses between, by key."""
        return {place.area.key: place.area.name for place in self.patrolled.places}

    @property
    def first_place(self) -> str:
        """The place that a page opens with: the first chosen area that was patrolled, else the first; empty without any."""
        names = self.place_names
        chosen = (key for key in self.case.selection.areas if key in names)
        return next(chosen, next(iter(names), ""))
