"""Dates as offices write them: ISO, words, both day orders, and the serial numbers of Excel.

A date such as 03/04/2024 is 3 April or 4 March. It is read only when the rest of its column (or, where the
column holds no clue, the other dates of the same file) shows one order and never the other.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.model.errors import RefusedError
from analysis.records.tidying.cells import shown

Order = Literal["day first", "month first", "mixed", "unknown"]
Epoch = Literal["1900", "1904"]

FEWEST_CELLS = 3
"""Fewer date cells may have low days by chance (three of them: 6 in 100)."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
_EPOCH_START = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}

_SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z", re.ASCII)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})\Z", re.ASCII)
_WORDS = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-]+(?:of\s+)?([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})\Z",
    re.ASCII | re.IGNORECASE,
)
_WORDS_MONTH_FIRST = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z",
    re.ASCII | re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?\Z", re.ASCII)
_MONTHS = tuple(name.lower() for name in calendar.month_name[1:])


@dataclass(frozen=True)
class DateReading:
    """How the dates of a column are to be read: the order of day and month, and Excel's day nought.

    ``suspect`` is set for a column in which Excel seems to have swapped day and month on opening a file: its
    true date cells are refused.
    """

    order: Order = "unknown"
    epoch: Epoch = "1900"
    suspect: bool = False


def order_of(texts: Iterable[str]) -> Order:
    """Return the order that explains every slashed date among the texts.

    "unknown" when none of them has a day above 12, "mixed" when some can only be day first and some only
    month first. A time after the date is left out of account.
    """
    day_first = month_first = False
    for text in texts:
        match = _SLASHED.match(text.split(" ", 1)[0].split("T", 1)[0])
        if match:
            first, second = int(match[1]), int(match[3])
            day_first |= first > 12 >= second
            month_first |= second > 12 >= first
    if day_first and month_first:
        return "mixed"
    return "day first" if day_first else "month first" if month_first else "unknown"


def seems_swapped(texts: Iterable[str]) -> bool:
    """Return whether a column of date cells and slashed text shows the mark of a swap of day and month.

    Excel set to American dates turns 05/06/2023 into 6 May and leaves 13/06/2023 as text. The mark: at least
    `FEWEST_CELLS` date cells, none with a day above 12, beside slashed text of which every day is.
    """
    plain = [text.split(" ", 1)[0].split("T", 1)[0] for text in texts]
    cells = [int(match[3]) for text in plain if (match := _ISO.match(text))]
    slashed = [text for text in plain if _SLASHED.match(text)]
    return (
        len(cells) >= FEWEST_CELLS
        and max(cells) <= 12
        and bool(slashed)
        and all(order_of([text]) == "day first" for text in slashed)
    )


def is_serial(text: str) -> bool:
    """Return whether the text is the serial number by which Excel keeps a date."""
    return bool(_SERIAL.match(text))


def parse_date(text: str, reading: DateReading) -> dt.date:
    """Return the day a text stands for; years 2000 to 2099 only.

    RefusedError for a day that does not exist, for both readings of an ambiguous one, and for a year of two
    digits between hyphens (23-08-01 could be 2023 or 2001).
    """
    if match := (_ISO.match(text) or _COMPACT.match(text)):
        if reading.suspect:
            raise RefusedError(
                f"{shown(text)} may have day and month swapped: in this column no date cell has a day above "
                "12 while the dates kept as text have; give every date as 2024-04-03"
            )
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if is_serial(text):
        return _in_range(_EPOCH_START[reading.epoch] + dt.timedelta(days=int(float(text))), text)
    if match := _SLASHED.match(text):
        return _slashed(match, text, reading.order)
    if match := _WORDS.match(text):
        return _day(_year(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _WORDS_MONTH_FIRST.match(text):
        return _day(int(match[3]), _month(match[1], text), int(match[2]), text)
    raise RefusedError(f"{shown(text)} is not a date; write it as 2024-04-03")


def _slashed(match: re.Match[str], text: str, order: Order) -> dt.date:
    first, second = int(match[1]), int(match[3])
    if match[2] == "-" and len(match[4]) == 2:
        raise RefusedError(f"{shown(text)} has a year of two digits that could be the day; write 2024-04-03")
    year = _year(match[4])
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 >= first else (first, second)
        return _day(year, month, day, text)
    if order == "day first":
        return _day(year, second, first, text)
    if order == "month first":
        return _day(year, first, second, text)
    why = (
        "the column has dates in both orders"
        if order == "mixed"
        else "no other date shows which order is meant"
    )
    raise RefusedError(
        f"{shown(text)} could be {_spoken(year, second, first)} or {_spoken(year, first, second)}, "
        f"and {why}; write it as 2024-04-03"
    )


def _spoken(year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1].capitalize()} {year}" if 1 <= month <= 12 else "no date at all"


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(word: str, text: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word.lower()) or (word.lower() == "sept" and number == 9):
            return number
    raise RefusedError(f"{shown(text)} names no month; write it as 2024-04-03")


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        read = dt.date(year, month, day)
    except ValueError:
        raise RefusedError(f"{shown(text)} is not a day of the calendar") from None
    return _in_range(read, text)


def _in_range(day: dt.date, text: str) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RefusedError(f"{shown(text)} falls in {day.year}; years {FIRST_YEAR} to {LAST_YEAR} are taken")
    return day
