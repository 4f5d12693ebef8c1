"""Results into tables as text: the rows and headings a reader sees, each number formatted by `analysis.model.formats`.

Zero, missing and hidden are three things here: a zero is ``0``, what is not known is an en dash, and a
percentage on a small base is the word ``hidden``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.drawing.evidence.differences import where_they_differ
from analysis.drawing.evidence.sentences import ordinary, rank_share
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.english import agree, counted, listed
from analysis.model.evidence import Evidence, to_frame
from analysis.model.periods import Period
from analysis.model.small_base import without_small
from analysis.model.vocabulary import JUDGED, SLIDE_SPELLING, SMALL_BASE, TOLD

HIDDEN = "hidden"

MOST_NAMED = 6
"""Rows named beside a reason that many share; the rest are counted."""


def periods_line(baseline: Period, comparison: Period) -> str:
    """Return ``Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023``: the later first, as everywhere."""
    return f"{comparison.label} against {baseline.label}"


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
        f"The rest of {district} is the district without the ground under review. It stands beside; verdicts rest on similar places. "
        f"All {district} contains it."
    )
    notes += _reasons(row for row in evidence if pd.isna(row.percent_change))
    return Table(
        title=f"Outcomes: recorded incidents {_where(evidence)}",
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}; "
        f"{', '.join(dict.fromkeys(row.area for row in evidence))}. {SOURCE}",
        shown=shown,
        data=without_small(to_frame(evidence), show_small=show_small),
        notes=tuple(note for note in notes if note),
    )


def evidence_table(
    evidence: Sequence[Evidence], baseline: Period, comparison: Period, *, show_small: bool = False
) -> Table:
    """Return what stands behind each row's verdict, and the plain rule beside it as second opinion.

    The last column says where the two differ and why. The numbers have no percentage on a base under 50 unless ``show_small``.
    """
    shown = pd.DataFrame(
        {
            "Location": [row.area for row in evidence],
            "Crime type": [row.crime_type for row in evidence],
            "Verdict": [row.verdict or "not given" for row in evidence],
            "Baseline": [formats.number(row.baseline_incidents) for row in evidence],
            "Comparison": [formats.number(row.comparison_incidents) for row in evidence],
            "Expected": [formats.number(row.expected) for row in evidence],
            "Ordinary": [_ordinary(row) for row in evidence],
            "Similar places that moved as far": [_rank(row) for row in evidence],
            "Told as a fall from": [_tellable(row) for row in evidence],
            "Earlier months seen": [
                formats.number(row.history_months) if row.yardstick else formats.MISSING for row in evidence
            ],
            "Plain rule": [row.plain_verdict or "not given" for row in evidence],
            "Ratio to the rest": [formats.ratio(row.rirr) for row in evidence],
            "95% interval": [formats.interval(row.rirr_low, row.rirr_high) for row in evidence],
            "Where the two differ": [where_they_differ(row) for row in evidence],
        }
    ).set_index(["Location", "Crime type"])
    wanting = [row.reason for row in evidence if not row.verdict]
    return Table(
        title=told_title(
            sum(row.verdict in JUDGED for row in evidence), sum(row.verdict in TOLD for row in evidence)
        ),
        subtitle=f"{periods_line(baseline, comparison)}{_unlike_the_heading(evidence, baseline, comparison)}. Each area is held against "
        f"{_yardsticks(evidence)}, allowing for size. {SOURCE}",
        shown=shown,
        data=without_small(to_frame(evidence), show_small=show_small),
        notes=(
            *dict.fromkeys(_months_note(row) for row in evidence),
            *dict.fromkeys(row.history_note for row in evidence if row.history_note and row.yardstick),
            "Expected is the count that similar places’ change leads to. It allows for the force’s course, a return to an ordinary "
            "year, and how much a place of this size varies. Between the two ordinary counts nothing is told; either way, one place in "
            "twenty is told by chance. “As far” is measured from what was expected of each place.",
            f"The plain rule, a second opinion, holds each area against {rests_line(evidence)}. A ratio of 0.5 says that the count "
            "came to half of what it would have been had it moved as the rest did. It sees no earlier months and allows for "
            "less: after a bad year it tells falls that are a return to the ordinary.",
            *dict.fromkeys(reason for reason in wanting if reason),
        ),
    )


def told_title(judged: int, told: int) -> str:
    """Return how many of the changes judged are told from what similar places did."""
    if not judged:
        return "No change could be judged against similar places"
    if not told:
        return f"Of {counted(judged, 'change')} judged, none is told from what similar places did"
    return (
        f"{formats.number(told)} of {counted(judged, 'change')} judged {agree(told, 'is', 'are')} told from what similar places "
        "did"
    )


AREA_OF = " in the area of "
"""What the end of a yardstick's name begins with: whose ground, and where on it."""


def _yardsticks(evidence: Sequence[Evidence]) -> str:
    names = list(dict.fromkeys(row.yardstick for row in evidence if row.yardstick))
    # what two yardsticks have in common is said once, at the end
    common = AREA_OF + names[-1].partition(AREA_OF)[2] if names else ""
    if common != AREA_OF and all(name.endswith(common) for name in names):
        names = [name.removesuffix(common) for name in names[:-1]] + names[-1:]
    return listed(names) or "similar places"


def _ordinary(row: Evidence) -> str:
    low, high = ordinary(row)
    if low == formats.MISSING:
        return low
    return f"{low} or more" if high == formats.MISSING else f"{low} to {high}"


def _where(evidence: Sequence[Evidence]) -> str:
    kinds = {row.kind for row in evidence}
    return "in the town-centre LSOAs" if kinds == {"town centre"} else "in the areas chosen"


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


def compared_line(evidence: Sequence[Evidence]) -> str:
    """Return which months are compared, and which are left out, in one line; each once where the rows differ."""
    notes = dict.fromkeys(row.months_note for row in evidence if row.months_note)
    return ". ".join([months_line(evidence), *notes]) + "."


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
    if row.verdict not in JUDGED:
        return formats.MISSING
    return f"{rank_share(row)} ({'up' if row.z > 0 else 'down'})"


def _tellable(row: Evidence) -> str:
    if row.verdict not in JUDGED:
        return formats.MISSING
    # not missing but an answer: with this much variation not even none would be told
    return f"{formats.number(row.told_at_most)} or fewer" if pd.notna(row.told_at_most) else "none"


def _months_note(row: Evidence) -> str:
    return f"Compared: {_sides(row)}{'. ' + row.months_note + '.' if row.months_note else '.'}"


def _sides(row: Evidence) -> str:
    if row.baseline_months == row.comparison_months:
        return f"{formats.number(row.months_compared)} months on each side"
    return f"{formats.number(row.comparison_months)} months against {formats.number(row.baseline_months)}"
