"""What a revision changed in counts already shown: cell by cell, and nothing that is merely new."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area
from analysis.model.cube import Panel
from analysis.model.revision import RevisedCount, RevisedVerdict, RevisedVerdicts, paired, revised_counts
from analysis.model.vocabulary import CRIME_TYPES

BURGLARY, ASB = CRIME_TYPES.index("Burglary"), CRIME_TYPES.index("Anti-social behaviour")
MONTHS = pd.period_range("2023-01", "2023-03", freq="M")
THORNABY = Area("thornaby", "Thornaby", "town centre", "cleveland", frozenset({"A"}))
DISTRICT = Area("stockton", "Stockton-on-Tees", "district", "cleveland", frozenset({"A", "B"}))
REST = Area("rest-of-stockton", "Rest of Stockton-on-Tees", "rest", "cleveland", frozenset({"B"}))
AREAS = [(area, area) for area in (REST, DISTRICT, THORNABY)]


def made(months=MONTHS, **cells: float) -> Panel:
    """Two units of ground with two incidents of each type in each month, but for cells as ``A_0_4=1``."""
    values = np.full((2, len(months), len(CRIME_TYPES)), 2.0)
    for name, value in cells.items():
        ground, month, kind = name.split("_")
        values["AB".index(ground), int(month), int(kind)] = value
    return Panel(pd.Index(["A", "B"]), months, values)


def changes(before: Panel, after: Panel, months=MONTHS) -> list[str]:
    return [str(each) for each in revised_counts(before, after, AREAS, months)]


def test_two_counts_that_changed_are_told_with_both_numbers_the_town_centre_first():
    after = made(**{f"A_0_{BURGLARY}": 1, f"A_2_{ASB}": 5})
    assert changes(made(), after) == [
        "Thornaby burglary, January 2023: 2 became 1.",
        "Thornaby anti-social behaviour, March 2023: 2 became 5.",
        "Stockton-on-Tees burglary, January 2023: 4 became 3.",
        "Stockton-on-Tees anti-social behaviour, March 2023: 4 became 7.",
    ]


def test_a_row_that_moved_within_a_district_changes_the_town_centre_and_not_the_district():
    after = made(**{f"A_0_{BURGLARY}": 1, f"B_0_{BURGLARY}": 3})
    assert changes(made(), after) == ["Thornaby burglary, January 2023: 2 became 1."]


def test_a_month_that_was_not_held_is_new_and_revises_nothing():
    after = made(pd.period_range("2023-01", "2023-04", freq="M"))
    assert changes(made(), after) == []
    gap = {f"{ground}_1_{kind}": np.nan for ground in "AB" for kind in range(len(CRIME_TYPES))}
    assert changes(made(**gap), made(), [MONTHS[0], MONTHS[2]]) == []


def test_a_month_of_a_type_that_is_not_whole_any_more_or_is_again_is_no_number():
    cells = {f"{ground}_1_{BURGLARY}": np.nan for ground in "AB"}
    assert changes(made(), made(**cells))[0] == (
        "Thornaby burglary, February 2023: 2 is no longer shown, as the month is not published whole."
    )
    assert changes(made(**cells), made())[0] == (
        "Thornaby burglary, February 2023: not shown before, as it was not published whole; now 2."
    )
    assert changes(made(**cells), made(**cells)) == []


def test_an_area_whose_ground_is_in_neither_is_left_out_and_one_that_is_gone_has_no_pair():
    elsewhere = Area("yarm", "Yarm", "town centre", "cleveland", frozenset({"Z"}))
    assert revised_counts(made(), made(), [(elsewhere, elsewhere)], MONTHS) == ()
    assert paired({"yarm": elsewhere}, {"thornaby": THORNABY}) == []


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 2), st.integers(0, 13), st.integers(0, 9))))
def test_what_is_told_is_the_difference_of_the_sums_whatever_the_numbers(cells):
    after = made(**{f"{ground}_{month}_{kind}": value for ground, month, kind, value in cells})
    told = revised_counts(made(), after, [(DISTRICT, DISTRICT)], MONTHS)
    difference = after.values.sum() - made().values.sum()
    assert sum((each.after or 0) - (each.before or 0) for each in told) == difference
    assert len({(each.month, each.crime_type) for each in told}) == len(told)
    assert all(each.before != each.after for each in told)


def test_verdicts_say_both_words_or_how_many_did_not_change():
    changed = RevisedVerdict(
        "Thornaby", "Burglary", "Jan 2022", "Jan 2023", "months missing", "too few to say"
    )
    told = RevisedVerdicts(24, (changed,), ("a",)).joined(RevisedVerdicts(0, (), (), "No lookup is held."))
    assert told.sentences() == [
        "Thornaby burglary, Jan 2023 against Jan 2022: “months missing” became “too few to say”.",
        "No lookup is held.",
    ]
    assert RevisedVerdicts(24).sentences() == ["No verdict changed, of 24 verdicts compared."]
    assert RevisedVerdicts(0, note="No lookup is held.").sentences() == ["No lookup is held."]


def test_counts_of_a_thousand_and_more_have_their_comma():
    assert (
        str(RevisedCount("Hull", "Drugs", "2023-01", 1200.0, 999.0))
        == "Hull drugs, January 2023: 1,200 became 999."
    )
