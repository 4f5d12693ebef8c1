"""The map of incidents in its views: as they were asked for, their change, or the districts of every force held."""

from __future__ import annotations

import streamlit as st

from analysis.drawing.maps.shown import Shown
from analysis.model.areas import key_of
from analysis.topics import change, incidents
from analysis.topics.incidents import DENSITY, GROUND, POINTS, IncidentCase
from pages.frame import draw, filters, map_view, months, widgets, wording
from pages.frame.asking import ask, desk

CHANGE, DISTRICTS = "Ground by change", "Districts of all forces held"
VIEWS = (GROUND, CHANGE, POINTS, DENSITY, DISTRICTS)

_VIEW, _PLACE = "view", "place"


def show(wanted: IncidentCase) -> None:
    """Draw the choice of view, then the map, with its months to play through where it has them."""
    case = wanted.case
    # with several forces held a reader begins with the country, and opens a district from there
    view = widgets.one_held_view("Show", VIEWS, GROUND if len(desk().forces()) == 1 else DISTRICTS, _VIEW)
    if view == CHANGE:
        crime_type = widgets.one_crime_type(case.crime_types)
        map_view.beside(ask(change.where, case, crime_type, True)["map"], case, "incidents")
    elif view == DISTRICTS:
        _districts(wanted)
    else:
        months.play(
            wanted.question.period.months,
            lambda month: map_view.beside(
                ask(incidents.where, wanted, view, month)["map"], case, "incidents"
            ),
            "map",
        )


def _districts(wanted: IncidentCase) -> None:
    """Show the districts of all forces held; a chosen one can be opened at its LSOAs."""
    forces = desk().every_force(wanted.case, wanted.question)
    shown = ask(incidents.districts, forces)["map"]
    if not isinstance(shown, Shown):
        draw.part(shown)
        return
    land = incidents.district_land(forces)
    picked = map_view.show_on(
        shown, land, "districts", map_view.Behind(wanted.case.simulated), size=map_view.BESIDE
    )
    if not picked:
        wording.caption("Click a district to open it at its small areas.")
        return
    district = picked[-1]
    force = incidents.force_of(forces, district)
    if wording.button(
        f"Open {wanted.case.naming.district(district)}",
        on_click=_open,
        args=(force, district),
        key="open-district",
        type="primary",
    ):
        st.rerun()


def _open(force: str, district: str) -> None:
    st.session_state[_VIEW] = GROUND
    st.session_state[_PLACE] = [key_of(district)]
    if len(desk().forces()) > 1:
        filters.to_force(force)
