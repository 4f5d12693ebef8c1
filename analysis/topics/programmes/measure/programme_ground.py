"""Programmes on ground of their own (Safer Streets): deliverables, overlap with patrols, counts before and
after.

What a programme delivered and what was recorded on its ground stand side by side; the one does not show the
other to be its result, least of all where patrols walked the same ground in the same months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.model.areas import Area, rest_of
from analysis.model.cube import Panel
from analysis.model.errors import AreaError, ContractError
from analysis.model.period_pairs import PeriodPair
from analysis.model.periods import ComparedMonths, compared_months, days_in
from analysis.model.vocabulary import NEIGHBOURHOOD_CRIME, CrimeType

DELIVERABLE_COLUMNS = ("programme", "area", "deliverable", "planned", "delivered", "date", "status")

GROUPS: dict[str, tuple[CrimeType, ...]] = {
    "Anti-social behaviour": ("Anti-social behaviour",),
    "Neighbourhood crime": NEIGHBOURHOOD_CRIME,
}
"""What Safer Streets was to tackle, as far as police.uk can show it."""

NOT_ISOLATED = (
    "Violence against women and girls cannot be isolated in police.uk data. Its categories do not say who "
    "was harmed, and most such offences stand inside “Violence and sexual offences”."
)


def deliverables(records: pd.DataFrame) -> pd.DataFrame:
    """Return each deliverable's planned against delivered: `DELIVERABLE_COLUMNS`, share, outstanding.

    Where a deliverable stands several times the row of the latest date is kept: figures are to date, not
    additions. ``share`` is delivered over planned (NaN where either is missing or nothing was planned; over 1
    where more was delivered), ``outstanding`` what is still to come, never under 0. In order of programme,
    area and deliverable.
    """
    missing = [column for column in DELIVERABLE_COLUMNS if column not in records.columns]
    if missing:
        raise ContractError(f"The deliverables lack the column {', '.join(missing)}. Use the template.")
    keys = ["programme", "area", "deliverable"]
    table = records.loc[:, list(DELIVERABLE_COLUMNS)].sort_values(
        [*keys, "date"], na_position="first", kind="stable"
    )
    table = table.drop_duplicates(keys, keep="last").reset_index(drop=True)
    planned, delivered = table["planned"].astype("float64"), table["delivered"].astype("float64")
    table["share"] = delivered / planned.where(planned > 0)
    table["outstanding"] = (planned - delivered).clip(lower=0)
    return table


@dataclass(frozen=True)
class Overlap:
    """Ground that a programme and patrols share, and what that means for telling them apart."""

    programme: str
    ground: frozenset[str]
    shared: frozenset[str]
    patrolled: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of the programme's units of ground that had patrols, 0 to 1 (units, not people or
        land)."""
        return len(self.shared) / len(self.ground)

    @property
    def separable(self) -> bool:
        """True when no ground is shared."""
        return not self.shared

    @property
    def sentence(self) -> str:
        """Say whether the programme's effect and the patrols' can be told apart here."""
        if self.separable:
            return (
                f"{self.programme} shares no ground with the patrolled areas. What patrols moved or drew "
                "away from near by could still show here."
            )
        part = (
            "All"
            if len(self.shared) == len(self.ground)
            else f"{len(self.shared)} of {len(self.ground)} units"
        )
        return (
            f"{part} of the ground of {self.programme} was patrolled too ({', '.join(self.patrolled)}), so "
            "the effects of the two cannot be told apart there."
        )


def overlap(programme: Area, patrolled: Iterable[Area]) -> Overlap:
    """Return the common ground that the programme shares with patrolled areas, areas by name.

    Ground counts as shared whole: an LSOA is not the street that was patrolled, so sharing one does not mean
    that patrol and programme met. Raises AreaError when the programme has no ground.
    """
    if not programme.ground:
        raise AreaError(f"{programme.name} has no ground. Name its LSOAs in the file of areas.")
    areas = [area for area in patrolled if area.ground & programme.ground]
    return Overlap(
        programme.name,
        programme.ground,
        programme.ground & frozenset().union(*(area.ground for area in areas)),
        tuple(sorted(area.name for area in areas)),
    )


def rest_without_programmes(district: Area, treated: Iterable[Area], programmes: Iterable[Area]) -> Area:
    """Return the second rest: the district less the treated areas and less the programmes' ground.

    The first rest (`areas.rest_of`) keeps programme ground; use this one to see whether that matters, under
    its own name. Raises AreaError when nothing is left.
    """
    rest = rest_of(district, [*treated, *programmes])
    if not rest.ground:
        raise AreaError(f"Nothing of {district.name} is left without treated and programme ground.")
    return replace(rest, key=f"{rest.key}-without-programmes", name=f"{rest.name}, without programme ground")


def programme_counts(
    panel: Panel,
    areas: Iterable[Area],
    pair: PeriodPair,
    groups: dict[str, tuple[CrimeType, ...]] = GROUPS,
    *,
    like_for_like: bool = True,
) -> pd.DataFrame:
    """Return counts before and after by area and group of crime types, areas and groups in the order given.

    Columns: area, group, baseline, comparison, difference, percent, baseline_days, comparison_days, reason. A
    group is counted over the months in which all of its types are held, like for like; ``percent`` is NaN
    on a baseline of 0 and where the months cannot be compared, and ``reason`` says which months are
    missing. Counts alone: the verdict against comparators is the evidence's.
    """
    rows = []
    for area in areas:
        found = panel.rows(area.ground, name=area.name)
        for group, types in groups.items():
            held = set.intersection(*(set(panel.held(crime_type)) for crime_type in types))
            partly = [cell for crime_type in types for cell in panel.partly_of(crime_type)]
            months = compared_months(
                pair.baseline, pair.comparison, held, like_for_like=like_for_like, partly=partly
            )
            before, after = (
                float(sum(panel.totals(side, crime_type)[found].sum() for crime_type in types))
                if side
                else np.nan
                for side in (months.baseline, months.comparison)
            )
            rows.append((area.name, group, before, after, *_change(before, after, months)))
    columns = ["area", "group", "baseline", "comparison", "difference", "percent"]
    return pd.DataFrame(rows, columns=[*columns, "baseline_days", "comparison_days", "reason"])


def _change(before: float, after: float, months: ComparedMonths) -> tuple[float, float, int, int, str]:
    difference = after - before if months.comparable else np.nan
    percent = difference / before * 100 if before > 0 else np.nan
    return difference, percent, days_in(months.baseline), days_in(months.comparison), months.reason
