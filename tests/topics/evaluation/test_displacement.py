from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, AreaError, NeedsInputError
from analysis.model.periods import Period
from analysis.stats.displacement_difference import Counts, weighted_difference, weighted_quotient
from analysis.stats.local_dispersion import ordinary_variation
from analysis.topics.evaluation.measure.displacement import (
    displacement,
    largest_mismatch,
    match_by_baseline,
    rings,
)
from tests.made.places import made_area, made_panel, made_setting, strip
from tests.made.real import BILLINGHAM, THORNABY, TREATED, cleveland, touching

PHILADELPHIA = (Counts(207, 110), Counts(308, 318), Counts(178, 157), Counts(150, 140))
COUNTS = st.builds(Counts, st.integers(0, 500), st.integers(1, 500))
ROW = strip(list("ABCDEFGH"))
BASELINE, COMPARISON = Period.parse("2022-07:2022-08"), Period.parse("2023-07:2023-08")


def test_the_worked_example_of_wheeler_and_ratcliffe(shared):
    oracle = json.loads((shared / "oracles" / "oracles.json").read_text())
    got, wanted = weighted_difference(*PHILADELPHIA), oracle["wdd_philly"]
    assert got.wdd == wanted["wdd"] == -118
    assert (got.standard_error, got.z) == pytest.approx((wanted["se"], wanted["z"]))
    assert (got.low, got.high) == pytest.approx((wanted["lo"], wanted["hi"]))
    area, comparator, ring, _ = PHILADELPHIA
    assert weighted_quotient(area, ring, comparator).wdq == pytest.approx(oracle["wdq_philly"]["wdq"])


def test_without_a_ring_it_is_the_plain_difference_in_differences(shared):
    oracle = json.loads((shared / "oracles" / "oracles.json").read_text())["wdd_50_30_60_55"]
    got = weighted_difference(Counts(50, 30), Counts(60, 55), Counts(0, 0), Counts(0, 0))
    assert (got.wdd, got.standard_error) == pytest.approx((oracle["wdd"], oracle["se"]))


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_swapping_area_and_comparator_turns_the_sign_and_nothing_else(
    area, comparator, ring, ring_comparator
):
    one = weighted_difference(area, comparator, ring, ring_comparator)
    other = weighted_difference(comparator, area, ring_comparator, ring)
    assert other.wdd == -one.wdd
    assert other.standard_error == one.standard_error
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.floats(1, 20))
def test_more_variation_than_poisson_only_widens_the_interval(area, comparator, ring, ring_comparator, phi):
    plain = weighted_difference(area, comparator, ring, ring_comparator)
    wide = weighted_difference(area, comparator, ring, ring_comparator, phi=phi)
    assert wide.wdd == plain.wdd
    assert wide.high - wide.low == pytest.approx((plain.high - plain.low) * math.sqrt(phi))


def test_a_phi_under_one_never_narrows_the_interval():
    assert weighted_difference(*PHILADELPHIA, phi=0.2) == weighted_difference(*PHILADELPHIA)


def test_the_quotient_is_refused_where_the_area_rose_against_its_comparator():
    got = weighted_quotient(Counts(10, 20), Counts(5, 5), Counts(10, 10))
    assert math.isnan(got.wdq)
    assert "did not fall" in got.reason


def test_all_zero_counts_are_refused():
    with pytest.raises(AnalysisError, match="Nothing is recorded"):
        weighted_difference(*[Counts(0, 0)] * 4)


def test_rings_are_what_touches_and_what_touches_that():
    got = rings(made_area("D"), ROW)
    assert got.first == {"C", "E"}
    assert got.second == {"B", "F"}


def test_an_area_of_several_units_is_in_none_of_its_rings():
    got = rings(made_area("C", "D"), ROW)
    assert got.first == {"B", "E"}
    assert got.second == {"A", "F"}


def test_a_ring_on_treated_ground_is_refused_and_says_which():
    other = made_area("E", "F", name="The other centre")
    with pytest.raises(AreaError, match=r"The other centre \(E\)"):
        rings(made_area("D"), ROW, treated=[made_area("D"), other])
    with pytest.raises(AreaError, match=r"patrolled \(C\)"):
        rings(made_area("D"), ROW, excluded={"C"})


def test_treated_ground_in_the_second_ring_is_taken_out():
    assert rings(made_area("D"), ROW, treated=[made_area("F", name="Far")]).second == {"B"}


def test_without_boundaries_it_says_which_import_mends_it():
    with pytest.raises(NeedsInputError, match="python -m data import-geography"):
        rings(made_area("D"), None)


def test_ground_without_a_boundary_is_named():
    with pytest.raises(AreaError, match="without a boundary \\(Z\\)"):
        rings(made_area("Z"), ROW)


