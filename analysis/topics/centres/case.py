"""What the topic alone needs: the areas proposed from centres held, and the points of thefts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.proposed_area import ProposedArea
from analysis.model.vocabulary import SHOPLIFTING, CrimeType

THEFTS: tuple[CrimeType, ...] = (SHOPLIFTING, "Theft from the person")
"""Crime types that are recorded where shops and people are."""


@dataclass(frozen=True, eq=False)
class CentresCase:
    """A case, the areas proposed from the centres held, and where thefts were recorded.

    ``proposed`` are in order of name, none where no centres are held. ``read_thefts`` gives the points of shoplifting and
    theft from the person on the force's own ground over all months held: easting, northing (EPSG:27700), ground_code and
    incidents, one row a point and ground.
    """

    case: Case
    proposed: tuple[ProposedArea, ...]
    read_thefts: Callable[[], pd.DataFrame]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to this case is kept by."""
        return self.case.key
