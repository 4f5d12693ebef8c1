from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError, PeriodError
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.synthetic_control import place_fit, similar, simplex_weights, synthetic_control
from tests.made.places import made_area, made_panel, made_setting
from tests.made.real import BILLINGHAM, STOCKTON, THORNABY, TREATED, cleveland

ASB = "Anti-social behaviour"
BASELINE, COMPARISON = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def evaluate(panel, area, places, **more):
    return synthetic_control(made_setting(panel, places, TREATED, **more), area, ASB)


def test_the_worked_number_is_a_half_each():
    weights = simplex_weights(np.full(12, 10.0), np.array([[8.0] * 12, [12.0] * 12]), penalty=0)
    assert weights == pytest.approx([0.5, 0.5], abs=1e-4)


def test_of_donors_that_are_alike_the_penalty_takes_all_the_same():
    weights = simplex_weights(np.full(12, 10.0), np.full((4, 12), 10.0), penalty=12 * 10)
    assert weights == pytest.approx([0.25] * 4)


@given(
    st.lists(st.integers(0, 40), min_size=6, max_size=6).filter(any),
    st.lists(st.lists(st.integers(0, 40), min_size=6, max_size=6), min_size=2, max_size=8),
)
def test_weights_are_never_negative_and_add_to_one(y, donors):
    values = np.array(donors, float)
    weights = simplex_weights(np.array(y, float), values, penalty=values.mean(axis=1) * 6)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)


def made_world(months: int = 24, places: int = 30, seed: int = 3) -> dict[str, list[float]]:
    random = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(months) * np.pi / 6)
    return {f"P{i:02d}": list(random.poisson(20 * season).astype(float)) for i in range(places)}


def test_a_place_that_halves_is_found_and_the_rest_of_the_made_world_is_not():
    counts = made_world()
    counts["P00"] = counts["P00"][:12] + [round(n / 2) for n in counts["P00"][12:]]
    panel = made_panel(counts)
    halved = evaluate(panel, made_area("P00"), set(counts))
    assert halved.ratio == pytest.approx(0.5, abs=0.1)
    assert halved.at_least_as_far == 0
    assert halved.p == 1 / (len(halved.placebos) + 1)
    assert halved.gap == halved.recorded - halved.synthetic
    assert "P00" not in set(halved.placebos["ground_code"])
    ordinary = evaluate(panel, made_area("P07"), set(counts) - {"P00"})
    assert ordinary.p > 0.05


def test_the_table_adds_up_and_a_gap_is_left_out_and_named():
    counts = made_world()
    for row in counts.values():
        row[5] = np.nan
    got = evaluate(made_panel(counts), made_area("P00", "P01"), set(counts))
    assert got.gaps == (pd.Period("2022-12", "M"),)
    assert len(got.table) == 23
    after = got.table[got.table["after"]]
    assert after["incidents"].sum() == got.recorded == sum(counts["P00"][12:]) + sum(counts["P01"][12:])
    assert after["synthetic"].sum() == pytest.approx(got.synthetic)
    assert got.weights["weight"].sum() == pytest.approx(1, abs=0.03)


def test_a_poor_fit_before_is_warned_of():
    counts = made_world()
    counts["P00"] = [40.0 if i % 2 else 0.0 for i in range(24)]
    assert "says little" in evaluate(made_panel(counts), made_area("P00"), set(counts)).warning
    steady = made_world()
    steady["P00"] = [float(round(np.mean([steady[p][i] for p in steady]))) for i in range(24)]
    assert evaluate(made_panel(steady), made_area("P00"), set(steady)).warning == ""


def test_what_cannot_be_built_is_refused():
    counts = made_world(places=15)
    panel = made_panel(counts)
    with pytest.raises(AnalysisError, match="14 untreated places"):
        evaluate(panel, made_area("P00"), set(counts))
    with pytest.raises(PeriodError, match="outside the months held"):
        evaluate(panel, made_area("P00"), set(counts), baseline=Period.parse("2021-07:2022-06"))
    with pytest.raises(AnalysisError, match="needs 8 published baseline months"):
        evaluate(panel, made_area("P00"), set(counts), baseline=Period.parse("2022-07:2023-01"))


@pytest.fixture(scope="module")
def real(shared):
    panel, places = cleveland(shared)
    own = set(places["ground_code"])
    held = set(panel.held(ASB))
    at = CRIME_TYPES.index(ASB)
    was, became = (
        panel.values[:, panel.columns([m for m in side.months if m in held]), at]
        for side in (BASELINE, COMPARISON)
    )
    pool = panel.rows(own - TREATED)
    fits = {row: place_fit(row, was, became, pool) for row in pool if was[row].sum() >= 20}
    return panel, own, was, became, pool, {row: fit for row, fit in fits.items() if fit is not None}


def test_with_nothing_planted_p_is_uniform_over_the_untreated_places(real):
    *_, was, _, pool, fits = real
    found = []
    for row, fit in fits.items():
        like = [q for q in similar(was[row].sum(), was, pool[pool != row]) if q in fits]
        far = sum(abs(np.log(fits[q].ratio)) >= abs(np.log(fit.ratio)) for q in like)
        found.append((far + 1) / (len(like) + 1))
    assert len(found) > 200
    assert kstest(found, "uniform").pvalue > 0.2
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.08
    assert 0.06 <= np.mean(np.array(found) <= 0.10) <= 0.14


def test_a_planted_fall_of_half_is_recovered_on_real_donors(real):
    _, _, was, became, pool, fits = real
    random = np.random.default_rng(11)
    planted = []
    for row, fit in fits.items():
        thinned = became.copy()
        thinned[row] = random.binomial(became[row].astype(int), 0.5)
        other = place_fit(row, was, thinned, pool)
        planted.append(np.log(other.ratio / fit.ratio))
    assert np.exp(np.mean(planted)) == pytest.approx(0.5, abs=0.02)


def test_the_whole_way_agrees_with_the_place_by_place_fits(real):
    panel, own, *_, fits = real
    row = next(iter(fits))
    code = panel.ground[row]
    got = evaluate(panel, made_area(code), own)
    assert (got.recorded + 0.5) / (got.synthetic + 0.5) == pytest.approx(fits[row].ratio)
    assert not set(got.placebos["ground_code"]) & (TREATED | {code})


@pytest.mark.parametrize(
    ("ground", "recorded"), [([BILLINGHAM], 119), ([THORNABY], 96), (sorted(STOCKTON), 629)]
)
def test_the_three_centres_record_what_the_review_says(real, ground, recorded):
    panel, own, *_ = real
    got = evaluate(panel, made_area(*ground), own)
    assert got.recorded == recorded
    assert 0 < got.p <= 1
    assert isinstance(panel, Panel)