def test_matching_uses_no_comparator_twice_and_ties_go_to_the_lower_code():
    got = match_by_baseline(
        pd.Series({"a": 100, "b": 100}), pd.Series({"z": 100, "y": 100, "x": 100, "w": 4})
    )
    assert list(got["comparator_code"]) == ["x", "y"]
    assert largest_mismatch(got) == 1


def test_a_pool_too_small_is_refused():
    with pytest.raises(AreaError, match="1 untreated places"):
        match_by_baseline(pd.Series({"a": 1, "b": 2}), pd.Series({"z": 3}))


def test_a_made_world_by_hand():
    # D falls from 20 to 10, its ring C and E from 10 to 8 together; their comparators G and H, A stand still
    counts = dict.fromkeys("ABFGH", 0.0) | {"D": 10.0, "C": 2.0, "E": 3.0}
    counts |= {"A": 2.0, "G": 3.0, "H": 10.0}
    months = {code: [n, n, *[0] * 10, n, n] for code, n in counts.items()}
    months["D"][12:] = [5, 5]
    months["C"][12:] = [1, 2]
    months["E"][12:] = [2, 3]
    panel = made_panel(months)
    places = pd.DataFrame({"ground_code": list("ABCDEFGH")})
    centre = made_area("D")
    got = displacement(
        made_setting(panel, places, contiguity=ROW, baseline=BASELINE, comparison=COMPARISON),
        centre,
        "Anti-social behaviour",
        treated=[centre],
    )
    assert dict(zip(got.pairs["ground_code"], got.pairs["comparator_code"], strict=True)) == {
        "C": "A",
        "D": "H",
        "E": "G",
    }
    assert (got.area, got.comparator) == (Counts(20, 10), Counts(20, 20))
    assert (got.ring, got.ring_comparator) == (Counts(10, 8), Counts(10, 10))
    assert got.difference.wdd == -12
    assert got.difference.standard_error == pytest.approx(math.sqrt(108))
    assert got.quotient.wdq == pytest.approx(0.2)  # (8/20 - 10/20) / (10/20 - 20/20)


def test_on_the_real_files_no_comparator_is_treated_or_in_a_ring(shared):
    panel, places = cleveland(shared)
    near = touching(shared)
    treated = [made_area(BILLINGHAM, name="Billingham"), made_area(*(TREATED - {BILLINGHAM}), name="Others")]
    got = displacement(
        made_setting(panel, places, contiguity=near),
        treated[0],
        "Anti-social behaviour",
        treated=treated,
        phi=6.906,
    )
    assert got.area == Counts(124, 114)
    used = set(got.pairs["comparator_code"])
    assert not used & (TREATED | near.neighbours[BILLINGHAM])
    assert len(used) == len(got.pairs)
    assert set(got.pairs.loc[got.pairs["role"] == "ring", "ground_code"]) == near.neighbours[BILLINGHAM]
    assert largest_mismatch(got.pairs[got.pairs["role"] == "area"]) < 1.1
    assert THORNABY not in used


def test_phi_is_one_for_places_that_share_a_change_and_more_for_those_that_do_not():
    even = pd.Series({"a": 60.0, "b": 20.0}), pd.Series({"a": 30.0, "b": 10.0})
    assert ordinary_variation(*even, like=40) == 1
    # each place holds 40 with half after: 30 to 10 and 10 to 30 are z squared of (10 - 20)^2 / 10
    uneven = pd.Series({"a": 30.0, "b": 10.0}), pd.Series({"a": 10.0, "b": 30.0})
    assert ordinary_variation(*uneven, like=40) == 10
    nothing = pd.Series({"a": 0.0}), pd.Series({"a": 0.0})
    assert ordinary_variation(*nothing, like=40) == 1


def test_phi_comes_from_places_about_as_large():
    large = {f"L{i:02d}": (150.0, 50.0) if i % 2 else (50.0, 150.0) for i in range(20)}
    small = {f"S{i:02d}": (10.0, 10.0) for i in range(30)}
    both = pd.DataFrame(large | small, index=["before", "after"]).T
    assert ordinary_variation(both["before"], both["after"], like=20) == 1
    assert ordinary_variation(both["before"], both["after"], like=200) == 50  # (150 - 100)^2 / 50


def test_on_the_real_files_the_untreated_ground_s_own_variation_holds_the_false_alarms(shared):
    panel, places = cleveland(shared)
    near = touching(shared)
    treated = [made_area(*TREATED, name="The centres")]
    flagged = []
    for code in places["ground_code"][::6]:
        try:
            got = displacement(
                made_setting(panel, places, contiguity=near),
                made_area(code),
                "Anti-social behaviour",
                treated=treated,
            )
        except AreaError:
            continue  # treated, or beside treated ground
        assert got.phi >= 1
        flagged.append(got.difference.low > 0 or got.difference.high < 0)
    assert len(flagged) > 45
    assert sum(flagged) / len(flagged) < 0.12
