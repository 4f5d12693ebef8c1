"""Tables of the evidence: the text is the number, and hidden, missing and zero are three things."""

from __future__ import annotations

import math

import pytest

from analysis.drawing.evidence.evidence_tables import HIDDEN, evidence_table, slide_table
from analysis.model.periods import Period
from tests.made.evidence_rows import evidence

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def test_the_slide_table_prints_counts_difference_and_percentages_as_the_slide_does():
    table = slide_table(evidence({}), BEFORE, AFTER, show_small=False)
    assert table.shown.index[0] == ("Made Centre (001A)", "Shoplifting")
    assert table.shown.iloc[0].tolist() == ["60", "90", "+30", "+50%", "−5%", "−9%"]
    assert "Compared: 11 months on each side. Dec 2022 is not published here." in table.notes


def test_the_slides_own_spelling_is_used_on_its_table_only():
    frame = evidence({"crime_type": "Anti-social behaviour"}, {"crime_type": "Public order"})
    assert slide_table(frame, BEFORE, AFTER, show_small=False).shown.index.get_level_values(1).tolist() == [
        "Antisocial behaviour",
        "Public Order",
    ]
    assert evidence_table(frame, BEFORE, AFTER).shown.index.get_level_values(1).tolist() == [
        "Anti-social behaviour",
        "Public order",
    ]


def test_hidden_missing_and_zero_are_three_things():
    small = {
        "baseline_incidents": 2.0,
        "comparison_incidents": 9.0,
        "percent_change": 350.0,
        "small_base": True,
    }
    none = {"baseline_incidents": 0.0, "percent_change": math.nan, "small_base": True, "reason": "No base."}
    gap = {"baseline_incidents": math.nan, "change": math.nan, "percent_change": math.nan}
    shown = slide_table(evidence(small, none, gap, {"change": 0.0}), BEFORE, AFTER, show_small=False).shown
    percent, first = shown["% increase / decrease"], shown["Jul 22 – Jun 23"]
    assert percent.tolist()[:3] == [HIDDEN, "–", "–"]
    assert first.tolist()[:3] == ["2", "0", "–"]
    assert shown["Difference"].tolist()[2:] == ["–", "0"]
    asked = slide_table(evidence(small), BEFORE, AFTER, show_small=True).shown
    assert asked["% increase / decrease"].tolist() == ["+350%"]


def test_a_small_base_is_counted_in_the_notes_only_while_it_is_hidden():
    frame = evidence({"small_base": True}, {})
    assert any(
        "1 percentage on a base under 50 is hidden" in n
        for n in slide_table(frame, BEFORE, AFTER, show_small=False).notes
    )
    assert not any("hidden" in n for n in slide_table(frame, BEFORE, AFTER, show_small=True).notes)


def test_a_comparator_with_a_small_base_has_its_percentage_hidden_and_counted_too():
    frame = evidence({"rest_baseline_incidents": 49.0}, {"rest_baseline_incidents": 50.0})
    table = slide_table(frame, BEFORE, AFTER, show_small=False)
    assert table.shown["% rest of Town"].tolist() == [HIDDEN, "−9%"]
    assert any("1 percentage on a base under 50 is hidden" in note for note in table.notes)
    shown = slide_table(frame, BEFORE, AFTER, show_small=True).shown
    assert shown["% rest of Town"].tolist() == ["−9%", "−9%"]


def test_the_evidence_table_says_why_no_verdict_is_given():
    frame = evidence(
        {
            "verdict": "",
            "plain_verdict": "",
            "yardstick": "",
            "expected": math.nan,
            "reason": "Import boundaries.",
        }
    )
    table = evidence_table(frame, BEFORE, AFTER)
    assert table.shown["Verdict"].tolist() == ["not given"]
    assert table.shown["Similar places that moved as far"].tolist() == ["–"]
    assert table.title == "No change could be judged against similar places"
    assert "Import boundaries." in table.notes


def test_the_evidence_table_says_what_stands_behind_a_verdict_and_the_plain_rule_beside_it():
    (row,) = evidence_table(evidence({}), BEFORE, AFTER).shown.to_dict("records")
    assert row == {
        "Verdict": "much as similar places did", "Baseline": "60", "Comparison": "90", "Expected": "64",
        "Ordinary": "26 to 150", "Similar places that moved as far": "about 1 in 5 (up)",
        "Told as a fall from": "25 or fewer", "Earlier months seen": "11", "Plain rule": "no clear change",
        "Ratio to the rest": "1.65", "95% interval": "0.50 to 5.40", "Where the two differ": "",
    }  # fmt: skip


def test_a_fall_that_could_not_be_told_is_not_shown_as_missing():
    shown = evidence_table(
        evidence({"told_at_most": math.nan}, {}, {"verdict": "too few to say"}), BEFORE, AFTER
    ).shown
    assert shown["Told as a fall from"].tolist() == ["none", "25 or fewer", "–"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, ""),
        ({"plain_verdict": "fell more than elsewhere", "rirr": 0.4, "expected": 40.0, "change": -30.0}, "after a count so high"),
        ({"plain_verdict": "rose more than elsewhere"}, "after a count so low"),
        ({"plain_verdict": "rose more than elsewhere", "expected": 55.0}, "vary more by themselves"),
        ({"verdict": "rose more than similar places"}, "Only the verdict tells it"),
        ({"verdict": "rose more than similar places", "plain_verdict": "rose, as elsewhere"}, "moved the same way"),
        ({"verdict": "rose more than similar places", "plain_verdict": "rose more than elsewhere"}, ""),
        ({"plain_verdict": "too few to say"}, ""),
    ],
)  # fmt: skip
def test_where_the_verdict_and_the_plain_rule_differ_is_said_with_the_reason(changes, says):
    (said,) = evidence_table(evidence(changes), BEFORE, AFTER).shown["Where the two differ"]
    assert says in said and bool(says) == bool(said)


def test_fewer_months_than_the_heading_names_are_said_beside_it():
    for table in (
        slide_table(evidence({}), BEFORE, AFTER, show_small=False),
        evidence_table(evidence({}), BEFORE, AFTER),
    ):
        assert "(11 months on each side)" in table.subtitle
    whole = evidence({"months_compared": 12, "baseline_months": 12, "comparison_months": 12})
    assert "months on each side" not in slide_table(whole, BEFORE, AFTER, show_small=False).subtitle


def test_a_reason_that_many_rows_share_stands_once_and_counts_those_it_does_not_name():
    unlike = {"percent_change": math.nan, "reason": "Months are unlike."}
    table = slide_table(evidence(*[unlike] * 8), BEFORE, AFTER, show_small=False)
    told = [note for note in table.notes if "Months are unlike." in note]
    assert len(told) == 1 and "and 2 more" in told[0]


@pytest.mark.parametrize("table", [slide_table, evidence_table])
def test_the_file_of_a_table_has_no_percentage_that_the_table_hides(table):
    rows = evidence({"small_base": True, "baseline_incidents": 20.0}, {"baseline_incidents": 60.0})
    assert table(rows, BEFORE, AFTER, show_small=False).data["percent_change"].notna().tolist() == [
        False,
        True,
    ]
    assert table(rows, BEFORE, AFTER, show_small=True).data["percent_change"].notna().all()
