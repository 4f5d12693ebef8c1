"""What the retail topic alone needs: the office's register and plans, and the rows of shoplifting in open data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class RetailCase:
    """A case with the retail offence register, the shop plans, and recorded shoplifting counted by point and outcome.

    ``read_points`` gives the comparison period's incidents: location, longitude, latitude, lsoa_name (missing where a
    row has none), crime_type, month (pd.Period), incidents. ``read_outcomes`` gives those of all months held: month,
    outcome, release (the edition that the month came from, None where it is not known), incidents.
    """

    case: Case
    register: Records
    plans: Records
    read_points: Callable[[], pd.DataFrame]
    read_outcomes: Callable[[], pd.DataFrame]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return (self.case.key, self.register.key, self.plans.key)
