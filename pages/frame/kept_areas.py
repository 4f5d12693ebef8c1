"""The areas that the office keeps in its store, on the screen: which they are, and how one is taken out again."""

from __future__ import annotations

import streamlit as st

from analysis.model.errors import AnalysisError
from data import permitted
from data.access import Action
from data.store.kept_areas import MOST_KEPT, kept_areas
from pages.frame import access, wording
from pages.frame.asking import desk

_SAID, _CHOSEN = "kept_said", "area"


def draw() -> None:
    """Say how many areas are kept and offer to remove one; nothing where none is kept or the visitor may not."""
    if said := st.session_state.pop(_SAID, ""):
        wording.caption(said)
    kept = kept_areas(desk().store)
    if not kept or not access.visitor().may(Action.REMOVE_AREA):
        return
    with wording.popover(f"Areas kept: {len(kept)} of {MOST_KEPT}"):
        key = wording.selectbox(
            "Area to remove", list(kept), format_func=lambda key: kept[key], key="kept_area", required=True
        )
        wording.caption(
            "A link that has it will no longer find it. Its name and LSOAs cannot be brought back."
        )
        wording.button(
            f"Remove {kept[key]} for good", on_click=_remove, args=(key, kept[key]), key="kept_remove"
        )


def _remove(key: str, name: str) -> None:
    try:
        permitted.remove_own_area(access.visitor(), desk().store, key)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
        return
    if _CHOSEN in st.session_state:
        st.session_state[_CHOSEN] = [each for each in st.session_state[_CHOSEN] if each != key]
    st.session_state[_SAID] = f"{name} is removed from the store."
