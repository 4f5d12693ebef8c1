import numpy as np
import pytest

from analysis.model.errors import NeedsInputError
from analysis.stats.contiguous import contiguous_sets
from analysis.stats.made_months import Planted, made_months
from analysis.stats.plain_rule import plain_rule
from analysis.stats.together import Areas, Pool, drawn_groups, together
from analysis.stats.verdict_calibration import (
    INDEX,
    INDEX_TYPES,
    Force,
    calibrate,
    triple_trial,
    with_index,
)
from analysis.stats.verdict_held_out import by_district, by_part, carried, size_thirds
from analysis.stats.verdict_months import Months
from analysis.stats.verdict_panel import yardstick
from tests.stats.verdict_worlds import SIDE, grid, made, setting, singles

PLACES = SIDE * SIDE
WEST = np.where(np.arange(PLACES) < PLACES // 2, "East", "West")


def test_worked_number_of_the_plain_rule():
    before, after = np.full(42, 50.0), np.full(42, 50.0)
    before[41] = after[41] = 1000.0
    after[0] = 25.0
    districts = np.append(np.append("Own", np.full(40, "Other")), "Own")
    found = plain_rule(before, after, districts, singles(42))
    assert found.phi[0] == 1
    assert found.z(after)[0] == pytest.approx(np.log(0.5) / np.sqrt(1 / 25 + 1 / 50 + 2 / 1000))
    assert found.told(after)[0] == -1
    assert found.judged[0]
    assert not found.judged[41]


def test_the_plain_rule_of_sets_leaves_out_its_own_ground():
    before, after = np.full(9, 20.0), np.full(9, 20.0)
    members = contiguous_sets(grid(3), np.ones(9, bool), 3).members
    found = plain_rule(before, after, np.repeat(["A", "B", "C"], 3), members)
    top = np.flatnonzero((members == [0, 1, 2]).all(axis=1))[0]
    across = np.flatnonzero((members == [0, 3, 6]).all(axis=1))[0]
    assert found.rest_before[top] == 0
    assert found.rest_before[across] == 120


@pytest.fixture(scope="module")
def rows():
    force = Force(
        *with_index(
            {name: made(seed, spread=0.15, excess=0.05) for seed, name in enumerate(INDEX_TYPES)},
            {name: np.full(PLACES, 900.0) for name in INDEX_TYPES},
        ),
        WEST,
        grid(),
    )
    return {(row.design, row.scope, row.crime_type): row for row in calibrate(force, repeats=20)}


def test_every_row_is_there(rows):
    designs = {(design, scope) for design, scope, _ in rows}
    assert designs == {
        ("plain", "places"), ("plain", "sets of 3"), ("verdict", "places"), ("verdict", "sets of 3"),
        ("together", "triples"), (INDEX, "places"), (INDEX, "sets of 3"), (INDEX, "triples"),
    }  # fmt: skip


def test_false_alarms_are_held_and_falls_are_told(rows):
    for (design, scope, _), row in rows.items():
        alarms = row.false_fell + row.false_rose
        if design != "plain":
            assert alarms <= 5.5
            assert row.told_50 > row.told_30 > alarms
        if scope == "triples":
            assert row.told_30 > 30
        assert row.false_fell_after_bad_year is not None


def test_the_verdict_is_not_deceived_by_a_bad_year_and_the_plain_rule_is(rows):
    for name in INDEX_TYPES:
        plain, verdict = rows["plain", "places", name], rows["verdict", "places", name]
        assert verdict.false_fell_after_bad_year <= plain.false_fell_after_bad_year
        assert verdict.told_50 > plain.told_50


def test_the_same_seeds_give_the_same_rows_and_no_history_gives_none():
    force = Force({"Drugs": made(4, history=0)}, {"Drugs": np.full(PLACES, 900.0)}, WEST)
    once, again = calibrate(force, repeats=5), calibrate(force, repeats=5)
    assert once == again
    assert {row.false_fell_after_bad_year for row in once} == {None}
    assert {row.scope for row in once} == {"places", "triples"}


def test_the_index_adds_up_and_needs_all_three():
    counts = {name: made(seed) for seed, name in enumerate(INDEX_TYPES)}
    other = {name: np.full(PLACES, 2000.0) for name in INDEX_TYPES}
    added, rest = with_index(counts, other)
    assert (added[INDEX].comparison == sum(each.comparison for each in counts.values())).all()
    expected = (
        2000 - counts[INDEX_TYPES[1]].baseline.sum(axis=1) - counts[INDEX_TYPES[2]].baseline.sum(axis=1)
    )
    assert (rest[INDEX] == expected).all()
    del counts[INDEX_TYPES[0]]
    assert INDEX not in with_index(counts, other)[0]


def test_triples_are_of_separate_places():
    months = made(2, spread=0.1)
    measure = yardstick(months, setting(PLACES))
    trial = triple_trial(months, measure, measure.judged, grid())
    assert trial.among.all()
    rows = drawn_groups([singles(6)] * 3, 50, seed=1)
    assert all(len(set(row)) == 3 for row in rows.tolist())
    assert (rows == drawn_groups([singles(6)] * 3, 50, seed=1)).all()


def test_areas_together_against_groups_in_districts_as_theirs():
    random = np.random.default_rng(1)
    pool = Pool(random.normal(size=200), singles(200), np.where(np.arange(200) < 100, "East", "West"))
    low = together(Areas([-1.5, -1.2, -1.6], ["East"] * 3, np.array([900])), [pool] * 3)
    none = together(Areas([0.2, -0.1, 0.1], ["East", "East", "West"], np.array([900])), [pool] * 3)
    assert low.p < 0.05 < none.p
    assert low.mean_z == pytest.approx(-4.3 / 3)
    assert low.as_far < 0.03
    with pytest.raises(NeedsInputError, match=r"Fewer than"):
        together(Areas([0.1, 0.2], ["East"] * 2, np.arange(190)), [pool] * 2)


def test_held_out_thresholds_tell_near_five_per_cent():
    months = made(11, spread=0.2)
    measure = yardstick(months, setting(PLACES))
    part = size_thirds(months.size, measure.judged)
    assert np.bincount(part[part >= 0]).max() - np.bincount(part[part >= 0]).min() <= 1
    assert np.mean(list(by_part(measure, part).values())) < 10
    places = by_district(months, setting(PLACES))
    assert set(places) == {"East", "West"}
    assert sum(number for number, _ in places.values()) == measure.judged.sum()
    assert carried(yardstick(made(12, spread=0.2), setting(PLACES)), measure) < 12


def test_made_months_keep_level_and_variation_and_have_the_year_planted():
    random = np.random.default_rng(3)
    real = random.poisson(random.gamma(10, 1.0, (300, 24)))[:, :, None].astype(float)
    calendar = np.arange(24) % 12 + 1
    made_of = made_months(real, calendar, Planted((24, 36), times=2.0, share=0.25), seed=5)
    assert made_of.shape == (300, 48, 1)
    quiet = made_of[:, :24, 0]
    assert quiet.mean() == pytest.approx(10, rel=0.02)
    assert quiet.var(axis=1).mean() == pytest.approx(20, rel=0.2)
    ratio = made_of[:, 24:36, 0].mean(axis=1) / quiet.mean(axis=1)
    assert ((ratio > 1.6).sum(), (ratio < 0.65).sum()) == pytest.approx((75, 75), abs=12)
    assert (made_of == made_months(real, calendar, Planted((24, 36), times=2.0, share=0.25), seed=5)).all()


def test_unlike_lengths_are_judged_at_the_comparisons_length():
    months = made(6)
    half = Months(months.history, months.baseline, months.comparison[:, :6])
    assert half.size == pytest.approx(half.baseline.sum(axis=1) / 2 + half.comparison.sum(axis=1))
    found = yardstick(half, setting(PLACES))
    assert found.expected.count.sum() == pytest.approx(half.comparison.sum(), rel=0.02)
