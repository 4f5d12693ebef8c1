"""Results into tables as text: the rows and headings a reader sees, each number formatted by `analysis.model.formats`.

Zero, missing and hidden are three things here: a zero is ``0``, what is not known is an en dash, and a
percentage on a small base is the word ``hidden``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.drawing.evidence.sentences import STANDS_OUT
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.evidence import Evidence, to_frame
from analysis.model.periods import Period
from analysis.model.vocabulary import SLIDE_SPELLING, SMALL_BASE

HIDDEN = "hidden"

MOST_NAMED = 6
"""Rows named beside a reason that many share; the rest are counted."""


def periods_line(baseline: Period, comparison: Period) -> str:
    """Return ``Jul 2022 – Jun 2023 against Jul 2023 – Jun 2024``."""
    return f"{baseline.label} against {comparison.label}"


def slide_table(
    evidence: Sequence[Evidence], baseline: Period, comparison: Period, *, show_small: bool
) -> Table:
    """Return the outcomes table as on the review's slide, with the rest of the district beside the district.

    ``evidence`` has one row an area and crime type (columns of `analysis.topics.change.measure.outcomes.outcomes` and area,
    lsoa, district). Row names and order are the slide's. Percentages on a base under 50 are hidden unless
    ``show_small``. Months compared are said in the notes.
    """
    district = " / ".join(dict.fromkeys(row.district for row in evidence))
    shown = pd.DataFrame(
        {
            "Location": [f"{row.area} ({row.lsoa})" if row.lsoa else row.area for row in evidence],
            "Crime / Incident Type": [SLIDE_SPELLING.get(t, t) for t in (row.crime_type for row in evidence)],
            _short(baseline): [formats.number(row.baseline_incidents) for row in evidence],
            _short(comparison): [formats.number(row.comparison_incidents) for row in evidence],
            "Difference": [formats.signed(row.change) for row in evidence],
            "% increase / decrease": [_percent(row, show_small) for row in evidence],
            f"% inc / dec for all {district}": [
                formats.percent(row.district_percent_change) for row in evidence
            ],
            f"% rest of {district}": [rest_percent(row, show_small) for row in evidence],
        }
    ).set_index(["Location", "Crime / Incident Type"])
    notes = list(dict.fromkeys(_months_note(row) for row in evidence))
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
    notes += _reasons(row for row in evidence if pd.isna(row.percent_change))
    return Table(
        title="Outcomes: recorded incidents in the town-centre LSOAs",
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}; "
        f"{', '.join(dict.fromkeys(row.area for row in evidence))}. {SOURCE}",
        shown=shown,
        data=to_frame(evidence),
        notes=tuple(note for note in notes if note),
    )


def evidence_table(evidence: Sequence[Evidence], baseline: Period, comparison: Period) -> Table:
    """Return what the evidence says of each row: ratio to the rest, placebo rank, smallest tellable fall, verdict."""
    shown = pd.DataFrame(
        {
            "Location": [row.area for row in evidence],
            "Crime type": [row.crime_type for row in evidence],
            "Verdict": [row.verdict or "not given" for row in evidence],
            "Baseline": [formats.number(row.baseline_incidents) for row in evidence],
            "Comparison": [formats.number(row.comparison_incidents) for row in evidence],
            "Ratio to the rest": [formats.ratio(row.rirr) for row in evidence],
            "95% interval": [formats.interval(row.rirr_low, row.rirr_high) for row in evidence],
            "Similar places that changed as much": [_rank(row) for row in evidence],
            "Smallest fall that could be told": [_tellable(row) for row in evidence],
        }
    ).set_index(["Location", "Crime type"])
    wanting = [row.reason for row in evidence if not row.verdict]
    return Table(
        title="Does the change stand out from ordinary variation?",
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}; each area against "
        f"{rests_line(evidence)}, and against places of the force with a like number of incidents. {SOURCE}",
        shown=shown,
        data=to_frame(evidence),
        notes=(
            *dict.fromkeys(_months_note(row) for row in evidence),
            "A ratio of 0.5 says that the count came to half of what it would have been had it moved as the rest did. A change "
            "stands out when the interval leaves out 1 and at most one in ten similar places (outside the treated areas) changed "
            "as much. “None” in the last column: not even a fall to 0 could have been told from ordinary variation.",
            "“As much” counts the percent change. Where a change stands out because the area moved against the rest, or less than "
            "it, the change relative to the rest is counted instead. An area of several units is set against sets of as many "
            "neighbouring units, which overlap: the units behind them are the true size of the evidence.",
            *dict.fromkeys(reason for reason in wanting if reason),
        ),
    )


def rest_percent(row: Evidence, show_small: bool) -> str:
    """Return the comparator's change in per cent; "hidden" on a base under 50, as the area's own would be."""
    small = row.rest_baseline_incidents < SMALL_BASE and pd.notna(row.rest_percent_change)
    return HIDDEN if small and not show_small else formats.percent(row.rest_percent_change)


def small_percentages(evidence: Sequence[Evidence], *, own: bool = True) -> int:
    """Return how many percentages rest on a base under 50: the areas' (unless not ``own``) and the comparator's."""
    rest = sum(
        row.rest_baseline_incidents < SMALL_BASE and pd.notna(row.rest_percent_change) for row in evidence
    )
    mine = sum(row.small_base and pd.notna(row.percent_change) for row in evidence)
    return int(rest + (mine if own else 0))


def rests_line(evidence: Sequence[Evidence]) -> str:
    """Return what the areas are held against: ``the rest of Stockton-on-Tees``."""
    names = dict.fromkeys(row.rest for row in evidence if row.rest)
    return " / ".join(f"the {name[:1].lower()}{name[1:]}" for name in names) or "the rest of its district"


def months_line(evidence: Sequence[Evidence]) -> str:
    """Return ``11 months on each side`` or ``11 months against 12``; each once where the rows differ."""
    return ", ".join(dict.fromkeys(_sides(row) for row in evidence))


def _unlike_the_heading(evidence: Sequence[Evidence], baseline: Period, comparison: Period) -> str:
    """Return the months compared where they are not all of the two periods, so that no count is read as a year's."""
    whole = all(
        row.baseline_months == len(baseline) and row.comparison_months == len(comparison) for row in evidence
    )
    return "" if whole else f" ({months_line(evidence)})"


