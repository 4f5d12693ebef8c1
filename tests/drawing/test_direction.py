"""Rose, fell or about the same: what a headline may say of two counts."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.evidence.direction import TOO_FEW_TO_TELL, direction, direction_of, way_of
from analysis.model.evidence import Evidence

counts = st.integers(0, 50_000)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (1588, 1591, "about the same"),  # the worked example: 3 of 1,588
        (346, 378, "rose"),  # and its other: 32 against a root of 724 of 27
        (2208, 2075, "fell"),
        (300, 300, "about the same"),
        (0, 0, "about the same"),
        (0, 1, "about the same"),  # 1 incident where there was none: chance alone does that
        (0, 2, "rose"),
        (100, 104, "about the same"),
        (100, 105, "rose"),  # 5% is not under 5%, though chance alone makes it readily
        (100, 95, "fell"),
        (50, 53, "rose"),  # the base is large enough for its +6% to be shown
        (49, 52, "about the same"),  # here the percentage is hidden
        (49, 60, "rose"),  # 11 squared is 121, over 109
        (20_000, 20_200, "about the same"),  # 200 squared is 40,000, under 40,200
    ],
)
def test_a_change_is_named_only_where_it_is_more_than_chance_readily_makes_or_than_5_percent(
    before, after, word
):
    assert direction(before, after) == word


def test_a_change_just_over_the_root_of_the_sum_is_named_however_small_its_percentage():
    assert direction(20_000, 20_201) == "rose"  # 201 squared is 40,401, over 40,201
    assert direction(20_201, 20_000) == "fell"


@settings(deadline=None)
@given(counts, counts)
def test_a_rise_is_named_exactly_where_the_fall_of_the_same_two_counts_is_on_a_small_base(before, after):
    small, large = sorted((before % 50, after % 50))
    assert (direction(small, large) == "rose") == (direction(large, small) == "fell")


@settings(deadline=None)
@given(counts, counts)
def test_the_word_never_points_the_other_way(before, after):
    word = direction(before, after)
    assert word != ("fell" if after >= before else "rose")
    if word == "about the same" and before >= 50:
        assert abs(after - before) < 0.05 * before


@settings(deadline=None)
@given(counts, counts)
def test_what_is_about_the_same_in_a_sentence_moved_by_less_than_a_quarter(before, after):
    row = Evidence(baseline_incidents=before, comparison_incidents=after, percent_change=0.0)
    if way_of(row) == "about the same":
        assert before == after or abs(after - before) < 0.25 * before
    elif way_of(row) == TOO_FEW_TO_TELL:
        assert direction_of(row) == "about the same"
    else:
        assert way_of(row) == direction_of(row)


def test_counts_of_unlike_months_have_no_direction():
    assert direction(math.nan, 5) == "not known"
    row = Evidence(baseline_incidents=11, comparison_incidents=40, baseline_months=11, comparison_months=12)
    assert direction_of(row) == "not known"
    none_before = replace(row, baseline_incidents=0, baseline_months=12)
    assert direction_of(none_before) == "rose"
