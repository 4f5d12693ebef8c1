"""The patrol map for Hotspots: hours by place, as published or from a log, with its months to play through."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.stats.ground_counts import ground_counts
from analysis.topics.patrols.measure.dosage import patrol_months
from analysis.topics.patrols.show.patrol_map import COLUMNS, patrol_map, planned_hours
from pages.shell import held_records, hotspots, land, maps, months, tables
from pages.shell.choice import Selection
from pages.shell.hotspots import ASB, Patrols

PROGRAMME = "ASB Hotspots"
_FIGURES = ["seconds", "patrols", "resident_engagements", "business_engagements"]


def draw(chosen: Selection, found: Patrols) -> None:
    """Draw the map, and the choice of month where a log tells of months."""
    raised = st.toggle("As columns", key="raised", bind="query-params", help="Height in place of size.")
    if found.log is None:
        st.caption("The review gives totals, so there are no months to play through. A patrol log has them.")
        _show(chosen, found, None, raised=raised)
        return
    months.play(found.period.months, lambda month: _show(chosen, found, month, raised=raised), "patrols")


def _show(chosen: Selection, found: Patrols, month: pd.Period | None, *, raised: bool) -> None:
    held = hotspots.places(chosen, found)
    areas = [place.area for place in held.places]
    maps.show(
        patrol_map(
            _by_place(chosen, found, by_month=month is not None),
            ground_counts(
                tables.cube(chosen.force), land.own_ground(chosen.force), (ASB,), _held(chosen, found.period)
            ),
            month=month,
            planned=_planned(chosen, found),
            names=land.names(chosen.force),
            when=found.period.label,
            source=found.source,
            outlines=outlined(areas),
            labels=names_on(land.land(chosen.force), (), wards=tables.store().wards()),
            focus=frozenset().union(*(area.ground for area in areas)),
            raised=raised,
            without_place=held.note,
        ),
        chosen,
        "patrols",
    )


def _by_place(chosen: Selection, found: Patrols, *, by_month: bool) -> pd.DataFrame:
    """Return the columns of `analysis.topics.patrols.show.patrol_map`: every month of a log, or the totals of the page's own table."""
    drawn = land.land(chosen.force)
    parts = []
    for place in hotspots.places(chosen, found).places:
        middle = drawn.middle_of(place.area.ground)
        if middle is None:
            continue
        rows = _months(found, place.hotspots) if by_month else _totals(found, place.hotspots)
        parts.append(rows.assign(place=place.area.name, easting=middle[0], northing=middle[1]))
    return (
        pd.concat(parts, ignore_index=True)[list(COLUMNS)] if parts else pd.DataFrame(columns=list(COLUMNS))
    )


def _totals(found: Patrols, names: tuple[str, ...]) -> pd.DataFrame:
    # not the sum of the months: a patrol over the last midnight has minutes in a month after them
    return found.table.loc[found.table["hotspot"].isin(names), _FIGURES].assign(month=pd.NaT)


def _months(found: Patrols, names: tuple[str, ...]) -> pd.DataFrame:
    if found.log is None:
        return pd.DataFrame(columns=["hotspot", "month", *_FIGURES])
    log = found.log.loc[found.log["hotspot"].isin(names)]
    by_month = patrol_months(log, found.period)
    starts = log["start"].dt.tz_convert("Europe/London").dt.tz_localize(None).dt.to_period("M")
    engaged = log.groupby([log["hotspot"].astype("str"), starts.rename("month")])[_FIGURES[2:]].sum(
        min_count=1
    )
    return by_month.merge(engaged.reset_index(), on=["hotspot", "month"], how="left")


def _planned(chosen: Selection, found: Patrols) -> dict[str, float]:
    given = held_records.given("deliverables")
    if found.log is None or given is None:
        return {}
    named = {
        name: place.area.name
        for place in hotspots.places(chosen, found).places
        for name in (*place.hotspots, place.area.name, place.area.key)
    }
    return planned_hours(given.table, PROGRAMME, named)


def _held(chosen: Selection, period: Period) -> Period:
    span = tables.span(chosen.force)
    if period.first > span.last or period.last < span.first:
        raise AnalysisError(
            f"No month of the patrols ({period.label}) is held ({span.label}), so nothing recorded can lie under them. "
            "Import those months."
        )
    return Period(max(period.first, span.first), min(period.last, span.last))
