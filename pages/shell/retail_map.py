"""The retail map: repeat approximate points of open data, or the localities of the office's own register."""

from __future__ import annotations

import ibis
import pandas as pd
import streamlit as st

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.points import points_of
from analysis.drawing.maps.shown import Name, Outline
from analysis.drawing.maps.wgs84 import to_metres
from analysis.model.areas import key_of, town_centres
from analysis.model.periods import Period
from analysis.stats.ground_counts import GroundCounts, ground_counts
from analysis.topics.retail.measure.register import localities, shops_to_show
from analysis.topics.retail.show.retail_map import locality_map, repeat_point_map
from pages.shell import land, maps, tables
from pages.shell.choice import Selection
from pages.shell.records import Records
from pages.shell.retail import SHOPLIFTING

POINTS, REGISTER = "Open data: approximate points", "The register: localities"


def draw(chosen: Selection, register: Records, threshold: int) -> None:
    """Draw the map of open data's points, or of the register's localities where there is a register."""
    view = POINTS
    if register.table is not None:
        view = st.segmented_control(
            "Show on the map",
            [POINTS, REGISTER],
            default=POINTS,
            key="retail_view",
            bind="query-params",
            required=True,
        )
    counted = _counted(chosen)
    areas = tables.chosen_areas(chosen)
    outlines: tuple[Outline, ...] = outlined(areas)
    labels: tuple[Name, ...] = names_on(land.land(chosen.force), areas, wards=tables.store().wards())
    focus = land.districts_round(chosen.force, areas)
    names = land.names(chosen.force)
    if view == POINTS:
        shown = repeat_point_map(
            _points(tables.store().fingerprint(), chosen.force, chosen.comparison),
            counted,
            threshold=threshold,
            names=names,
            outlines=outlines,
            labels=labels,
            focus=focus,
        )
    else:
        shops = shops_to_show(register.needed, chosen.comparison)
        shown = locality_map(
            localities(register.needed, chosen.comparison),
            _named_points(chosen.force),
            counted,
            when=chosen.comparison.label,
            names=names,
            source=register.source,
            shops=shops.assign(**_in_metres(shops)),
            outlines=outlines,
            labels=tuple(label for label in labels if not label.first),
            focus=focus,
        )
    maps.show(shown, chosen, "retail")


def _in_metres(shops: pd.DataFrame) -> dict[str, object]:
    return dict(zip(("easting", "northing"), to_metres(shops["longitude"], shops["latitude"]), strict=True))


def _counted(chosen: Selection) -> GroundCounts:
    return ground_counts(
        tables.cube(chosen.force), land.own_ground(chosen.force), (SHOPLIFTING,), chosen.comparison
    )


def _named_points(force: str) -> dict[str, tuple[float, float]]:
    """Return a point in metres for each ward and town centre, by the key of its name; town centres first."""
    drawn, found = land.land(force), {}
    wards = tables.store().wards()
    if wards is not None:
        inside = wards.geometry.representative_point()
        found = {
            key_of(str(name)): (float(point.x), float(point.y))
            for name, point in zip(wards["ward_name"], inside, strict=True)
        }
    for area in town_centres(tables.filed_areas(force)).values():
        middle = drawn.middle_of(area.ground)
        if middle is not None:
            found[key_of(area.name)] = middle
    return found


@st.cache_resource(max_entries=20, show_spinner="Counting points…")
def _points(fingerprint: str, force: str, period: Period) -> pd.DataFrame:
    street = tables.store().street(force)
    first, last = (month.to_timestamp().date() for month in (period.first, period.last))
    rows = street.filter(street.crime_type == SHOPLIFTING, street.month >= first, street.month <= last)
    keys = ["location", "longitude", "latitude", "crime_type", "month"]
    found = rows.group_by(keys).agg(incidents=ibis._.count()).execute()
    return points_of(found.assign(month=pd.PeriodIndex(pd.to_datetime(found["month"]), freq="M")))
