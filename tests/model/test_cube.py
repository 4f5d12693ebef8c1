"""The cube: zero, gap and what was never published are three things, and no total changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.cube import build_cube, panel
from analysis.model.errors import AnalysisError, AreaError, ContractError
from analysis.model.periods import parse_month
from analysis.model.vocabulary import CRIME_TYPES
from tests.exhaustive import examples

MONTHS = [parse_month(f"2023-{m:02d}") for m in range(1, 7)]
A, B, C, D, X, Y = (f"E0100000{n}" for n in range(1, 7))


def counts(rows: list[tuple[str, int, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    return frame.assign(month=[MONTHS[m] for m in frame["month"]])


incidents = st.lists(
    st.tuples(
        st.sampled_from([A, B, C]), st.integers(0, 3), st.sampled_from(CRIME_TYPES), st.integers(1, 60)
    ),
    min_size=1,
    max_size=30,
)


def test_zero_where_published_and_none_missing_where_not():
    cube = build_cube(counts([(A, 0, "Robbery", 2), (B, 2, "Robbery", 1)]), [A, B, C], [MONTHS[0], MONTHS[2]])
    robbery = cube.loc[cube["crime_type"] == "Robbery"].set_index(["ground_code", "month"])["incidents"]
    assert robbery[(A, MONTHS[0])] == 2
    assert robbery[(C, MONTHS[0])] == 0
    assert np.isnan(robbery[(A, MONTHS[1])])  # between the first and the last month held: a gap
    assert len(cube) == 3 * 3 * 14


def test_a_crime_type_that_the_force_stops_publishing_is_a_gap_in_that_month():
    rows = [(A, m, "Anti-social behaviour", 20) for m in (0, 1, 3)] + [(A, m, "Robbery", 1) for m in range(4)]
    held = panel(build_cube(counts(rows), [A], MONTHS[:4]))
    assert held.held("Anti-social behaviour") == (MONTHS[0], MONTHS[1], MONTHS[3])
    assert held.held("Robbery") == tuple(MONTHS[:4])


def test_a_rare_crime_type_with_none_in_a_month_is_a_true_zero():
    rows = [(A, m, "Robbery", 3) for m in (0, 1, 3)] + [(A, m, "Burglary", 40) for m in range(4)]
    assert panel(build_cube(counts(rows), [A], MONTHS[:4])).series([A], "Robbery").tolist() == [3, 3, 0, 3]


def test_a_crime_type_never_published_is_a_gap_throughout():
    held = panel(build_cube(counts([(A, 0, "Robbery", 3)]), [A], MONTHS[:1]))
    assert held.held("Anti-social behaviour") == ()


def test_no_month_held_is_an_error_that_says_what_to_do():
    with pytest.raises(AnalysisError, match="Import a file first"):
        build_cube(counts([]), [A], [])


def test_a_filtered_cube_is_refused_rather_than_counted_wrong():
    cube = build_cube(counts([(A, 0, "Robbery", 2)]), [A, B], MONTHS[:1])
    with pytest.raises(ContractError, match="filter the results rather than the cube"):
        panel(cube.iloc[1:])


def test_an_area_without_ground_in_the_data_is_a_sentence():
    held = panel(build_cube(counts([(A, 0, "Robbery", 2)]), [A], MONTHS[:1]))
    with pytest.raises(AreaError, match="Yarm has no ground in the data held"):
        held.rows([D], name="Yarm")


@examples(60)
@given(incidents)
def test_roll_up_never_changes_a_total(rows):
    frame = counts(rows)
    cube = build_cube(frame, [A, B, C, D], MONTHS[:4])
    assert np.nansum(cube["incidents"]) == frame["incidents"].sum()
    held = panel(cube)
    by_area = sum(held.series([unit], t).fillna(0).sum() for unit in (A, B, C, D) for t in CRIME_TYPES)
    assert by_area == frame["incidents"].sum()
