"""When patrols stop: the months after an end date against the same months a year before, judged as any change is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.evidence import Evidence
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import YEAR, month_label
from analysis.model.vocabulary import JUDGED
from analysis.topics.change.measure import area_evidence, ground_changes, group_evidence
from analysis.topics.change.measure.taken_together import INDEX
from analysis.topics.patrols.case import PatrolCase

ASB = "Anti-social behaviour"


@dataclass(frozen=True)
class FalseAlarms:
    """How often untreated places are told to have fallen or risen over these months, per cent, of so many places."""

    fell: float
    rose: float
    places: int


def end_months(case: Case) -> tuple[pd.Period, ...]:
    """Return the months that may be taken as the last one: those with a month after them held, a year after the first."""
    return tuple(month for month in case.span.months[YEAR:] if month < case.span.last)


def months_after(case: Case, end: pd.Period) -> PeriodPair:
    """Return up to twelve months after the end, and the same months a year before.

    Raises PeriodError where none is held.
    """
    if end >= case.span.last:
        raise NeedsInputError(
            f"No month after {month_label(end)} is held, so what followed the end cannot be told. Import the later months."
        )
    return before_and_after(end + 1, case.span)


def evidence_after(asked: PatrolCase, end: pd.Period) -> tuple[Evidence, ...]:
    """Return the evidence of each patrolled place after the end: the disorder index first, then ASB."""
    pair = months_after(asked.case, end)
    case = asked.case.asking(baseline=pair.baseline, comparison=pair.comparison, like_for_like=True)
    rows: list[Evidence] = []
    for place in asked.patrolled.places:
        asb = next(row for row in area_evidence(case, place.area) if row.crime_type == ASB)
        rows += [group_evidence(case, place.area, INDEX), asb]
    if not rows:
        raise NeedsInputError(
            "No hotspot’s ground is known, so no verdict can be given. Give the LSOA of each in the log."
        )
    return tuple(rows)


def false_alarms_after(case: Case, end: pd.Period) -> FalseAlarms:
    """Return how often the verdict is wrong for ASB over these very months, where nothing ended."""
    pair = months_after(case, end)
    table = ground_changes(case, ASB, (pair.baseline, pair.comparison)).table
    table = table.loc[~table["ground_code"].isin(list(case.treated)) & table["verdict"].isin(JUDGED)]
    if table.empty:
        raise NeedsInputError("Too few untreated places can be judged over these months.")
    told = table.loc[table["stands_out"]]
    low, high = int((told["z"] < 0).sum()), int((told["z"] > 0).sum())
    return FalseAlarms(100 * low / len(table), 100 * high / len(table), len(table))
