from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model.disclosure import PROTECTING, SMALL, hidden_cells, hide_small
from analysis.model.errors import ContractError


def with_totals(cells: list[list[int]]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=[f"c{n}" for n in range(len(cells[0]))])
    frame["all"] = frame.sum(axis=1)
    frame.loc["Totals"] = frame.sum()
    return frame


def test_small_counts_become_fewer_than_five_and_nought_and_missing_stay():
    frame = pd.DataFrame({"shop": ["A", "B", "C", "D"], "n": [0, 4, 5, None]})
    assert hide_small(frame, ["n"])["n"].tolist() == ["0", "fewer than 5", "5", "–"]
    assert hide_small(frame, ["n"])["shop"].tolist() == ["A", "B", "C", "D"]


def test_the_threshold_can_be_set():
    frame = pd.DataFrame({"n": [9, 10]})
    assert hide_small(frame, ["n"], under=10)["n"].tolist() == ["fewer than 10", "10"]


def test_a_single_small_cell_takes_the_smallest_other_of_its_column_with_it():
    frame = pd.DataFrame({"n": [3, 20, 10, 33]}, index=["A", "B", "C", "Totals"])
    shown = hide_small(frame, ["n"], total_row="Totals")["n"]
    assert shown.tolist() == ["fewer than 5", "20", "hidden", "33"]


def test_two_small_cells_that_a_total_would_force_hide_the_total_too():
    frame = pd.DataFrame({"n": [4, 4, 8]}, index=["A", "B", "Totals"])
    assert hide_small(frame, ["n"], total_row="Totals")["n"].tolist()[2] == "hidden"
    frame = pd.DataFrame({"n": [2, 4, 6]}, index=["A", "B", "Totals"])
    assert hide_small(frame, ["n"], total_row="Totals")["n"].tolist()[2] == "6"


def test_a_small_total_is_hidden_too():
    frame = pd.DataFrame({"n": [1, 2, 3]}, index=["A", "B", "Totals"])
    assert set(hide_small(frame, ["n"], total_row="Totals")["n"]) == {"fewer than 5"}


def test_a_table_with_both_totals_closes_the_square():
    shown = hide_small(with_totals([[2, 20], [10, 30]]), ["c0", "c1"], total_column="all", total_row="Totals")
    assert shown.loc["Totals"].tolist() == ["12", "50", "62"]
    assert shown["all"].tolist() == ["22", "40", "62"]
    assert shown.loc[0, "c0"] == "fewer than 5"


def test_totals_that_do_not_add_up_or_are_not_there_are_an_error():
    frame = pd.DataFrame({"n": [3, 20, 24]}, index=["A", "B", "Totals"])
    with pytest.raises(ContractError, match="not the sum"):
        hide_small(frame, ["n"], total_row="Totals")
    with pytest.raises(ContractError, match="no single row"):
        hide_small(frame, ["n"], total_row="All")
    with pytest.raises(ContractError, match="no column m"):
        hide_small(frame, ["m"])


def tables_that_fit(frame: pd.DataFrame, why: pd.DataFrame, largest: int) -> list[np.ndarray]:
    """Every table of parts that agrees with what is shown, by trying them all."""
    parts = frame.iloc[:-1, :-1].to_numpy()
    reasons = why.to_numpy()
    spots = [tuple(s) for s in np.argwhere(reasons[:-1, :-1] != "")]
    choices = [range(1, 5) if reasons[s] == SMALL else range(5, largest + 1) for s in spots]
    fitting = []
    for values in product(*choices):
        table = parts.copy()
        for spot, value in zip(spots, values, strict=True):
            table[spot] = value
        whole = np.block([[table, table.sum(axis=1, keepdims=True)], [table.sum(axis=0), table.sum()]])
        agrees = np.where(
            reasons == "", whole == frame.to_numpy(),
            np.where(reasons == SMALL, (whole > 0) & (whole < 5), whole >= 5),
        )  # fmt: skip
        if agrees.all():
            fitting.append(whole)
    return fitting


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
def test_no_small_count_can_be_worked_out_from_what_is_shown(cells):
    frame = with_totals(cells)
    why = hidden_cells(frame, ["c0", "c1"], total_column="all", total_row="Totals")
    fitting = tables_that_fit(frame, why, largest=10)
    for spot in np.argwhere(why.to_numpy() == SMALL):
        known = {int(table[tuple(spot)]) for table in fitting}
        others = (why.to_numpy() == "") & (frame.to_numpy() > 0)
        # where every positive cell is hidden there is nothing left to hide
        assert len(known) > 1 or not others.any()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_is_shown_is_true_and_a_table_without_small_counts_is_untouched(cells):
    frame = with_totals(cells)
    why = hidden_cells(frame, ["c0", "c1", "c2"], total_column="all", total_row="Totals")
    assert ((why == SMALL) == ((frame > 0) & (frame < 5))).all(axis=None)
    if not (why == SMALL).any(axis=None):
        assert (why == "").all(axis=None)
    assert not ((why == PROTECTING) & (frame == 0)).any(axis=None)
