"""The map of the country: districts, and in them every centre that was judged."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.palette import NONE, SEQUENTIAL
from analysis.drawing.maps.shown import Ground, Key, Mark, Marks, Shown
from analysis.model import formats
from analysis.model.english import counted
from analysis.model.land import Land
from analysis.model.naming import Naming
from analysis.topics.country.show.places import AS_OTHERS, COLOURS, FEWER, MORE, ORIGINS, judged_rows

SIZE = 11.0
"""Pixels of a centre's mark: all alike, for a large place is not a large finding."""

_ORDER = (FEWER, MORE, AS_OTHERS)
_SHAPES: tuple[Mark, ...] = ("diamond", "triangle", "circle")
_KEYS = tuple(Key(words, COLOURS[words], shape) for words, shape in zip(_ORDER, _SHAPES, strict=True))
_GROUND = (Key("centres judged", SEQUENTIAL[0]), Key("none judged", NONE))


def country_map(table: pd.DataFrame, crime_type: str, land: Land, naming: Naming, months: str) -> Shown:
    """Return the centres of one crime type on the districts; one without a judged centre is paler.

    ``land`` has the districts as its ground. Centres without outlines of their ground have no mark and are counted below.
    """
    rows = judged_rows(table, crime_type)
    by_district = {name: part for name, part in rows.groupby("district")}
    names = list(land.outlines["district_name"])
    ground = pd.DataFrame(
        {
            "ground_code": names,
            "name": [naming.district(name) for name in names],
            "key": [0 if naming.district(name) in by_district else 1 for name in names],
            "text": [_district_text(by_district.get(naming.district(name))) for name in names],
        }
    ).sort_values("ground_code", ignore_index=True)
    located = rows.loc[rows["easting"].notna()]
    marks = pd.DataFrame(
        {
            "name": located["area"],
            "easting": located["easting"],
            "northing": located["northing"],
            "key": [_ORDER.index(words) for words in located["standing"]],
            "size": SIZE,
            "text": [_text(row) for row in located.itertuples()],
        }
    )
    missing = len(rows) - len(located)
    inside = int((ground["key"] == 0).sum())
    title = (
        f"{crime_type}: {counted(len(rows), 'centre')} judged in {formats.number(inside)} of "
        f"{counted(len(ground), 'district')}"
    )
    return Shown(
        title=title,
        subtitle=f"Centres against what similar places led one to expect, {crime_type.lower()}, {months}. {SOURCE}",
        alt=f"Districts with a mark for each judged centre. {title}. The table has every number.",
        data=rows,
        ground=Ground("Districts", _GROUND, ground),
        marks=Marks("Recorded in the centre", _KEYS, marks),
        caveat="A mark stands in the middle of a centre’s ground. "
        + (f"{counted(missing, 'centre')} without an outline of its ground has no mark." if missing else ""),
    )


def _district_text(rows: pd.DataFrame | None) -> str:
    if rows is None:
        return "No centre judged here"
    out = int((rows["standing"] != AS_OTHERS).sum())
    return f"{counted(len(rows), 'centre')} judged, {formats.number(out)} told from similar places"


def _text(row: Any) -> str:
    return (
        f"{row.force_name}, {ORIGINS[row.origin]}\n{formats.number(row.comparison_incidents)} recorded, "
        f"{formats.number(row.expected)} expected\n{row.verdict}"
    )
