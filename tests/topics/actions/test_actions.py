"""Actions of a page: what a review says, what the office keeps, and what stands where one of the two is missing."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.answer import Unanswered
from analysis.model.review import Review
from analysis.records import record_kind
from analysis.records.given import Records
from analysis.topics import actions as topic
from analysis.topics.actions import ActionsCase
from analysis.topics.actions.measure import of_page
from analysis.topics.actions.show.action_tables import dated, kept_actions_table, published_actions_table
from tests.cases import YEARS, case_of
from tests.made.places import made_panel


def actions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "page": ["Retail crime", "retail-crime", "Other"],
            "action": ["Hold the meeting", "Write the plan", "Something"],
            "owner": ["Lead", None, "Lead"],
            "due": pd.to_datetime(["2024-10-31", None, "2024-01-01"]),
            "status": ["done", None, "done"],
            "update": [None, "Begun", ""],
        }
    )


def test_actions_of_a_page_stand_in_order_of_their_day_and_blanks_are_not_said():
    mine = of_page(actions(), ("Retail crime",))
    table = kept_actions_table(mine, "")
    assert table.title == "1 of 2 actions are done"
    assert table.shown.reset_index().to_numpy().tolist() == [
        ["31 Oct 2024", "Hold the meeting", "Lead", "done", "not said"],
        ["not said", "Write the plan", "not said", "not said", "Begun"],
    ]


def test_what_has_a_date_stands_in_time_whoever_says_it():
    published = pd.DataFrame(
        {
            "kind": ["summit", "concern"],
            "action": ["Summit", "Sentencing"],
            "when": pd.PeriodIndex(["2023-10", None], freq="M"),
            "number": [35, None],
            "number_of": ["attendees", ""],
            "status": ["held", ""],
            "note": ["", ""],
            "slide": ["A", "A"],
        }
    )
    items = dated(published, of_page(actions(), ("Retail crime",)))
    assert items["what"].tolist() == ["Summit (35 attendees; held)", "Hold the meeting"]
    assert dated(published, None)["source"].tolist() == ["the review"]
    assert "not said" in published_actions_table(published, "Lines").shown.loc["Concern", "When"]


LINES = pd.DataFrame(
    {
        "page": ["retail_crime", "retail_crime", "nte"],
        "kind": ["summit", "concern", "concern"],
        "action": ["Summit", "Sentencing", "Funding"],
        "when": pd.PeriodIndex(["2023-10", None, None], freq="M"),
        "number": [35, None, None],
        "number_of": ["attendees", "", ""],
        "status": ["held", "", ""],
        "note": ["", "", ""],
        "slide": ["A", "A", "B"],
    }
)
REVIEW = Review(
    "made", "made", "A review", *YEARS, {"actions": LINES}, action_names={"retail_crime": ("Shops",)}
)


def case(review: Review | None = REVIEW):
    places = pd.DataFrame({"ground_code": ["G"], "district_name": ["Town"], "in_force": True, "joined": True})
    return case_of(made_panel({"G": [1] * 24}), places, {}, review=review)


def records(table: pd.DataFrame | None) -> Records:
    state = "published" if table is None else "given"
    return Records(record_kind("actions"), state, table, "Source: a list.")


def answer(review: Review | None = REVIEW, table: pd.DataFrame | None = None, *kinds: str):
    return topic.answer(ActionsCase(case(review), records(table)), "retail_crime", *kinds)


def test_with_review_and_records_dates_of_both_and_each_table_stand():
    both = answer(table=actions())
    assert list(both.parts) == ["timeline", "published", "kept"]
    assert both["timeline"].data["source"].tolist() == ["the review", "the office’s actions"]
    assert both["timeline"].subtitle == "Retail crime: what has a date. Source: a list."
    assert both["published"].shown["What"].tolist() == ["Summit", "Sentencing"]
    assert both["kept"].title == "1 of 2 actions are done"


def test_only_the_kinds_that_are_named_are_in_the_table_and_all_dates_in_time():
    concerns = answer(REVIEW, None, "concern")
    assert concerns["published"].shown["What"].tolist() == ["Sentencing"]
    assert concerns["timeline"].data["what"].tolist() == ["Summit (35 attendees; held)"]


def test_a_name_that_the_review_uses_counts_as_the_pages_own():
    table = actions().assign(page=["Shops", "Retail crime", "Other"])
    assert len(answer(table=table)["kept"].data) == 2
    assert len(answer(None, table)["kept"].data) == 1


def test_without_records_the_reviews_lines_stand_and_later_news_is_asked_for():
    alone = answer()
    assert isinstance(alone["kept"], Unanswered)
    assert alone["kept"].sentence.startswith(
        "What became of these is not known here: the office’s own actions"
    )


def test_without_a_review_only_the_offices_own_stand_and_nothing_speaks_of_one():
    own = answer(None, actions())
    assert list(own.parts) == ["timeline", "kept"]
    assert own["timeline"].caveat == "What has no date is in the table."
    nothing = answer(None)
    assert list(nothing.parts) == ["kept"]
    assert nothing["kept"].sentence.startswith(
        "The office’s own actions, with owner, due day and status, are not held."
    )
    assert "review" not in topic.meanwhile(case(None))
    assert "review" in topic.meanwhile(case())


def test_actions_without_a_day_ask_for_one_in_the_place_of_the_timeline():
    undated = actions().assign(due=pd.to_datetime([None, None, None]))
    own = answer(None, undated)
    assert isinstance(own["timeline"], Unanswered)
    assert "has a date" in own["timeline"].sentence


def test_lines_of_one_kind_stand_under_a_title_of_their_own_where_there_are_any():
    mine = topic.published(case(), "nte", "Areas of concern", "concern")
    assert mine["published"].title == "Areas of concern"
    assert mine["published"].shown["What"].tolist() == ["Funding"]
    assert topic.published(case(), "nte", "Next steps", "next step").parts == {}
    assert topic.published(case(None), "nte", "Areas of concern", "concern").parts == {}
