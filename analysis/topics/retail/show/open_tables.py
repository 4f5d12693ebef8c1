"""Retail crime from open data, as tables: repeat approximate points, which are never shops, and last outcomes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.drawing.evidence.evidence_tables import periods_line
from analysis.drawing.figure import SOURCE, Table
from analysis.drawing.long_tables import ROWS_SHOWN, more_note
from analysis.model import formats
from analysis.model.locations import NO_LSOA
from analysis.model.periods import Period
from analysis.topics.retail.measure.repeat_points import Outcomes, RepeatPoints, point_label


def points_table(repeat: RepeatPoints, places: Mapping[tuple[float, float], str], period: Period) -> Table:
    """Return the repeat approximate points of open data, each by its label with the LSOA that it lies in.

    ``places`` names the LSOA of a coordinate. A point is an anonymised snap point: never a shop, and neither the
    table nor its file has a name without the words that say so (`analysis.topics.retail.measure.repeat_points.point_label`).
    """
    table = repeat.table.copy()
    lsoas = [places.get((x, y), NO_LSOA) for x, y in zip(table["longitude"], table["latitude"], strict=True)]
    table.insert(1, "lsoa", lsoas)
    table["approximate_point"] = [
        point_label(name, lsoa) for name, lsoa in zip(table["approximate_point"], lsoas, strict=True)
    ]
    head = table.head(ROWS_SHOWN)
    shown = pd.DataFrame(
        {
            "Where": [formats.capital(label) for label in head["approximate_point"]],
            "Recorded shoplifting": [formats.number(v) for v in head["incidents"]],
        },
        index=pd.Index([formats.number(rank) for rank in range(1, len(head) + 1)], name="Rank"),
    )
    notes = [
        "An approximate point is a map point to which police.uk moves what was recorded round about. It stands for many addresses: "
        "police.uk chose each so that its catchment has eight or more postal addresses, or none at all. “Near a petrol "
        "station” or “near a supermarket” does not mean that station or shop. police.uk’s files cannot tell at which shop anything was.",
        *more_note(repeat.table, "points"),
    ]
    if repeat.without_point:
        notes.append(f"{formats.number(repeat.without_point)} recorded incidents have no point at all.")
    return Table(
        title=f"{formats.number(len(repeat.table))} approximate points have {formats.number(repeat.threshold)} or more recorded, "
        f"{formats.share(repeat.share)} of all that have a point",
        subtitle=f"Recorded shoplifting by approximate point, whole force, {period.label}; never a shop. {SOURCE}",
        shown=shown,
        data=table,
        notes=tuple(notes),
    )


def outcomes_table(last: Outcomes, baseline: Period, comparison: Period) -> Table:
    """Return the last outcomes of shoplifting: both periods where they may be compared, else the later alone.

    Where they may not, the title says so and the first note says why.
    """
    table = last.table.assign(outcome=[name or "No outcome given" for name in last.table["outcome"]])
    columns = {
        comparison.label: [formats.number(v) for v in table["comparison"]],
        "Share": [formats.share(v) for v in table["comparison_share"]],
    }
    if last.comparable:
        columns = {
            baseline.label: [formats.number(v) for v in table["baseline"]],
            "Share before": [formats.share(v) for v in table["baseline_share"]],
        } | columns
    else:
        given = table["comparison"] > 0
        table = table.loc[given]
        columns = {
            name: [v for v, keep in zip(values, given, strict=True) if keep]
            for name, values in columns.items()
        }
    periods = periods_line(baseline, comparison) if last.comparable else comparison.label
    return Table(
        title="What came of recorded shoplifting"
        if last.comparable
        else "The outcomes of the two periods cannot be compared",
        subtitle=f"Last outcome when the release was made, whole force, {periods}. {SOURCE}",
        shown=pd.DataFrame(columns, index=pd.Index(list(table["outcome"]), name="Last outcome")),
        data=table if last.comparable else table[["outcome", "comparison", "comparison_share"]],
        notes=(
            *((last.reason,) if last.reason else ()),
            "An outcome takes months to come about: the last months always look less settled.",
        ),
    )
