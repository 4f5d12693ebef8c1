import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.evidence.direction import direction_of
from analysis.drawing.evidence.sentences import (
    STANDS_OUT,
    chance_sentence,
    lead_sentence,
    published_sentence,
    row_sentence,
    short_sentence,
    tellable_sentence,
)
from analysis.model import formats
from analysis.model.areas import Yardsticks
from analysis.model.evidence import Evidence, to_frame
from analysis.model.vocabulary import CRIME_TYPES, SMALL_BASE
from analysis.stats.verdict import uses_relative_rank, verdict
from analysis.topics.change.measure import area_evidence
from tests.cases import case_of
from tests.made.evidence_world import force_places, review_areas
from tests.made.real import cleveland, touching

NAN = math.nan
FORBIDDEN = re.compile(
    r"\b(caused?|because of|due to|thanks to|led to|happened|worked|succe\w+|significantly)\b", re.I
)
NUMBER = re.compile(r"[+−]?\d(?:[\d,]*\d)?(?:\.\d+)?%?")


@pytest.fixture(scope="module")
def tables(shared):
    panel, own = cleveland(shared)
    areas = review_areas(own)
    case = case_of(panel, force_places(own), areas, contiguity=touching(shared))
    rest = replace(areas["rest"], name="Rest of Stockton-on-Tees")
    against = Yardsticks(areas["district"], rest)
    return {
        key: area_evidence(case, areas[key], against=against)
        for key in ("billingham", "thornaby", "stockton")
    }


def all_with(rows, **changes):
    """The same rows with some fields changed."""
    return tuple(replace(row, **changes) for row in rows)


def of_type(rows, crime_type):
    return next(row for row in rows if row.crime_type == crime_type)


def test_thornaby_leads_with_what_stands_out_and_says_its_largest_rise(tables):
    assert lead_sentence(tables["thornaby"]) == (
        "Recorded anti-social behaviour (201 to 88, −56%), criminal damage and arson (92 to 33, −64%) and "
        "other theft (38 to 18) fell more than elsewhere; the largest rise recorded is in shoplifting "
        "(63 to 95, +51%), and 12 of 37 similar places rose as much."
    )


def test_billingham_says_that_nothing_stands_out_and_then_the_largest_change(tables):
    said = lead_sentence(tables["billingham"])
    assert said.startswith(
        "No change stands out from what similar places did by themselves; the largest fall "
    )
    assert "violence and sexual offences (163 to 100, −39%), the rest changed by −16%, and 10 of 153" in said
    assert "largest rise" not in said  # 16 to 17 is no rise worth a sentence


def test_stockton_names_what_is_worse_than_elsewhere_and_its_largest_rise_and_fall(tables):
    said = lead_sentence(tables["stockton"])
    assert said.startswith("Recorded theft from the person (64 to 41, −36%) fell less than elsewhere; ")
    assert "rise recorded is in other theft (219 to 282, +29%)" in said
    assert "fall recorded is in public order (514 to 371, −28%), the rest changed by −31%, and " in said


def test_a_row_says_counts_comparator_ratio_rank_and_what_could_be_told(tables):
    row = tables["thornaby"][0]
    assert row_sentence(row) == (
        "Recorded anti-social behaviour fell from 201 to 88 (−56%); the change in the rest of Stockton-on-Tees "
        "is +1%. The ratio to the rest is 0.43 (95% interval 0.20 to 0.95). Fell more than elsewhere: 0 of 52 "
        "similar places fell as much. With this much ordinary variation only a fall of about 53% or more could "
        "have been told."
    )


def test_a_percentage_on_a_small_base_is_not_quoted(tables):
    said = row_sentence(of_type(tables["billingham"], "Burglary"))
    assert "fell from 23 to 9;" in said and "61%" not in said and "15 of 181 similar places" in said


def test_a_short_sentence_says_counts_the_rests_change_the_verdict_and_its_rank(tables):
    assert short_sentence(of_type(tables["stockton"], "Public order")) == (
        "Recorded public order fell from 514 to 371 (−28%); the change in the rest of Stockton-on-Tees is −31%. "
        "Fell, as elsewhere: 54 of 81 similar sets of neighbouring places (made of 45) fell as much."
    )


