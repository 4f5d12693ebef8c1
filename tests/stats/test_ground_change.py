"""The change of each unit of ground: the evidence of a page, unit by unit, and relations that hold whatever the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area, Yardsticks, rest_of
from analysis.model.errors import AnalysisError, NeedsInputError, PeriodError
from analysis.model.periods import Period
from analysis.model.vocabulary import TOLD
from analysis.stats.ground_change import COLUMNS
from analysis.topics.change.measure import area_evidence, ground_changes
from tests.cases import case_of
from tests.exhaustive import examples
from tests.made.evidence_world import MONTHS, force_places, review_areas
from tests.made.places import made_panel
from tests.made.real import BILLINGHAM, THORNABY, TREATED, cleveland, touching

ASB = "Anti-social behaviour"
TYPES = (ASB, "Criminal damage and arson", "Burglary", "Shoplifting", "Violence and sexual offences", "Drugs")


@pytest.fixture(scope="module")
def real(shared):
    panel, own = cleveland(shared)
    return panel, own, force_places(own)


def changed(real, crime_type=ASB, **how):
    panel, own, places = real
    return ground_changes(case_of(panel, how.pop("places", places), review_areas(own), **how), crime_type)


@pytest.mark.parametrize("crime_type", TYPES)
def test_a_town_centre_of_one_unit_is_judged_as_its_evidence_is(real, shared, crime_type):
    panel, own, places = real
    areas, near = review_areas(own), touching(shared)
    table = changed(real, crime_type).table.set_index("ground_code")
    for key, code in (("thornaby", THORNABY), ("billingham", BILLINGHAM)):
        against = Yardsticks(areas["district"], areas["rest"])
        rows = area_evidence(case_of(panel, places, areas, contiguity=near), areas[key], against=against)
        row = next(row for row in rows if row.crime_type == crime_type)
        found = table.loc[code]
        assert found.verdict == row.verdict
        for column in (
            "baseline_incidents", "comparison_incidents", "percent_change", "expected", "ordinary_low",
            "ordinary_high", "z", "as_far",
        ):  # fmt: skip
            assert found[column] == pytest.approx(getattr(row, column), nan_ok=True), column


def test_units_outside_the_areas_are_judged_as_the_evidence_of_an_area_of_ones_own(real):
    panel, own, places = real
    table = changed(real).table.set_index("ground_code")
    for unit in own.loc[~own["ground_code"].isin(TREATED)].iloc[::20].itertuples():
        whole = own.loc[own["district_name"] == unit.district_name, "ground_code"]
        district = Area("d", unit.district_name, "district", "cleveland", frozenset(whole) - TREATED)
        area = Area("u", unit.ground_name, "own", "cleveland", frozenset([unit.ground_code]))
        case = case_of(panel, places, review_areas(own))
        rows = area_evidence(case, area, against=Yardsticks(district, rest_of(district, [area])))
        row = next(row for row in rows if row.crime_type == ASB)
        found = table.loc[unit.ground_code]
        assert found.verdict == row.verdict
        if found.verdict != "too few to say":
            # the scale and the course have the unit in them here, and not there
            assert found.expected == pytest.approx(row.expected, rel=0.02)
            assert found.z == pytest.approx(row.z, abs=0.1)


def test_thornaby_is_the_worked_number(real):
    row = changed(real).table.set_index("ground_code").loc[THORNABY]
    assert (row.baseline_incidents, row.comparison_incidents, row.places) == (201, 88, 307)
    assert row.expected == pytest.approx(139, abs=0.5) and round(1 / row.as_far) == 22
    assert row.verdict == "much as similar places did" and not row.stands_out


def test_one_untreated_unit_in_twenty_is_told(real):
    table = changed(real).table
    judged = table.loc[~table["ground_code"].isin(TREATED) & (table["verdict"] != "too few to say")]
    assert len(judged) >= 300
    assert int(judged["stands_out"].sum()) <= 0.055 * len(judged)


def test_the_baselines_add_up_to_the_cube(real):
    panel, own, _ = real
    found = changed(real)
    rows = panel.rows(own["ground_code"])
    for months, column in (
        (found.months.baseline, "baseline_incidents"), (found.months.comparison, "comparison_incidents"),
    ):  # fmt: skip
        assert found.table[column].sum() == panel.totals(months, ASB)[rows].sum()
    assert len(found.months.baseline) == 11 and "Dec 2022 is not published" in found.months.reason


def test_one_row_a_unit_of_the_force_sorted_by_code(real):
    _, own, _ = real
    table = changed(real).table
    assert tuple(table.columns) == COLUMNS
    assert list(table["ground_code"]) == sorted(own["ground_code"])


def test_only_what_is_told_stands_out(real):
    for crime_type in TYPES:
        table = changed(real, crime_type).table
        assert (table["verdict"].isin(TOLD) == table["stands_out"]).all()
        assert table.loc[table["verdict"] == "too few to say", "z"].isna().all()


def world(counts: dict[str, list[float]], treated: frozenset[str] = frozenset(), **how) -> pd.DataFrame:
    panel = made_panel(counts)
    places = pd.DataFrame(
        {
            "ground_code": sorted(counts),
            "district_name": ["East" if int(code[1:]) % 2 else "West" for code in sorted(counts)],
            "in_force": True,
            "joined": True,
        }
    )
    return ground_changes(case_of(panel, places, {}, patrolled=treated, **how), ASB).table.set_index(
        "ground_code"
    )


def yearly(before: float, after: float) -> list[float]:
    return [float(before)] + [0.0] * 11 + [float(after)] + [0.0] * 11


def test_too_few_is_said_with_its_counts_and_nothing_more():
    table = world({f"P{n:02d}": yearly(12, 7 if n == 3 else 8) for n in range(30)})
    few, told = table.loc["P03"], table.loc["P04"]
    assert (few.baseline_incidents, few.comparison_incidents) == (12, 7)
    assert few.verdict == "too few to say" and not few.stands_out and np.isnan(few.z)
    assert told.verdict != "too few to say" and np.isfinite(told.z)


def test_with_few_places_nothing_is_said():
    table = world({f"P{n:02d}": yearly(60, 20) for n in range(19)})
    assert set(table["verdict"]) == {"too few to say"} and not table["stands_out"].any()
    assert set(table["places"]) == {0}


def test_a_rise_from_nothing_has_no_percentage():
    table = world({f"P{n:02d}": yearly(0 if n == 5 else 30, 25) for n in range(30)})
    assert np.isnan(table.loc["P05"].percent_change) and table.loc["P05"].comparison_incidents == 25


def test_treated_ground_is_no_yardstick():
    counts = {f"P{n:02d}": yearly(30, 30) for n in range(30)}
    counts["P01"], counts["P03"] = yearly(4000, 40), yearly(30, 30)
    inside = world(counts).loc["P03"]
    outside = world(counts, frozenset({"P01"})).loc["P03"]
    assert inside.places == 30 and outside.places == 29
    assert outside.expected == pytest.approx(30, abs=0.6)


COUNTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=24, max_size=30)


@examples(25)
@given(COUNTS, st.randoms())
def test_exchanging_the_labels_of_units_of_a_district_permutes_the_result(pairs, random):
    codes = [f"P{n:02d}" for n in range(len(pairs))]
    # labels are exchanged inside their districts, which a code's last digit tells
    odd, even = codes[1::2], codes[0::2]
    mixed = {
        **dict(zip(odd, random.sample(odd, len(odd)), strict=True)),
        **dict(zip(even, random.sample(even, len(even)), strict=True)),
    }
    one = world({code: yearly(*pair) for code, pair in zip(codes, pairs, strict=True)})
    other = world({mixed[code]: yearly(*pair) for code, pair in zip(codes, pairs, strict=True)})
    pd.testing.assert_frame_equal(
        one, other.loc[[mixed[code] for code in one.index]].set_axis(one.index), check_exact=False
    )


def test_ground_that_is_not_joined_asks_for_the_lookup(real):
    with pytest.raises(NeedsInputError, match="import-lookup"):
        changed(real, places=real[2].assign(joined=False))


def test_months_that_cannot_be_compared_are_a_sentence(real):
    with pytest.raises(AnalysisError, match="Switch like for like on"):
        changed(real, like_for_like=False)


def test_periods_outside_the_span_are_refused(real):
    with pytest.raises(PeriodError):
        changed(real, periods=(Period.parse("2019-07:2020-06"), MONTHS["comparison"]))
