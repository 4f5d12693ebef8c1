"""Outlines put together into one, whether they meet edge by edge or not."""

from __future__ import annotations

import pytest
import shapely

from analysis.model.outlines import united
from tests.data.made_outlines import grid


def test_outlines_that_meet_edge_by_edge_are_one_as_an_overlay_would_make_it():
    cells = grid(6, 4, edge=8, seed=2).geometry.to_numpy()
    assert shapely.coverage_is_valid(cells)
    assert shapely.equals(united(cells), shapely.union_all(cells))


@pytest.mark.parametrize(
    "beside", [shapely.box(5, 0, 15, 10), shapely.box(10, 2, 20, 8)], ids=["over", "corner"]
)
def test_outlines_that_lie_over_each_other_or_meet_in_part_are_one_without_a_seam(beside):
    first = shapely.box(0, 0, 10, 10)
    whole = united([first, beside])
    assert shapely.is_valid(whole) and whole.geom_type == "Polygon"
    assert whole.area == pytest.approx(shapely.union(first, beside).area)


def test_one_outline_is_itself_and_none_is_empty():
    square = shapely.box(0, 0, 1, 1)
    assert united([square]).equals(square)
    assert united([]).is_empty
