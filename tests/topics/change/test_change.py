import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError, AreaError, PeriodError
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.poisson import binomial_p
from analysis.topics.change.measure.outcomes import (
    discoveries,
    e_test,
    exact_ratio,
    outcomes,
    percent_change,
    percent_interval,
)
from tests.exhaustive import examples
from tests.made.evidence_world import MONTHS, review_areas
from tests.made.places import made_area, made_panel
from tests.made.real import cleveland

NAN = float("nan")
FIRST, SECOND = Period.parse("2022-07:2022-08"), Period.parse("2023-07:2023-08")
EMPTY_YEAR = [0.0] * 10


@pytest.fixture(scope="module")
def real(shared):
    counts, own = cleveland(shared)
    return counts, review_areas(own)


def made(own=(3, 2), later=(4, 5), other=(10, 10), other_later=(8, 12), **more):
    counts = made_panel(
        {
            "A": [*own, *EMPTY_YEAR, *later],
            "B": [*other, *EMPTY_YEAR, *other_later],
            **{code: list(series) for code, series in more.items()},
        }
    )
    area = made_area("A")
    district = made_area("A", "B", name="The district", treated=False)
    rest = made_area("B", name="The rest", treated=False)
    return counts, {"area": area, "district": district, "rest": rest}


def table_of(counts, areas, baseline=FIRST, comparison=SECOND, **more):
    return outcomes(counts, **areas, baseline=baseline, comparison=comparison, **more).set_index("crime_type")


def with_gap(counts, where):
    values = np.array(counts.values)
    values[where] = np.nan
    values.setflags(write=False)
    return type(counts)(counts.ground, counts.months, values)


def test_one_row_holds_counts_difference_and_the_three_percentages():
    row = table_of(*made()).loc["Anti-social behaviour"]
    assert (row.baseline_incidents, row.comparison_incidents, row.change) == (5, 9, 4)
    assert row.percent_change == pytest.approx(80)
    assert row.district_percent_change == pytest.approx(100 * 4 / 25)
    assert row.rest_percent_change == pytest.approx(0)
    assert (row.months_compared, row.baseline_days, row.comparison_days) == (2, 62, 62)
    assert row.small_base and row.reason == ""


def test_rows_are_the_fourteen_types_with_the_slides_eight_first():
    assert tuple(table_of(*made()).index) == CRIME_TYPES


@pytest.mark.parametrize(
    ("key", "baseline", "comparison", "like_for_like"),
    [
        ("billingham", [124, 72, 62, 163, 23, 98, 8, 7], [119, 53, 37, 117, 9, 71, 5, 12],
         [114, 46, 36, 100, 9, 54, 4, 12]),
        ("thornaby", [201, 92, 59, 126, 22, 63, 3, 6], [96, 36, 51, 126, 13, 104, 9, 4],
         [88, 33, 46, 116, 10, 95, 8, 4]),
        ("stockton", [663, 305, 514, 1510, 200, 346, 179, 65], [629, 361, 392, 1466, 186, 411, 184, 63],
         [577, 331, 371, 1368, 173, 378, 166, 62]),
        ("district", [4496, 2757, 2458, 9412, 1418, 2208, 637, 250],
         [4589, 2600, 1835, 8640, 1309, 2252, 679, 208], [4319, 2403, 1717, 7996, 1218, 2075, 630, 199]),
        ("rest", [3508, 2288, 1823, 7613, 1173, 1701, 447, 172],
         [3745, 2150, 1355, 6931, 1101, 1666, 481, 129], [3540, 1993, 1264, 6412, 1026, 1548, 452, 121]),
    ],
)  # fmt: skip
def test_the_real_counts_are_those_of_the_review_and_of_a_count_by_hand(
    real, key, baseline, comparison, like_for_like
):
    counts, areas = real
    sets = {"area": areas[key], "district": areas["district"], "rest": areas["rest"]}
    like = table_of(counts, sets, **MONTHS)[:8]
    held = table_of(counts, sets, **MONTHS, like_for_like=False)[:8]
    assert like["baseline_incidents"].tolist() == baseline == held["baseline_incidents"].tolist()
    assert like["comparison_incidents"].tolist() == like_for_like
    assert held["comparison_incidents"].tolist() == comparison
    assert set(like["months_compared"]) == {11}
    assert held["percent_change"].isna().all()
    assert held["reason"].str.contains("Dec 2022 is not published").all()
    assert like["months_note"].str.contains("Dec 2022").all()


