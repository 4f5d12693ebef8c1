"""Shoplifting recorded by place: town centres, districts and the whole force, with change and verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.drawing.evidence.direction import FAR_PERCENT, SAME_PERCENT, TOO_FEW_TO_TELL, way_of
from analysis.drawing.evidence.evidence_tables import HIDDEN, periods_line, rest_percent, small_percentages
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.evidence import Evidence, to_frame
from analysis.model.periods import Period
from analysis.model.small_base import without_small
from analysis.model.vocabulary import SMALL_BASE


def shoplifting_table(
    evidence: Sequence[Evidence], baseline: Period, comparison: Period, *, show_small: bool
) -> Table:
    """Return counts, change, the comparator's change and the verdict, one row a place.

    ``evidence`` has one row a place in the order shown: area, kind (of area), counts, percents, small_base, verdict, reason and
    months_note. The title is that of
    the districts where there are any.
    """
    districts = [row for row in evidence if row.kind == "district"]
    finding = shoplifting_title(districts or evidence)
    title = f"By district, {finding[:1].lower()}{finding[1:]}" if districts else finding
    shown = pd.DataFrame(
        {
            "Baseline": [formats.number(row.baseline_incidents) for row in evidence],
            "Comparison": [formats.number(row.comparison_incidents) for row in evidence],
            "Difference": [formats.signed(row.change) for row in evidence],
            "%": [
                HIDDEN
                if row.small_base and pd.notna(row.percent_change) and not show_small
                else formats.percent(row.percent_change)
                for row in evidence
            ],
            "% comparator": [rest_percent(row, show_small) for row in evidence],
            "Verdict": [row.verdict or "not given" for row in evidence],
        },
        index=pd.Index([row.area for row in evidence], name="Place"),
    )
    notes = [f"Compared: {note}." for note in dict.fromkeys(row.months_note for row in evidence) if note]
    notes.append(
        "The comparator of a town centre is the rest of its district without the patrolled ground. That of a district is the other "
        "districts of the force without it. The whole force has none."
    )
    small = 0 if show_small else small_percentages(evidence)
    if small:
        notes.append(
            f"{formats.number(small)} percentages on a base under 50 are hidden: a handful would move them far."
        )
    if districts:
        notes.append(
            "No verdict is given on a district or on the force: there are too few districts to know how one varies by itself."
        )
    if any(row.comparison_incidents != row.baseline_incidents for row in evidence):
        notes.append(
            "“About the same” is said of a change that is no larger than chance alone readily makes of such counts. It is "
            f"under {formats.number(SAME_PERCENT)}% too, or under {formats.number(FAR_PERCENT)}% on a base under {SMALL_BASE}. On such a "
            "base a larger one that chance readily makes is too few to tell. “Rose” and “fell” are not verdicts."
        )
    missing = [row.reason for row in evidence if not row.verdict and row.kind not in ("district", "force")]
    notes += [reason for reason in dict.fromkeys(missing) if reason]
    return Table(
        title=title,
        subtitle=f"Recorded shoplifting, {periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=without_small(to_frame(evidence), show_small=show_small),
        notes=tuple(notes),
    )


_WAYS = {
    "rose": "rose",
    "fell": "fell",
    "about the same": "was about the same",
    TOO_FEW_TO_TELL: "moved by too few to tell from chance",
    "not known": "cannot be compared",
}


def shoplifting_title(evidence: Sequence[Evidence]) -> str:
    """Return where recorded shoplifting rose, fell or was about the same (`analysis.drawing.evidence.direction`).

    One plain sentence without a verdict. Places whose months cannot be compared are named as such.
    """
    places = [row.area for row in evidence]
    ways = [way_of(row) for row in evidence]
    parts = [
        f"{words} in {_listed(names)}"
        for word, words in _WAYS.items()
        if (names := [name for name, way in zip(places, ways, strict=True) if way == word])
    ]
    return f"Recorded shoplifting {'; it '.join(parts)}" if parts else "Recorded shoplifting by place"


def _listed(names: Iterable[str]) -> str:
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last
