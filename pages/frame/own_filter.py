"""The filter for an area of one's own: LSOAs by name and code, a name, and keeping it in the store.

Name and LSOAs live in the link, so that a copied link brings the area along.
"""

from __future__ import annotations

import streamlit as st

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.own_area import DEFAULT_NAME, own_area
from data import permitted
from data.access import Action
from pages.frame import access
from pages.frame.asking import desk

_UNITS, _NAME, _SAID = "own", "own_name", "own_said"


def draw(force: str) -> Area | None:
    """Draw the filter and return the area, or nothing where none is chosen."""
    labels = desk().ground_labels(force)
    linked = bool(st.query_params.get_all(_UNITS))
    with st.expander("An area of your own", expanded=linked):
        units = st.multiselect(
            "LSOAs of the area, by name or code",
            list(labels),
            format_func=lambda code: labels[code],
            key=_UNITS,
            bind="query-params",
            help="It then stands beside the town centres on every page, and in the link. Only what both LSOA vintages share can be chosen.",
        )
        name = st.text_input(
            "Name of the area", key=_NAME, bind="query-params", max_chars=60, placeholder=DEFAULT_NAME
        )
        area = _built(force, name, units)
        if area is not None:
            st.caption(
                f"{area.name}: {len(area)} unit{'s' * (len(area) != 1)}, beside the town centres on every page."
            )
            if area.note:
                st.caption(area.note)
            may = access.visitor().may(Action.KEEP_AREA)
            st.button("Keep it in the store", on_click=_save, args=(area,), key="own_save", disabled=not may)
        if said := st.session_state.pop(_SAID, ""):
            st.caption(said)
    return area


def take(units: tuple[str, ...]) -> None:
    """Make these units the reader's own area, before the filters are drawn anew (a button's callback)."""
    st.session_state[_UNITS] = list(units)


def _built(force: str, name: str | None, units: list[str]) -> Area | None:
    if not units:
        return None
    try:
        return own_area(name or "", units, desk().places(force), desk().areas(force), force)
    except AreaError as problem:
        st.caption(str(problem))
        return None


def _save(area: Area) -> None:
    try:
        file = permitted.save_own_area(access.visitor(), desk().store, area)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
        return
    st.session_state[_UNITS], st.session_state[_NAME] = [], ""
    st.session_state[_SAID] = (
        f"{area.name} is kept in {file.name} of the store. Choose it above with the town centres."
    )
