"""Thornaby's quarters, every figure of them, counted by hand from the real files; and the measured figures of METHOD.md."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.topics.guarantee.case import COUNTED
from analysis.topics.guarantee.measure import ALL, NOT_COMPARABLE, NOT_PUBLISHED, town_centre_quarters
from tests.conftest import PROJECT

METHOD = (PROJECT / "analysis" / "topics" / "guarantee" / "METHOD.md").read_text(encoding="utf-8")
DEALT_WITH = {
    "Awaiting court outcome",
    "Court result unavailable",
    "Local resolution",
    "Offender given a caution",
    "Offender given penalty notice",
    "Suspect charged as part of another case",
}
"""Written down again, so that the list in the code is not its own witness: all that the three types have in Cleveland."""
THORNABY = "E01012284"
QUARTERS = {"07": "07", "08": "07", "09": "07", "10": "10", "11": "10", "12": "10"} | {
    f"{month:02}": f"{(month - 1) // 3 * 3 + 1:02}" for month in range(1, 7)
}


def raw_rows(shared: Path, kind: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(shared / "real" / "cleveland-2022-07-to-2024-06.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(f"-{kind}.csv"):
                with archive.open(name) as file:
                    yield from csv.DictReader(io.TextIOWrapper(file, encoding="utf-8"))


@pytest.fixture(scope="module")
def crimes(shared) -> list[dict[str, str]]:
    return [row for row in raw_rows(shared, "street") if row["Crime type"] in COUNTED]


@pytest.fixture(scope="module")
def measured(real_store):
    from data.desk import Desk

    desk = Desk(real_store)
    return town_centre_quarters(desk.guarantee(desk.case(desk.default_selection("cleveland"))))


def test_every_figure_of_thornaby_is_that_of_the_raw_files(crimes, measured):
    recorded: Counter[tuple[str, str]] = Counter()
    positive: Counter[tuple[str, str]] = Counter()
    for row in crimes:
        if row["LSOA code"] == THORNABY:
            year, month = row["Month"].split("-")
            for crime_type in (row["Crime type"], ALL):
                recorded[f"{year}-{QUARTERS[month]}", crime_type] += 1
                positive[f"{year}-{QUARTERS[month]}", crime_type] += (
                    row["Last outcome category"] in DEALT_WITH
                )
    own = measured.table.loc[measured.table["area_key"] == "thornaby-town-centre"]
    assert len(own) == 8 * 4
    for row in own.itertuples():
        key = (row.first_month, row.crime_type)
        if row.first_month == "2022-10":  # December is not published
            assert row.status == NOT_PUBLISHED
            continue
        assert row.recorded == recorded[key], key
        if row.first_month == "2022-07":
            assert row.status == NOT_COMPARABLE
        else:
            assert row.positive == positive[key], key
    first = own.loc[own["first_month"] == "2023-01"].set_index("crime_type")
    assert first["recorded"].tolist() == [20, 0, 2, 22]  # the worked number
    assert first.loc[ALL, "positive"] == 5


def test_all_places_together_have_what_the_raw_files_have_on_their_ground(crimes, measured):
    codes = {"E01012276", THORNABY}  # Billingham and Thornaby kept their codes
    by_hand = sum(row["LSOA code"] in codes and row["Month"] >= "2023-01" for row in crimes)
    table = measured.table
    own = table["area_key"].isin(["billingham-town-centre", "thornaby-town-centre"])
    assert (
        table.loc[own & (table["crime_type"] == ALL) & (table["first_month"] >= "2023"), "recorded"].sum()
        == by_hand
    )


def test_the_zip_is_told_to_be_two_releases(measured):
    assert measured.edition.name == "a release that is not named, Jan 2023 – Jun 2024"
    assert measured.others == ("a release that is not named, Jul 2022 – Nov 2022",)
    assert measured.unknown == ()


def test_the_measured_figures_of_the_method_are_those_of_the_outcomes_files(shared, crimes):
    by_id = {row["Crime ID"]: row for row in crimes if row["Crime ID"]}
    lags: Counter[int] = Counter()
    robbery: Counter[int] = Counter()
    charged = unlike = early = 0
    for row in raw_rows(shared, "outcomes"):
        crime = by_id.get(row["Crime ID"])
        if crime is None:
            continue
        early += crime["Month"] <= "2022-11"
        if row["Outcome type"] == "Suspect charged":
            charged += 1
            unlike += crime["Last outcome category"] != "Court result unavailable"
        lag = _months(row["Month"]) - _months(crime["Month"])
        dealt_with = row["Outcome type"] == "Suspect charged" or row["Outcome type"] in DEALT_WITH
        if dealt_with and "2023-01" <= crime["Month"] <= "2023-06" and lag <= 12:
            lags[lag] += 1
            robbery[lag] += crime["Crime type"] == "Robbery"
    assert (charged, unlike, early) == (3376, 0, 0)
    assert "all 3,376 rows" in METHOD
    assert sum(lags.values()) == 996
    by = {month: round(100 * sum(lags[n] for n in range(month + 1)) / 996, 1) for month in (1, 3, 6)}
    assert by == {1: 72.2, 3: 89.6, 6: 98.1}
    assert (
        "72.2% came in the month of the crime or the next, 89.6% by the third month after, 98.1% by the sixth"
        in METHOD
    )
    assert sum(robbery.values()) == 118
    assert round(100 * sum(robbery[n] for n in range(7)) / 118, 1) == 89.0


def _months(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month)
