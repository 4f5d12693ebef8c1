"""What is said of the patrols first: their number and time by place, and what the evidence says of the patrolled months."""

from __future__ import annotations

from analysis.drawing.evidence.sentences import short_sentences
from analysis.model.errors import AnalysisError
from analysis.model.formats import number
from analysis.model.patrolled import PatrolledPlace
from analysis.topics.patrols import measure
from analysis.topics.patrols.case import PatrolCase
from analysis.topics.patrols.measure.dosage import hours_words

NO_MONTHS = "The review gives totals, so there are no months to play through. A patrol log has them."


def leads(asked: PatrolCase) -> list[tuple[str, str]]:
    """Return one sentence a place, and which hotspots have no ground."""
    table = measure.patrols(asked).table
    mark = " (simulated log)" if asked.log.simulated else ""
    lines = []
    for place in asked.patrolled.places:
        rows = table.loc[table["hotspot"].isin(place.hotspots)]
        count = int(rows["patrols"].sum())
        counted = f"{number(count)} patrol{'s' * (count != 1)}, {hours_words(rows['seconds'].sum())}."
        lines.append((f"{place.area.name}{mark}", f"{counted} {_verdict(asked, place)}"))
    if asked.patrolled.note:
        lines.append(("Not placed", asked.patrolled.note))
    return lines or [("Patrols", "No patrol is held for this force.")]


def months_line(asked: PatrolCase) -> str:
    """Return which months the verdict compares, and which are left out."""
    rows = measure.patrolled_evidence(asked)
    left_out = "; ".join(dict.fromkeys(row.months_note for row in rows if row.months_note))
    compared = max(row.months_compared for row in rows)
    return (
        "Patrolled months against the same months a year before: "
        f"{measure.patrolled_months(asked).label}, {compared} months on each side."
        + (f" {left_out}." if left_out else "")
    )


def _verdict(asked: PatrolCase, place: PatrolledPlace) -> str:
    try:
        rows = measure.patrolled_evidence(asked)
    except AnalysisError as problem:
        return str(problem)
    words = short_sentences(row for row in rows if row.area_key == place.area.key)
    return f"The patrolled months are held against the same months a year before. {words}"
