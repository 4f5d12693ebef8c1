"""Dosage: the patrol time that each hotspot received, and what was done in it.

Patrol time is the time during which a patrol was there; officer time counts each officer of it. They are
two measures and are never added or swapped. The log says what was recorded as done, not what followed.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.cube import Panel
from analysis.model.errors import ContractError
from analysis.model.formats import number
from analysis.model.hours import elapsed, local, spread_over_hours, week_grid
from analysis.model.periods import Period

TOTALS = "Totals"
KOPER_MINUTES = 15
"""Koper 1995 (Justice Quarterly 12:649): a presence of about 10 to 15 minutes outlasts itself the longest."""

PUBLISHED_COLUMNS = (
    "hotspot",
    "seconds",
    "patrols",
    "resident_engagements",
    "business_engagements",
    "activities",
)
_DURATION = re.compile(r"(\d+):([0-5]\d):([0-5]\d)\Z")


def hours_text(seconds: float) -> str:
    """Return a length of time as ``[h]:mm:ss``, so 1,060 hours stay 1,060; an en dash where missing."""
    if not np.isfinite(seconds):
        return "–"
    whole = round(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def hours_words(seconds: float) -> str:
    """Return a length of time in words, to the nearest minute: ``373 hours 26 minutes``, ``1 hour``."""
    if not np.isfinite(seconds):
        return "an unknown time"
    parts = [
        f"{number(n)} {word}{'s' * (n != 1)}"
        for n, word in zip(_split(seconds), ("hour", "minute"), strict=True)
        if n
    ]
    return " ".join(parts) or "0 hours"


def hours_label(seconds: float) -> str:
    """Return the same for where there is little room, as on a map: ``373 h 26 min``, ``1 h``."""
    if not np.isfinite(seconds):
        return "unknown time"
    parts = [f"{number(n)} {unit}" for n, unit in zip(_split(seconds), ("h", "min"), strict=True) if n]
    return " ".join(parts) or "0 h"


def _split(seconds: float) -> tuple[int, int]:
    hours, minutes = divmod(round(seconds / 60), 60)
    return hours, minutes


def seconds_of(text: str) -> int:
    """Return the seconds of ``373:26:00``. Raises ContractError on anything else."""
    match = _DURATION.match(text.strip())
    if not match:
        raise ContractError(f"“{text}” is not a length of time. Write hours, minutes and seconds: 373:26:00.")
    hours, minutes, seconds = (int(part) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def patrol_seconds(log: pd.DataFrame) -> pd.DataFrame:
    """Return the log's patrols with start and end in UTC and their elapsed seconds; the index is kept.

    Patrols over midnight and over a change of the clocks keep their true length (see `hours.elapsed`). Raises
    ContractError when a patrol lacks a time or does not end after it starts.
    """
    stretches = elapsed(log["start"], log["end"])
    wrong = stretches.index[~(stretches["seconds"] > 0)]
    if len(wrong):
        raise ContractError(
            f"{len(wrong)} patrol{'s do' if len(wrong) > 1 else ' does'} not end after the start "
            f"(the first is row {wrong[0]}). Correct the log, or leave such rows out."
        )
    return stretches


def patrol_table(log: pd.DataFrame) -> pd.DataFrame:
    """Return the slide's table from a patrol log, the most hours first, ties by name, totals last.

    ``log`` follows the contract of the patrol log (`analysis.records`).
    Columns: `PUBLISHED_COLUMNS`, officer_seconds, without_officers (patrols whose number of officers is not
    given: they are in ``seconds`` and not in ``officer_seconds``), hours and officer_hours as ``[h]:mm:ss``.
    Engagements not given count as none. ``activities`` are the three most often logged. An empty log gives a
    table with the totals row alone, all 0.
    """
    stretches = patrol_seconds(log)
    officers = log["officers"].astype("float64")
    rows = pd.DataFrame(
        {
            "hotspot": log["hotspot"].astype("str"),
            "seconds": stretches["seconds"],
            "officer_seconds": (stretches["seconds"] * officers).fillna(0.0),
            "without_officers": officers.isna().astype(int),
            "patrols": 1,
            "resident_engagements": log["resident_engagements"].fillna(0).astype(int),
            "business_engagements": log["business_engagements"].fillna(0).astype(int),
        }
    )
    parts = rows.groupby("hotspot", sort=True).sum().reset_index()
    done = {name: _examples(part["activities"]) for name, part in log.groupby(log["hotspot"].astype("str"))}
    parts["activities"] = [done[name] for name in parts["hotspot"]]
    parts = parts.sort_values(["seconds", "hotspot"], ascending=[False, True], ignore_index=True)
    return with_totals(parts)


def with_totals(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts (`PUBLISHED_COLUMNS` at least, one row a hotspot) with a row of totals and hours as
    text.

    The review's own table passes through here too, so that its printed totals follow from its parts.
    """
    sums = parts.select_dtypes("number").sum().to_dict()
    total = pd.DataFrame([{**sums, "hotspot": TOTALS, "activities": ""}])
    table = pd.concat([parts, total], ignore_index=True) if len(parts) else total
    table["hours"] = [hours_text(value) for value in table["seconds"]]
    if "officer_seconds" in table:
        table["officer_hours"] = [hours_text(value) for value in table["officer_seconds"]]
    return table


