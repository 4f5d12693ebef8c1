"""The patrol map: where patrols went and for how long, beside what was recorded there in the same months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import TWO_LINES, tied
from analysis.drawing.maps.incident_map import count_ground
from analysis.drawing.maps.palette import PARTNER_MARK, PLANNED_MARK
from analysis.drawing.maps.shown import Key, Marks, Name, Outline, Shown
from analysis.model import formats
from analysis.model.areas import key_of
from analysis.model.errors import NeedsInputError
from analysis.model.periods import month_label
from analysis.stats.ground_counts import GroundCounts
from analysis.topics.patrols.measure.dosage import hours_label, hours_text, hours_words
from analysis.topics.patrols.measure.mapped_patrols import MAPPED_COLUMNS

LARGEST = 46.0
"""Pixels across the mark of the most hours in any month shown."""

UPRIGHT = 1.55
"""Pixels on the tilted screen that a column stands up for each of its size: twice as high, seen at fifty degrees."""

DELIVERED = Key("Patrol hours received", PARTNER_MARK, "circle")
PLANNED = Key("Patrol hours planned", PLANNED_MARK, "square")

COLUMNS = MAPPED_COLUMNS


def patrol_map(
    patrols: pd.DataFrame,
    asb: GroundCounts,
    *,
    month: pd.Period | None = None,
    planned: Mapping[str, float] | None = None,
    names: Mapping[str, str],
    when: str,
    source: str,
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    raised: bool = False,
    without_place: str = "",
) -> Shown:
    """Return each patrolled place as a mark whose area goes with its patrol hours, over recorded ASB.

    ``patrols`` has `COLUMNS`, one row a place and month (month is NaT for totals that no month is known of).
    Engagements that are not known are NaN. ``asb`` is recorded anti-social behaviour on the ground of the force in the
    months of the patrols that are held. With ``month`` both are that month's, on the scale of all months; of a month
    that is not held the patrols are shown alone. ``planned`` gives hours planned in all, by place, where they are
    known; they are not shown for one month. Marks stand inside the LSOA, not on the streets that were walked. Raises
    NeedsInputError where no place has ground.
    """
    if patrols.empty:
        raise NeedsInputError(
            "No patrolled place of this force has ground that is known. Give its LSOA in the log."
        )
    rows = patrols if month is None else patrols.loc[patrols["month"] == month]
    totals = _by_place(rows, patrols)
    most = _most(patrols, month)
    marks = totals.loc[totals["seconds"] > 0].copy()
    marks["key"] = 0
    marks["text"] = [_text(row) for row in marks.itertuples()]
    marks["size"] = _sizes(marks["seconds"], most, raised=raised)
    keys: tuple[Key, ...] = (DELIVERED,)
    plans = (
        {}
        if month is not None or not planned
        else {k: v for k, v in planned.items() if k in set(totals["place"])}
    )
    if plans:
        plan = totals.loc[totals["place"].isin(list(plans))].copy()
        plan["seconds"] = [plans[place] * 3600 for place in plan["place"]]
        most_of_all = max(most, float(plan["seconds"].max()))
        marks["size"] = _sizes(marks["seconds"], most_of_all, raised=raised)
        plan["size"] = _sizes(plan["seconds"], most_of_all, raised=raised)
        plan["key"] = 1
        plan["text"] = [f"{formats.number(plans[place], 1)} patrol hours planned" for place in plan["place"]]
        marks = pd.concat([marks, plan], ignore_index=True)
        keys = (DELIVERED, PLANNED)
    marks = marks.rename(columns={"place": "name"})[["name", "easting", "northing", "key", "size", "text"]]
    shown_when = when if month is None else month_label(month)
    hours = [
        Name(f"{row.place}\n{hours_label(row.seconds)}", row.easting, row.northing, first=True, above=above)
        for row, above in zip(totals.itertuples(), _above(totals, marks, raised=raised), strict=True)
    ]
    title = _finding(totals, shown_when)
    with_asb = month is None or month in asb.period
    not_held = (
        "" if with_asb else f"No incidents of {shown_when} are held, so none are shown under the patrols."
    )
    caveat = (
        "A mark stands somewhere inside the LSOA of a hotspot, not on the streets that were patrolled; its "
        f"{'height' if raised else 'area'} goes with the hours. "
        "Patrol hours count the patrol, not each officer of it. Hours and recorded incidents of the same months do not show "
        "what the patrols did; places are not chosen at random for patrol."
    )
    return Shown(
        title=title,
        subtitle=f"Patrol hours by hotspot, {shown_when}. {source}"
        + (f" Ground: recorded anti-social behaviour by LSOA. {SOURCE}" if with_asb else ""),
        alt=f"{title}. {'; '.join(f'{row.place} {hours_text(row.seconds)}' for row in totals.itertuples())}.",
        data=totals.assign(hours=[hours_text(each) for each in totals["seconds"]]),
        ground=count_ground(asb, names, "recorded anti-social behaviour", month) if with_asb else None,
        marks=Marks("Patrols", keys, marks, raised=raised),
        outlines=outlines,
        names=(*hours, *(label for label in labels if not label.first)),
        focus=focus,
        caveat=" ".join(filter(None, (caveat, asb.note, not_held, without_place))),
    )


def planned_hours(deliverables: pd.DataFrame, programme: str, places: Mapping[str, str]) -> dict[str, float]:
    """Return patrol hours planned, by place, out of an office's deliverables.

    A row counts when its programme is this one, it is called “patrol hours” (with or without “planned”) and its area
    is a hotspot or a place (``places``: hotspot or area name to place); spelling aside. The latest row of a place
    stands; places without one are left out.
    """
    by_name = {key_of(name): place for name, place in places.items()}
    ours = deliverables["programme"].astype("str").map(key_of) == key_of(programme)
    called = (
        deliverables["deliverable"]
        .astype("str")
        .map(key_of)
        .map(lambda key: re.fullmatch(r"(planned-)?patrol-hours(-planned)?", key) is not None)
        .astype(bool)  # of no row, the answer is no truth value but a text
    )
    rows = deliverables.loc[ours & called & deliverables["planned"].notna()].sort_values(
        "date", na_position="first", kind="stable"
    )
    hours = {}
    for row in rows.itertuples():
        place = by_name.get(key_of(str(row.area)))
        if place is not None:
            hours[place] = float(row.planned)
    return hours


def _by_place(rows: pd.DataFrame, all_rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sums by place, the most hours first, ties by name; a place without a patrol keeps a row of 0."""
    figures = ["seconds", "patrols", "resident_engagements", "business_engagements"]
    where = all_rows.drop_duplicates("place").set_index("place")[["easting", "northing"]]
    sums = rows.groupby("place")[figures].sum(min_count=1).reindex(where.index)
    sums[["seconds", "patrols"]] = sums[["seconds", "patrols"]].fillna(0.0)
    return (
        where.join(sums)
        .reset_index()
        .sort_values(["seconds", "place"], ascending=[False, True], ignore_index=True)
    )


