"""The planner by hand, and against falls planted in the counts of the real months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.stats.planner import FALLS, chance, groups_of
from analysis.stats.verdict_area import Untreated, measured
from analysis.stats.verdict_calibration import calibrate
from analysis.stats.verdict_months import Surroundings
from analysis.topics.calibration.measure import force_of
from tests.cases import case_of
from tests.made.evidence_world import force_places, review_areas
from tests.made.real import cleveland, touching

TYPES = (
    "Anti-social behaviour",
    "Criminal damage and arson",
    "Public order",
    "Violence and sexual offences",
    "Burglary",
)
WITHIN = 5.0


def test_worked_number():
    assert chance(np.array([-1.0, 0.0, 1.0, 2.0]), 2.0, np.array([-1.5])).tolist() == [0.25]


@pytest.fixture(scope="module")
def force(shared):
    panel, own = cleveland(shared)
    case = case_of(panel, force_places(own), review_areas(own), contiguity=touching(shared))
    return force_of(case, TYPES)[0]


@pytest.fixture(scope="module")
def planted(force):
    return {(row.scope, row.crime_type): row for row in calibrate(force, repeats=40) if row.design != "plain"}


@pytest.mark.parametrize("crime_type", [*TYPES, "index"])
def test_planned_chances_are_those_of_planted_falls_to_within_five_points(force, planted, crime_type):
    units = force.counts[crime_type]
    setting = Surroundings(force.other[crime_type], force.districts)
    against = measured(Untreated(units, setting, np.arange(len(units))[:, None]))
    judged = against.yardstick.judged
    every = against.yardstick.expected
    expected = replace(
        every, count=every.count[judged], spread=every.spread[judged], by_course=every.by_course[judged]
    )
    for fall, key in ((0.3, "told_30"), (0.5, "told_50")):
        moved = expected.shift(fall)
        alone, threshold = groups_of(against, 1)
        single = 100 * chance(alone, threshold, moved).mean()
        assert single == pytest.approx(getattr(planted["places", crime_type], key), abs=WITHIN)
        means, threshold = groups_of(against, 3)
        draws = np.random.default_rng(1).integers(len(moved), size=(2000, 3))
        three = 100 * chance(means, threshold, moved[draws].mean(axis=1)).mean()
        assert three == pytest.approx(getattr(planted["triples", crime_type], key), abs=WITHIN)


def test_larger_falls_and_more_places_are_told_oftener(force):
    units = force.counts[TYPES[0]]
    against = measured(
        Untreated(units, Surroundings(force.other[TYPES[0]], force.districts), np.arange(len(units))[:, None])
    )
    single = units.of(np.array([[5]]))
    setting = Surroundings(force.other[TYPES[0]], force.districts).of(np.array([[5]]))

    def at(months: int, fall: float, places: int) -> float:
        z, threshold = groups_of(against, places)
        moved = against.yardstick.expect_over(single, setting, months).shift(fall)
        return float(chance(z, threshold, moved)[0])

    falls = [at(12, fall, 1) for fall in FALLS]
    assert falls == sorted(falls)
    assert at(12, 0.3, 3) > at(12, 0.3, 1) and at(36, 0.3, 1) >= at(6, 0.3, 1)
