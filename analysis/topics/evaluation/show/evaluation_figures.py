"""The figures of Explore / Evaluation: placebo places, interrupted series, synthetic comparator."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.figure import ACCENT, BASELINE, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.periods import month_label
from analysis.stats.interrupted_series import InterruptedSeries
from analysis.stats.synthetic_control import SyntheticControl
from analysis.topics.change.measure.placebo import PlaceboDistribution

WIDTH = 640

FARTHEST = 200
"""A few places that rose from almost nothing would squeeze all others together; they stand at the edge."""


def placebo_figure(found: PlaceboDistribution, area: str, periods: str) -> Figure:
    """Return how similar places changed by themselves, each a tick, with the area marked.

    Places with no incident in the baseline have no percent change: they are counted in the caveat, not drawn.
    """
    if found.places.empty:
        raise AnalysisError(
            f"No place of the force has a like number of incidents ({found.crime_type.lower()}), so there is none to compare with. "
            "Choose a smaller area or another crime type."
        )
    finite = found.places.loc[np.isfinite(found.places["percent_change"])]
    far = int((finite["percent_change"] > FARTHEST).sum())
    finite = finite.assign(drawn_at=finite["percent_change"].clip(upper=FARTHEST), low=0.08, high=0.72)
    x = alt.X(
        "drawn_at:Q",
        title="Change in recorded incidents, per cent",
        scale=alt.Scale(domain=[-100, FARTHEST], nice=False),
    )
    tooltip = [
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("baseline_incidents:Q", title="Baseline", format=","),
        alt.Tooltip("comparison_incidents:Q", title="Comparison", format=","),
        alt.Tooltip("percent_change:Q", title="Change, %", format="+.0f"),
    ]
    low = alt.Y("low:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    ticks = (
        alt.Chart(finite)
        .mark_rule(color=BASELINE, strokeWidth=2, opacity=0.5)
        .encode(x=x, y=low, y2="high:Q", tooltip=tooltip)
    )
    own = pd.DataFrame(
        {"drawn_at": [min(found.percent_change, FARTHEST)], "name": [area], "low": [0.0], "high": [0.84]}
    )
    mark = alt.Chart(own).mark_rule(color=ACCENT, strokeWidth=4).encode(x=x, y=low, y2="high:Q")
    name = (
        alt.Chart(own)
        .mark_text(fontSize=13, fontWeight="bold", color=ACCENT, baseline="bottom", dy=-3)
        .encode(x=x, y=alt.Y("high:Q"), text="name:N")
    )
    direction = "fell" if found.percent_change < 0 else "rose"
    title = (
        f"{formats.number(found.as_much)} of {formats.number(len(found.places))} similar places {direction} at least as much"
        if np.isfinite(found.as_much)
        else "The area’s own change has no direction to rank"
    )
    not_drawn = len(found.places) - len(finite)
    edge = f"{_so_many(far, 'stand')} at the edge, having risen by more than {FARTHEST}%. " if far else ""
    none = f"{_so_many(not_drawn, 'have')} no percentage, with none in the baseline." if not_drawn else ""
    return Figure(
        title=title,
        subtitle=f"Change of {found.crime_type.lower()} in places of a like number of incidents outside the treated areas, {periods}. "
        f"{SOURCE}",
        alt=f"Strip of {len(finite)} ticks, one a similar place, with {area} marked at "
        f"{formats.percent(found.percent_change)}. {title}.",
        chart=styled((ticks + mark + name).properties(width=WIDTH, height=120)),
        data=found.places,
        caveat=f"{formats.number(len(found.places))} similar places from {formats.number(found.units)} different units of ground. "
        "Outside the treated areas is not without patrols: what else was patrolled is not in the open data. "
        f"{edge}{none}".strip(),
    )


def interrupted_figure(found: InterruptedSeries, area: str, crime_type: str) -> Figure:
    """Return recorded incidents by month with the fitted course, and what trend and season alone would give."""
    # a month as text and as a date: a period is nothing that a chart can write down
    drawn = found.table.assign(
        date=found.table["month"].dt.to_timestamp(), label=found.table["month"].map(month_label)
    ).drop(columns="month")
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True))
    y = alt.Y("incidents:Q", title="Recorded incidents", scale=alt.Scale(zero=True))
    points = (
        alt.Chart(drawn)
        .mark_point(filled=True, size=45, color=QUIET, opacity=0.8, invalid="filter")
        .encode(
            x=x,
            y=y,
            tooltip=[alt.Tooltip("label:N", title="Month"), alt.Tooltip("incidents:Q", title="Recorded")],
        )
    )
    fitted = (
        alt.Chart(drawn).mark_line(color=ACCENT, strokeWidth=2.5).encode(x=x, y="fitted:Q", detail="after:N")
    )
    without = (
        alt.Chart(drawn.loc[drawn["after"]])
        .mark_line(color=PARTNER, strokeDash=[5, 4], strokeWidth=2.5)
        .encode(x=x, y="without_step:Q")
    )
    start = (
        alt.Chart(pd.DataFrame({"date": [found.start.to_timestamp()]}))
        .mark_rule(color=QUIET)
        .encode(x="date:T")
    )
    excludes_one = found.low > 1 or found.high < 1
    title = (
        f"From {month_label(found.start)} the fitted level is {formats.ratio(found.ratio)} of what trend and season would give"
        if excludes_one
        else f"No step at {month_label(found.start)} can be told from trend and season"
    )
    return Figure(
        title=title,
        subtitle=f"Interrupted time series, {crime_type.lower()}, {area}, {drawn['label'].iloc[0]} – {drawn['label'].iloc[-1]}; "
        f"level ratio {formats.ratio(found.ratio)}, 95% interval {formats.interval(found.low, found.high)}. {SOURCE}",
        alt=f"Monthly counts as points, the fitted course as a line, and dashed from {month_label(found.start)} what trend and season "
        f"alone would give. {title}.",
        chart=styled((start + without + fitted + points).properties(width=WIDTH, height=260)),
        data=found.table.assign(month=found.table["month"].astype(str)),
        caveat=" ".join(
            (
                f"Points: recorded. Line: fitted. Dashed: without a step. Phi {formats.number(found.phi, 1)}.",
                "A step is whatever differed from that month on, patrols or not. Tried on Cleveland’s untreated places, 5 to 8% show "
                "one by themselves over July 2022 to June 2024, and 9 to 20% with the half-year before, so no verdict rests on it.",
                *found.cautions,
            )
        ),
    )


def synthetic_figure(found: SyntheticControl, area: str, crime_type: str) -> Figure:
    """Return recorded incidents by month beside the synthetic comparator's."""
    drawn = found.table.assign(
        date=found.table["month"].dt.to_timestamp(), label=found.table["month"].map(month_label)
    )
    # a gap month is not in the table: put it back, so that the line breaks there
    every = pd.period_range(found.table["month"].min(), found.table["month"].max(), freq="M")
    drawn = drawn.set_index("month").reindex(every).rename_axis("month").reset_index()
    drawn["date"] = drawn["month"].dt.to_timestamp()
    long = drawn.melt(["month", "date", "label"], ["incidents", "synthetic"], "line", "value").replace(
        {"line": {"incidents": area, "synthetic": "Synthetic comparator"}}
    )
    names = [area, "Synthetic comparator"]
    lines = (
        alt.Chart(long.drop(columns="month"))
        .mark_line(invalid="break-paths-show-domains", strokeWidth=2.5)
        .encode(
            x=alt.X("date:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True)),
            y=alt.Y("value:Q", title="Recorded incidents", scale=alt.Scale(zero=True)),
            color=alt.Color("line:N", scale=alt.Scale(domain=names, range=[ACCENT, PARTNER])),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=[[1, 0], [5, 4]])),
            tooltip=[
                alt.Tooltip("line:N", title="Series"),
                alt.Tooltip("label:N", title="Month"),
                alt.Tooltip("value:Q", title="Recorded", format=",.1f"),
            ],
        )
    )
    first = found.table.loc[found.table["after"], "month"].min()
    start = (
        alt.Chart(pd.DataFrame({"date": [first.to_timestamp()]})).mark_rule(color=QUIET).encode(x="date:T")
    )
    title = f"{formats.number(found.recorded)} recorded, against {formats.number(found.synthetic)} in its synthetic comparator"
    return Figure(
        title=title,
        subtitle=f"Synthetic comparator, {crime_type.lower()}, {area}, from {month_label(first)}; "
        f"p {formats.number(found.p, 2)} by {formats.number(len(found.placebos))} placebo places. {SOURCE}",
        alt=f"Two lines by month: {area} and the mixture of untreated places that followed it best before {month_label(first)}. {title}.",
        chart=styled((start + lines).properties(width=WIDTH, height=260)),
        data=found.table.assign(month=found.table["month"].astype(str)),
        caveat=(f"{found.warning} " if found.warning else "")
        + "Every published month from the start on is counted. "
        + f"{formats.number(found.at_least_as_far)} of {formats.number(len(found.placebos))} placebo places lay at least as far from "
        "their own synthetic comparator, either way.",
    )


def _so_many(places: int, verb: str) -> str:
    one = {"stand": "stands", "have": "has"}[verb]
    return f"1 place {one}" if places == 1 else f"{formats.number(places)} places {verb}"
