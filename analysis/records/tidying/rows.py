"""What a row must say as a whole, kind by kind, once each of its cells has been read.

Each function takes the row as a dict of read cells (None for a blank one), completes it in place and raises
a RefusedError whose sentence is the row's reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from analysis.model.errors import RefusedError
from analysis.records.tidying.times import DAY_SECONDS, LONDON, Clock, is_repeated, moments

LONGEST_PATROL_HOURS = 12
"""No shift is longer; an end just before the start would otherwise read as a patrol of almost a day."""
AGREEMENT_SECONDS = 60
"""Start, end and duration are entered by hand to the minute."""

Row = dict[str, Any]
_DAY = dt.timedelta(days=1)


def complete_patrol(row: Row) -> None:
    """Make start and end moments in London and work out the minutes between them as they passed.

    An end at or before the start lies on the next day. Where a time comes twice in the night (clocks go
    back), the duration settles which is meant, or the row is refused.
    """
    day, start, end, minutes = row["date"], row["start"], row["end"], row["duration_minutes"]
    if end is None and minutes is None:
        raise RefusedError("neither end nor duration is given, so the length of the patrol is not known")
    if minutes is not None:
        _check_length(minutes)
    if start.day is not None and start.day != day:
        raise RefusedError(f"the start is dated {start.day}, the patrol {day}; correct one of them")
    if start.seconds == DAY_SECONDS:
        raise RefusedError("a start at 24:00 may be either midnight; write 00:00 and the day it begins")
    starts = moments(day, start)
    if end is None:
        if len(starts) > 1:
            raise RefusedError(_twice(start, day))
        seconds = round(minutes * 60)
        row["start"], row["end"] = starts[0], starts[0] + dt.timedelta(seconds=seconds)
        row["duration_minutes"] = seconds / 60
        return
    pairs = _pairs(day, start, starts, end)
    if not pairs:
        raise RefusedError(_ends_early(start, end))
    if minutes is not None:
        agreeing = [
            p for p in pairs if abs((p[1] - p[0]).total_seconds() - minutes * 60) <= AGREEMENT_SECONDS
        ]
        if not agreeing:
            found = (pairs[0][1] - pairs[0][0]).total_seconds() / 60
            raise RefusedError(
                f"{start} to {end} is {found:g} minutes but the duration says {minutes:g}; "
                "correct one of them"
            )
        pairs = agreeing
    if len(pairs) > 1:
        raise RefusedError(_twice(start if len(starts) > 1 else end, day))
    row["start"], row["end"] = pairs[0]
    row["duration_minutes"] = (pairs[0][1] - pairs[0][0]).total_seconds() / 60
    _check_length(row["duration_minutes"])


def _pairs(
    day: dt.date, start: Clock, starts: tuple[dt.datetime, ...], end: Clock
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return every start and end the row can mean: the end on the day itself, or after midnight."""
    if end.day is not None:
        if end.day not in {day, day + _DAY}:
            raise RefusedError(f"the end is dated {end.day}, the patrol {day}; correct one of them")
        days: tuple[dt.date, ...] = (end.day,)
    elif end.seconds > start.seconds:
        days = (day,)
    elif is_repeated(starts[0]) or end.zone:
        days = (day, day + _DAY)
    elif end.seconds == start.seconds:
        raise RefusedError("the patrol ends when it starts; correct the end")
    else:
        days = (day + _DAY,)
    for end_day in days:
        found = [(s, e) for s in starts for e in moments(end_day, end) if s < e]
        if found:
            return found
    return []


def _ends_early(start: Clock, end: Clock) -> str:
    return f"the patrol ends ({end}) before it starts ({start}); correct one of them"


def _twice(clock: Clock, day: dt.date) -> str:
    return (
        f"{clock} comes twice in the night of {day.day} {day:%B %Y}, when the clocks went back; "
        f"write {clock} BST or {clock} GMT"
    )


def _check_length(minutes: float) -> None:
    if not 0 < minutes <= LONGEST_PATROL_HOURS * 60:
        hours, rest = divmod(round(minutes), 60)
        raise RefusedError(
            f"the patrol would last {hours:,} h {rest} min; patrols of up to {LONGEST_PATROL_HOURS} hours "
            "are taken, one row for each, so check start and end"
        )


def complete_offence(row: Row) -> None:
    """Put the day evidence was passed in its own column; it cannot lie before the offence. A point is whole."""
    _check_point(row)
    passed, passed_on = row["evidence_passed"], row["evidence_passed_on"]
    if isinstance(passed, dt.date):
        if passed_on is not None and passed_on != passed:
            raise RefusedError("two different days are given on which evidence was passed; keep one")
        row["evidence_passed"], row["evidence_passed_on"] = True, passed
    elif passed_on is not None:
        if passed is False:
            raise RefusedError("evidence was not passed, yet a day is given on which it was; correct one")
        row["evidence_passed"] = True
    if row["evidence_passed_on"] is not None and row["evidence_passed_on"] < row["date"]:
        raise RefusedError("evidence was passed before the day of the offence; correct one of the dates")


def complete_funding(row: Row) -> None:
    """The last day cannot lie before the first."""
    if row["last_day"] < row["first_day"]:
        raise RefusedError("the funding ends before it begins; correct from or to")


def complete_survey(row: Row) -> None:
    """No more people can have felt unsafe than answered."""
    if row["felt_unsafe"] > row["respondents"]:
        raise RefusedError(
            f"{row['felt_unsafe']:,} felt unsafe of {row['respondents']:,} who answered; correct one of them"
        )
    _check_point(row)


def complete_incident(row: Row) -> None:
    """Make moments in London: one, or the two ends of the span in which it was.

    A time that comes twice in the night is taken as the first, since the hour of the day is the same.
    """
    _check_point(row)
    if row["place"] is None and row["longitude"] is None:
        raise RefusedError("neither place nor point is given; give one of them")
    if row["date_time"] is None and (row["earliest"] is None or row["latest"] is None):
        raise RefusedError("no time is given; fill the date and time, or both from and to")
    for name, alone in (("date_time", None), ("earliest", Clock(0)), ("latest", Clock(DAY_SECONDS))):
        if row[name] is not None:
            day, clock = row[name]
            clock = clock or alone
            if clock is None:
                raise RefusedError(
                    "the date and time has no time of day; give from and to if only a day is known"
                )
            row[name] = moments(day, clock)[0]
    first, last, at = row["earliest"], row["latest"], row["date_time"]
    if first is not None and last is not None and last < first:
        raise RefusedError("the incident ends before it begins; correct from or to")
    if at is not None and ((first is not None and at < first) or (last is not None and at > last)):
        raise RefusedError("the date and time lies outside from and to; correct one of them")


def _check_point(row: Row) -> None:
    if (row["longitude"] is None) != (row["latitude"] is None):
        raise RefusedError("one of longitude and latitude is missing; give both or neither")


COMPLETE: dict[str, Callable[[Row], None]] = {
    "patrol-log": complete_patrol,
    "retail-register": complete_offence,
    "funding": complete_funding,
    "perception-survey": complete_survey,
    "timed-incidents": complete_incident,
}
"""The kinds whose rows are more than their cells."""


def spans_clock_change(start: dt.datetime, end: dt.datetime) -> bool:
    """Return whether the clocks changed between two moments."""
    return start.astimezone(LONDON).utcoffset() != end.astimezone(LONDON).utcoffset()
