from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.english import (
    agree,
    counted,
    first_of,
    is_are,
    listed,
    lower_first,
    numbered,
    upper_first,
    was_were,
)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")]
)
def test_a_noun_goes_with_its_count(count, text):
    assert counted(count, "row") == text


def test_a_plural_without_an_s_and_verbs_go_with_the_count():
    assert [counted(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]
    assert [is_are(n) for n in (0, 1, 2)] == ["are", "is", "are"]
    assert [was_were(n) for n in (0, 1, 2)] == ["were", "was", "were"]
    assert agree(1, "looks", "look") == "looks"


def test_lists_are_joined_as_they_are_spoken():
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed("ab", last="or") == "a or b"


def test_long_lists_name_the_first_and_count_the_rest():
    assert first_of("abc", 2) == "a, b and c"
    assert first_of("abcd", 2) == "a, b and 2 others"
    assert numbered("row", [3]) == "row 3"
    assert numbered("row", [2000, 4]) == "rows 2000 and 4"


def test_first_letters_change_but_not_those_of_abbreviations():
    assert [lower_first(t) for t in ("Shop plans", "ASB", "", "A")] == ["shop plans", "ASB", "", "a"]
    assert upper_first("abc") == "Abc"


@given(st.integers(0, 10**9))
def test_one_of_a_thing_is_never_several(count):
    assert bool(re.search(r"s$", counted(count, "row"))) == (count != 1)
