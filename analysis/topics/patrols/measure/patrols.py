"""The patrols that are shown: a log's where there is one, else what a review published; and what was recorded then."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.areas import town_centres
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.evidence import Evidence
from analysis.model.formats import number
from analysis.model.patrolled import PatrolledPlace
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import Period
from analysis.stats.ground_counts import GroundCounts, ground_counts
from analysis.topics.change.measure import area_evidence
from analysis.topics.funding.measure import CostPerHour, sums
from analysis.topics.patrols.case import PatrolCase
from analysis.topics.patrols.measure import dosage
from analysis.topics.patrols.measure.patrol_cost import logged_period, patrol_costs, seconds_by_hotspot

ASB = "Anti-social behaviour"

PROGRAMME = "hotspots"
"""The key of the programme that paid for the patrols."""


@dataclass(frozen=True, eq=False)
class Patrols:
    """Patrols by hotspot with their totals, the whole months they cover, their source, and the log if there is one."""

    table: pd.DataFrame
    period: Period
    source: str
    log: pd.DataFrame | None


def patrols(asked: PatrolCase) -> Patrols:
    """Return the patrols of the log, or those that the review published. NeedsInputError where there are neither."""
    return asked.case.cell("patrols", asked.log.key, make=lambda: _patrols(asked))


def _patrols(asked: PatrolCase) -> Patrols:
    log, review = asked.log.table, asked.case.review
    if log is not None:
        if log.empty:
            raise NeedsInputError("The patrol log has no row. Give one with patrols in it.")
        source = f"{asked.log.source} Recomputed from {number(len(log))} logged patrols."
        return Patrols(dosage.patrol_table(log), logged_period(log), source, log)
    if review is None:
        raise NeedsInputError(
            "No patrol of this force is held. Give a patrol log below, with the LSOA of each hotspot."
        )
    published = review.tables["patrols"]
    slide = published["slide"].iloc[0]
    return Patrols(
        dosage.with_totals(published[list(dosage.PUBLISHED_COLUMNS)]),
        Period(published["first_month"].min(), published["last_month"].max()),
        f"Source: the review, “{slide}”, as published and not recomputed.",
        None,
    )


def patrolled_months(asked: PatrolCase) -> PeriodPair:
    """Return the patrolled months, a year of them at most, and the same months the year before.

    Raises PeriodError where they are not held.
    """
    period, span = patrols(asked).period, asked.case.span
    return before_and_after(period.first, Period(span.first, min(span.last, period.last)))


def patrolled_evidence(asked: PatrolCase) -> tuple[Evidence, ...]:
    """Return the evidence on ASB in the patrolled months, one row a patrolled place, like for like.

    Raises NeedsInputError where no place has ground, and what `area_evidence` raises.
    """
    pair = patrolled_months(asked)
    case = asked.case.asking(baseline=pair.baseline, comparison=pair.comparison, like_for_like=True)
    rows = tuple(
        row
        for place in asked.patrolled.places
        for row in area_evidence(case, place.area)
        if row.crime_type == ASB
    )
    if not rows:
        raise NeedsInputError(
            "No hotspot’s ground is known, so no verdict can be given. Give the LSOA of each in the log."
        )
    return rows


def place_of(asked: PatrolCase, key: str) -> PatrolledPlace:
    """Return a patrolled place by key. Raises NeedsInputError where no hotspot's ground is known."""
    places = {place.area.key: place for place in asked.patrolled.places}
    if key in places:
        return places[key]
    raise NeedsInputError(
        asked.patrolled.note
        or "No hotspot of this force is named. Give a patrol log below, with the LSOA of each hotspot."
    )


def place_seconds(asked: PatrolCase, place: PatrolledPlace) -> float:
    """Return the patrol seconds of all hotspots of a place."""
    table = patrols(asked).table
    return float(table.loc[table["hotspot"].isin(place.hotspots), "seconds"].sum())


def monthly_dosage(asked: PatrolCase, place: PatrolledPlace) -> pd.DataFrame:
    """Return the place's patrol hours, recorded ASB and its comparator's by month (see `dosage.dosage_and_asb`).

    The hours are NaN throughout where only totals are published.
    """
    shown, case = patrols(asked), asked.case
    log = _no_patrols() if shown.log is None else shown.log
    series = dosage.dosage_and_asb(
        log.loc[log["hotspot"].isin(list(place.hotspots))],
        case.panel,
        place.area,
        case.yardsticks(place.area).rest,
        logged=shown.period,
    )
    return series.assign(patrol_hours=float("nan")) if shown.log is None else series


def ground_asb(asked: PatrolCase) -> GroundCounts:
    """Return recorded ASB on the force's ground in the months of the patrols that are held.

    Raises AnalysisError where none of them is.
    """
    case, period, span = asked.case, patrols(asked).period, asked.case.span
    if period.first > span.last or period.last < span.first:
        raise AnalysisError(
            f"No month of the patrols ({period.label}) is held ({span.label}), so nothing recorded can lie under them. "
            "Import those months."
        )
    months = Period(max(period.first, span.first), min(period.last, span.last))
    return case.cell(
        "ground counts",
        (ASB,),
        months,
        make=lambda: ground_counts(case.panel, case.own_ground, (ASB,), months),
    )


def police_asb(asked: PatrolCase) -> pd.DataFrame:
    """Return the police's figures on ASB in the hotspots as the review prints them, with the town centre's name.

    Raises NeedsInputError for a force without a review.
    """
    review = asked.case.review
    if review is None:
        raise NeedsInputError("No published review of this force is held.")
    names = {key: area.name for key, area in town_centres(asked.case.areas).items()}
    police = review.tables["asb_police"]
    known = police.loc[police["area"].isin(list(names))]
    return known.assign(area=[names[key] for key in known["area"]])


def costs(asked: PatrolCase) -> tuple[tuple[CostPerHour, ...], str]:
    """Return each dated sum beside the patrol hours of the same days and places, where they agree; and its source.

    Raises NeedsInputError where no funding records are at hand, or none has a sum for the patrols.
    """
    if asked.grants is None:
        raise NeedsInputError("No funding records are at hand.")
    granted = sums(asked.case, asked.grants, (asked.case.programme(PROGRAMME).name,))
    shown = patrols(asked)
    parts = shown.table.loc[shown.table["hotspot"] != dosage.TOTALS]
    seconds = (
        dict(zip(parts["hotspot"], parts["seconds"].astype(float), strict=True))
        if shown.log is None
        else seconds_by_hotspot(shown.log)
    )
    names = {hotspot: place.area.name for place in asked.patrolled.places for hotspot in place.hotspots}
    return (
        patrol_costs(granted.table, period=shown.period, seconds=seconds, log=shown.log, place_of=names),
        granted.source,
    )


def _no_patrols() -> pd.DataFrame:
    return pd.DataFrame({"hotspot": pd.Series(dtype="str"), "start": [], "end": []}).astype(
        {"start": "datetime64[us]", "end": "datetime64[us]"}
    )
