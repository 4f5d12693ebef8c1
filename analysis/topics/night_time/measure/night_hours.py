"""Time of day, from records that have one: timed incidents, and stop and search where a force gives times."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.errors import NeedsInputError
from analysis.model.hours import elapsed, local, spread_over_hours, week_grid

LONGEST_HOURS = 24
"""An incident known only to lie within more than a day says nothing about the hour of the day."""

SAME_TIME = 0.95
"""A force whose searches stand at one time of day by this share or more has dates and no times."""


@dataclass(frozen=True)
class HoursOfWeek:
    """Incidents by weekday and hour, with what they rest on and what was left out.

    ``table``: weekday (0 is Monday), hour, incidents (a sum of shares, so not whole); 168 rows that sum to
    ``used``. ``exact`` had one time, the rest were spread. ``too_long`` lay within more than `LONGEST_HOURS`,
    ``without_time`` had no usable time.
    """

    table: pd.DataFrame
    used: int
    exact: int
    too_long: int
    without_time: int


def hours_of_week(incidents: pd.DataFrame, *, longest_hours: float = LONGEST_HOURS) -> HoursOfWeek:
    """Return timed incidents by weekday and hour, each spread evenly over the time in which it can have been.

    ``incidents`` follows its contract in `analysis.records`: date_time where the moment is known, else
    earliest and latest. An incident with a moment falls whole into its hour. One with an interval gives
    each hour it touches the share of the interval that lies in it, so every incident weighs 1: the aoristic
    rule (Ratcliffe 2002, Journal of Quantitative Criminology 18:23; there with whole search blocks, here
    with exact shares). Intervals over ``longest_hours`` are left out and counted (`too_long`); those with
    one end or whose end lies before the start are `without_time`. Shares follow elapsed time, so an
    interval over a change of the clocks is not stretched. Spreading is even because nothing better is
    known: it flattens peaks, and the hours of sleep or absence in long intervals look busier than they
    were.
    """
    at = incidents["date_time"]
    start, end = at.where(at.notna(), incidents["earliest"]), at.where(at.notna(), incidents["latest"])
    stretches = elapsed(start, end).reset_index(drop=True)
    known = stretches["seconds"] >= 0
    too_long = known & (stretches["seconds"] > longest_hours * 3600)
    kept = stretches.loc[known & ~too_long].reset_index(drop=True)
    hours = spread_over_hours(kept)
    whole = kept["seconds"].to_numpy()[hours["row"].to_numpy()]
    hours["incidents"] = (hours["seconds"] / whole).where(whole > 0, 1.0)
    return HoursOfWeek(
        table=week_grid(hours, ["incidents"]),
        used=len(kept),
        exact=int((kept["seconds"] == 0).sum()),
        too_long=int(too_long.sum()),
        without_time=int((~known).sum()),
    )


def hours_vary(times: pd.Series) -> bool:
    """Return whether these moments (UTC or local) carry a time of day at all.

    False where `SAME_TIME` or more of them show one and the same local time, and where there is none.
    Cleveland's stop-and-search stands at midnight of Europe/London throughout, whatever the UTC times look
    like.
    """
    clock = local(times.dropna())
    if not len(clock):
        return False
    seconds = clock.dt.hour * 3600 + clock.dt.minute * 60 + clock.dt.second
    return bool(seconds.value_counts(normalize=True).iloc[0] < SAME_TIME)


def stop_search_hours(times: pd.Series, *, force_name: str) -> HoursOfWeek:
    """Return stops and searches by weekday and hour. A measure of police activity, not of crime.

    ``times`` are the moments of the stop-and-search file (UTC with a zone, as published). Raises
    NeedsInputError for a force whose times do not vary: an hour chart would draw the hour of the file, not
    of the search.
    """
    if not hours_vary(times):
        raise NeedsInputError(
            f"{force_name}'s stop-and-search has dates only (every time is the same), so no hour can be "
            "shown from it. Upload timed incidents to see the time of day."
        )
    nothing = pd.Series(pd.NaT, index=times.index, dtype=times.dtype)
    return hours_of_week(pd.DataFrame({"date_time": times, "earliest": nothing, "latest": nothing}))
