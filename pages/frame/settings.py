"""The names of the office on the screen: what they are, and the form by which its owner changes them."""

from __future__ import annotations

import streamlit as st

from analysis.drawing import encoded
from analysis.model.errors import AnalysisError
from analysis.model.naming import Naming, checked_naming
from data import permitted
from data.access import Action
from pages.frame import access, wording
from pages.frame.asking import desk

_BODY, _ASKS, _DISTRICT, _CALLED = "names_body", "names_asks", "names_district", "names_called"
_SAID = "names_said"


def draw() -> None:
    """Say what is called how; let the owner change it, and tell others who can."""
    if said := st.session_state.pop(_SAID, ""):
        wording.caption(said)
    if problem := desk().naming_problem():
        wording.warning(problem)
    naming = desk().naming()
    _listed(naming)
    if not access.visitor().may(Action.CHANGE_SETTINGS):
        wording.caption("Whoever has the role “owner” can change these names here.")
        return
    wording.text_input(
        "The body, in full",
        value=naming.body,
        key=_BODY,
        placeholder="Mersea Policing Board",
        help="Stands at the foot of every page, in each file to take away, and beside the office’s own records.",
    )
    wording.text_input("Who asks", value=naming.asks, key=_ASKS, placeholder="the Board")
    districts = _districts()
    if districts:
        district = wording.selectbox("A district", districts, key=_DISTRICT, required=True)
        wording.text_input(
            f"What {district} is called",
            value=naming.districts.get(district, ""),
            key=f"{_CALLED}-{district}",
            placeholder=district,
            help="LSOAs keep the names that the ONS gave them, and what a review printed stays as printed.",
        )
    wording.button("Keep these names", on_click=_keep, args=(naming,), key="names_keep", type="primary")


def _listed(naming: Naming) -> None:
    lines = [
        f"The body: {naming.body or 'no name is given; sentences say “the office”'}.",
        f"Who asks: {naming.asks or 'no name is given, and nothing is said of it'}.",
        *(f"{filed} is called {shown}." for filed, shown in sorted(naming.districts.items())),
        "These are words alone: no figure, verdict or link depends on them.",
    ]
    items = "".join(f"<li>{encoded.html_text(line)}</li>" for line in lines)
    st.html(f'<ul class="notes">{items}</ul>')


def _districts() -> list[str]:
    """Return the districts of all forces held, by the names of the files, each once and in order."""
    at = desk()
    return sorted(
        {
            area.filed_name
            for force in at.store.forces()
            for area in at.areas(force).values()
            if area.kind == "district"
        }
    )


def _keep(before: Naming) -> None:
    """Keep what stands in the form (a button's callback); what may not stand is said, and nothing is changed."""
    given, districts = st.session_state, dict(before.districts)
    district = given.get(_DISTRICT)
    if district is not None:
        districts[district] = given.get(f"{_CALLED}-{district}") or ""
    try:
        naming = checked_naming(given.get(_BODY) or "", given.get(_ASKS) or "", districts)
        permitted.keep_naming(access.visitor(), desk().store, naming)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
        return
    st.session_state[_SAID] = "The names are kept. Every page has them from now on."
