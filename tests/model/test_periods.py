"""Periods: whole months with both ends in, and which of them can be compared."""

from __future__ import annotations

import pytest

from analysis.model.errors import PeriodError
from analysis.model.periods import Period, check_held, check_two, compared_months, default_pair, parse_month


def period(text: str) -> Period:
    return Period.parse(text)


def test_a_period_counts_both_ends_and_its_days():
    year = period("2023-07:2024-06")
    assert (len(year), year.days, year.label) == (12, 366, "Jul 2023 – Jun 2024")
    assert period("2022-07:2023-06").days == 365


@pytest.mark.parametrize("text", ["2022-13", "22-07", "2022/07", "2022-07-01", "", "2022-7", "2022-07:"])
def test_what_is_no_month_is_refused_with_a_sentence(text):
    with pytest.raises(PeriodError, match="is not a month"):
        Period.parse(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(PeriodError, match=r"ends .* before it begins"):
        Period.parse("2023-06:2022-07")


def test_like_for_like_takes_the_partner_of_a_missing_month_out_too():
    held = [m for m in period("2022-07:2024-06").months if str(m) != "2022-12"]
    found = compared_months(period("2022-07:2023-06"), period("2023-07:2024-06"), held)
    assert len(found.baseline) == len(found.comparison) == 11
    assert parse_month("2023-12") not in found.comparison
    assert found.comparable
    assert "Dec 2022 is not published here" in found.reason


def test_as_held_keeps_every_month_and_is_not_comparable():
    held = [m for m in period("2022-07:2024-06").months if str(m) != "2022-12"]
    found = compared_months(period("2022-07:2023-06"), period("2023-07:2024-06"), held, like_for_like=False)
    assert (len(found.baseline), len(found.comparison), found.comparable) == (11, 12, False)


@pytest.mark.parametrize(
    ("baseline", "comparison", "words"),
    [
        ("2022-07:2023-06", "2023-07:2024-05", "differ in length"),
        ("2022-07:2022-12", "2023-01:2023-06", "different calendar months"),
        ("2022-07:2023-12", "2023-07:2024-12", "overlap"),
    ],
)
def test_periods_that_cannot_be_compared_like_for_like_are_refused(baseline, comparison, words):
    with pytest.raises(PeriodError, match=words):
        compared_months(period(baseline), period(comparison), [])


def test_a_period_outside_what_is_held_names_the_span():
    with pytest.raises(PeriodError, match="Jul 2022 – Jun 2024"):
        check_held(period("2022-06:2022-12"), period("2022-07:2024-06"))


@pytest.mark.parametrize(
    ("span", "baseline", "comparison"),
    [
        ("2022-01:2024-06", "2022-07:2023-06", "2023-07:2024-06"),
        ("2023-01:2025-12", "2024-01:2024-12", "2025-01:2025-12"),
        ("2023-01:2024-06", "2023-01:2023-06", "2024-01:2024-06"),
        ("2023-01:2024-01", "2023-01:2023-01", "2024-01:2024-01"),
    ],
)
def test_a_page_opens_with_the_latest_months_that_can_be_compared(span, baseline, comparison):
    assert default_pair(period(span)) == (period(baseline), period(comparison))


def test_of_twelve_months_one_period_stands_for_both_and_a_comparison_says_what_is_missing():
    year = period("2023-01:2023-12")
    assert default_pair(year) == (year, year)
    with pytest.raises(PeriodError, match="13 months in a row, so 1 month is missing"):
        check_two(year, year)
    with pytest.raises(PeriodError, match="so 3 months are missing"):
        compared_months(period("2023-01:2023-10"), period("2023-01:2023-10"), [])
