import math

import numpy as np
import pandas as pd
import pytest

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError, AreaError, NeedsInputError, PeriodError
from analysis.model.periods import Period, compared_months
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.panel import design_estimate
from analysis.stats.panel_variance import fit_ordinary
from analysis.topics.calibration.measure.calibration_designs import DESIGNS, panel_stated_fall, plain, variant
from analysis.topics.calibration.measure.design_comparison import (
    Known,
    Planting,
    compare_designs,
    halves,
    judged_places,
    thinned,
)
from tests.made.places import made_area, made_panel, made_setting
from tests.made.real import BILLINGHAM, STOCKTON, THORNABY, TREATED, cleveland

ASB, DAMAGE = "Anti-social behaviour", "Criminal damage and arson"
PERIODS = {"baseline": Period.parse("2022-07:2023-06"), "comparison": Period.parse("2023-07:2024-06")}
MAIN = (ASB, DAMAGE, "Violence and sexual offences")


def world(places: int = 60, seed: int = 1, spread: float = 0.2, **own: list[float]) -> Panel:
    """Places of 60 to 240 a year that wander by ``spread`` from year to year, and areas given by hand."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(5, 20, places)[:, None] * np.exp(rng.normal(0, spread, (places, 2)))
    months = rng.poisson(np.repeat(level, 12, axis=1)).astype(float)
    return made_panel({f"P{i:03d}": list(row) for i, row in enumerate(months)} | own)


def all_places(panel: Panel, district: str = "Made") -> pd.DataFrame:
    return pd.DataFrame(
        {"ground_code": panel.ground, "district_name": district, "in_force": True, "joined": True}
    )


def estimate(panel: Panel, *codes: str, excluded=(), crime_type=ASB, **more):
    asked = {"longer_history", "level"} & set(more)
    periods = PERIODS | {name: value for name, value in more.items() if name not in asked}
    setting = made_setting(panel, all_places(panel), excluded, **periods)
    return design_estimate(setting, made_area(*codes), crime_type, **{name: more[name] for name in asked})


def test_worked_number_places_that_stayed_and_an_area_that_halved():
    steady = {f"P{i:03d}": ([4, 4, 4, 5, 4, 4, 4, 4, 5, 4, 4, 4] * 2) for i in range(40)}
    panel = made_panel(steady | {"X": [4, 4, 4, 5, 4, 4, 4, 4, 5, 4, 4, 4] + [2] * 11 + [3]})
    found = estimate(panel, "X")
    assert (found.baseline, found.comparison, found.places) == (50, 25, 40)
    assert found.ratio == pytest.approx(25.5 / 50.5)
    assert found.expected == pytest.approx(50)
    assert found.p == found.p_fall == pytest.approx(1 / 41)
    assert found.p_rise == 1


def test_a_planted_fall_is_found_and_the_same_rise_too():
    fell = estimate(world(X=[12.0] * 12 + [5.0] * 12), "X")
    rose = estimate(world(X=[5.0] * 12 + [12.0] * 12), "X")
    assert fell.p_fall <= 0.05
    assert fell.high < 1 < fell.p_rise + fell.p_fall
    assert rose.p_rise <= 0.05
    assert rose.low > 1


def test_the_smallest_tellable_fall_is_where_p_crosses_the_level():
    panel = world(X=[20.0] * 24)
    found = estimate(panel, "X")
    edge = found.expected * (1 - found.tellable_fall)
    below, above = math.floor(edge - 1), math.ceil(edge + 1)
    counts = {"below": below, "above": above}
    p = {}
    for name, count in counts.items():
        months = [20.0] * 12 + [0.0] * 11 + [float(count)]
        p[name] = estimate(world(X=months), "X").p_fall
    assert p["below"] <= 0.05 < p["above"]


def test_p_is_uniform_where_nothing_is_planted():
    panel = world(places=80, seed=7)
    ranks = [estimate(panel, code).p_fall for code in panel.ground]
    assert np.mean(np.array(ranks) <= 0.05) == pytest.approx(0.05, abs=0.03)
    assert np.mean(np.array(ranks) <= 0.5) == pytest.approx(0.5, abs=0.06)


def test_excluded_ground_is_never_a_yardstick():
    odd = {f"T{i}": [30.0] * 12 + [1.0] * 12 for i in range(6)}
    panel = world(X=[12.0] * 12 + [5.0] * 12, **odd)
    with_them, without = estimate(panel, "X"), estimate(panel, "X", excluded=list(odd))
    assert with_them.ground == without.ground + 6
    assert without.p_fall < with_them.p_fall
    assert without == estimate(world(X=[12.0] * 12 + [5.0] * 12), "X")


def test_a_gap_is_left_out_and_no_zero():
    panel = world(X=[12.0] * 24)
    values = panel.values.copy()
    values[:, 5, :] = np.nan
    found = estimate(Panel(panel.ground, panel.months, values), "X")
    assert len(found.baseline_months) == 11
    assert found.baseline == 132
    assert math.isfinite(found.p)


def test_longer_history_takes_earlier_months_and_says_that_their_points_differ():
    panel = world(X=[12.0] * 24)
    longer = Panel(panel.ground, pd.period_range("2022-01", periods=24, freq="M"), panel.values)
    periods = {"baseline": Period.parse("2022-07:2022-12"), "comparison": Period.parse("2023-07:2023-12")}
    short, long = estimate(longer, "X", **periods), estimate(longer, "X", longer_history=True, **periods)
    assert (len(short.baseline_months), len(long.baseline_months)) == (6, 12)
    assert "map points" in long.note
    assert "map points" not in short.note


@pytest.mark.parametrize(
    ("counts", "more", "error"),
    [
        ([0.0] * 24, {}, AnalysisError),
        ([5.0] * 24, {"comparison": Period.parse("2023-06:2024-06")}, PeriodError),
        ([5.0] * 24, {"comparison": Period.parse("2024-07:2024-08")}, PeriodError),
        ([5.0] * 24, {"baseline": Period.parse("2023-04:2023-06")}, PeriodError),
        ([5.0] * 24, {"crime_type": DAMAGE}, AnalysisError),
    ],
)
def test_a_question_without_an_answer_gets_its_sentence(counts, more, error):
    with pytest.raises(error, match=r"\.$"):
        estimate(world(X=counts), "X", **more)


def test_ground_that_is_not_held_and_too_few_places_are_refused():
    with pytest.raises(AreaError, match=r"no ground"):
        estimate(world(), "NOWHERE")
    with pytest.raises(NeedsInputError, match=r"too little other ground|Only"):
        estimate(world(places=15, X=[5.0] * 24), "X")


def test_too_few_incidents_and_an_area_beyond_all_others_are_noted():
    assert "too few to say" in estimate(world(X=[1.0] * 12 + [0.0] * 12), "X").note
    assert "more incidents than any place" in estimate(world(X=[90.0] * 24), "X").note


def test_regression_to_the_mean_is_taken_out():
    """Places whose ASB stood above what their other crime led to came down by themselves: no fall of their own."""
    rng = np.random.default_rng(3)
    true = rng.uniform(8, 20, 80)
    lucky = np.exp(rng.normal(0, 0.5, 80))
    before = rng.poisson(np.repeat((true * lucky)[:, None], 12, axis=1)).astype(float)
    after = rng.poisson(np.repeat(true[:, None], 12, axis=1)).astype(float)
    fitted = fit_ordinary(before, after, true * 120)
    assert fitted.slopes[1] > 0.5 > -0.5 > fitted.slopes[2]
    assert abs(np.corrcoef(np.log(lucky), fitted.z)[0, 1]) < 0.25


# --- designs against each other ---


def test_thinning_takes_out_the_share_asked_for_and_is_seeded():
    counts = np.full((50, 12), 40.0)
    once = thinned(counts, 0.3, 20, seed=4)
    assert once.mean() == pytest.approx(28, abs=0.2)
    assert (once == thinned(counts, 0.3, 20, seed=4)).all()


def test_the_two_halves_share_no_place():
    half = halves(346)
    assert half.sum() == 173
    assert (half == halves(346)).all()


def test_a_place_is_judged_from_twenty_incidents_and_twenty_similar_places_on():
    before = np.full((21, 1), 10.0)
    assert judged_places(before, before).all()
    assert not judged_places(before[:20], before[:20]).any()
    assert not judged_places(before - 1, before).any()


@pytest.mark.parametrize("design", [plain, panel_stated_fall, variant(), variant(towards_mean=True)])
def test_a_larger_fall_never_raises_a_statistic(design):
    panel = world()
    column = CRIME_TYPES.index(ASB)
    counts = panel.values[:, :, column]
    judge = design(counts[:, :12], counts[:, 12:], Known(np.full(60, "D"), np.full(60, 500.0)))
    steps = np.stack([counts[:, 12:], np.floor(counts[:, 12:] * 0.7), np.floor(counts[:, 12:] * 0.4)])
    assert (np.diff(judge.statistic(steps), axis=0) <= 1e-12).all()


@pytest.fixture(scope="module")
def real(shared):
    panel, own = cleveland(shared)
    return panel, own.assign(in_force=True)


@pytest.fixture(scope="module")
def compared(real):
    panel, places = real
    setting = made_setting(panel, places, TREATED, **PERIODS)
    table = compare_designs(setting, DESIGNS, MAIN, planting=Planting(25))
    return table.set_index(["crime_type", "design"])


@pytest.mark.parametrize("crime_type", MAIN)
def test_the_panel_holds_its_false_alarms_on_real_untreated_places(compared, crime_type):
    row = compared.loc[(crime_type, "panel, fall stated beforehand")]
    assert 0.03 <= row.fall_by_itself <= 0.0505
    assert row.either_by_itself == row.fall_by_itself
    assert compared.loc[(crime_type, "panel, either way")].either_by_itself <= 0.0505


@pytest.mark.parametrize(("crime_type", "times"), [(ASB, 2.0), (DAMAGE, 2.0), (MAIN[2], 1.3)])
def test_a_stated_fall_of_30_per_cent_is_told_more_often_than_by_the_plain_design(
    compared, crime_type, times
):
    better = compared.loc[(crime_type, "panel, fall stated beforehand")].fall_30_planted
    assert better >= times * compared.loc[(crime_type, "plain")].fall_30_planted


def test_it_doubles_asb_and_damage_on_the_half_it_was_not_chosen_on(real):
    panel, places = real
    table = compare_designs(
        made_setting(panel, places, TREATED, **PERIODS),
        {name: DESIGNS[name] for name in ("plain", "panel, fall stated beforehand")},
        (ASB, DAMAGE),
        report=lambda count: ~halves(count),
        planting=Planting(25),
    ).pivot_table(index="crime_type", columns="design", values="fall_30_planted")
    assert (table["panel, fall stated beforehand"] >= 2 * table["plain"]).all()


def test_the_harness_flags_the_places_that_the_estimate_would(real):
    panel, _ = real
    codes = [code for code in panel.ground if code not in TREATED]
    rows = panel.rows(codes)
    months = compared_months(*PERIODS.values(), panel.held(MAIN[2]))
    before, after = panel.columns(months.baseline), panel.columns(months.comparison)
    values = panel.values[rows]
    counts = values[:, :, CRIME_TYPES.index(MAIN[2])]
    other = np.nansum(values[:, before], axis=(1, 2)) - counts[:, before].sum(axis=1)
    like_for_like = {"comparison": Period.parse("2023-07:2023-11")}
    judge = panel_stated_fall(counts[:, before], counts[:, after[:5]], Known(np.full(len(rows), "D"), other))
    flagged = judge.statistic(counts[None][:, :, after[:5]])[0] < judge.low
    busy = counts[:, before].sum(axis=1) > 0
    sample = [*np.flatnonzero(flagged), *np.flatnonzero(busy)[::7]]
    agree = [
        flagged[row] == (estimate_real(real, [codes[row]], MAIN[2], **like_for_like).p_fall <= 0.05)
        for row in sample
    ]
    assert flagged.sum() >= 10
    assert np.mean(agree) >= 0.95


def estimate_real(real, codes, crime_type, **more):
    panel, places = real
    longer = {"longer_history": more.pop("longer_history", False)}
    setting = made_setting(panel, places, TREATED, **(PERIODS | more))
    return design_estimate(setting, made_area(*codes), crime_type, **longer)


@pytest.mark.parametrize(
    ("codes", "crime_type", "ratio", "p", "p_fall"),
    [
        ([THORNABY], ASB, 0.632, 0.071, 0.029),
        ([THORNABY], DAMAGE, 0.441, 0.029, 0.016),
        ([BILLINGHAM], ASB, 1.050, 0.842, 0.595),
        ([BILLINGHAM], "Burglary", 0.402, 0.042, 0.024),
        (sorted(STOCKTON), "Public order", 1.152, 0.543, 0.697),
        ([THORNABY], "Shoplifting", 1.596, 0.336, 0.802),
    ],
)
def test_the_town_centres(real, codes, crime_type, ratio, p, p_fall):
    found = estimate_real(real, codes, crime_type)
    assert (round(found.ratio, 3), round(found.p, 3), round(found.p_fall, 3)) == (ratio, p, p_fall)


def test_a_longer_history_shows_thornabys_asb_as_a_bad_year_left_behind(real):
    short, long = (
        estimate_real(real, [THORNABY], ASB),
        estimate_real(real, [THORNABY], ASB, longer_history=True),
    )
    assert (
        long.baseline - short.baseline == 36
    )  # the first half of 2022, against 201 in the eleven months after
    assert short.p_fall <= 0.05 < long.p_fall


def test_robbery_has_too_few_places_to_be_judged_against(real):
    with pytest.raises(NeedsInputError, match="20 are needed"):
        estimate_real(real, [BILLINGHAM], "Robbery")
