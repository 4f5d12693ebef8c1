"""What the night-time economy alone needs: records that have an hour, and when the police searched."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.periods import Period
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class NightCase:
    """A case with the office's timed incidents and the force's stops and searches.

    ``searched_at`` gives the moments (UTC, with the zone) of the stops and searches in a period; it raises AnalysisError
    where no month of them is held.
    """

    case: Case
    timed: Records
    searched_at: Callable[[Period], pd.Series]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.case.key, self.timed.key)
