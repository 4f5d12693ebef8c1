"""The funnel: every judged centre by what was expected of it, with what is ordinary for a place of that size."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.english import counted
from analysis.topics.country.measure import funnel_limits, standing
from analysis.topics.country.show.places import (
    AS_OTHERS,
    COLOURS,
    FEWER,
    MORE,
    by_chance,
    judged_rows,
    stand_out,
)

WIDTH, HEIGHT = 500, 340

LIMITS = (0.1, 10.0)
"""The scale ends here; a point beyond it is drawn at the edge, and its numbers stand in the table."""


def funnel_title(crime_type: str, table: pd.DataFrame) -> str:
    """Return how many centres stand out in a crime type, and how many would by chance."""
    found = standing(table.loc[table["crime_type"] == crime_type])
    if not found.judged:
        return f"{crime_type}: in no centre can a change be judged"
    return (
        f"{crime_type}: of {counted(found.judged, 'centre')} {stand_out(found.told)}; "
        f"{by_chance(found.by_chance)} would by chance"
    )


def funnel_figure(table: pd.DataFrame, crime_type: str, months: str) -> Figure:
    """Return the funnel plot of one crime type: recorded over expected (log scale) by expected incidents (log scale).

    Each point is a centre; the lines are the middle of what is ordinary for centres of about that size, so a centre's own
    limits may lie a little apart from them: its verdict stands on its own.
    """
    rows = judged_rows(table, crime_type)
    edges = funnel_limits(rows)
    drawn = rows[
        ["area", "district", "force_name", "comparison_incidents", "expected", "ratio", "standing", "verdict"]
    ]
    drawn = drawn.assign(at=drawn["ratio"].clip(*LIMITS))
    lines = edges.melt("expected", ["low", "high"], "edge", "at")
    lines = lines.assign(at=lines["at"].clip(*LIMITS))
    x = alt.X("expected:Q", title="Incidents expected", scale=alt.Scale(type="log", nice=False, padding=12))
    y = alt.Y(
        "at:Q",
        title="Recorded over expected",
        scale=alt.Scale(type="log", domain=list(LIMITS), clamp=True),
        axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10], format="~g"),
    )
    order = [FEWER, MORE, AS_OTHERS]
    points = (
        alt.Chart(drawn)
        .mark_point(filled=True, size=46, opacity=0.85)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "standing:N",
                title=None,
                scale=alt.Scale(domain=order, range=[COLOURS[w] for w in order]),
                legend=alt.Legend(columns=2),
            ),
            shape=alt.Shape(
                "standing:N",
                title=None,
                scale=alt.Scale(domain=order, range=["diamond", "triangle-up", "circle"]),
                legend=alt.Legend(columns=2),
            ),
            tooltip=[
                alt.Tooltip("area:N", title="Centre"),
                alt.Tooltip("district:N", title="District"),
                alt.Tooltip("force_name:N", title="Force"),
                alt.Tooltip("comparison_incidents:Q", title="Recorded", format=",.0f"),
                alt.Tooltip("expected:Q", title="Expected", format=",.0f"),
                alt.Tooltip("verdict:N", title="Verdict"),
            ],
        )
    )
    as_expected = pd.DataFrame({"at": [1.0]})
    level = alt.Chart(as_expected).mark_rule(color=QUIET, strokeWidth=1, aria=False).encode(y=y)
    funnel = (
        alt.Chart(lines)
        .mark_line(color=QUIET, strokeDash=[5, 4], strokeWidth=1.2, aria=False)
        .encode(x=x, y=y, detail="edge:N")
    )
    title = funnel_title(crime_type, table)
    return Figure(
        title=title,
        subtitle=f"Recorded incidents over those expected from similar places, by how many were expected, {months}. {SOURCE}",
        alt=f"Funnel plot with a point for each of {formats.number(len(rows))} centres. {title}. The table has every number.",
        chart=styled(alt.layer(level, funnel, points).properties(width=WIDTH, height=HEIGHT)),
        data=rows,
        caveat="Small places swing more, so the dashed lines are far apart where few were expected. A place outside them is a "
        "question to ask. It is no rank: one place in twenty lies outside by itself.",
    )
