"""What the topic alone needs: recorded crimes of the three types by ground, month and last outcome."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.vocabulary import SHOPLIFTING, CrimeType

COUNTED: tuple[CrimeType, ...] = (SHOPLIFTING, "Theft from the person", "Robbery")
"""What of the Guarantee's town-centre crimes police.uk has, in the order of the framework."""


@dataclass(frozen=True, eq=False)
class GuaranteeCase:
    """A case, and the force's crimes of `COUNTED` by what had come of them when their file was made.

    ``read_outcomes`` gives all months held: month (pd.Period), ground_code (missing where a row has no LSOA), crime_type,
    outcome (missing where none is given), incidents; one row for each combination there is.
    """

    case: Case
    read_outcomes: Callable[[], pd.DataFrame]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return self.case.key
