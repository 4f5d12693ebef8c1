"""Area against the rest of its district: a dot and its interval for each crime type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.model.english import agree, counted
from analysis.model.evidence import Evidence, to_frame
from analysis.model.formats import number

WIDTH, STEP = 190, 26
LIMITS = (0.1, 10.0)
"""The scale ends here; an interval that runs further is cut at the edge and its numbers stand in the table."""

WHY = {
    "": "an input is missing",
    "too few to say": "too few incidents or similar places",
    "locations missing": "locations missing",
}
NOT_JUDGED = tuple(WHY)

STANDS_OUT = (
    "fell more than elsewhere",
    "fell less than elsewhere",
    "rose more than elsewhere",
    "rose less than elsewhere",
)


def interval_data(evidence: Sequence[Evidence]) -> pd.DataFrame:
    """Return what the figure draws: area, crime_type, rirr, rirr_low, rirr_high, verdict, stands_out.

    Rows
    without a ratio are left out here and stand in the table with their reason.
    """
    columns = ["area", "crime_type", "rirr", "rirr_low", "rirr_high", "verdict"]
    rows = to_frame(evidence)
    drawn = rows.loc[np.isfinite(rows["rirr"]), columns].copy()
    drawn["stands_out"] = np.where(drawn["verdict"].isin(STANDS_OUT), "stands out", "does not stand out")
    drawn["interval"] = [formats.interval(r.rirr_low, r.rirr_high) for r in drawn.itertuples()]
    drawn["low_drawn"] = drawn["rirr_low"].clip(*LIMITS)
    drawn["high_drawn"] = drawn["rirr_high"].clip(*LIMITS)
    drawn["rirr_drawn"] = drawn["rirr"].clip(*LIMITS)
    return drawn.reset_index(drop=True)


def _title(evidence: Sequence[Evidence], data: pd.DataFrame, out: int) -> str:
    """Return how many of the changes that can be judged stand out, and of how many nothing can be said and why."""
    judged = int((~data["verdict"].isin(NOT_JUDGED)).sum())
    silent = [row for row in evidence if row.verdict in NOT_JUDGED]
    if not judged:
        return (
            f"None of {counted(len(evidence), 'change')} can be judged{_because(silent)}"
            if evidence
            else "No change"
        )
    rest = f"; {number(len(silent))} cannot be judged{_because(silent)}" if silent else ""
    stand = agree(out or judged, "stands", "stand")
    return f"{number(out)} of {counted(judged, 'change')} that can be judged {stand} out from ordinary variation{rest}"


def _because(silent: Sequence[Evidence]) -> str:
    """Return why the most of these rows cannot be judged, in two or three words."""
    why = Counter(WHY[row.verdict] for row in silent)
    return f" ({', '.join(words for words, _ in why.most_common())})" if why else ""


def interval_figure(evidence: Sequence[Evidence], periods: str) -> Figure:
    """Return the dot-and-interval figure: the relative change against the rest of the district, log scale.

    Left of the line the area did better than the rest (its count fell more or rose less), right of it worse.
    Filled dots stand out by the verdict rule, open ones do not.
    """
    data = interval_data(evidence)
    order = list(dict.fromkeys(data["crime_type"]))
    x = alt.X(
        "rirr_drawn:Q",
        title=None,
        scale=alt.Scale(type="log", domain=list(LIMITS), clamp=True),
        axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10], format="~g", grid=True),
    )
    y = alt.Y("crime_type:N", sort=order, title=None, axis=alt.Axis(labelLimit=210, grid=False))
    colour = alt.Color(
        "stands_out:N",
        scale=alt.Scale(domain=["stands out", "does not stand out"], range=[PARTNER, ACCENT]),
        legend=alt.Legend(symbolType="circle"),
    )
    tooltip = [
        alt.Tooltip("area:N", title="Place"),
        alt.Tooltip("crime_type:N", title="Crime type"),
        alt.Tooltip("rirr:Q", title="Ratio to the rest", format=".2f"),
        alt.Tooltip("interval:N", title="95% interval"),
        alt.Tooltip("verdict:N", title="Verdict"),
    ]
    base = alt.Chart().encode(y=y, color=colour, tooltip=tooltip)
    shape = alt.Shape(
        "stands_out:N",
        scale=alt.Scale(domain=["stands out", "does not stand out"], range=["diamond", "circle"]),
        legend=None,
    )
    layers = alt.layer(
        alt.Chart().mark_rule(color=QUIET, strokeWidth=1).encode(x=alt.datum(1)),
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low_drawn:Q"), x2="high_drawn:Q"),
        base.mark_point(size=80, filled=True, opacity=1).encode(x=x, shape=shape),
    ).properties(width=WIDTH, height=alt.Step(STEP))
    chart = layers.facet(
        data=data, column=alt.Column("area:N", sort=list(dict.fromkeys(data["area"]))), spacing=24
    )
    out = data.loc[data["stands_out"] == "stands out"]
    said = "; ".join(f"{r.area}, {r.crime_type.lower()}: {r.verdict}" for r in out.itertuples())
    title = _title(evidence, data, len(out))
    return Figure(
        title=title,
        subtitle=f"Change of each area relative to the rest of its district (ratio, log scale), with 95% interval, {periods}. {SOURCE}",
        alt=f"Dot-and-interval chart with one row for each crime type. {title}"
        f"{': ' + said if said else ''}. The table below has every number.",
        chart=styled(chart),
        data=data.drop(columns=["low_drawn", "high_drawn", "rirr_drawn"]),
        caveat="Left of 1 the area's count fell more, or rose less, than the rest of its district. The interval allows for "
        "how much counts in places of this size vary from year to year by themselves. Diamonds stand out by the verdict rule.",
    )
