"""Explore / Incidents: filters, gaps, the count said, and a file that says its own filters."""

from __future__ import annotations

import io

import pandas as pd
from pages.shell import incidents

from analysis.model.periods import Period, parse_month
from tests.pages.conftest import text_of

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


def test_the_file_has_every_row_with_its_filters_and_source(drawn, real_store):
    drawn(real_store)
    month = parse_month("2024-06")
    asked = incidents.Asked(
        "cleveland", Period(month, month), ("Shoplifting",), ("thornaby-town-centre",), ()
    )
    content = incidents.whole(asked)().decode("utf-8-sig")
    heads = [line for line in content.splitlines() if line.startswith(("#", '"#'))]
    rows = pd.read_csv(io.StringIO(content), skiprows=len(heads))
    assert "Places: Thornaby Town Centre. Crime types: Shoplifting." in heads[1]
    assert "Open Government Licence v3.0" in heads[2]
    assert f": {len(rows):,} rows" in heads[0]
    assert set(rows["month"]) == {"2024-06"}
    assert set(rows["crime_type"]) == {"Shoplifting"}
