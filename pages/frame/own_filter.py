"""The filter for an area of one's own: LSOAs by name and code, a name, and keeping it in the store.

Name and LSOAs live in the link, so that a copied link brings the area along.
"""

from __future__ import annotations

import streamlit as st

from analysis.model.areas import Area
from analysis.model.english import counted
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.link import Choices, Offered
from analysis.model.own_area import DEFAULT_NAME, own_area
from analysis.model.place_search import NamedPlace
from data import permitted
from data.access import Action
from pages.frame import access, kept_areas, wording
from pages.frame.asking import desk

_UNITS, _NAME, _SAID, _WORDS = "own", "own_name", "own_said", "find_place"
KEYS = (_UNITS, _NAME)
TAKEN = "own units taken"
"""Where units stand that were chosen elsewhere, until the filters are drawn anew."""


def draw(offered: Offered, choices: Choices) -> tuple[tuple[str, ...], str]:
    """Draw the filter and return the units and the name; a name that cannot be taken is said, and leaves no area."""
    _find(offered.force, choices)
    with wording.expander("An area of your own", expanded=bool(choices.own_units)):
        if _UNITS not in st.session_state:
            st.session_state[_UNITS], st.session_state[_NAME] = list(choices.own_units), choices.own_name
        units = tuple(
            wording.multiselect(
                "Small areas, by name or code",
                list(offered.ground),
                format_func=lambda code: offered.ground[code],
                key=_UNITS,
                help="It then stands beside the town centres, and in the link. Only ground that is the same in both years can be chosen.",
            )
        )
        name = wording.text_input("Name of the area", key=_NAME, placeholder=DEFAULT_NAME) or ""
        _described(offered.force, name, units)
        if said := st.session_state.pop(_SAID, ""):
            wording.caption(said)
        kept_areas.draw()
    return units, name


def _find(force: str, choices: Choices) -> None:
    """Draw the search for a place; what is found can be added to the reader's own area."""
    words = wording.text_input("Find a ward, small area or street", key=_WORDS, placeholder="Central") or ""
    found = desk().find_places(force, words)
    if words and not found:
        wording.caption(
            "No ward, small area or street of this force is called so. Two letters or more of its name are enough."
        )
    for at, place in enumerate(found):
        name = "" if choices.own_units else _free_name(force, place)
        units = tuple(sorted({*choices.own_units, *place.ground}))
        wording.button(
            f"Add {place.label}",
            on_click=_add,
            args=(units, name),
            key=f"found-{at}",
            type="tertiary",
            help=f"{counted(len(place.ground), 'small area')} to your own area, which then stands on the board and on each map.",
        )


def _add(units: tuple[str, ...], name: str) -> None:
    take(units, name)
    st.session_state[_WORDS] = ""


def _free_name(force: str, place: NamedPlace) -> str:
    """Return the name that an area of this place can bear, empty where another has it."""
    try:
        return own_area(place.label, place.ground, desk().places(force), desk().areas(force), force).name
    except AreaError:
        return ""


def take(units: tuple[str, ...], name: str = "") -> None:
    """Make these units the reader's own area, before the filters are drawn anew (a button's callback).

    Without a name it keeps the one that it has.
    """
    st.session_state[TAKEN] = (units, name)


def built(force: str, name: str, units: tuple[str, ...]) -> Area | None:
    """Return the area of these units, None without any or where its name cannot be taken, which the filter says."""
    if not units:
        return None
    try:
        return own_area(name, units, desk().places(force), desk().areas(force), force)
    except AreaError:
        return None


def _described(force: str, name: str, units: tuple[str, ...]) -> None:
    if not units:
        return
    try:
        area = own_area(name, units, desk().places(force), desk().areas(force), force)
    except AreaError as problem:
        wording.caption(str(problem))
        return
    wording.caption(f"{area.name}: {counted(len(area), 'unit')}, beside the town centres on every page.")
    if area.note:
        wording.caption(area.note)
    may = access.visitor().may(Action.KEEP_AREA)
    wording.button("Keep it in the store", on_click=_save, args=(area,), key="own_save", disabled=not may)


def _save(area: Area) -> None:
    try:
        file = permitted.save_own_area(access.visitor(), desk().store, area)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
        return
    take(())
    st.session_state[_SAID] = (
        f"{area.name} is kept in {file.name} of the store. Choose it above with the town centres."
    )
