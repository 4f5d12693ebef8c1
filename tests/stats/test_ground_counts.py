"""Incidents by unit and month for a map: sums by hand, a gap is never 0, and what was never published is named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError, PeriodError
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.ground_counts import counted_like, ground_counts
from tests.made.places import made_panel
from tests.made.real import BILLINGHAM, THORNABY, cleveland

PERIOD = Period.parse("2022-07:2022-10")
ASB, THEFT, DRUGS = "Anti-social behaviour", "Shoplifting", "Drugs"


def panel_of(**types: dict[str, list[float]]) -> Panel:
    """A panel of several crime types; a type that is not given is published and zero."""
    first = next(iter(types.values()))
    values = np.zeros((len(first), 4, len(CRIME_TYPES)))
    for name, rows in types.items():
        for at, code in enumerate(sorted(rows)):
            values[at, :, CRIME_TYPES.index({"asb": ASB, "theft": THEFT, "drugs": DRUGS}[name])] = rows[code]
    return Panel(
        pd.Index(sorted(first), dtype="str"), pd.period_range("2022-07", periods=4, freq="M"), values
    )


NAN = float("nan")
MADE = panel_of(
    asb={"A": [1, 2, NAN, 4], "B": [0, 0, NAN, 1]},
    theft={"A": [5, 0, 1, 1], "B": [2, 2, 2, 2]},
    drugs={"A": [NAN] * 4, "B": [NAN] * 4},
)


def test_types_are_added_up_by_unit_and_month():
    found = ground_counts(MADE, ["B", "A"], [THEFT], PERIOD)
    assert found.table.loc["A"].tolist() == [5, 0, 1, 1] and found.table.loc["B"].tolist() == [2] * 4
    assert found.totals.to_dict() == {"A": 7, "B": 8}
    assert list(found.table.columns) == list(PERIOD.months) and found.note == ""


def test_a_month_without_one_of_the_types_is_a_gap_and_never_0():
    found = ground_counts(MADE, ["A", "B"], [ASB, THEFT], PERIOD)
    assert found.table.loc["A"].tolist()[:2] == [6, 2] and found.table.loc["A"].tolist()[3] == 5
    assert found.table.iloc[:, 2].isna().all()
    assert found.missing == (pd.Period("2022-09"),) and pd.Period("2022-09") not in found.months
    assert found.totals.to_dict() == {"A": 13, "B": 7}  # the published months alone
    assert found.note == "Not published and left out: Sep 2022."


def test_a_type_that_is_never_published_is_named_and_takes_no_month_with_it():
    found = ground_counts(MADE, ["A"], [THEFT, DRUGS], PERIOD)
    assert found.crime_types == (THEFT,) and found.unpublished == (DRUGS,) and found.missing == ()
    assert found.totals["A"] == 7
    assert found.note == "Not published in these months at all: Drugs."


def test_ground_the_panel_does_not_have_is_left_out_and_the_rest_sorted():
    assert list(ground_counts(MADE, ["B", "Z", "A"], [THEFT], PERIOD).table.index) == ["A", "B"]


@pytest.mark.parametrize(
    ("types", "period", "error", "words"),
    [
        ([], PERIOD, AnalysisError, "Choose at least one"),
        ([DRUGS], PERIOD, AnalysisError, "no month of .* is published"),
        ([ASB], Period.parse("2022-09"), AnalysisError, "no month of Sep 2022 is published"),
        ([THEFT], Period.parse("2022-06:2022-08"), PeriodError, "2022"),
        ([THEFT], Period.parse("2022-07:2022-11"), PeriodError, "2022"),
    ],
)
def test_what_cannot_be_counted_is_a_sentence(types, period, error, words):
    with pytest.raises(error, match=words):
        ground_counts(MADE, ["A"], types, period)


def test_months_that_no_two_types_share_are_a_sentence():
    apart = panel_of(asb={"A": [1, NAN, NAN, NAN]}, theft={"A": [NAN, 1, 1, 1]})
    with pytest.raises(AnalysisError, match="has all of Anti-social behaviour, Shoplifting published"):
        ground_counts(apart, ["A"], [ASB, THEFT], PERIOD)


def test_other_rows_on_the_same_ground_keep_the_gaps_and_are_0_where_none():
    like = ground_counts(MADE, ["A", "B"], [ASB, THEFT], PERIOD)
    rows = pd.DataFrame(
        {
            "ground_code": ["A", "A", "A", "B", "Z"],
            "month": pd.PeriodIndex(["2022-07", "2022-07", "2022-09", "2023-01", "2022-07"], freq="M"),
            "incidents": [1, 2, 9, 9, 9],
        }
    )
    found = counted_like(rows, like)
    assert found.table.loc["A"].tolist()[:2] == [3, 0] and found.table.loc["B"].tolist()[:2] == [0, 0]
    assert found.table.iloc[:, 2].isna().all()  # what was counted in a gap is not shown as whole
    assert found.totals.to_dict() == {"A": 3, "B": 0}
    assert (found.crime_types, found.period, found.missing) == (like.crime_types, like.period, like.missing)


def test_no_other_row_is_none_and_not_a_gap():
    like = ground_counts(MADE, ["A", "B"], [ASB], PERIOD)
    empty = pd.DataFrame({"ground_code": [], "month": pd.PeriodIndex([], freq="M"), "incidents": []})
    assert counted_like(empty, like).totals.to_dict() == {"A": 0, "B": 0}


def test_months_and_units_shuffled_give_the_same_counts():
    rows = {"A": [1.0, 2, 3, 4], "B": [4.0, 3, 2, 1]}
    one = ground_counts(made_panel(rows), ["A", "B"], [ASB], PERIOD).totals
    other = ground_counts(made_panel({"A": rows["B"], "B": rows["A"]}), ["B", "A"], [ASB], PERIOD).totals
    assert one.to_dict() == {"A": other["B"], "B": other["A"]}


def test_the_real_counts_of_the_town_centres_come_out(shared):
    panel, own = cleveland(shared)
    before, after = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")
    for period, billingham, thornaby in ((before, 124, 201), (after, 119, 96)):
        found = ground_counts(panel, own["ground_code"], [ASB], period)
        assert (found.totals[BILLINGHAM], found.totals[THORNABY]) == (billingham, thornaby)
        rows = np.ix_(panel.rows(own["ground_code"]), panel.columns(period.months))
        assert found.totals.sum() == np.nansum(panel.values[:, :, CRIME_TYPES.index(ASB)][rows])
    assert (
        ground_counts(panel, own["ground_code"], [ASB], before).note
        == "Not published and left out: Dec 2022."
    )
