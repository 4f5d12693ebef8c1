"""Felt unsafe against recorded incidents: places in four quadrants."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.drawing.labels import FONT_SIZE, place_labels
from analysis.model import formats
from analysis.model.errors import NeedsInputError
from analysis.topics.perceptions.measure import QUADRANTS, Perceptions

WIDTH, HEIGHT = 560, 340
MOST_NAMED = 4
"""Places named in the title; the rest are counted, and the table names them all."""


def perception_figure(places: Perceptions, what: str, source: str) -> Figure:
    """Return the scatter of places (`analysis.topics.perceptions.show.perception_table.safe`), with the cuts between the quadrants.

    Diamonds are the places of the first quadrant, "felt unsafe, lower half of incidents". Places that are hidden or whose
    incidents are not known are left out and counted. Raises NeedsInputError where no place has both figures.
    """
    drawn = places.table.loc[places.table["share"].notna() & places.table["incidents"].notna()]
    if drawn.empty:
        raise NeedsInputError(
            "No place of the survey has both ten respondents and an LSOA or point with months held, so none can be drawn. "
            "Give the LSOA of each place."
        )
    first = drawn["quadrant"] == QUADRANTS[0]
    groups = [QUADRANTS[0], "other"]
    labels = perception_labels(drawn, cuts=(places.share_cut, places.incidents_cut))
    data = drawn.assign(
        group=[groups[0] if is_first else groups[1] for is_first in first],
        share_text=[formats.share(v) for v in drawn["share"]],
    )
    across = alt.Scale(domain=[0, _end(drawn)], nice=False)
    x = alt.X("incidents:Q", title="Recorded incidents", scale=across, axis=alt.Axis(tickCount=6))
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
        alt.Tooltip("share_text:N", title="Felt unsafe"),
        alt.Tooltip("respondents:Q", title="Respondents", format=","),
        alt.Tooltip("incidents:Q", title="Recorded", format=","),
        alt.Tooltip("quadrant:N", title="Quadrant"),
    ]
    base = alt.Chart(data)
    cuts = pd.DataFrame({"incidents": [places.incidents_cut], "share": [places.share_cut]})
    named = data.merge(labels, on="place")
    chart = alt.layer(
        alt.Chart(cuts).mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(x=x),
        alt.Chart(cuts).mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(y="share:Q"),
        base.mark_rule(color=QUIET, opacity=0.5).encode(
            x=x, y=alt.Y("share_low:Q", title="Felt unsafe"), y2="share_high:Q"
        ),
        base.mark_point(filled=True, size=90, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tooltip
        ),
        alt.Chart(named)
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=FONT_SIZE,
            color=QUIET,
            dx=alt.expr("datum.dx"),
            dy=alt.expr("datum.dy"),
            limit=alt.expr("datum.width"),
        )
        .encode(text="place:N", x=x, y=y),
    ).properties(
        width=WIDTH,
        height=HEIGHT,
        # Streamlit's theme fits axes and legend into the size, and a smaller plot would push the names together
        autosize=alt.AutoSizeParams(type="pad", contains="content"),
    )
    names = list(data.loc[first, "place"])
    left, bare = len(places.table) - len(drawn), len(drawn) - len(named)
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED]) + (f" and {formats.number(more)} more" if more > 0 else "")
    return Figure(
        title=f"Felt unsafe, yet recorded incidents in the lower half: {listed}"
        if names
        else "No place felt unsafe with recorded incidents in the lower half",
        subtitle=f"Share of respondents who felt unsafe, with the 95% range of each, against {what}. {source} {SOURCE}",
        alt=f"Scatter of {formats.number(len(drawn))} places. Felt unsafe, lower half of incidents: {', '.join(names) or 'none'}. "
        "The table below has every number.",
        chart=styled(chart),
        data=drawn.drop(columns="hidden"),
        caveat="Dashed lines are the middle of the shares shown and of the incidents beside an answer. A quadrant is a reason "
        "to look, not a finding. A survey and a record measure two things; neither corrects the other."
        + (f" Not drawn: {formats.number(left)}, hidden or without incidents." if left else "")
        + (
            f" Drawn without a name, for want of room: {formats.number(bare)}; the table names them."
            if bare
            else ""
        ),
    )


def perception_labels(drawn: pd.DataFrame, cuts: tuple[float, float] | None = None) -> pd.DataFrame:
    """Return where the names stand beside their marks: place, dx and dy (pixels from the mark), width.

    ``drawn`` has place, share and incidents, in the order in which the names choose (`analysis.drawing.labels`);
    a place for whose name there is no room is not a row. dx is to the left end of the name, dy to its middle.
    Names keep off the intervals and off the ``cuts`` (share, incidents) where they can.
    """
    end = _end(drawn)
    marks = [
        (float(row.incidents) / end * WIDTH, (1 - float(row.share)) * HEIGHT) for row in drawn.itertuples()
    ]
    ends = zip(marks, drawn["share_low"], drawn["share_high"], strict=True)
    lines = [(x, (1 - high) * HEIGHT, x, (1 - low) * HEIGHT) for (x, _), low, high in ends]
    if cuts is not None:
        across, down = cuts[1] / end * WIDTH, (1 - cuts[0]) * HEIGHT
        lines += [(across, 0.0, across, float(HEIGHT)), (0.0, down, float(WIDTH), down)]
    places = place_labels(marks, list(drawn["place"]), width=WIDTH, height=HEIGHT, lines=lines)
    rows = [
        (name, label.left - x, label.middle - y, label.width)
        for name, (x, y), label in zip(drawn["place"], marks, places, strict=True)
        if label is not None
    ]
    return pd.DataFrame(rows, columns=["place", "dx", "dy", "width"])


def _end(drawn: pd.DataFrame) -> float:
    """Where the axis of incidents ends: a little beyond the most, so that no mark is cut."""
    return max(float(drawn["incidents"].max()) * 1.05, 1.0)
