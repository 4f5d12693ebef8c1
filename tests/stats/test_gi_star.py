from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from esda.getisord import G_Local
from hypothesis import given
from hypothesis import strategies as st
from libpysal.graph import Graph
from scipy.stats import false_discovery_control

from analysis.model.contiguity import Contiguity
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.stats.gi_star import gi_star, gi_star_columns, marked
from analysis.stats.neighbours import adjacency
from tests.made.places import grid, strip
from tests.made.real import cleveland, touching

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
VALUES = pd.Series([2, 3, 3.2, 5, 8, 7], index=list("abcdef"))


def within_15() -> Contiguity:
    distance = np.hypot(*(POINTS[:, None] - POINTS[None]).transpose(2, 0, 1))
    return Contiguity(
        {
            code: frozenset("abcdef"[j] for j in np.flatnonzero(distance[i] <= 15) if j != i)
            for i, code in enumerate("abcdef")
        }
    )


def test_the_example_of_esda(shared):
    oracle = json.loads((shared / "oracles" / "oracles.json").read_text())["gistar"]
    assert gi_star(VALUES, within_15()).table["gi_star"].to_numpy() == pytest.approx(oracle)


def test_the_order_of_the_counts_does_not_matter():
    one, other = gi_star(VALUES, within_15()), gi_star(VALUES[::-1], within_15())
    pd.testing.assert_frame_equal(one.table, other.table)


def test_false_discovery_control_as_in_benjamini_and_hochberg_1995(shared):
    p = json.loads((shared / "oracles" / "oracles.json").read_text())["bh1995"]["p"]
    assert (false_discovery_control(p) <= 0.05).sum() == 4


def test_a_cluster_is_high_and_its_far_side_is_not():
    near = grid(9, 9)
    counts = pd.Series(1.0, index=sorted(near.neighbours))
    counts[["G000000", "G000001", "G001000", "G001001"]] = 30
    got = gi_star(counts, near).table.set_index("ground_code")
    assert got.loc["G000000", "high"]
    assert not got.loc["G008008", "high"]
    assert got.loc["G000000", "touching"] == 3
    assert not (got["high"] & got["low"]).any()


def test_an_island_is_judged_by_itself():
    near = Contiguity({**strip(list("abcd")).neighbours, "z": frozenset()})
    got = gi_star(pd.Series([1.0, 2, 1, 2, 9], index=list("abcdz")), near).table.set_index("ground_code")
    assert got.loc["z", "touching"] == 0
    assert got.loc["z", "gi_star"] == pytest.approx((9 - 3) / np.std([1, 2, 1, 2, 9]))


def test_ground_without_a_boundary_is_named_and_left_out():
    counts = pd.concat([VALUES, pd.Series({"x": 99.0})])
    got = gi_star(counts, within_15())
    assert got.left_out == ("x",)
    pd.testing.assert_frame_equal(got.table, gi_star(VALUES, within_15()).table)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (pd.Series([1.0, 1, 1], index=list("abc")), "whose counts differ"),
        (pd.Series([1.0, 2], index=list("ab")), "at least three"),
        (pd.Series([1.0, np.nan, 3], index=list("abc")), "not published"),
    ],
)
def test_counts_that_cannot_be_judged_are_refused(counts, sentence):
    with pytest.raises(AnalysisError, match=sentence):
        gi_star(counts, within_15())


def test_without_boundaries_it_says_which_import_mends_it():
    with pytest.raises(NeedsInputError, match="python -m data import-geography"):
        gi_star(VALUES, None)


@given(st.lists(st.integers(0, 20), min_size=12, max_size=12), st.integers(1, 9), st.integers(0, 50))
def test_scale_and_level_of_the_counts_do_not_matter(counts, times, plus):
    values = np.array(counts, float)[:, None]
    weights = adjacency(grid(3, 4), sorted(grid(3, 4).neighbours), itself=True)
    moved = gi_star_columns(values * times + plus, weights)
    assert moved == pytest.approx(gi_star_columns(values, weights), nan_ok=True, abs=1e-6)


def test_a_month_in_which_all_counts_are_equal_marks_nothing():
    weights = adjacency(grid(3, 4), sorted(grid(3, 4).neighbours), itself=True)
    z = gi_star_columns(np.ones((12, 1)), weights)
    assert np.isnan(z).all()
    assert not marked(z)[2].any()


def test_the_matrix_product_equals_esda_month_by_month_on_the_real_files(shared):
    panel, _ = cleveland(shared)
    near = touching(shared)
    inside = [code in near.neighbours for code in panel.ground]
    codes = list(panel.ground[inside])
    weights = adjacency(near, codes, itself=True)
    graph = Graph.from_sparse(weights)
    counts = np.column_stack([panel.totals([month], "Shoplifting") for month in panel.held("Shoplifting")])
    counts = counts[inside]
    got = gi_star_columns(counts, weights)
    for month in range(counts.shape[1]):
        wanted = G_Local(counts[:, month], graph, transform="B", star=True, permutations=0).Zs
        assert got[:, month] == pytest.approx(wanted, abs=1e-10)