def test_the_districts_own_change_differs_a_little_with_december_missing(real):
    counts, areas = real
    sets = {"area": areas["thornaby"], "district": areas["district"], "rest": areas["rest"]}
    change = table_of(counts, sets, **MONTHS)["district_percent_change"].round()
    types = ["Anti-social behaviour", "Criminal damage and arson", "Public order", "Shoplifting", "Drugs"]
    assert change[types].tolist() == [-4, -13, -30, -6, -1]
    assert change["Robbery"] == -20


@pytest.mark.parametrize("side", [0, 12])
def test_a_gap_on_either_side_takes_its_partner_month_out_too(side):
    counts, areas = made()
    gapped = with_gap(counts, np.s_[:, side, :])
    row = table_of(gapped, areas).loc["Anti-social behaviour"]
    assert (row.baseline_incidents, row.comparison_incidents, row.months_compared) == (2, 5, 1)
    apart = table_of(gapped, areas, like_for_like=False).loc["Anti-social behaviour"]
    assert apart.baseline_incidents + apart.comparison_incidents in (2 + 9, 5 + 5)
    assert np.isnan([apart.percent_change, apart.district_percent_change, apart.rest_percent_change]).all()
    assert "is not published here" in apart.reason


@pytest.mark.parametrize("like_for_like", [True, False])
def test_a_side_wholly_a_gap_is_missing_with_a_reason_and_never_a_zero(like_for_like):
    counts, areas = made()
    gapped = with_gap(counts, np.s_[:, :2, CRIME_TYPES.index("Robbery")])
    table = table_of(gapped, areas, like_for_like=like_for_like)
    robbery = table.loc["Robbery"]
    assert np.isnan(robbery.baseline_incidents) and np.isnan(robbery.percent_change)
    assert robbery.reason.startswith("Robbery is not published here in Jul 2022 – Aug 2022")
    assert table.loc["Anti-social behaviour", "baseline_incidents"] == 5


def test_all_zero_counts_say_so_and_give_no_percentage():
    row = table_of(*made()).loc["Robbery"]
    assert row.baseline_incidents == 0 and np.isnan(row.percent_change)
    assert "recorded none in either period" in row.reason


def test_every_missing_figure_has_its_reason(real):
    counts, areas = real
    sets = {"area": areas["thornaby"], "district": areas["district"], "rest": areas["rest"]}
    for flag in (True, False):
        table = table_of(counts, sets, **MONTHS, like_for_like=flag)
        missing = table.drop(columns=["reason", "months_note"]).isna().any(axis=1)
        assert (table.loc[missing, "reason"] != "").all()


@pytest.mark.parametrize(
    ("baseline", "comparison", "like_for_like", "words"),
    [
        ("2022-07:2022-09", "2022-09:2022-11", True, "overlap|calendar months"),
        ("2022-07:2022-09", "2022-09:2022-11", False, "overlap"),
        ("2023-07:2023-08", "2022-07:2022-08", True, "wrong order"),
        ("2022-06:2022-07", "2023-06:2023-07", True, "Jul 2022 – Aug 2023"),
        ("2022-07:2022-08", "2023-08:2023-09", True, "outside the months held"),
        ("2022-07:2022-08", "2023-07", True, "differ in length"),
        ("2022-07:2022-08", "2023-06:2023-07", True, "different calendar months"),
    ],
)
def test_periods_that_cannot_be_compared_are_a_sentence(baseline, comparison, like_for_like, words):
    counts, areas = made()
    with pytest.raises(PeriodError, match=words):
        table_of(counts, areas, Period.parse(baseline), Period.parse(comparison), like_for_like=like_for_like)


