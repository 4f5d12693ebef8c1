"""What an hour of patrol cost, sum by sum: only where the money and the hours are for the same days and places."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.model.periods import Period
from analysis.topics.funding.measure import (
    CostPerHour,
    Scope,
    cost_per_hour,
    logged_seconds,
    places_of,
)
from analysis.topics.patrols.measure.dosage import patrol_seconds


def logged_period(log: pd.DataFrame) -> Period:
    """Return the whole months from the first patrol's to the last patrol's.

    A log cannot say whether a day without a patrol had none or was not written down: the months in it are
    taken as covered.
    """
    days = log["date"]
    return Period(days.min().to_period("M"), days.max().to_period("M"))


def scope_of(period: Period, places: frozenset[str]) -> Scope:
    """Return the scope of patrols over whole months."""
    return Scope(period.first.to_timestamp(), period.last.to_timestamp(how="end").normalize(), places)


def money_scope(row: pd.Series) -> Scope:
    """Return the scope of one record of funding, its places by the names of areas."""
    places = frozenset(place.removesuffix(" hotspot") for place in places_of(row["places"]))
    return Scope(row["first_day"], row["last_day"], places)


def patrol_costs(
    funding: pd.DataFrame,
    *,
    period: Period,
    seconds: Mapping[str, float],
    log: pd.DataFrame | None = None,
    place_of: Mapping[str, str],
) -> tuple[CostPerHour, ...]:
    """Return the cost per patrol hour of each dated sum, or why none can be given.

    ``seconds`` are the patrol seconds of each hotspot over ``period``; ``place_of`` the place that a hotspot
    lies in, so that money and hours speak of the same places. With a ``log`` that covers all days of a sum
    and all of its places the hours are brought to that scope; a published total cannot be.
    """
    named = {hotspot: place_of.get(hotspot, hotspot) for hotspot in seconds}
    whole = scope_of(period, frozenset(named.values()))
    costs = []
    for _, row in funding.loc[funding["first_day"].notna() & funding["last_day"].notna()].iterrows():
        money = money_scope(row)
        hours, time = whole, float(sum(seconds.values()))
        inside = whole.first_day <= money.first_day and money.last_day <= whole.last_day
        if log is not None and inside:
            places = money.places if money.places and money.places <= whole.places else whole.places
            hours = Scope(money.first_day, money.last_day, places)
            renamed = log.assign(hotspot=[named[hotspot] for hotspot in log["hotspot"]])
            time = logged_seconds(renamed, hours)
        costs.append(cost_per_hour(float(row["amount"]), money, time, hours))
    return tuple(costs)


def seconds_by_hotspot(log: pd.DataFrame) -> dict[str, float]:
    """Return the patrol seconds of each hotspot of a log."""
    found = patrol_seconds(log)["seconds"].groupby(log["hotspot"].astype("str")).sum()
    return {str(hotspot): float(seconds) for hotspot, seconds in found.items()}