def test_too_few_to_say_says_what_is_too_few(tables):
    few = of_type(tables["billingham"], "Drugs")
    said = short_sentence(few)
    assert "Too few incidents to say. Fewer than 20 incidents were recorded in the two periods" in said
    places = replace(
        few,
        baseline_incidents=134.0,
        comparison_incidents=134.0,
        change=0.0,
        reason="Only 8 similar places are in the force; 20 are needed.",
    )
    assert "Too few similar places to say. Only 8 similar places are" in short_sentence(places)
    unlike = replace(places, exact_p=NAN, percent_change=NAN, rest_percent_change=NAN)
    said = short_sentence(replace(unlike, comparison_months=12, reason="Dec 2022 is not published here."))
    assert said == (
        "Recorded drugs is 134 to 134, over unlike months. The months cannot be compared. "
        "Dec 2022 is not published here."
    )


def test_a_change_of_3_in_1588_is_neither_a_rise_nor_a_fall(tables):
    row = replace(
        tables["stockton"][0],
        verdict="no clear change",
        baseline_incidents=1588.0,
        comparison_incidents=1591.0,
        change=3.0,
        percent_change=0.19,
    )
    assert "was about the same, 1,588 to 1,591 (0%)" in short_sentence(row)


def test_the_rests_percentage_is_not_quoted_on_a_small_base(tables):
    row = of_type(tables["stockton"], "Public order")
    assert "31%" not in short_sentence(replace(row, rest_baseline_incidents=49.0))
    assert "31%" not in lead_sentence(all_with(tables["stockton"], rest_baseline_incidents=49.0))


def test_the_chance_line_counts_flagged_rows_and_those_that_chance_would_flag(tables):
    table = tables["thornaby"]
    flagged = sum(row.exact_p < 0.05 for row in table)
    chance = formats.number(sum(row.chance_share for row in table))
    said = chance_sentence(table)
    assert f"would call {flagged} of these 14 changes" in said and f"about {chance} of 14 so" in said
    assert "cannot be said" in chance_sentence(all_with(table, chance_share=NAN))


def test_no_sentence_on_the_real_files_claims_a_cause_or_shows_a_missing_number(tables):
    for table in tables.values():
        said = [lead_sentence(table), chance_sentence(table), *map(row_sentence, table)]
        for sentence in said:
            assert not FORBIDDEN.search(sentence), sentence
            assert "nan" not in sentence and formats.MISSING not in sentence and "  " not in sentence
            assert sentence.endswith(".") and ".." not in sentence


def test_a_table_without_comparable_months_gives_the_reason(tables):
    table = all_with(tables["thornaby"], percent_change=NAN, reason="Dec 2022 is not published here.")
    assert lead_sentence(table) == "No change can be told. Dec 2022 is not published here."


def test_without_a_verdict_the_counts_stand_and_the_reason_follows(tables):
    table = all_with(tables["stockton"], verdict="", as_much=NAN, reason="Import boundaries.")
    said = lead_sentence(table)
    assert said.startswith("The largest rise recorded is in ") and said.endswith(
        "No verdict: Import boundaries."
    )
    assert "stands out" not in said and "similar" not in said


def test_what_could_be_told_has_three_forms():
    assert "about 45% or more" in tellable_sentence(Evidence(smallest_tellable_fall=0.45))
    assert "not even a fall to none" in tellable_sentence(Evidence(smallest_tellable_fall=NAN))
    assert "any fall" in tellable_sentence(Evidence(smallest_tellable_fall=0.0))
    assert "any fall" in tellable_sentence(Evidence(smallest_tellable_fall=0.004))
    assert "a fall to almost none" in tellable_sentence(Evidence(smallest_tellable_fall=0.996))


def test_published_cells_are_counted():
    cells = pd.DataFrame({"status": ["agrees"] * 3 + ["differs"] + ["cannot be checked"] * 2})
    assert published_sentence(cells) == (
        "Of 6 published figures, 3 agree with the data held, 1 differ, and 2 cannot be checked."
    )


# --- properties: any evidence, every number parsed back ----------------------------------------

rank = st.integers(0, 80)


