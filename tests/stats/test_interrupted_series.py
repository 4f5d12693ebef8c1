from __future__ import annotations

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest

from analysis.model.errors import AnalysisError, PeriodError
from analysis.stats.interrupted_series import earlier_years, interrupted_series, monthly_trend
from tests.made.places import made_area, made_panel, made_setting
from tests.made.real import THORNABY, cleveland

ASB = "Anti-social behaviour"
START = pd.Period("2023-08", "M")

# exact made series fit perfectly, which statsmodels remarks on
pytestmark = pytest.mark.filterwarnings("ignore:Perfect separation")


@pytest.fixture(scope="module")
def sicily(shared) -> tuple[pd.Series, pd.Series]:
    table = pd.read_csv(shared / "oracles" / "sicily.csv")
    months = pd.PeriodIndex.from_fields(year=table["year"], month=table["month"], freq="M")
    return pd.Series(table["aces"].to_numpy(float), months), pd.Series(table["stdpop"].to_numpy(), months)


def made_series(months: int = 30, step: float = 1.0, seed: int | None = None) -> pd.Series:
    """Sixty a 30 days with a season, times ``step`` from August 2023 on; exact where there is no seed."""
    index = pd.period_range("2022-01", periods=months, freq="M")
    days = np.asarray(index.days_in_month)
    mean = 60 * days / 30 * np.exp(0.3 * np.sin(2 * np.pi * index.month.to_numpy() / 12))
    mean = mean * np.where(index >= START, step, 1.0)
    counts = mean if seed is None else np.random.default_rng(seed).poisson(mean).astype(float)
    return pd.Series(counts, index)


def test_the_smoking_ban_of_sicily(sicily):
    aces, population = sicily
    got = interrupted_series(aces, pd.Period("2005-01", "M"), exposure=population, harmonics=0)
    assert got.ratio == pytest.approx(0.89438, abs=5e-6)
    assert got.phi == pytest.approx(3.55919, abs=5e-6)
    assert (got.low, got.high) == pytest.approx((0.83919, 0.95319), abs=5e-6)
    plain = 1.959964 * got.standard_error / sqrt(got.phi)
    poisson = np.exp([log(got.ratio) - plain, log(got.ratio) + plain])
    assert poisson == pytest.approx([0.86469, 0.92509], abs=5e-6)


def test_a_known_step_is_found_under_trend_and_season():
    got = interrupted_series(made_series(36, 0.6), START)
    assert got.ratio == pytest.approx(0.6)
    assert got.yearly_trend == pytest.approx(1)
    assert got.harmonics == 2
    assert got.table["without_step"].to_numpy() == pytest.approx(made_series(36).to_numpy())


def test_less_variation_than_poisson_does_not_narrow_the_interval():
    got = interrupted_series(made_series(36, 0.6), START)
    assert got.phi < 0.01
    assert got.standard_error > 0.05


def test_with_no_step_the_interval_holds_one_in_about_nineteen_of_twenty():
    runs = [interrupted_series(made_series(36, seed=seed), START) for seed in range(100)]
    assert 88 <= sum(run.low <= 1 <= run.high for run in runs) <= 100


def test_a_gap_is_a_row_left_out_and_never_a_zero():
    series = made_series(36, 0.6)
    series.iloc[[3, 25]] = np.nan
    got = interrupted_series(series, START)
    assert got.ratio == pytest.approx(0.6)
    assert got.gaps == (pd.Period("2022-04", "M"), pd.Period("2024-02", "M"))
    assert got.months_before + got.months_after == 34
    assert got.table["incidents"].isna().sum() == 2
    assert got.table["fitted"].notna().all()


def test_the_season_waits_for_two_years_and_its_absence_is_said():
    short = interrupted_series(made_series(20, 0.6), pd.Period("2022-10", "M"))
    assert short.harmonics == 0
    assert "season cannot be told apart" in " ".join(short.cautions)
    assert interrupted_series(made_series(30), START).harmonics == 1


@pytest.mark.parametrize(("start", "sides"), [("2022-08", "7 before"), ("2023-12", "7 from it on")])
def test_fewer_than_eight_months_on_a_side_are_refused(start, sides):
    with pytest.raises(AnalysisError, match=sides):
        interrupted_series(made_series(30), pd.Period(start, "M"))


def test_a_gap_counts_against_the_eight_months():
    series = made_series(30)
    series.iloc[25] = np.nan
    with pytest.raises(AnalysisError, match="7 from it on"):
        interrupted_series(series, pd.Period("2023-11", "M"))


def test_a_start_outside_the_months_held_and_an_empty_side_are_refused():
    with pytest.raises(PeriodError, match="does not lie inside"):
        interrupted_series(made_series(30), pd.Period("2025-01", "M"))
    series = made_series(30)
    series[series.index >= START] = 0
    with pytest.raises(AnalysisError, match="Nothing is recorded on one side"):
        interrupted_series(series, START)


def test_months_that_resemble_their_neighbours_are_warned_of():
    index = pd.period_range("2020-01", periods=48, freq="M")
    slow = pd.Series(60 + 25 * np.sin(np.arange(48) / 5), index)
    got = interrupted_series(slow, pd.Period("2022-01", "M"))
    assert got.autocorrelation > 0.5
    assert any("interval is too narrow" in caution for caution in got.cautions)


def test_a_steady_count_a_day_has_no_trend_though_february_is_short():
    index = pd.period_range("2022-07", periods=24, freq="M")
    series = pd.Series(np.asarray(index.days_in_month, float) * 2, index)
    assert monthly_trend(series).z == 0
    assert monthly_trend(series * np.arange(1, 25)).p < 0.001


def test_an_area_picked_in_its_worst_year_stands_higher_in_it_than_before():
    months = 36
    counts = {code: [5.0] * months for code in "bcdef"}
    counts["a"] = [1.0] * 12 + [9.0] * 12 + [1.0] * 12
    panel = made_panel(counts, first="2021-07")
    got = earlier_years(made_setting(panel, set("abcdef")), made_area("a"), ASB)
    assert list(got["role"]) == ["earlier", "baseline", "comparison"]
    assert list(got["rank"]) == [6, 1, 6]
    assert list(got["places"]) == [6, 6, 6]


def test_on_the_real_files_thornaby_stood_higher_in_its_baseline_than_before_or_after(shared):
    panel, places = cleveland(shared)
    got = earlier_years(made_setting(panel, places), made_area(THORNABY), ASB).set_index("role")
    assert list(got["months_held"]) == [6, 11, 12]
    assert list(got["incidents"]) == [36, 201, 96]
    assert got.loc["baseline", "rank"] < got.loc["comparison", "rank"] < got.loc["earlier", "rank"]
