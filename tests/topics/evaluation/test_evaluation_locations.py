"""Designs beside rows without a location: a made force that loses a steady share, and one that loses more and more."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.drawing.answer import DrawnFigure, Unanswered
from analysis.drawing.figure import Table
from analysis.model.areas import Area, rest_of
from analysis.model.cube import Panel
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES, MUCH_AS, TOLD
from analysis.topics import evaluation
from analysis.topics.evaluation.case import EvaluationCase
from analysis.topics.evaluation.measure import Finding, interrupted_finding, interrupted_of
from analysis.topics.evaluation.measure.findings import verdict_told
from analysis.topics.evaluation.say import (
    BY_MIXTURE,
    BY_MONTHS,
    BY_STEP,
    WITH_THE_RING,
    difference_sentence,
)
from tests.cases import case_of
from tests.made.places import grid

ASB = CRIME_TYPES[0]
YEARS = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")
START = pd.Period("2023-07", "M")
MONTHS = pd.period_range("2022-07", periods=24, freq="M")
CENTRE = "G004004"
DESIGNS = ("placebo", "design", "displacement", "interrupted", "synthetic")
WEIGHTS = pd.DataFrame()


def made_case(shares: tuple[float, float], centre: float = 1.0):
    """A force of 8 by 10 places with some 14 incidents a month in each, the centre's second year ``centre`` times as many.

    Of each period's rows this share has no location, wherever it was.
    """
    draw = np.random.default_rng(7)
    contiguity = grid(8, 10)
    codes = sorted(contiguity.neighbours)
    level = draw.uniform(9, 19, len(codes))[:, None] * np.ones(24)
    level[codes.index(CENTRE), :] = 14
    level[codes.index(CENTRE), 12:] *= centre
    happened = draw.poisson(level)
    kept = np.repeat([1 - shares[0], 1 - shares[1]], 12)
    located = draw.binomial(happened, np.broadcast_to(kept, happened.shape))
    values = np.zeros((len(codes), 24, len(CRIME_TYPES)))
    lost = np.zeros((24, len(CRIME_TYPES)))
    values[:, :, 0], lost[:, 0] = located, (happened - located).sum(axis=0)
    panel = Panel(pd.Index(codes, dtype="str"), MONTHS, values, {}, lost)
    places = pd.DataFrame(
        {"ground_code": codes, "district_name": "Made", "lsoa_name": codes, "in_force": True, "joined": True}
    )
    town = Area("centre", "Made Centre", "town centre", "made", frozenset({CENTRE}), treated=True)
    district = Area("made", "Made", "district", "made", frozenset(codes))
    areas = {"centre": town, "made": district, "rest": rest_of(district, [town])}
    return case_of(
        panel,
        places,
        areas,
        periods=YEARS,
        force_name="Made Police",
        contiguity=contiguity,
        chosen=("centre",),
    )


def parts_of(case):
    return evaluation.answer(EvaluationCase(case, WEIGHTS), "centre", ASB, START).parts


@pytest.mark.parametrize("centre", [1.0, 0.75])
def test_where_the_lost_locations_could_make_the_change_no_design_gives_a_direction(centre):
    parts = parts_of(made_case((0.05, 0.20), centre))
    for name in DESIGNS:
        said = parts[name]
        assert isinstance(said, Unanswered), name
        assert re.match(
            "Locations missing: without a location, and so in no area’s count, are 5% of the first period’s rows and 2[01]% of the "
            "second’s. Where they lie could make the change, so ",
            said.sentence,
        )


@pytest.mark.parametrize("share", [0.0, 0.02, 0.06, 0.12])
def test_a_steady_share_takes_no_design(share):
    parts = parts_of(made_case((share, share), 0.5))
    for name in DESIGNS:
        assert isinstance(parts[name], Table | DrawnFigure), (name, parts[name])
    assert parts["design"].title == "Recorded against expected stands out from what ordinary ground did"


def test_a_step_has_the_shares_of_its_own_months_and_the_finding_of_the_located_counts():
    case = made_case((0.05, 0.20))
    found = interrupted_of(case, case.areas["centre"], ASB, pd.Period("2023-03", "M"))
    finding = interrupted_finding(case, case.areas["centre"], ASB, found)
    # 8 months at 5% before; 4 at 5% and 12 at 20% after: between the two
    assert finding.missing == "5% of the first period’s rows and 17% of the second’s"
    whole = replace(case, panel=replace(case.panel, unlocated=None))
    assert interrupted_finding(whole, case.areas["centre"], ASB, found).missing == ""


def test_a_change_too_large_to_be_made_by_them_stands():
    parts = parts_of(made_case((0.05, 0.20), 0.4))
    assert parts["design"].title == "Recorded against expected stands out from what ordinary ground did"
    assert isinstance(parts["synthetic"], DrawnFigure)
    # the ring's own rows are many more than its change: that could be made
    assert isinstance(parts["displacement"], Unanswered)


def test_every_design_that_differs_from_the_verdict_says_so_and_why():
    case = made_case((0.0, 0.0), 0.75)
    parts = parts_of(case)
    verdict = "This differs from the verdict, “fell more than similar places”: "
    assert parts["interrupted"].title == "No step at Jul 2023 can be told from trend and season"
    assert parts["interrupted"].caveat.startswith(
        f"{verdict}it asks for a step at one month, without any other place. Points: recorded."
    )
    assert parts["displacement"].notes[0] == (
        f"{verdict}it asks of the area and the ground that touches it together."
    )
    # these two tell the same as the verdict
    assert "differs from the verdict" not in " ".join(parts["design"].notes) + parts["synthetic"].caveat
    steady = parts_of(made_case((0.0, 0.0)))
    said = " ".join(
        [
            *steady["design"].notes,
            *steady["displacement"].notes,
            steady["synthetic"].caveat,
            steady["interrupted"].caveat,
        ]
    )
    assert "differs from the verdict" not in said


@pytest.mark.parametrize("verdict", (*TOLD, MUCH_AS))
@pytest.mark.parametrize("why", [BY_MONTHS, BY_STEP, BY_MIXTURE, WITH_THE_RING])
def test_the_sentence_of_a_difference_can_be_read_once_and_stands_only_where_there_is_one(verdict, why):
    row = Evidence(verdict=verdict, change=-3)
    (mine,) = {verdict_told(row)}
    said = {told: difference_sentence(Finding(told), row, why) for told in (-1, 0, 1)}
    assert said.pop(mine) == ""
    assert all(0 < len(each.split()) <= 25 for each in said.values())
    assert difference_sentence(Finding(1), Evidence(verdict="too few to say"), why) == ""
    assert difference_sentence(Finding(1), None, why) == ""
