"""Small made worlds for the measures of place: a strip or a grid of ground, with neighbours by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.periods import Period
from analysis.model.setting import Setting
from analysis.model.vocabulary import CRIME_TYPES


def strip(codes: list[str]) -> Contiguity:
    """Ground in a row: each unit touches the one before and the one after."""
    return Contiguity(
        {
            code: frozenset(codes[i] for i in (at - 1, at + 1) if 0 <= i < len(codes))
            for at, code in enumerate(codes)
        }
    )


def grid(rows: int, columns: int) -> Contiguity:
    """Ground in a grid; units touch by an edge or a corner."""
    near = {}
    for r in range(rows):
        for c in range(columns):
            near[f"G{r:03d}{c:03d}"] = frozenset(
                f"G{i:03d}{j:03d}"
                for i in range(max(r - 1, 0), min(r + 2, rows))
                for j in range(max(c - 1, 0), min(c + 2, columns))
                if (i, j) != (r, c)
            )
    return Contiguity(near)


def made_panel(
    counts: Mapping[str, list[float]], crime_type: str = "Anti-social behaviour", first: str = "2022-07"
) -> Panel:
    """A panel with these monthly counts of one crime type, by ground code; all other types are zero."""
    codes = sorted(counts)
    length = len(next(iter(counts.values())))
    values = np.zeros((len(codes), length, len(CRIME_TYPES)))
    for row, code in enumerate(codes):
        values[row, :, CRIME_TYPES.index(crime_type)] = counts[code]
    values[:, np.isnan(values[0, :, CRIME_TYPES.index(crime_type)]), :] = np.nan
    values.setflags(write=False)
    return Panel(pd.Index(codes, dtype="str"), pd.period_range(first, periods=length, freq="M"), values)


def made_area(*codes: str, name: str = "The centre", treated: bool = True) -> Area:
    return Area(
        name.lower().replace(" ", "-"), name, "town centre", "made", frozenset(codes), treated=treated
    )


def made_setting(
    panel: Panel, places: pd.DataFrame | Collection[str], treated: Collection[str] = (), **more
) -> Setting:
    """The review's two years on this ground, all of it the force's and joined; ``more`` are fields of `Setting`."""
    if not isinstance(places, pd.DataFrame):
        places = pd.DataFrame({"ground_code": sorted(places), "district_name": "Made"})
    whole = {"in_force": True, "joined": True}
    places = places.assign(**{name: value for name, value in whole.items() if name not in places})
    years = {
        "baseline": Period.parse("2022-07:2023-06"),
        "comparison": Period.parse("2023-07:2024-06"),
    }
    return Setting(panel, places, treated=frozenset(treated), **(years | more))
