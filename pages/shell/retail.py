"""Retail crime for the page: shoplifting by place, open data's points and outcomes, and the register's threshold."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pandas as pd
import streamlit as st

from analysis.drawing.evidence.sentences import short_sentence
from analysis.drawing.figure import Figure, Table
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import Area, whole_force
from analysis.model.errors import AreaError
from analysis.model.periods import Period
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.change.measure.outcomes import outcomes
from analysis.topics.retail.measure.register import REPEAT_THRESHOLD
from analysis.topics.retail.measure.repeat_points import Outcomes, repeat_points, shoplifting_outcomes
from analysis.topics.retail.show.open_tables import points_table
from analysis.topics.retail.show.shoplifting_table import shoplifting_title
from data.areas import force_name
from pages.shell import tables
from pages.shell.choice import Selection

SHOPLIFTING = "Shoplifting"
_MOST = 30


def threshold() -> int:
    """Draw the choice of how many offences make a repeat shop; the review's is 6."""
    return st.slider(
        "Offences from which a shop (or point) is listed",
        SMALL_COUNT,
        _MOST,
        REPEAT_THRESHOLD,
        key="repeat",
        bind="query-params",
        width=320,
    )


def places(chosen: Selection) -> list[Area]:
    """Return the chosen town centres, the districts, and the force as one area, in this order."""
    held = tables.areas(chosen.force)
    districts = [
        area
        for key, area in held.items()
        if area.kind == "district" and area.ground and key not in chosen.areas
    ]
    return [*tables.chosen_areas(chosen), *districts, whole_force(held, force_name(chosen.force))]


def evidence(chosen: Selection) -> pd.DataFrame:
    """Return one row a place of `places`: shoplifting's evidence, and for districts and force counts alone.

    A force has a handful of districts, too few to know how much one varies by itself: none gets a verdict.
    """
    own = tables.evidence(replace(chosen, crime_types=(SHOPLIFTING,)))
    kinds = {area.key: area.kind for area in tables.chosen_areas(chosen)}
    wider = [_counts(chosen, area) for area in places(chosen) if area.key not in kinds]
    return pd.concat([own.assign(kind=[kinds[key] for key in own["area_key"]]), *wider], ignore_index=True)


def answers(chosen: Selection) -> list[tuple[str, str]]:
    """Return what is said first of each chosen area's recorded shoplifting."""
    table = tables.evidence(replace(chosen, crime_types=(SHOPLIFTING,)))
    return [(str(row["area"]), short_sentence(row)) for row in table.to_dict("records")]


def monthly(chosen: Selection) -> Figure:
    """Return shoplifting by month for the town centres, the districts and the force."""
    figure = monthly_figure(
        tables.cube(chosen.force),
        places(chosen),
        (SHOPLIFTING,),
        chosen.baseline,
        chosen.comparison,
        tables.breaks(replace(chosen, crime_types=(SHOPLIFTING,))),
    )
    own = tables.evidence(replace(chosen, crime_types=(SHOPLIFTING,)))
    return replace(figure, title=f"{shoplifting_title(own)}, month by month")


def points(chosen: Selection, at_least: int) -> Table:
    """Return the force's repeat approximate points of the comparison period."""
    counted = _points(tables.store().fingerprint(), chosen.force, chosen.comparison)
    found = repeat_points(counted, threshold=at_least)
    located = counted.loc[counted["lsoa_name"].notna() & counted["longitude"].notna()]
    # one point can carry two spellings of its LSOA's name over the change of vintage: the last by name stands
    named = located.sort_values("lsoa_name")
    at = zip(named["longitude"], named["latitude"], strict=True)
    return points_table(found, dict(zip(at, named["lsoa_name"], strict=True)), chosen.comparison)


def last_outcomes(chosen: Selection) -> Outcomes:
    """Return the last outcomes of shoplifting in the two periods, or why they cannot be compared."""
    counted = _outcomes(tables.store().fingerprint(), chosen.force)
    return shoplifting_outcomes(counted, chosen.baseline, chosen.comparison)


def _counts(chosen: Selection, area: Area) -> pd.DataFrame:
    force = places(chosen)[-1]
    try:
        rest = force if area.key == force.key else tables.yardsticks_of(chosen.force, area).rest
    except AreaError:  # the force has no other ground to hold the district against
        rest = force
    found = outcomes(
        tables.cube(chosen.force),
        area,
        district=force,
        rest=rest,
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        like_for_like=chosen.like_for_like,
    )
    row = found.loc[found["crime_type"] == SHOPLIFTING]
    kind = "force" if area.key == force.key else "district"
    return row.assign(area=area.name, area_key=area.key, kind=kind, rest=rest.name, verdict="")


@st.cache_resource(max_entries=20, show_spinner="Counting points…")
def _points(fingerprint: str, force: str, period: Period) -> pd.DataFrame:
    street = tables.store().street(force)
    first, last = (month.to_timestamp().date() for month in (period.first, period.last))
    rows = street.filter(street.crime_type == SHOPLIFTING, street.month >= first, street.month <= last)
    keys = ["location", "longitude", "latitude", "lsoa_name"]
    return rows.group_by(keys).agg(incidents=ibis._.count()).execute()


@st.cache_resource(max_entries=4, show_spinner="Counting outcomes…")
def _outcomes(fingerprint: str, force: str) -> pd.DataFrame:
    street = tables.store().street(force)
    rows = street.filter(street.crime_type == SHOPLIFTING)
    found = rows.group_by(["month", "last_outcome"]).agg(incidents=ibis._.count()).execute()
    files = tables.manifest()
    mine = files.loc[(files["force"] == force) & (files["kind"] == "street")]
    release = dict(zip(mine["month"], mine["release"], strict=True))
    months = pd.PeriodIndex(pd.to_datetime(found["month"]), freq="M")
    return found.assign(
        month=months,
        outcome=found["last_outcome"],
        release=[release.get(month) or None for month in months],
    ).sort_values(["month", "last_outcome"], ignore_index=True)
