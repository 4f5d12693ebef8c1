from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.topics.perceptions.measure.perception import QUADRANTS, perceptions
from tests.exhaustive import examples


def survey(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["place", "respondents", "felt_unsafe"])


def recorded(**counts: float) -> pd.DataFrame:
    return pd.DataFrame({"place": list(counts), "incidents": list(counts.values())})


ANSWERS = survey(("A", 100, 60), ("B", 50, 30), ("C", 100, 10), ("D", 40, 8), ("E", 9, 9))


def test_places_felt_unsafe_with_few_incidents_come_first():
    found = perceptions(ANSWERS, recorded(A=5, B=90, C=80, D=2, E=1))
    assert found.table["place"].tolist() == ["A", "B", "C", "D", "E"]
    assert found.table["quadrant"].tolist() == [*QUADRANTS, ""]
    assert (found.share_cut, found.incidents_cut) == (pytest.approx(0.4), 42.5)


def test_places_with_under_ten_respondents_show_no_number():
    found = perceptions(ANSWERS, recorded(A=5, E=1))
    row = found.table.set_index("place").loc["E"]
    assert found.hidden == 1
    assert row["hidden"]
    assert row[["respondents", "felt_unsafe", "share", "share_low", "incidents"]].isna().all()


def test_ten_respondents_in_two_rows_are_shown():
    found = perceptions(survey(("A", 5, 1), ("A", 5, 4)), recorded(A=3))
    assert found.table.loc[0, ["respondents", "share"]].tolist() == [10, 0.5]
    assert found.hidden == 0


def test_place_without_a_recorded_count_has_no_quadrant():
    found = perceptions(ANSWERS, recorded(A=5, B=90)).table.set_index("place")
    assert found.loc["C", "quadrant"] == ""
    assert pd.isna(found.loc["C", "incidents"])


def test_wilsons_interval_for_ten_of_a_hundred():
    row = perceptions(survey(("A", 100, 10)), recorded(A=1)).table.iloc[0]
    assert (row["share_low"], row["share_high"]) == (
        pytest.approx(0.05523, abs=1e-5),
        pytest.approx(0.17437, abs=1e-5),
    )


@examples(60)
@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1), st.integers(0, 40)), max_size=9))
def test_each_place_stands_once_and_only_shown_places_have_a_quadrant(rows):
    answers = survey(*[(f"P{i}", n, int(n * share)) for i, (n, share, _) in enumerate(rows)])
    counts = pd.DataFrame({"place": [f"P{i}" for i in range(len(rows))], "incidents": [r[2] for r in rows]})
    found = perceptions(answers, counts)
    assert sorted(found.table["place"]) == sorted(answers["place"])
    assert found.hidden == sum(n < 10 for n, _, _ in rows)
    assert ((found.table["quadrant"] != "") == ~found.table["hidden"]).all()
    assert (
        found.table["share"]
        .dropna()
        .between(found.table["share_low"].dropna(), found.table["share_high"].dropna())
        .all()
    )
