"""Results into tables as text: the rows and headings a reader sees, each number formatted by `analysis.model.formats`.

Zero, missing and hidden are three things here: a zero is ``0``, what is not known is an en dash, and a
percentage on a small base is the word ``hidden``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.drawing.evidence.sentences import STANDS_OUT
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.periods import Period
from analysis.model.vocabulary import SLIDE_SPELLING, SMALL_BASE

HIDDEN = "hidden"

MOST_NAMED = 6
"""Rows named beside a reason that many share; the rest are counted."""


def periods_line(baseline: Period, comparison: Period) -> str:
    """Return ``Jul 2022 – Jun 2023 against Jul 2023 – Jun 2024``."""
    return f"{baseline.label} against {comparison.label}"


def slide_table(evidence: pd.DataFrame, baseline: Period, comparison: Period, *, show_small: bool) -> Table:
    """Return the outcomes table as on the review's slide, with the rest of the district beside the district.

    ``evidence`` has one row an area and crime type (columns of `analysis.topics.change.measure.outcomes.outcomes` and area,
    lsoa, district). Row names and order are the slide's. Percentages on a base under 50 are hidden unless
    ``show_small``. Months compared are said in the notes.
    """
    district = " / ".join(dict.fromkeys(evidence["district"]))
    shown = pd.DataFrame(
        {
            "Location": [
                f"{row.area} ({row.lsoa})" if row.lsoa else row.area for row in evidence.itertuples()
            ],
            "Crime / Incident Type": [SLIDE_SPELLING.get(t, t) for t in evidence["crime_type"].astype(str)],
            _short(baseline): [formats.number(v) for v in evidence["baseline_incidents"]],
            _short(comparison): [formats.number(v) for v in evidence["comparison_incidents"]],
            "Difference": [formats.signed(v) for v in evidence["change"]],
            "% increase / decrease": [_percent(row, show_small) for row in evidence.itertuples()],
            f"% inc / dec for all {district}": [
                formats.percent(v) for v in evidence["district_percent_change"]
            ],
            f"% rest of {district}": [rest_percent(row, show_small) for row in evidence.itertuples()],
        }
    ).set_index(["Location", "Crime / Incident Type"])
    notes = list(dict.fromkeys(_months_note(row) for row in evidence.itertuples()))
    hidden = small_percentages(evidence)
    if hidden and not show_small:
        notes.append(
            f"{hidden} percentage{'s' * (hidden != 1)} on a base under {SMALL_BASE} "
            f"{'are' if hidden != 1 else 'is'} hidden: one incident more or less would move such a percentage by "
            "2 points or more. Switch “Show percentages on small bases” on to see them."
        )
    notes.append(
        f"The rest of {district} is the district without the ground under review: the yardstick for every judgement. "
        f"All {district} contains it."
    )
    notes += _reasons(evidence.loc[evidence["percent_change"].isna()])
    return Table(
        title="Outcomes: recorded incidents in the town-centre LSOAs",
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}; "
        f"{', '.join(dict.fromkeys(evidence['area']))}. {SOURCE}",
        shown=shown,
        data=evidence,
        notes=tuple(note for note in notes if note),
    )


def evidence_table(evidence: pd.DataFrame, baseline: Period, comparison: Period) -> Table:
    """Return what the evidence says of each row: ratio to the rest, placebo rank, smallest tellable fall, verdict."""
    shown = pd.DataFrame(
        {
            "Location": evidence["area"],
            "Crime type": evidence["crime_type"].astype(str),
            "Verdict": [row.verdict or "not given" for row in evidence.itertuples()],
            "Baseline": [formats.number(v) for v in evidence["baseline_incidents"]],
            "Comparison": [formats.number(v) for v in evidence["comparison_incidents"]],
            "Ratio to the rest": [formats.ratio(v) for v in evidence["rirr"]],
            "95% interval": [formats.interval(r.rirr_low, r.rirr_high) for r in evidence.itertuples()],
            "Similar places that changed as much": [_rank(row) for row in evidence.itertuples()],
            "Smallest fall that could be told": [_tellable(row) for row in evidence.itertuples()],
        }
    ).set_index(["Location", "Crime type"])
    wanting = evidence.loc[evidence["verdict"] == "", "reason"]
    return Table(
        title="Does the change stand out from ordinary variation?",
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}; each area against "
        f"{rests_line(evidence)}, and against places of the force with a like number of incidents. {SOURCE}",
        shown=shown,
        data=evidence,
        notes=(
            *dict.fromkeys(_months_note(row) for row in evidence.itertuples()),
            "A ratio of 0.5 says that the count came to half of what it would have been had it moved as the rest did. A change "
            "stands out when the interval leaves out 1 and at most one in ten similar places (outside the treated areas) changed "
            "as much. “None” in the last column: not even a fall to 0 could have been told from ordinary variation.",
            "“As much” counts the percent change. Where a change stands out because the area moved against the rest, or less than "
            "it, the change relative to the rest is counted instead. An area of several units is set against sets of as many "
            "neighbouring units, which overlap: the units behind them are the true size of the evidence.",
            *dict.fromkeys(reason for reason in wanting if reason),
        ),
    )


def rest_percent(row: Any, show_small: bool) -> str:
    """Return the comparator's change in per cent; "hidden" on a base under 50, as the area's own would be."""
    small = row.rest_baseline_incidents < SMALL_BASE and pd.notna(row.rest_percent_change)
    return HIDDEN if small and not show_small else formats.percent(row.rest_percent_change)


def small_percentages(evidence: pd.DataFrame, *, own: bool = True) -> int:
    """Return how many percentages rest on a base under 50: the areas' (unless not ``own``) and the comparator's."""
    rest = (evidence["rest_baseline_incidents"] < SMALL_BASE) & evidence["rest_percent_change"].notna()
    mine = evidence["small_base"] & evidence["percent_change"].notna()
    return int(rest.sum()) + (int(mine.sum()) if own else 0)


def rests_line(evidence: pd.DataFrame) -> str:
    """Return what the areas are held against: ``the rest of Stockton-on-Tees``."""
    if "rest" not in evidence:
        return "the rest of its district"
    return " / ".join(f"the {name[:1].lower()}{name[1:]}" for name in dict.fromkeys(evidence["rest"]))


def months_line(evidence: pd.DataFrame) -> str:
    """Return ``11 months on each side`` or ``11 months against 12``; each once where the rows differ."""
    return ", ".join(dict.fromkeys(_sides(row) for row in evidence.itertuples()))


def _unlike_the_heading(evidence: pd.DataFrame, baseline: Period, comparison: Period) -> str:
    """Return the months compared where they are not all of the two periods, so that no count is read as a year's."""
    whole = (evidence["baseline_months"] == len(baseline)) & (
        evidence["comparison_months"] == len(comparison)
    )
    return "" if whole.all() else f" ({months_line(evidence)})"


