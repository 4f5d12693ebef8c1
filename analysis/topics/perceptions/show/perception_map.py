"""The perception map: felt unsafe against recorded, place by place, in the four quadrants of the survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.incident_map import count_ground
from analysis.drawing.maps.palette import MARKS, NONE
from analysis.drawing.maps.shown import Ground, Key, Mark, Marks, Name, Outline, Shown
from analysis.model import formats
from analysis.model.errors import NeedsInputError
from analysis.model.vocabulary import SMALL_BASE
from analysis.stats.ground_counts import GroundCounts
from analysis.topics.perceptions.measure import FEWEST_RESPONDENTS, QUADRANTS, Perceptions

SIZE = 22.0
"""Pixels across a place: all alike, since a survey's respondents are no measure of danger."""

SIDE_BY_SIDE = 400.0
"""Metres between the marks of places that have one point, as places of one LSOA have: none is lost under another."""

_SHAPES: tuple[Mark, ...] = ("diamond", "square", "triangle", "circle")
"""The places that the review asks about come first, and are diamonds as in the chart."""


def perception_map(
    places: Perceptions,
    where: Mapping[str, tuple[float, float]],
    *,
    what: str,
    source: str,
    recorded: GroundCounts,
    names: Mapping[str, str],
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    simulated: bool = False,
) -> Shown:
    """Return each place of the survey by its quadrant (`analysis.topics.perceptions.show.perception_table.safe` first).

    Ground is not shaded: a half is of the places of the survey, and a shade would be of the whole force.
    What was recorded on it is told on pointing at it. ``simulated`` puts that word first in the title.

    ``where`` gives the point of each place in metres: the survey's own, or inside its ground. Places without a quadrant
    (hidden, or without incidents) or without a point are left out, and counted. Raises NeedsInputError where none is
    left.
    """
    table = places.table
    drawn = table.loc[(table["quadrant"] != "") & ~table["hidden"] & table["place"].isin(list(where))]
    if drawn.empty:
        raise NeedsInputError(
            "No place of the survey has ten respondents, recorded incidents and ground or a point that is known, so none can be "
            "placed on a map. Give the LSOA or the point of each place."
        )
    marks = pd.DataFrame(
        {
            "name": drawn["place"].astype("str"),
            "easting": [where[place][0] for place in drawn["place"]],
            "northing": [where[place][1] for place in drawn["place"]],
            "key": [QUADRANTS.index(each) for each in drawn["quadrant"]],
            "size": SIZE,
            "text": [_text(row) for row in drawn.itertuples()],
        }
    )
    beside = _beside(marks)
    marks["easting"] += SIDE_BY_SIDE * beside
    keys = tuple(
        Key(f"{each[:1].upper()}{each[1:]}", colour, shape)
        for each, colour, shape in zip(QUADRANTS, MARKS, _SHAPES, strict=True)
    )
    first = list(drawn.loc[drawn["quadrant"] == QUADRANTS[0], "place"])
    left = len(table) - len(drawn)
    title = (
        f"felt unsafe, yet recorded incidents in the lower half: {', '.join(first)}"
        if first
        else "no place felt unsafe with recorded incidents in the lower half"
    )
    title = f"{'Simulated survey' if simulated else 'On the map'}: {title}"
    return Shown(
        title=title,
        subtitle=f"Places of the survey by share who felt unsafe and by {what}. Each is cut at the median. {source} Ground: LSOAs, "
        f"not shaded. {SOURCE}",
        alt=f"{title}. The table on this page has every place.",
        data=drawn.drop(columns="hidden"),
        ground=_unshaded(count_ground(recorded, names)),
        marks=Marks("Survey and records, each in halves", keys, marks),
        outlines=outlines,
        names=(
            *(
                Name(row.name, row.easting, row.northing, first=True, above=SIZE)
                for row in marks.itertuples(index=False)
            ),
            *labels,
        ),
        focus=focus,
        caveat="Halves are cut at the medians of the survey’s places, and a place on a median is in the lower. "
        "A half is a reason to look, not a finding. Recorded incidents are those of the whole LSOA round the place."
        + (" Places of one point are drawn side by side, so they stand beside it." if beside.any() else "")
        + (
            f" Not on the map: {formats.number(left)}, with fewer than {FEWEST_RESPONDENTS} respondents, or without ground or incidents "
            "that are known."
            if left
            else ""
        ),
    )


def _beside(marks: pd.DataFrame) -> pd.Series:
    """Return how many steps to the east each mark stands of the point that it shares with others: 0 where it has its own."""
    same = marks.groupby(["easting", "northing"])["name"]
    return same.cumcount() - (same.transform("size") - 1) / 2


def _unshaded(ground: Ground) -> Ground:
    return Ground("Ground", (Key("LSOA", NONE),), ground.table.assign(key=0))


def _felt(row: Any) -> str:
    # a percentage of fewer than 50 people is not quoted: one more or less would move it by 2 points
    few = row.respondents < SMALL_BASE and pd.notna(row.felt_unsafe)
    return formats.number(row.felt_unsafe) if few else formats.share(row.share)


def _text(row: Any) -> str:
    share = "" if pd.isna(row.share) else f"{_felt(row)} of {formats.number(row.respondents)} felt unsafe\n"
    return f"{share}{formats.number(row.incidents)} recorded\n{row.quadrant[:1].upper()}{row.quadrant[1:]}"