def _reasons(rows: Iterable[Evidence]) -> list[str]:
    """Return each reason once, with the rows that it holds for where it does not hold for all."""
    named: dict[str, list[str]] = {}
    for row in rows:
        # what the months compared say already is not said again
        if row.reason and row.reason != f"{row.months_note}.":
            named.setdefault(row.reason, []).append(f"{row.area}, {row.crime_type}")
    notes = []
    for reason, places in named.items():
        more = len(places) - MOST_NAMED
        who = "; ".join(places[:MOST_NAMED]) + (f"; and {formats.number(more)} more" if more > 0 else "")
        notes.append(f"No percentage: {reason} ({who}.)")
    return notes


def _short(period: Period) -> str:
    return f"{period.first.strftime('%b %y')} – {period.last.strftime('%b %y')}"


def _percent(row: Evidence, show_small: bool) -> str:
    if row.small_base and row.percent_change == row.percent_change and not show_small:
        return HIDDEN
    return formats.percent(row.percent_change)


def _rank(row: Evidence) -> str:
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


def _tellable(row: Evidence) -> str:
    if row.smallest_tellable_fall == row.smallest_tellable_fall:
        return formats.share(row.smallest_tellable_fall)
    # not missing but an answer: with this phi the interval takes in 1 whatever is recorded
    return "none" if row.phi == row.phi and row.baseline_incidents > 0 else formats.MISSING


def _months_note(row: Evidence) -> str:
    return f"Compared: {_sides(row)}{'. ' + row.months_note + '.' if row.months_note else '.'}"


def _sides(row: Evidence) -> str:
    if row.baseline_months == row.comparison_months:
        return f"{formats.number(row.months_compared)} months on each side"
    return f"{formats.number(row.baseline_months)} months against {formats.number(row.comparison_months)}"
