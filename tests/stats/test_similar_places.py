import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import NeedsInputError
from analysis.stats.similar_places import (
    MIN_PLACES,
    SimilarPlaces,
    candidates,
    comparable_ground,
    dispersion,
    rirr,
    similar_places,
    smallest_tellable_fall,
)
from analysis.topics.change.measure.outcomes import months_by_type
from tests.exhaustive import examples
from tests.made.evidence_world import BASELINE, COMPARISON, force_places
from tests.made.places import grid, made_panel
from tests.made.real import STOCKTON, TREATED, cleveland, touching


@pytest.fixture(scope="module")
def oracles(shared):
    return json.loads((shared / "oracles" / "oracles.json").read_text())


@pytest.fixture(scope="module")
def real(shared):
    counts, own = cleveland(shared)
    return counts, force_places(own)


def ground_of(panel, **more):
    frame = pd.DataFrame(
        {"ground_code": list(panel.ground), "district_name": "D", "in_force": True, "joined": True}
    )
    return frame.assign(**more)


def both_months(panel):
    return [panel.totals([month], "Anti-social behaviour") for month in panel.months]


# --- phi and similar places ----------------------------------------


@pytest.mark.parametrize(
    ("crime_type", "phi", "places"),
    [
        ("Anti-social behaviour", 6.906, 103),
        ("Violence and sexual offences", 2.541, 191),
        ("Shoplifting", 12.737, 33),
        ("Criminal damage and arson", 4.490, 44),
    ],
)
def test_phi_of_the_force_outside_the_three_centres(real, crime_type, phi, places):
    panel, own = real
    months = months_by_type(panel, BASELINE, COMPARISON)[crime_type]
    rows = comparable_ground(panel, own).rows(TREATED)
    assert len(own) == 351 and len(rows) == 346
    before = panel.totals(months.baseline, crime_type)[rows]
    after = panel.totals(months.comparison, crime_type)[rows]
    share = after.sum() / (before + after).sum()
    large = before + after >= 100
    assert large.sum() == places
    assert round(dispersion(before, after, share)[large].mean(), 3) == phi


def test_dispersion_by_hand():
    assert dispersion(np.array([50.0, 40, 0]), np.array([30.0, 40, 0]), 0.5)[:2].tolist() == [5.0, 0.0]


def test_dispersion_is_one_on_average_where_counts_are_poisson():
    random = np.random.default_rng(1)
    before, after = random.poisson(60, 4000), random.poisson(45, 4000)
    share = after.sum() / (before + after).sum()
    assert dispersion(before, after, share).mean() == pytest.approx(1, abs=0.07)


def test_similar_places_have_between_half_and_twice_the_incidents():
    panel = made_panel({f"P{n:02d}": [float(n), float(n)] for n in range(1, 41)})
    found = candidates(comparable_ground(panel, ground_of(panel)), {"P10"})
    similar = similar_places(found, *both_months(panel), 20)
    assert similar.baseline.tolist() == [5, 6, 7, 8, 9, *range(11, 21)]  # n of 10 to 40, the area itself out


def test_excluded_ground_and_other_forces_ground_are_never_similar_places():
    panel = made_panel({code: [5.0, 5.0] for code in "ABCDE"})
    places = ground_of(panel, in_force=[True, True, True, True, False])
    found = candidates(comparable_ground(panel, places), {"A"}, excluded={"B"})
    assert list(panel.ground[found.rows]) == ["C", "D"]


def test_ground_that_is_not_joined_is_told_with_the_import_that_mends_it():
    panel = made_panel({code: [5.0, 5.0] for code in "ABC"})
    with pytest.raises(NeedsInputError, match="import-lookup"):
        candidates(comparable_ground(panel, ground_of(panel, joined=[True, True, False])), {"A"})
    away = ground_of(panel, joined=[True, True, False], in_force=[True, True, False])
    assert len(candidates(comparable_ground(panel, away), {"A"}).rows) == 1


def test_an_area_of_several_units_needs_boundaries():
    panel = made_panel({code: [5.0, 5.0] for code in "ABC"})
    with pytest.raises(NeedsInputError, match="import-geography"):
        candidates(comparable_ground(panel, ground_of(panel)), {"A", "B"})


def test_sets_hang_together_keep_off_excluded_ground_and_come_again_with_the_seed(real, shared):
    panel, own = real
    near = touching(shared)
    found = candidates(comparable_ground(panel, own), STOCKTON, excluded=TREATED, contiguity=near)
    again = candidates(
        comparable_ground(panel, own.sample(frac=1)), STOCKTON, excluded=TREATED, contiguity=near
    )
    other = candidates(comparable_ground(panel, own), STOCKTON, excluded=TREATED, contiguity=near, seed=1)
    assert found.k == 3 and np.array_equal(found.members, again.members)
    assert not np.array_equal(found.members, other.members)
    for row in found.members[::97]:
        codes = frozenset(panel.ground[row])
        assert len(codes) == 3 and near.is_connected(codes) and not codes & TREATED


def test_an_area_too_large_for_twenty_of_its_size_gets_no_places():
    near = grid(6, 6)
    panel = made_panel({code: [5.0, 5.0] for code in near.neighbours})
    found = candidates(comparable_ground(panel, ground_of(panel)), {"G000000", "G000001"}, contiguity=near)
    assert len(found.members) == 0
    similar = similar_places(found, *both_months(panel), 20)
    assert len(similar) == 0 and not similar.enough and math.isnan(similar.phi)


