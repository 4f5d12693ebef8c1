"""Patrols for the page: a log where there is one, else what the review published; and the ground they were on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.drawing.evidence.sentences import short_sentences
from analysis.drawing.figure import Figure
from analysis.model.areas import town_centres
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.formats import number
from analysis.model.patrolled import Patrolled, PatrolledPlace
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import Period
from analysis.topics.funding.measure.funding_timeline import CostPerHour
from analysis.topics.patrols.measure import dosage
from analysis.topics.patrols.measure.patrol_cost import logged_period, patrol_costs, seconds_by_hotspot
from analysis.topics.patrols.show.dosage_figures import dosage_figure
from data.review import read_review
from pages.shell import tables
from pages.shell.choice import Selection
from pages.shell.records import Records

ASB = "Anti-social behaviour"


@dataclass(frozen=True, eq=False)
class Patrols:
    """The patrols that the page shows: the table of them, its period and source, and the log if there is one."""

    held: Records
    table: pd.DataFrame
    period: Period
    log: pd.DataFrame | None

    @property
    def source(self) -> str:
        """The line under each table."""
        if self.log is None:
            return "Source: the review, “ASB Hotspots details”, as published and not recomputed."
        return f"{self.held.source} Recomputed from {number(len(self.log))} logged patrols."

    @property
    def needed_log(self) -> pd.DataFrame:
        """The log; NeedsInputError, with the sentence that asks for it, where only totals are published."""
        return self.held.needed


def patrols(held: Records) -> Patrols:
    """Return the patrols of a log, or those that the review published."""
    log = held.table
    if log is not None:
        return Patrols(held, dosage.patrol_table(log), logged_period(log), log)
    published = read_review("patrols")
    table = dosage.with_totals(published[list(dosage.PUBLISHED_COLUMNS)])
    return Patrols(held, table, Period(published["first_month"].min(), published["last_month"].max()), None)


def shares(found: Patrols) -> pd.DataFrame | None:
    """Return the share of patrols of 15 minutes or more, or None where single patrols are not known."""
    return None if found.log is None else dosage.share_long_enough(found.log)


def places(chosen: Selection, found: Patrols) -> Patrolled:
    """Return the patrolled places of the force: the log's, or the review's three."""
    if found.log is None:
        return tables.hotspots_of(chosen.force, read_review("patrols"))
    return tables.hotspots_of(chosen.force, found.log)


def place(chosen: Selection, found: Patrols) -> PatrolledPlace:
    """Draw the choice of one patrolled place; NeedsInputError where no hotspot's ground is known."""
    held = places(chosen, found)
    named = {p.area.key: p for p in held.places}
    if not named:
        raise NeedsInputError(
            held.note
            or "The review names no hotspot of this force. Give a patrol log below, with the LSOA of each hotspot."
        )
    first = next((key for key in chosen.areas if key in named), next(iter(named)))
    key = st.selectbox(
        "Patrolled place",
        list(named),
        index=list(named).index(first),
        format_func=lambda key: named[key].area.name,
        key="patrolled",
        bind="query-params",
        required=True,
        width=320,
    )
    return named[key]


def pair(chosen: Selection, found: Patrols) -> PeriodPair:
    """Return the patrolled months, a year of them at most, and the same months the year before."""
    span = tables.span(chosen.force)
    until = Period(span.first, min(span.last, found.period.last))
    return before_and_after(found.period.first, until)


def evidence(chosen: Selection, found: Patrols) -> pd.DataFrame:
    """Return the evidence on ASB in the patrolled months, one row a patrolled place."""
    periods = pair(chosen, found)
    asked = replace(
        chosen,
        baseline=periods.baseline,
        comparison=periods.comparison,
        crime_types=(ASB,),
        like_for_like=True,
    )
    rows = [_asb(asked, p) for p in places(chosen, found).places]
    if not rows:
        raise NeedsInputError(
            "No hotspot’s ground is known, so no verdict can be given. Give the LSOA of each in the log."
        )
    return pd.concat(rows, ignore_index=True)


