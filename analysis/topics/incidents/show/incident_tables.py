"""Incidents as a list and as a trend, for whatever an analyst asked to see."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, SOURCE, Figure, Table, styled
from analysis.model import formats
from analysis.model.cube import Panel
from analysis.model.locations import NEAR
from analysis.model.periods import Period, month_label
from analysis.topics.incidents.case import NO_OUTCOME

UNNAMED_POINT = "not named"
NO_LSOA = "no location given"
PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 178, 41, 2


def trend_data(
    counted: pd.DataFrame, counts: Panel, crime_types: Sequence[str], period: Period
) -> pd.DataFrame:
    """Return one row a crime type and month of the period: crime_type, month, incidents.

    ``counted`` has crime_type, month (pd.Period) and incidents of those that were found. A month in which the
    force published the type and none was found is 0; one that it did not publish is NaN.
    """
    found = counted.set_index(["crime_type", "month"])["incidents"].to_dict()
    rows = [
        (crime_type, month, float(found.get((crime_type, month), 0)) if month in held else float("nan"))
        for crime_type in crime_types
        for held in [set(counts.held(crime_type))]
        for month in period.months
    ]
    return pd.DataFrame(rows, columns=["crime_type", "month", "incidents"])


def trend_figure(data: pd.DataFrame, filters: str, period: Period) -> Figure:
    """Return the months of `trend_data` as lines, one panel a crime type, counts from zero; gaps break the line."""
    by_month = data.groupby("month")["incidents"].sum(min_count=1)
    most = by_month.idxmax() if by_month.notna().any() else None
    total = float(data["incidents"].sum())
    gaps = [month_label(month) for month in by_month.index[by_month.isna()]]
    drawn = data.assign(label=data["month"].map(month_label), month=data["month"].dt.to_timestamp())
    x = alt.X(
        "month:T", title=None, axis=alt.Axis(format="%b %y", labelOverlap=True, tickCount=5, grid=False)
    )
    y = alt.Y("incidents:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=3, format=",d"))
    tooltip = [
        alt.Tooltip("crime_type:N", title="Crime type"),
        alt.Tooltip("label:N", title="Month"),
        alt.Tooltip("incidents:Q", title="Recorded", format=","),
    ]
    # one chart with its points on the line and a facet among its channels: Altair copies every layer of a layered chart,
    # and every chart of a faceted one, several times
    chart = (
        alt.Chart(drawn)
        .mark_line(
            color=ACCENT,
            strokeWidth=2,
            invalid="break-paths-show-domains",
            point=alt.OverlayMarkDef(color=ACCENT, filled=True, size=18, invalid="filter"),
        )
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            facet=alt.Facet(
                "crime_type:N",
                sort=list(dict.fromkeys(data["crime_type"])),
                columns=COLUMNS,
                spacing={"row": 12, "column": 24},
            ),
        )
        .properties(width=PANEL_WIDTH, height=PANEL_HEIGHT)
        .resolve_scale(y="independent")
    )
    title = f"{formats.number(total)} incidents recorded"
    if most is not None and len(by_month) > 1 and total:
        title += f", most in {month_label(most)} ({formats.number(by_month[most])})"
    return Figure(
        title=title,
        subtitle=f"Recorded incidents by month, {period.label}. {filters} {SOURCE}",
        alt=f"One panel a crime type, {period.label}. {title}. The table below has every number.",
        chart=styled(chart),
        data=data.assign(month=data["month"].map(month_label)),
        caveat="Each panel has its own scale, from zero."
        + (f" Not published: {', '.join(gaps)}; the line is broken there." if gaps else ""),
    )


def incidents_table(rows: pd.DataFrame, total: int, filters: str, period: Period) -> Table:
    """Return the incidents shown, one a row; ``rows`` are the first of ``total`` (columns of the store's street)."""
    shown = pd.DataFrame(
        {
            "Crime type": list(rows["crime_type"]),
            "Approximate point on or near": [_point(name) for name in rows["location"].fillna("")],
            "Small area": [name or NO_LSOA for name in rows["lsoa_name"].fillna("")],
            "Last outcome": [name or NO_OUTCOME for name in rows["last_outcome"].fillna("")],
        },
        index=pd.Index([month_label(month) for month in rows["month"]], name="Month"),
    )
    return Table(
        title="No recorded incident matches: take a filter away, or choose other months"
        if not total
        else f"{formats.number(len(rows))} of {formats.number(total)} incidents are listed here; the download has all"
        if len(rows) < total
        else f"{formats.number(total)} incidents",
        subtitle=f"One incident a row, by month, crime type and small area, {period.label}. {filters} {SOURCE}",
        shown=shown,
        data=rows,
        notes=(
            "A point is a map point to which police.uk moves incidents: never a door, a shop or a person’s home. Rows that look alike are "
            "all kept: anti-social behaviour has no identifier.",
        ),
    )


def _point(name: str) -> str:
    return name.removeprefix(NEAR).strip() or UNNAMED_POINT
