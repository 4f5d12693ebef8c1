"""The trial of both rules as tables: in short, and every row of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.english import counted
from analysis.model.periods import Period
from analysis.stats.verdict_months import WHOLE_HISTORY
from analysis.topics.calibration.measure.verdict_rows import Calibration

NAMES = {
    "plain": "Plain rule",
    "verdict": "Verdict",
    "together": "Verdict, taken together",
    "index": "Disorder index",
}
"""The designs, by the names that a reader sees."""

SCOPES = ("places", "sets of 3", "triples")

COMMAND = "python -m pages.calibration"

SHARES = (
    ("false_fell", "“Fell”, nothing planted"),
    ("false_rose", "“Rose”, nothing planted"),
    ("false_fell_after_bad_year", "“Fell” after a bad year"),
    ("false_rose_after_good_year", "“Rose” after a good year"),
    ("told_30", "Told, 30% fall planted"),
    ("told_50", "Told, 50% fall planted"),
)


def short_table(found: Calibration, force: str) -> Table:
    """Return each design and scope in one row: the mean and the largest of the crime types."""
    rows = found.table()
    rows["either"] = rows["false_fell"] + rows["false_rose"]
    by_key = dict(list(rows.groupby(["design", "scope"])))
    groups = [(key, by_key[key]) for key in itertools.product(NAMES, SCOPES) if key in by_key]
    shown = pd.DataFrame(
        {
            "Rule": [NAMES[design] for (design, _), _ in groups],
            "Tried on": [scope for (_, scope), _ in groups],
            "Crime types": [formats.number(len(each)) for _, each in groups],
            "False alarms, mean": [_percent(each["either"].mean()) for _, each in groups],
            "False alarms, most": [_percent(each["either"].max()) for _, each in groups],
            "“Fell” after a bad year": [
                _percent(each["false_fell_after_bad_year"].astype(float).mean()) for _, each in groups
            ],
            "“Rose” after a good year": [
                _percent(each["false_rose_after_good_year"].astype(float).mean()) for _, each in groups
            ],
            "Told, 30% fall": [_percent(each["told_30"].mean()) for _, each in groups],
            "Told, 50% fall": [_percent(each["told_50"].mean()) for _, each in groups],
        }
    ).set_index(["Rule", "Tried on"])
    verdict = rows.loc[(rows["design"] == "verdict") & (rows["scope"] == "places")]
    plain = rows.loc[(rows["design"] == "plain") & (rows["scope"] == "places")]
    title = (
        f"With nothing planted the verdict tells a change in {_percent(verdict['either'].mean())} of places, and a fall of half "
        f"in {_percent(verdict['told_50'].mean())} where the plain rule tells it in {_percent(plain['told_50'].mean())}"
        if len(verdict) and len(plain)
        else "How often the verdict would be wrong, and how often it would tell a true fall"
    )
    return Table(
        title=title,
        subtitle=_subtitle(found, force),
        shown=shown,
        data=rows,
        notes=(
            "False alarms are told either way with nothing planted. A bad year is the fifth of places that rose most into the "
            "baseline; a good year, the fifth that fell most.",
            *([] if found.history >= WHOLE_HISTORY else [_few_months(found.history)]),
            f"The same table by command: {COMMAND}",
        ),
    )


def every_row_table(found: Calibration, force: str) -> Table:
    """Return every row: design, scope and crime type, with all its shares."""
    rows = found.table()
    shown = pd.DataFrame(
        {
            "Rule": [NAMES[each] for each in rows["design"]],
            "Tried on": list(rows["scope"]),
            "Crime type": list(rows["crime_type"]),
            "Number": [formats.number(each) for each in rows["places"]],
            **{name: [_percent(each) for each in rows[key]] for key, name in SHARES},
        }
    ).set_index(["Rule", "Tried on", "Crime type"])
    return Table(
        title="Each crime type: how often each rule would be wrong, and how often it would tell a true fall",
        subtitle=_subtitle(found, force),
        shown=shown,
        data=rows,
    )


def printed_lines(found: Calibration, force: str, season: str = "") -> Sequence[str]:
    """Return both tables as the lines that the command prints."""
    short, every = short_table(found, force), every_row_table(found, force)
    with pd.option_context("display.width", 250, "display.max_columns", None):
        lines = [short.title, short.subtitle, *([season] if season else []), "", short.shown.to_string()]
        return [*lines, "", every.title, every.shown.to_string()]


def _subtitle(found: Calibration, force: str) -> str:
    baseline, comparison = Period.parse(found.baseline), Period.parse(found.comparison)
    seen = f"{counted(found.history, 'earlier month')} seen" if found.history else "no earlier month seen"
    return (
        f"Every untreated place of {force} treated as if it had been patrolled; {comparison.label} against {baseline.label}, "
        f"{seen}. {SOURCE}"
    )


def _few_months(months: int) -> str:
    if not months:
        return "No earlier months on the same map points are held, so what a bad year does cannot be counted here."
    return f"Only {counted(months, 'earlier month')} could be seen, where {WHOLE_HISTORY} or more are wanted."


def _percent(value: float | None) -> str:
    return formats.MISSING if value is None or pd.isna(value) else f"{formats.number(value, 1)}%"
