"""The verdict in words: what the area's estimate says of a change, and the plain rule beside it as second opinion.

The verdict rests on one statistic against one yardstick (`analysis.stats.verdict_area`). The plain rule rests on the
RIRR's interval with phi in it and on the placebo rank. Neither rests on the plain exact test, and both say what was
recorded, not why. A scale of assurance (Assured, Partly assured, Not assured) is for whoever asks to give, and is not computed.
"""

from __future__ import annotations

from analysis.model.vocabulary import MUCH_AS, TOO_FEW, PlainVerdict, Verdict
from analysis.stats.direction import direction

MIN_INCIDENTS = 20
"""Baseline and comparison incidents together under which nothing is said."""

RANK_SHARE = 0.10
"""At most this share of similar places may have changed as much."""

AS_ELSEWHERE = 10.0
"""Per cent by which area and rest must both have moved for "as elsewhere"."""


def verdict(baseline: float, comparison: float, told: int | None) -> Verdict:
    """Return the verdict on two counts of which the second verdict told this (`AreaEstimate.told`).

    A count that stayed, or that moved the other way, did not fall or rise more than similar places: it fell or rose less.
    """
    if told is None:
        return TOO_FEW
    if told == 0:
        return MUCH_AS
    way = direction(baseline, comparison)
    if told < 0:
        return "fell more than similar places" if way == "fell" else "rose less than similar places"
    return "rose more than similar places" if way == "rose" else "fell less than similar places"


def stands_out(low: float, high: float, as_much: float, places: int) -> bool:
    """Return whether the relative change stands out: the interval leaves out 1, and the rank is rare."""
    leaves_out_one = high < 1 or low > 1
    return bool(leaves_out_one and places > 0 and as_much <= RANK_SHARE * places)


def uses_relative_rank(baseline: float, comparison: float, ratio: float) -> bool:
    """Return whether own change and relative change point apart, so that the rank counts relative change."""
    return (comparison < baseline and ratio > 1) or (comparison > baseline and ratio < 1)


def plain_verdict(
    *,
    baseline: float,
    comparison: float,
    rest_percent: float,
    rirr: float,
    low: float,
    high: float,
    as_much: float,
    places: int,
    enough: bool,
) -> PlainVerdict:
    """Return what the plain rule says of one row.

    ``rirr``, ``low`` and ``high`` are the ratio to the rest of the district with its interval; ``as_much`` is
    the number among the ``places`` similar places that changed at least as much, by the rank of
    `uses_relative_rank`; ``enough`` says that months are comparable and similar places suffice. NaN in a
    count is "too few to say". An area that did not change at all neither fell nor rose: "no clear change".
    """
    total = baseline + comparison
    if not (enough and total >= MIN_INCIDENTS):
        return "too few to say"
    change = comparison - baseline
    if change and stands_out(low, high, as_much, places):
        better = rirr < 1
        if change < 0:
            return "fell more than elsewhere" if better else "fell less than elsewhere"
        return "rose less than elsewhere" if better else "rose more than elsewhere"
    # counts, not percentages: 10 per cent of 50 is 5 whatever the last binary digit of a quotient
    if 100 * -change >= AS_ELSEWHERE * baseline and rest_percent <= -AS_ELSEWHERE:
        return "fell, as elsewhere"
    if change > 0 and 100 * change >= AS_ELSEWHERE * baseline and rest_percent >= AS_ELSEWHERE:
        return "rose, as elsewhere"
    return "no clear change"
