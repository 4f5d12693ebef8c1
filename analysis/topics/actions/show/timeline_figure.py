"""Dated items on a line: meetings, summits, and the days on which actions are due."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, Figure, styled
from analysis.model import formats

WIDTH, STEP = 460, 30
SOURCES = ("the review", "the office’s actions")
MONTHS_ONLY = "The review gives months; each stands on its first day."


def timeline_figure(items: pd.DataFrame, what: str, source: str) -> Figure:
    """Return the items of `analysis.topics.actions.show.action_tables.dated` as marks in time, one line each, earliest on top.

    A circle is from the review (a month, drawn on its first day), a diamond from the office's own actions.
    """
    data = items.assign(day=pd.to_datetime(items["day"]), label=[_label(row) for row in items.itertuples()])
    order = list(dict.fromkeys(data["label"]))
    kinds = [name for name in SOURCES if name in set(data["source"])]
    ends = [data["day"].min() - pd.DateOffset(months=1), data["day"].max() + pd.DateOffset(months=1)]
    colours = {SOURCES[0]: ACCENT, SOURCES[1]: PARTNER}
    shapes = {SOURCES[0]: "circle", SOURCES[1]: "diamond"}
    legend = alt.Legend() if len(kinds) > 1 else None
    chart = (
        alt.Chart(data)
        .mark_point(size=110, filled=True, opacity=1)
        .encode(
            x=alt.X(
                "day:T",
                title=None,
                scale=alt.Scale(domain=[end.isoformat() for end in ends]),
                axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=8),
            ),
            y=alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=420, grid=True)),
            color=alt.Color(
                "source:N", scale=alt.Scale(domain=kinds, range=[colours[k] for k in kinds]), legend=legend
            ),
            shape=alt.Shape(
                "source:N", scale=alt.Scale(domain=kinds, range=[shapes[k] for k in kinds]), legend=legend
            ),
            tooltip=[
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("day:T", title="When", format="%b %Y"),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(STEP))
    )
    labels = ". ".join(data["label"])
    first, last = data["day"].min(), data["day"].max()
    return Figure(
        title=f"{formats.number(len(data))} dates from {first:%b %Y} to {last:%b %Y}",
        subtitle=f"{what}: what has a date. {source}",
        alt=f"Marks on a line of time. {labels}.",
        chart=styled(chart),
        data=items.assign(day=data["day"].dt.strftime("%Y-%m-%d")),
        caveat=" ".join(
            [*([MONTHS_ONLY] if SOURCES[0] in kinds else []), "What has no date is in the table."]
        ),
    )


def _label(row: Any) -> str:
    return f"{row.day:%b %Y}: {row.what}"
