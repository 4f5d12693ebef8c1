"""Times of day, lengths of time, and what the change of the clocks does to them (Europe/London).

On the last Sunday of March the hour from 01:00 does not exist; on that of October it comes twice. A time
that does not exist is refused; one that comes twice has two readings, and the caller says what follows.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analysis.model.errors import RefusedError
from analysis.records.tidying.cells import shown
from analysis.records.tidying.dates import DateReading, parse_date

LONDON = ZoneInfo("Europe/London")
DAY_SECONDS = 24 * 3600

_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h]?(\d{2})(?:[:.](\d{2})(?:\.\d+)?)?)?\s*(am|pm|a\.m\.|p\.m\.)?"
    r"\s*(bst|gmt|utc|z|[+-]\d{2}:?\d{2})?\Z",
    re.ASCII | re.IGNORECASE,
)
_FRACTION = re.compile(r"0?\.\d{3,}\Z", re.ASCII)
_UNCLEAR = re.compile(r"0?\.\d{1,2}\Z", re.ASCII)
_LENGTH = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\Z", re.ASCII)
_MINUTES = re.compile(r"(\d{1,4})(?:\.0+)?(?:\s*(?:min|mins|minutes))?\Z", re.ASCII | re.IGNORECASE)
_EXCEL_LENGTH = re.compile(r"(1899-12-3[01]|190[04]-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})\Z", re.ASCII)
_EXCEL_MOMENT = re.compile(r"(\d{5})(\.\d+)\Z", re.ASCII)
_SPLIT = re.compile(r"(.+?)(?:[T,]\s?|\s+)(\d{1,2}(?:[:.]\d{2}|\s?[ap]\.?m).*)\Z", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Clock:
    """A time of day as written: seconds after midnight (24:00 is 86,400), with day and zone where given."""

    seconds: int
    day: dt.date | None = None
    zone: str = ""

    def __str__(self) -> str:
        hours, rest = divmod(self.seconds, 3600)
        return f"{hours:02d}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")


def parse_clock(text: str, reading: DateReading) -> Clock:
    """Return a time of day; a full date-time keeps its day.

    Read: 22:15, 22.15, 2215, 10:15 pm, 10pm, 24:00, a zone after it (BST, GMT, UTC, Z), and the part of a
    day by which Excel keeps a time (0.9270833). Refused: 25:00, 373:26:00 (a length), a bare hour, 0.5.
    """
    if _LENGTH.match(text) and int(text.split(":", 1)[0]) > 24:
        raise RefusedError(f"{shown(text)} is a length of time, not a time of day; write the time as 22:15")
    if text[:10] in {"1900-01-01", "1904-01-02"} and text[10:] in {"", "T00:00:00", " 00:00:00"}:
        return Clock(DAY_SECONDS)  # what Excel makes of 24:00
    if match := _SPLIT.match(text):
        clock = _clock(match[2])
        return Clock(clock.seconds, parse_date(match[1].strip(), reading), clock.zone)
    return _clock(text)


def is_moment(text: str) -> bool:
    """Return whether the text looks like a day with a time of day, whatever the day."""
    return bool(_EXCEL_MOMENT.match(text) or _SPLIT.match(text))


def parse_moment(text: str, reading: DateReading) -> tuple[dt.date, Clock | None]:
    """Return the day and the time of day of a date-time; the time is None where only a day is given."""
    if match := _EXCEL_MOMENT.match(text):
        seconds = round(float(match[2]) * DAY_SECONDS)
        day = parse_date(match[1], reading)
        return (day, Clock(seconds)) if seconds else (day, None)
    if match := _SPLIT.match(text):
        return parse_date(match[1].strip(), reading), _clock(match[2])
    return parse_date(text, reading), None


def parse_minutes(text: str) -> float:
    """Return a length of time in minutes: ``0:50``, ``1:15:00``, ``373:26:00`` or a whole number of minutes.

    A decimal number is refused, since 1.5 may be hours or minutes; so is a bare number under 5.
    """
    if match := _EXCEL_LENGTH.match(text):
        # Excel counts 1900 as a leap year, so its first sixty days stand one day late
        base = dt.date(1899, 12, 31) if match[1] < "1900-03-01" else dt.date(1899, 12, 30)
        if match[1][:4] == "1904":
            base = dt.date(1904, 1, 1)
        days = max((_excel_day(match[1]) - base).days, 0)
        return days * 1440 + int(match[2]) * 60 + int(match[3]) + int(match[4]) / 60
    if match := _LENGTH.match(text):
        minutes, seconds = int(match[2]), int(match[3] or 0)
        if minutes < 60 and seconds < 60:
            return int(match[1]) * 60 + minutes + seconds / 60
    elif (match := _MINUTES.match(text)) and int(match[1]) >= 5:
        return float(match[1])
    elif _FRACTION.match(text):
        return round(float(text) * DAY_SECONDS) / 60
    raise RefusedError(f"{shown(text)} is not a length of time; write hours and minutes, such as 1:15")


def _excel_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise RefusedError(f"{shown(text)} is not a day of the calendar") from None


def moments(day: dt.date, clock: Clock) -> tuple[dt.datetime, ...]:
    """Return every moment that a time of day can mean on that day in London: one, or two where it repeats.

    RefusedError for a time that does not exist (clocks go forward) or a zone that was not in force.
    """
    naive = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=clock.seconds)
    if clock.zone in {"UTC", "Z"} or clock.zone[:1] in {"+", "-"}:
        return ((naive - _offset(clock.zone)).replace(tzinfo=dt.UTC),)
    both = (naive.replace(tzinfo=LONDON, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    readings = tuple(dict.fromkeys(m for m in both if m.astimezone(LONDON).replace(tzinfo=None) == naive))
    on_day = f"{day.day} {day:%B %Y}"
    if not readings:
        raise RefusedError(f"{clock} does not exist on {on_day}: the clocks went forward at 01:00")
    if not clock.zone:
        return readings
    zoned = tuple(moment for moment in readings if moment.astimezone(LONDON).tzname() == clock.zone)
    if not zoned:
        raise RefusedError(f"the clocks did not show {clock.zone} at {clock} on {on_day}")
    return zoned


def is_repeated(moment: dt.datetime) -> bool:
    """Return whether the clock time of a moment comes twice that night."""
    local = moment.astimezone(LONDON)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _offset(zone: str) -> dt.timedelta:
    if zone in {"UTC", "Z"}:
        return dt.timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return dt.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _clock(text: str) -> Clock:
    if _UNCLEAR.match(text):
        raise RefusedError(f"{shown(text)} could be a time or a part of a day; write the time as 22:15")
    if _FRACTION.match(text):
        return Clock(round(float(text) * DAY_SECONDS))
    match = _CLOCK.match(text.strip())
    if not match or (match[2] is None and match[4] is None):
        raise RefusedError(f"{shown(text)} is not a time of day; write it as 22:15")
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            raise RefusedError(f"{shown(text)} is not a time of day; write it as 22:15")
        hour = hour % 12 + (12 if match[4][0] in "pP" else 0)
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > DAY_SECONDS:
        raise RefusedError(f"{shown(text)} is not a time of day; write it as 22:15")
    return Clock(seconds, zone=(match[5] or "").upper())
