"""The answer on the patrols by place: time patrolled, and what became of recorded anti-social behaviour in those months."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.cards import Card, Cards, Figured, change_card
from analysis.drawing.line import CARD, two_years
from analysis.model.english import counted
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.model.formats import number
from analysis.model.patrolled import PatrolledPlace
from analysis.topics.patrols import measure
from analysis.topics.patrols.case import PatrolCase

HOUR = 3600

NOT_CAUSED = "What was recorded beside patrols is not shown to be their doing."


def patrol_cards(asked: PatrolCase) -> Cards:
    """Return one card a patrolled place, the most hours first; without evidence the hours stand alone."""
    table = measure.patrols(asked).table
    hours = {
        place.area.key: table.loc[table["hotspot"].isin(place.hotspots)] for place in asked.patrolled.places
    }
    places = sorted(
        asked.patrolled.places, key=lambda place: (-hours[place.area.key]["seconds"].sum(), place.area.key)
    )
    rows = _asb(asked)
    return Cards(
        tuple(
            _card(asked, place, rows.get(place.area.key), Figured(*_time(hours[place.area.key])))
            for place in places
        ),
        f"{measure.patrolled_months(asked).label}. {NOT_CAUSED}" if rows else "",
    )


def _time(rows: pd.DataFrame) -> tuple[str, str]:
    return f"{number(rows['seconds'].sum() / HOUR)} hours", counted(int(rows["patrols"].sum()), "patrol")


def _asb(asked: PatrolCase) -> dict[str, Evidence]:
    """Return the row on anti-social behaviour of each patrolled place in the patrolled months, by the area's key."""
    try:
        rows = measure.patrolled_evidence(asked)
    except AnalysisError:
        return {}
    return {row.area_key: row for row in rows if row.crime_type == measure.ASB}


def _card(asked: PatrolCase, place: PatrolledPlace, row: Evidence | None, time: Figured) -> Card:
    if row is None:
        return Card(place.area.name, "months missing", "missing", (time,))
    pair = measure.patrolled_months(asked)
    lines = two_years(asked.case, place.area, measure.ASB, CARD, (pair.baseline, pair.comparison))
    return change_card(
        row, lines, show_small=asked.case.show_small, first=time, subject="anti-social behaviour"
    )