def _reasons(rows: pd.DataFrame) -> list[str]:
    """Return each reason once, with the rows that it holds for where it does not hold for all."""
    notes = []
    # what the months compared say already is not said again
    told = rows["months_note"] + "."
    for reason, each in rows.loc[(rows["reason"] != "") & (rows["reason"] != told)].groupby(
        "reason", sort=False
    ):
        named = [f"{r.area}, {r.crime_type}" for r in each.itertuples()]
        more = len(named) - MOST_NAMED
        who = "; ".join(named[:MOST_NAMED]) + (f"; and {formats.number(more)} more" if more > 0 else "")
        notes.append(f"No percentage: {reason} ({who}.)")
    return notes


def _short(period: Period) -> str:
    return f"{period.first.strftime('%b %y')} – {period.last.strftime('%b %y')}"


def _percent(row: Any, show_small: bool) -> str:
    if row.small_base and row.percent_change == row.percent_change and not show_small:
        return HIDDEN
    return formats.percent(row.percent_change)


def _rank(row: Any) -> str:
    # the rank that the verdict rests on, as `analysis.drawing.evidence.sentences` says it
    as_much = row.as_much_relative if row.rank_is_relative and row.verdict in STANDS_OUT else row.as_much
    if not row.similar_places > 0 or pd.isna(as_much):
        return formats.MISSING
    rank = f"{formats.number(as_much)} of {formats.number(row.similar_places)}"
    # sets of neighbouring units overlap: the units behind them are the true size of the evidence
    return (
        rank
        if row.similar_units >= row.similar_places
        else f"{rank} sets ({formats.number(row.similar_units)} units)"
    )


def _tellable(row: Any) -> str:
    if row.smallest_tellable_fall == row.smallest_tellable_fall:
        return formats.share(row.smallest_tellable_fall)
    # not missing but an answer: with this phi the interval takes in 1 whatever is recorded
    return "none" if row.phi == row.phi and row.baseline_incidents > 0 else formats.MISSING


def _months_note(row: Any) -> str:
    return f"Compared: {_sides(row)}{'. ' + row.months_note + '.' if row.months_note else '.'}"


def _sides(row: Any) -> str:
    if row.baseline_months == row.comparison_months:
        return f"{formats.number(row.months_compared)} months on each side"
    return f"{formats.number(row.baseline_months)} months against {formats.number(row.comparison_months)}"
