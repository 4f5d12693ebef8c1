"""Where do people feel unsafe, and are incidents recorded there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.drawing.answer import Answer, Unanswered, answered, resting_on
from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.wgs84 import to_metres
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.stats.ground_counts import ground_counts
from analysis.topics.perceptions.case import PerceptionsCase
from analysis.topics.perceptions.measure import Perceptions, perceptions, place_ground, recorded_on
from analysis.topics.perceptions.show.perception_map import perception_map
from analysis.topics.perceptions.show.perception_table import perception_table, safe
from analysis.topics.perceptions.show.quadrant_figure import perception_figure

PlaceGround = Mapping[str, frozenset[str]]


def answer(asked: PerceptionsCase) -> Answer:
    """Return the survey's places beside what was recorded on their ground: table, figure and map.

    Without a survey, or where its places cannot be set beside the record, the sentence that says so is the only part.
    """
    case, survey = asked.case, asked.survey
    try:
        ground = _ground(asked)
        places = _places(case, survey.needed, ground)
    except AnalysisError as problem:
        return Answer((), {"asks": Unanswered(str(problem))}, case.simulated)
    what = counted(case)
    return answered(
        case,
        {
            "table": lambda: resting_on(perception_table(places, what, survey.source), case.comparison),
            "figure": lambda: resting_on(perception_figure(places, what, survey.source), case.comparison),
            "map": lambda: resting_on(_map(asked, places, ground), case.comparison),
        },
    )


def counted(case: Case) -> str:
    """Say which incidents are set beside the answers."""
    return f"recorded incidents of the {len(case.crime_types)} crime types chosen, {case.comparison.label}"


def _ground(asked: PerceptionsCase) -> PlaceGround:
    """Return the common ground of each place of the survey. NeedsInputError where no survey is held."""
    case, survey = asked.case, asked.survey
    answers = survey.needed
    return case.cell(
        "survey ground",
        survey.key,
        # its name may be that of a place of the survey
        case.selection.own,
        make=lambda: place_ground(
            answers,
            crosswalk=asked.read_crosswalk(),
            areas=case.areas.values(),
            boundaries=asked.read_boundaries(),
        ),
    )


def _places(case: Case, answers: pd.DataFrame, ground: PlaceGround) -> Perceptions:
    """Return the places of the survey in four quadrants, small numbers taken out."""
    return safe(perceptions(answers, recorded_on(case.panel, ground, case.crime_types, case.comparison)))


def _map(asked: PerceptionsCase, places: Perceptions, ground: PlaceGround) -> Shown:
    """Return each place by its quadrant, where the survey or its ground says it lies."""
    case, survey = asked.case, asked.survey
    return perception_map(
        places,
        _points(case, survey.needed, ground),
        what=counted(case),
        source=survey.source,
        recorded=ground_counts(case.panel, case.own_ground, case.crime_types, case.comparison),
        names=case.names,
        outlines=outlined(case.chosen),
        labels=names_on(case.land, (), wards=None),
        focus=frozenset().union(*ground.values()),
        simulated=survey.simulated,
    )


def _points(case: Case, answers: pd.DataFrame, ground: PlaceGround) -> dict[str, tuple[float, float]]:
    """Return a point in metres for each place: the first that the survey gives, else inside its ground."""
    middles = ((place, case.land.middle_of(units)) for place, units in ground.items())
    inside = {place: middle for place, middle in middles if middle is not None}
    pointed = answers.dropna(subset=["longitude", "latitude"]).drop_duplicates("place")
    points = zip(*to_metres(pointed["longitude"], pointed["latitude"]), strict=True)
    return inside | _by_name(pointed["place"], points)


def _by_name(places: Iterable[str], points: Iterable[tuple[float, float]]) -> dict[str, tuple[float, float]]:
    return {str(place): (float(x), float(y)) for place, (x, y) in zip(places, points, strict=True)}
