from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, PeriodError
from analysis.model.periods import Period
from analysis.topics.high_crime.measure.ranking import persistence, ranking
from tests.made.places import made_panel
from tests.made.real import cleveland

ASB = "Anti-social behaviour"


def places(codes) -> pd.DataFrame:
    return pd.DataFrame(
        {"ground_code": list(codes), "ground_name": [f"Place {c}" for c in codes], "district_name": "Made"}
    )


def test_places_stand_in_order_and_ties_go_to_the_lower_code():
    panel = made_panel({"a": [1.0, 2], "b": [5.0, 0], "c": [4.0, 1], "d": [0.0, 0]})
    got = ranking(panel, places("dcba"), [ASB], panel.span)
    assert list(got.table["ground_code"]) == ["b", "c", "a", "d"]
    assert list(got.table["rank"]) == [1, 2, 3, 4]
    assert list(got.table["tied"]) == [True, True, False, False]
    assert list(got.table["cumulative_share"]) == pytest.approx([5 / 13, 10 / 13, 1, 1])
    assert got.total == 13


def test_a_gap_is_left_out_and_named():
    panel = made_panel({"a": [1.0, np.nan, 2], "b": [0.0, np.nan, 0]})
    got = ranking(panel, places("ab"), [ASB], panel.span)
    assert got.missing == (pd.Period("2022-08", "M"),)
    assert got.total == 3


def test_what_cannot_be_ranked_is_refused():
    panel = made_panel({"a": [0.0, np.nan], "b": [0.0, np.nan]})
    with pytest.raises(AnalysisError, match="No crime type"):
        ranking(panel, places("ab"), [], panel.span)
    with pytest.raises(AnalysisError, match="Nothing is recorded"):
        ranking(panel, places("ab"), [ASB], panel.span)
    with pytest.raises(AnalysisError, match="is published"):
        ranking(panel, places("ab"), [ASB], Period.parse("2022-08"))
    with pytest.raises(PeriodError, match="outside"):
        ranking(panel, places("ab"), [ASB], Period.parse("2022-06:2022-07"))


def test_persistence_by_hand():
    panel = made_panel({"a": [9.0, 9], "b": [8.0, 1], "c": [2.0, 8], "d": [1.0, 0]})
    first, second = (ranking(panel, places("abcd"), [ASB], Period.parse(m)) for m in ("2022-07", "2022-08"))
    got = persistence(first, second, 2)
    assert (got.stayed, got.expected, got.places) == (1, 1.0, 4)
    assert dict(zip(got.table["ground_code"], got.table["status"], strict=True)) == {
        "a": "stayed",
        "b": "left",
        "c": "entered",
    }
    # of the 6 pairs the second period could have drawn, 5 hold a or b
    assert got.p == pytest.approx(5 / 6)
    assert not got.tied_at_the_cut


def test_the_worked_number_seven_of_ten_among_a_hundred():
    codes = [f"{i:03d}" for i in range(100)]
    later = {code: float(100 - i) for i, code in enumerate(codes)}
    later |= {"007": 1.0, "008": 2.0, "009": 3.0}
    panel = made_panel({code: [float(100 - i), later[code]] for i, code in enumerate(codes)})
    sides = [ranking(panel, places(codes), [ASB], Period.parse(m)) for m in ("2022-07", "2022-08")]
    got = persistence(*sides, 10)
    assert (got.stayed, got.expected) == (7, 1.0)


def test_a_tie_at_the_cut_is_said():
    panel = made_panel({"a": [9.0, 9], "b": [8.0, 5], "c": [2.0, 5]})
    sides = [ranking(panel, places("abc"), [ASB], Period.parse(m)) for m in ("2022-07", "2022-08")]
    assert persistence(*sides, 2).tied_at_the_cut


def test_a_list_as_long_as_the_places_is_refused():
    panel = made_panel({"a": [9.0], "b": [8.0]})
    side = ranking(panel, places("ab"), [ASB], panel.span)
    with pytest.raises(AnalysisError, match="Choose a number from 1 to 1"):
        persistence(side, side, 2)


@given(st.lists(st.integers(0, 9), min_size=3, max_size=12).filter(any), st.data())
def test_a_period_persists_wholly_in_itself(counts, data):
    codes = [f"{i:02d}" for i in range(len(counts))]
    panel = made_panel({code: [float(n)] for code, n in zip(codes, counts, strict=True)})
    side = ranking(panel, places(codes), [ASB], panel.span)
    n = data.draw(st.integers(1, len(codes) - 1))
    got = persistence(side, side, n)
    assert got.stayed == n
    assert set(got.table["status"]) == {"stayed"}
    assert side.table["share"].sum() == pytest.approx(1)


def test_the_real_force_is_led_by_its_town_centres(shared):
    panel, ground = cleveland(shared)
    first = ranking(panel, ground, [ASB], Period.parse("2022-07:2023-06"))
    second = ranking(panel, ground, [ASB], Period.parse("2023-07:2024-06"))
    assert first.missing == (pd.Period("2022-12", "M"),)
    got = persistence(first, second, 20)
    assert got.stayed >= 10 > got.expected
    assert len(first.table) == 351
