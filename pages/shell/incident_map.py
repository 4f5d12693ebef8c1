"""The incident map for a page: ground by count or change, approximate points, or density; all months or one."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pandas as pd
import streamlit as st

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.incident_map import count_map, density_edges, density_map, point_map
from analysis.drawing.maps.points import points_of, without_point
from analysis.drawing.maps.shown import Name, Shown
from analysis.model import formats
from analysis.model.areas import Area
from analysis.model.formats import counted
from analysis.model.periods import month_label
from analysis.stats.ground_counts import GroundCounts, counted_like, ground_counts
from pages.shell import change_map, district_map, incidents, land, maps, months, tables
from pages.shell.choice import Selection
from pages.shell.incidents import Asked

GROUND, CHANGE, POINTS, DENSITY = "Ground by count", "Ground by change", "Approximate points", "Density"
DISTRICTS = "Districts of all forces held"


def draw(chosen: Selection, asked: Asked) -> None:
    """Draw the choice of view, then the map of what was asked, with its months to play through."""
    view = st.segmented_control(
        "Show",
        [GROUND, CHANGE, POINTS, DENSITY, DISTRICTS],
        # with several forces held a reader begins with the country, and opens a district from there
        default=GROUND if len(tables.forces()) == 1 else DISTRICTS,
        key="view",
        bind="query-params",
        required=True,
    )
    if view == CHANGE:
        change_map.draw(chosen, "incidents", whole=True)
        return
    if view == DISTRICTS:
        district_map.draw(asked, GROUND)
        return
    months.play(
        asked.period.months,
        lambda month: maps.show(_shown(view, chosen, asked, month), chosen, "incidents"),
        "map",
    )


def draw_types(chosen: Selection, name: str) -> None:
    """Draw the incidents of the crime types chosen by ground, in the comparison period, with its months."""
    areas = tables.chosen_areas(chosen)
    counts = ground_counts(
        tables.cube(chosen.force), land.own_ground(chosen.force), chosen.crime_types, chosen.comparison
    )

    def shown(month: pd.Period | None) -> None:
        drawn = count_map(
            counts,
            month=month,
            names=land.names(chosen.force),
            outlines=outlined(areas),
            labels=labels(chosen.force, areas),
            focus=land.districts_round(chosen.force, areas),
            note="All hours: police.uk gives no time of day.",
        )
        maps.show(drawn, chosen, name)

    months.play(chosen.comparison.months, shown, name)


def _shown(view: str, chosen: Selection, asked: Asked, month: pd.Period | None) -> Shown:
    ground = _ground(asked)
    areas = tables.chosen_areas(chosen)
    around = {
        "outlines": outlined(areas),
        "labels": labels(chosen.force, areas),
        "focus": ground if asked.places else frozenset(),
    }
    if view == GROUND:
        counts = _counts(asked, ground)
        return count_map(
            counts, month=month, names=land.names(chosen.force), note=_not_on_map(asked, counts), **around
        )
    when = asked.period.label if month is None else month_label(month)
    points, left_out = _points(tables.store().fingerprint(), asked, month)
    most, edges = (None, None) if month is None else _scale(tables.store().fingerprint(), asked)
    shown = (
        point_map(points, crime_types=asked.crime_types, when=when, most=most, **around)
        if view == POINTS
        else density_map(points, crime_types=asked.crime_types, when=when, edges=edges, **around)
    )
    return replace(shown, caveat=f"{shown.caveat} {left_out}".strip())


def labels(force: str, areas: list[Area]) -> tuple[Name, ...]:
    """Return the names that a map of this force may bear."""
    return names_on(land.land(force), areas, wards=tables.store().wards())


def _ground(asked: Asked) -> frozenset[str]:
    """Return the ground of the places asked about; all of the force's where none is named."""
    inside = land.own_ground(asked.force)
    areas = tables.areas(asked.force)
    named = frozenset().union(*(areas[key].ground if key in areas else {key} for key in asked.places))
    return named & inside if asked.places else inside


def _counts(asked: Asked, ground: frozenset[str]) -> GroundCounts:
    counts = ground_counts(tables.cube(asked.force), ground, asked.crime_types, asked.period)
    if not asked.outcomes:
        return counts
    rows = _located(tables.store().fingerprint(), asked, incidents.codes_of(asked))
    unit = tables.store().crosswalk().ground_of
    return counted_like(rows.assign(ground_code=[unit.get(code, code) for code in rows["lsoa_code"]]), counts)


def _not_on_map(asked: Asked, counts: GroundCounts) -> str:
    """Say how many incidents of the list lie on no ground of the map; nothing where places were chosen."""
    rows = _located(tables.store().fingerprint(), asked, incidents.codes_of(asked))
    rows = rows.loc[rows["month"].isin(counts.months) & rows["crime_type"].isin(counts.crime_types)]
    left = int(rows["incidents"].sum() - counts.totals.sum())
    if asked.places or left <= 0:
        return ""
    return f"Not on the map: {formats.counted(left, 'incident')} outside the force’s districts or without an LSOA."


@st.cache_resource(max_entries=20, show_spinner="Counting points…")
def _scale(fingerprint: str, asked: Asked) -> tuple[float, tuple[int, ...]]:
    """Return the largest count of a point in any month, and the classes of hexagons that serve them all."""
    rows = _located(fingerprint, asked, incidents.codes_of(asked))
    at = rows.groupby(["longitude", "latitude", "crime_type", "month"], observed=True)["incidents"].sum()
    return float(at.max()) if len(at) else 1.0, density_edges(rows)


@st.cache_resource(max_entries=20, show_spinner="Counting points…")
def _points(fingerprint: str, asked: Asked, month: pd.Period | None) -> tuple[pd.DataFrame, str]:
    rows = _located(fingerprint, asked, incidents.codes_of(asked))
    if month is not None:
        rows = rows.loc[rows["month"] == month]
    unplaced = without_point(rows)
    return points_of(
        rows
    ), f"Not on the map, for want of a point: {counted(unplaced, 'incident')}." if unplaced else ""


@st.cache_resource(max_entries=8, show_spinner="Counting points…")
def _located(fingerprint: str, asked: Asked, codes: tuple[str, ...]) -> pd.DataFrame:
    rows = incidents.filtered(tables.store().street(asked.force), asked, codes)
    keys = ["location", "longitude", "latitude", "lsoa_code", "crime_type", "month"]
    found = rows.group_by(keys).agg(incidents=ibis._.count()).execute()
    return found.assign(month=pd.PeriodIndex(pd.to_datetime(found["month"]), freq="M"))