def test_unequal_lengths_without_like_for_like_give_counts_and_a_reason():
    row = table_of(
        *made(), Period.parse("2022-07:2022-08"), Period.parse("2023-07"), like_for_like=False
    ).loc["Anti-social behaviour"]
    assert (row.baseline_incidents, row.comparison_incidents) == (5, 4)
    assert np.isnan(row.percent_change) and "differ in length (2 months against 1)" in row.reason


def test_an_area_without_ground_in_the_data_is_a_sentence():
    counts, areas = made()
    with pytest.raises(AreaError, match="no ground in the data"):
        table_of(counts, {**areas, "area": made_area("Z")})
    with pytest.raises(AreaError, match=r"not in the data held \(Z\)"):
        table_of(counts, {**areas, "area": made_area("A", "Z")})


def test_a_comparator_that_contains_the_area_is_refused():
    counts, areas = made()
    with pytest.raises(AnalysisError, match="contains ground of The centre"):
        table_of(counts, {**areas, "rest": areas["district"]})


def test_a_district_against_its_own_rest_keeps_its_counts_and_says_why_there_is_no_comparator():
    counts, areas = made()
    row = table_of(counts, {**areas, "area": areas["district"]}).loc["Anti-social behaviour"]
    assert row.change == 4 and np.isnan(row.rest_percent_change) and "cannot be" in row.reason


@given(st.lists(st.integers(0, 40), min_size=28, max_size=28))
@examples(30)
def test_area_and_rest_sum_to_the_district(numbers):
    counts = made_panel({"A": [float(n) for n in numbers[:14]], "B": [float(n) for n in numbers[14:]]})
    areas = made()[1]
    of = {
        key: table_of(counts, {**areas, "area": area})[["baseline_incidents", "comparison_incidents"]]
        for key, area in areas.items()
    }
    pd.testing.assert_frame_equal(of["area"] + of["rest"], of["district"])


# --- the plain tests ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def oracles(shared):
    return json.loads((shared / "oracles" / "oracles.json").read_text())


def test_exact_ratio_and_e_test_give_the_published_numbers(oracles):
    cases = {
        "exact_11_800_21_3011": (21, 11, 3011, 800),
        "exact_41_28010_15_19017": (15, 41, 19017, 28010),
        **{key: (*map(int, key.split("_")[1:]), 1, 1) for key in oracles if key.startswith("seed_")},
    }
    for key, (before, after, days_before, days_after) in cases.items():
        got = exact_ratio(before, after, baseline_exposure=days_before, comparison_exposure=days_after)
        want = oracles[key]
        assert [got.estimate, got.p, got.low, got.high] == pytest.approx(
            [want["rr"], want["p"], want["lo"], want["hi"]], rel=1e-9
        ), key
    for first, second in ((0, 3), (6, 2), (20, 10)):
        assert e_test(first, second) == pytest.approx(oracles[f"etest_{first}_{second}"]["got"], abs=1e-9)
        assert e_test(first, second) == pytest.approx(
            oracles[f"etest_{first}_{second}"]["published"], abs=5e-5
        )


def test_worked_numbers_of_the_docstrings():
    assert percent_change(211, 96) == pytest.approx(-54.50, abs=0.005)
    got = percent_interval(50, 30)
    assert [got.estimate, got.low, got.high] == pytest.approx([-40, -61.8, -5.7], abs=0.05)


@given(st.integers(1, 400), st.data(), st.sampled_from([0.5, 365 / 731, 0.1, 0.3]))
def test_the_exact_p_is_that_of_scipy(trials, data, chance):
    successes = data.draw(st.integers(0, trials))
    plain = stats.binomtest(successes, trials, chance).pvalue
    assert binomial_p(successes, trials, chance) == pytest.approx(plain, rel=1e-9, abs=1e-200)


