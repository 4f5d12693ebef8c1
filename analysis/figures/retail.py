"""How the offences of a register are spread among its shops: the Pareto curve, without giving a shop away."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis import formats
from analysis.errors import AnalysisError
from analysis.figures.figure import ACCENT, PARTNER, Figure, styled
from analysis.measures.retail import TOP_SHOPS, pareto, shop_counts
from analysis.periods import Period
from analysis.vocabulary import SMALL_COUNT

WIDTH, HEIGHT = 560, 260


def pareto_data(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the curve over the shops with 5 offences or more: rank, offences, share_of_offences (running).

    ``counts`` is `analysis.measures.retail.shop_counts`. Shares are of the offences at these shops: with those of
    the smaller ones in the sum, what is left over would be a count under 5 now and then.
    """
    curve = pareto(counts.loc[counts["offences"] >= SMALL_COUNT])
    return curve[["rank", "offences", "share_of_offences"]]


def pareto_figure(register: pd.DataFrame, period: Period, source: str) -> Figure:
    """Return the running share of offences at the shops with most of them, those under 5 offences left out.

    Raises AnalysisError where no shop has 5 offences in the period.
    """
    data = pareto_data(shop_counts(register, period))
    if data.empty:
        raise AnalysisError(
            f"No shop of the register has {SMALL_COUNT} or more offences in {period.label}, so their spread is not drawn. "
            "Choose other months."
        )
    most = min(TOP_SHOPS, len(data))
    top = float(data["share_of_offences"].iloc[most - 1])
    share = alt.Axis(format=".0%", tickCount=5)
    tooltip = [
        alt.Tooltip("rank:Q", title="Shops, most offences first"),
        alt.Tooltip("offences:Q", title="Offences of the last of them", format=","),
        alt.Tooltip("share_of_offences:Q", title="Share of their offences", format=".0%"),
    ]
    base = alt.Chart(data).encode(
        x=alt.X(
            "rank:Q",
            title="Shops, most offences first",
            scale=alt.Scale(domainMin=0),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        y=alt.Y(
            "share_of_offences:Q",
            title="Share of their offences",
            scale=alt.Scale(domain=[0, 1]),
            axis=share,
        ),
        tooltip=tooltip,
    )
    mark = (
        alt.Chart(pd.DataFrame({"rank": [most]}))
        .mark_rule(color=PARTNER, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x="rank:Q")
    )
    chart = alt.layer(
        mark,
        base.mark_line(color=ACCENT, strokeWidth=2.5),
        base.mark_point(color=ACCENT, filled=True, size=26),
    ).properties(width=WIDTH, height=HEIGHT)
    title = (
        f"The top {most} shops have {formats.share(top)} of the offences at shops with {SMALL_COUNT} or more"
    )
    return Figure(
        title=title,
        subtitle=f"Running share of offences, shops with {SMALL_COUNT} or more, {period.label}; "
        f"dashed upright: the first {most}. {source}",
        alt=f"A rising curve. {title}. The table below has every number.",
        chart=styled(chart),
        data=data,
        caveat="Only shops that reported are counted, so this is the spread among those that report, not among all shops. "
        f"Shops with fewer than {SMALL_COUNT} offences are neither drawn nor in the shares.",
    )