@st.composite
def rows(draw, crime_type="Burglary"):
    before, after = draw(st.integers(0, 3000)), draw(st.integers(0, 3000))
    ratio = draw(st.floats(0.02, 9))
    low, high = ratio * draw(st.floats(0.05, 0.99)), ratio * draw(st.floats(1.01, 20))
    ranks = sorted([draw(rank), draw(rank), draw(rank)])
    enough = ranks[2] >= 20
    rest = draw(st.floats(-99, 400))
    relative = uses_relative_rank(before, after, ratio)
    as_much = NAN if before == after or not enough else float(ranks[0])
    row = {
        "crime_type": crime_type,
        "baseline_incidents": float(before),
        "comparison_incidents": float(after),
        "change": float(after - before),
        "percent_change": 100 * (after - before) / before if before else NAN,
        "rest_percent_change": rest,
        "rest_baseline_incidents": float(draw(st.integers(0, 200))),
        "baseline_months": 11,
        "comparison_months": 11,
        "small_base": before < SMALL_BASE,
        "rirr": ratio,
        "rirr_low": low if enough else NAN,
        "rirr_high": high if enough else NAN,
        "similar_places": ranks[2],
        "similar_units": draw(st.integers(0, 80)),
        "as_much": as_much,
        "as_much_relative": float(ranks[1]) if enough else NAN,
        "rank_is_relative": relative,
        "exact_p": draw(st.floats(0, 1)),
        "chance_share": draw(st.floats(0, 1)) if enough else NAN,
        "smallest_tellable_fall": draw(st.one_of(st.just(NAN), st.floats(0, 0.99))),
        "reason": "",
        "rest": "Rest of the borough",
    }
    row["verdict"] = verdict(
        baseline=before, comparison=after, rest_percent=rest, rirr=ratio, low=low, high=high,
        as_much=row["as_much_relative"] if relative else as_much, places=ranks[2], enough=enough,
    )  # fmt: skip
    return Evidence(**row)


def formatted(row):
    """Every number that a sentence may hold, as text, from the row."""
    allowed = {
        formats.number(getattr(row, key))
        for key in (
            "baseline_incidents",
            "comparison_incidents",
            "similar_places",
            "similar_units",
            "as_much",
            "as_much_relative",
        )
    }
    allowed |= {formats.percent(getattr(row, key)) for key in ("percent_change", "rest_percent_change")}
    allowed |= {formats.ratio(getattr(row, key)) for key in ("rirr", "rirr_low", "rirr_high")}
    return allowed | {formats.share(row.smallest_tellable_fall), "95%"}


@given(rows())
@settings(max_examples=100, deadline=None)
def test_every_number_of_a_row_sentence_is_one_of_the_result(row):
    said = row_sentence(row)
    assert set(NUMBER.findall(said)) <= formatted(row), said
    assert f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}" in said
    if direction_of(row) != "about the same" or row.verdict in STANDS_OUT:
        assert ("rose from" in said) == (row.change > 0) and ("fell from" in said) == (row.change < 0)
    else:
        assert "rose from" not in said and "fell from" not in said
    assert (" the change in " in said) == (row.rest_baseline_incidents >= 50)
    if row.small_base and not math.isnan(row.percent_change):
        assert f"({formats.percent(row.percent_change)})" not in said
    assert [words for words in STANDS_OUT if words in said.lower()] in ([], [row.verdict])


@given(st.tuples(*(rows(crime_type) for crime_type in CRIME_TYPES[:5])))
@settings(max_examples=50, deadline=None)
def test_every_number_of_a_lead_is_one_of_the_table_and_rises_are_said_as_falls_are(drawn):
    said = lead_sentence(drawn)
    allowed = set().union({"10%"}, *(formatted(row) for row in drawn))
    assert set(NUMBER.findall(said)) <= allowed, said
    shown = [row for row in drawn if row.baseline_incidents + row.comparison_incidents >= 20]
    for row in shown:
        if row.verdict in STANDS_OUT:
            assert row.verdict in said and row.crime_type[1:] in said
    for sign in (1, -1):
        moved = [
            row for row in shown
            if row.change * sign > 0 and abs(row.change) * 10 >= row.baseline_incidents
        ]  # fmt: skip
        if moved:  # the largest of each direction, or one that stands out in it, is always named
            named = [row for row in shown if row.change * sign > 0 and row.crime_type[1:] in said]
            assert named, said
    assert not FORBIDDEN.search(said)
    if "no change stands out" in said.lower():
        assert {row.verdict for row in shown} - {"too few to say"}


@given(st.lists(rows(), min_size=1, max_size=14))
@settings(max_examples=25, deadline=None)
def test_every_number_of_the_chance_line_is_a_count_of_the_table(drawn):
    known = to_frame(drawn).dropna(subset=["chance_share"])
    said = chance_sentence(drawn)
    allowed = {
        formats.number(len(known)),
        formats.number(int((known["exact_p"] < 0.05).sum())),
        formats.number(np.nansum(known["chance_share"])),
    }
    assert set(NUMBER.findall(said)) <= allowed
