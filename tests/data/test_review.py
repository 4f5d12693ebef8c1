"""The published review: its printed arithmetic, and that no number of the slides is lost."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.model.errors import ContractError
from analysis.model.formats import percent
from analysis.model.vocabulary import SLIDE_CRIME_TYPES, SLIDE_SPELLING
from data.areas import read_areas
from data.review import FOLDER, REVIEW_TABLES, read_review

PRINTED = "−"


def test_every_table_meets_its_contract_and_names_its_slide():
    for name in REVIEW_TABLES:
        table = read_review(name)
        assert len(table)
        assert (table["slide"] != "").all()
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(REVIEW_TABLES)


def test_all_24_differences_and_percentages_are_those_of_the_counts():
    table = read_review("outcomes")
    assert len(table) == 24
    assert (table["comparison_incidents"] - table["baseline_incidents"]).equals(table["change"])
    exact = 100 * table["change"] / table["baseline_incidents"]
    printed = [percent(value).replace(PRINTED, "-").replace("+", "").rstrip("%") for value in exact]
    assert printed == [str(value) for value in table["percent_change"]]
    assert (table["baseline_incidents"] < 50).sum() == 6


def test_each_town_centre_has_the_eight_types_in_the_slide_s_order_and_one_district_column():
    table = read_review("outcomes")
    for _, rows in table.groupby("area"):
        assert tuple(rows["crime_type"]) == SLIDE_CRIME_TYPES
        assert rows["district_percent_change"].tolist() == [-3, -14, -32, -15, -14, -5, -3, -22]
    assert list(table["area"].unique()) == [
        k for k, a in read_areas().areas.items() if a.kind == "town centre"
    ]


def test_the_patrol_totals_are_the_sums_of_the_hotspots():
    patrols, totals = read_review("patrols"), read_review("patrol_totals").iloc[0]
    for column in ("seconds", "patrols", "resident_engagements", "business_engagements"):
        assert patrols[column].sum() == totals[column]
    assert totals["seconds"] == 1060 * 3600 + 26 * 60
    assert (totals["patrols"], totals["resident_engagements"], totals["business_engagements"]) == (
        1066,
        428,
        813,
    )
    assert totals["first_month"] == pd.Period("2023-08")


def test_the_areas_named_are_areas_of_the_project():
    keys = set(read_areas().areas)
    for name in ("outcomes", "patrols", "asb_police", "deliverables"):
        assert set(read_review(name)["area"]) - {""} <= keys


def test_what_the_slide_does_not_say_is_missing_and_not_zero():
    funding = read_review("funding").set_index("programme")
    assert funding.loc["Serious Violence Duty", "first_day"] is pd.NaT
    assert funding["amount"].tolist() == [331000, 135633, 263000, 40000, 20000]
    assert read_review("deliverables")["number"].dropna().tolist() == [100, 9, 6]
    assert read_review("actions")["number"].dropna().tolist() == [35, 6, 5]


def test_every_number_in_the_tables_of_the_slides_is_in_the_tables_here(shared):
    lines = (shared / "review.txt").read_text(encoding="utf-8").splitlines()
    tabled = [line.split("\t") for line in lines if line.count("\t") >= 1]
    there = Counter(
        cell.strip().rstrip("%")
        for row in tabled
        for cell in row
        if re.fullmatch(r"-?\d[\d:]*%?", cell.strip())
    )
    columns = {
        "outcomes": [
            "baseline_incidents",
            "comparison_incidents",
            "change",
            "percent_change",
            "district_percent_change",
        ],
        "patrols": ["patrol_hours", "patrols", "resident_engagements", "business_engagements"],
        "patrol_totals": ["patrol_hours", "patrols", "resident_engagements", "business_engagements"],
        "asb_police": ["percent_change"],
    }
    here = Counter(str(v) for name, cols in columns.items() for c in cols for v in read_review(name)[c])
    assert here == there
    assert sum(there.values()) == 24 * 5 + 4 * 4 + 3


def test_the_outcomes_stand_as_the_slide_has_them_row_by_row(shared):
    printed = [
        line.split("\t")[1:]
        for line in (shared / "review.txt").read_text(encoding="utf-8").splitlines()
        if len(line.split("\t")) == 7 and line.split("\t")[2].isdigit()
    ]
    here = [
        [
            SLIDE_SPELLING.get(row.crime_type, row.crime_type),
            str(row.baseline_incidents),
            str(row.comparison_incidents),
            str(row.change),
            f"{row.percent_change}%",
            f"{row.district_percent_change}%",
        ]
        for row in read_review("outcomes").itertuples()
    ]
    assert here == printed


def test_every_number_in_the_prose_of_the_slides_is_in_some_table(shared):
    text = (shared / "review.txt").read_text(encoding="utf-8")
    prose = "\n".join(line for line in text.splitlines() if line.startswith(("- ", "  - ")))
    held = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv"))
    for figure in re.findall(r"£[\d,]+k?", prose):
        assert figure in held
    counts = set(re.findall(r"(?<![\d£,-])(\d{1,3})(?= |\b)(?!,|k| ?months)", prose)) - {"23"}
    assert counts == {"35", "6", "5", "100", "9"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("134,119", "134.5,119", "row 2: baseline_incidents “134.5” is no whole"),
        ("Anti-social behaviour", "ASB", "“ASB” is no crime type"),
        (",slide", ",title", "unexpected: title; missing: slide"),
    ],
)
def test_a_table_that_breaks_its_contract_is_said_to(tmp_path: Path, old, new, said):
    shutil.copytree(FOLDER, tmp_path / "review")
    file = tmp_path / "review" / "outcomes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=said):
        read_review("outcomes", tmp_path / "review")


def test_a_table_of_another_name_is_an_error_that_lists_them():
    with pytest.raises(ContractError, match="outcomes, patrols"):
        read_review("retail")
