"""How the offences of a register are spread among its shops: the Pareto curve, without giving a shop away."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, Figure, styled
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.model.publishing import Published
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure.quarters import narrowed
from analysis.topics.retail.measure.register import (
    TOP_SHOPS,
    TOTAL,
    districts,
    shop_counts,
)
from analysis.topics.retail.show.quarter_notes import on_quarters
from analysis.topics.retail.show.register_tables import counts_text

WIDTH, HEIGHT = 560, 260


def pareto_data(published: Published, period: Period) -> pd.DataFrame:
    """Return the curve: rank, offences, whole, share_of_offences (running), one row a shop that is listed.

    Shares are of all offences of the quarters that are shown, in whole per cent; where a shop's count is not whole they
    are at least so much, and rounded down.
    """
    shops = shop_counts(published, period)
    everything = districts(published, period)
    total = everything.loc[everything["district"] == TOTAL, "offences"].sum()
    data = shops[["offences", "whole"]].reset_index(drop=True)
    data.insert(0, "rank", range(1, len(data) + 1))
    share = data["offences"].cumsum() / total if len(data) else data["offences"].astype(float)
    exact = data["whole"].cummin().astype(bool)
    data["share_of_offences"] = share.round(2).where(exact, np.floor(share * 100 + 1e-9) / 100)
    return data


def pareto_figure(published: Published, period: Period, source: str) -> Figure:
    """Return the running share of offences at the shops listed, those with most of them first.

    Raises AnalysisError where no shop is listed in the period.
    """
    data, own = pareto_data(published, period), narrowed(period)
    if data.empty:
        raise AnalysisError(
            " ".join(
                [
                    f"No shop of the register may be listed in {own.label} ({SMALL_COUNT} or more offences in a quarter), so their "
                    "spread is not drawn. Choose other months.",
                    *on_quarters(published, period),
                ]
            )
        )
    most = min(TOP_SHOPS, len(data))
    top, exact = float(data["share_of_offences"].iloc[most - 1]), bool(data["whole"].iloc[:most].all())
    at_least = "" if exact else "at least "
    whole = "all offences in the register"
    drawn = data.assign(
        share_text=[
            f"{'' if e else 'at least '}{formats.share(v)}"
            for v, e in zip(data["share_of_offences"], data["whole"].cummin(), strict=True)
        ],
        offences_text=counts_text(data["offences"], data["whole"]),
        named=[f"Shop {formats.number(rank)}" for rank in data["rank"]],
    )
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "rank:Q",
            title="Shops listed, most offences first",
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
            alt.Tooltip("offences_text:N", title="Offences"),
            alt.Tooltip("share_text:N", title=f"Running share of {whole}"),
        ],
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
        f"The top {most} shop{'s have' if most != 1 else ' has'} {at_least}{formats.share(top)} of {whole}"
    )
    rest = (
        "All other offences are at shops that are not listed, or in quarters in which a shop’s count is hidden. They are in the "
        "whole, and not in the curve."
    )
    return Figure(
        title=title,
        subtitle=f"Running share of {whole}, {own.label}; dashed upright: the first {most}. {source}",
        alt=f"A rising curve. {title}. {rest} The table below has every number.",
        chart=styled(chart),
        data=data,
        caveat="Only shops that reported are counted, so this is the spread among those that report, not among all shops. "
        + " ".join([rest, *on_quarters(published, period)]),
    )
