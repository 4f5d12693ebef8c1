"""Where and when the incidents wanted were recorded: by month, and by unit of ground."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.model.case import Case
from analysis.model.ground_names import ground_labels
from analysis.stats.ground_counts import GroundCounts, counted_like, ground_counts
from analysis.topics.incidents.case import IncidentCase


def place_names(case: Case) -> Mapping[str, str]:
    """Return what a list of incidents can be asked of, by key: areas and districts, then single units of ground."""

    def make() -> dict[str, str]:
        areas = {key: area.name for key, area in case.areas.items() if area.kind != "rest"}
        return areas | ground_labels(case.places)

    return case.cell("place names", case.selection.own, make=make)


def wanted_ground(wanted: IncidentCase) -> frozenset[str]:
    """Return the force's own ground of the places asked about; all of it where none is named."""
    case, places = wanted.case, wanted.question.places
    named = frozenset().union(*(case.areas[key].ground if key in case.areas else {key} for key in places))
    return named & case.own_ground if places else case.own_ground


def counts_by_month(wanted: IncidentCase) -> pd.DataFrame:
    """Return the incidents by month and crime type, which the desk keeps; what has none has no row."""
    return wanted.rows.by_month()


def counts_by_ground(wanted: IncidentCase) -> GroundCounts:
    """Return the incidents by unit of ground and month; of the outcomes wanted only, where some are."""
    question = wanted.question
    counts = ground_counts(wanted.case.panel, wanted_ground(wanted), question.crime_types, question.period)
    return counted_like(wanted.rows.by_point(), counts) if question.outcomes else counts


def outside_ground(wanted: IncidentCase, counts: GroundCounts) -> int:
    """Return how many incidents of the list lie on no ground of the force or have no LSOA; 0 where places were chosen."""
    if wanted.question.places:
        return 0
    rows = counts_by_month(wanted)
    rows = rows.loc[rows["month"].isin(counts.months) & rows["crime_type"].isin(counts.crime_types)]
    return max(int(rows["incidents"].sum() - counts.totals.sum()), 0)
