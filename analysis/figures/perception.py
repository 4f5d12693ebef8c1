"""Felt unsafe against recorded incidents: places in four quadrants."""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd

from analysis import formats
from analysis.errors import NeedsInputError
from analysis.figures.figure import ACCENT, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.measures.perception import QUADRANTS, Perceptions

WIDTH, HEIGHT = 560, 340


def perception_figure(found: Perceptions, what: str, source: str) -> Figure:
    """Return the scatter of places (`analysis.tables.perceptions.safe`), with the cuts between the quadrants.

    Diamonds are the places of the first quadrant, "felt unsafe, few incidents". Places that are hidden or whose
    incidents are not known are left out and counted. Raises NeedsInputError where no place has both figures.
    """
    drawn = found.table.loc[found.table["share"].notna() & found.table["incidents"].notna()]
    if drawn.empty:
        raise NeedsInputError(
            "No place of the survey has both ten respondents and an LSOA or point with months held, so none can be drawn. "
            "Give the LSOA of each place."
        )
    first = drawn["quadrant"] == QUADRANTS[0]
    data = drawn.assign(group=["felt unsafe, few incidents" if is_first else "other" for is_first in first])
    groups = ["felt unsafe, few incidents", "other"]
    x = alt.X(
        "incidents:Q",
        title="Recorded incidents",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=6),
    )
    y = alt.Y(
        "share:Q",
        title="Felt unsafe",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[PARTNER, ACCENT]),
        legend=alt.Legend(symbolType="circle"),
    )
    shape = alt.Shape("group:N", scale=alt.Scale(domain=groups, range=["diamond", "circle"]), legend=None)
    tooltip = [
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("share:Q", title="Felt unsafe", format=".0%"),
        alt.Tooltip("respondents:Q", title="Respondents", format=","),
        alt.Tooltip("incidents:Q", title="Recorded", format=","),
        alt.Tooltip("quadrant:N", title="Quadrant"),
    ]
    base = alt.Chart(data)
    cuts = pd.DataFrame({"incidents": [found.incidents_cut], "share": [found.share_cut]})
    # a name stands on the side with room for it
    half = data["incidents"] <= data["incidents"].max() / 2
    chart = alt.layer(
        alt.Chart(cuts).mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(x="incidents:Q"),
        alt.Chart(cuts).mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(y="share:Q"),
        base.mark_rule(color=QUIET, opacity=0.5).encode(
            x=x, y=alt.Y("share_low:Q", title="Felt unsafe"), y2="share_high:Q"
        ),
        base.mark_point(filled=True, size=90, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tooltip
        ),
        _names(data.loc[half], "left", 9).encode(x=x, y=y),
        _names(data.loc[~half], "right", -9).encode(x=x, y=y),
    ).properties(width=WIDTH, height=HEIGHT)
    names = list(data.loc[first, "place"])
    left = len(found.table) - len(drawn)
    return Figure(
        title=f"Felt unsafe, yet few incidents recorded: {', '.join(names)}"
        if names
        else "No place felt unsafe with few incidents recorded",
        subtitle=f"Share of respondents who felt unsafe, with 95% interval, against {what}. {source} {SOURCE}",
        alt=f"Scatter of {formats.number(len(drawn))} places. Felt unsafe with few incidents: {', '.join(names) or 'none'}. "
        "The table below has every number.",
        chart=styled(chart),
        data=drawn.drop(columns="hidden"),
        caveat="Dashed lines are the medians of the places drawn, so about half stand on each side of each line: a quadrant is a reason "
        "to look, not a finding. A survey and a record measure two things; neither corrects the other."
        + (f" Not drawn: {formats.number(left)}, hidden or without incidents." if left else ""),
    )


def _names(data: pd.DataFrame, align: Literal["left", "right"], away: int) -> alt.Chart:
    return (
        alt.Chart(data)
        .mark_text(align=align, dx=away, dy=-8, fontSize=12, color=QUIET)
        .encode(text="place:N")
    )
