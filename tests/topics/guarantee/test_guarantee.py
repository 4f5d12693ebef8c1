"""The Guarantee's town-centre crimes by quarter: sums a reader can do, releases kept apart, and what is not a zero."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.answer import Unanswered
from analysis.model.areas import Area
from analysis.model.month_file import MonthFile
from analysis.model.periods import Period
from analysis.topics import guarantee
from analysis.topics.guarantee.case import COUNTED, GuaranteeCase
from analysis.topics.guarantee.measure import (
    ALL,
    KNOWN,
    NOT_COMPARABLE,
    NOT_PUBLISHED,
    POSITIVE,
    SETTLED,
    STILL_COMING,
    editions,
    town_centre_quarters,
)
from analysis.topics.guarantee.measure.categories import NOT_POSITIVE
from tests.cases import YEARS, case_of
from tests.made.places import made_panel

CHARGED, NOBODY, OPEN = "Court result unavailable", "Unable to prosecute suspect", "Under investigation"
MONTHS = pd.period_range("2022-07", "2024-06", freq="M")
PLACES = pd.DataFrame({"ground_code": ["A1", "A2"], "district_name": "Ay", "in_force": True, "joined": True})
AREAS = {
    "centre": Area("centre", "Ay centre", "town centre", "made", frozenset({"A1"}), treated=True),
    "ay": Area("ay", "Ay", "district", "made", frozenset({"A1", "A2"})),
}


def rows_of(counts: dict[str, list[float]], positive: int = 1, still_open: int = 0) -> pd.DataFrame:
    """Shoplifting with so many charged and so many open of each month and ground, the rest with nobody."""
    rows = []
    for code, months in counts.items():
        for month, count in zip(MONTHS, months, strict=True):
            if np.isnan(count):
                continue
            parts = {CHARGED: positive, OPEN: still_open, NOBODY: count - positive - still_open}
            rows += [(month, code, COUNTED[0], what, int(n)) for what, n in parts.items() if n]
    return pd.DataFrame(rows, columns=["month", "ground_code", "crime_type", "outcome", "incidents"])


def files_of(*releases: str, source: str = "a.zip") -> tuple[MonthFile, ...]:
    return tuple(
        MonthFile(month, f"{month}.csv", source, release, "", 1, 0)
        for month, release in zip(MONTHS, releases * (len(MONTHS) // len(releases)), strict=True)
    )


def asked(counts: dict[str, list[float]], outcomes: pd.DataFrame | None = None, **more) -> GuaranteeCase:
    more.setdefault("files", files_of("2025-03"))
    case = case_of(made_panel(counts, crime_type="Shoplifting"), PLACES, AREAS, **more)
    table = rows_of(counts) if outcomes is None else outcomes
    return GuaranteeCase(case, lambda: table)


def cell(counts, quarter: str, crime_type: str = ALL):
    table = counts.table
    (row,) = table.loc[(table["first_month"] == quarter) & (table["crime_type"] == crime_type)].itertuples()
    return row


def test_a_quarter_is_the_sum_of_its_three_months_with_the_crimes_that_had_a_positive_outcome():
    # 10, 11, 12 … a month in the centre: July to September 2022 have 33, one charged in each month
    counts = town_centre_quarters(asked({"A1": list(range(10, 34)), "A2": [50.0] * 24}))
    first = cell(counts, "2022-07", "Shoplifting")
    assert (first.recorded, first.positive, first.status) == (33, 3, SETTLED)
    assert first.positive_share == pytest.approx(3 / 33)
    assert cell(counts, "2024-04").recorded == 31 + 32 + 33
    assert list(counts.table["crime_type"].unique()) == [*COUNTED, ALL]


def test_a_type_with_none_recorded_is_a_nought_without_a_share():
    robbery = cell(town_centre_quarters(asked({"A1": [4.0] * 24, "A2": [0.0] * 24})), "2023-01", "Robbery")
    assert (robbery.recorded, robbery.positive) == (0, 0)
    assert math.isnan(robbery.positive_share)


def test_a_quarter_with_a_month_missing_is_not_published_and_no_smaller_number():
    gap = [4.0] * 5 + [float("nan")] + [4.0] * 18
    counts = town_centre_quarters(asked({"A1": gap, "A2": gap}))
    quarter = cell(counts, "2022-10")
    assert quarter.status == NOT_PUBLISHED
    assert math.isnan(quarter.recorded)
    assert math.isnan(quarter.positive)
    assert counts.missing == (pd.Period("2022-12", "M"),)
    shown = guarantee.answer(asked({"A1": gap, "A2": gap}))["volume"].shown
    assert shown.loc[("Ay centre", "Oct to Dec 2022")].tolist() == ["–"] * 6 + [NOT_PUBLISHED]


def test_quarters_of_another_release_have_their_volume_and_no_outcome():
    older = files_of("2022-12")[:6] + files_of("2024-12")[6:]
    counts = town_centre_quarters(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, files=older))
    assert counts.edition.name == "release 2024-12"
    assert counts.others == ("release 2022-12",)
    old, new = cell(counts, "2022-10"), cell(counts, "2023-01")
    assert (old.recorded, old.status, old.edition) == (12, NOT_COMPARABLE, "release 2022-12")
    assert math.isnan(old.positive)
    assert (new.positive, new.status) == (3, SETTLED)


def test_a_quarter_whose_months_are_of_two_releases_is_not_comparable():
    files = files_of("2024-11")[:7] + files_of("2024-12")[7:]
    counts = town_centre_quarters(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, files=files))
    assert cell(counts, "2023-01").status == NOT_COMPARABLE
    assert cell(counts, "2023-01").edition == "release 2024-11; release 2024-12"


def test_no_quarter_of_one_release_leaves_all_outcomes_out_and_says_so():
    mixed = asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, files=files_of("2024-10", "2024-11"))
    counts = town_centre_quarters(mixed)
    assert counts.edition is None
    assert set(counts.table["status"]) == {NOT_COMPARABLE}
    assert any(
        "no quarter’s months come from one release" in n for n in guarantee.answer(mixed)["volume"].notes
    )


def test_a_quarter_is_settled_six_months_before_the_release_and_coming_in_until_then():
    # September 2023 is six months before March 2024, December 2023 three
    counts = town_centre_quarters(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, files=files_of("2024-06")))
    assert cell(counts, "2023-10").status == SETTLED
    assert cell(counts, "2024-01").status == STILL_COMING
    assert cell(counts, "2024-04").status == STILL_COMING


def test_months_of_unnamed_releases_are_kept_apart_where_open_crimes_vanish():
    early = rows_of({"A1": [100.0] * 6 + [float("nan")] * 18}, still_open=10)
    late = rows_of({"A1": [float("nan")] * 6 + [100.0] * 18})
    of = editions(files_of(""), pd.concat([early, late]))
    assert len(set(of.values())) == 2
    assert of[MONTHS[5]].name == "a release that is not named, Jul 2022 – Dec 2022"
    assert of[MONTHS[6]].last == MONTHS[-1]


def test_open_crimes_in_the_youngest_months_alone_are_one_release():
    settled = rows_of({"A1": [100.0] * 20 + [float("nan")] * 4})
    young = rows_of({"A1": [float("nan")] * 20 + [100.0] * 4}, still_open=30)
    assert len(set(editions(files_of(""), pd.concat([settled, young])).values())) == 1


def test_a_handful_of_crimes_without_an_open_one_may_be_chance():
    # 1 of 20 open, then none of 20: chance does that in more than a third of cases
    first = rows_of({"A1": [20.0] * 6 + [float("nan")] * 18}, still_open=1)
    rest = rows_of({"A1": [float("nan")] * 6 + [20.0] * 18})
    assert len(set(editions(files_of(""), pd.concat([first, rest])).values())) == 1


def test_unnamed_months_of_two_files_are_not_one_release():
    files = files_of("", source="a.zip")[:12] + files_of("", source="b.zip")[12:]
    assert len(set(editions(files, rows_of({"A1": [20.0] * 24})).values())) == 2


def test_percentages_on_small_bases_are_hidden_until_they_are_asked_for():
    few, many = {"A1": [4.0] * 24, "A2": [0.0] * 24}, {"A1": [40.0] * 24, "A2": [0.0] * 24}
    row, column = ("Ay centre", "Jan to Mar 2023"), "% of recorded"
    assert guarantee.answer(asked(few))["volume"].shown.loc[row, column] == "hidden"
    assert guarantee.answer(asked(few, show_small=True))["volume"].shown.loc[row, column] == "25%"
    assert guarantee.answer(asked(many))["volume"].shown.loc[row, column] == "3%"
    zero = rows_of(few, positive=0)
    shown = guarantee.answer(asked(few, zero))["volume"].shown.loc[row]
    assert shown["With a positive outcome"] == "0"
    assert shown[column] == "hidden"


def test_it_is_said_what_open_data_do_not_have_and_whose_the_choice_is():
    notes = " ".join(guarantee.answer(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}))["volume"].notes)
    assert "robbery is business and personal together" in notes
    assert "Assaults on retail workers are not in open data" in notes
    assert "the list is ours" in notes


def test_bars_say_in_letters_what_is_still_coming_and_what_is_not_comparable():
    files = files_of("2022-12")[:6] + files_of("2024-06")[6:]
    figure = guarantee.answer(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, files=files))["quarters"]
    labels = dict(zip(figure.data["first_month"], figure.data["label"], strict=True))
    assert (labels["2022-07"], labels["2023-01"], labels["2024-04"]) == ("n/c", "3", "3+")
    marks = [layer["mark"]["type"] for layer in figure.spec["spec"]["layer"]]
    assert marks == ["bar", "text"]


def test_months_without_a_whole_quarter_ask_for_others():
    few = (Period.parse("2023-02:2023-02"), Period.parse("2023-03:2023-05"))
    answer = guarantee.answer(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, periods=few))
    assert isinstance(answer["volume"], Unanswered)
    assert "No whole quarter lies in Feb 2023 – May 2023" in answer.leads.sentence


def test_months_outside_whole_quarters_are_named():
    own = (Period.parse("2022-08:2023-06"), YEARS[1])
    counts = town_centre_quarters(asked({"A1": [4.0] * 24, "A2": [0.0] * 24}, periods=own))
    assert [str(month) for month in counts.outside] == ["2022-08", "2022-09"]
    assert len(counts.quarters) == 7


def test_an_outcome_that_no_list_has_is_recorded_and_named_and_not_positive():
    counts = {"A1": [4.0] * 24, "A2": [0.0] * 24}
    rows = rows_of(counts).replace({"outcome": {CHARGED: "Suspect given a stern look"}})
    measured = town_centre_quarters(asked(counts, rows))
    assert cell(measured, "2023-01").positive == 0
    assert measured.unknown == ("Suspect given a stern look",)


def test_no_outcome_is_both_positive_and_not():
    assert not POSITIVE & NOT_POSITIVE
    assert KNOWN == POSITIVE | NOT_POSITIVE


@given(st.lists(st.integers(1, 90), min_size=24, max_size=24), st.integers(0, 1))
def test_whatever_the_counts_positive_is_within_recorded_and_all_three_is_their_sum(months, positive):
    counts = {"A1": [float(n) for n in months], "A2": [0.0] * 24}
    table = town_centre_quarters(asked(counts, rows_of(counts, positive))).table
    assert (table["positive"] <= table["recorded"]).all()
    sums = table.loc[table["crime_type"] != ALL].groupby("first_month")[["recorded", "positive"]].sum()
    whole = table.loc[table["crime_type"] == ALL].set_index("first_month")[["recorded", "positive"]]
    pd.testing.assert_frame_equal(sums.sort_index(), whole.sort_index())
    assert whole["recorded"].sum() == sum(months)
