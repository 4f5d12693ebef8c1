"""How much harm do the recorded crimes stand for? Cambridge Crime Harm Index days, as a range.

*Formula in words.* The index gives each offence the days in prison that the sentencing guideline starts
from for a first offender. A police.uk crime type mixes offences, and its mixture is not in the data, so a
type has a range: the smallest and the largest of the typical days (median and mean over the offences of a
subgroup) of the subgroups inside it. Incidents times the low end and times the high end are the harm's
range; a total adds low ends and high ends. Anti-social behaviour is no offence of the index: it has no
days, and is counted apart, not as zero harm.

*Null.* None: this is a weighting, not a test.

*When not to trust it.* The range is as wide as the ignorance of the mixture: violence spans 10 days (a
common assault) to 5,475 (a homicide), so one rare offence outweighs all the rest, and a change of the range
is a change of counts alone. Recorded crime is not all crime. Burglary and robbery say more, having one
weight or nearly so.

*Reference.* Sherman, Neyroud & Neyroud 2016, Policing: A Journal of Policy and Practice 10:171; weights of
the 2026 edition, copied by hand at second hand (see the table's source).

*Worked number.* 12 robberies are 4,380 days whichever way; 117 of violence are 1,170 to 640,575 days.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.errors import AnalysisError, ContractError
from analysis.model.harm_weights import check_weights
from analysis.model.vocabulary import PANEL_TYPES


@dataclass(frozen=True)
class Harm:
    """The harm of counts by crime type, in days of the index.

    ``table``: crime_type, incidents, days_each_low, days_each_high, days_low, days_high, subgroups (how
    many stand behind the range; 0 for a type without weight, whose days are NaN); in the vocabulary's
    order, one row a type asked about. ``low`` and ``high`` add up the types that have a weight and are
    published. ``without_weight`` and ``not_published`` name the types left out of the total,
    ``incidents_without_weight`` counts the former's.
    """

    table: pd.DataFrame
    low: float
    high: float
    without_weight: tuple[str, ...]
    incidents_without_weight: float
    not_published: tuple[str, ...]
    edition: str
    source: str


def days_each(weights: pd.DataFrame) -> pd.DataFrame:
    """Return the range of days of one incident by crime type: days_each_low, days_each_high, subgroups."""
    typical = weights.assign(
        low=weights[["median_days", "mean_days"]].min(axis=1),
        high=weights[["median_days", "mean_days"]].max(axis=1),
    )
    return typical.groupby("crime_type").agg(
        days_each_low=("low", "min"),
        days_each_high=("high", "max"),
        subgroups=("offence_subgroup", "nunique"),
    )


def harm(incidents: pd.Series, weights: pd.DataFrame) -> Harm:
    """Return the harm of incidents by crime type (index: crime types as police.uk spells them; NaN is a gap).

    Raises ContractError for weights that break their contract or a crime type that does not exist, and
    AnalysisError when no type asked about has a weight and is published.
    """
    check_weights(weights)
    strange = [name for name in incidents.index if name not in PANEL_TYPES]
    if strange or incidents.index.has_duplicates:
        named = ", ".join(map(str, strange)) or "a type twice"
        raise ContractError(f"Counts by crime type were expected, each once; found {named}.")
    ordered = incidents.reindex([name for name in PANEL_TYPES if name in incidents.index]).astype(float)
    table = pd.DataFrame({"crime_type": ordered.index, "incidents": ordered.to_numpy()})
    table = table.merge(days_each(weights), how="left", on="crime_type")
    table["subgroups"] = table["subgroups"].fillna(0).astype(int)
    table["days_low"] = table["incidents"] * table["days_each_low"]
    table["days_high"] = table["incidents"] * table["days_each_high"]
    weightless, gap = table["subgroups"] == 0, table["incidents"].isna()
    counted = table[~weightless & ~gap]
    if counted.empty:
        raise AnalysisError(
            "None of the chosen crime types has a weight in the harm index and is published. "
            "Anti-social behaviour has none. Choose a crime type."
        )
    columns = [
        "crime_type",
        "incidents",
        "days_each_low",
        "days_each_high",
        "days_low",
        "days_high",
        "subgroups",
    ]
    return Harm(
        table[columns],
        float(counted["days_low"].sum()),
        float(counted["days_high"].sum()),
        tuple(table.loc[weightless, "crime_type"]),
        float(table.loc[weightless, "incidents"].sum()),
        tuple(table.loc[gap & ~weightless, "crime_type"]),
        str(weights["edition"].iloc[0]),
        str(weights["source"].iloc[0]),
    )
