"""Single incidents for Explore / Incidents: the filters of that page, and the questions to the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import pandas as pd
import streamlit as st

from analysis.model.periods import Period, month_label
from analysis.model.vocabulary import CRIME_TYPES
from analysis.topics.incidents.show.incident_tables import NO_OUTCOME, incidents_table, trend_data
from data.areas import force_name
from data.exports import csv_bytes
from pages.shell import held_ground, page, tables
from pages.shell.choice import Selection

ROWS_ON_SCREEN = 100
_COLUMNS = (
    "month",
    "crime_type",
    "location",
    "lsoa_name",
    "lsoa_code",
    "last_outcome",
    "longitude",
    "latitude",
)
_ORDER = ("month", "crime_type", "lsoa_code", "location", "source_row")


@dataclass(frozen=True)
class Asked:
    """What the reader asked to list; empty places are the whole force, empty outcomes are any."""

    force: str
    period: Period
    crime_types: tuple[str, ...]
    places: tuple[str, ...]
    outcomes: tuple[str, ...]

    @property
    def filters(self) -> str:
        """The filters in a sentence or two, for the screen and for the file."""
        named = _named(self.force)
        where = ", ".join(named[key] for key in self.places) or f"all of {force_name(self.force)}"
        types = (
            "all crime types" if len(self.crime_types) == len(CRIME_TYPES) else ", ".join(self.crime_types)
        )
        last = f" Last outcome: {', '.join(self.outcomes)}." if self.outcomes else ""
        return f"Places: {where}. Crime types: {types}.{last}"


def ask(chosen: Selection) -> Asked:
    """Draw the page's own filters, starting from the shared ones, and return what they say."""
    months = {month_label(month): month for month in tables.span(chosen.force).months}
    names = list(months)
    one, two = st.columns(2)
    first = one.selectbox(
        "First month",
        names,
        index=names.index(month_label(chosen.comparison.first)),
        key="first",
        bind="query-params",
        required=True,
    )
    last = two.selectbox(
        "Last month",
        names,
        index=names.index(month_label(chosen.comparison.last)),
        key="last",
        bind="query-params",
        required=True,
    )
    types = st.multiselect(
        "Types of incident (all without a choice)",
        CRIME_TYPES,
        default=list(chosen.crime_types),
        key="type",
        bind="query-params",
    )
    named = _named(chosen.force)
    where = st.multiselect(
        "Places: town centres, districts or LSOAs (the whole force without a choice)",
        list(named),
        format_func=lambda key: named[key],
        key="place",
        bind="query-params",
    )
    outcomes = st.multiselect(
        "Last outcomes (any without a choice)",
        _outcomes(tables.store().fingerprint(), chosen.force),
        key="outcome",
        bind="query-params",
    )
    return Asked(
        chosen.force,
        Period(months[first], months[last]),
        tuple(t for t in CRIME_TYPES if t in types) or CRIME_TYPES,
        tuple(where),
        tuple(outcomes),
    )


def trend(asked: Asked) -> pd.DataFrame:
    """Return the incidents by month and crime type, gaps as gaps."""
    return trend_data(
        _counted(tables.store().fingerprint(), asked, codes_of(asked)),
        tables.cube(asked.force),
        asked.crime_types,
        asked.period,
    )


def draw(asked: Asked) -> None:
    """Show the first rows, how many there are, and the download of all with its filters and source."""
    fingerprint, codes = tables.store().fingerprint(), codes_of(asked)
    total = int(_counted(fingerprint, asked, codes)["incidents"].sum())
    shown = incidents_table(_first(fingerprint, asked, codes), total, asked.filters, asked.period)
    page.table(shown, whole=whole(asked))


def whole(asked: Asked) -> Callable[[], bytes]:
    """Return what makes the file: every row found, under its filters, source and release."""
    codes = codes_of(asked)
    total = int(_counted(tables.store().fingerprint(), asked, codes)["incidents"].sum())
    # asked of the store when the button is pressed, in another thread: what it needs is taken along
    store = tables.store()
    heads = [
        f"Recorded incidents, {asked.period.label}: {total:,} rows",
        asked.filters,
        "Source: police.uk street-level data, Open Government Licence v3.0. Points are anonymised and only approximate.",
        tables.release_line(asked.force),
    ]
    if tables.is_demonstration():
        heads.append("DEMONSTRATION DATA: months and places are simulated.")

    def make() -> bytes:
        rows = filtered(store.street(asked.force), asked, codes).order_by(_ORDER)
        return csv_bytes(_plain(rows.select(*_COLUMNS).execute()), heads)

    return make


def _named(force: str) -> dict[str, str]:
    areas = {key: area.name for key, area in tables.areas(force).items() if area.kind != "rest"}
    return areas | held_ground.labels(force)


def codes_of(asked: Asked) -> tuple[str, ...]:
    """Return the LSOA codes of either vintage that the chosen places stand on."""
    areas = tables.areas(asked.force)
    ground = frozenset().union(
        *(areas[key].ground if key in areas else frozenset([key]) for key in asked.places)
    )
    listed = tables.store().crosswalk().ground_of
    return tuple(sorted({code for code, unit in listed.items() if unit in ground} | ground))


def filtered(street: ibis.Table, asked: Asked, codes: tuple[str, ...]) -> ibis.Table:
    """Return the rows that were asked for: months, crime types, places, last outcomes."""
    first, last = (month.to_timestamp().date() for month in (asked.period.first, asked.period.last))
    rows = street.filter(
        street.month >= first, street.month <= last, street.crime_type.isin(list(asked.crime_types))
    )
    if asked.places:
        rows = rows.filter(rows.lsoa_code.isin(list(codes)))
    if asked.outcomes:
        rows = rows.filter(rows.last_outcome.fill_null(NO_OUTCOME).isin(list(asked.outcomes)))
    return rows


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(month=pd.to_datetime(rows["month"]).dt.strftime("%Y-%m"))


@st.cache_resource(max_entries=50, show_spinner="Counting incidents…")
def _counted(fingerprint: str, asked: Asked, codes: tuple[str, ...]) -> pd.DataFrame:
    rows = filtered(tables.store().street(asked.force), asked, codes)
    found = rows.group_by(["month", "crime_type"]).agg(incidents=ibis._.count()).execute()
    return found.assign(month=pd.PeriodIndex(pd.to_datetime(found["month"]), freq="M"))


@st.cache_resource(max_entries=50, show_spinner=False)
def _first(fingerprint: str, asked: Asked, codes: tuple[str, ...]) -> pd.DataFrame:
    rows = filtered(tables.store().street(asked.force), asked, codes).order_by(_ORDER).limit(ROWS_ON_SCREEN)
    found = rows.select(*_COLUMNS).execute()
    return found.assign(month=pd.to_datetime(found["month"]))


@st.cache_resource(max_entries=8, show_spinner=False)
def _outcomes(fingerprint: str, force: str) -> list[str]:
    found = tables.store().street(force).select("last_outcome").distinct().execute()["last_outcome"]
    return [*sorted(found.dropna()), NO_OUTCOME]