def test_the_exact_p_of_very_many_is_scipy_s_own():
    assert binomial_p(60_000, 120_001, 0.5) == pytest.approx(stats.binomtest(60_000, 120_001, 0.5).pvalue)
    assert binomial_p(3, 15, 0.1) == pytest.approx(0.1841, abs=5e-5)


@given(
    st.integers(0, 90), st.integers(0, 90), st.sampled_from([(1, 1), (365, 366), (30.0, 365.0), (1.0, 0.01)])
)
def test_the_e_test_adds_the_chances_of_all_pairs_at_least_as_extreme(baseline, comparison, exposure):
    got = e_test(baseline, comparison, baseline_exposure=exposure[0], comparison_exposure=exposure[1])
    total = baseline + comparison
    if not total:
        assert math.isnan(got)
        return
    means = total * np.array(exposure) / sum(exposure)
    first, second = np.ogrid[:500, :500]
    seen = abs(comparison * exposure[0] - baseline * exposure[1]) / math.sqrt(total)
    extreme = np.abs(second * exposure[0] - first * exposure[1]) >= seen * np.sqrt(first + second) * (
        1 - 1e-12
    )
    extreme[0, 0] = False
    chances = stats.poisson.pmf(first, means[0]) * stats.poisson.pmf(second, means[1])
    assert got == pytest.approx(min(1.0, chances[extreme].sum()), abs=1e-9)


def test_the_e_test_is_that_of_statsmodels():
    from statsmodels.stats.rates import etest_poisson_2indep

    for case in ((63, 95, 334, 335), (7, 12, 365, 366), (201, 88, 334, 335)):
        want = etest_poisson_2indep(case[0], case[2], case[1], case[3])[1]
        got = e_test(case[0], case[1], baseline_exposure=case[2], comparison_exposure=case[3])
        assert got == pytest.approx(want, rel=1e-6)


@given(st.integers(0, 300), st.integers(0, 300), st.floats(0.5, 2))
@examples(60)
def test_the_exact_interval_holds_its_estimate_and_turns_over_with_the_sides(before, after, exposure):
    got = exact_ratio(before, after, comparison_exposure=exposure)
    if before + after == 0:
        assert np.isnan([got.estimate, got.low, got.high, got.p]).all()
        return
    assert got.low <= got.estimate <= got.high and 0 <= got.p <= 1
    turned = exact_ratio(after, before, baseline_exposure=exposure)
    if before and after:
        assert turned.low == pytest.approx(1 / got.high) and turned.estimate == pytest.approx(
            1 / got.estimate
        )
        assert turned.p == pytest.approx(got.p)


@given(st.integers(1, 200), st.integers(1, 200), st.floats(1, 15))
def test_over_dispersion_only_ever_widens_the_percent_interval(before, after, phi):
    plain, wide = percent_interval(before, after), percent_interval(before, after, phi)
    assert wide.low <= plain.low + 1e-9 and wide.high >= plain.high - 1e-9 and wide.low > -100


def test_benjamini_and_hochbergs_own_example_has_four_discoveries(oracles):
    p = np.array([*oracles["bh1995"]["p"], NAN])
    found = discoveries(p)
    assert found.sum() == oracles["bh1995"]["rejected"] == 4 and not found[-1]
    assert found[:4].all()


@given(st.lists(st.integers(1, 999), min_size=1, max_size=20))
def test_discoveries_are_those_of_the_textbook_steps(thousandths):
    p = np.sort(thousandths) / 1000
    steps = [k for k in range(1, len(p) + 1) if p[k - 1] * len(p) <= 0.05 * k * (1 + 1e-12)]
    assert discoveries(p, rate=0.05 * (1 + 1e-12)).sum() == max(steps, default=0)


def test_an_area_is_not_hurt_by_the_order_of_its_codes():
    counts, areas = made()
    swapped = Area("x", "The district", "district", "made", frozenset(["B", "A"]))
    pd.testing.assert_frame_equal(
        table_of(counts, {**areas, "area": areas["district"]}), table_of(counts, {**areas, "area": swapped})
    )