def made_similar(baseline, comparison, elsewhere=(100, 100)):
    baseline, comparison = np.array(baseline, float), np.array(comparison, float)
    return SimilarPlaces(
        members=np.arange(len(baseline))[:, None],
        baseline=baseline,
        comparison=comparison,
        elsewhere_baseline=np.full(len(baseline), float(elsewhere[0])),
        elsewhere_comparison=np.full(len(baseline), float(elsewhere[1])),
        share=0.5,
    )


def test_the_rank_counts_places_that_moved_at_least_as_far_the_same_way():
    similar = made_similar([10, 10, 10, 10, 0], [5, 6, 10, 20, 9])
    assert similar.as_much(20, 12) == 2  # -40 %: the -50 % and the equal -40 %
    assert similar.as_much(20, 30) == 2  # +50 %: the +100 % and the one from nothing
    assert math.isnan(similar.as_much(20, 20))


def test_the_relative_rank_takes_each_places_own_district_out():
    similar = made_similar([10, 10, 10], [5, 8, 12], elsewhere=(100, 80))
    assert similar.relative_change == pytest.approx([0.625, 1.0, 1.5])
    assert similar.as_much_relative(0.7) == 1 and similar.as_much_relative(1.2) == 1


def test_phi_is_at_least_one_and_asks_for_twenty_places():
    quiet = made_similar([10] * MIN_PLACES, [10] * MIN_PLACES)
    assert quiet.phi == 1.0 and quiet.units == MIN_PLACES
    assert math.isnan(made_similar([10] * (MIN_PLACES - 1), [10] * (MIN_PLACES - 1)).phi)


def test_ordinary_places_are_called_significant_by_the_exact_test_far_too_often(real):
    panel, own = real
    crime_type = "Anti-social behaviour"
    months = months_by_type(panel, BASELINE, COMPARISON)[crime_type]
    before, after = panel.totals(months.baseline, crime_type), panel.totals(months.comparison, crime_type)
    found = candidates(comparable_ground(panel, own), {"E01012284"}, excluded=TREATED)
    assert similar_places(found, before, after, 289).flagged_by_exact() > 0.3
    calm = made_similar([30] * 40, [30] * 40)
    assert calm.flagged_by_exact() == 0
    assert made_similar([60] * 40, [30] * 40).flagged_by_exact() == 1


# --- the ratio to the comparator ----------------------------------------


def test_rirr_gives_the_published_numbers(oracles):
    for counts, phi, key in (
        ((50, 30, 60, 55), 1, "rirr_wheeler2021"),
        ((207, 110, 308, 318), 1, "rirr_philly"),
        ((207, 110, 308, 318), 2, "rirr_philly_phi2"),
    ):
        got, want = rirr(*counts, phi=phi), oracles[key]
        assert [got.estimate, got.low, got.high] == pytest.approx(
            [want["rirr"], want["lo"], want["hi"]], rel=1e-9
        )
        assert math.log(got.estimate) == pytest.approx(want["log"])
        assert (math.log(got.high) - math.log(got.low)) / (2 * 1.959963984540054) == pytest.approx(want["se"])


def test_a_zero_count_gives_a_finite_interval_and_no_counts_give_none():
    got = rirr(20, 0, 100, 100)
    assert 0 < got.low < got.estimate < got.high < 1
    assert got.estimate == pytest.approx(0.5 / 20.5)
    assert math.isnan(rirr(0, 0, 10, 10).estimate) and math.isnan(rirr(10, 10, 0, 0).estimate)
    alone = rirr(20, 10, 100, 100, phi=math.nan)
    assert alone.estimate == 0.5 and math.isnan(alone.low)


counts = st.integers(1, 2000)


@given(counts, counts, counts, counts, st.floats(1, 20))
def test_swapping_area_and_comparator_turns_the_ratio_over(tb, ta, cb, ca, phi):
    one, other = rirr(tb, ta, cb, ca, phi=phi), rirr(cb, ca, tb, ta, phi=phi)
    assert one.estimate == pytest.approx(1 / other.estimate) and one.low == pytest.approx(1 / other.high)
    assert one.p == pytest.approx(other.p) and one.low <= one.estimate <= one.high


@given(counts, counts, counts, st.floats(1, 20))
@examples(100)
def test_the_smallest_tellable_fall_is_the_edge_of_the_interval(tb, cb, ca, phi):
    fall = smallest_tellable_fall(tb, cb, ca, phi)
    if math.isnan(fall):
        # no count from one incident up tells, so a fall to zero would not either
        assert all(rirr(tb, ta, cb, ca, phi=phi).high >= 1 - 1e-9 for ta in range(1, tb + 1))
    elif fall > 0:
        assert rirr(tb, tb * (1 - fall), cb, ca, phi=phi).high == pytest.approx(1, abs=1e-6)
    else:
        assert rirr(tb, tb, cb, ca, phi=phi).high <= 1 + 1e-9


def test_the_smallest_tellable_fall_by_its_worked_number_and_where_there_is_none():
    fall = smallest_tellable_fall(200, 2000, 2000, 1)
    assert fall == pytest.approx(0.1947, abs=5e-5)
    assert smallest_tellable_fall(200, 2000, 2000, 4) > fall
    assert math.isnan(smallest_tellable_fall(5, 2000, 2000, 10))
    assert math.isnan(smallest_tellable_fall(0, 2000, 2000, 1)) and math.isnan(
        smallest_tellable_fall(200, 2000, 2000, math.nan)
    )
    assert smallest_tellable_fall(200, 100, 400, 1) == 0