def patrol_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Return per row of a patrol table: minutes_per_patrol, engagements_per_patrol, engagements_per_hour.

    Engagements are residents' and businesses' together. NaN where there was no patrol. The totals row is the
    ratio of the totals, not the mean of the ratios. A high figure is not a better patrol: a warning letter
    and a greeting both count as one engagement.
    """
    engagements = table["resident_engagements"] + table["business_engagements"]
    patrols, seconds = (
        table["patrols"].where(table["patrols"] > 0),
        table["seconds"].where(table["seconds"] > 0),
    )
    return pd.DataFrame(
        {
            "hotspot": table["hotspot"],
            "minutes_per_patrol": table["seconds"] / 60 / patrols,
            "engagements_per_patrol": engagements / patrols,
            "engagements_per_hour": engagements / (seconds / 3600),
        }
    )


def share_long_enough(log: pd.DataFrame, minutes: int = KOPER_MINUTES) -> pd.DataFrame:
    """Return per hotspot, and in total, the share of patrols of at least so many minutes: patrols, long,
    share.

    15 minutes is the length that Koper 1995 found to go furthest, in other places and another decade: a
    yardstick for the log, not a target. The share is NaN for an empty log.
    """
    long = (patrol_seconds(log)["seconds"] >= minutes * 60).astype(int)
    rows = pd.DataFrame({"hotspot": log["hotspot"].astype("str"), "patrols": 1, "long": long})
    parts = rows.groupby("hotspot", sort=True).sum().reset_index()
    total = pd.DataFrame([{"hotspot": TOTALS, "patrols": len(rows), "long": int(long.sum())}])
    table = pd.concat([parts, total], ignore_index=True) if len(parts) else total
    table["share"] = table["long"] / table["patrols"].where(table["patrols"] > 0)
    return table


def patrol_week(log: pd.DataFrame) -> pd.DataFrame:
    """Return patrol and officer minutes by weekday and hour: weekday, hour, minutes, officer_minutes; 168
    rows.

    A patrol is spread over the hours that it covers, so the minutes sum to the patrol time.
    """
    hours = spread_over_hours(patrol_seconds(log))
    hours["minutes"] = hours["seconds"] / 60
    officers = log["officers"].astype("float64").fillna(0.0).to_numpy()
    hours["officer_minutes"] = hours["minutes"] * officers[hours["row"].to_numpy()]
    return week_grid(hours, ["minutes", "officer_minutes"])


def patrol_months(log: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return one row a hotspot and month of the period: hotspot, month, seconds, patrols; 0 where none.

    Time is split at midnight of the month's end; a patrol counts in the month in which it starts. Patrols
    outside the period are left out.
    """
    hours = spread_over_hours(patrol_seconds(log))
    hotspot = log["hotspot"].astype("str")
    hours["hotspot"] = hotspot.to_numpy()[hours["row"].to_numpy()]
    starts = pd.DataFrame({"hotspot": hotspot, "month": local(log["start"]).dt.to_period("M")})
    every = pd.MultiIndex.from_product([sorted(hotspot.unique()), period.months], names=["hotspot", "month"])
    table = pd.DataFrame(
        {
            "seconds": hours.groupby(["hotspot", "month"])["seconds"].sum(),
            "patrols": starts.groupby(["hotspot", "month"]).size(),
        }
    )
    table = table.reindex(every).fillna(0.0)
    table["patrols"] = table["patrols"].astype(int)
    return table.reset_index()


def months_without_patrol(log: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the hotspots and months of the period in which the log has no patrol: hotspot, month."""
    months = patrol_months(log, period)
    return months.loc[months["seconds"] == 0, ["hotspot", "month"]].reset_index(drop=True)


def dosage_and_asb(
    log: pd.DataFrame, panel: Panel, area: Area, comparator: Area, *, logged: Period
) -> pd.DataFrame:
    """Return aligned monthly series over the months held: month, patrol_hours, incidents,
    comparator_incidents.

    ``log`` has the rows of the places that belong to the area; ``logged`` are the months that the whole log covers:
    patrol hours are 0 in a month of it without patrol and NaN outside it (not known, which is not none).
    Incidents are recorded anti-social behaviour, NaN in a gap. The LSOAs are not the patrolled streets, and
    two lines that move together do not say that one moved the other.
    """
    months = patrol_months(log, logged).groupby("month")["seconds"].sum()
    received = pd.Series(0.0, index=pd.PeriodIndex(logged.months, freq="M")).add(
        months / 3600, fill_value=0.0
    )
    crime_type = "Anti-social behaviour"
    return pd.DataFrame(
        {
            "month": panel.months,
            "patrol_hours": received.reindex(panel.months).to_numpy(),
            "incidents": panel.series(area.ground, crime_type, name=area.name).to_numpy(),
            "comparator_incidents": panel.series(
                comparator.ground, crime_type, name=comparator.name
            ).to_numpy(),
        }
    )


def _examples(activities: pd.Series, most: int = 3) -> str:
    counts: dict[str, int] = {}
    for done in activities:
        items = done.split(";") if isinstance(done, str) else done if isinstance(done, (tuple, list)) else ()
        for item in filter(None, (str(item).strip() for item in items)):
            counts[item] = counts.get(item, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "; ".join(name for name, _ in ranked[:most])
