"""police.uk's anonymised points as a map takes them: in metres, each under one name, with its months."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.maps.wgs84 import to_metres
from analysis.model.locations import NEAR, NO_LOCATION
from analysis.model.periods import month_label

COLUMNS = ("easting", "northing", "near", "crime_type", "incidents", "months")

MONTHS_NAMED = 6
"""So many months are named at a point; of more, the first and the last."""


def points_of(counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a point and crime type (`COLUMNS`), sorted by both; easting and northing in metres.

    ``counts`` has location, longitude, latitude, crime_type, month (pd.Period) and incidents. A point that carries
    several names stands under the one that most of its incidents have; "" where police.uk names none. Incidents
    without a point are left out (`without_point` counts them).
    """
    held = counts.loc[counts["longitude"].notna() & counts["latitude"].notna()]
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    at = ["longitude", "latitude"]
    near = held["location"].fillna("").astype("str").str.strip().str.removeprefix(NEAR).str.strip()
    named = held.assign(near=near.replace(NO_LOCATION, ""))
    names = named.groupby([*at, "near"])["incidents"].sum().reset_index()
    # an empty name never outranks a real one: the same point often carries both
    names = names.assign(unnamed=names["near"] == "").sort_values(
        ["unnamed", "incidents", "near"], ascending=[True, False, True]
    )
    first = names.drop_duplicates(at).set_index(at)["near"]
    by_month = named.groupby([*at, "crime_type", "month"], observed=True)["incidents"].sum().reset_index()
    by_month = by_month.sort_values([*at, "crime_type", "month"])
    grouped = by_month.groupby([*at, "crime_type"], observed=True, sort=True)
    table = grouped["incidents"].sum().reset_index()
    table["months"] = [_months(rows) for _, rows in grouped]
    table["near"] = first.reindex(pd.MultiIndex.from_frame(table[at])).to_numpy()
    table["easting"], table["northing"] = to_metres(table["longitude"], table["latitude"])
    table["crime_type"] = table["crime_type"].astype("str")
    return table[list(COLUMNS)].sort_values(["easting", "northing", "crime_type"], ignore_index=True)


def without_point(counts: pd.DataFrame) -> int:
    """Return how many incidents have no point."""
    return int(counts.loc[counts["longitude"].isna() | counts["latitude"].isna(), "incidents"].sum())


def _months(rows: pd.DataFrame) -> str:
    if len(rows) > MONTHS_NAMED:
        first, last = rows["month"].iloc[0], rows["month"].iloc[-1]
        return f"in {len(rows)} months, {month_label(first)} to {month_label(last)}"
    return ", ".join(
        f"{month_label(month)}: {count}"
        for month, count in zip(rows["month"], rows["incidents"], strict=True)
    )
