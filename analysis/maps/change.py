"""The change map: how each unit of ground changed, which changes stand out, and where too little is recorded to say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analysis import formats
from analysis.figures.figure import SOURCE
from analysis.maps.bearings import named
from analysis.maps.classes import change_class, change_keys
from analysis.maps.palette import STANDS_OUT
from analysis.maps.shown import Ground, Key, Name, Outline, Shown
from analysis.measures.ground_change import GroundChange
from analysis.measures.verdict import MIN_INCIDENTS
from analysis.vocabulary import SMALL_BASE

OUT = Key("Stands out from similar places", STANDS_OUT, "line")


def change_map(
    found: GroundChange,
    *,
    names: Mapping[str, str],
    periods: str,
    treated: Collection[str],
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    show_small: bool = False,
) -> Shown:
    """Return the ground by change in recorded incidents, on a scale centred on no change.

    Ground under `MIN_INCIDENTS` in both periods together, or without a percentage, is hatched. Ground whose change
    stands out by the verdict's rule has a whole border. Percentages on bases under 50 are not written out unless
    ``show_small``; the class of colour is drawn all the same, and the caveat says how little it rests on. ``treated``
    splits the count of those that stand out into ground under review and other ground.
    """
    table = found.table
    told = table["baseline_incidents"] + table["comparison_incidents"] >= MIN_INCIDENTS
    drawn = pd.DataFrame(
        {
            "ground_code": table["ground_code"],
            "name": [named(code, names) for code in table["ground_code"]],
            "key": change_class(table["percent_change"], told=told).to_numpy(),
            "text": [_text(row, show_small) for row in table.itertuples()],
        }
    )
    out = table.loc[table["stands_out"]]
    ours = out["ground_code"].isin(list(treated))
    judged = table.loc[(table["verdict"] != "too few to say") & ~table["ground_code"].isin(list(treated))]
    what = found.crime_type.lower()
    title = _finding(out.loc[ours], names, what)
    months = formats.number(len(found.months.baseline))
    left = f" {found.months.reason}." if found.months.reason else ""
    return Shown(
        title=title,
        subtitle=f"Change in recorded {what} by LSOA (common ground), {periods}, {months} months on each side. {SOURCE}",
        alt=f"{title}. Ground is coloured from the largest falls to the largest rises; the numbers stand below.",
        data=table.assign(name=drawn["name"]),
        ground=Ground(f"Change in recorded {what}", change_keys(), drawn),
        outlines=(*((Outline(OUT, frozenset(out["ground_code"])),) if len(out) else ()), *outlines),
        names=labels,
        focus=focus,
        caveat=f"Hatched: fewer than {MIN_INCIDENTS} recorded in both periods together, or none in the first, so that a percentage "
        f"says nothing. Where fewer than {SMALL_BASE} were recorded in the first, a handful moves the colour far. Outside the areas under "
        f"review {formats.number((~ours).sum())} of the {formats.number(len(judged))} units that can be judged stand out too: so much "
        f"do places change by themselves, or by what is not known here.{left}",
    )


def _text(row: Any, show_small: bool) -> str:
    counts = (
        f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)} recorded"
    )
    small = row.baseline_incidents < SMALL_BASE and not show_small
    percent = (
        ""
        if small or row.percent_change != row.percent_change
        else f", {formats.percent(row.percent_change)}"
    )
    rank = (
        ""
        if row.as_much != row.as_much
        else f"\n{formats.number(row.as_much)} of {formats.number(row.similar_places)} similar places changed as much"
    )
    return f"{counts}{percent}\n{row.verdict[:1].upper()}{row.verdict[1:]}{rank}"


def _finding(ours: pd.DataFrame, names: Mapping[str, str], what: str) -> str:
    if ours.empty:
        return f"Recorded {what}: no LSOA under review stands out from similar places"
    said = [f"{named(row.ground_code, names)} {row.verdict}" for row in ours.itertuples()]
    return f"Recorded {what}: {'; '.join(said)}"
