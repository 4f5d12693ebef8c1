"""The reader's own area as it stands in this session; drawn and written by `pages.shell.own_filter` alone."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime

from analysis.model.areas import Area

_KEPT = "own_area_held"


def held(force: str) -> Area | None:
    """Return the reader's own area of this force, or None; outside the app (the command line) there is none."""
    area: Area | None = st.session_state.get(_KEPT) if runtime.exists() else None
    return area if area is not None and area.force == force else None


def keep(area: Area | None) -> None:
    """Hold the area for the pages of this session."""
    st.session_state[_KEPT] = area
