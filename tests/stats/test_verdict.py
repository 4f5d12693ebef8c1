import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.vocabulary import PLAIN_VERDICTS, VERDICTS
from analysis.stats.verdict import plain_verdict, stands_out, uses_relative_rank, verdict

NAN = math.nan


PLAIN = {
    "baseline": 100, "comparison": 50, "rest_percent": 0.0, "rirr": 0.5, "low": 0.3, "high": 0.8,
    "as_much": 2, "places": 20, "enough": True,
}  # fmt: skip


def said(**case):
    return plain_verdict(**{**PLAIN, **case})


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({}, "fell more than elsewhere"),
        (
            {"comparison": 95, "rest_percent": -50, "rirr": 1.9, "low": 1.2, "high": 3},
            "fell less than elsewhere",
        ),
        ({"comparison": 150, "rirr": 1.5, "low": 1.1, "high": 2}, "rose more than elsewhere"),
        (
            {"comparison": 110, "rest_percent": 90, "rirr": 0.58, "low": 0.4, "high": 0.9},
            "rose less than elsewhere",
        ),
        # the interval holds 1, or just touches it
        ({"high": 1.0}, "no clear change"),
        ({"high": 0.999}, "fell more than elsewhere"),
        # one place in ten is rare enough, more is not
        ({"as_much": 3}, "no clear change"),
        ({"as_much": 10, "places": 100}, "fell more than elsewhere"),
        ({"as_much": 11, "places": 100}, "no clear change"),
        # as elsewhere: both by 10 per cent or more
        ({"comparison": 90, "rest_percent": -10.0, "high": 1.2}, "fell, as elsewhere"),
        ({"comparison": 91, "rest_percent": -10.0, "high": 1.2}, "no clear change"),
        ({"comparison": 90, "rest_percent": -9.99, "high": 1.2}, "no clear change"),
        ({"comparison": 110, "rest_percent": 10.0, "low": 0.8, "high": 1.2}, "rose, as elsewhere"),
        ({"comparison": 109, "rest_percent": 10.0, "low": 0.8, "high": 1.2}, "no clear change"),
        ({"comparison": 90, "rest_percent": 10.0, "high": 1.2}, "no clear change"),
        # few
        ({"baseline": 12, "comparison": 7, "rest_percent": -50}, "too few to say"),
        ({"baseline": 12, "comparison": 8, "rest_percent": -50, "high": 1.5}, "fell, as elsewhere"),
        ({"enough": False}, "too few to say"),
        ({"baseline": NAN}, "too few to say"),
        # unchanged is neither a fall nor a rise, whatever happened elsewhere
        ({"comparison": 100, "rest_percent": -50, "rirr": 2, "low": 1.5, "high": 3}, "no clear change"),
        # from nothing
        ({"baseline": 0, "comparison": 40, "rirr": 9, "low": 2, "high": 40}, "rose more than elsewhere"),
        (
            {"baseline": 0, "comparison": 40, "rest_percent": NAN, "rirr": 9, "low": 0.5, "high": 40},
            "no clear change",
        ),
    ],
)
def test_the_plain_rule_at_its_edges(case, words):
    assert said(**case) == words


def test_the_rank_is_relative_only_where_own_and_relative_change_point_apart():
    assert uses_relative_rank(100, 90, 1.2) and uses_relative_rank(100, 110, 0.8)
    assert not uses_relative_rank(100, 90, 0.8) and not uses_relative_rank(100, 110, 1.2)


def test_without_places_or_interval_nothing_stands_out():
    assert (
        not stands_out(0.1, 0.5, 0, 0)
        and not stands_out(NAN, NAN, 0, 50)
        and not stands_out(0.1, 0.5, NAN, 50)
    )


@given(
    st.tuples(st.integers(0, 500), st.integers(0, 500)),
    st.floats(-99, 300),
    st.tuples(st.floats(0.05, 5), st.floats(0.1, 0.99), st.floats(1.01, 9)),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_a_verdict_never_says_the_opposite_of_the_counts(counts, rest, ratios, rank):
    (before, after), (ratio, down, up) = counts, ratios
    low, high = ratio * down, ratio * up
    words = said(
        baseline=before, comparison=after, rest_percent=rest, rirr=ratio, low=low, high=high,
        as_much=min(rank), places=max(rank),
    )  # fmt: skip
    assert words in PLAIN_VERDICTS
    if words.startswith("fell"):
        assert after < before
    if words.startswith("rose"):
        assert after > before
    if words.endswith(("more than elsewhere", "less than elsewhere")):
        assert not low <= 1 <= high


@pytest.mark.parametrize(
    ("counts", "told", "words"),
    [
        ((92, 33), -1, "fell more than similar places"),
        ((24, 62), 1, "rose more than similar places"),
        ((201, 88), 0, "much as similar places did"),
        ((3, 8), None, "too few to say"),
        # 623 to 624 stayed, and 600 to 570 fell, where similar places fell by a third: neither rose
        ((623, 624), 1, "fell less than similar places"),
        ((600, 570), 1, "fell less than similar places"),
        ((50, 50), -1, "rose less than similar places"),
    ],
)
def test_what_is_told_becomes_words_that_the_counts_bear_out(counts, told, words):
    assert verdict(*counts, told) == words


@given(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from([-1, 0, 1, None]))
def test_nothing_fell_or_rose_more_than_others_that_did_not_fall_or_rise(before, after, told):
    words = verdict(before, after, told)
    assert words in VERDICTS
    assert after < before or not words.startswith("fell more")
    assert after > before or not words.startswith("rose more")
