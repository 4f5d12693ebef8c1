"""The rule of coverage: worked by hand, by properties, on the real zips and on made forces."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.coverage import coverage
from analysis.stats.coverage_rule import ABOVE_HIGHEST, BELOW_MEDIAN, JUDGED_MEDIAN
from analysis.stats.coverage_tried import cut_table, false_table, files_found_when, found_when, most_missed
from tests.exhaustive import examples
from tests.stats.made_forces import counted, made_force, street_rows

ASB = "Anti-social behaviour"


def month(text: str) -> pd.Period:
    return pd.Period(text, freq="M")


def steady(months: int = 12, **levels: float) -> pd.DataFrame:
    """A force that records the same number of each type each month, but for one more or less."""
    index = pd.period_range("2023-01", periods=months, freq="M")
    levels = levels or {"A": 811, "B": 413, "C": 207, "D": 167, "E": 53}
    wobble = np.resize([0, 1, -1], months)
    columns = {name: level + np.roll(wobble, at) for at, (name, level) in enumerate(levels.items())}
    return pd.DataFrame(columns, index=index, dtype=float)


# --- by hand ---


def test_a_steady_force_is_published_throughout():
    found = coverage(steady())
    assert (found.status == "published").all(axis=None)
    assert found.flagged == () and all(not file.reasons for file in found.files)
    assert all(cell.judged for cell in found.cells)


def test_a_cell_bears_its_numbers():
    counts = steady()
    counts.loc["2023-04", "A"] = 270
    cell = coverage(counts).cell(month("2023-04"), "A")
    assert (cell.status, cell.reasons) == ("partly published", ("far below",))
    assert (cell.count, cell.median, cell.upper, cell.highest) == (270, 811, 812, 812)
    assert cell.others == pytest.approx(1, abs=0.01)
    assert cell.expected == pytest.approx(811, abs=10)


def test_low_with_every_other_type_is_no_cut_of_one_type():
    """A winter at 0.7 of everything: the type at half of its median is at 0.71 of what it ought to be."""
    counts = steady()
    counts.loc["2023-04"] = (counts.loc["2023-04"] * 0.7).round()
    counts.loc["2023-04", "A"] = 811 * 0.5
    counts.loc["2023-05", "A"] = 811 * 0.5
    found = coverage(counts)
    assert found.cell(month("2023-04"), "A").status == "published"
    assert (
        found.cell(month("2023-05"), "A").status == "partly published"
    )  # the same count in a month like others


def test_many_small_types_cut_together_do_not_vouch_for_each_other():
    counts = steady(A=3013, B=130, C=120, D=110, E=140, F=150)
    counts.loc["2023-04", ["B", "C", "D", "E"]] /= 3
    flagged = {cell.crime_type for cell in coverage(counts).flagged}
    assert flagged == {"B", "C", "D", "E"}


def test_the_upper_quartile_tells_where_many_months_are_cut():
    counts = steady(24)
    cut = counts.index[::2].append(counts.index[1:9:4])  # 14 of 24
    counts.loc[cut, "A"] = (counts.loc[cut, "A"] / 3).round()
    assert {cell.month for cell in coverage(counts).flagged} == set(cut)


def test_two_doubled_months_do_not_vouch_for_each_other():
    counts = steady(18)
    counts.loc["2023-04", "A"] *= 2
    counts.loc["2023-11", "A"] *= 2
    assert [(str(c.month), c.reasons) for c in coverage(counts).flagged] == [
        ("2023-04", ("far above",)), ("2023-11", ("far above",)),
    ]  # fmt: skip


def test_gaps_are_told_apart():
    counts = steady()
    counts["Never"] = 0.0
    counts["Rare"] = np.resize([1.0, 0.0, 2.0], len(counts))
    counts.loc["2023-02"] = np.nan
    counts.loc["2023-03", "A"] = 0
    found = coverage(counts)
    assert found.cell(month("2023-02"), "B").reasons == ("not held",)
    assert found.cell(month("2023-03"), "A").reasons == ("none recorded",)
    assert (
        found.cell(month("2023-03"), "B").status == "published"
    )  # one type absent does not spoil the others
    assert found.cell(month("2023-01"), "Never").reasons == ("never recorded",)
    assert found.cell(month("2023-05"), "Rare").status == "published"  # none of a rare type is a zero
    assert found.status.loc["2023-05", "Rare"] == "published"


def test_a_file_that_breaks_off_is_whole_in_no_type():
    counts = steady()
    counts.loc["2023-03", ["C", "D", "E"]] = 0
    found = coverage(counts)
    assert found.cell(month("2023-03"), "A").reasons == ("file broken off",)
    assert found.cell(month("2023-03"), "C").reasons == ("none recorded",)
    assert found.files[2].absent == 3


def test_repeated_crime_ids_tell_a_doubled_file_and_no_other():
    counts = steady()
    ids = pd.DataFrame(
        {"with_id": 840.0, "repeated": 30.0}, index=counts.index
    )  # 3.6 %, the highest true share
    assert coverage(counts, ids).flagged == ()
    ids.loc["2023-06", "repeated"] = 420
    found = coverage(counts, ids.drop(month("2023-01")))
    assert {(str(c.month), c.reasons) for c in found.flagged} == {("2023-06", ("doubled",))}
    assert found.files[5].repeated == 0.5 and np.isnan(found.files[0].repeated)
    few = pd.DataFrame({"with_id": 4.0, "repeated": 2.0}, index=counts.index)
    assert coverage(counts, few).flagged == ()


def test_the_same_round_number_again_and_again_looks_made():
    dice = np.random.default_rng(5)
    counts = steady(24)
    counts["A"] = dice.normal(850, 120, 24).round() // 10 * 10 + 3
    names = ("2023-02", "2023-07", "2024-01", "2024-08")
    counts.loc[list(names), "A"] = 800  # in the midst of what is ordinary
    assert [(str(c.month), c.reasons) for c in coverage(counts).flagged] == [
        (name, ("looks made",)) for name in names
    ]
    counts.loc[["2023-02", "2023-07"], "A"] = 801
    assert coverage(counts).flagged == ()  # twice is chance


def test_round_numbers_far_below_do_not_take_a_true_round_month_along():
    counts = steady(24, A=1600, B=413, C=207, D=167, E=53)
    counts["A"] = np.random.default_rng(6).normal(1500, 150, 24).round() // 10 * 10 + 3
    counts.loc["2023-05", "A"] = 1500
    for name, many in zip(
        ("2023-07", "2023-09", "2023-11", "2024-02", "2024-05"), (2, 4, 3, 3, 4), strict=True
    ):
        counts.loc[name, "A"] = 100 * many
    assert coverage(counts).cell(month("2023-05"), "A").status == "published"
    assert len(coverage(counts).flagged) == 5


def test_few_months_say_less():
    counts = steady(5)
    counts.loc["2023-04", "A"] = 270
    cell = coverage(counts).cell(month("2023-04"), "A")
    assert (cell.status, cell.judged) == ("published", False)
    counts = steady(2)
    counts.iloc[1] = [13, 0, 0, 0, 0]
    found = coverage(counts)
    assert found.files[1].reasons == ("file far below", "file broken off")
    assert not found.files[0].reasons
    only = coverage(steady(1))
    assert (only.status == "published").all(axis=None) and not any(cell.judged for cell in only.cells)


def test_what_is_no_table_of_counts_is_refused():
    counts = steady()
    with pytest.raises(ValueError, match="monthly"):
        coverage(counts.reset_index(drop=True))
    with pytest.raises(ValueError, match="twice"):
        coverage(pd.concat([counts, counts.iloc[:1]]))
    with pytest.raises(ValueError, match="below zero"):
        coverage(-counts)
    with pytest.raises(KeyError):
        coverage(counts).cell(month("2030-01"), "A")
    with pytest.raises(ValueError, match="area needs"):
        most_missed(counts, counts.iloc[1:], 0.5)


# --- properties, on made forces ---


@examples(25)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_a_cut_to_a_tenth_is_found_in_any_month_of_a_large_type(seed: int, data: st.DataObject):
    counts = made_force(seed)
    at = data.draw(st.integers(0, len(counts) - 1))
    large = [name for name in counts.columns if counts[name].median() >= 110]
    name = data.draw(st.sampled_from(large))
    if np.isnan(counts.loc[counts.index[at], name]):
        return
    cell = counts.index[at]
    counts.loc[cell, name] = round(counts.loc[cell, name] / 10)
    assert "far below" in coverage(counts).cell(cell, name).reasons


@examples(25)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([0.1, 0.5, 2.0, 3.0]), data=st.data())
def test_status_does_not_hang_on_order_and_a_file_cut_or_doubled_is_found(
    seed: int, factor: float, data: st.DataObject
):
    counts = made_force(seed)
    mixed = counts.sample(frac=1, random_state=seed).sample(frac=1, axis=1, random_state=seed)
    pd.testing.assert_frame_equal(
        coverage(mixed).status.loc[list(counts.index), list(counts.columns)], coverage(counts).status,
        check_names=False, check_freq=False,
    )  # fmt: skip
    held = counts.index[counts[ASB].notna()]
    at = data.draw(st.sampled_from(list(held)))
    counts.loc[at] = (counts.loc[at] * factor).round()
    found = coverage(counts)
    assert {c.status for c in found.cells if c.month == at} <= {"partly published", "gap"}
    assert next(f for f in found.files if f.month == at).reasons


@examples(10)
@given(seed=st.integers(0, 10_000), months=st.integers(1, 11))
def test_small_types_and_few_months_are_never_flagged_by_ratio(seed: int, months: int):
    counts = made_force(seed, months=12, wander=3).iloc[:months]
    for cell in coverage(counts).cells:
        if months < 6 or cell.median < JUDGED_MEDIAN:
            assert not {"far below", "far above"} & set(cell.reasons)
        assert "far above" not in cell.reasons  # a year must be held


def test_whole_made_forces_are_seldom_flagged():
    """42 forces of 36 months: a true month is low at most 1 time in 1,000, high 1 in 400."""
    table = false_table(made_force(seed) for seed in range(42)).sum()
    assert table["file"] == 0
    assert table["below"] <= table["cells"] / 1_000
    assert table["above"] <= table["cells"] / 400
    assert table["made"] <= table["cells"] / 1_000


def test_made_forces_cut_to_a_third_are_found():
    table = cut_table([made_force(seed, months=24) for seed in (2,)], [1 / 3, 0.2])
    large = table[table["at_least"] >= 100]
    assert (large.loc[large["left"] == 1 / 3, "found"] > 0.99).all()
    assert (large.loc[large["left"] == 0.2, "found"] == 1).all()


def test_the_table_says_what_a_missed_cut_takes():
    counts = steady()  # a twelfth of the year in each month: a tenth of it missed is 1 / 120
    table = cut_table([counts], [0.9])
    assert (table["found"] == 0).all()
    assert table["missed"].to_numpy() == pytest.approx([0.1 / 12] * 3, rel=0.02)
    assert list(table["at_least"]) == [50, 100, 300]
    assert most_missed(counts, counts, 0.9) == table["missed"].max()
    assert most_missed(counts, counts, 0.1) == 0
    assert cut_table([], [0.9]).empty


# --- the real files ---


@pytest.fixture(scope="module")
def real(shared: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return counted(street_rows(shared / "real"))


@pytest.fixture(scope="module")
def large(real) -> list[str]:
    return [name for name in real[0].columns if real[0][name].median() >= 100]


def test_no_real_month_is_flagged(real):
    counts, ids = real
    found = coverage(counts, ids)
    assert found.flagged == ()
    assert [str(file.month) for file in found.files if file.reasons] == ["2022-12"]
    assert set(found.status.loc["2022-12"]) == {"gap"}
    assert (found.status.drop(month("2022-12")) == "published").all(axis=None)


def test_the_winter_low_is_true(real):
    cell = coverage(real[0]).cell(month("2024-01"), ASB)
    assert (cell.count, cell.status, cell.judged) == (766, "published", True)
    assert cell.count / cell.median < 0.51 and cell.count / cell.expected > BELOW_MEDIAN


@pytest.mark.parametrize("months", [6, 9, 11, 12, 18, 24])
def test_no_run_of_real_months_is_flagged(real, months: int):
    """But bicycle theft of July 2023, where 72 or less is the highest held beside its 83."""
    held = real[0].dropna()
    for first in range(len(held) - months + 1):
        flagged = coverage(held.iloc[first : first + months]).flagged
        assert {(str(c.month), c.crime_type) for c in flagged} <= {("2023-07", "Bicycle theft")}
        assert months >= 12 or not flagged


def test_every_real_month_cut_to_a_third_is_found(real, large):
    assert len(large) == 10
    found = found_when(real[0], 1 / 3)[large].drop(month("2022-12"))
    assert found.all(axis=None)


def test_a_real_type_doubled_is_found_where_it_passes_its_highest_month(real):
    counts = real[0]
    judged = [name for name in counts.columns if counts[name].median() >= JUDGED_MEDIAN]
    passes = 2 * counts[judged] > ABOVE_HIGHEST * counts[judged].max()
    pd.testing.assert_frame_equal(found_when(counts, 2)[judged], passes)
    assert 0.8 < passes.drop(month("2022-12")).to_numpy().mean() < 1


def test_every_real_file_doubled_is_found_by_its_crime_ids_and_without(real):
    counts, ids = real
    for at in ids.index:
        twice, more = counts.copy(), ids.copy()
        twice.loc[at] *= 2
        more.loc[at] = [2 * ids.loc[at, "with_id"], ids.loc[at, "with_id"] + ids.loc[at, "repeated"]]
        found = coverage(twice, more)
        assert {c.month for c in found.flagged} == {at}
        assert all("doubled" in c.reasons for c in found.flagged)
    assert files_found_when(counts, 2).drop(month("2022-12")).all()
    assert files_found_when(counts, 1 / 3).drop(month("2022-12")).all()


def test_the_public_cases_on_real_months(real, shared: Path):
    """The kinds of ../shared/cases, worked on the counts: what its make.py does to the rows."""
    counts, ids = real
    made = counts.copy()
    names = ("2023-07", "2023-09", "2023-11", "2024-02", "2024-05")
    for name, many in zip(names, (200, 400, 300, 300, 400), strict=True):
        made.loc[name, ASB] = many
    for part in (made, made.loc["2022-07":]):
        flagged = coverage(part, ids).flagged
        assert [(str(c.month), c.crime_type, c.reasons) for c in flagged] == [
            (name, ASB, ("far below", "looks made")) for name in names
        ]

    thin, few = counts.copy(), ids.copy()
    thin.loc["2024-03"] = 0
    thin.loc["2024-03", [ASB, "Violence and sexual offences"]] = [1, 13]
    few.loc["2024-03"] = [13, 12]
    found = coverage(thin, few)
    assert set(found.status.loc["2024-03"]) == {"partly published", "gap"}
    assert found.files[list(found.months).index(month("2024-03"))].reasons == (
        "file far below", "file broken off", "doubled",
    )  # fmt: skip
    assert {c.month for c in found.flagged} == {month("2024-03")}

    rows = [row["Crime type"] for name, row in street_rows(shared / "real") if name == "2024-05"]
    for kept in (
        rows[:2000],
        random.Random(1).sample(rows, 2000),
    ):  # the head of the file, and any 2,000 rows
        cut = counts.copy()
        cut.loc["2024-05"] = pd.Series(kept).value_counts().reindex(counts.columns, fill_value=0)
        found = coverage(cut, ids)
        assert set(found.status.loc["2024-05"]) <= {"partly published", "gap"}
        assert {c.month for c in found.flagged} == {month("2024-05")}


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_many_real_months_of_one_type_cut_at_once_are_found(real, large, share: float):
    """With half of a type's months cut, its highest whole month may be taken for one too many."""
    counts = real[0]
    held = counts.index[counts[ASB].notna()]
    for seed, name in enumerate(large):
        cut = random.Random(seed).sample(list(held), int(share * len(held)))
        made = counts.copy()
        made.loc[cut, name] = (made.loc[cut, name] / 3).round()
        flagged = coverage(made).flagged
        assert {c.crime_type for c in flagged} == {name}
        found = {c.month for c in flagged}
        assert found >= set(cut)
        assert len(found - set(cut)) <= (1 if share == 0.5 else 0)


@pytest.mark.parametrize("factor", [1 / 3, 2])
def test_one_real_cell_cut_or_doubled_flags_no_other(real, factor: float):
    counts = real[0]
    judged = [name for name in counts.columns if counts[name].median() >= JUDGED_MEDIAN]
    for at in counts.index[counts[ASB].notna()][::3]:
        for name in judged:
            made = counts.copy()
            made.loc[at, name] = round(made.loc[at, name] * factor)
            assert {(c.month, c.crime_type) for c in coverage(made).flagged} <= {(at, name)}
