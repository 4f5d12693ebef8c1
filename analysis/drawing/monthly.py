"""Recorded incidents by month: the comparison year drawn over the baseline year, one panel a crime type."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from analysis.drawing.figure import BASELINE, QUIET, SOURCE, AnyChart, Figure, styled
from analysis.model.areas import Area
from analysis.model.breaks import Break
from analysis.model.cube import Panel
from analysis.model.partly import told
from analysis.model.periods import Period, month_label

PANEL_WIDTH, PANEL_HEIGHT = 215, 110
WRAPPED_COLUMNS = 3


def monthly_data(
    counts: Panel, areas: Sequence[Area], crime_types: Sequence[str], baseline: Period, comparison: Period
) -> pd.DataFrame:
    """Return what the figure draws: one row an area, crime type, period and month.

    Columns: area, crime_type, period (its label), position (1 for the first month of the period), month
    (``Jul 2022``), incidents (NaN in a gap, so that it is drawn as one), partly (0 where the month is only partly
    published, so that it is marked on the axis, else NaN).
    """
    rows = [
        (
            area.name,
            crime_type,
            period.label,
            position,
            month_label(month),
            series.get(month, float("nan")),
            0.0 if (month, crime_type) in counts.partly else float("nan"),
        )
        for area in areas
        for crime_type in crime_types
        for series in [counts.series(area.ground, crime_type, name=area.name)]
        for period in (baseline, comparison)
        for position, month in enumerate(period.months, start=1)
    ]
    columns = ["area", "crime_type", "period", "position", "month", "incidents", "partly"]
    return pd.DataFrame(rows, columns=columns)


def break_marks(breaks: Sequence[Break], baseline: Period, comparison: Period) -> pd.DataFrame:
    """Return the breaks inside the two periods: position, period, month, label."""
    marks = [
        (period.months.index(found.month) + 1, period.label, month_label(found.month), found.what)
        for period in (baseline, comparison)
        for found in breaks
        if found.month in period
    ]
    return pd.DataFrame(marks, columns=["position", "period", "month", "label"])


def monthly_chart(data: pd.DataFrame, marks: pd.DataFrame, baseline: Period, comparison: Period) -> AnyChart:
    """Return the small multiples of `monthly_data`: a column an area, a row a crime type, counts from zero.

    The baseline is dashed and the comparison solid, so the two are told apart without colour.
    """
    names = [month.strftime("%b") for month in comparison.months]
    x = alt.X(
        "position:Q",
        title=None,
        scale=alt.Scale(domain=[1, len(names)], nice=False),
        axis=alt.Axis(
            values=list(range(1, len(names) + 1)),
            labelExpr=f"{names!r}[datum.value - 1]",
            grid=False,
            labelOverlap=True,
        ),
    )
    periods = [baseline.label, comparison.label]
    colour = alt.Color("period:N", scale=alt.Scale(domain=periods, range=[BASELINE, QUIET]), sort=periods)
    dash = alt.StrokeDash("period:N", scale=alt.Scale(domain=periods, range=[[5, 3], [1, 0]]), sort=periods)
    tooltip = [
        alt.Tooltip("area:N", title="Place"),
        alt.Tooltip("crime_type:N", title="Crime type"),
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("incidents:Q", title="Recorded", format=","),
    ]
    base = alt.Chart().encode(
        x=x,
        y=alt.Y(
            "incidents:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=3, format="d")
        ),
        color=colour,
        tooltip=tooltip,
    )
    # a gap breaks the line; the points keep a month that stands alone between two gaps
    layers = [
        base.mark_line(invalid="break-paths-show-domains", strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(invalid="filter", filled=True, size=18),
    ]
    if data["partly"].notna().any():
        layers.append(
            base.mark_point(invalid="filter", shape="cross", size=50).encode(
                y="partly:Q",
                tooltip=tooltip[:3],
            )
        )
    if len(marks):
        layers.insert(
            0,
            alt.Chart(marks)
            .mark_rule(strokeDash=[2, 3], color=QUIET, opacity=0.6)
            .encode(
                x="position:Q",
                tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("label:N", title="Break")],
            ),
        )
    panel = alt.layer(*layers).properties(width=PANEL_WIDTH, height=PANEL_HEIGHT)
    types = alt.Facet("crime_type:N", sort=list(dict.fromkeys(data["crime_type"])))
    places = list(dict.fromkeys(data["area"]))
    spacing = {"row": 18, "column": 24}
    if len(places) == 1:
        # one place fills the width with its crime types, one crime type with its places; else a row a crime type
        faceted = panel.facet(types, data=data, columns=WRAPPED_COLUMNS, spacing=spacing)
    elif len(set(data["crime_type"])) == 1:
        by_place = alt.Facet("area:N", sort=places)
        faceted = panel.facet(by_place, data=data, columns=WRAPPED_COLUMNS, spacing=spacing)
    else:
        faceted = panel.facet(
            data=data,
            row=alt.Row(
                "crime_type:N",
                sort=list(dict.fromkeys(data["crime_type"])),
                header=alt.Header(labelOrient="top", labelAnchor="start"),
            ),
            column=alt.Column("area:N", sort=places),
            spacing=spacing,
        )
    faceted = faceted.resolve_scale(y="independent", x="shared")
    return styled(faceted)


def monthly_figure(
    counts: Panel,
    areas: Sequence[Area],
    crime_types: Sequence[str],
    baseline: Period,
    comparison: Period,
    breaks: Sequence[Break],
) -> Figure:
    """Return the monthly figure of the Overview page. Gaps break the line; breaks of the series are ruled."""
    data = monthly_data(counts, areas, crime_types, baseline, comparison)
    marks = break_marks(breaks, baseline, comparison)
    partly = [
        cell
        for crime_type in crime_types
        for cell in counts.partly_of(crime_type)
        if cell.month in baseline or cell.month in comparison
    ]
    hollow = {(cell.crime_type, month_label(cell.month)) for cell in partly}
    missing = data.loc[data["incidents"].isna(), ["crime_type", "month"]].itertuples(index=False, name=None)
    gaps = list(dict.fromkeys(month for crime_type, month in missing if (crime_type, month) not in hollow))
    caveat = "Each panel has its own scale, from zero. "
    if gaps:
        caveat += f"Not published: {', '.join(gaps)}; the line is broken there. "
    if partly:
        caveat += f"{told(partly)}: the line is broken there, and a cross on the axis marks the month. "
    if len(marks):
        named = " ".join(dict.fromkeys(f"{row.month}: {row.label}." for row in marks.itertuples()))
        caveat += f"Dotted uprights mark breaks in the series. {named}"
    places = ", ".join(area.name for area in areas)
    return Figure(
        title="Month by month, one year over the other",
        subtitle=f"Recorded incidents by month, {places}. {baseline.label} is dashed and {comparison.label} solid. {SOURCE}",
        alt=f"Small multiples of monthly recorded incidents, one row for each of {len(crime_types)} crime types. Places: {places}. "
        f"{baseline.label} is dashed and {comparison.label} solid. The table below has every number.",
        chart=monthly_chart(data, marks, baseline, comparison),
        data=data,
        caveat=caveat.strip(),
    )
