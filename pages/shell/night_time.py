"""The night-time economy for the page: its funds, months on its ground, and records that have an hour."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.drawing.figure import Figure, Table
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import Area
from analysis.model.formats import capital
from analysis.topics.funding.measure.funding_timeline import programme_key
from analysis.topics.funding.show.funding_figure import funding_figure
from analysis.topics.night_time.measure.night_hours import hours_of_week, stop_search_hours
from analysis.topics.night_time.measure.night_months import (
    NIGHT_TIME_TYPES,
    DecemberEffect,
    daily_rate,
    december_effect,
    month_pattern,
)
from analysis.topics.night_time.show.night_figures import hours_figure
from analysis.topics.programmes.show.programme_tables import deliverables_table
from data.areas import force_name
from pages.shell import money, programmes, tables
from pages.shell.choice import Selection
from pages.shell.records import Records

FUND, DUTY = "NTE Funding 2022-23", "Serious Violence Duty"
GROUND = (
    "Night-time ground is here the town centres chosen in the filters; for another place, Yarm for one, choose its LSOAs as an area of "
    "your own. What is recorded on it includes the day."
)
NO_HOURS = (
    "police.uk publishes the month of an incident and neither day nor hour, so nothing above is about the night by itself. Hours need "
    "records that have them."
)


def funds(held: Records) -> money.Sums:
    """Return the sums of the two funds, and those of any other fund that the office's records call NTE."""
    others = [] if held.table is None else [name for name in held.table["programme"] if _is_night(name)]
    return money.funding(held, [FUND, DUTY, *others])


def timeline(sums: money.Sums) -> Figure:
    """Return the dated sums over their days."""
    figure = funding_figure(sums.table, sums.source)
    return replace(figure, title=capital(figure.title))


def paid_for(held: Records, programme: str) -> Table:
    """Return what a fund paid for, from the records or as published."""
    rows, source = programmes.deliverables(held, programme)
    return replace(deliverables_table(rows, source), title=f"What the {programme} money pays for")


def asked(chosen: Selection) -> Selection:
    """Return the selection with the crime types that go with the night-time economy."""
    return replace(chosen, crime_types=NIGHT_TIME_TYPES)


def monthly(chosen: Selection) -> Figure:
    """Return the five crime types by month on the chosen town centres."""
    return monthly_figure(
        tables.cube(chosen.force),
        tables.chosen_areas(chosen),
        NIGHT_TIME_TYPES,
        chosen.baseline,
        chosen.comparison,
        tables.breaks(asked(chosen)),
    )


def patterns(chosen: Selection) -> dict[str, pd.DataFrame]:
    """Return how the months of a year differ, by the name of each chosen area, over every month held."""
    return {area.name: month_pattern(_rate(chosen, area)) for area in tables.chosen_areas(chosen)}


def december(chosen: Selection) -> dict[str, DecemberEffect]:
    """Return December against the months beside it, by the name of each chosen area."""
    return {area.name: december_effect(_rate(chosen, area)) for area in tables.chosen_areas(chosen)}


def span(chosen: Selection) -> str:
    """Return the months held, as a label."""
    return tables.span(chosen.force).label


def timed(held: Records) -> Figure:
    """Return the timed incidents by weekday and hour. NeedsInputError where none are held."""
    return hours_figure(
        hours_of_week(held.needed),
        what="timed incidents",
        period=days(held),
        source=held.source,
        caveat="Who keeps the record decides what is in it: calls, attendances and arrests are not the same incidents.",
    )


def days(held: Records) -> str:
    """Return the months from the first to the last timed incident, as a label."""
    records = held.needed
    moments = pd.concat([records[name].dropna() for name in ("date_time", "earliest", "latest")])
    return f"{moments.min():%b %Y} – {moments.max():%b %Y}"


def searches(chosen: Selection) -> Figure:
    """Return stops and searches of the comparison period by weekday and hour: police activity, not crime.

    NeedsInputError for a force whose times do not vary, AnalysisError where none are held.
    """
    rows = tables.store().stop_and_search(chosen.force)
    first, last = chosen.comparison.first.to_timestamp().date(), chosen.comparison.last.to_timestamp().date()
    found = rows.filter(rows.month >= first, rows.month <= last).select("searched_at").execute()
    return hours_figure(
        # the store keeps UTC without saying so in the type
        stop_search_hours(found["searched_at"].dt.tz_localize("UTC"), force_name=force_name(chosen.force)),
        what="stops and searches",
        period=chosen.comparison.label,
        source="Source: police.uk stop and search, Open Government Licence v3.0.",
        caveat="This is when the police searched, a measure of police activity: it says nothing on when crime is.",
    )


def _is_night(programme: str) -> bool:
    return programme_key(programme).startswith("nte-")


def _rate(chosen: Selection, area: Area) -> pd.Series:
    return daily_rate(tables.cube(chosen.force), area.ground, name=area.name)
