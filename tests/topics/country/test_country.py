"""The country: how many stand out and how many would by chance, the funnel's lines, and what is said of older months."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.drawing.answer import Unanswered
from analysis.model.case import Case
from analysis.model.naming import Naming
from analysis.topics import country
from analysis.topics.country.case import CountryCase
from analysis.topics.country.measure import EVIDENCE_TYPES, funnel_limits, standing
from analysis.topics.country.show.centre_rows import MOST_ROWS, centre_table
from analysis.topics.country.show.places import by_chance

FELL, AS, FEW = "fell more than similar places", "much as similar places did", "too few to say"


def rows(verdicts: list[str], crime_type: str = "Shoplifting", origin: str = "named") -> pd.DataFrame:
    plain = {"text": "", "number": math.nan, "whole": 0, "flag": False}
    table = pd.DataFrame([{name: plain[kind] for name, kind in EVIDENCE_TYPES.items()} for _ in verdicts])
    number = range(len(verdicts))
    judged = [word != FEW for word in verdicts]
    return table.assign(
        force="made", force_name="Made Police", origin=origin, ground="E01000001", rule="2",
        baseline="2022-07:2023-06", comparison="2023-07:2024-06", easting=math.nan, northing=math.nan,
        area=[f"Centre {at:03d}" for at in number], area_key=[f"centre-{at}" for at in number],
        district="Made District", crime_type=crime_type, verdict=verdicts,
        comparison_incidents=[40.0 if word == FELL else 100.0 for word in verdicts],
        expected=[100.0 if here else math.nan for here in judged],
        ordinary_low=[60.0 if here else math.nan for here in judged],
        ordinary_high=[150.0 if here else math.nan for here in judged],
    )  # fmt: skip


def asked(table: pd.DataFrame, **changed) -> CountryCase:
    plain = {
        "table": table, "forces": {"made": "Made Police"}, "older": (), "waiting": (), "read_outlines": lambda: None,
        "naming": Naming(), "simulated": False, "state": "a",
    }  # fmt: skip
    return CountryCase(**(plain | changed))


def test_how_many_stand_out_and_how_many_would_by_chance_by_hand():
    found = standing(rows([FELL] * 20 + [AS] * 220 + [FEW] * 7))
    assert (found.judged, found.told, found.fell, found.rose, found.silent) == (240, 20, 20, 0, 7)
    assert found.by_chance == pytest.approx(12)
    assert [by_chance(number) for number in (12.0, 1.2, 0.4)] == ["about 12", "about 1", "fewer than one"]


def test_the_funnel_s_lines_are_the_middle_of_what_is_ordinary_for_places_of_a_size():
    table = rows([AS] * 100)
    table["expected"] = [10.0] * 50 + [1000.0] * 50
    table["ordinary_low"] = [2.0] * 50 + [800.0] * 50
    table["ordinary_high"] = [20.0] * 50 + [1250.0] * 50
    limits = funnel_limits(table)
    assert limits["expected"].is_monotonic_increasing
    assert limits.iloc[0].tolist() == [10, 0.2, 2] and limits.iloc[-1].tolist() == [1000, 0.8, 1.25]
    assert funnel_limits(rows([FEW])).empty


def test_the_sentence_sums_all_crime_types_and_the_title_one():
    both = pd.concat([rows([FELL] + [AS] * 39), rows([AS] * 40, "Drugs")])
    answer = country.answer(asked(both))
    assert answer.leads[0][1] == (
        "Of 80 changes judged in 40 centres, 1 stands out; about 4 would by chance alone. "
        "They are of all crime types, Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023."
    )
    assert answer["funnel"].title == "Shoplifting: of 40 centres 1 stands out; about 2 would by chance"
    assert isinstance(answer["map"], Unanswered) and "there is no map" in answer["map"].sentence


def test_centres_stand_by_name_and_are_found_by_any_name_and_counted_where_left_out():
    table = rows([AS, FELL] * 30)
    shown = centre_table(table, "Shoplifting", "", "months")
    assert shown.shown.index.tolist() == sorted(shown.shown.index) and len(shown.shown) == MOST_ROWS
    assert shown.notes == ("20 more by name: search for one, or take the numbers away.",)
    assert len(shown.data) == 60
    found = centre_table(table, "Shoplifting", " CENTRE 00 ".strip(), "months")
    assert found.title == "10 centres with “CENTRE 00” in a name, by name"
    assert centre_table(table, "Shoplifting", "made police", "months").title.startswith("60 centres")
    assert list(country.found(asked(table), "007").values()) == ["Centre 007, Made District"]


def test_what_cannot_be_judged_has_its_reason_in_place_of_a_verdict():
    table = rows([FEW]).assign(verdict="", reason="Nothing is left outside it.", crime_type="")
    shown = centre_table(table, "Drugs", "", "months").shown
    assert shown["Verdict"].tolist() == ["not judged: Nothing is left outside it."]


def test_while_nothing_is_judged_the_page_says_how_it_is_done():
    answer = country.answer(asked(rows([]), waiting=("made",)))
    assert answer.leads.sentence == (
        "No centre has been judged yet (Made Police held). Whoever keeps the store judges by: python -m pages.judge"
    )
    assert not answer.parts
    assert "invented" in country.answer(asked(rows([]), simulated=True)).leads.sentence
    assert country.remarks(asked(rows([]), waiting=("made",), simulated=True)) == ()
    assert country.remarks(asked(rows([]), waiting=("made",)))


def test_forces_judged_on_older_months_and_ground_that_nobody_named_are_said():
    said = " ".join(country.remarks(asked(rows([AS], origin="suggested"), older=("made",))))
    assert "Made Police: judged before the months, ground or areas now held." in said
    assert "Nobody has confirmed that it is a town centre." in said


def test_a_whole_district_is_never_judged():
    from analysis.model.areas import Area
    from analysis.topics.country.measure import judge

    district = Area("made", "Made District", "district", "made", frozenset({"E01000001"}))
    assert judge(Case.__new__(Case), [district]).empty
