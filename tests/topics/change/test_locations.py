"""The step after the verdict: shares without a location, and the verdicts that they take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.evidence.direction import direction_of
from analysis.drawing.evidence.sentences import lead_sentence, row_sentence
from analysis.drawing.evidence.wholeness import lead_notes
from analysis.model.cube import Panel
from analysis.model.evidence import Evidence
from analysis.model.partly import Partly, about, told
from analysis.model.periods import Period, compared_months
from analysis.model.vocabulary import CRIME_TYPES
from analysis.model.vocabulary import LOCATIONS_MISSING as MISSING
from analysis.topics.change.measure.locations import with_locations
from tests.exhaustive import examples

ASB = CRIME_TYPES[0]
YEARS = Period.parse("2022-01:2022-12"), Period.parse("2023-01:2023-12")
MONTHS = pd.period_range("2022-01", periods=24, freq="M")


def world(area: tuple[int, int], rest: tuple[int, int], unlocated: tuple[int, int]):
    """An area and its rest, alone in the force, a year's incidents in its first month; the row of evidence and the panel."""
    values = np.zeros((2, 24, len(CRIME_TYPES)))
    lost = np.zeros((24, len(CRIME_TYPES)))
    for at, month in ((0, 0), (1, 12)):
        values[0, month, 0], values[1, month, 0] = area[at], rest[at]
        lost[month, 0] = unlocated[at]
    panel = Panel(pd.Index(["A", "R"]), MONTHS, values, {}, lost)
    row = Evidence(
        area="A",
        crime_type=ASB,
        baseline_incidents=area[0],
        comparison_incidents=area[1],
        change=area[1] - area[0],
        percent_change=100 * (area[1] / area[0] - 1),
        rest_baseline_incidents=rest[0],
        rest_comparison_incidents=rest[1],
        rest_percent_change=100 * (rest[1] / rest[0] - 1),
        baseline_months=12,
        comparison_months=12,
        months_compared=12,
        phi=1.5,
        rirr=1.0,
        rirr_low=0.9,
        rirr_high=1.1,
        as_much=3,
        similar_places=40,
        similar_units=40,
        verdict="fell more than similar places"
        if area[1] / area[0] < rest[1] / rest[0]
        else "much as similar places did",
    )
    return row, panel, {ASB: panel.compared(*YEARS, ASB)}


def judged(area, rest, unlocated) -> Evidence:
    row, panel, months = world(area, rest, unlocated)
    return with_locations([row], panel, months)[0]


def test_a_row_without_unlocated_rows_stays_as_it_is_with_shares_of_none():
    row, panel, months = world((200, 100), (2000, 2000), (0, 0))
    assert with_locations([row], panel, months) == (
        replace(row, baseline_unlocated=0.0, comparison_unlocated=0.0),
    )


def test_a_fall_that_the_lost_locations_could_make_has_no_verdict_no_ratio_and_no_direction():
    # 204 to 156 of 2,208 located in both years, and 732 of the second without a location: a quarter
    row = judged((204, 156), (2004, 2052), (0, 732))
    assert row.comparison_unlocated == pytest.approx(732 / 2940)
    assert row.verdict == MISSING
    assert np.isnan([row.rirr, row.as_much, row.smallest_tellable_fall]).all()
    assert direction_of(row) == "not known"
    assert "25% of the second’s: where they lie could make the change" in row.reason
    said = row_sentence(row)
    assert "is 204 to 156, with locations missing" in said
    assert "fell" not in said
    assert lead_sentence([row]).startswith("No change can be told. Without a location")
    assert "Locations missing: of anti-social behaviour nothing is told" in lead_notes([row], YEARS[1])


def test_a_fall_too_large_to_be_made_by_them_keeps_its_verdict():
    # 400 to 40, 5% lost in the second year alone: three times the area's share of them is 6 more
    row = judged((400, 40), (4000, 4000), (0, 220))
    assert row.verdict == "fell more than similar places"
    assert row.direction_stands


@pytest.mark.parametrize("share", [0.02, 0.06, 0.12])
def test_a_steady_share_takes_no_verdict(share):
    lost = round(2200 * share / (1 - share))
    assert judged((200, 100), (2000, 2000), (lost, lost)).verdict == "fell more than similar places"


@examples(40)
@given(
    before=st.integers(20, 400),
    after=st.integers(20, 400),
    lost=st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
)
def test_taking_locations_never_makes_a_verdict(before, after, lost):
    located = judged((before, after), (3000, 3000), (0, 0))
    assert judged((before, after), (3000, 3000), lost).verdict in (located.verdict, MISSING)


# partly published months in words


def partly(month: str, recorded: float, ordinary: float, reason: str = "far below") -> Partly:
    return Partly(pd.Period(month, "M"), ASB, recorded, ordinary, (reason,))


def test_a_partly_published_month_is_told_with_both_numbers():
    cell = partly("2023-03", 212, 912.4)
    assert told([cell]) == (
        "Anti-social behaviour of Mar 2023 is only partly published (212 recorded where about 910 are ordinary)"
    )
    months = compared_months(*YEARS, [m for m in MONTHS if m != cell.month], partly=[cell])
    assert months.reason == f"{told([cell])}, so March is left out of both years"
    assert len(months.baseline) == len(months.comparison) == 11


def test_a_gap_and_a_partly_published_month_are_both_told():
    cell = partly("2023-03", 212, 900)
    held = [m for m in MONTHS if m not in (cell.month, pd.Period("2022-05", "M"))]
    reason = compared_months(*YEARS, held, partly=[cell]).reason
    assert reason.startswith("May 2022 is not published here")
    assert "March is left out of both years" in reason


@pytest.mark.parametrize(("value", "words"), [(912.4, "910"), (1234, "1,200"), (35.2, "35"), (7.6, "8")])
def test_about_gives_two_figures(value, words):
    assert about(value) == words
