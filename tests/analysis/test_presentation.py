"""Tables and figures: the text is the number, hidden is not missing, and a gap is drawn as one."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest

from analysis.drawing.evidence.evidence_tables import HIDDEN, evidence_table, slide_table
from analysis.drawing.monthly import break_marks, monthly_data, monthly_figure
from analysis.model.areas import Area
from analysis.model.breaks import Break
from analysis.model.cube import build_cube, panel
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.model.periods import Period, parse_month
from analysis.stats.interrupted_series import interrupted_series
from analysis.stats.together import Together
from analysis.topics.change.measure.placebo import PlaceboDistribution
from analysis.topics.change.measure.taken_together import TakenTogether
from analysis.topics.change.show.intervals import interval_data, interval_figure
from analysis.topics.change.show.together_table import CHOSEN_AFTER, together_table
from analysis.topics.coverage.show.holding_tables import (
    coverage_table,
    files_table,
    held_sentence,
    refused_table,
    sources_table,
)
from analysis.topics.evaluation.show.evaluation_figures import interrupted_figure, placebo_figure
from analysis.topics.published.show.published_tables import differing_table, every_cell_table

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def row(**changes) -> dict:
    """One row of the evidence, as the measures give it."""
    return {
        "area": "Made Centre",
        "lsoa": "001A",
        "district": "Town",
        "crime_type": "Shoplifting",
        "baseline_incidents": 60.0,
        "comparison_incidents": 90.0,
        "change": 30.0,
        "percent_change": 50.0,
        "district_percent_change": -5.4,
        "rest_percent_change": -9.0,
        "rest_baseline_incidents": 1700.0,
        "small_base": False,
        "months_compared": 11,
        "baseline_months": 11,
        "comparison_months": 11,
        "months_note": "Dec 2022 is not published here",
        "reason": "",
        "rirr": 1.65,
        "rirr_low": 0.5,
        "rirr_high": 5.4,
        "phi": 14.2,
        "similar_places": 37,
        "similar_units": 37,
        "as_much": 12.0,
        "as_much_relative": 9.0,
        "rank_is_relative": False,
        "smallest_tellable_fall": math.nan,
        "plain_verdict": "no clear change",
        "yardstick": "places of Town outside the treated areas",
        "places_behind": 120,
        "expected": 64.0,
        "by_course": 55.0,
        "ordinary_low": 25.2,
        "ordinary_high": 150.2,
        "z": 0.9,
        "as_far": 0.21,
        "told_at_most": 25.0,
        "history_months": 11,
        "verdict": "much as similar places did",
    } | changes


def evidence(*rows: dict) -> tuple[Evidence, ...]:
    return tuple(Evidence(**row(**changes)) for changes in rows)


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


# taken together


def test_areas_taken_together_are_told_against_groups_and_the_index_says_when_it_was_fixed():
    rows = [
        TakenTogether("Disorder (index)", ("A", "B"), 700.0, 500.0, "fell more than similar places", Together(-1.4, 0.02, 0.01, 4000)),
        TakenTogether("Burglary", ("A",), 30.0, 20.0, "too few to say", None, "Fewer than 2 of the areas can be judged."),
    ]  # fmt: skip
    table = together_table(rows, BEFORE, AFTER, True)
    assert table.title == "Taken together, disorder (index) fell more than similar places"
    assert table.shown["Similar groups that moved as far"].tolist() == ["about 1 in 100", "–"]
    assert CHOSEN_AFTER in table.notes and "Burglary: Fewer than 2 of the areas can be judged." in table.notes
    assert CHOSEN_AFTER not in together_table(rows, BEFORE, AFTER, False).notes
    assert together_table((), BEFORE, AFTER, True).title == "One area is chosen, so none is taken together"


# figures


def test_the_figure_of_ranges_leaves_out_rows_without_a_verdict_and_keeps_the_numbers():
    frame = evidence(
        {"verdict": "too few to say"},
        {"ordinary_high": math.inf},
        {"verdict": "rose more than similar places"},
    )
    data = interval_data(frame)
    assert len(data) == 2 and data["ratio"].tolist() == [90 / 64] * 2
    assert data["high"].iloc[0] == math.inf  # cut at the edge of the drawing alone
    figure = interval_figure(frame, "some months")
    assert (
        figure.title
        == "Recorded against expected: 1 of 2 changes judged is told from what similar places did; 1 cannot be judged "
        "(too few incidents or similar places)"
    )
    assert interval_figure(frame[1:2], "").title.endswith(
        "of 1 change judged, none is told from what similar places did"
    )
    assert interval_figure(frame[:1], "").title.endswith("no change could be judged against similar places")
    assert json.dumps(figure.chart.to_dict())


def world():
    months = [m for m in Period.parse("2022-07:2024-06").months if str(m) != "2022-12"]
    frame = pd.DataFrame(
        [("E01000001", m, t, n) for n, m in enumerate(months, 20) for t in ("Shoplifting", "Robbery")],
        columns=["ground_code", "month", "crime_type", "incidents"],
    )
    area = Area("made", "Made Centre", "town centre", "made", frozenset({"E01000001"}))
    return panel(build_cube(frame, ["E01000001"], months)), area


def test_a_gap_in_the_monthly_figure_is_missing_and_never_zero():
    counts, area = world()
    data = monthly_data(counts, [area], ["Shoplifting"], BEFORE, AFTER)
    assert len(data) == 24
    gap = data.loc[data["month"] == "Dec 2022", "incidents"]
    assert gap.isna().all()
    assert not (data["incidents"] == 0).any()
    figure = monthly_figure(counts, [area], ["Shoplifting"], BEFORE, AFTER, ())
    assert "Not published: Dec 2022; the line is broken there." in figure.caveat


@pytest.mark.parametrize("places", [1, 3])
def test_the_monthly_chart_starts_at_zero_and_breaks_its_line_at_a_gap(places):
    counts, area = world()
    areas = [Area(f"a{i}", f"Place {i}", "town centre", "made", area.ground) for i in range(places)]
    spec = json.dumps(
        monthly_figure(counts, areas, ["Shoplifting", "Robbery"], BEFORE, AFTER, ()).chart.to_dict()
    )
    assert '"zero": true' in spec
    assert "break-paths" in spec


def test_breaks_are_marked_in_the_period_they_fall_in():
    marks = break_marks(
        [
            Break(parse_month("2023-06"), "LSOA codes of 2021", "", "", "data"),
            Break(parse_month("2023-08"), "Patrols begin", "", "", "programme"),
            Break(parse_month("2025-01"), "Later", "", "", "data"),
        ],
        BEFORE,
        AFTER,
    )
    assert marks[["position", "label"]].to_numpy().tolist() == [
        [12, "LSOA codes of 2021"],
        [2, "Patrols begin"],
    ]
    assert marks["period"].tolist() == [BEFORE.label, AFTER.label]


# what is held


def coverage() -> pd.DataFrame:
    months = Period.parse("2023-01:2023-03").months
    return pd.DataFrame(
        {
            "force": "Made Police",
            "kind": "street",
            "month": months,
            "status": ["published", "gap", "partly published"],
            "incidents": [100.0, np.nan, 40.0],
            "without_lsoa": [3.0, np.nan, 0.0],
            "without_point": [2.0, np.nan, 0.0],
        }
    )


def test_coverage_names_gaps_and_partly_published_months():
    table = coverage_table(coverage())
    assert table.shown.iloc[:, 0].tolist() == ["100", "gap", "40, partly published"]
    assert "Gaps in street-level data: Made Police Feb 2023." in table.notes
    assert "3 street-level rows have no LSOA and 2 no point" in " ".join(table.notes)
    assert held_sentence(coverage()) == (
        "Made Police: 2 months of street-level data, Jan 2023 – Mar 2023, 140 recorded incidents; not published here: Feb 2023."
    )


def test_sources_files_and_refusals_come_from_the_manifest():
    manifest = pd.DataFrame(
        {
            "kind": ["street", "street"],
            "force": "made",
            "month": list(Period.parse("2023-01:2023-02").months),
            "rows_read": [10, 12],
            "rows_kept": [9, 12],
            "rows_refused": [1, 0],
            "refused": ["1 unknown crime type", ""],
            "release": "",
            "source": "made.zip",
            "member": ["a.csv", "b.csv"],
            "sha256": ["0123456789abcdef", "fedcba9876543210"],
            "imported_at": pd.Timestamp("2026-01-01", tz="UTC"),
        }
    )
    assert sources_table(manifest).shown["Rows kept"].tolist() == ["21"]
    assert files_table(manifest).shown["SHA-256"].tolist() == ["0123456789ab…", "fedcba987654…"]
    refused = refused_table(manifest)
    assert refused.subtitle == "1 of 22 rows read were refused."
    assert refused.shown["Reason"].tolist() == ["1 unknown crime type"]


# published


def test_only_counts_that_differ_are_listed_and_every_cell_is_marked():
    check = pd.DataFrame(
        {
            "area": "Made Centre",
            "crime_type": "Burglary",
            "cell": ["baseline", "comparison", "difference", "percent", "district_percent"],
            "published": [47, 9, -38, -81, -14],
            "recomputed": [23.0, 9.0, -14.0, -61.0, -14.0],
            "status": ["differs", "agrees", "differs", "differs", "cannot be checked"],
            "reason": ["Twice.", "", "", "", ""],
        }
    )
    listed = differing_table(check, BEFORE, AFTER)
    assert listed.title == "Of 5 published figures, 1 agree, 3 differ, 1 cannot be checked"
    assert listed.shown["Recomputed"].tolist() == ["23"]
    assert every_cell_table(check, BEFORE, AFTER).shown.iloc[0].tolist() == [
        "47 → 23 ≠",
        "9 → 9 =",
        "−38 → −14 ≠",
        "−81% → −61% ≠",
        "−14% → −14% ?",
    ]


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


def test_an_interrupted_series_can_be_drawn_as_json_on_a_dark_ground():
    months = pd.period_range("2022-01", periods=24, freq="M")
    counts = pd.Series(np.arange(24) % 5 + 3.0, index=months)
    drawn = interrupted_figure(
        interrupted_series(counts, parse_month("2023-01")), "Made Centre", "Shoplifting"
    )
    assert json.dumps(drawn.chart.to_dict())


def test_no_similar_place_is_a_sentence_and_not_an_empty_picture():
    none = pd.DataFrame(columns=["place", "baseline_incidents", "comparison_incidents", "percent_change"])
    found = PlaceboDistribution("Town", "Shoplifting", -1.8, 0.1, 2.0, 0.0, "places", none)
    with pytest.raises(AnalysisError, match="No place of the force"):
        placebo_figure(found, "Town", "a against b")
