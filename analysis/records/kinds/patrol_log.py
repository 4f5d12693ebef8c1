"""The patrol log: one patrol of one hotspot, with the time that it took."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate

import pandas as pd

from analysis.model.english import counted, numbered
from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.demonstration import DemoInputs, DemoRow, Draw, pick
from analysis.records.tidying.times import DAY_SECONDS, LONDON, Clock, is_repeated, moments

LONGEST_PATROL_HOURS = 12
"""No shift is longer; an end just before the start would otherwise read as a patrol of almost a day."""
AGREEMENT_SECONDS = 60
"""Start, end and duration are entered by hand to the minute."""

_DAY = dt.timedelta(days=1)
_FIRST_DAY, _LAST_DAY = dt.date(2023, 8, 1), dt.date(2024, 6, 30)
_SHORTEST, _LONGEST = 5, 150  # minutes of a patrol of the demonstration
_MIDNIGHT = 24 * 60


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
            passed = (pairs[0][1] - pairs[0][0]).total_seconds() / 60
            raise RefusedError(
                f"{start} to {end} is {passed:g} minutes but the duration says {minutes:g}; "
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
        meant = [(s, e) for s in starts for e in moments(end_day, end) if s < e]
        if meant:
            return meant
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


def patrol_remarks(frame: pd.DataFrame, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return sentences on patrols that overlap, and on those that ran through a change of the clocks."""
    sentences = []
    overlaps = overlapping_patrols(frame)
    if overlaps.any():
        rows = [numbers[i] for i in range(len(frame)) if overlaps.iloc[i]]
        sentences.append(
            f"{counted(len(rows), 'patrol')} overlap another of the same hotspot ({numbered('row', rows)}). "
            "Each is counted: patrol hours add up patrols, and two at once count twice."
        )
    changed = sum(spans_clock_change(s, e) for s, e in zip(frame["start"], frame["end"], strict=True))
    if changed:
        sentences.append(
            f"{counted(changed, 'patrol')} ran through a change of the clocks; "
            "the minutes are those that passed."
        )
    return tuple(sentences)


def overlapping_patrols(frame: pd.DataFrame) -> pd.Series:
    """Return, for each patrol, whether it overlaps another patrol of the same hotspot in time.

    A patrol that starts in the minute another ends does not overlap it.
    """
    if frame.empty:
        return pd.Series(False, index=frame.index, name="overlaps")
    ordered = frame.sort_values(["hotspot", "start", "end"], kind="stable")
    by_place = ordered.groupby("hotspot", sort=False)
    ended_before = by_place["end"].cummax().groupby(ordered["hotspot"], sort=False).shift()
    starts_after = by_place["start"].shift(-1)
    # an earlier patrol still on, or the next one begun before the end of this
    overlaps = (ordered["start"] < ended_before) | (starts_after < ordered["end"])
    return overlaps.reindex(frame.index).rename("overlaps")


def spans_clock_change(start: dt.datetime, end: dt.datetime) -> bool:
    """Return whether the clocks changed between two moments."""
    return start.astimezone(LONDON).utcoffset() != end.astimezone(LONDON).utcoffset()


def demonstration(inputs: DemoInputs) -> list[DemoRow]:
    """Return patrols that add up to each line exactly: its patrols, minutes and engagements.

    Lines: hotspot, patrols, minutes, resident_engagements, business_engagements, activities (semicolons
    between). No single patrol of them took place.
    """
    rows = [row for line in inputs.lines for row in _patrols_of(line, inputs.stream(line["hotspot"]))]
    return sorted(rows, key=lambda row: (row["date"], row["start"], row["hotspot"]))


def _patrols_of(line: Mapping[str, str], draw: Draw) -> list[DemoRow]:
    patrols, residents = int(line["patrols"]), int(line["resident_engagements"])
    businesses, activities = int(line["business_engagements"]), line["activities"].split("; ")
    lengths = _shared_out(draw, int(line["minutes"]), [_SHORTEST] * patrols, _LONGEST)
    met_residents = _shared_out(draw, residents, [0] * patrols, residents)
    met_businesses = _shared_out(draw, businesses, [0] * patrols, businesses)
    return [
        {
            "date": day.isoformat(),
            "hotspot": line["hotspot"],
            "start": _clock(start),
            "end": _clock(start + lengths[number]),
            "officers": "2" if draw() < 0.8 else "1",
            "resident_engagements": str(met_residents[number]),
            "business_engagements": str(met_businesses[number]),
            "activities": pick(draw, activities) if draw() < 0.3 else "",
            "note": "Simulated",
        }
        for number, (day, start) in enumerate(_slots(draw, patrols))
    ]


