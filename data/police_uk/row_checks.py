"""The checks on the rows of a police.uk file: what they are, in which order, and the words for what breaks them.

The engine applies them while the file is read, so a good file is read once. Each row gets the first reason that refuses
it, with the value that was found; rows without a reason are kept, identical ones too (ASB has no Crime ID, and two
equal rows are two incidents).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.model.ground import LSOA_CODE
from analysis.model.names import PUBLISHED_LETTERS
from analysis.model.vocabulary import CRIME_TYPES, LAST_OLD_MONTH, OLD_CRIME_TYPES
from data.engines.csv_rules import (
    CsvColumn,
    InBounds,
    InTime,
    IsNumber,
    IsTime,
    Matches,
    MonthRows,
    OneOf,
    Rule,
)
from data.police_uk.file_names import COLUMNS, MONTH, FileKey

BRITISH_ISLES = {"Longitude": (-11.0, 2.5), "Latitude": (48.9, 61.2)}
"""WGS84 degrees: west of Ireland to Lowestoft, the Channel Islands to Shetland."""

_NAME = "[^\\x00-\\x1f\\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
"""Letters, none of them a control character or one that turns the others round."""

# reasons, in the order in which they are looked for
FIELDS = "the wrong number of fields"
BAD_MONTH = "a month that is not YYYY-MM"
OTHER_MONTH = "a month that is not the file's"
OTHER_FORCE = "a force that is not the file's"
BAD_TYPE = "an unknown crime type"
BAD_LSOA = "an LSOA code that is no code"
BAD_COORDINATE = "a coordinate that is not a number"
OUTSIDE = "coordinates outside the British Isles"
BAD_TIME = "a date that is not a time"
OTHER_TIME = "a time outside the file's month"
BAD_NAME = "a name that is too long or has a character that cannot be seen"
BAD_FLAG = "a yes-or-no column that says neither True nor False"
REASONS = (
    FIELDS, BAD_MONTH, OTHER_MONTH, BAD_TYPE, BAD_LSOA, BAD_COORDINATE, OUTSIDE, BAD_TIME, OTHER_TIME,
    BAD_FLAG, BAD_NAME, OTHER_FORCE,
)  # fmt: skip


def month_rows(key: FileKey) -> MonthRows:
    """Return what the rows of a file become, and the rules they must keep.

    A row with the wrong number of fields and one of another force are refused outside these rules: the first never
    becomes a row, and of the second it must be known which names stand in the file.
    """
    columns = tuple(CsvColumn(each.name, each.source, each.type) for each in COLUMNS[key.kind])
    rules = [*_month_and_code(key), *_point()]
    if key.kind == "stop-and-search":
        rules += _search(key)
    rules += _names(key)
    return MonthRows(key.force, key.month, columns, tuple(rules))


def _month_and_code(key: FileKey) -> list[Rule]:
    rules: list[Rule] = []
    if key.kind != "stop-and-search":
        rules.append(Matches(BAD_MONTH, "Month", MONTH.pattern, usual=key.month))
        rules.append(OneOf(OTHER_MONTH, "Month", (key.month,)))
    if key.kind == "street":
        old = OLD_CRIME_TYPES if key.month <= LAST_OLD_MONTH else ()
        rules.append(OneOf(BAD_TYPE, "Crime type", (*CRIME_TYPES, *old)))
    if key.kind != "stop-and-search":
        rules.append(Matches(BAD_LSOA, "LSOA code", LSOA_CODE, may_be_empty=True))
    return rules


def _names(key: FileKey) -> list[Rule]:
    words = [each.source for each in COLUMNS[key.kind] if each.type in {"text", "place"}]
    return [Matches(BAD_NAME, s, _NAME, may_be_empty=True, longest=PUBLISHED_LETTERS) for s in words]


def _point() -> list[Rule]:
    return [*(IsNumber(BAD_COORDINATE, name) for name in BRITISH_ISLES), InBounds(OUTSIDE, BRITISH_ISLES)]


def _search(key: FileKey) -> list[Rule]:
    first, last = month_in_utc(key.month)
    flags = [each.source for each in COLUMNS[key.kind] if each.type == "flag"]
    return [
        IsTime(BAD_TIME, "Date"),
        InTime(OTHER_TIME, "Date", str(first), str(last)),
        *(OneOf(BAD_FLAG, name, ("true", "false"), may_be_empty=True, any_case=True) for name in flags),
    ]


def month_in_utc(month: str) -> tuple[datetime, datetime]:
    """Return the first and the last instant, in UTC, that a stop-and-search file of this month may hold.

    Its times are UTC and its month is Europe/London's, so July's file begins on 30 June 23:00 UTC. A day is
    allowed on either side, because some forces publish by the day of entry.
    """
    london = ZoneInfo("Europe/London")
    year, number = int(month[:4]), int(month[5:])
    first = datetime(year, number, 1, tzinfo=london)
    after = date(year + number // 12, number % 12 + 1, 1)
    last = datetime(after.year, after.month, after.day, tzinfo=london)
    return (
        (first - timedelta(days=1)).astimezone(UTC).replace(tzinfo=None),
        (last + timedelta(days=1)).astimezone(UTC).replace(tzinfo=None),
    )
