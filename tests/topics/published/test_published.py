import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import ContractError
from analysis.model.periods import Period
from analysis.model.vocabulary import SLIDE_CRIME_TYPES
from analysis.topics.published.measure.published_check import nearest, published_against_recomputed
from tests.made.evidence_world import MONTHS, review_areas
from tests.made.places import made_area, made_panel
from tests.made.real import cleveland

ASB = "Anti-social behaviour"


@pytest.fixture(scope="module")
def review(shared):
    """The outcomes table as the review prints it, read from its text."""
    lines = (shared / "review.txt").read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if "(LSOA 002E)" in line)
    cells = [re.findall(r"-?\d+%?", line.split("\t", 2)[2]) for line in lines[at:] if line.count("\t") >= 6]
    cells = [row for row in cells if len(row) == 5]
    keys = [key for key in ("billingham", "thornaby", "stockton") for _ in SLIDE_CRIME_TYPES]
    names = ("baseline", "comparison", "difference", "percent", "district_percent")
    rows = [dict(zip(names, (float(c.rstrip("%")) for c in row), strict=True)) for row in cells[:24]]
    table = pd.DataFrame(rows)
    return table.assign(area_key=keys, crime_type=list(SLIDE_CRIME_TYPES) * 3, slide="Overall Outcomes")


@pytest.fixture(scope="module")
def cells(shared, review):
    panel, own = cleveland(shared)
    areas = review_areas(own)
    table = published_against_recomputed(review, panel, areas, district=areas["district"], **MONTHS)
    return table.set_index(["area_key", "crime_type", "cell"])


def test_every_published_cell_has_a_row(review, cells):
    assert len(review) == 24 and len(cells) == 24 * 5


def test_the_comparison_year_agrees_in_all_24_cells(cells):
    assert (cells.xs("comparison", level="cell")["status"] == "agrees").all()


def test_three_baseline_cells_differ_and_the_rest_cannot_be_checked_with_december_missing(cells):
    baseline = cells.xs("baseline", level="cell")
    assert sorted(baseline.index[baseline["status"] == "differs"]) == [
        ("billingham", "Burglary"),
        ("thornaby", "Burglary"),
        ("thornaby", "Drugs"),
    ]
    assert (baseline["status"] == "cannot be checked").sum() == 21
    damage = baseline.loc[("billingham", "Criminal damage and arson")]
    assert (damage.published, damage.recomputed, damage.status) == (89, 72, "cannot be checked")
    assert damage.reason.startswith("Dec 2022 is missing")


def test_the_likely_reason_is_told_and_not_claimed(cells):
    burglary = cells.loc[("billingham", "Burglary", "baseline")]
    assert (burglary.recomputed, burglary.largest_month) == (23, 6)
    assert "double count is likely, not proven" in burglary.reason
    drugs = cells.loc[("thornaby", "Drugs", "baseline")]
    assert drugs.reason.startswith("The data give more already: 3 in 11 of 12 months")
    assert "double" not in drugs.reason


def test_a_percentage_that_rests_on_a_flagged_count_is_flagged_and_recomputed_like_for_like(cells):
    percent = cells.loc[("billingham", "Burglary", "percent")]
    assert (percent.published, percent.recomputed, percent.status) == (-81, -61, "differs")


def test_the_districts_percentages_are_said_to_miss_december_and_not_called_wrong(cells):
    district = cells.loc["thornaby"].xs("district_percent", level="cell")
    assert set(district["status"]) == {"cannot be checked"}
    assert district.loc[ASB, "recomputed"] == -4 and district.loc["Drugs", "recomputed"] == -1
    assert district["reason"].str.contains("Dec 2022 is missing").all()


def test_every_cell_that_does_not_agree_says_why(cells):
    assert (cells.loc[cells["status"] != "agrees", "reason"] != "").all()


# --- by hand: one area, two months a period -----------------------------------------------------------


def judged(monthly, published, missing=False):
    """Status of a published baseline count against these two months."""
    series = [*map(float, monthly), *[1.0] * 10, 3.0, 4.0]
    if missing:
        series[1] = np.nan
    panel = made_panel({"A": series, "B": [0.0 if not np.isnan(n) else np.nan for n in series]})
    table = pd.DataFrame(
        [
            {
                "area_key": "a", "crime_type": ASB, "baseline": published, "comparison": 7,
                "difference": 7 - published, "percent": nearest(100 * (7 - published) / published),
                "district_percent": 0, "slide": "1",
            }
        ]
    )  # fmt: skip
    got = published_against_recomputed(
        table,
        panel,
        {"a": made_area("A")},
        district=made_area("A", "B", name="The district"),
        baseline=Period.parse("2022-07:2022-08"),
        comparison=Period.parse("2023-07:2023-08"),
    )
    return got.set_index("cell")["status"]


@pytest.mark.parametrize(
    ("published", "missing", "status"),
    [
        (11, False, "agrees"),
        (12, False, "differs"),
        (10, False, "differs"),
        (4, True, "differs"),  # 5 are held already
        (5, True, "cannot be checked"),
        (15, True, "cannot be checked"),  # short by 10, twice the 5 held
        (16, True, "differs"),
    ],
)
def test_the_rule_at_its_edges(published, missing, status):
    assert judged((5, 6), published, missing)["baseline"] == status


def test_with_every_month_held_and_right_the_derived_cells_agree_too():
    status = judged((5, 6), 11)
    assert (status[["difference", "percent"]] == "agrees").all()


def test_a_place_that_is_not_held_cannot_be_checked():
    panel = made_panel({"A": [1.0] * 14})
    table = pd.DataFrame(
        [{"area_key": "x", "crime_type": ASB, "baseline": 1, "comparison": 1, "difference": 0, "percent": 0,
          "district_percent": 0, "slide": "1"}]
    )  # fmt: skip
    where = {
        "district": made_area("A"),
        "baseline": Period.parse("2020-07"),
        "comparison": Period.parse("2021-07"),
    }
    got = published_against_recomputed(table, panel, {}, **where)
    assert set(got["status"]) == {"cannot be checked"} and got["recomputed"].isna().all()
    with pytest.raises(ContractError, match="slide"):
        published_against_recomputed(table.drop(columns="slide"), panel, {}, **where)
    with pytest.raises(ContractError, match="Loitering"):
        published_against_recomputed(table.assign(crime_type="Loitering"), panel, {}, **where)


@given(st.integers(-10_000, 10_000))
def test_halves_round_away_from_zero(halves):
    expected = (abs(halves) + 1) // 2 * (1 if halves > 0 else -1)
    assert nearest(halves / 2) == (expected if halves % 2 else halves // 2)