def _slots(draw: Draw, patrols: int) -> list[tuple[dt.date, int]]:
    """Return so many days and starting minutes, none so near another of its day that patrols could overlap.

    Starts lie at 10:00, 13:00, 16:00, 19:00 and 22:00 plus up to 29 minutes; evenings and weekends weigh
    more. Sunday 29 October and 31 March, when the clocks change, have no late start the evening before.
    """
    days = [_FIRST_DAY + dt.timedelta(days=n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1)]
    changes = {dt.date(2023, 10, 28), dt.date(2024, 3, 30)}
    weighted = [
        (draw() ** (1 / ((2 if hour >= 16 else 1) * (1.5 if day.weekday() >= 4 else 1))), day, hour)
        for day in days
        for hour in (10, 13, 16, 19, 22)
        if not (hour == 22 and day in changes)
    ]
    chosen = sorted((day, hour) for _, day, hour in sorted(weighted, reverse=True)[:patrols])
    return [(day, hour * 60 + int(draw() * 30)) for day, hour in chosen]


def _shared_out(draw: Draw, total: int, least: list[int], most: int) -> list[int]:
    """Return whole numbers that add up to the total, each at least its least and at most the most."""
    shares = list(least)
    weights = list(accumulate(0.1 + draw() for _ in shares))
    for _ in range(total - sum(least)):
        place = bisect(weights, draw() * weights[-1], hi=len(weights) - 1)
        while shares[place] >= most:
            place = (place + 1) % len(shares)
        shares[place] += 1
    return shares


def _clock(minutes: int) -> str:
    within = minutes % _MIDNIGHT
    return f"{within // 60:02d}:{within % 60:02d}"


PATROL_LOG = RecordKind(
    "patrol-log",
    "Patrol log",
    "one patrol of one hotspot",
    (
        RecordColumn("date", "date", True, "Day on which the patrol began", past=True, example="2023-08-01"),
        RecordColumn(
            "hotspot",
            "text",
            True,
            "Place designated for patrol",
            also=("hotspot location", "location"),
            example="Example Town Centre",
            place="known",
        ),
        RecordColumn(
            "start",
            "time",
            True,
            "When the patrol began",
            also=(
                "start time",
                "from",
                "time patrol began",
                "patrol began",
                "patrol start",
                "patrol start time",
                "start of patrol",
                "time started",
                "began",
            ),
            example="22:15",
        ),
        RecordColumn(
            "end",
            "time",
            False,
            "When the patrol ended; an end earlier than the start is on the next day",
            also=(
                "end time",
                "finish",
                "to",
                "time patrol ended",
                "patrol ended",
                "patrol end",
                "patrol end time",
                "end of patrol",
                "time finished",
                "finish time",
                "ended",
            ),
            example="23:05",
        ),
        RecordColumn(
            "duration_minutes",
            "duration",
            False,
            "Time on patrol as it passed, whatever the clocks did; worked out where start and end are given",
            "minutes",
            also=("minutes",),
            label="Duration",
        ),
        RecordColumn("officers", "count", False, "Officers on the patrol", example="2"),
        RecordColumn(
            "resident_engagements",
            "count",
            False,
            "Residents engaged with",
            also=("resident engagement",),
            example="3",
        ),
        RecordColumn(
            "business_engagements",
            "count",
            False,
            "Businesses engaged with",
            also=("business engagement", "buisness engagement"),
            example="1",
        ),
        RecordColumn(
            "activities",
            "list",
            False,
            "What was done on the patrol",
            also=("activity", "examples of activities"),
            example="ASB warning letter issued; information shared with partners",
        ),
        RecordColumn(
            "lsoa",
            "lsoa",
            False,
            "An LSOA that the hotspot lies in, of either vintage",
            also=("LSOA code",),
            example="E01012284",
            label="LSOA",
        ),
        RecordColumn(
            "note",
            "text",
            False,
            "Anything else; no names of persons",
            also=("notes",),
            example="Example row",
        ),
    ),
    (
        "A hotspot named like a town centre of the dashboard needs no LSOA. For any other, give the LSOA; where "
        "it lies in several, give one of them on each row.",
        "Fill end or duration. Both may stand; they must then agree to the minute.",
        "A patrol over midnight is one row: the date is that of the start. "
        "The longest patrol taken is 12 hours.",
        "On the night the clocks go back, write 01:30 BST or 01:30 GMT.",
    ),
    complete=complete_patrol,
    remarks=patrol_remarks,
    demonstration=demonstration,
    repeats_refused=True,
)
