"""The filters of a list of incidents: months, types, places, last outcomes. They start from the shared ones."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.model.case import Case
from analysis.model.periods import Period, month_label
from analysis.model.vocabulary import CRIME_TYPES
from analysis.topics.incidents import IncidentQuestion, place_names
from pages.frame.asking import desk


def draw(case: Case) -> IncidentQuestion:
    """Draw the filters and return what they ask for. Raises PeriodError where the last month is before the first."""
    months = {month_label(month): month for month in case.span.months}
    one, two = st.columns(2)
    first = _month(one, "First month", list(months), month_label(case.comparison.first), "first")
    last = _month(two, "Last month", list(months), month_label(case.comparison.last), "last")
    types = st.multiselect(
        "Types of incident (all without a choice)",
        CRIME_TYPES,
        default=list(case.crime_types),
        key="type",
        bind="query-params",
    )
    names = place_names(case)
    places = st.multiselect(
        "Places: town centres, districts or LSOAs (the whole force without a choice)",
        list(names),
        format_func=lambda key: names[key],
        key="place",
        bind="query-params",
    )
    outcomes = st.multiselect(
        "Last outcomes (any without a choice)",
        desk().last_outcomes(case.force),
        key="outcome",
        bind="query-params",
    )
    return IncidentQuestion(
        case.force,
        Period(months[first], months[last]),
        tuple(each for each in CRIME_TYPES if each in types) or CRIME_TYPES,
        tuple(places),
        tuple(outcomes),
    )


def _month(place: DeltaGenerator, label: str, names: list[str], first: str, key: str) -> str:
    return place.selectbox(
        label, names, index=names.index(first), key=key, bind="query-params", required=True
    )
