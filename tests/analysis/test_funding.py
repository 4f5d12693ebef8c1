from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ContractError
from analysis.measures.funding import (
    Scope,
    cost_per_hour,
    funding_timeline,
    logged_seconds,
    places_of,
)

CENTRES = places_of("Billingham Central; Thornaby Town Centre; Stockton Town Centre")


def scope(first: str, last: str, places: frozenset[str] = CENTRES) -> Scope:
    return Scope(pd.Timestamp(first), pd.Timestamp(last), places)


def test_reviews_money_and_hours_give_no_cost_per_hour():
    money = scope("2023-10-01", "2024-03-31", places_of("All Stockton-on-Tees hotspots"))
    cost = cost_per_hour(135_633, money, 1060 * 3600 + 26 * 60, scope("2023-08-01", "2024-06-30"))
    assert cost.gbp_per_hour is None
    assert "1 Oct 2023 – 31 Mar 2024" in cost.reason
    assert "1 Aug 2023 – 30 Jun 2024" in cost.reason
    assert "All Stockton-on-Tees hotspots" in cost.reason
    assert cost.hours == pytest.approx(1060.4333333)
    assert cost.agrees == ("1 Oct 2023 – 31 Mar 2024, which both cover",)
    assert (cost.shared_first_day, cost.shared_last_day) == (money.first_day, money.last_day)


def test_cost_is_money_over_hours_where_the_scopes_agree():
    both = scope("2023-10-01", "2023-10-31")
    cost = cost_per_hour(1_000, both, 40 * 3600, both)
    assert (cost.gbp_per_hour, cost.reason, cost.agrees) == (25, "", ("the period", "the places"))


def test_same_period_and_other_places_say_what_agrees():
    cost = cost_per_hour(
        1_000, scope("2023-10-01", "2023-10-31"), 3600, scope("2023-10-01", "2023-10-31", CENTRES | {"Yarm"})
    )
    assert cost.gbp_per_hour is None
    assert cost.agrees[0] == "the period"
    assert cost.shared_places == CENTRES


def test_no_hours_is_a_reason_and_not_an_infinite_cost():
    both = scope("2023-10-01", "2023-10-31")
    assert "no patrol is logged" in cost_per_hour(1_000, both, 0, both).reason


def test_periods_that_do_not_meet_share_no_day():
    cost = cost_per_hour(1, scope("2023-01-01", "2023-01-31"), 3600, scope("2024-01-01", "2024-01-31"))
    assert cost.shared_first_day is None
    assert cost.agrees == ("the places",)


days = st.integers(0, 60).map(lambda n: pd.Timestamp("2023-10-01") + pd.Timedelta(days=n))
scopes = st.builds(
    lambda a, b, p: Scope(min(a, b), max(a, b), frozenset(p)), days, days, st.sets(st.sampled_from("XYZ"))
)


@given(scopes, scopes, st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_cost_is_given_exactly_where_days_and_places_agree(money, patrols, amount, seconds):
    cost = cost_per_hour(amount, money, seconds, patrols)
    assert (cost.gbp_per_hour is not None) == (money == patrols)
    assert (cost.reason == "") == (money == patrols)


def test_logged_seconds_take_patrols_that_start_in_the_scope():
    log = pd.DataFrame(
        {
            "hotspot": ["Stockton Town Centre", "Stockton Town Centre", "Yarm"],
            "start": pd.to_datetime(["2023-10-31 23:30", "2023-11-01 10:00", "2023-10-05 10:00"]),
            "end": pd.to_datetime(["2023-11-01 00:30", "2023-11-01 11:00", "2023-10-05 11:00"]),
        }
    )
    assert logged_seconds(log, scope("2023-10-01", "2023-10-31")) == 3600


def test_timeline_is_in_order_with_undated_money_last():
    funding = pd.DataFrame(
        {
            "programme": ["NTE", "Hotspots 2", "Hotspots 1"],
            "amount": [40_000, 263_000, 135_633],
            "first_day": pd.to_datetime([None, "2024-04-01", "2023-10-01"]),
            "last_day": pd.to_datetime([None, "2025-03-31", "2024-03-31"]),
            "places": [("Stockton",)] * 3,
            "pays_for": "",
            "source": "review",
        }
    )
    timeline = funding_timeline(funding)
    assert timeline["programme"].tolist() == ["Hotspots 1", "Hotspots 2", "NTE"]
    assert timeline["days"].fillna(-1).tolist() == [183, 365, -1]
    with pytest.raises(ContractError, match="source"):
        funding_timeline(funding.drop(columns="source"))
