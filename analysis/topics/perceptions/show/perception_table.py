"""The table of the Perceptions page: places of the survey, "felt unsafe, lower half of incidents" first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.disclosure import is_small
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.perceptions.measure import FEWEST_RESPONDENTS, QUADRANTS, Perceptions, in_quadrants


def safe(places: Perceptions) -> Perceptions:
    """Return the places without the share and interval where 1 to 4 respondents felt unsafe, or 1 to 4 did not.

    The medians are those of the other places, or they could be such a share. Its quadrant stays where it would be the
    same for 1 as for 4 of them. ``felt_unsafe`` is missing there, so that neither chart nor file can give it away; nor
    does the order.
    """
    table = places.table.copy()
    felt, others = table["felt_unsafe"], table["respondents"] - table["felt_unsafe"]
    small = is_small(felt) | is_small(others)
    most, of = SMALL_COUNT - 1, table["respondents"]
    lowest = table["share"].mask(is_small(felt), 1 / of).mask(is_small(others), (of - most) / of)
    highest = table["share"].mask(is_small(felt), most / of).mask(is_small(others), (of - 1) / of)
    columns = ["felt_unsafe", "share", "share_low", "share_high"]
    table[columns] = table[columns].mask(small)
    told = in_quadrants(table, lowest, highest)
    few = set(table.loc[small, "place"])
    return replace(told, table=told.table.assign(small=told.table["place"].isin(few)))


def perception_table(places: Perceptions, what: str, source: str) -> Table:
    """Return the places of `safe`, by quadrant; those with fewer than ten respondents by name alone."""
    table = places.table
    few = f"fewer than {formats.number(FEWEST_RESPONDENTS)}"
    first = int((table["quadrant"] == QUADRANTS[0]).sum())
    shown = pd.DataFrame(
        {
            "Quadrant": [
                row.quadrant or ("hidden" if row.hidden or row.small else "not known")
                for row in table.itertuples()
            ],
            "Place": list(table["place"]),
            "Respondents": [
                few if row.hidden else formats.number(row.respondents) for row in table.itertuples()
            ],
            "Felt unsafe": [
                "hidden" if row.hidden or row.small else formats.number(row.felt_unsafe)
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
    if places.hidden:
        notes.append(
            f"Hidden: {formats.number(places.hidden)} place{'s' * (places.hidden != 1)} with {few} respondents, where one person more or "
            "less would move the share by 10 points and more."
        )
    small = int(table["small"].sum())
    if small:
        notes.append(
            f"Felt unsafe is hidden for {formats.number(small)} place{'s' * (small != 1)} where fewer than {formats.number(SMALL_COUNT)} "
            "respondents felt unsafe, or fewer did not; such a place is in no median."
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
