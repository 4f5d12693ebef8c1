"""How the offences of a register are spread among its shops: the Pareto curve, without giving a shop away."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, Figure, styled
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure.register import TOP_SHOPS, pareto, shop_counts
from analysis.topics.retail.measure.small_shops import small_shops

WIDTH, HEIGHT = 560, 260


EACH, TOGETHER = "one shop", "shops together"


def pareto_data(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the curve: rank, shops, offences, share_of_offences (running), one row a shop with 5 offences or more.

    ``counts`` is `analysis.topics.retail.measure.register.shop_counts`. The smaller shops are one row at the end, "shops
    together", with their number and their sum, and shares are of all offences. Where that would give one of them
    away (`analysis.topics.retail.measure.small_shops`) there is no such row, and shares are of the offences at the other
    shops: of all offences they would give the sum away.
    """
    curve = pareto(counts.loc[counts["offences"] >= SMALL_COUNT])
    data = curve[["rank", "offences"]].assign(shops=EACH)
    rest = small_shops(counts)
    if rest.safe and rest.shops:
        data.loc[len(data)] = [len(data) + rest.shops, rest.offences, TOGETHER]
    data["share_of_offences"] = data["offences"].cumsum() / data["offences"].sum()
    return data[["rank", "shops", "offences", "share_of_offences"]]


def pareto_figure(register: pd.DataFrame, period: Period, source: str) -> Figure:
    """Return the running share of offences at the shops with most of them, those under 5 offences as one step.

    Raises AnalysisError where no shop has 5 offences in the period.
    """
    counts = shop_counts(register, period)
    data, rest = pareto_data(counts), small_shops(counts)
    each = data.loc[data["shops"] == EACH]
    if each.empty:
        raise AnalysisError(
            f"No shop of the register has {SMALL_COUNT} or more offences in {period.label}, so their spread is not drawn. "
            "Choose other months."
        )
    most = min(TOP_SHOPS, len(each))
    top = float(each["share_of_offences"].iloc[most - 1])
    few = f"shops with fewer than {SMALL_COUNT} offences"
    number = formats.number(rest.shops)
    whole = (
        "all offences in the register" if rest.safe else f"the offences at shops with {SMALL_COUNT} or more"
    )
    drawn = data.assign(
        share_text=[formats.share(v) for v in data["share_of_offences"]],
        named=[
            f"Shop {formats.number(row.rank)}"
            if row.shops == EACH
            else formats.capital(f"{few}, {number} shops together")
            for row in data.itertuples()
        ],
    )
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "rank:Q",
            title="Shops, most offences first",
            scale=alt.Scale(domainMin=0),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        y=alt.Y(
            "share_of_offences:Q",
            title=f"Share of {whole}",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format=".0%", tickCount=5),
        ),
        tooltip=[
            alt.Tooltip("named:N", title="Shops, most offences first"),
            alt.Tooltip("offences:Q", title="Offences", format=","),
            alt.Tooltip("share_text:N", title=f"Running share of {whole}"),
        ],
    )
    mark = (
        alt.Chart(pd.DataFrame({"rank": [most]}))
        .mark_rule(color=PARTNER, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x="rank:Q")
    )
    of_each = alt.datum.shops == EACH
    layers = [
        mark,
        base.transform_filter(of_each).mark_line(color=ACCENT, strokeWidth=2.5),
        base.transform_filter(of_each).mark_point(color=ACCENT, filled=True, size=26),
    ]
    if len(each) < len(data):
        # how the small shops lie between their first and their last is not known: a dashed step to the whole
        last = drawn.tail(2)
        layers += [
            base.properties(data=last).mark_line(color=ACCENT, strokeWidth=1.5, strokeDash=[2, 4]),
            base.properties(data=last.tail(1)).mark_point(color=ACCENT, filled=False, size=60, strokeWidth=2),
        ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    title = f"The top {most} shop{'s have' if most != 1 else ' has'} {formats.share(top)} of {whole}"
    together = (
        f"{formats.capital(few)}: {number} shops together, {formats.number(rest.offences)} offences, in the shares as one group "
        "(dotted, with the ring at its end)."
        if rest.safe and rest.shops
        else ""
        if rest.safe
        else f"{formats.capital(few)} are neither drawn nor in the shares here: with their number or sum one shop’s count could "
        "be worked out."
    )
    return Figure(
        title=title,
        subtitle=f"Running share of {whole}, {period.label}; dashed upright: the first {most}. {source}",
        alt=f"A rising curve. {title}. {together} The table below has every number.",
        chart=styled(chart),
        data=data,
        caveat="Only shops that reported are counted, so this is the spread among those that report, not among all shops. "
        + together,
    )
