"""What the retail topic alone needs: the office's register and plans, and the rows of shoplifting in open data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.model.case import Case
from analysis.model.publishing import Published, publish
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class RetailCase:
    """A case with the retail offence register, the shop plans, and recorded shoplifting counted by point and outcome.

    ``read_points`` gives the comparison period's incidents: location, longitude, latitude, lsoa_name (missing where a
    row has none), crime_type, month (pd.Period), incidents. ``read_outcomes`` gives those of all months held: month,
    outcome, release (the edition that the month came from, None where it is not known), incidents. ``read_published``
    gives what of the register may be shown, given what its earlier versions showed; None where it has none.
    """

    case: Case
    register: Records
    plans: Records
    read_points: Callable[[], pd.DataFrame]
    read_outcomes: Callable[[], pd.DataFrame]
    read_published: Callable[[], Published] | None = None

    @cached_property
    def published(self) -> Published:
        """What of the register may be shown: every screen and file is made of it. NeedsInputError without a register."""
        table = self.register.needed
        return publish(table) if self.read_published is None else self.read_published()

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.case.key, self.register.key, self.plans.key)
