from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.case import Case
from analysis.model.errors import ContractError
from analysis.model.periods import Period
from analysis.model.review import Review
from analysis.model.selection import Selection
from analysis.records.given import Records
from analysis.topics import funding
from analysis.topics.funding.measure.funding_timeline import (
    Scope,
    cost_per_hour,
    funding_timeline,
    logged_seconds,
    places_of,
    with_published,
)
from analysis.topics.funding.say import in_short
from analysis.topics.funding.show.funding_figure import funding_table
from data.records import record_kind
from data.review import review_of
from tests.cases import YEARS

SELECTION = Selection("made", (), (), *YEARS)
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
    money = pd.DataFrame(
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
    timeline = funding_timeline(money)
    assert timeline["programme"].tolist() == ["Hotspots 1", "Hotspots 2", "NTE"]
    assert timeline["days"].fillna(-1).tolist() == [183, 365, -1]
    with pytest.raises(ContractError, match="source"):
        funding_timeline(money.drop(columns="source"))


def sums(*rows: tuple[str, float], **columns: str) -> pd.DataFrame:
    """Programme and amount a row; the other columns of the contract are alike."""
    return pd.DataFrame(rows, columns=["programme", "amount"]).assign(
        first_day=pd.Timestamp("2023-10-01"),
        last_day=pd.Timestamp("2024-03-31"),
        places="Town",
        pays_for="delivery",
        source="",
        **columns,
    )


PUBLISHED = sums(
    ("ASB Hotspots", 10),
    ("ASB Hotspots", 20),
    ("Safer Streets 5", 30),
    ("NTE Funding 2022-23", 40),
    slide="A slide",
    amount_as_printed="over £1",
    note="As printed.",
)


def test_records_given_replace_the_published_sums_of_the_programmes_they_name_and_no_other():
    both = with_published(sums(("ASB Hotspots", 99)), PUBLISHED, given_by="the office’s own records")
    assert both[["programme", "amount", "given_by"]].to_numpy().tolist() == [
        ["ASB Hotspots", 99, "the office’s own records"],
        ["Safer Streets 5", 30, "the review, “A slide”"],
        ["NTE Funding 2022-23", 40, "the review, “A slide”"],
    ]
    # what the review printed and noted is not said of the office's sum
    assert both.loc[0, ["amount_as_printed", "note", "slide"]].tolist() == ["", "", ""]


@pytest.mark.parametrize("name", ["asb hotspots", " ASB  Hotspots ", "ASB-Hotspots"])
def test_a_programme_is_the_same_whatever_its_case_and_spaces(name):
    both = with_published(sums((name, 99)), PUBLISHED, given_by="x")
    assert both["amount"].tolist() == [99, 30, 40]


def test_a_fund_under_its_shorter_name_replaces_the_published_one():
    both = with_published(
        sums(("NTE Funding", 5)),
        PUBLISHED,
        given_by="x",
        also_called={"NTE Funding": "NTE Funding 2022-23"},
    )
    assert both["amount"].tolist() == [5, 10, 20, 30]


def test_the_review_says_which_fund_goes_by_a_shorter_name():
    assert review_of("cleveland").also_called == {"NTE Funding": "NTE Funding 2022-23"}


def funded(table: pd.DataFrame | None, review: Review | None) -> funding.FundingCase:
    """A case whose office gave these sums, or none."""
    case = Case(SELECTION, panel=None, places=pd.DataFrame(), areas={}, review=review)
    state = "published" if table is None else "given"
    return funding.FundingCase(case, Records(record_kind("funding"), state, table, "Source: the office."))


def test_without_a_review_the_records_alone_are_shown_and_a_programme_without_a_sum_is_a_sentence():
    own = funded(sums(("Hotspot patrols", 7)), None)
    table = funding.answer(own, ("Hotspot patrols",))["table"]
    assert table.shown["Amount"].tolist() == ["£7"]
    assert "review" not in f"{table.subtitle} {table.notes} {table.shown.to_string()}"
    for none in (own, funded(None, None)):
        answer = funding.answer(none, ("Safer Streets",))
        assert set(answer.parts) == {"figure"}
        assert answer["figure"].sentence.startswith("No sum for Safer Streets is in the funding records.")


def test_the_sums_named_by_the_records_come_of_them_and_the_others_of_the_review():
    review = review_of("cleveland")
    answer = funding.answer(funded(sums(("asb hotspots", 7)), review), ("ASB Hotspots", "Safer Streets 5"))
    assert sorted(answer["table"].shown["Amount"]) == ["£331k", "£7"]
    assert "Source: the office." in answer["table"].subtitle
    assert "Source: the review’s slides, as published." in answer["table"].subtitle


def test_patrols_stand_beside_the_sums_by_name():
    months = (("Patrols counted above", Period.parse("2023-08:2024-06")),)
    answer = funding.answer(funded(None, review_of("cleveland")), ("ASB Hotspots",), months)
    assert answer["figure"].data["name"].tolist()[-1] == "Patrols counted above"


def test_where_a_figure_stands_is_named_beside_it_and_without_records_all_is_the_reviews():
    given = sums(("ASB Hotspots", 99)).assign(source="Grant letter")
    assert with_published(given, PUBLISHED, given_by="own")["given_by"].tolist()[0] == "own: Grant letter"
    alone = with_published(PUBLISHED.head(0), PUBLISHED, given_by="own")
    assert alone["amount"].tolist() == [10, 20, 30, 40]
    assert set(alone["given_by"]) == {"the review, “A slide”"}


def test_two_equal_sums_of_one_programme_stay_two():
    timeline = funding_timeline(with_published(sums(("A", 7), ("A", 7)), PUBLISHED, given_by="x"))
    assert timeline["amount"].tolist().count(7) == 2
    assert len(timeline) == 6


def test_a_table_of_sums_names_each_source_and_says_that_some_are_published():
    table = funding_table(with_published(sums(("ASB Hotspots", 99)), PUBLISHED, given_by="own"), "")
    assert table.shown["Source"].tolist() == ["own", "the review, “A slide”", "the review, “A slide”"]
    assert table.shown["Amount"].tolist() == ["£99", "over £1", "over £1"]
    assert any("names no sum" in note or "name no sum" in note for note in table.notes)


def test_sums_in_short_are_named_with_their_days_and_never_added():
    sums = pd.DataFrame(
        {
            "programme": ["Lights", "Wardens", "Doors", "Buses"],
            "amount": [40_000, 1_500, 10, 20],
            "amount_as_printed": ["over £40,000", "", "", ""],
            "first_day": pd.to_datetime(["2022-04-01", None, "2023-01-01", "2023-01-01"]),
            "last_day": pd.to_datetime(["2023-03-31", None, "2023-01-31", "2023-01-31"]),
        }
    )
    assert in_short(sums) == (
        "Granted: over £40,000, Lights (1 Apr 2022 to 31 Mar 2023); £1,500, Wardens (no days given); "
        "£10, Doors (1 Jan 2023 to 31 Jan 2023); 1 more below."
    )
