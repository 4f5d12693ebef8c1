"""Patrols as charts: dosage over what was recorded, in aligned panels, and patrol time by weekday and hour."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.figure import (
    ACCENT,
    PARTNER,
    QUIET,
    SEQUENTIAL,
    SOURCE,
    AnyChart,
    Figure,
    styled,
)
from analysis.model import formats
from analysis.model.hours import WEEKDAYS
from analysis.model.periods import month_label
from analysis.topics.patrols.measure.dosage import hours_words

WIDTH, HEIGHT = 620, 120


def dosage_figure(
    found: pd.DataFrame, area: str, comparator: str, start: pd.Period, *, total: float, source: str
) -> Figure:
    """Return patrol hours over recorded ASB, month by month, one panel each and the comparator's under them.

    ``found`` is `analysis.topics.patrols.measure.dosage.dosage_and_asb`; a frame without a known patrol hour gives the two
    panels of incidents alone, and the caveat says what is known of the hours (``total`` seconds). The uprights
    mark the month in which patrols began.
    """
    data = found.assign(
        label=found["month"].map(month_label),
        # a month is drawn in its middle, so that the mark of the first patrolled one stands before it
        middle=found["month"].dt.to_timestamp() + pd.Timedelta(days=14),
    )
    known = bool(data["patrol_hours"].notna().any())
    whole = [found["month"].iloc[0].to_timestamp(), found["month"].iloc[-1].to_timestamp(how="end")]
    months = alt.Scale(domain=[day.isoformat() for day in whole], nice=False)
    axis = alt.Axis(format="%b %Y", labelOverlap=True, grid=False, tickCount=8)
    x = alt.X("middle:T", title=None, axis=axis, scale=months)
    drawn = data.drop(columns="month")
    mark = (
        alt.Chart(pd.DataFrame({"middle": [start.to_timestamp()]}))
        .mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=x)
    )

    def panel(column: str, title: str, colour: str, *, bars: bool) -> AnyChart:
        y = alt.Y(f"{column}:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4))
        tooltip = [
            alt.Tooltip("label:N", title="Month"),
            alt.Tooltip(f"{column}:Q", title=title, format=",.1f"),
        ]
        base = alt.Chart(drawn).encode(x=x, y=y, tooltip=tooltip)
        shape: list[AnyChart] = (
            [base.mark_bar(color=colour, size=15)]
            if bars
            else [
                base.mark_line(color=colour, strokeWidth=2.5, invalid="break-paths-show-domains"),
                base.mark_point(color=colour, filled=True, size=24, invalid="filter"),
            ]
        )
        return alt.layer(mark, *shape).properties(
            width=WIDTH, height=HEIGHT, title=alt.TitleParams(title, anchor="start", fontSize=13)
        )

    panels = [
        panel("incidents", f"Recorded anti-social behaviour, {area}", ACCENT, bars=False),
        panel(
            "comparator_incidents",
            f"Recorded anti-social behaviour, {comparator} (comparator)",
            QUIET,
            bars=False,
        ),
    ]
    if known:
        panels.insert(0, panel("patrol_hours", f"Patrol hours, {area}", PARTNER, bars=True))
    chart = alt.vconcat(*panels, spacing=14).resolve_scale(x="shared")
    hours = f"{hours_words(total)} on patrol"
    told = (
        "A month without a bar inside the log had no patrol; before and after the log the hours are not known. "
        if known
        else f"Of the patrols only the total is published, {hours}. A patrol log would show the months. "
    )
    gaps = ", ".join(data.loc[data["incidents"].isna(), "label"])
    return Figure(
        title=f"{hours} in {area}, and what was recorded month by month",
        subtitle=f"Patrols and recorded anti-social behaviour by month, {data['label'].iloc[0]} – {data['label'].iloc[-1]}; "
        f"dashed upright: patrols begin, {month_label(start)}. {source} {SOURCE}",
        alt=f"{'Three' if known else 'Two'} panels over the same months: {'patrol hours, ' if known else ''}incidents recorded in "
        f"{area}, and incidents recorded in {comparator}. Patrols begin in {month_label(start)}. The table below has every number.",
        chart=styled(chart),
        data=found.assign(month=found["month"].astype(str)),
        caveat=told
        + "Each panel has its own scale, from zero. The LSOAs are not the patrolled streets, and two courses that move together do not "
        "say that one moved the other."
        + (f" Not published: {gaps}; the line is broken there." if gaps else ""),
    )


def week_figure(week: pd.DataFrame, period: str, source: str) -> Figure:
    """Return patrol time by weekday and hour of the day as a heatmap.

    ``week`` is `analysis.topics.patrols.measure.dosage.patrol_week`: 168 rows.
    """
    data = week.assign(day=[WEEKDAYS[d] for d in week["weekday"]], hours=week["minutes"] / 60)
    total = float(data["hours"].sum())
    data["share"] = data["hours"] / total if total else np.nan
    data["share_text"] = [formats.share(v, 1) for v in data["share"]]
    late = float(data.loc[data["hour"] >= 18, "hours"].sum()) / total if total else np.nan
    title = (
        f"{formats.capital(formats.share(late))} of patrol time was from 18:00 to midnight"
        if total
        else "No patrol time is logged"
    )
    tooltip = [
        alt.Tooltip("day:N", title="Day"),
        alt.Tooltip("hour:O", title="Hour from"),
        alt.Tooltip("hours:Q", title="Patrol hours", format=",.1f"),
        alt.Tooltip("share_text:N", title="Share of all"),
    ]
    chart = (
        alt.Chart(data)
        .mark_rect()
        .encode(
            x=alt.X("hour:O", title="Hour of the day", axis=alt.Axis(labelAngle=0, grid=False)),
            y=alt.Y("day:N", title=None, sort=list(WEEKDAYS), axis=alt.Axis(grid=False)),
            color=alt.Color(
                "hours:Q",
                scale=alt.Scale(range=list(SEQUENTIAL)),
                legend=alt.Legend(title="Patrol hours", orient="right"),
            ),
            tooltip=tooltip,
        )
        .properties(width=WIDTH, height=alt.Step(26))
    )
    busiest = data.loc[data["hours"].idxmax()] if total else None
    said = (
        f" Most: {busiest['day']}, {busiest['hour']:02d}:00 to {busiest['hour'] + 1:02d}:00."
        if busiest is not None
        else ""
    )
    return Figure(
        title=title,
        subtitle=f"Patrol time by weekday and hour of the day, Europe/London, {period}; all hotspots of the log. {source}",
        alt=f"Heatmap of seven weekdays by 24 hours. {title}.{said} The table below has every number.",
        chart=styled(chart),
        data=data[["day", "hour", "minutes", "officer_minutes"]],
        caveat="Each patrol is spread over the hours that it covers. police.uk gives no hour of an incident, so this cannot be set "
        "against when incidents were." + said,
    )
