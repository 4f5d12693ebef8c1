"""The night-time economy as charts: how the months of a year differ, and records that have an hour."""

from __future__ import annotations

import calendar
from collections.abc import Mapping

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, QUIET, SEQUENTIAL, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.disclosure import may_show
from analysis.model.errors import NeedsInputError
from analysis.model.hours import WEEKDAYS
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.night_time.measure import LONGEST_HOURS, HoursOfWeek

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 215, 130, 3
WEEK_WIDTH = 620
EVENING, MORNING = 18, 6
"""Night as the page counts it: from 18:00 to 06:00."""

MONTHS = tuple(calendar.month_abbr)[1:]


def pattern_figure(patterns: Mapping[str, pd.DataFrame], span: str) -> Figure:
    """Return the month-of-year pattern of each area (`analysis.topics.night_time.measure.month_pattern` by name).

    Marks stand off the line of an ordinary month (100); a calendar month that is not held has none.
    """
    data = pd.concat([table.assign(area=name) for name, table in patterns.items()], ignore_index=True)
    data["month"] = [MONTHS[number - 1] for number in data["calendar_month"]]
    data["ordinary"] = 100
    drawn = data.loc[data["index"].notna()]
    x = alt.X(
        "month:N", title=None, sort=list(MONTHS), axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False)
    )
    y = alt.Y("index:Q", title=None, scale=alt.Scale(zero=False, padding=12), axis=alt.Axis(tickCount=4))
    tooltip = [
        alt.Tooltip("area:N", title="Place"),
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("index:Q", title="Index (100 is ordinary)", format=".0f"),
        alt.Tooltip("months:Q", title="Months held"),
    ]
    base = alt.Chart().encode(x=x)
    panel = alt.layer(
        alt.Chart()
        .mark_rule(color=QUIET, strokeDash=[3, 3], opacity=0.7, aria=False)
        .encode(y=alt.datum(100)),
        base.mark_rule(color=ACCENT, strokeWidth=2).encode(y=y, y2="ordinary:Q"),
        base.mark_point(color=ACCENT, filled=True, size=45, opacity=1).encode(y=y, tooltip=tooltip),
    ).properties(width=PANEL_WIDTH, height=PANEL_HEIGHT)
    chart = panel.facet(
        alt.Facet("area:N", sort=list(patterns)),
        data=drawn,
        columns=COLUMNS,
        spacing={"row": 18, "column": 24},
    )
    top = drawn.sort_values(["index", "calendar_month"], ascending=[False, True]).drop_duplicates("area")
    named = {row.area: row.month for row in top.itertuples()}
    busiest = ", ".join(f"{named[name]} in {name}" for name in patterns if name in named)
    once = int((drawn["months"] == 1).sum())
    return Figure(
        title=f"Most a day: {busiest}" if busiest else "No month is held",
        subtitle="Violence and sexual offences, public order, robbery, drugs and possession of weapons together, recorded a day; "
        f"mean of each calendar month, 100 is an ordinary month, {span}. {SOURCE}",
        alt=f"One panel a place with twelve months above or below 100. Most a day: {busiest}. The table below has every number.",
        chart=styled(chart),
        data=data[["area", "month", "months", "index"]],
        caveat=f"With so few years a pattern may be one month’s chance: {formats.number(once)} of {formats.number(len(drawn))} marks "
        "rest on a single month.",
    )


def at_night(week: pd.DataFrame) -> pd.Series:
    """Return which hours of a week are night as the page counts it."""
    return (week["hour"] >= EVENING) | (week["hour"] < MORNING)


