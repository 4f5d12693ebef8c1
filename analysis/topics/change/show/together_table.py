"""Several areas taken as one, and the disorder index, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line
from analysis.drawing.evidence.sentences import share_of_places
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.english import listed, lower_first
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.vocabulary import TOLD
from analysis.topics.change.measure.taken_together import TakenTogether

CHOSEN_AFTER = "This index was fixed in November 2026, after these years: it was chosen after them, and is no test stated beforehand."
INDEX_IS = "The disorder index adds up anti-social behaviour, criminal damage and arson, and public order."


def together_table(rows: Sequence[TakenTogether], baseline: Period, comparison: Period, after: bool) -> Table:
    """Return the chosen areas taken together, each crime type, the index first; empty, with the reason, for one area.

    ``after`` says that the index was fixed after these months.
    """
    told = [row for row in rows if row.verdict in TOLD]
    shown = pd.DataFrame(
        {
            "Crime type": [row.crime_type for row in rows],
            "Verdict": [row.verdict for row in rows],
            "Areas": [formats.number(len(row.areas)) for row in rows],
            "Baseline": [formats.number(row.baseline) for row in rows],
            "Comparison": [formats.number(row.comparison) for row in rows],
            "Similar groups that moved as far": [
                share_of_places(row.found.as_far, row.found.groups) if row.found else formats.MISSING
                for row in rows
            ],
            "p": [formats.number(row.found.p, 3) if row.found else formats.MISSING for row in rows],
        }
    ).set_index("Crime type")
    reasons = dict.fromkeys(f"{row.crime_type}: {row.reason}" for row in rows if row.reason)
    names = listed(dict.fromkeys(name for row in rows for name in row.areas))
    return Table(
        title=_title(rows, told),
        subtitle=f"{names or 'The areas'} as one, against untreated groups of as many places of the same sizes. "
        f"{periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=pd.DataFrame(
            [
                (
                    row.crime_type,
                    len(row.areas),
                    row.baseline,
                    row.comparison,
                    row.verdict,
                    row.reason,
                    *(
                        (row.found.mean_z, row.found.p, row.found.as_far, row.found.groups)
                        if row.found
                        else (None,) * 4
                    ),
                )
                for row in rows
            ],
            columns=[
                "crime_type",
                "areas",
                "baseline_incidents",
                "comparison_incidents",
                "verdict",
                "reason",
                "mean_z",
                "p",
                "as_far",
                "groups",
            ],
        ),
        notes=(
            *((INDEX_IS, *((CHOSEN_AFTER,) if after else ())) if rows else ()),
            "Told are areas whose mean distance from what was expected is matched by at most one in twenty of such groups. "
            "How often that errs and what it tells stands under About / Methods.",
            *reasons,
        )
        if rows
        else (),
    )


def index_table(
    rows: Sequence[Evidence], baseline: Period, comparison: Period, after: bool, *, show_small: bool = False
) -> Table:
    """Return the evidence on the disorder index, one row an area."""
    table = evidence_table(rows, baseline, comparison, show_small=show_small)
    notes = (INDEX_IS, *((CHOSEN_AFTER,) if after else ()), *table.notes)
    told = [row for row in rows if row.verdict in TOLD]
    said = listed(f"{row.area} {row.verdict}" for row in told)
    title = (
        f"Disorder as one index: {said}"
        if told
        else "Disorder as one index: no area is told from similar places"
    )
    return Table(title, table.subtitle, table.shown, table.data, notes)


def _title(rows: Sequence[TakenTogether], told: Sequence[TakenTogether]) -> str:
    if not rows:
        return "One area is chosen, so none is taken together"
    if not told:
        return "Taken together, no change can be told from what similar groups of places did"
    by_verdict: dict[str, list[str]] = {}
    for row in told:
        by_verdict.setdefault(row.verdict, []).append(lower_first(row.crime_type))
    return "Taken together, " + listed(f"{listed(types)} {verdict}" for verdict, types in by_verdict.items())
