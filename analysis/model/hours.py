"""Clock hours: how much of a stretch of time falls into each hour of the week, Europe/London.

Records give wall-clock times. Twice a year the wall clock lies: in March an hour is skipped, in October one
comes twice. Lengths are therefore measured in elapsed time, and only the labels (weekday, hour) are local.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.model.errors import ContractError

ZONE = "Europe/London"
HOUR = pd.Timedelta(hours=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def elapsed(start: pd.Series, end: pd.Series) -> pd.DataFrame:
    """Return the two ends in UTC and the elapsed seconds between them: start, end, seconds.

    The index is kept. ``start`` and ``end`` are moments with a zone, or wall-clock times of Europe/London
    without one. Of the latter, a time skipped in March is read as the first moment after it; a time that
    comes twice in October as the first of the two, except an end that would then lie before its start, which
    is read as the second. Missing times stay missing. An end before its start has negative seconds: the
    caller decides what that means.
    """
    begins, ends = _utc(start, first=True), _utc(end, first=True)
    ends = ends.where(~(ends < begins), _utc(end, first=False))
    return pd.DataFrame({"start": begins, "end": ends, "seconds": (ends - begins).dt.total_seconds()})


def local(times: pd.Series) -> pd.Series:
    """Return moments with a zone as wall-clock times of Europe/London; times without a zone as they are."""
    read = pd.to_datetime(times)
    return read if read.dt.tz is None else read.dt.tz_convert(ZONE).dt.tz_localize(None)


def spread_over_hours(stretches: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stretch and hour that it touches: row, month, weekday, hour, seconds.

    ``stretches`` is the result of `elapsed` without missing or negative lengths. ``row`` is the position in
    it, ``weekday`` 0 (Monday) to 6, ``hour`` 0 to 23 and ``month`` (pd.Period) are local; the seconds of a
    row sum to its length. A stretch of no length gives one row with 0 seconds. In October the doubled hour
    takes up to 7,200 seconds of one night.
    """
    start, end = stretches["start"].dt.as_unit("ns"), stretches["end"].dt.as_unit("ns")
    if (end < start).any() or start.isna().any() or end.isna().any():
        raise ContractError(
            "A stretch of time lacks an end or ends before it begins. Leave such rows out first."
        )
    step = HOUR.value
    begins, ends = start.astype("int64").to_numpy(), end.astype("int64").to_numpy()
    # the zone's offset is a whole number of hours, so hours of UTC and local hours share their edges
    first = begins // step
    last = np.maximum(first, (ends - 1) // step)
    times = last - first + 1
    row = np.repeat(np.arange(len(stretches)), times)
    slot = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times) + first[row]
    covered = np.minimum(ends[row], (slot + 1) * step) - np.maximum(begins[row], slot * step)
    local = pd.DatetimeIndex(pd.to_datetime(slot * step, utc=True)).tz_convert(ZONE)
    return pd.DataFrame(
        {
            "row": row,
            "month": local.tz_localize(None).to_period("M"),
            "weekday": local.day_of_week,
            "hour": local.hour,
            "seconds": covered / 1e9,
        }
    )


def week_grid(hours: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the sums of ``columns`` over weekday and hour: all 168 rows, 0 where nothing falls."""
    every = pd.MultiIndex.from_product([range(7), range(24)], names=["weekday", "hour"])
    return hours.groupby(["weekday", "hour"])[columns].sum().reindex(every, fill_value=0.0).reset_index()


def _utc(times: pd.Series, *, first: bool) -> pd.Series:
    read = pd.to_datetime(times)
    if read.dt.tz is None:
        twice = np.full(len(read), first)
        read = read.dt.tz_localize(ZONE, ambiguous=twice, nonexistent="shift_forward")
    return read.dt.tz_convert("UTC")
