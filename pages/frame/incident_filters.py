"""The filters of a list of incidents: months, types, places, last outcomes. They start from the shared ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.model.case import Case
from analysis.model.periods import Period, month_label
from analysis.topics.incidents import IncidentQuestion, place_names
from pages.frame import link, widgets, wording
from pages.frame.asking import desk


def draw(case: Case) -> IncidentQuestion:
    """Draw the filters and return what they ask for. Raises PeriodError where the last month is before the first."""
    link.follow("first", month_label(case.comparison.first), case.comparison)
    link.follow("last", month_label(case.comparison.last), case.comparison)
    link.follow("type", list(case.crime_types), case.crime_types)
    months = {month_label(month): month for month in case.span.months}
    with widgets.choices("Months, types, places, outcomes"):
        return _drawn(case, months)


def _drawn(case: Case, months: dict[str, pd.Period]) -> IncidentQuestion:
    one, two, three, four, five = st.columns([3, 3, 8, 6, 6])
    first = _month(one, "First month", list(months), month_label(case.comparison.first), "first")
    last = _month(two, "Last month", list(months), month_label(case.comparison.last), "last")
    # half a pair of months, the wrong way round, is refused below
    known = case.panel.types_in(Period(min(months[first], months[last]), max(months[first], months[last])))
    ended = [each for each in case.panel.crime_types if each not in known]
    widgets.let_go_of("type", ended, case.crime_types)
    types = wording.on(three).multiselect(
        "Types of incident",
        known,
        placeholder="All",
        help="All types without a choice.",
        default=[each for each in case.crime_types if each in known],
        key="type",
        bind="query-params",
    )
    names = place_names(case)
    places = wording.on(four).multiselect(
        "Places",
        list(names),
        placeholder="The whole force",
        help="Town centres, districts or small areas; the whole force without a choice.",
        format_func=lambda key: names[key],
        key="place",
        bind="query-params",
    )
    outcomes = wording.on(five).multiselect(
        "Last outcomes",
        desk().last_outcomes(case.force),
        placeholder="Any",
        help="Any outcome without a choice.",
        key="outcome",
        bind="query-params",
    )
    return IncidentQuestion(
        case.force,
        Period(months[first], months[last]),
        tuple(each for each in known if each in types) or known,
        tuple(places),
        tuple(outcomes),
    )


def _month(place: DeltaGenerator, label: str, names: list[str], first: str, key: str) -> str:
    picked: str = wording.on(place).selectbox(
        label, names, index=names.index(first), key=key, bind="query-params", required=True
    )
    return picked
