"""Explore / Incidents: filters, gaps, the count said, and a file that says its own filters."""

from __future__ import annotations

import io

import pandas as pd

from analysis.model.periods import Period, parse_month
from analysis.topics import incidents
from data.desk import Desk
from tests.pages.conftest import text_of
from tests.pages.test_overview import northumbria

PAGE = "pages/explore/incidents.py"


def test_a_place_and_a_type_give_the_counts_of_the_review(drawn, real_store):
    app = drawn(real_store, PAGE, place="Thornaby Town Centre", type="Anti-social behaviour")
    words = text_of(app)
    assert "96 incidents recorded" in words  # the review's own figure for the comparison year
    assert "Places: Thornaby Town Centre. Crime types: Anti-social behaviour." in words


def test_one_lsoa_by_name_and_code_is_both_vintages_of_its_ground(drawn, real_store):
    place = "Stockton-on-Tees 014E (E01012266, E01035197, E01035198)"
    whole = drawn(real_store, PAGE, place=place, first="Jul 2022", last="Jun 2024")
    words = text_of(whole)
    assert f"Places: {place}." in words
    assert "Not published: Dec 2022" in words


def test_many_rows_are_cut_and_the_count_is_said(drawn, real_store):
    assert "100 of 78,227 incidents are listed here; the download has all" in text_of(drawn(real_store, PAGE))


def test_nothing_found_is_said(drawn, real_store):
    few = {"type": "Anti-social behaviour", "outcome": "Court result unavailable"}
    words = text_of(drawn(real_store, PAGE, **few))
    # anti-social behaviour never has an outcome
    assert "Last outcome: Court result unavailable." in words
    assert "No recorded incident matches" in words


def listed(store, *question):
    """Return what is asked of a store's only force, with its own default filters."""
    desk = Desk(store)
    (force,) = desk.forces()
    return desk.incidents(
        desk.case(desk.default_selection(force)), incidents.IncidentQuestion(force, *question)
    )


def test_the_file_has_every_row_with_its_filters_and_source(real_store):
    month = parse_month("2024-06")
    wanted = listed(real_store, Period(month, month), ("Shoplifting",), ("thornaby-town-centre",))
    content = incidents.answer(wanted)["list"].whole().decode("utf-8-sig")
    heads = [line for line in content.splitlines() if line.startswith(("#", '"#'))]
    rows = pd.read_csv(io.StringIO(content), skiprows=len(heads))
    assert "Places: Thornaby Town Centre. Crime types: Shoplifting." in heads[1]
    assert "Open Government Licence v3.0" in heads[2]
    assert f": {len(rows):,} rows" in heads[0]
    assert set(rows["month"]) == {"2024-06"}
    assert set(rows["crime_type"]) == {"Shoplifting"}
    assert "DEMONSTRATION" not in content


def test_the_file_of_simulated_months_says_so(demonstration_store):
    month = parse_month("2024-06")
    wanted = listed(demonstration_store, Period(month, month), ("Shoplifting",))
    heads = incidents.answer(wanted)["list"].whole().decode("utf-8-sig").splitlines()[:5]
    assert heads[-1] == "# DEMONSTRATION DATA: months and places are simulated."


def test_rows_are_read_when_an_answer_asks_and_once(real_store, monkeypatch):
    asked = []
    count_by = type(real_store).count_by
    monkeypatch.setattr(
        type(real_store),
        "count_by",
        lambda store, force, keys, *wanted: asked.append(keys) or count_by(store, force, keys, *wanted),
    )
    wanted = listed(real_store, Period.parse("2024-01:2024-06"), ("Drugs",))
    asked.clear()  # what the case itself is made of
    for month in (None, parse_month("2024-03"), parse_month("2024-04")):
        for view in (incidents.GROUND, incidents.POINTS, incidents.DENSITY):
            assert incidents.where(wanted, view, month)["map"].title
    assert (
        len([keys for keys in asked if "longitude" in keys and "location" in keys and "lsoa_code" in keys])
        == 1
    )


def test_rows_without_an_outcome_are_asked_for_by_their_own_choice(real_store):
    year = Period.parse("2023-07:2024-06")
    total = incidents.answer(listed(real_store, year, ("Drugs",)))["trend"].data["incidents"].sum()
    outcomes = Desk(real_store).last_outcomes("cleveland")
    assert outcomes[-1] == "No outcome given"
    by_outcome = [
        incidents.answer(listed(real_store, year, ("Drugs",), (), (each,)))["trend"].data["incidents"].sum()
        for each in outcomes
    ]
    assert sum(by_outcome) == total > 0


def test_a_force_without_a_review_has_its_incidents_and_no_word_of_another(run_app, tmp_path):
    app = run_app(northumbria(tmp_path), PAGE)
    words = text_of(app)
    assert not app.exception
    assert "24 incidents" in words or "12 of 24" in words or "12 incidents" in words
    assert not [word for word in ("Stockton", "Cleveland", "Thornaby", "the review") if word in words]
