"""Recorded incidents by district over all forces held: what a map of the country opens on.

Counts are averages over the months that a force published, since forces miss different months. They are counts and no
rates: a district with more people has more of everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.model.errors import AnalysisError
from analysis.model.ground import Crosswalk
from analysis.model.periods import Period

COLUMNS = ("district_name", "force", "incidents", "months", "a_month", "unpublished")


def district_counts(
    counts: pd.DataFrame,
    crosswalk: Crosswalk,
    *,
    crime_types: Sequence[str],
    months: Mapping[str, int],
    period: Period,
) -> pd.DataFrame:
    """Return one row a district and force (`COLUMNS`), sorted by district; a district counts under the force with most.

    ``counts`` has force, lsoa_code, crime_type and incidents of these crime types in the period; ``months`` says how many
    months of the period each force holds. ``a_month`` is incidents over those months. ``unpublished`` names the types of
    which a force has none at all in the period ("" where none): its districts are then not comparable. LSOAs that the
    crosswalk does not name are left out. Raises AnalysisError where no force holds a month of the period.
    """
    held = {force: number for force, number in months.items() if number}
    if not held:
        raise AnalysisError(f"No force held has a month of {period.label}. Choose months that are held.")
    district_of = dict(zip(crosswalk.table["ground_code"], crosswalk.table["district_name"], strict=True))
    located = counts.loc[counts["force"].isin(list(held)) & counts["lsoa_code"].notna()]
    ground = located["lsoa_code"].astype("str").map(crosswalk.ground_of)
    named = located.assign(district_name=ground.map(district_of))
    sums = named.groupby(["district_name", "force"])["incidents"].sum().reset_index()
    # a point snapped over a border puts a few incidents of one force into another's district
    sums = sums.sort_values(["district_name", "incidents", "force"], ascending=[True, False, True])
    table = sums.drop_duplicates("district_name").reset_index(drop=True)
    there = set(zip(counts["force"], counts["crime_type"].astype("str"), strict=True))
    missing = {force: ", ".join(each for each in crime_types if (force, each) not in there) for force in held}
    table["months"] = table["force"].map(held)
    table["a_month"] = table["incidents"] / table["months"]
    table["unpublished"] = table["force"].map(missing)
    return table[list(COLUMNS)]
