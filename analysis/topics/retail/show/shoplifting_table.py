"""Shoplifting recorded by place: town centres, districts and the whole force, with change and verdict."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.drawing.evidence.direction import SAME_PERCENT, direction_of
from analysis.drawing.evidence.evidence_tables import HIDDEN, periods_line, rest_percent, small_percentages
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.periods import Period


def shoplifting_table(
    evidence: pd.DataFrame, baseline: Period, comparison: Period, *, show_small: bool
) -> Table:
    """Return counts, change, the comparator's change and the verdict, one row a place.

    ``evidence`` has one row a place in the order shown: area, kind (of area), counts, percents, small_base, verdict, reason and
    months_note. The title is that of
    the districts where there are any.
    """
    districts = evidence.loc[evidence["kind"] == "district"]
    found = shoplifting_title(districts if len(districts) else evidence)
    title = f"By district, {found[:1].lower()}{found[1:]}" if len(districts) else found
    hidden = evidence["small_base"] & evidence["percent_change"].notna() & (not show_small)
    shown = pd.DataFrame(
        {
            "Baseline": [formats.number(v) for v in evidence["baseline_incidents"]],
            "Comparison": [formats.number(v) for v in evidence["comparison_incidents"]],
            "Difference": [formats.signed(v) for v in evidence["change"]],
            "%": [
                HIDDEN if hide else formats.percent(v)
                for hide, v in zip(hidden, evidence["percent_change"], strict=True)
            ],
            "% comparator": [rest_percent(row, show_small) for row in evidence.itertuples()],
            "Verdict": [verdict or "not given" for verdict in evidence["verdict"]],
        },
        index=pd.Index(list(evidence["area"]), name="Place"),
    )
    notes = [f"Compared: {note}." for note in dict.fromkeys(evidence["months_note"]) if note]
    notes.append(
        "The comparator of a town centre is the rest of its district without the patrolled ground; that of a district, the other "
        "districts of the force without it. The whole force has none."
    )
    small = 0 if show_small else small_percentages(evidence)
    if small:
        notes.append(
            f"{formats.number(small)} percentages on a base under 50 are hidden: a handful would move them far."
        )
    if len(districts):
        notes.append(
            "No verdict is given on a district or on the force: there are too few districts to know how one varies by itself."
        )
    if (evidence["comparison_incidents"] != evidence["baseline_incidents"]).any():
        notes.append(
            "“About the same” is said of a change that is no larger than chance alone readily makes of such counts, and under "
            f"{formats.number(SAME_PERCENT)}%. “Rose” and “fell” are not verdicts."
        )
    missing = evidence.loc[
        (evidence["verdict"] == "") & ~evidence["kind"].isin(["district", "force"]), "reason"
    ]
    notes += [reason for reason in dict.fromkeys(missing) if reason]
    return Table(
        title=title,
        subtitle=f"Recorded shoplifting, {periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=evidence,
        notes=tuple(notes),
    )


_WAYS = {
    "rose": "rose",
    "fell": "fell",
    "about the same": "was about the same",
    "not known": "cannot be compared",
}


def shoplifting_title(evidence: pd.DataFrame) -> str:
    """Return where recorded shoplifting rose, fell or was about the same (`analysis.drawing.evidence.direction`).

    One plain sentence without a verdict. Places whose months cannot be compared are named as such.
    """
    ways = [direction_of(row) for row in evidence.to_dict("records")]
    parts = [
        f"{words} in {_listed(names)}"
        for word, words in _WAYS.items()
        if (names := [name for name, way in zip(evidence["area"], ways, strict=True) if way == word])
    ]
    return f"Recorded shoplifting {'; it '.join(parts)}" if parts else "Recorded shoplifting by place"


def _listed(names: Iterable[str]) -> str:
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last
