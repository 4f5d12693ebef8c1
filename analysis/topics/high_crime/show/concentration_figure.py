"""How few places hold how much: the concentration curve."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, QUIET, SOURCE, Figure, styled
from analysis.model import formats
from analysis.stats.concentration import Concentration


def concentration_figure(curve: pd.DataFrame, found: Concentration, what: str, period: str) -> Figure:
    """Return the concentration curve (see `analysis.stats.concentration.lorenz`) with the most even one dashed."""
    shares = alt.Axis(format=".0%", tickCount=5)
    tooltip = [
        alt.Tooltip("places_text:N", title="Share of places"),
        alt.Tooltip("incidents_text:N", title="Share of recorded incidents"),
    ]
    x = alt.X("places_share:Q", title="Share of places, most incidents first", axis=shares)
    title_y = "Share of recorded incidents"
    told = {
        f"{what}_text": [formats.share(v, 1) for v in curve[f"{what}_share"]]
        for what in ("places", "incidents")
    }
    line = (
        alt.Chart(curve.assign(**told))
        .mark_line(color=ACCENT, strokeWidth=2.5)
        .encode(x=x, y=alt.Y("incidents_share:Q", title=title_y, axis=shares), tooltip=tooltip)
    )
    even = (
        alt.Chart(curve)
        .mark_line(color=QUIET, strokeDash=[4, 4], strokeWidth=1.5)
        .encode(x=x, y=alt.Y("most_even_share:Q", title=title_y))
    )
    title = f"Half of what was recorded was on {formats.number(found.half)} of {formats.number(found.places)} places"
    beyond = (
        f"The corrected Gini of {formats.ratio(found.underlying)} allows for chance."
        if found.beyond_chance
        else "The places differ no more than chance would make them."
    )
    return Figure(
        title=title,
        subtitle=f"Concentration of {what}, {period}: places from most to fewest recorded incidents; "
        f"dashed, the most even spread. {SOURCE}",
        alt=f"Concentration curve. {title}; Gini {formats.ratio(found.gini)}.",
        chart=styled((even + line).properties(width=520, height=300)),
        data=curve,
        caveat=f"Gini {formats.ratio(found.gini)}; with so few incidents a place, chance alone would give "
        f"{formats.ratio(found.by_chance)}. {beyond}",
    )
