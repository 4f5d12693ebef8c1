"""Demonstration records, simulated: made up row by row, the same each time, marked as simulated.

The patrol log is drawn so that it adds up to the table on the review's slide exactly (patrols, hours and
engagements of August 2023 to June 2024); no single patrol in it took place. Shops are invented, and say so.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from random import Random

import pandas as pd

from analysis.records import RECORD_KINDS, record_kind
from data.demo.demo_record_tables import demo_frame
from data.exports.safe_cells import safe_csv
from data.records import RecordsReport, keep_records, read_upload

_SEED = 20240630
_FIRST_DAY, _LAST_DAY = dt.date(2023, 8, 1), dt.date(2024, 6, 30)
_SHORTEST, _LONGEST = 5, 150  # minutes of a patrol
_MIDNIGHT = 24 * 60

_PATROLS: tuple[tuple[str, int, int, int, int, tuple[str, ...]], ...] = (
    ("Billingham Central", 408, 373 * 60 + 26, 141, 399, ("Information sharing with partners",)),
    ("Thornaby Town Centre", 356, 359 * 60 + 34, 109, 325, ("ASB warning letters issued",)),
    ("Stockton Town Centre", 302, 327 * 60 + 26, 178, 89, ("PSPO enforcement", "ASB intervention")),
)
"""Hotspot, patrols, minutes, resident and business engagements, activities: the slide's own table."""


def demo_csv(key: str) -> bytes:
    """Return the demonstration records of a kind as a CSV file in the template's form."""
    kind = record_kind(key)
    frame = _patrol_log() if key == "patrol-log" else demo_frame(key, Random(f"{_SEED} {key}"))
    missing = [column.name for column in kind.columns if column.name not in frame]
    frame = frame.assign(**dict.fromkeys(missing, ""))[list(kind.names)]
    return safe_csv(frame.rename(columns={column.name: column.heading for column in kind.columns}))


def demo_report(key: str) -> RecordsReport:
    """Return the demonstration records of a kind as they are read and checked, marked as simulated."""
    return read_upload(key, f"demonstration-{key}.csv", demo_csv(key), simulated=True)


def keep_demo_records(store_path: str | Path) -> None:
    """Keep the demonstration records of every kind in a store."""
    for kind in RECORD_KINDS:
        keep_records(store_path, kind.key, demo_report(kind.key))


def _patrol_log() -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for hotspot, patrols, minutes, residents, businesses, activities in _PATROLS:
        draw = Random(f"{_SEED} {hotspot}")
        lengths = _shared_out(draw, minutes, [_SHORTEST] * patrols, _LONGEST)
        met_residents = _shared_out(draw, residents, [0] * patrols, residents)
        met_businesses = _shared_out(draw, businesses, [0] * patrols, businesses)
        for number, (day, slot) in enumerate(_slots(draw, patrols)):
            start, end = slot, slot + lengths[number]
            rows.append(
                {
                    "date": day.isoformat(),
                    "hotspot": hotspot,
                    "start": _clock(start),
                    "end": _clock(end),
                    "officers": 2 if draw.random() < 0.8 else 1,
                    "resident_engagements": met_residents[number],
                    "business_engagements": met_businesses[number],
                    "activities": activities[int(draw.random() * len(activities))]
                    if draw.random() < 0.3
                    else "",
                    "note": "Simulated",
                }
            )
    return pd.DataFrame(rows).sort_values(["date", "start", "hotspot"], kind="stable", ignore_index=True)


def _slots(draw: Random, patrols: int) -> list[tuple[dt.date, int]]:
    """Return so many days and starting minutes, none so near another of its day that patrols could overlap.

    Starts lie at 10:00, 13:00, 16:00, 19:00 and 22:00 plus up to 29 minutes; evenings and weekends weigh
    more. Sunday 29 October and 31 March, when the clocks change, have no late start the evening before.
    """
    days = [_FIRST_DAY + dt.timedelta(days=n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1)]
    changes = {dt.date(2023, 10, 28), dt.date(2024, 3, 30)}
    weighted = [
        (draw.random() ** (1 / ((2 if hour >= 16 else 1) * (1.5 if day.weekday() >= 4 else 1))), day, hour)
        for day in days
        for hour in (10, 13, 16, 19, 22)
        if not (hour == 22 and day in changes)
    ]
    chosen = sorted((day, hour) for _, day, hour in sorted(weighted, reverse=True)[:patrols])
    return [(day, hour * 60 + int(draw.random() * 30)) for day, hour in chosen]


def _shared_out(draw: Random, total: int, least: list[int], most: int) -> list[int]:
    """Return whole numbers that add up to the total, each at least its least and at most the most.

    Only `Random.random` is drawn on: its stream alone is promised to stay the same in later Pythons.
    """
    shares = list(least)
    weights = list(accumulate(0.1 + draw.random() for _ in shares))
    for _ in range(total - sum(least)):
        place = bisect(weights, draw.random() * weights[-1], hi=len(weights) - 1)
        while shares[place] >= most:
            place = (place + 1) % len(shares)
        shares[place] += 1
    return shares


def _clock(minutes: int) -> str:
    within = minutes % _MIDNIGHT
    return f"{within // 60:02d}:{within % 60:02d}"
