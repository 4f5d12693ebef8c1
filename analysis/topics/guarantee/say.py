"""What is said of the quarters: a sentence a place, and what the figures do not show."""

from __future__ import annotations

import pandas as pd

from analysis.model import formats
from analysis.model.english import is_are, listed
from analysis.model.errors import AnalysisError
from analysis.model.periods import month_label
from analysis.topics.guarantee.case import COUNTED
from analysis.topics.guarantee.measure import (
    ALL,
    NOT_PUBLISHED,
    SETTLED,
    SETTLED_AFTER,
    TownCentreQuarters,
)

SCOPE = (
    "For safer town centres the Guarantee counts shop theft, theft from the person, robbery of business and personal property, and "
    "assaults on retail workers. Police.uk’s robbery is business and personal together. Assaults on retail workers "
    "are not in open data, so nothing here counts them."
)

POSITIVE_MEANS = (
    "A positive outcome here is a charge or summons, a caution, a penalty notice, a community resolution or a drugs warning. "
    "A charge counts whatever a court made of it. "
    "The framework does not say which outcomes count, so the list is ours: see About / Methods."
)


def leads(counts: TownCentreQuarters) -> tuple[tuple[str, str], ...]:
    """Return a sentence a place: what was recorded in the last quarter published, and came of the last one settled.

    AnalysisError where no quarter is published whole.
    """
    whole = counts.table.loc[counts.table["status"] != NOT_PUBLISHED]
    if not (whole["crime_type"] == ALL).any():
        raise AnalysisError(
            f"No quarter of {counts.span.label} is published whole for all three crime types, so none is counted. "
            "Choose other months, or import those that are missing."
        )
    return tuple(
        (str(rows["area"].iloc[0]), f"{_recorded(rows)} {_came_of_it(rows)}")
        for _, rows in whole.groupby("area_key", sort=False)
    )


def _recorded(rows: pd.DataFrame) -> str:
    last = rows.loc[rows["first_month"] == rows.loc[rows["crime_type"] == ALL, "first_month"].max()]
    counts = dict(zip(last["crime_type"], last["recorded"], strict=True))
    parts = [f"{formats.number(counts[each])} of {each.lower()}" for each in COUNTED]
    return f"{last['quarter'].iloc[0]}: {formats.number(counts[ALL])} recorded, {listed(parts)}."


def _came_of_it(rows: pd.DataFrame) -> str:
    settled = rows.loc[(rows["crime_type"] == ALL) & (rows["status"] == SETTLED)]
    if settled.empty:
        return "No quarter has outcomes that are settled and comparable."
    last = settled.sort_values("first_month").iloc[-1]
    return (
        f"Of {formats.number(last['recorded'])} recorded in {last['quarter']}, the last quarter with settled outcomes, "
        f"{formats.number(last['positive'])} had a positive one."
    )


def on_outcomes(counts: TownCentreQuarters) -> tuple[str, ...]:
    """Return the notes on outcomes and months: what is settled, what is not comparable, and what is left out."""
    notes = [
        f"“Still coming in”: the release reaches less than {SETTLED_AFTER} months beyond the quarter, so its positive outcomes may "
        "rise. Where it was measured, 98 in 100 of a year’s positive outcomes had come by then, and 89 in 100 of robbery’s."
    ]
    if counts.edition is None:
        notes.append(
            "“Not comparable”: no quarter’s months come from one release of police.uk, so no outcomes are shown. Import all months "
            "from one release."
        )
    elif counts.others:
        notes.append(
            f"“Not comparable”: outcomes are shown of {counts.edition.name}. The months of {listed(counts.others)} were looked at on "
            "another day, after another length of time. Import all months from one release to compare them."
        )
    if counts.edition is not None and counts.edition.name.startswith("a release that is not named"):
        notes.append(
            "The files name no release. Months of one file are taken as one release that ends with the last of them. The share under "
            "investigation tells where they are of two."
        )
    if counts.missing:
        named = ", ".join(month_label(month) for month in counts.missing)
        notes.append(
            f"“Not published”: {named} {is_are(len(counts.missing))} missing, or only partly published, for one or more of the three. "
            "A quarter without one of its months is not counted, since two months are no quarter."
        )
    if counts.outside:
        named = ", ".join(month_label(month) for month in counts.outside)
        notes.append(f"Whole quarters alone are counted; {named} {is_are(len(counts.outside))} in none.")
    if counts.unknown:
        notes.append(
            f"Outcomes that this version does not know are counted as recorded and not as positive: {', '.join(counts.unknown)}."
        )
    return tuple(notes)