def safe_hours(week: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """Return the share of each hour of the week in whole per cent, NaN where it is hidden, and that of the night.

    An hour with fewer than 5 incidents is hidden, and hours that would give it away; the night's share is NaN, and the
    week one total instead of two, where night or day has fewer than 5. Nothing but whole per cents is left: with the
    total a finer share is a count.
    """
    total, night = float(week["incidents"].sum()), at_night(week)
    halves = [float(week.loc[which, "incidents"].sum()) for which in (night, ~night)]
    told = all(may_show(halves))
    safe = week[["weekday", "hour"]].assign(share=(week["incidents"] / total).round(2))
    for which in (night, ~night) if told else (night | True,):
        shows = pd.Series(may_show(list(week.loc[which, "incidents"])), index=week.index[which])
        safe["share"] = safe["share"].mask(~shows.reindex(week.index, fill_value=True))
    return safe, round(halves[0] / total, 2) if told else float("nan")


def few(count: int) -> str:
    """Return a count of what was left out, in words where it is 1 to 4."""
    return f"fewer than {SMALL_COUNT}" if 0 < count < SMALL_COUNT else formats.number(count)


def safe_hours_figure(hours: HoursOfWeek, *, what: str, period: str, source: str, caveat: str) -> Figure:
    """Return an office's records by weekday and hour as a heatmap, small counts hidden (`safe_hours`).

    Raises NeedsInputError where fewer than 5 records have a usable time, or no hour may be shown.
    """
    _check_enough(hours, what, period)
    safe, night = safe_hours(hours.table)
    if not (safe["share"] > 0).any():
        raise NeedsInputError(
            f"No hour of the week has {SMALL_COUNT} or more {what} in {period}, so no hours are drawn: single ones could be known "
            "by them. Give more records."
        )
    data = safe.assign(day=[WEEKDAYS[d] for d in safe["weekday"]])
    data["share_text"] = ["hidden" if pd.isna(v) else formats.share(v) for v in data["share"]]
    x = alt.X("hour:O", title="Hour of the day", axis=alt.Axis(labelAngle=0, grid=False))
    y = alt.Y("day:N", title=None, sort=list(WEEKDAYS), axis=alt.Axis(grid=False))
    tooltip = [
        alt.Tooltip("day:N", title="Day"),
        alt.Tooltip("hour:O", title="Hour from"),
        alt.Tooltip("share_text:N", title="Share of all"),
    ]
    colour = alt.Color(
        "share:Q",
        scale=alt.Scale(range=list(SEQUENTIAL)),
        legend=alt.Legend(title="Share of all", orient="right", format=".0%"),
    )
    base = alt.Chart(data.drop(columns="weekday")).encode(x=x, y=y, tooltip=tooltip)
    chart = alt.layer(
        base.transform_filter("datum.share_text != 'hidden'").mark_rect().encode(color=colour),
        base.transform_filter("datum.share_text == 'hidden'").mark_rect(color=UNTOLD),
    ).properties(width=WEEK_WIDTH, height=alt.Step(26))
    busiest = data.loc[data["share"] == data["share"].max()]
    most = (
        f"Most: {busiest['day'].iloc[0]}, {_hours(busiest['hour'].iloc[0])}."
        if len(busiest) == 1
        else f"Most in {formats.number(len(busiest))} hours alike, in whole per cent."
    )
    title = (
        f"{formats.capital(formats.share(night))} of {what} were from 18:00 to 06:00"
        if pd.notna(night)
        else f"{formats.capital(what)} by weekday and hour"
    )
    hidden = int(data["share"].isna().sum())
    grey = (
        f" Grey: {formats.number(hidden)} hours that are hidden, since they have fewer than {SMALL_COUNT} or would give such a "
        "one away."
        if hidden
        else ""
    )
    spread = hours.used - hours.exact
    parts = "Some" if 0 < min(spread, hours.exact) < SMALL_COUNT else formats.number(spread)
    left = [f"{few(count)} {why}" for count, why in _left_out(hours) if count]
    return Figure(
        title=title,
        subtitle=f"{formats.number(hours.used)} {what} by weekday and hour, Europe/London, {period}. {source}",
        alt=f"Heatmap of seven weekdays by 24 hours. {title}. {most} The table below has every share that is shown.",
        chart=styled(chart),
        data=data[["day", "hour", "share"]],
        caveat=f"{most}{grey} {caveat}"
        + (f" {parts} {SPREAD}" if spread else "")
        + (f" Left out: {'; '.join(left)}." if left else ""),
    )


def hours_figure(hours: HoursOfWeek, *, what: str, period: str, source: str, caveat: str) -> Figure:
    """Return open records by weekday and hour as a heatmap; ``what`` names them (``stops and searches``).

    Raises NeedsInputError where fewer than 5 records have a usable time: single ones could be known by it.
    """
    _check_enough(hours, what, period)
    data = hours.table.assign(day=[WEEKDAYS[d] for d in hours.table["weekday"]])
    data["share"] = data["incidents"] / data["incidents"].sum()
    data["share_text"] = [formats.share(v, 1) for v in data["share"]]
    night = float(data.loc[at_night(data), "share"].sum())
    busiest = data.loc[data["incidents"].idxmax()]
    chart = (
        alt.Chart(data)
        .mark_rect()
        .encode(
            x=alt.X("hour:O", title="Hour of the day", axis=alt.Axis(labelAngle=0, grid=False)),
            y=alt.Y("day:N", title=None, sort=list(WEEKDAYS), axis=alt.Axis(grid=False)),
            color=alt.Color(
                "share:Q",
                scale=alt.Scale(range=list(SEQUENTIAL)),
                legend=alt.Legend(title="Share of all", orient="right", format=".1%"),
            ),
            tooltip=[
                alt.Tooltip("day:N", title="Day"),
                alt.Tooltip("hour:O", title="Hour from"),
                alt.Tooltip("share_text:N", title="Share of all"),
            ],
        )
        .properties(width=WEEK_WIDTH, height=alt.Step(26))
    )
    title = f"{formats.capital(formats.share(night))} of {what} were from 18:00 to 06:00"
    most = f"Most: {busiest['day']}, {_hours(busiest['hour'])}."
    spread = hours.used - hours.exact
    left = [f"{formats.number(count)} {why}" for count, why in _left_out(hours) if count]
    return Figure(
        title=title,
        subtitle=f"{formats.number(hours.used)} {what} by weekday and hour, Europe/London, {period}. {source}",
        alt=f"Heatmap of seven weekdays by 24 hours. {title}. {most} The table below has every number.",
        chart=styled(chart),
        data=data[["day", "hour", "share"]],
        caveat=f"{most} {caveat}"
        + (f" {formats.number(spread)} {SPREAD}" if spread else "")
        + (f" Left out: {'; '.join(left)}." if left else ""),
    )


SPREAD = "are known only to lie between two times and are spread evenly over them (aoristic), which flattens peaks."
UNTOLD = "#D9D9D9"
"""An hour that is hidden: a grey that is no step of the blues."""


def _check_enough(hours: HoursOfWeek, what: str, period: str) -> None:
    if hours.used < SMALL_COUNT:
        raise NeedsInputError(
            f"Fewer than {SMALL_COUNT} {what} have a usable time in {period}, so no hours are drawn. "
            "Choose other months, or give more records."
        )


def _hours(first: int) -> str:
    return f"{first:02d}:00 to {(first + 1) % 24:02d}:00"


def _left_out(hours: HoursOfWeek) -> tuple[tuple[int, str], ...]:
    return (
        (hours.too_long, f"lie within more than {formats.number(LONGEST_HOURS)} hours"),
        (hours.without_time, "have no usable time"),
    )
