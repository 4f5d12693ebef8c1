"""Which parts of a total may be shown: sums a reader can do by hand, and a reader who tries every way."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.disclosure import may_show
from tests.exhaustive import examples


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([5, 9, 0], [True, True, True]),
        ([3, 9, 12], [False, False, True]),  # 24 - 9 - 12 would be 3
        ([4, 4, 9], [False, False, True]),  # 8 at two: 1 to 7 each
        ([1, 1, 1, 9], [False, False, False, False]),  # 3 alone are too few
        ([2], [False]),
        ([1, 1, 1, 1, 1, 0], [False] * 6),  # 5 at five that are not none: each would be 1
        ([2.5, 0.5, 20.0], [False, False, False]),  # shares of incidents
        ([], []),
    ],
)
def test_a_part_of_1_to_4_is_hidden_with_what_would_give_it_away(counts, shown):
    assert may_show(counts) == shown


@examples(100)
@given(st.lists(st.integers(0, 7), min_size=1, max_size=4))
def test_whoever_tries_every_way_finds_1_to_4_for_each_small_count(counts):
    total = sum(counts)
    if 0 < total < 5:
        return  # such a total is not shown
    shown = may_show(counts)
    noughts = any(shows for shows, count in zip(shown, counts, strict=True) if count == 0)
    least = 1 if noughts or any(shown) else 0
    ways = [
        way
        for way in product(range(total + 1), repeat=len(counts))
        if sum(way) == total
        and all(w == c if s else w >= least for w, c, s in zip(way, counts, shown, strict=True))
    ]
    for at, count in enumerate(counts):
        if 1 <= count <= 4:
            assert {1, 2, 3, 4} <= {way[at] for way in ways}
