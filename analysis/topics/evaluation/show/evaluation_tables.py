"""The tables of Explore / Evaluation: one area and crime type, looked at from each side."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.disclosure import HIDDEN
from analysis.model.english import agree, is_are, listed
from analysis.model.vocabulary import OLD_CRIME_TYPES
from analysis.stats.panel import DesignEstimate
from analysis.topics.evaluation.measure.harm import Harm


def printed_table(check: pd.DataFrame, area: str, crime_type: str) -> Table:
    """Return what the review printed for this area and crime type, beside what the months loaded give."""
    rows = check.loc[check["crime_type"] == crime_type]
    names = {
        "baseline": "Baseline, recorded",
        "comparison": "Comparison, recorded",
        "difference": "Difference",
        "percent": "Change, %",
        "district_percent": "District, %",
    }
    shown = pd.DataFrame(
        {
            "Figure": [names[cell] for cell in rows["cell"]],
            "The review printed": [formats.number(v) for v in rows["published"]],
            "Recomputed": [
                HIDDEN if hidden else formats.number(value)
                for value, hidden in zip(rows["recomputed"], rows["hidden"], strict=True)
            ],
            "Check": list(rows["status"]),
            "Reason": list(rows["reason"]),
        }
    ).set_index("Figure")
    return Table(
        title="What the review printed"
        if len(rows)
        else "The review printed no figure for this area and crime type",
        subtitle=f"{area}, {crime_type}; the review’s own two years. {SOURCE}",
        shown=shown,
        data=rows,
    )


def design_table(found: DesignEstimate, area: str) -> Table:
    """Return the monthly panel design's answer: recorded against expected, with a threshold from placebo ground."""
    outside = found.low > 1 or found.high < 1
    shown = pd.DataFrame(
        {
            "Recorded": [formats.number(found.comparison)],
            "Expected": [formats.number(found.expected, 1)],
            "Ratio": [formats.ratio(found.ratio)],
            "95% interval": [formats.interval(found.low, found.high)],
            "p either way": [formats.number(found.p, 3)],
            "Smallest fall that could be told": [_fall(found.tellable_either_way)],
        },
        index=pd.Index([found.crime_type], name="Crime type"),
    )
    verb = "stands out from" if outside else "lies within"
    return Table(
        title=f"Recorded against expected {verb} what ordinary ground did",
        subtitle=f"Monthly panel, {area}, {formats.number(found.ground)} units of untreated ground, thresholds from "
        f"{formats.number(found.places)} of them. {SOURCE}",
        shown=shown,
        data=shown.reset_index(),
        notes=tuple(
            note
            for note in (
                f"Every published month of both periods is counted here: {len(found.baseline_months)} months against "
                f"{len(found.comparison_months)}. What is expected allows for it."
                if len(found.baseline_months) != len(found.comparison_months)
                else "",
                f"By themselves {formats.number(round(found.false_alarms * found.similar_places))} of "
                f"{formats.number(found.similar_places)} places of similar size lay outside such an interval."
                if found.false_alarms == found.false_alarms
                else "",
                found.note,
            )
            if note
        ),
    )


def earlier_years_table(found: pd.DataFrame, area: str, crime_type: str) -> Table:
    """Return where the area stood among all places in each year held: regression to the mean made visible."""
    shown = pd.DataFrame(
        {
            "Year": [
                f"{row.first.strftime('%b %Y')} – {row.last.strftime('%b %Y')}" for row in found.itertuples()
            ],
            "Role": list(found["role"]),
            "Months published": [formats.number(v) for v in found["months_held"]],
            "Recorded": [formats.number(v) for v in found["incidents"]],
            "Rank": [f"{formats.number(r.rank)} of {formats.number(r.places)}" for r in found.itertuples()],
        }
    ).set_index("Year")
    return Table(
        title="Where the area stood in each year held",
        subtitle=f"{crime_type}, {area}, rank among the places of the force by incidents a unit of ground. {SOURCE}",
        shown=shown,
        data=found.assign(first=found["first"].astype(str), last=found["last"].astype(str)),
        notes=(
            "An area chosen after a bad year falls back by itself. Only with earlier years can one see whether the baseline was one.",
        ),
    )


def harm_table(before: Harm, after: Harm, area: str, periods: str, months: str) -> Table:
    """Return harm index days by crime type as ranges, never one number, baseline beside comparison.

    ``months`` says how many months each side has (``11 months on each side``).
    """
    both = before.table.merge(after.table, on="crime_type", suffixes=("_before", "_after"))
    shown = pd.DataFrame(
        {
            "Crime type": both["crime_type"],
            "Days for each": [
                _days(r.days_each_low_before, r.days_each_high_before, 1) for r in both.itertuples()
            ],
            "Baseline, recorded": [formats.number(v) for v in both["incidents_before"]],
            "Comparison, recorded": [formats.number(v) for v in both["incidents_after"]],
            "Baseline, days": [_days(r.days_low_before, r.days_high_before) for r in both.itertuples()],
            "Comparison, days": [_days(r.days_low_after, r.days_high_after) for r in both.itertuples()],
        }
    ).set_index("Crime type")
    return Table(
        title="Harm can only be given as a range of days in prison",
        subtitle=f"Harm of recorded crime, {area}, {periods} ({months}). Weights: {after.source}, edition {after.edition}. {SOURCE}",
        shown=shown,
        data=both,
        notes=(
            f"In all between {formats.number(before.low)} and {formats.number(before.high)} days before, and between "
            f"{formats.number(after.low)} and {formats.number(after.high)} after.",
            "Days in prison that the sentencing guideline starts from, from the least to the most harmful offences inside each "
            "police.uk type. The mixture inside a type is not in the data, so a range is all that can be said. Its change is a "
            "change of counts alone.",
            "Anti-social behaviour is no offence of the index: it has no days, and is not counted as zero harm."
            if "Anti-social behaviour" in after.without_weight
            else "",
            _without_days(after),
        ),
    )


def _without_days(harmed: Harm) -> str:
    """Say of the types that ended with April 2013 that the index has no weight for them, where they are asked about."""
    old = [f"“{each}”" for each in OLD_CRIME_TYPES if each in harmed.without_weight]
    if not old:
        return ""
    return (
        f"The index has no weight for {listed(old)}: {agree(len(old), 'it has', 'they have')} no days, and "
        f"{is_are(len(old))} not counted as zero harm."
    )


def _days(low: float, high: float, places: int = 0) -> str:
    if not (low <= high):
        return formats.MISSING
    ends = [formats.number(days, 0 if float(days).is_integer() else places) for days in (low, high)]
    return ends[0] if low == high else " to ".join(ends)


def _fall(fall: float) -> str:
    return "none" if fall >= 1 else formats.share(fall)