def _sizes(seconds: pd.Series, most: float, *, raised: bool) -> pd.Series:
    """Return pixels: across a mark whose area goes with the hours, or up a column whose height does."""
    part = seconds / most
    return LARGEST * (part if raised else np.sqrt(part))


def _above(totals: pd.DataFrame, marks: pd.DataFrame, *, raised: bool) -> list[float]:
    """Return how far over its point each place's name stands: over its largest mark, or the top of its column."""
    tallest = marks.groupby("name")["size"].max()
    part = UPRIGHT if raised else 0.5
    return [float(tallest.get(place, 0.0)) * part + TWO_LINES for place in totals["place"]]


def _most(patrols: pd.DataFrame, month: pd.Period | None) -> float:
    """Return the seconds that the largest mark stands for: of the totals, or of any one month."""
    by = ["place"] if month is None else ["place", "month"]
    return max(float(patrols.groupby(by)["seconds"].sum().max()), 1.0)


def _text(row: Any) -> str:
    engaged = [
        formats.counted(count, f"{who} engagement")
        for count, who in ((row.resident_engagements, "resident"), (row.business_engagements, "business"))
        if pd.notna(count)
    ]
    return "\n".join(
        [f"{hours_words(row.seconds)} of patrol", formats.counted(row.patrols, "patrol"), *engaged]
    )


def _finding(totals: pd.DataFrame, when: str) -> str:
    first = totals.iloc[0]
    if not first["seconds"] > 0:
        return f"No patrol is recorded in {when}"
    level = totals.loc[totals["seconds"] == first["seconds"], "place"]
    if len(level) > 1:
        return f"{tied(level)} had the most patrol hours: {hours_words(first['seconds'])} each, {when}"
    return f"{first['place']} had the most patrol hours: {hours_words(first['seconds'])}, {when}"
