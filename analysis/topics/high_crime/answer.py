"""Where were most incidents recorded, and is it the same ground as before?"""

from __future__ import annotations

from dataclasses import replace

from analysis.drawing.answer import Answer, answered, resting_on
from analysis.drawing.figure import Figure, Table
from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.shown import Name, Outline, Shown
from analysis.model.case import Case
from analysis.stats.concentration import concentration, lorenz
from analysis.topics.high_crime.measure import (
    high_together,
    over_time,
    persistence,
    place_names,
    ranked,
    whole_period,
)
from analysis.topics.high_crime.show.concentration_figure import concentration_figure
from analysis.topics.high_crime.show.high_crime_map import emerging_map, gi_star_map
from analysis.topics.high_crime.show.place_tables import (
    emerging_table,
    gi_star_table,
    persistence_table,
    ranking_table,
    stayed_sentence,
)

HIGH_TOGETHER, OVER_TIME = "High together", "New, lasting or fading"
VIEWS = (HIGH_TOGETHER, OVER_TIME)
"""The two maps of high-crime ground."""


def answer(case: Case, crime_type: str, number: int) -> Answer:
    """Return how concentrated incidents of one type are, the first ``number`` places and whether they stayed, Gi*, classes.

    Raises AnalysisError where nothing was recorded or published in either period: then there is no place to speak of.
    """
    before = ranked(case, crime_type, case.baseline)
    after = ranked(case, crime_type, case.comparison)
    names = place_names(case)

    def curve() -> Figure:
        incidents = after.table.set_index("ground_code")["incidents"]
        figure = concentration_figure(
            lorenz(incidents), concentration(incidents), crime_type.lower(), case.comparison.label
        )
        return resting_on(figure, case.comparison)

    def same() -> Table:
        case.needs_two_periods()
        return persistence_table(persistence(before, after, number), before, after, names, crime_type)

    def stayed() -> str:
        case.needs_two_periods()
        return stayed_sentence(persistence(before, after, number), case.baseline)

    def together() -> Table:
        table = gi_star_table(high_together(case, crime_type), names, crime_type, case.comparison)
        return resting_on(table, case.comparison)

    def ranking() -> Table:
        return resting_on(ranking_table(after, number, names, crime_type, case.comparison), case.comparison)

    made = answered(
        case,
        {
            "concentration": curve,
            "stayed": stayed,
            "ranking": ranking,
            "persistence": same,
            "gi_star": together,
            "emerging": lambda: emerging_table(over_time(case, crime_type), names, crime_type),
        },
    )
    return replace(made, compares=False)


def where(case: Case, crime_type: str, view: str) -> Answer:
    """Return one of the two maps (`VIEWS`) of high-crime ground."""

    def make() -> Shown:
        outlines, labels = _bearings(case)
        if view == HIGH_TOGETHER:
            together = gi_star_map(
                high_together(case, crime_type),
                crime_type=crime_type,
                when=case.comparison.label,
                names=case.names,
                outlines=outlines,
                labels=labels,
            )
            return resting_on(together, case.comparison)
        lasting = emerging_map(
            over_time(case, crime_type),
            crime_type=crime_type,
            when=whole_period(case).label,
            names=case.names,
            outlines=outlines,
            labels=labels,
        )
        return resting_on(lasting, whole_period(case))

    return answered(case, {"map": make})


def _bearings(case: Case) -> tuple[tuple[Outline, ...], tuple[Name, ...]]:
    return outlined(case.chosen), names_on(case.land, case.chosen, wards=case.land.wards)
