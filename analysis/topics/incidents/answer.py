"""Which incidents were recorded, where and when, and what came of them?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, answered, resting_on
from analysis.drawing.figure import Figure, Table
from analysis.drawing.maps.districts import district_map, districts_land
from analysis.drawing.maps.incident_map import count_map
from analysis.drawing.maps.shown import Shown
from analysis.model.case import Case
from analysis.model.land import Land
from analysis.model.periods import Period
from analysis.stats.ground_counts import ground_counts
from analysis.topics.incidents.case import ROWS_ON_SCREEN, ForcesCase, IncidentCase
from analysis.topics.incidents.measure import counts_by_month
from analysis.topics.incidents.measure.district_counts import district_counts
from analysis.topics.incidents.say import file_lines, filters_line
from analysis.topics.incidents.show.incident_maps import bearings, ground_map, hexagon_map, points_map
from analysis.topics.incidents.show.incident_tables import incidents_table, trend_data, trend_figure

GROUND, POINTS, DENSITY = "Ground by count", "Approximate points", "Density"
"""The views of the incidents wanted."""

_VIEWS: dict[str, Callable[[IncidentCase, pd.Period | None], Shown]] = {
    GROUND: ground_map,
    POINTS: points_map,
    DENSITY: hexagon_map,
}


def answer(wanted: IncidentCase) -> Answer:
    """Return the incidents wanted by month and crime type, and the first of them as a list with all to take away."""
    return answered(wanted.case, {"trend": lambda: _trend(wanted), "list": lambda: _list(wanted)})


def where(wanted: IncidentCase, view: str, month: pd.Period | None) -> Answer:
    """Return a map of the incidents wanted in one of the views, of all months together (None) or of one."""
    return answered(
        wanted.case,
        {"map": lambda: resting_on(_VIEWS[view](wanted, month), _shown(wanted.question.period, month))},
    )


def by_ground(case: Case, crime_types: tuple[str, ...], month: pd.Period | None, note: str) -> Answer:
    """Return the map of these crime types by ground in the comparison period, of all months (None) or of one.

    It opens on the districts of the chosen areas; ``note`` is said under it.
    """

    def make() -> Shown:
        outlines, labels = bearings(case)
        shown = count_map(
            ground_counts(case.panel, case.own_ground, crime_types, case.comparison),
            month=month,
            names=case.names,
            outlines=outlines,
            labels=labels,
            focus=case.districts_round(*case.chosen),
            note=note,
        )
        return resting_on(shown, _shown(case.comparison, month))

    return answered(case, {"map": make})


def districts(forces: ForcesCase) -> Answer:
    """Return the map of the districts of every force held, by incidents a month."""

    def make() -> Shown:
        return district_map(
            _by_district(forces),
            land=district_land(forces),
            crime_types=forces.crime_types,
            period=forces.period,
            forces=forces.case.force_names,
            naming=forces.case.naming,
        )

    # a map of all forces is that of none
    return answered(replace(forces.case, force_name=""), {"map": make})


def district_land(forces: ForcesCase) -> Land:
    """Return the districts as the ground of their map. Raises NeedsInputError where none has an outline."""
    names = tuple(_by_district(forces)["district_name"])
    return forces.case.cells.get(
        (forces.case.state, "district land", names), lambda: districts_land(forces.read_outlines(), names)
    )


def force_of(forces: ForcesCase, district: str) -> str:
    """Return the force that a district on the map counts under."""
    table = _by_district(forces)
    return str(table.loc[table["district_name"] == district, "force"].iloc[0])


def _shown(period: Period, month: pd.Period | None) -> Period:
    return period if month is None else Period(month, month)


def _by_district(forces: ForcesCase) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        counted = forces.read()
        return district_counts(
            counted.counts,
            counted.crosswalk,
            crime_types=forces.crime_types,
            months=counted.months,
            period=forces.period,
        )

    # not a cell of the case: it is the same whichever force is chosen
    return forces.case.cells.get(("districts", *forces.key), make)


def _trend(wanted: IncidentCase) -> Figure:
    period = wanted.question.period
    data = trend_data(counts_by_month(wanted), wanted.case.panel, wanted.question.crime_types, period)
    return trend_figure(data, filters_line(wanted), period)


def _list(wanted: IncidentCase) -> Table:
    total = int(counts_by_month(wanted)["incidents"].sum())
    first = wanted.rows.first(ROWS_ON_SCREEN)
    table = incidents_table(first, total, filters_line(wanted), wanted.question.period)
    lines, file = file_lines(wanted, total), wanted.rows.file

    def whole(more: Iterable[str] = ()) -> bytes:
        return file([*lines, *more])

    return replace(table, whole=whole)
