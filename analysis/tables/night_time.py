"""The tables of the night-time page: December against its neighbours, and timed incidents by place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis import formats
from analysis.disclosure import hidden_cells, hide_small
from analysis.figures.figure import SOURCE, Table
from analysis.figures.night import EVENING, MORNING
from analysis.measures.night_hours import hours_of_week
from analysis.measures.night_time import DecemberEffect

TOTAL = "All places"
UNNAMED = "place not named"


def december_table(effects: Mapping[str, DecemberEffect], span: str) -> Table:
    """Return how far December stood from the months beside it, area by area, or why that cannot be said."""
    out = [name for name, e in effects.items() if e.low > 1 or e.high < 1]
    given = [name for name, effect in effects.items() if not effect.reason]
    shown = pd.DataFrame(
        {
            "December over its neighbours": [formats.ratio(e.ratio) for e in effects.values()],
            "95% interval": [formats.interval(e.low, e.high) for e in effects.values()],
            "Decembers": [formats.number(e.decembers) for e in effects.values()],
            "Other months": [formats.number(e.ordinary_months) for e in effects.values()],
        },
        index=pd.Index(list(effects), name="Place"),
    )
    title = (
        f"December stood out in {', '.join(out)}" if out else "December did not stand out from other months"
    )
    rows = [
        (name, e.ratio, e.low, e.high, e.decembers, e.ordinary_months, e.reason)
        for name, e in effects.items()
    ]
    columns = ["area", "ratio", "low", "high", "decembers", "ordinary_months", "reason"]
    return Table(
        title=title if given else "A December effect cannot be told from the months held",
        subtitle="Violence and sexual offences, public order, robbery, drugs and possession of weapons together: December’s daily rate "
        f"over that of November and January, against what other months do, {span}. {SOURCE}",
        shown=shown,
        data=pd.DataFrame(rows, columns=columns),
        notes=(
            "1 is a December like any other month. The interval takes how much other months differ from their own neighbours as ordinary.",
            *(
                ("It rests on one December: what stood out in it need not come back.",)
                if given and max(effects[name].decembers for name in given) == 1
                else ()
            ),
            *dict.fromkeys(e.reason for e in effects.values() if e.reason),
        ),
    )


def places_table(incidents: pd.DataFrame, period: str, source: str) -> Table:
    """Return timed incidents by place with the share at night, small counts hidden and the total with them.

    ``incidents`` follows its contract in `analysis.records`. Only incidents with a usable time are counted.
    """
    named = incidents.assign(place=incidents["place"].fillna("").replace("", UNNAMED).astype("str"))
    found = {name: hours_of_week(rows) for name, rows in named.groupby("place", sort=True)}
    whole = hours_of_week(named)
    table = pd.DataFrame(
        {
            "place": [*found, TOTAL],
            "incidents": [*(hours.used for hours in found.values()), whole.used],
            "night_share": [*(_night(hours.table) for hours in found.values()), _night(whole.table)],
        }
    )
    total = table.index[-1]
    why = hidden_cells(table, ["incidents"], total_row=total)
    safe = hide_small(table, ["incidents"], total_row=total)
    at_night = table["night_share"].mask(why["incidents"] != "")
    # rounded, or the counts could be had from it
    safe["night_share"] = at_night.round(2)
    shown = pd.DataFrame(
        {
            "Incidents": list(safe["incidents"]),
            "From 18:00 to 06:00": [formats.share(v) for v in at_night],
        },
        index=pd.Index(list(safe["place"]), name="Place"),
    )
    return Table(
        title="Timed incidents by place",
        subtitle=f"Incidents with a usable time, and the share of them from 18:00 to 06:00, {period}. {source}",
        shown=shown,
        data=safe,
    )


def _night(week: pd.DataFrame) -> float:
    total = float(week["incidents"].sum())
    at_night = (week["hour"] >= EVENING) | (week["hour"] < MORNING)
    return float(week.loc[at_night, "incidents"].sum()) / total if total else float("nan")
