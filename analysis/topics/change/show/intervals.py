"""Each change against what was expected of it: a dot, and the range that is ordinary, for each crime type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.evidence.evidence_tables import told_title
from analysis.drawing.evidence.sentences import rank_share
from analysis.drawing.figure import ACCENT, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.model.english import lower_first
from analysis.model.evidence import Evidence, to_frame
from analysis.model.formats import number
from analysis.model.vocabulary import JUDGED, LOCATIONS_MISSING, MONTHS_MISSING, TOLD, TOO_FEW

WIDTH, STEP = 190, 26
LIMITS = (0.1, 10.0)
"""The scale ends here; a range that runs further is cut at the edge and its numbers stand in the table."""

WHY = {
    "": "an input is missing",
    TOO_FEW: "too few incidents or similar places",
    MONTHS_MISSING: "months missing",
    LOCATIONS_MISSING: "locations missing",
}

OUT, IN = "told from similar places", "not told"


def interval_data(evidence: Sequence[Evidence]) -> pd.DataFrame:
    """Return what the figure draws, one row a change that is judged.

    Columns: area, crime_type, comparison_incidents, expected, ordinary_low, ordinary_high, verdict, ratio (recorded over
    expected), low, high (the ordinary counts over expected), rank and told.
    """
    columns = [
        "area", "crime_type", "comparison_incidents", "expected", "ordinary_low", "ordinary_high", "verdict",
    ]  # fmt: skip
    rows = [row for row in evidence if row.verdict in JUDGED and row.expected > 0]
    drawn = to_frame(rows)[columns].copy()
    drawn["ratio"] = drawn["comparison_incidents"] / drawn["expected"]
    drawn["low"] = drawn["ordinary_low"] / drawn["expected"]
    drawn["high"] = drawn["ordinary_high"] / drawn["expected"]
    drawn["rank"] = [rank_share(row) for row in rows]
    drawn["told"] = np.where(drawn["verdict"].isin(TOLD), OUT, IN)
    return drawn.reset_index(drop=True)


def _title(evidence: Sequence[Evidence], data: pd.DataFrame) -> str:
    """Return how many of the changes that can be judged are told, and of how many nothing can be said and why."""
    told = lower_first(told_title(len(data), int((data["told"] == OUT).sum())))
    silent = [row for row in evidence if row.verdict not in JUDGED]
    rest = f"; {number(len(silent))} cannot be judged{_because(silent)}" if silent and len(data) else ""
    return f"Recorded against expected: {told}{rest}"


def _because(silent: Sequence[Evidence]) -> str:
    """Return why the most of these rows cannot be judged, in two or three words."""
    why = Counter(WHY[row.verdict] for row in silent)
    return f" ({', '.join(words for words, _ in why.most_common())})" if why else ""


def interval_figure(evidence: Sequence[Evidence], periods: str) -> Figure:
    """Return the dot-and-range figure: the count recorded over the count expected, log scale.

    Left of the line fewer were recorded than similar places led one to expect, right of it more. A dot outside its line
    is out of the ordinary.
    """
    data = interval_data(evidence)
    drawn = data.assign(
        low_drawn=data["low"].clip(*LIMITS),
        high_drawn=data["high"].clip(*LIMITS),
        at=data["ratio"].clip(*LIMITS),
    )
    order = list(dict.fromkeys(data["crime_type"]))
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(type="log", domain=list(LIMITS), clamp=True),
        axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10], format="~g", grid=True),
    )
    y = alt.Y("crime_type:N", sort=order, title=None, axis=alt.Axis(labelLimit=210, grid=False))
    colour = alt.Color(
        "told:N",
        scale=alt.Scale(domain=[OUT, IN], range=[PARTNER, ACCENT]),
        legend=alt.Legend(symbolType="circle"),
        title=None,
    )
    tooltip = [
        alt.Tooltip("area:N", title="Place"),
        alt.Tooltip("crime_type:N", title="Crime type"),
        alt.Tooltip("comparison_incidents:Q", title="Recorded", format=",.0f"),
        alt.Tooltip("expected:Q", title="Expected", format=",.0f"),
        alt.Tooltip("rank:N", title="Similar places that moved as far"),
        alt.Tooltip("verdict:N", title="Verdict"),
    ]
    base = alt.Chart().encode(y=y, color=colour, tooltip=tooltip)
    shape = alt.Shape("told:N", scale=alt.Scale(domain=[OUT, IN], range=["diamond", "circle"]), legend=None)
    layers = alt.layer(
        alt.Chart().mark_rule(color=QUIET, strokeWidth=1, aria=False).encode(x=alt.datum(1)),
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low_drawn:Q"), x2="high_drawn:Q"),
        base.mark_point(size=80, filled=True, opacity=1).encode(x=x, shape=shape),
    ).properties(width=WIDTH, height=alt.Step(STEP))
    chart = layers.facet(
        data=drawn, column=alt.Column("area:N", sort=list(dict.fromkeys(data["area"]))), spacing=24
    )
    out = data.loc[data["told"] == OUT]
    said = " ".join(f"{r.area}, {r.crime_type.lower()}: {r.verdict}." for r in out.itertuples())
    title = _title(evidence, data)
    return Figure(
        title=title,
        subtitle=f"Recorded incidents over those expected from similar places (log scale), with what is ordinary, {periods}. "
        f"{SOURCE}",
        alt=f"Dot-and-range chart with one row for each crime type. {title}. "
        f"{said}{' ' if said else ''}The table below has every number.",
        chart=styled(chart),
        data=data,
        caveat="Left of 1 fewer were recorded than similar places led one to expect. The line is what is ordinary for a place of "
        "this size: one place in twenty lies outside it by itself.",
    )
