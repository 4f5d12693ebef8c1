"""The map of every force held by district, and the way from a district to its LSOAs."""

from __future__ import annotations

import ibis
import pandas as pd
import streamlit as st

from analysis.drawing.maps.districts import district_map, districts_land
from analysis.model.areas import key_of
from analysis.model.errors import NeedsInputError
from analysis.model.land import Land
from analysis.model.periods import Period
from analysis.topics.incidents.measure.district_counts import district_counts
from data.areas import force_name
from pages.shell import maps, selection, tables
from pages.shell.incidents import Asked


def draw(asked: Asked, lsoas: str) -> None:
    """Draw the districts of all forces held; a chosen one can be opened, in the view ``lsoas``, at its LSOAs."""
    if not tables.store().crosswalk().complete:
        raise NeedsInputError(tables.NEEDS_LOOKUP)
    table = _counted(tables.store().fingerprint(), asked.crime_types, asked.period)
    drawn = _land(tables.store().fingerprint(), tuple(table["district_name"]))
    forces = {force: force_name(force) for force in tables.forces()}
    shown = district_map(table, land=drawn, crime_types=asked.crime_types, period=asked.period, forces=forces)
    picked = maps.draw(shown, drawn, "districts")
    if not picked:
        st.caption("Click a district to open it at its LSOAs.")
        return
    name = picked[-1]
    force = str(table.loc[table["district_name"] == name, "force"].iloc[0])
    if st.button(
        f"Open {name}", on_click=_open, args=(force, name, lsoas), key="open-district", type="primary"
    ):
        st.rerun()


def _open(force: str, district: str, view: str) -> None:
    st.session_state["view"] = view
    st.session_state["place"] = [key_of(district)]
    if len(tables.forces()) > 1:
        selection.to_force(force)


@st.cache_resource(max_entries=2, show_spinner="Drawing the districts…")
def _land(fingerprint: str, wanted: tuple[str, ...]) -> Land:
    return districts_land(tables.store().screen_districts(), wanted)


@st.cache_resource(max_entries=20, show_spinner="Counting the forces…")
def _counted(fingerprint: str, crime_types: tuple[str, ...], period: Period) -> pd.DataFrame:
    store, parts, months = tables.store(), [], {}
    first, last = (month.to_timestamp().date() for month in (period.first, period.last))
    for force in store.forces():
        street = store.street(force)
        rows = street.filter(
            street.month >= first, street.month <= last, street.crime_type.isin(list(crime_types))
        )
        found = rows.group_by(["lsoa_code", "crime_type"]).agg(incidents=ibis._.count()).execute()
        parts.append(found.assign(force=force))
        months[force] = sum(month in period for month in store.months(force))
    return district_counts(
        pd.concat(parts, ignore_index=True),
        store.crosswalk(),
        crime_types=crime_types,
        months=months,
        period=period,
    )
