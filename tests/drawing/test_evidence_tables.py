"""Tables of the evidence: the text is the number, and hidden, missing and zero are three things."""

from __future__ import annotations

import math

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
    frame = evidence({"verdict": "", "phi": math.nan, "similar_places": 0, "reason": "Import boundaries."})
    table = evidence_table(frame, BEFORE, AFTER)
    assert table.shown["Verdict"].tolist() == ["not given"]
    assert table.shown["Similar places that changed as much"].tolist() == ["–"]
    assert "Import boundaries." in table.notes


def test_a_fall_that_could_not_be_told_is_not_shown_as_missing():
    shown = evidence_table(
        evidence({}, {"smallest_tellable_fall": 0.53}, {"phi": math.nan}), BEFORE, AFTER
    ).shown
    assert shown["Smallest fall that could be told"].tolist() == ["none", "53%", "–"]


def test_overlapping_sets_are_told_with_the_units_behind_them():
    shown = evidence_table(
        evidence({"similar_places": 171, "similar_units": 86, "as_much": 41.0}), BEFORE, AFTER
    ).shown
    assert shown["Similar places that changed as much"].tolist() == ["41 of 171 sets (86 units)"]


def test_the_rank_shown_is_the_one_that_a_change_stands_out_by():
    worse = {"as_much": 46.0, "as_much_relative": 0.0, "similar_places": 74, "similar_units": 74}
    table = evidence_table(
        evidence(
            worse | {"verdict": "fell less than elsewhere", "rank_is_relative": True},
            worse | {"verdict": "no clear change", "rank_is_relative": True},
            worse | {"verdict": "fell more than elsewhere", "rank_is_relative": False},
        ),
        BEFORE,
        AFTER,
    )
    assert list(table.shown["Similar places that changed as much"]) == ["0 of 74", "46 of 74", "46 of 74"]


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
