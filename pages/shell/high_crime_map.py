"""The high-crime map: Gi* of the comparison period, or what became of high-crime ground over the months."""

from __future__ import annotations

import streamlit as st

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.model.periods import Period
from analysis.topics.high_crime.show.high_crime_map import emerging_map, gi_star_map
from pages.shell import land, maps, places, tables
from pages.shell.choice import Selection

GI_STAR, EMERGING = "High together (Gi*)", "New, lasting or fading"


def draw(chosen: Selection, crime_type: str) -> None:
    """Draw the choice of view and the map."""
    view = st.segmented_control(
        "Show on the map",
        [GI_STAR, EMERGING],
        default=GI_STAR,
        key="high_view",
        bind="query-params",
        required=True,
    )
    areas = tables.chosen_areas(chosen)
    common = {
        "crime_type": crime_type,
        "names": land.names(chosen.force),
        "outlines": outlined(areas),
        "labels": names_on(land.land(chosen.force), areas, wards=tables.store().wards()),
    }
    if view == GI_STAR:
        shown = gi_star_map(places.gi_star(chosen, crime_type), when=chosen.comparison.label, **common)
    else:
        whole = Period(chosen.baseline.first, chosen.comparison.last)
        shown = emerging_map(places.emerging(chosen, crime_type), when=whole.label, **common)
    maps.show(shown, chosen, "high-crime")
