"""For each month the newest release that is whole: by sizes alone, before a byte of a file is fetched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.download.choosing import SMALL, choose, differ, is_thin, passed_over, usual_size
from data.download.planning import runs
from data.download.values import Offer
from data.police_uk.file_names import FileKey


def offers(*sizes: int) -> list[Offer]:
    """Releases of one month with these sizes, the newest first."""
    key = FileKey("street", "cleveland", "2023-03")
    releases = [f"2024-{month:02d}" for month in range(12, 0, -1)]
    return [Offer(key, releases[i], size, size // 5, i, 0, 0, None) for i, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "taken", "why"),
    [
        ([1_000_000, 1_000_000], 0, "unchanged"),
        ([1_040_000, 1_000_000], 0, "a revision by 4%"),
        ([300_000, 1_000_000], 1, "the newest is cut"),
        ([1_000_000, 300_000], 0, "the one before was cut, and the newest is whole again"),
        ([2_000_000, 1_000_000], 1, "the newest holds every row twice"),
        ([500_000, 510_000], 0, "a true low month: both releases have it"),
        ([300_000, 310_000, 1_000_000], 2, "cut in the last two releases"),
        ([790_000, 1_000_000], 1, "under 0.8 of it, the importer's own limit"),
        ([810_000, 1_000_000], 0, "a revision as far as the importer takes it"),
        ([5_000, 15_000], 0, "too small to be compared"),
        ([5_000, 1_000_000], 1, "a stub in place of a month"),
        ([1_000_000], 0, "one release alone"),
    ],
)
def test_the_newest_release_that_no_other_shows_to_be_cut(sizes, taken, why):
    releases = offers(*sizes)
    assert choose(releases, usual=1_000_000.0) is releases[taken], why


def test_without_a_usual_size_the_larger_of_two_is_the_whole_one():
    releases = offers(300_000, 1_000_000)
    assert choose(releases, usual=0.0) is releases[1]


def test_the_sentence_says_both_sizes_and_what_is_taken():
    releases = offers(300_000, 1_000_000)
    assert passed_over(releases[1], releases) == (
        "street of cleveland, 2023-03: release 2024-12 has 0.3 MB where release 2024-11 has 1.0 MB. "
        "It looks cut, so release 2024-11 is taken."
    )
    doubled = offers(2_000_000, 1_000_000)
    assert "It looks to hold rows twice" in passed_over(doubled[1], doubled)
    assert passed_over(releases[0], releases) == ""


def test_the_usual_size_is_the_upper_quartile_so_that_many_cut_months_do_not_lower_it():
    assert usual_size([100, 100, 100, 1000, 1000, 1000, 1000]) == 1000
    assert usual_size([100, 200, 300, 400, 500]) == 400
    assert usual_size([100, 200]) == 0  # two months say nothing


def test_a_file_under_four_tenths_of_the_usual_is_looked_for_in_older_releases_too():
    [small, low] = offers(399_999, 400_000)
    assert is_thin(small, 1_000_000) and not is_thin(low, 1_000_000)
    assert not is_thin(small, 0.0)
    assert not is_thin(offers(10)[0], SMALL - 1)


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=8), st.floats(0, 5_000_000))
def test_one_is_always_taken_and_a_newer_one_is_passed_over_only_for_another_that_differs(sizes, usual):
    releases = offers(*sizes)
    taken = choose(releases, usual)
    for newer in releases[: releases.index(taken)]:
        assert any(differ(newer, other) for other in releases)


@given(st.lists(st.integers(SMALL, 10_000_000), min_size=1, max_size=6))
def test_releases_that_differ_by_no_more_than_a_revision_leave_the_newest(sizes):
    first = sizes[0]
    alike = [int(first * (0.9 + 0.2 * i / len(sizes))) for i in range(len(sizes))]
    releases = offers(first, *alike)
    assert choose(releases, usual=float(first)) is releases[0]


def test_months_in_a_row_are_said_as_one_span():
    assert runs(["2022-12", "2022-07", "2023-01", "2022-08", "2024-02"]) == [
        "2022-07 to 2022-08",
        "2022-12 to 2023-01",
        "2024-02",
    ]
