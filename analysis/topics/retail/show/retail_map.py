"""The retail map: repeat approximate points from open data, or localities of an office's register; never a shop of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import TWO_LINES, Bearings, tied
from analysis.drawing.maps.incident_map import (
    ANONYMISED,
    approximate_point,
    count_ground,
    largest_said,
    mark_size,
)
from analysis.drawing.maps.palette import MARKS
from analysis.drawing.maps.shown import Key, Marks, Name, Shown
from analysis.model import formats
from analysis.model.areas import key_of
from analysis.model.errors import NeedsInputError
from analysis.stats.ground_counts import GroundCounts
from analysis.topics.retail.show.register_tables import counts_text

LOCALITY = Key("Locality of the register", MARKS[2], "square")
SHOP = Key("Shop that the office lets be shown", MARKS[3], "diamond")

MOST_NAMED = 5
"""So many localities that no place bears the name of are named; of more, their number."""


def repeat_point_map(
    points: pd.DataFrame,
    shoplifting: GroundCounts,
    around: Bearings,
    *,
    threshold: int,
) -> Shown:
    """Return the approximate points with so many recorded shoplifting incidents or more, over shoplifting by ground.

    ``points`` has near, easting, northing, incidents, months (`analysis.drawing.maps.points.points_of`).
    """
    repeat = points.loc[points["incidents"] >= threshold].sort_values(
        ["incidents", "easting", "northing"], ascending=[False, True, True], ignore_index=True
    )
    when = shoplifting.period.label
    table = repeat.assign(
        name=[approximate_point(near) for near in repeat["near"]],
        key=0,
        size=mark_size(repeat["incidents"]),
        text=[f"{formats.number(row.incidents)} recorded\n{row.months}" for row in repeat.itertuples()],
    )
    total = int(points["incidents"].sum())
    inside = int(repeat["incidents"].sum())
    title = (
        f"Across the force {formats.number(inside)} of {formats.number(total)} shoplifting incidents were recorded at "
        f"{formats.counted(len(repeat), 'approximate point')} with {threshold} or more"
        if len(repeat)
        else f"No approximate point had {threshold} or more shoplifting incidents recorded"
    )
    return Shown(
        title=title,
        subtitle=f"Recorded shoplifting by anonymised map point and by small area, {when}. {SOURCE}",
        alt=f"{title}. The numbers stand below.",
        data=repeat[["near", "incidents", "months", "easting", "northing"]],
        ground=count_ground(shoplifting, around.names, "recorded shoplifting"),
        marks=Marks(
            largest_said(repeat["incidents"]),
            (Key(f"Point, not a shop, with {threshold} or more", MARKS[0], "circle"),),
            table,
        ),
        outlines=around.outlines,
        names=around.labels,
        focus=around.focus,
        caveat=" ".join(
            filter(
                None,
                (ANONYMISED, shoplifting.note),
            )
        ),
    )


@dataclass(frozen=True, eq=False)
class RegisterPlaces:
    """What of a register can stand on a map.

    ``offences`` has locality, district, offences, whole (`analysis.topics.retail.measure.register.localities`: what may be
    shown), ``where`` gives points in metres by the key of a name; ``shops`` has shop, easting, northing, offences, whole:
    all that the office lets be shown (None or empty where there is none). ``source`` is the line on the records, ``period``
    the label of the quarters, ``said`` what else is said of them.
    """

    offences: pd.DataFrame
    where: Mapping[str, tuple[float, float]]
    shops: pd.DataFrame | None
    source: str
    period: str
    said: tuple[str, ...] = ()


def locality_map(places: RegisterPlaces, shoplifting: GroundCounts, around: Bearings) -> Shown:
    """Return the register's offences by locality, at the middle of the ward or area that bears its name.

    Localities whose name is no ward or area held are not drawn, and named. Shops are drawn as diamonds. Raises
    NeedsInputError where nothing can be drawn.
    """
    placed = places.offences.assign(
        at=[places.where.get(key_of(str(each))) for each in places.offences["locality"]],
        text=counts_text(places.offences["offences"], places.offences["whole"]),
    )
    shown = placed.loc[placed["at"].notna()].sort_values(
        ["offences", "locality", "district"], ascending=[False, True, True], ignore_index=True
    )
    drawn = _marked(shown, places.shops)
    if drawn.empty:
        raise NeedsInputError(
            "No locality of the register whose count may be shown bears the name of a ward or town centre held "
            "here, so none can be placed on a map. Import ward boundaries, or spell localities as the wards are."
        )
    keys = (LOCALITY, SHOP) if (drawn["key"] == 1).any() else (LOCALITY,)
    title = _most(shown) if len(shown) else "Shops of the register that the office lets be shown"
    return Shown(
        title=title,
        subtitle=f"Offences of the register by locality, {places.period}. {places.source} Ground: recorded "
        f"shoplifting by small area, {shoplifting.period.label}. {SOURCE}",
        alt=f"{title}. The numbers stand below.",
        data=drawn[["name", "count", "whole", "easting", "northing"]].rename(columns={"count": "offences"}),
        ground=count_ground(shoplifting, around.names, "recorded shoplifting"),
        marks=Marks("Register", keys, drawn),
        outlines=around.outlines,
        names=(*_counted_names(drawn), *around.labels),
        focus=around.focus,
        caveat=" ".join(
            [
                "A mark stands in the middle of the ward or area that bears the locality’s name, not at a shop; its area goes with the "
                "count. A register holds what shops reported.",
                *_left_out(placed),
                "Localities with few offences in each quarter are not shown.",
                *places.said,
                shoplifting.note,
            ]
        ).strip(),
    )


def _marked(localities: pd.DataFrame, shops: pd.DataFrame | None) -> pd.DataFrame:
    """Return the marks of these localities and, after them, of the shops: name, easting, northing, key, count, text, size."""
    eastings, northings = ([at[axis] for at in localities["at"]] for axis in (0, 1))
    marks = _marks(localities.rename(columns={"locality": "name"}), eastings, northings, key=0)
    if shops is not None and len(shops):
        own = _marks(shops.rename(columns={"shop": "name"}), shops["easting"], shops["northing"], key=1)
        marks = pd.concat([marks, own], ignore_index=True)
    return marks.assign(size=mark_size(marks["count"]))


def _marks(
    named: pd.DataFrame, easting: Sequence[float], northing: Sequence[float], *, key: int
) -> pd.DataFrame:
    said = counts_text(named["offences"], named["whole"])
    return pd.DataFrame(
        {
            "name": named["name"].astype("str"),
            "easting": easting,
            "northing": northing,
            "key": key,
            "count": named["offences"].astype(float),
            "whole": named["whole"],
            "text": [f"{each} offences in the register" for each in said],
            "said": said,
        }
    )


def _left_out(placed: pd.DataFrame) -> list[str]:
    """Say which localities (with ``at``, None where no name fits) are not drawn."""
    unknown = sorted(set(placed.loc[placed["at"].isna(), "locality"].astype("str")))
    if not unknown:
        return []
    more = len(unknown) - MOST_NAMED
    return [
        f"Not on the map, since no ward or area held bears the name: {', '.join(unknown[:MOST_NAMED])}"
        + (f" and {formats.number(more)} more." if more > 0 else ".")
    ]


def _counted_names(drawn: pd.DataFrame) -> list[Name]:
    """Return the name of each locality with its count under it, over its mark; a shop's is told on pointing at it."""
    own = drawn.loc[drawn["key"] == 0, ["name", "said", "easting", "northing", "size"]]
    return [
        Name(f"{name}\n{count}", x, y, first=True, above=size / 2 + TWO_LINES)
        for name, count, x, y, size in own.itertuples(index=False)
    ]


def _most(localities: pd.DataFrame) -> str:
    most = localities["offences"].max()
    first = localities.loc[localities["offences"] == most]
    said = first["text"].iloc[0] if len(first) == 1 else formats.number(most)
    each = " each" if len(first) > 1 else ""
    if not localities["whole"].all():
        # a count that is at least so much may be more than the first
        return f"Most offences of the register that may be shown in {tied(first['locality'])}: {said}{each}"
    return f"Most offences of the register in {tied(first['locality'])}: {said}{each}"
