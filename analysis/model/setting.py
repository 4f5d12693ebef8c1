"""Where a change is judged: a force's months and ground, what of it was treated, and two periods."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.periods import ComparedMonths, Period, check_held


@dataclass(frozen=True, eq=False)
class Setting:
    """What a design asks besides the area and the crime type; a case has one (`Case.setting`).

    ``places`` is the force's ground with ground_code, district_name, in_force and joined; ``treated`` is ground that is
    never a comparator. Like for like, a month missing on one side leaves the other side too.
    """

    panel: Panel
    places: pd.DataFrame
    baseline: Period
    comparison: Period
    treated: frozenset[str] = frozenset()
    like_for_like: bool = True
    contiguity: Contiguity | None = None

    @property
    def own_ground(self) -> frozenset[str]:
        """The ground of the force's own districts, by code."""
        return frozenset(self.places.loc[self.places["in_force"].astype(bool), "ground_code"])

    @property
    def joined_ground(self) -> pd.DataFrame:
        """The rows of ``places`` in the force whose two vintages are joined."""
        return self.places.loc[self.places["in_force"] & self.places["joined"]]

    def check_held(self) -> None:
        """Raise PeriodError where a period lies outside the months held."""
        check_held(self.baseline, self.panel.span)
        check_held(self.comparison, self.panel.span)

    def months(self, crime_type: str) -> ComparedMonths:
        """Return the months of each side that are compared. Raises PeriodError as `compared_months` does."""
        return self.panel.compared(
            self.baseline, self.comparison, crime_type, like_for_like=self.like_for_like
        )
