"""Sentences on evidence: what they say on the real files, and what holds of them whatever the numbers."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.evidence.direction import direction_of
from analysis.drawing.evidence.sentences import (
    chance_sentence,
    lead_sentence,
    named_rows,
    published_sentence,
    rank_share,
    row_sentence,
    short_sentence,
    short_sentences,
    tellable_sentence,
    verdict_words,
)
from analysis.model import formats
from analysis.model.areas import Yardsticks
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES, JUDGED, MUCH_AS, SMALL_BASE, TOLD
from analysis.stats.verdict import MIN_INCIDENTS, verdict
from analysis.topics.change.measure import area_evidence
from tests.cases import case_of
from tests.exhaustive import examples, times
from tests.made.evidence_world import force_places, review_areas
from tests.made.real import cleveland, touching
from tests.reading import grade, longest

NAN = math.nan
NAMES = ("Stockton-on-Tees", "Cleveland")
FORBIDDEN = re.compile(
    r"\b(caused?|because of|due to|thanks to|led to|happened|worked|succe\w+|significantly|largest|smallest)\b",
    re.I,
)
NUMBER = re.compile(r"[+−]?\d(?:[\d,]*\d)?(?:\.\d+)?%?")
CHANGE = re.compile(
    r"Recorded (?P<type>[^.;]+?) (?:(?P<way>rose|fell) from|stayed about the same,|went from)"
    r" (?P<before>[\d,]+) to (?P<after>[\d,]+)"
    r"(?:, too few to tell from chance)?"
    r"(?: \((?P<percent>[+−]?[\d,]+%)\))?(?:; the rest of [^.;]+? (?:(?P<rest>rose|fell) by (?P<rest_percent>[\d,]+%)"
    r"|did not change|went from (?P<rest_before>[\d,]+) to (?P<rest_after>[\d,]+)))?\.(?: (?P<verdict>[A-Z][a-z ]+)"
    r"(?:: (?P<share>about 1 in [\d,]+|none of [\d,]+|about half|most) ended as far (?:below|above) what was expected)?\.)?"
)
MOST_WORDS, HIGHEST_GRADE = 25, 9.0


@pytest.fixture(scope="module")
def world(shared):
    panel, own = cleveland(shared)
    areas = review_areas(own)
    case = case_of(panel, force_places(own), areas, contiguity=touching(shared), force_name="Cleveland")
    rest = replace(areas["rest"], name="Rest of Stockton-on-Tees")
    return case, areas, Yardsticks(areas["district"], rest)


@pytest.fixture(scope="module")
def tables(world):
    case, areas, against = world
    return {
        key: area_evidence(case, areas[key], against=against)
        for key in ("billingham", "thornaby", "stockton")
    }


def of_type(rows, crime_type):
    return next(row for row in rows if row.crime_type == crime_type)


def all_with(rows, **changes):
    return tuple(replace(row, **changes) for row in rows)


def test_thornaby_leads_with_what_is_told_by_rank_then_what_is_far_and_its_first_rise(tables):
    assert lead_sentence(tables["thornaby"][:8]) == (
        "Recorded criminal damage and arson fell from 92 to 33 (−64%); the rest of Stockton-on-Tees fell by 13%. "
        "Fell more than similar places: about 1 in 235 ended as far below what was expected. "
        "Recorded burglary fell from 22 to 10; the rest of Stockton-on-Tees fell by 13%. "
        "Fell more than similar places: about 1 in 53 ended as far below what was expected. "
        "Recorded anti-social behaviour fell from 201 to 88 (−56%); the rest of Stockton-on-Tees rose by 1%. "
        "Within ordinary ups and downs: about 1 in 22 ended as far below what was expected. "
        "Recorded shoplifting rose from 63 to 95 (+51%); the rest of Stockton-on-Tees fell by 9%. "
        "Within ordinary ups and downs: about 1 in 5 ended as far above what was expected. "
        "Of 8 crime types, 1 rose and 5 fell. 2 have fewer than 20 recorded in both periods together. "
        "Similar places are places in the area of Cleveland outside the areas under review, allowing for their size. "
        "No earlier months could be seen, so a bad year before may be part of a fall, or a good one of a rise."
    )


def test_stockton_says_that_nothing_is_told_and_names_its_first_rise_and_fall(tables):
    said = lead_sentence(tables["stockton"])
    assert said.startswith(
        "No change can be told from what similar places did. Recorded other theft rose from"
    )
    assert (
        "219 to 282 (+29%); the rest of Stockton-on-Tees rose by 1%." in said
        and "about 1 in 48 ended as far above what was expected" in said
    )
    assert "anti-social behaviour fell from 663 to 577" in said
    assert "Similar places are sets of 3 neighbouring places in the area of Cleveland" in said


def test_a_row_says_counts_rest_rank_yardstick_expectation_what_could_be_told_and_history(tables):
    assert row_sentence(tables["thornaby"][0]) == (
        "Recorded anti-social behaviour fell from 201 to 88 (−56%); the rest of Stockton-on-Tees rose by 1%. "
        "Within ordinary ups and downs: about 1 in 22 ended as far below what was expected. "
        "Similar places are places in the area of Cleveland outside the areas under review, allowing for their size. "
        "Going by similar places, about 139 were to be expected; 85 to 248 would be ordinary. "
        "Only 84 or fewer would have been told as a fall. "
        "No earlier months on the same map points are held. So only the height of the count itself is allowed for: a bad or a "
        "good year before is not seen."
    )


def test_a_count_that_stayed_has_stayed_while_the_rest_fell(tables):
    row = replace(
        tables["stockton"][0], baseline_incidents=623.0, comparison_incidents=624.0, change=1.0,
        percent_change=0.16, rest_percent_change=-19.2, z=2.4, as_far=0.02,
        verdict=verdict(623, 624, 1),
    )  # fmt: skip
    assert short_sentence(row) == (
        "Recorded anti-social behaviour stayed about the same, 623 to 624 (0%); the rest of Stockton-on-Tees fell by 19%. "
        "Did not fall as similar places did: about 1 in 50 ended as far above what was expected."
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (14, 19, "went from 14 to 19, too few to tell from chance;"),
        (19, 14, "went from 19 to 14, too few to tell from chance;"),
        (20, 25, "went from 20 to 25, too few to tell from chance;"),
        (20, 24, "stayed about the same, 20 to 24;"),
        (19, 19, "stayed at 19;"),
        (14, 24, "rose from 14 to 24;"),
    ],
)
def test_a_small_count_that_moved_by_a_quarter_is_not_said_to_have_stayed(tables, before, after, said):
    row = replace(
        of_type(tables["billingham"], "Burglary"), baseline_incidents=before, comparison_incidents=after,
        change=after - before, verdict=MUCH_AS, percent_change=100 * (after - before) / before,
    )  # fmt: skip
    sentence = short_sentence(row)
    assert f"Recorded burglary {said}" in sentence
    assert "Within ordinary ups and downs" in sentence
    assert longest(sentence, NAMES) <= MOST_WORDS
    tally = lead_sentence([row, replace(row, crime_type="Drugs")])
    assert ("2 moved by too few to tell" in tally) == ("too few" in said)
    assert ("stayed about the same" in tally) == ("stayed" in said)


def test_a_percentage_on_a_small_base_is_not_quoted_and_the_rests_counts_stand_in_its_place(tables):
    row = of_type(tables["billingham"], "Burglary")
    assert "fell from 23 to 9;" in row_sentence(row) and "61%" not in row_sentence(row)
    small = replace(row, rest_baseline_incidents=49.0, rest_comparison_incidents=31.0)
    assert "the rest of Stockton-on-Tees went from 49 to 31." in short_sentence(small)


def test_too_few_to_say_says_what_is_too_few(tables):
    few = of_type(tables["billingham"], "Drugs")
    assert "Too few incidents to say. Fewer than 20 incidents were recorded" in short_sentence(few)
    places = replace(
        few, baseline_incidents=134.0, comparison_incidents=134.0, change=0.0, reason="Only 8 places can be judged."
    )  # fmt: skip
    assert "stayed at 134" in short_sentence(places)
    assert "Too few similar places to say. Only 8 places can be judged." in short_sentence(places)
    unlike = replace(
        places, verdict="months missing", percent_change=NAN, rest_percent_change=NAN, comparison_months=12,
        reason="Dec 2022 is not published here.",
    )  # fmt: skip
    assert short_sentence(unlike) == (
        "Recorded drugs is 134 to 134, over unlike months. Months missing: the two sides cannot be compared. "
        "Dec 2022 is not published here."
    )


def test_the_chance_line_counts_flagged_rows_and_those_that_chance_would_flag(tables):
    table = tables["thornaby"]
    flagged = sum(row.exact_p < 0.05 for row in table)
    chance = formats.number(sum(row.chance_share for row in table))
    said = chance_sentence(table)
    assert f"would call {flagged} of these 14 changes" in said and f"about {chance} so by itself" in said
    assert "cannot be said" in chance_sentence(all_with(table, chance_share=NAN))


def test_a_table_without_comparable_months_gives_the_reason(tables):
    table = all_with(tables["thornaby"], percent_change=NAN, reason="Dec 2022 is not published here.")
    assert lead_sentence(table) == "No change can be told. Dec 2022 is not published here."


def test_without_a_verdict_the_counts_stand_and_the_reason_follows(tables):
    table = all_with(
        tables["stockton"], verdict="", as_far=NAN, z=NAN, yardstick="", reason="Import boundaries."
    )
    said = lead_sentence(table)
    assert said.startswith("Recorded ") and said.endswith("No verdict: Import boundaries.")
    assert "similar" not in said


def test_what_could_be_told_has_three_forms():
    assert (
        tellable_sentence(Evidence(told_at_most=84.0)) == "Only 84 or fewer would have been told as a fall."
    )
    assert "not even a fall to none" in tellable_sentence(Evidence()).lower()
    assert "Only a fall to none" in tellable_sentence(Evidence(told_at_most=0.0))


@pytest.mark.parametrize(
    ("as_far", "said"),
    [(0.0, "none of 235"), (1 / 22.4, "about 1 in 22"), (1 / 7, "about 1 in 7"), (0.45, "about half"), (0.7, "most"), (NAN, "–")],
)  # fmt: skip
def test_a_rank_is_said_in_words(as_far, said):
    assert rank_share(Evidence(as_far=as_far, places_behind=235)) == said


def test_published_cells_are_counted():
    cells = pd.DataFrame({"status": ["agrees"] * 3 + ["differs"] + ["cannot be checked"] * 2})
    assert published_sentence(cells) == (
        "Of 6 published figures, 3 agree with the data held, 1 differ, and 2 cannot be checked."
    )


# --- every area, type and pair of periods of the real files ------------------------------------


def period_pairs() -> list[tuple[Period, Period]]:
    """Pairs of 3, 6, 9 and 12 months a year apart, inside January 2022 to June 2024: forty, or every fourth of them."""
    pairs = []
    for months in (12, 9, 6, 3):
        first = Period(pd.Period("2022-01", freq="M"), pd.Period("2022-01", freq="M") + months - 1)
        while first.shifted(12).last <= pd.Period("2024-06", freq="M"):
            pairs.append((first, first.shifted(12)))
            first = first.shifted(1)
    return pairs[: 40 : times(4, 1)]


@pytest.fixture(scope="module")
def many(world):
    case, areas, against = world
    return [
        area_evidence(case.asking(baseline=pair[0], comparison=pair[1]), areas[key], against=against)
        for pair in period_pairs()
        for key in ("billingham", "thornaby", "stockton")
    ]


def number(text):
    return float(text.replace(",", "").replace("−", "-").replace("+", "").rstrip("%"))


def test_pairs_of_periods_of_each_length_are_looked_at():
    pairs = period_pairs()
    assert len(pairs) == times(10, 40) and {len(pair[0]) for pair in pairs} == {3, 6, 9, 12}


def test_leads_parse_back_to_their_numbers_and_no_verdict_is_without_its_yardstick(many):
    for rows in many:
        said = lead_sentence(rows)
        by_name = {row.crime_type.lower(): row for row in rows}
        found = list(CHANGE.finditer(said))
        assert len(found) == said.count("Recorded "), said
        for match in found:
            row = by_name[match["type"]]
            assert number(match["before"]) == row.baseline_incidents
            assert number(match["after"]) == row.comparison_incidents
            if match["way"]:
                assert (match["way"] == "rose") == (row.change > 0)
            if match["percent"]:
                assert (
                    match["percent"] == formats.percent(row.percent_change)
                    and row.baseline_incidents >= SMALL_BASE
                )
            if math.isfinite(row.rest_percent_change):
                assert "the rest of" in match[0], match[0]
            if match["rest"]:
                assert (match["rest"] == "rose") == (row.rest_percent_change > 0)
                assert match["rest_percent"] == formats.percent(abs(row.rest_percent_change)).lstrip("+")
            if match["verdict"] and row.verdict in JUDGED:
                assert match["verdict"].lower() == verdict_words(row)
                assert match["share"] == rank_share(row)
        if any(words in said.lower() for words in (*TOLD, "within ordinary ups and downs")):
            assert f"Similar places are {next(row.yardstick for row in rows if row.yardstick)}" in said


def test_no_told_change_and_no_far_rise_goes_unsaid_and_nothing_is_called_largest(many):
    named_rises = 0
    for rows in many:
        said = lead_sentence(rows)
        assert not FORBIDDEN.search(said), said
        for row in rows:
            told = row.verdict in TOLD
            far = (
                row.verdict in JUDGED and row.change >= 10 and row.change >= 0.25 * row.baseline_incidents
                and row.z > 0 and row.as_far <= 0.10
            )  # fmt: skip
            if told or far:
                counts = (
                    f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}"
                )
                assert f"Recorded {row.crime_type.lower()} " in said and counts in said
                named_rises += far
        ways = {direction_of(row) for row in rows if row.verdict in JUDGED} & {"rose", "fell"}
        assert ways <= {
            direction_of(row) for row in named_rows([row for row in rows if row.verdict in JUDGED])
        }
    assert named_rises > times(5, 20)


def test_every_sentence_can_be_read_once_aloud(many):
    worst = 0.0
    for rows in many:
        texts = [lead_sentence(rows), chance_sentence(rows), short_sentences(rows)]
        texts += [row_sentence(row) for row in rows if row.verdict in JUDGED]
        for text in texts:
            assert longest(text, NAMES) <= MOST_WORDS, text
            worst = max(worst, grade(text, NAMES))
            assert grade(text, NAMES) <= HIGHEST_GRADE, (grade(text, NAMES), text)
            assert "nan" not in text and formats.MISSING not in text and "  " not in text and ".." not in text
    assert worst > 3  # the measure measures


def test_rank_comes_before_size_among_what_is_named(many):
    for rows in many:
        named = [row for row in named_rows(rows) if row.verdict in JUDGED]
        keys = [(row.verdict not in TOLD, row.as_far, -abs(row.change)) for row in named]
        assert keys == sorted(keys)


# --- properties: any evidence, every number parsed back ----------------------------------------


@st.composite
def any_row(draw, crime_type="Burglary"):
    before, after = draw(st.integers(0, 3000)), draw(st.integers(0, 3000))
    z = draw(st.floats(-6, 6).filter(bool))
    enough = before + after >= 20
    told = draw(st.sampled_from([0, 0, int(math.copysign(1, z))])) if enough else None
    places = draw(st.integers(20, 4000))
    rest_before, rest_after = draw(st.integers(1, 200)), draw(st.integers(0, 400))
    return Evidence(
        crime_type=crime_type,
        baseline_incidents=float(before),
        comparison_incidents=float(after),
        change=float(after - before),
        percent_change=100 * (after - before) / before if before else NAN,
        rest_percent_change=100 * (rest_after / rest_before - 1),
        rest_baseline_incidents=float(rest_before),
        rest_comparison_incidents=float(rest_after),
        baseline_months=11,
        comparison_months=11,
        small_base=before < SMALL_BASE,
        rest="Rest of the borough",
        yardstick="places of Somewhere outside the areas under review",
        places_behind=places,
        expected=draw(st.floats(1, 3000)),
        ordinary_low=float(draw(st.integers(0, 500))),
        ordinary_high=draw(st.one_of(st.just(math.inf), st.floats(600, 5000))),
        z=z if enough else NAN,
        as_far=draw(st.integers(0, places)) / places if enough else NAN,
        told_at_most=draw(st.one_of(st.just(NAN), st.integers(0, 900).map(float))),
        verdict=verdict(before, after, told),
    )


def formatted(row):
    """Every number that a sentence on the row may hold, as text."""
    allowed = {
        formats.number(getattr(row, key))
        for key in (
            "baseline_incidents", "comparison_incidents", "rest_baseline_incidents", "rest_comparison_incidents",
            "places_behind", "expected", "told_at_most",
        )
    }  # fmt: skip
    allowed |= {
        formats.percent(row.percent_change),
        formats.percent(abs(row.rest_percent_change)).lstrip("+"),
    }
    allowed |= {formats.number(math.ceil(row.ordinary_low)), "1"}
    if math.isfinite(row.ordinary_high):
        allowed.add(formats.number(math.floor(row.ordinary_high)))
    return allowed | ({formats.number(1 / row.as_far)} if row.as_far > 0 else set())


@given(any_row())
@examples(100)
def test_every_number_of_a_row_sentence_is_one_of_the_result(row):
    said = row_sentence(row)
    assert set(NUMBER.findall(said)) <= formatted(row), said
    way = direction_of(row)
    assert ("Recorded burglary rose from" in said) == (way == "rose")
    assert ("Recorded burglary fell from" in said) == (way == "fell")
    assert "the rest of the borough" in said
    assert longest(said) <= MOST_WORDS


@given(st.tuples(*(any_row(crime_type) for crime_type in CRIME_TYPES[:5])))
@examples(50)
def test_every_number_of_a_lead_is_one_of_the_table_and_all_that_is_told_is_named(drawn):
    said = lead_sentence(drawn)
    allowed = {str(n) for n in range(6)}.union(*(formatted(row) for row in drawn))
    if any(row.baseline_incidents + row.comparison_incidents < MIN_INCIDENTS for row in drawn):
        # how few are too few is said with how many types have fewer
        allowed.add(formats.number(MIN_INCIDENTS))
    assert set(NUMBER.findall(said)) <= allowed, said
    for row in drawn:
        if row.verdict in TOLD:
            assert (
                f"Recorded {row.crime_type.lower()} " in said and formats.capital(verdict_words(row)) in said
            )
    assert not FORBIDDEN.search(said)
