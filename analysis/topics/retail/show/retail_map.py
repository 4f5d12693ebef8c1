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
from analysis.model.disclosure import PROTECTING, SMALL, hidden_cells
from analysis.model.errors import NeedsInputError
from analysis.model.vocabulary import SMALL_COUNT
from analysis.stats.ground_counts import GroundCounts

_TOTAL = "total of the district"

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
        f"{formats.counted(len(repeat), 'approximate point')} had {threshold} or more shoplifting incidents recorded: "
        f"{formats.number(inside)} of {formats.number(total)}"
        if len(repeat)
        else f"No approximate point had {threshold} or more shoplifting incidents recorded"
    )
    return Shown(
        title=title,
        subtitle=f"Recorded shoplifting by anonymised map point and by LSOA (common ground), {when}. {SOURCE}",
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

    ``offences`` has locality, district, offences (one row a locality of a district), ``where`` gives points in metres by
    the key of a name; ``shops`` has shop, easting, northing, offences: all that the office lets be shown, small counts
    taken out (None or empty where there is none). ``source`` is the line on the records.
    """

    offences: pd.DataFrame
    where: Mapping[str, tuple[float, float]]
    shops: pd.DataFrame | None
    source: str


def locality_map(places: RegisterPlaces, shoplifting: GroundCounts, around: Bearings) -> Shown:
    """Return the register's offences by locality, at the middle of the ward or area that bears its name.

    Localities under `SMALL_COUNT` offences, those that would give one away to a reader who knows the district's total,
    and those whose name is no ward or area held are not drawn, and counted. Shops are drawn as diamonds. Raises
    NeedsInputError where nothing can be drawn.
    """
    placed = places.offences.assign(
        at=[places.where.get(key_of(str(each))) for each in places.offences["locality"]],
        hidden=_hidden(places.offences),
    )
    shown = placed.loc[placed["at"].notna() & (placed["hidden"] == "")].sort_values(
        ["offences", "locality", "district"], ascending=[False, True, True], ignore_index=True
    )
    drawn = _marked(shown, places.shops)
    if drawn.empty:
        raise NeedsInputError(
            "No locality of the register whose count may be shown (5 offences or more) bears the name of a ward or town centre held "
            "here, so none can be placed on a map. Import ward boundaries, or spell localities as the wards are."
        )
    keys = (LOCALITY, SHOP) if (drawn["key"] == 1).any() else (LOCALITY,)
    title = _most(shown) if len(shown) else "Shops of the register that the office lets be shown"
    return Shown(
        title=title,
        subtitle=f"Offences of the register by locality, {shoplifting.period.label}. {places.source} Ground: recorded "
        f"shoplifting by LSOA. {SOURCE}",
        alt=f"{title}. The numbers stand below.",
        data=drawn[["name", "count", "easting", "northing"]].rename(columns={"count": "offences"}),
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
                shoplifting.note,
            ]
        ).strip(),
    )


def _marked(localities: pd.DataFrame, shops: pd.DataFrame | None) -> pd.DataFrame:
    """Return the marks of these localities and, after them, of the shops: name, easting, northing, key, count, text, size."""
    eastings, northings = ([at[axis] for at in localities["at"]] for axis in (0, 1))
    marks = _marks(localities["locality"], eastings, northings, localities["offences"], key=0)
    if shops is not None and len(shops):
        own = _marks(shops["shop"], shops["easting"], shops["northing"], shops["offences"], key=1)
        marks = pd.concat([marks, own], ignore_index=True)
    return marks.assign(size=mark_size(marks["count"]))


def _marks(
    names: pd.Series, easting: Sequence[float], northing: Sequence[float], offences: pd.Series, *, key: int
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": names.astype("str"),
            "easting": easting,
            "northing": northing,
            "key": key,
            "count": offences.astype(float),
            "text": [f"{formats.number(each)} offences in the register" for each in offences],
        }
    )


def _left_out(placed: pd.DataFrame) -> list[str]:
    """Say which localities (with ``at``, None where no name fits, and ``hidden``) are not drawn, and why."""
    known = placed.loc[placed["at"].notna()]
    unknown = sorted(set(placed.loc[placed["at"].isna(), "locality"].astype("str")))
    small = int((known["hidden"] == SMALL).sum())
    protecting = int((known["hidden"] == PROTECTING).sum())
    sentences = []
    if unknown:
        more = len(unknown) - MOST_NAMED
        sentences.append(
            f"Not on the map, since no ward or area held bears the name: {', '.join(unknown[:MOST_NAMED])}"
            + (f" and {formats.number(more)} more." if more > 0 else ".")
        )
    if small:
        sentences.append(
            f"Localities with fewer than {SMALL_COUNT} offences are not drawn ({formats.number(small)})."
        )
    if protecting:
        sentences.append(
            f"Larger ones that would give one of them away are not drawn ({formats.number(protecting)})."
        )
    return sentences


def _counted_names(drawn: pd.DataFrame) -> list[Name]:
    """Return the name of each locality with its count under it, over its mark; a shop's is told on pointing at it."""
    own = drawn.loc[drawn["key"] == 0, ["name", "count", "easting", "northing", "size"]]
    return [
        Name(f"{name}\n{formats.number(count)}", x, y, first=True, above=size / 2 + TWO_LINES)
        for name, count, x, y, size in own.itertuples(index=False)
    ]


def _hidden(offences: pd.DataFrame) -> pd.Series:
    """Return why a locality is not shown, "" where it is: the tables on the page give each district's total."""
    why = pd.Series("", index=offences.index, dtype="str")
    for _, own in offences.groupby("district"):
        counts = own[["offences"]].astype(float)
        whole = pd.concat([counts, pd.DataFrame({"offences": [counts["offences"].sum()]}, index=[_TOTAL])])
        why.loc[own.index] = hidden_cells(whole, ["offences"], total_row=_TOTAL)["offences"].drop(_TOTAL)
    return why


def _most(localities: pd.DataFrame) -> str:
    most = localities["offences"].max()
    first = localities.loc[localities["offences"] == most, "locality"]
    return f"Most offences of the register in {tied(first)}: {formats.number(most)}{' each' if len(first) > 1 else ''}"
