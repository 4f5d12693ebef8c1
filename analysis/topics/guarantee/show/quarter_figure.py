"""The three crime types together by quarter: bars with the part that had a positive outcome, and never a line."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.errors import NeedsInputError
from analysis.topics.guarantee.measure import ALL, NOT_COMPARABLE, SETTLED, STILL_COMING, TownCentreQuarters

WIDTH, HEIGHT, WRAPPED = 250, 150, 3

POSITIVE_SETTLED, POSITIVE_SO_FAR, REST, UNKNOWN = (
    "Positive outcome",
    "Positive so far",
    "No positive outcome",
    "Outcomes not comparable",
)
PARTS = {POSITIVE_SETTLED: "#28A197", POSITIVE_SO_FAR: "#5A636B", REST: "#C9CED4", UNKNOWN: "#EDEFF1"}
"""What a bar is made of, from below; grey where outcomes may still come in, palest where they cannot be compared."""


def quarter_data(counts: TownCentreQuarters) -> pd.DataFrame:
    """Return what the figure draws: one row a place, quarter and part of a bar that has a number.

    Columns: area, quarter, first_month, part, crimes, order (from below), recorded, label (over the bar: the number of
    positive outcomes, with a plus where more may come; “n/c” where they are not comparable).
    """
    rows = []
    for row in counts.table.loc[
        (counts.table["crime_type"] == ALL) & counts.table["recorded"].notna()
    ].itertuples():
        if row.status == NOT_COMPARABLE:
            parts = {UNKNOWN: row.recorded}
        else:
            good = POSITIVE_SETTLED if row.status == SETTLED else POSITIVE_SO_FAR
            parts = {good: row.positive, REST: row.recorded - row.positive}
        rows += [
            (
                row.area,
                row.quarter,
                row.first_month,
                part,
                crimes,
                list(PARTS).index(part),
                row.recorded,
                _label(row),
            )
            for part, crimes in parts.items()
        ]
    names = ["area", "quarter", "first_month", "part", "crimes", "order", "recorded", "label"]
    return pd.DataFrame(rows, columns=names)


def volume_title(counts: TownCentreQuarters) -> str:
    """Return where most was recorded in the last quarter that is published whole; of two places the first named."""
    whole = counts.table.loc[(counts.table["crime_type"] == ALL) & counts.table["recorded"].notna()]
    if whole.empty:
        return "No quarter is published whole for all three crime types"
    last = whole.loc[whole["first_month"] == whole["first_month"].max()]
    most = last.loc[last["recorded"].idxmax()]
    where = f"most in {most['area']}, {formats.number(most['recorded'])}" if len(last) > 1 else ""
    alone = f"{formats.number(most['recorded'])} in {most['area']}"
    return f"Shop theft, theft from the person and robbery, {most['quarter']}: {where or alone}"


def quarter_figure(counts: TownCentreQuarters) -> Figure:
    """Return the bars by quarter, one panel a place, each with its own scale from zero. NeedsInputError without any."""
    data = quarter_data(counts)
    if data.empty:
        raise NeedsInputError(
            f"No quarter of {counts.span.label} is published whole for all three crime types, so no bar can be drawn. "
            "Choose other months, or import those that are missing."
        )
    quarters = [quarter.first.strftime("%Y-%m") for quarter in counts.quarters]
    names = {
        first: f"{quarter.first.strftime('%b')}–{quarter.last.strftime('%b %y')}"
        for first, quarter in zip(quarters, counts.quarters, strict=True)
    }
    across = alt.X(
        "first_month:N",
        title=None,
        scale=alt.Scale(domain=quarters),  # a quarter that is not published keeps its place, empty
        axis=alt.Axis(labelExpr=f"({names!r})[datum.value]", labelAngle=-45, labelOverlap=False, grid=False),
    )
    tooltip = [
        alt.Tooltip("area:N", title="Place"),
        alt.Tooltip("quarter:N", title="Recorded in"),
        alt.Tooltip("part:N", title="Outcome"),
        alt.Tooltip("crimes:Q", title="Crimes", format=","),
        alt.Tooltip("recorded:Q", title="Of recorded", format=","),
    ]
    drawn = [part for part in PARTS if part in set(data["part"])]
    bars = (
        alt.Chart()
        .mark_bar(stroke=QUIET, strokeWidth=0.5)
        .encode(
            x=across,
            y=alt.Y("crimes:Q", title=None, stack="zero", axis=alt.Axis(tickCount=3, format="d")),
            color=alt.Color(
                "part:N", scale=alt.Scale(domain=drawn, range=[PARTS[part] for part in drawn]), sort=drawn
            ),
            order=alt.Order("order:Q"),
            tooltip=tooltip,
        )
    )
    labels = (
        alt.Chart()
        .mark_text(dy=-7, fontSize=11, color=QUIET)
        .encode(x=across, y=alt.Y("max(recorded):Q", title=None), text="label:N")
    )
    places = list(dict.fromkeys(data["area"]))
    chart = (
        alt.layer(bars, labels)
        .properties(width=WIDTH, height=HEIGHT)
        .facet(alt.Facet("area:N", sort=places), data=data, columns=WRAPPED, spacing=24)
        .resolve_scale(y="independent")
    )
    said = ", ".join(places)
    over = "Over each bar stands how many had a positive outcome; “+” says that more may come, “n/c” that they are not comparable."
    return Figure(
        title=volume_title(counts),
        subtitle=f"Shoplifting, theft from the person and robbery together, by quarter recorded, {counts.span.label}. {SOURCE}",
        alt=f"Bars of recorded crimes by quarter with the part that had a positive outcome, one panel for each of: {said}. "
        f"{over} The table below has every number.",
        chart=styled(chart),
        data=data,
        caveat=f"Each panel has its own scale, from zero. {over} Why stands under the table.",
    )


def _label(row: object) -> str:
    status, positive = getattr(row, "status", ""), getattr(row, "positive", float("nan"))
    if status == NOT_COMPARABLE:
        return "n/c"
    return f"{formats.number(positive)}{'+' if status == STILL_COMING else ''}"
