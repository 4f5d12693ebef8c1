"""Classes of maps: a number stands in the one class whose label says so, and zero, gap and count are three."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.maps.classes import (
    FEW,
    NO_INCIDENT,
    NOT_PUBLISHED,
    change_class,
    change_keys,
    count_class,
    count_edges,
    count_keys,
)
from analysis.drawing.maps.palette import SEQUENTIAL

COUNTS = st.lists(st.integers(0, 3000), max_size=80)


def spans(labels: list[str]) -> list[tuple[float, float]]:
    """What the labels of counts say: the lowest and the highest count of each."""
    found = []
    for label in labels:
        low, _, high = label.replace(",", "").partition(" to ")
        if low.endswith(" or more"):
            found.append((float(low.removesuffix(" or more")), np.inf))
        else:
            found.append((float(low), float(high or low)))
    return found


def percents(label: str) -> tuple[float, float]:
    """What a label of change says, as the lowest and the highest whole per cent of it."""
    if found := re.fullmatch(r"Changed by less than (\d+)%", label):
        return 1.0 - int(found[1]), int(found[1]) - 1.0
    if found := re.fullmatch(r"(Fell|Rose) by (\d+)% or more", label):
        return (-np.inf, -float(found[2])) if found[1] == "Fell" else (float(found[2]), np.inf)
    found = re.fullmatch(r"(Fell|Rose) by (\d+)% to under (\d+)%", label)
    low, high = float(found[2]), float(found[3]) - 1
    return (-high, -low) if found[1] == "Fell" else (low, high)


@given(COUNTS)
def test_every_count_lies_in_the_one_class_whose_label_says_so(counts):
    edges = count_edges(counts)
    keys = count_keys(edges)
    said = spans([key.label for key in keys[1:-1]])
    for count, at in zip(counts, count_class(pd.Series(counts, dtype=float), edges), strict=True):
        inside = [i for i, (low, high) in enumerate(said, 1) if low <= count <= high]
        assert inside == ([at] if count else [])
        assert (at == 0) == (count == 0)


@given(COUNTS)
def test_classes_are_whole_rising_start_at_one_and_are_five_at_most(counts):
    edges = count_edges(counts)
    assert edges[0] == 1 and list(edges) == sorted(set(edges)) and len(edges) <= len(SEQUENTIAL)
    if any(counts):
        assert edges[-1] <= max(counts)  # the last class is never empty


def test_a_fifth_of_the_counts_lies_in_each_class():
    edges = count_edges(range(1, 101))
    assert edges == (1, 21, 41, 61, 81)
    labels = [key.label for key in count_keys(edges)]
    assert labels == ["0", "1 to 20", "21 to 40", "41 to 60", "61 to 80", "81 or more", "Not published"]


def test_zero_gap_and_count_are_three_in_class_colour_and_pattern():
    edges = count_edges([3, 8])
    keys = count_keys(edges)
    at = list(count_class(pd.Series([0.0, np.nan, 3.0, 8.0]), edges))
    assert keys[at[0]] == NO_INCIDENT and keys[at[1]] == NOT_PUBLISHED
    assert len(set(at)) == 4
    assert len({keys[i].colour for i in at}) == 4
    assert NOT_PUBLISHED.mark == "hatch" and NO_INCIDENT.mark == "fill"


@pytest.mark.parametrize("counts", [[], [0, 0], [np.nan], [np.nan, 0]])
def test_without_a_count_there_is_one_class(counts):
    assert count_edges(counts) == (1,)
    assert [key.label for key in count_keys((1,))] == ["0", "1 or more", "Not published"]


@pytest.mark.parametrize(
    ("percent", "label"),
    [
        (-100.0, "Fell by 50% or more"),
        (-50.0, "Fell by 50% or more"),
        (-49.999, "Fell by 25% to under 50%"),
        (-25.0, "Fell by 25% to under 50%"),
        (-24.999, "Fell by 10% to under 25%"),
        (-10.0, "Fell by 10% to under 25%"),
        (-9.999, "Changed by less than 10%"),
        (0.0, "Changed by less than 10%"),
        (9.999, "Changed by less than 10%"),
        (10.0, "Rose by 10% to under 25%"),
        (24.999, "Rose by 10% to under 25%"),
        (25.0, "Rose by 25% to under 50%"),
        (49.999, "Rose by 25% to under 50%"),
        (50.0, "Rose by 50% or more"),
        (350.0, "Rose by 50% or more"),
    ],
)
def test_a_change_on_a_step_and_just_beside_it(percent, label):
    at = change_class(pd.Series([percent]), told=pd.Series([True])).iloc[0]
    assert change_keys()[at].label == label


@given(st.integers(-100, 400))
def test_every_whole_per_cent_lies_in_the_class_whose_label_says_so(percent):
    at = change_class(pd.Series([float(percent)]), told=pd.Series([True])).iloc[0]
    said = [percents(key.label) for key in change_keys()[:-1]]
    assert [i for i, (low, high) in enumerate(said) if low <= percent <= high] == [at]


@given(st.integers(1, 500), st.integers(0, 1500))
def test_a_change_of_counts_is_classed_as_its_counts_say_whatever_the_last_binary_digit(before, after):
    percent = pd.Series([100 * (after - before) / before])
    label = change_keys()[change_class(percent, told=pd.Series([True])).iloc[0]].label
    size = abs(after - before) * 100
    expected = (
        "Changed by less than 10%"
        if size < 10 * before
        else ("Rose by " if after > before else "Fell by ")
        + (
            "50% or more"
            if size >= 50 * before
            else "25% to under 50%"
            if size >= 25 * before
            else "10% to under 25%"
        )
    )
    assert label == expected


def test_what_is_not_told_or_missing_is_too_few_to_say():
    found = change_class(pd.Series([20.0, np.nan, 20.0]), told=pd.Series([False, True, True]))
    assert [change_keys()[at] for at in found][:2] == [FEW, FEW]
    assert change_keys()[found.iloc[2]] != FEW


def test_the_colours_of_a_fall_and_a_rise_lie_as_far_from_no_change():
    colours = [key.colour for key in change_keys()[:-1]]
    assert len(set(colours)) == 7
    assert colours[3] == "#F2F2F2"  # no change is neither of the two
