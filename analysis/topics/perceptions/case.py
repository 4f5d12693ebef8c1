"""What the perceptions alone need: an office's survey, and what tells the ground of its places."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from analysis.model.case import Case
from analysis.model.ground import Crosswalk
from analysis.records.given import Records


@dataclass(frozen=True, eq=False)
class PerceptionsCase:
    """A case with the office's perception survey.

    ``read_crosswalk`` gives the common ground of LSOA codes, ``read_boundaries`` the outline of each unit (a
    GeoDataFrame with ground_code, EPSG:27700), or None where none is held.
    """

    case: Case
    survey: Records
    read_crosswalk: Callable[[], Crosswalk]
    read_boundaries: Callable[[], Any]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.case.key, self.survey.key)
