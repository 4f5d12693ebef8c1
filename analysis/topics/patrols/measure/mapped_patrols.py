"""The patrols of each place for a map: at a point inside its ground, by month of a log or in total."""

from __future__ import annotations

import pandas as pd

from analysis.topics.patrols.case import PatrolCase
from analysis.topics.patrols.measure.dosage import patrol_months
from analysis.topics.patrols.measure.patrols import Patrols, patrols

FIGURES = ["seconds", "patrols", "resident_engagements", "business_engagements"]
MAPPED_COLUMNS = ("place", "easting", "northing", "month", *FIGURES)


def mapped_patrols(asked: PatrolCase, *, by_month: bool) -> pd.DataFrame:
    """Return `MAPPED_COLUMNS`: a row a place and month of the log, or a row a hotspot with its totals (month NaT).

    Engagements that are not known are NaN. Places whose ground has no outline are left out.
    """
    own = asked.case.selection.own
    return asked.case.cell(
        "mapped patrols", asked.log.key, own, by_month, make=lambda: _mapped(asked, by_month)
    )


def totals(shown: Patrols, hotspots: tuple[str, ...]) -> pd.DataFrame:
    """Return the totals of these hotspots: not the sum of their months, since a patrol over the last midnight has minutes
    in a month after them.
    """
    return shown.table.loc[shown.table["hotspot"].isin(hotspots), FIGURES].assign(month=pd.NaT)


def _mapped(asked: PatrolCase, by_month: bool) -> pd.DataFrame:
    shown, land, parts = patrols(asked), asked.case.land, []
    for place in asked.patrolled.places:
        middle = land.middle_of(place.area.ground)
        if middle is None:
            continue
        rows = _months(shown, place.hotspots) if by_month else totals(shown, place.hotspots)
        parts.append(rows.assign(place=place.area.name, easting=middle[0], northing=middle[1]))
    columns = list(MAPPED_COLUMNS)
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _months(shown: Patrols, hotspots: tuple[str, ...]) -> pd.DataFrame:
    if shown.log is None:
        return pd.DataFrame(columns=["hotspot", "month", *FIGURES])
    log = shown.log.loc[shown.log["hotspot"].isin(hotspots)]
    by_month = patrol_months(log, shown.period)
    starts = log["start"].dt.tz_convert("Europe/London").dt.tz_localize(None).dt.to_period("M")
    engaged = log.groupby([log["hotspot"].astype("str"), starts.rename("month")])[FIGURES[2:]].sum(
        min_count=1
    )
    return by_month.merge(engaged.reset_index(), on=["hotspot", "month"], how="left")