def months_line(chosen: Selection, found: Patrols) -> str:
    """Say which months the verdict compares, and which are left out."""
    rows = evidence(chosen, found)
    left_out = "; ".join(dict.fromkeys(note for note in rows["months_note"] if note))
    compared = int(rows["months_compared"].max())
    return (
        f"Patrolled months against the same months a year before: {pair(chosen, found).label}, {compared} months on each side."
        + (f" {left_out}." if left_out else "")
    )


def answers(chosen: Selection, found: Patrols) -> list[tuple[str, str]]:
    """Return one sentence a place: patrols and hours, and what the evidence says of the patrolled months."""
    held = places(chosen, found)
    mark = " (simulated log)" if found.held.state == "demonstration" else ""
    said = []
    for p in held.places:
        rows = found.table.loc[found.table["hotspot"].isin(p.hotspots)]
        hours = dosage.hours_words(rows["seconds"].sum())
        patrolled = int(rows["patrols"].sum())
        counted = f"{number(patrolled)} patrol{'s' * (patrolled != 1)}, {hours}."
        said.append((f"{p.area.name}{mark}", f"{counted} {_verdict(chosen, found, p)}"))
    if held.note:
        said.append(("Not placed", held.note))
    return said or [("Patrols", "No patrol is held for this force.")]


def dosage_of(chosen: Selection, found: Patrols, at: PatrolledPlace) -> Figure:
    """Return patrol hours, recorded ASB and the comparator's, month by month, in aligned panels."""
    against = tables.yardsticks_of(chosen.force, at.area)
    empty = pd.DataFrame({"hotspot": pd.Series(dtype="str"), "start": [], "end": []}).astype(
        {"start": "datetime64[us]", "end": "datetime64[us]"}
    )
    log = empty if found.log is None else found.log
    series = dosage.dosage_and_asb(
        log, tables.cube(chosen.force), at.area, against.rest, hotspots=at.hotspots, logged=found.period
    )
    if found.log is None:
        series["patrol_hours"] = float("nan")
    total = found.table.loc[found.table["hotspot"].isin(at.hotspots), "seconds"].sum()
    return dosage_figure(
        series,
        at.area.name,
        against.rest.name,
        found.period.first,
        total=float(total),
        source=found.source,
    )


def police_asb(chosen: Selection) -> pd.DataFrame:
    """Return the police's figures on ASB in the hotspots, with the town centre's name."""
    names = {key: area.name for key, area in town_centres(tables.areas(chosen.force)).items()}
    police = read_review("asb_police")
    known = police.loc[police["area"].isin(list(names))]
    return known.assign(area=[names[key] for key in known["area"]])


def costs(chosen: Selection, found: Patrols, funding: pd.DataFrame) -> tuple[CostPerHour, ...]:
    """Return each dated sum beside the patrol hours of the same days and places, where they agree."""
    seconds = _published_seconds(found.table) if found.log is None else seconds_by_hotspot(found.log)
    place_of = {hotspot: p.area.name for p in places(chosen, found).places for hotspot in p.hotspots}
    return patrol_costs(funding, period=found.period, seconds=seconds, log=found.log, place_of=place_of)


def _published_seconds(table: pd.DataFrame) -> Mapping[str, float]:
    parts = table.loc[table["hotspot"] != dosage.TOTALS]
    return dict(zip(parts["hotspot"], parts["seconds"].astype(float), strict=True))


def _verdict(chosen: Selection, found: Patrols, at: PatrolledPlace) -> str:
    try:
        table = evidence(chosen, found)
    except AnalysisError as problem:
        return str(problem)
    said = short_sentences(table.loc[table["area_key"] == at.area.key])
    return f"The same months a year before against the patrolled months: {said[:1].lower()}{said[1:]}"


def _asb(asked: Selection, at: PatrolledPlace) -> pd.DataFrame:
    table = _evidence(at, tables.state(asked.force), asked, at.area.key, tuple(sorted(at.area.ground)))
    return table.loc[table["crime_type"] == ASB]


@st.cache_resource(max_entries=50, show_spinner="Weighing the evidence…")
def _evidence(
    _at: PatrolledPlace, state: str, asked: Selection, key: str, ground: tuple[str, ...]
) -> pd.DataFrame:
    return tables.evidence_of(asked, _at.area)
