"""The figures of Explore / Evaluation: placebo places, interrupted series, synthetic comparator."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.evidence.sentences import share_of_places
from analysis.drawing.figure import ACCENT, BASELINE, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.periods import month_label
from analysis.stats.interrupted_series import InterruptedSeries
from analysis.stats.synthetic_control import SyntheticControl
from analysis.stats.thresholds import LEVEL
from analysis.topics.change.measure.placebo import PlaceboDistribution

WIDTH = 640

FARTHEST = 5.0
"""A few places that moved very far would squeeze all others together; they stand at the edge."""

BIN = 0.25


def placebo_figure(found: PlaceboDistribution, area: str, periods: str) -> Figure:
    """Return how far similar places moved by themselves from what was expected of each, with the area marked.

    A bar is the number of places within a quarter of a step; beyond `FARTHEST` they stand at the edge.
    """
    if found.places.empty:
        raise AnalysisError(
            f"No place of the force can be judged ({found.crime_type.lower()}), so there is none to compare with. "
            "Choose a smaller area or another crime type."
        )
    at = np.floor(found.places["z"].clip(-FARTHEST, FARTHEST - BIN) / BIN) * BIN
    bars = at.value_counts().sort_index().rename_axis("low").reset_index(name="places")
    bars["high"] = bars["low"] + BIN
    x = alt.X(
        "low:Q",
        title="How far from what was expected (fewer recorded on the left)",
        scale=alt.Scale(domain=[-FARTHEST, FARTHEST], nice=False),
    )
    columns = (
        alt.Chart(bars)
        .mark_rect(color=BASELINE, opacity=0.7)
        .encode(
            x=x,
            x2="high:Q",
            y=alt.Y("places:Q", title="Places"),
            tooltip=[alt.Tooltip("places:Q", title="Places", format=",")],
        )
    )
    own = pd.DataFrame({"z": [min(max(found.z, -FARTHEST), FARTHEST)], "name": [area]})
    mark = alt.Chart(own).mark_rule(color=ACCENT, strokeWidth=4).encode(x=alt.X("z:Q"))
    name = (
        alt.Chart(own)
        .mark_text(fontSize=13, fontWeight="bold", color=ACCENT, baseline="bottom", dy=-3)
        .encode(x=alt.X("z:Q"), y=alt.value(0), text="name:N")
    )
    edges = pd.DataFrame({"z": [-found.reach, found.reach]})
    lines = alt.Chart(edges).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x=alt.X("z:Q"))
    share = share_of_places(found.as_far, len(found.places))
    title = f"{formats.capital(share)} similar places ended as {'low' if found.z < 0 else 'high'}, for what was expected"
    return Figure(
        title=title,
        subtitle=f"{found.crime_type} in {formats.number(len(found.places))} {found.yardstick}, {periods}. How far each ended from "
        f"what was expected of it. {SOURCE}",
        alt=f"Columns of similar places by how far they ended from what was expected, with {area} marked. {title}.",
        chart=styled((columns + lines + mark + name).properties(width=WIDTH, height=150)),
        data=found.places,
        caveat=f"{formats.number(found.separate)} of these places fit side by side. Beyond the dashed lines a change is told, one "
        "place in twenty by itself. Outside the areas under review is not without patrols: what else was patrolled is not in the "
        "open data.",
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
                "A step is whatever differed from that month on, patrols or not. Untreated places show one by themselves more often "
                "than the interval says, so no verdict rests on it.",
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
    if not found.p < LEVEL:
        title += ": no further apart than such comparators stray by themselves"
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
