"""The table of the Perceptions page: places of the survey, "felt unsafe, lower half of incidents" first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.disclosure import is_small
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.perceptions.measure.perception import FEWEST_RESPONDENTS, QUADRANTS, Perceptions


def safe(found: Perceptions) -> Perceptions:
    """Return the places without the share and interval where 1 to 4 respondents felt unsafe.

    Their quadrant stays. ``felt_unsafe`` is missing there, so that neither chart nor file can give it away.
    """
    small = is_small(found.table["felt_unsafe"])
    columns = ["felt_unsafe", "share", "share_low", "share_high"]
    table = found.table.assign(small=small)
    table[columns] = table[columns].mask(small)
    return replace(found, table=table)


def perception_table(found: Perceptions, what: str, source: str) -> Table:
    """Return the places of `safe`, by quadrant; those with fewer than ten respondents by name alone."""
    table = found.table
    few = f"fewer than {formats.number(FEWEST_RESPONDENTS)}"
    small = f"fewer than {formats.number(SMALL_COUNT)}"
    first = int((table["quadrant"] == QUADRANTS[0]).sum())
    shown = pd.DataFrame(
        {
            "Quadrant": [
                row.quadrant or ("hidden" if row.hidden else "not known") for row in table.itertuples()
            ],
            "Place": list(table["place"]),
            "Respondents": [
                few if row.hidden else formats.number(row.respondents) for row in table.itertuples()
            ],
            "Felt unsafe": [
                "hidden" if row.hidden else small if row.small else formats.number(row.felt_unsafe)
                for row in table.itertuples()
            ],
            "Share": [formats.share(v) for v in table["share"]],
            "95% interval": [
                f"{formats.share(row.share_low)} to {formats.share(row.share_high)}"
                if pd.notna(row.share_low)
                else formats.MISSING
                for row in table.itertuples()
            ],
            "Recorded": [
                "hidden" if row.hidden else formats.number(row.incidents) for row in table.itertuples()
            ],
        }
    ).set_index(["Quadrant", "Place"])
    notes = []
    if found.hidden:
        notes.append(
            f"Hidden: {formats.number(found.hidden)} place{'s' * (found.hidden != 1)} with {few} respondents, where one person more or "
            "less would move the share by 10 points and more."
        )
    unknown = int((table["incidents"].isna() & ~table["hidden"]).sum())
    if unknown:
        notes.append(
            f"The ground of {formats.number(unknown)} place{'s' * (unknown != 1)} is not known here, so no incidents stand beside the "
            "answers: give an LSOA, or a point and the outlines of the LSOAs."
        )
    notes.append(
        "Recorded incidents are those of the whole LSOA, which is more ground than the place that was asked about."
    )
    return Table(
        title=f"{formats.number(first)} of {formats.number(len(table))} places felt unsafe, with recorded "
        "incidents in the lower half",
        subtitle=f"Respondents who felt unsafe, and {what}; cut at the medians of the places shown. {source} {SOURCE}",
        shown=shown,
        data=table,
        notes=tuple(notes),
    )
